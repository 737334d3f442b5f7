import { createHash } from 'node:crypto'
import { DataFactory, type Quad, type Store, type Term } from 'n3'
import { CommuniqueError } from '../error.ts'
import { type Solution, select } from '../query/engine.ts'
import { tripleKey } from '../rdf/term.ts'
import type { Algebra } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import type { Rule } from './rule.ts'

const { defaultGraph, quad } = DataFactory

/** One application of a rule: what it concludes, from which triples. */
export interface Application {
  readonly rule: Rule
  /** `{rule}-{8 hex}`: the same conclusion from the same premises has the same name in every run. */
  readonly name: string
  readonly conclusions: readonly Quad[]
  readonly premises: readonly Quad[]
}

const MOST_ROUNDS = 50

/**
 * Runs rules over the default graph of a store.
 *
 * @param store read only; conclusions are not added to it
 * @param options.fixpoint run until nothing new follows (rules may use each other's conclusions), else once
 * @returns every application that concludes something new, by name
 * @throws CommuniqueError `rule-endless` when no fixpoint comes in 50 rounds
 */
export async function applyRules(
  store: Store,
  rules: readonly Rule[],
  { fixpoint }: { readonly fixpoint: boolean },
): Promise<Application[]> {
  const searches = rules.map(searchOf)
  const working = QuadStore.of(store.getQuads(null, null, null, null))
  const applications = new Map<string, Application>()
  for (let round = 0; ; round++) {
    if (round === MOST_ROUNDS)
      throw new CommuniqueError('rule-endless', {
        what: `the rules still conclude new triples after ${MOST_ROUNDS} rounds`,
        mend: 'look for a rule that mints new IRIs from its own conclusions',
      })
    const fresh: Application[] = []
    for (const search of searches) {
      for (const application of await applicationsOf(search, working)) {
        if (applications.has(application.name) || application.conclusions.every(conclusion => working.has(conclusion))) continue
        applications.set(application.name, application)
        fresh.push(application)
      }
    }
    working.addAll(fresh.flatMap(({ conclusions }) => [...conclusions]))
    if (fresh.length === 0 || !fixpoint) break
  }
  return [...applications.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A rule with the SELECT that finds where it applies, and the patterns that are its premises. */
interface Search {
  readonly rule: Rule
  readonly query: Algebra
  readonly premises: readonly Quad[]
}

function searchOf(rule: Rule): Search {
  const premises = premisesOf(rule.where)
  const variables = new Map<string, Term>()
  for (const { subject, predicate, object } of [...rule.template, ...premises])
    for (const term of [subject, predicate, object]) if (term.termType === 'Variable') variables.set(term.value, term)
  return { rule, premises, query: { type: 'project', input: rule.where, variables: [...variables.values()] } }
}

/** The patterns that must match in the default graph; what stands in FILTER, OPTIONAL, MINUS or GRAPH is no premise. */
function premisesOf({ type, patterns, input }: Algebra): Quad[] {
  if (type === 'bgp') return patterns as Quad[]
  if (type === 'join' || type === 'union') return (input as Algebra[]).flatMap(premisesOf)
  if (type === 'leftjoin' || type === 'minus') return premisesOf((input as Algebra[])[0]!)
  return type === 'filter' || type === 'extend' || type === 'project' ? premisesOf(input as Algebra) : []
}

async function applicationsOf({ rule, query, premises: patterns }: Search, store: QuadStore): Promise<Application[]> {
  return (await select(store, query)).flatMap(solution => {
    const conclusions = rule.template.flatMap(pattern => instantiate(pattern, solution) ?? [])
    const premises = patterns.flatMap(pattern => instantiate(pattern, solution) ?? []).filter(premise => store.has(premise))
    if (conclusions.length === 0) return []
    const sorted = (triples: readonly Quad[]): string[] => triples.map(tripleKey).sort()
    const key = [rule.name, ...sorted(conclusions), '<=', ...sorted(premises)].join('\n')
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 8)
    return [{ rule, name: `${rule.name}-${hash}`, conclusions, premises }]
  })
}

/** A pattern with the terms of a solution; undefined where that leaves a variable, or makes no triple. */
function instantiate(pattern: Quad, solution: Solution): Quad | undefined {
  const bind = (term: Term): Term | undefined =>
    term.termType === 'Variable' ? (solution.get(term.value) as Term | undefined) : term
  const [subject, predicate, object] = [bind(pattern.subject), bind(pattern.predicate), bind(pattern.object)]
  if (!subject || !predicate || !object || subject.termType === 'Literal' || predicate.termType !== 'NamedNode') return undefined
  const own = <T extends Term>(term: T): T => DataFactory.fromTerm(term as never) as T
  return quad(own(subject as Quad['subject']), own(predicate), own(object as Quad['object']), defaultGraph())
}
