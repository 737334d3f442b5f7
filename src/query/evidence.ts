import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadKey, termKey } from '../rdf/term.ts'
import type { QuadLookup } from '../store/dataset.ts'
import { type Algebra, inScope, isTerm, nodesOf, variablesOf } from './algebra.ts'
import { bindVariables } from './binding.ts'
import { type Solution, solutions } from './engine.ts'
import { pathTriples } from './path.ts'
import { type WitnessPattern, witnessPattern } from './witness.ts'

/** The quads that made one row true: those of every derivation, up to the cap. */
export interface Evidence {
  readonly quads: readonly Quad[]
  /** Whether there are more derivations than were looked at. */
  readonly isCapped: boolean
}

export interface EvidenceOptions {
  /** Most derivations of one row that are looked at. */
  readonly witnesses?: number | undefined
  /** Whether the rows are only some of the answer: then nothing is looked for that only the others rest on. */
  readonly isPart?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

export const MOST_WITNESSES = 1000

/**
 * What each row of an answer rests on. The query is left alone: a second, the witness query, asks for the same pattern with all
 * its variables and without modifiers; each of its solutions turns the triple patterns into the triples they matched. An OPTIONAL
 * that matched nothing, the other branches of a UNION, what NOT EXISTS and MINUS did not find, and steps of no length in a path
 * add nothing.
 *
 * @param algebra a SELECT, ASK or CONSTRUCT, as `parseQuery` gives it
 * @param rows solutions of the SELECT; one empty row for an ASK that is true; for CONSTRUCT the triples, as `subject`, `predicate`,
 * `object`
 * @returns one for each row, in their order; equal rows have equal evidence
 * @throws CommuniqueError as `solutions`
 */
export async function evidenceOf(
  lookup: QuadLookup,
  algebra: Algebra,
  rows: readonly Solution[],
  { witnesses = MOST_WITNESSES, isPart = false, signal }: EvidenceOptions = {},
): Promise<Evidence[]> {
  const question = witnessQuestion(algebra, rows, isPart)
  const collected = new Map(rows.map(row => [question.keyOf(row), { quads: new Map<string, Quad>(), seen: 0, isCapped: false }]))
  let open = collected.size
  for await (const solution of solutions(lookup, question.query, { signal })) {
    const supported = question.rowsOf(solution).flatMap(row => collected.get(row) ?? [])
    const wanting = supported.filter(({ seen }) => seen < witnesses)
    for (const row of supported) {
      if (row.seen === witnesses && !row.isCapped) open--
      if (row.seen++ >= witnesses) row.isCapped = true
    }
    if (wanting.length > 0) {
      const quads = await quadsOf(lookup, question, solution, signal)
      for (const { quads: known } of wanting) for (const quad of quads) known.set(quadKey(quad), quad)
    }
    if (open === 0) break
  }
  return rows.map(row => {
    const { quads, isCapped } = collected.get(question.keyOf(row))!
    return { quads: [...quads.values()], isCapped }
  })
}

/** The witness query of an answer, and which rows one of its solutions supports. */
interface WitnessQuestion {
  readonly query: Algebra
  readonly witness: WitnessPattern
  /** The dataset clause of the query, for what has to be asked once more. */
  readonly from: Algebra | undefined
  keyOf(row: Solution): string
  rowsOf(solution: Solution): readonly string[]
}

function witnessQuestion(algebra: Algebra, rows: readonly Solution[], isPart: boolean): WitnessQuestion {
  const from = algebra.type === 'from' ? algebra : undefined
  const root = from === undefined ? algebra : (from.input as Algebra)
  const graphs = from === undefined ? undefined : (from.default as Term[])
  const { input, columns, isLimited } = rootOf(root)
  const witness = witnessPattern(input, graphs)
  const template = root.type === 'construct' ? (root.template as Quad[]) : undefined
  const isBlankNew = template?.some(({ subject, object }) => [subject, object].some(({ termType }) => termType === 'BlankNode'))
  const keyOf = (row: Solution): string => rowKey(row, template === undefined ? columns : TRIPLE, isBlankNew)
  const limited = template === undefined && (isLimited || isPart)
  const pattern = limited ? { type: 'join', input: [valuesOf(rows, columns), witness.pattern] } : witness.pattern
  return {
    query: asQuery(pattern, from),
    witness,
    from,
    keyOf,
    rowsOf: solution =>
      template === undefined ? [keyOf(solution)] : template.map(triple => keyOf(asRow(instance(triple, solution)))),
  }
}

const TRIPLE = ['subject', 'predicate', 'object']

/** The pattern of a query without its modifiers, and the columns by which its rows are known. */
function rootOf(root: Algebra): { input: Algebra; columns: readonly string[]; isLimited: boolean } {
  let [input, isLimited] = [root, false]
  for (; MODIFIERS.has(input.type); input = input.input as Algebra) isLimited ||= input.type === 'slice'
  if (input.type !== 'project')
    return { input: root.type === input.type ? (root.input as Algebra) : input, columns: [], isLimited }
  const projected = variablesOf(input.variables)
  const pattern = input.input as Algebra
  // The rows of an aggregate whose keys are all shown are known by the keys: no need to aggregate again.
  const group = [...nodesOf(pattern)].find(({ type }) => !ABOVE_GROUP.has(type))
  const keys = group?.type === 'group' ? variablesOf(group.variables) : undefined
  if (keys?.every(key => projected.includes(key))) return { input: group!.input as Algebra, columns: keys, isLimited }
  const random = randomVariables(pattern)
  return { input: withoutOrder(pattern), columns: projected.filter(name => !random.has(name)), isLimited }
}

const MODIFIERS: ReadonlySet<string> = new Set(['distinct', 'reduced', 'slice'])
const ABOVE_GROUP: ReadonlySet<string> = new Set(['orderby', 'extend', 'filter'])

function withoutOrder(pattern: Algebra): Algebra {
  return pattern.type === 'orderby' ? (pattern.input as Algebra) : pattern
}

/** Variables whose value is another each time the query is asked. */
function randomVariables(pattern: Algebra): Set<string> {
  const random = new Set<string>()
  const isRandom = (expression: unknown): boolean =>
    variablesOf(expression).some(name => random.has(name)) ||
    [...nodesOf(expression)].some(({ operator }) => typeof operator === 'string' && RANDOM.has(operator))
  // Nodes come with the outer ones first, and an outer BIND uses the inner.
  for (const { type, variable, expression } of [...nodesOf(pattern)].reverse())
    if (type === 'extend' && isRandom(expression)) random.add((variable as Term).value)
  return random
}

const RANDOM: ReadonlySet<string> = new Set(['rand', 'now', 'uuid', 'struuid', 'bnode'])

function valuesOf(rows: readonly Solution[], columns: readonly string[]): Algebra {
  const shown = new Map(rows.map(row => [rowKey(row, columns), row]))
  const bindings = [...shown.values()].map(row =>
    Object.fromEntries(columns.flatMap(name => (row.has(name) ? [[name, row.get(name)]] : []))),
  )
  return { type: 'values', variables: columns.map(name => DataFactory.variable(name)), bindings }
}

function asQuery(pattern: Algebra, from: Algebra | undefined): Algebra {
  const variables = [...new Set(inScope(pattern))].map(name => DataFactory.variable(name))
  const query = { type: 'project', input: pattern, variables }
  return from === undefined ? query : { ...from, input: query }
}

/** The quads that one solution of a witness query rests on. */
async function quadsOf(
  lookup: QuadLookup,
  { witness: { atoms, nested }, from }: Pick<WitnessQuestion, 'witness' | 'from'>,
  solution: Solution,
  signal: AbortSignal | undefined,
): Promise<Quad[]> {
  const tookPart = ({ guards }: { readonly guards: readonly string[] }): boolean => guards.every(name => solution.has(name))
  const found = atoms.filter(tookPart).flatMap(({ node, graphs }) => {
    const [subject, predicate, object] = [node.subject, node.predicate, node.object].map(
      term => isTerm(term) && instantiate(term, solution),
    )
    return graphs.flatMap(name => {
      const graph = instantiate(name, solution)
      if (graph === undefined) return []
      if (node.type === 'any') return lookup.getQuads(null, null, null, graph)
      if (!subject || !object) return []
      if (node.type === 'path') return pathTriples(lookup, graph, node.predicate as Algebra, subject, object)
      return predicate ? lookup.getQuads(subject, predicate, object, graph) : []
    })
  })
  for (const { witness } of nested.filter(tookPart)) {
    const query = bindVariables(asQuery(witness.pattern, from), solution)
    for await (const inner of solutions(lookup, query, { signal }))
      found.push(...(await quadsOf(lookup, { witness, from }, new Map([...solution, ...inner]), signal)))
  }
  return found
}

function instantiate(term: Term, solution: Solution): Term | undefined {
  if (term.termType === 'Variable') return solution.get(term.value)
  if (term.termType !== 'Quad') return term
  const [subject, predicate, object] = [term.subject, term.predicate, term.object].map(part => instantiate(part, solution))
  return subject && predicate && object ? DataFactory.quad(subject as never, predicate as never, object as never) : undefined
}

function instance({ subject, predicate, object }: Quad, solution: Solution): readonly (Term | undefined)[] {
  return [subject, predicate, object].map(term => instantiate(term, solution))
}

function asRow(terms: readonly (Term | undefined)[]): Solution {
  return new Map(terms.flatMap((term, index) => (term === undefined ? [] : [[TRIPLE[index]!, term] as const])))
}

/** @param isBlankNew whether blank nodes are made anew for each solution, so that none is known by its label */
function rowKey(row: Solution, columns: readonly string[], isBlankNew = false): string {
  return JSON.stringify(
    columns.map(name => {
      const term = row.get(name)
      return term && (isBlankNew && term.termType === 'BlankNode' ? '_' : termKey(term))
    }),
  )
}
