import { createHash } from 'node:crypto'
import { DataFactory, type Quad, Store, type Term } from 'n3'
import { CommuniqueError } from '../error.ts'
import type { Algebra } from '../query/algebra.ts'
import { parseQuery, type Solution, select } from '../query/engine.ts'
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

interface CompiledRule {
  readonly rule: Rule
  readonly query: Algebra
  readonly template: readonly Quad[]
  readonly patterns: readonly Quad[]
}

const MOST_ROUNDS = 50

/**
 * Runs rules over the default graph of a store.
 *
 * @param store read only; conclusions are not added to it
 * @param options.fixpoint run until nothing new follows (rules may use each other's conclusions), else once
 * @returns every application that concludes something new, in a stable order
 * @throws CommuniqueError `rule-form` for a rule that is no CONSTRUCT; `rule-endless` when no fixpoint comes in 50 rounds
 */
export async function applyRules(
  store: Store,
  rules: readonly Rule[],
  { fixpoint }: { readonly fixpoint: boolean },
): Promise<Application[]> {
  const compiled = await Promise.all(rules.map(compileRule))
  const working = new Store(store.getQuads(null, null, null, null))
  const applications = new Map<string, Application>()
  for (let round = 0; ; round++) {
    if (round === MOST_ROUNDS)
      throw new CommuniqueError('rule-endless', {
        what: `the rules still conclude new triples after ${MOST_ROUNDS} rounds`,
        mend: 'look for a rule that mints new IRIs from its own conclusions',
      })
    const fresh: Application[] = []
    for (const rule of compiled) {
      for (const application of await applyRule(rule, working)) {
        if (applications.has(application.name) || application.conclusions.every(conclusion => working.has(conclusion))) continue
        applications.set(application.name, application)
        fresh.push(application)
      }
    }
    for (const { conclusions } of fresh) working.addQuads([...conclusions])
    if (fresh.length === 0 || !fixpoint) break
  }
  return [...applications.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function compileRule(rule: Rule): Promise<CompiledRule> {
  const algebra = await parseQuery(rule.text, { file: rule.file })
  if (algebra.type !== 'construct')
    throw new CommuniqueError('rule-form', {
      what: `rule "${rule.name}" is not a CONSTRUCT query`,
      where: { file: rule.file },
      mend: 'write CONSTRUCT { conclusion } WHERE { premises }',
    })
  const patterns: Quad[] = []
  collectPremises(algebra.input as Algebra, patterns)
  const variables = new Map<string, Term>()
  for (const pattern of [...(algebra.template as Quad[]), ...patterns]) {
    for (const term of [pattern.subject, pattern.predicate, pattern.object] as Term[])
      if (term.termType === 'Variable') variables.set(term.value, term)
  }
  const query = { type: 'project', input: algebra.input, variables: [...variables.values()] } as unknown as Algebra
  return { rule, query, template: algebra.template as Quad[], patterns }
}

/** The patterns that must all match in the default graph; what stands in FILTER, OPTIONAL, MINUS or GRAPH is no premise. */
function collectPremises(operation: Algebra, patterns: Quad[]): void {
  if (operation.type === 'bgp') patterns.push(...(operation.patterns as Quad[]))
  else if (operation.type === 'join' || operation.type === 'union')
    for (const input of operation.input as unknown as Algebra[]) collectPremises(input, patterns)
  else if (operation.type === 'filter' || operation.type === 'extend' || operation.type === 'project')
    collectPremises(operation.input as Algebra, patterns)
  else if (operation.type === 'leftjoin' || operation.type === 'minus')
    collectPremises((operation.input as unknown as Algebra[])[0]!, patterns)
}

async function applyRule({ rule, query, template, patterns }: CompiledRule, store: Store): Promise<Application[]> {
  const solutions = await select(store, query)
  const applications: Application[] = []
  for (const solution of solutions) {
    const conclusions = template.flatMap(pattern => instantiate(pattern, solution) ?? [])
    const premises = patterns.flatMap(pattern => instantiate(pattern, solution) ?? []).filter(premise => store.has(premise))
    if (conclusions.length === 0) continue
    const key = [rule.name, ...conclusions.map(text).sort(), '<=', ...premises.map(text).sort()].join('\n')
    applications.push({
      rule,
      name: `${rule.name}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
      conclusions,
      premises,
    })
  }
  return applications
}

function instantiate(pattern: Quad, solution: Solution): Quad | undefined {
  const bind = (term: Term): Term | undefined =>
    term.termType === 'Variable' ? (solution.get(term.value) as Term | undefined) : term
  const [subject, predicate, object] = [bind(pattern.subject), bind(pattern.predicate), bind(pattern.object)]
  if (!subject || !predicate || !object || subject.termType === 'Literal' || predicate.termType !== 'NamedNode') return undefined
  return quad(
    DataFactory.fromTerm(subject as never),
    DataFactory.fromTerm(predicate as never),
    DataFactory.fromTerm(object as never),
    defaultGraph(),
  ) as Quad
}

function text({ subject, predicate, object }: Quad): string {
  return [subject, predicate, object]
    .map(term => `${term.termType} ${term.value} ${term.termType === 'Literal' ? `${term.language} ${term.datatype.value}` : ''}`)
    .join(' | ')
}
