import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadKey, quadOf, termKey } from '../rdf/term.ts'
import { type Algebra, certainlyBound, inScope, isTerm, mapNodes, nodesOf, variablesOf } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { bindVariables } from './binding.ts'
import { type Solution, solutions } from './engine.ts'
import { pathTriples } from './path.ts'
import type { EngineChoice } from './plan.ts'
import { isService, type QueryService } from './service.ts'
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
  readonly baseIRI?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly engine?: EngineChoice | undefined
}

/** Where evidence is found: in a dataset, or by an engine elsewhere, whose solutions say what was matched. */
export type EvidenceSource = QuadLookup | QueryService

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
  lookup: EvidenceSource,
  algebra: Algebra,
  rows: readonly Solution[],
  options: EvidenceOptions = {},
): Promise<Evidence[]> {
  const question = witnessQuestion(algebra, rows, options.isPart)
  if (!question.isShown) return evidenceFrom(lookup, question, rows, solutions(lookup, question.query, options), options)
  // Rows that show every variable tell by themselves what they rest on.
  const found: Evidence[] = []
  for (const row of rows) found.push({ quads: once(await quadsOf(lookup, question, row, options)), isCapped: false })
  return found
}

function once(quads: readonly Quad[]): readonly Quad[] {
  return quads.length < 2 ? quads : [...new Map(quads.map(quad => [quadKey(quad), quad])).values()]
}

/** As `evidenceOf`, from solutions of the witness query. */
export async function evidenceFrom(
  lookup: EvidenceSource,
  question: WitnessQuestion,
  rows: readonly Solution[],
  found: Iterable<Solution> | AsyncIterable<Solution>,
  options: EvidenceOptions = {},
): Promise<Evidence[]> {
  const { witnesses = MOST_WITNESSES } = options
  const keys = rows.map(question.keyOf)
  const collected = new Map(keys.map(key => [key, { quads: new Map<string, Quad>(), seen: 0, isCapped: false }]))
  let open = collected.size
  for await (const solution of found) {
    const supported = question.rowsOf(solution).flatMap(row => collected.get(question.keyOf(row)) ?? [])
    const wanting = supported.filter(({ seen }) => seen < witnesses)
    for (const row of supported) {
      if (row.seen === witnesses && !row.isCapped) open--
      if (row.seen++ >= witnesses) row.isCapped = true
    }
    if (wanting.length > 0) {
      const quads = await quadsOf(lookup, question, solution, options)
      for (const { quads: known } of wanting) for (const quad of quads) known.set(quadKey(quad), quad)
    }
    if (open === 0) break
  }
  return keys.map(key => {
    const { quads, isCapped } = collected.get(key)!
    return { quads: [...quads.values()], isCapped }
  })
}

/** The witness query of an answer, and which rows one of its solutions supports. */
export interface WitnessQuestion {
  readonly query: Algebra
  readonly witness: WitnessPattern
  /** A pattern as a query for all its variables, of the same dataset and with the same base as the query that is answered. */
  asQuery(pattern: Algebra): Algebra
  /** Whether the rows show all variables that the witness query would. */
  readonly isShown: boolean
  keyOf(row: Solution): string
  rowsOf(solution: Solution): readonly Solution[]
}

function witnessQuestion(algebra: Algebra, rows: readonly Solution[], isPart = false): WitnessQuestion {
  const from = algebra.type === 'from' ? algebra : undefined
  const root = from === undefined ? algebra : (from.input as Algebra)
  const graphs = from === undefined ? undefined : (from.default as Term[])
  const { form, input, columns, isLimited } = rootOf(root)
  const witness = witnessPattern(input, graphs)
  const template = form.type === 'construct' ? (form.template as Quad[]) : undefined
  const isBlankNew = template?.some(hasBlankNode)
  const limited = template === undefined && (isLimited || isPart)
  const asQuery = (shown: Algebra): Algebra => {
    const variables = [...new Set(inScope(shown))].map(name => DataFactory.variable(name))
    const { metadata } = algebra
    const query = { type: 'project', input: shown, variables, ...(metadata === undefined ? {} : { metadata }) }
    return from === undefined ? query : { ...from, input: query }
  }
  return {
    get query() {
      const { pattern } = witness
      return asQuery(limited ? { type: 'join', input: [valuesOf(rows, columns, pattern), pattern] } : pattern)
    },
    witness,
    asQuery,
    isShown: template === undefined && witness.isAlike && inScope(input).every(name => columns.includes(name)),
    keyOf: row => rowKey(row, template === undefined ? columns : TRIPLE, isBlankNew),
    rowsOf: solution => (template === undefined ? [solution] : template.map(triple => asRow(instance(triple, solution)))),
  }
}

function hasBlankNode({ subject, object }: Quad): boolean {
  return [subject, object].some(({ termType }) => termType === 'BlankNode')
}

/** Of each solution of such a query the rows are wanted: if they are distinct, those that did not come before. */
export interface WitnessedQuery extends WitnessQuestion {
  readonly isAsk: boolean
  readonly isDistinct: boolean
}

/**
 * A query that gives the rows of an answer and their witnesses at once: the same, with all its variables. There is none where the
 * rows are made of several solutions (GROUP BY), or are only some (LIMIT), or where the witness query has others.
 */
export function witnessedQuery(algebra: Algebra): WitnessedQuery | undefined {
  if (!witnessedQueries.has(algebra)) witnessedQueries.set(algebra, newWitnessedQuery(algebra))
  return witnessedQueries.get(algebra)
}

/** The same each time, so that its plan can be kept. */
const witnessedQueries = new WeakMap<Algebra, WitnessedQuery | undefined>()

function newWitnessedQuery(algebra: Algebra): WitnessedQuery | undefined {
  const question = witnessQuestion(algebra, [])
  const root = algebra.type === 'from' ? (algebra.input as Algebra) : algebra
  if (!question.witness.isAlike || question.isShown) return undefined
  if (root.type === 'construct') {
    if ((root.template as Quad[]).some(hasBlankNode)) return undefined
    return { ...question, isAsk: false, isDistinct: true, rowsOf: solution => question.rowsOf(solution).filter(isTriple) }
  }
  if (root.type === 'ask') return { ...question, isAsk: true, isDistinct: true, rowsOf: () => [new Map()] }
  const project = root.type === 'project' ? root : (root.input as Algebra)
  if (project.type !== 'project' || root.type === 'slice' || groupIn(project.input as Algebra) !== undefined) return undefined
  const columns = variablesOf(project.variables)
  return {
    ...question,
    query: question.asQuery(project.input as Algebra),
    isAsk: false,
    isDistinct: root !== project,
    keyOf: row => rowKey(row, columns),
    rowsOf: solution => [new Map(columns.flatMap(name => (solution.has(name) ? [[name, solution.get(name)!]] : [])))],
  }
}

/** The triples of a CONSTRUCT, made here of the solutions that an engine elsewhere gives of its pattern: as rows, each once. */
export async function* constructed(service: QueryService, algebra: Algebra, options: EvidenceOptions): AsyncGenerator<Solution> {
  const form = [...nodesOf(algebra)].find(({ type }) => type === 'construct')!
  const template = form.template as Quad[]
  const variables = [...new Set(inScope(form.input as Algebra))].map(name => DataFactory.variable(name))
  const query = mapNodes(algebra, node => (node.type === 'construct' ? { type: 'project', input: node.input, variables } : node))
  const seen = new Set<string>()
  let count = 0
  for await (const solution of solutions(service, query, options)) {
    count++
    for (const triple of template) {
      const row = asRow(
        instance(triple, solution).map(term =>
          term?.termType === 'BlankNode' ? DataFactory.blankNode(`${term.value}_${count}`) : term,
        ),
      )
      const key = rowKey(row, TRIPLE)
      if (isTriple(row) && !seen.has(key)) yield row
      seen.add(key)
    }
  }
}

/** Whether what a template gives is a triple of RDF. @see SPARQL 1.1 Query Language, 16.2 (CONSTRUCT) */
function isTriple(row: Solution): boolean {
  const [subject, predicate, object] = TRIPLE.map(name => row.get(name)?.termType)
  return (subject === 'NamedNode' || subject === 'BlankNode') && predicate === 'NamedNode' && object !== undefined
}

const TRIPLE = ['subject', 'predicate', 'object']

/** The form of a query, its pattern without modifiers, and the columns by which its rows are known. */
function rootOf(root: Algebra): { form: Algebra; input: Algebra; columns: readonly string[]; isLimited: boolean } {
  let [form, isLimited] = [root, false]
  for (; MODIFIERS.has(form.type); form = form.input as Algebra) isLimited ||= form.type === 'slice'
  const pattern = form.input as Algebra
  if (form.type !== 'project') return { form, input: pattern, columns: [], isLimited }
  const projected = variablesOf(form.variables)
  // The rows of an aggregate whose keys are all shown are known by the keys: no need to aggregate again.
  const group = groupIn(pattern)
  const keys = group && variablesOf(group.variables)
  if (keys?.every(key => projected.includes(key))) return { form, input: group!.input as Algebra, columns: keys, isLimited }
  const random = randomVariables(pattern)
  return { form, input: withoutOrder(pattern), columns: projected.filter(name => !random.has(name)), isLimited }
}

const MODIFIERS: ReadonlySet<string> = new Set(['distinct', 'reduced', 'slice'])
const ABOVE_GROUP: ReadonlySet<string> = new Set(['orderby', 'extend', 'filter'])

/** The GROUP BY that the rows of a SELECT are made of. */
function groupIn(pattern: Algebra): Algebra | undefined {
  const [node] = [...nodesOf(pattern)].filter(({ type }) => !ABOVE_GROUP.has(type))
  return node?.type === 'group' ? node : undefined
}

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

/**
 * What rows have for the columns in which a pattern always has a value, if there are any. With others, what OPTIONAL and BIND give
 * could not be looked for among the rest any more; the few solutions more that there are without them belong to no row.
 */
function valuesOf(rows: readonly Solution[], columns: readonly string[], pattern: Algebra): Algebra {
  const bound = certainlyBound(pattern)
  const certain = columns.filter(name => bound.has(name))
  const names = certain.length > 0 ? certain : columns
  const shown = new Map(rows.map(row => [rowKey(row, names), row]))
  const bindings = [...shown.values()].map(row =>
    Object.fromEntries(names.flatMap(name => (row.has(name) ? [[name, row.get(name)]] : []))),
  )
  return { type: 'values', variables: names.map(name => DataFactory.variable(name)), bindings }
}

/** The quads that one solution of a witness query rests on. */
async function quadsOf(
  lookup: EvidenceSource,
  { witness: { atoms, nested }, asQuery }: Pick<WitnessQuestion, 'witness' | 'asQuery'>,
  solution: Solution,
  options: EvidenceOptions,
): Promise<Quad[]> {
  const tookPart = ({ guards }: { readonly guards: readonly string[] }): boolean => guards.every(name => solution.has(name))
  const found: Quad[] = []
  for (const { node, graphs } of atoms.filter(tookPart)) {
    const [subject, predicate, object] = [node.subject, node.predicate, node.object].map(
      term => isTerm(term) && instantiate(term, solution),
    )
    for (const name of graphs) {
      const graph = instantiate(name, solution)
      if (graph === undefined) continue
      if (node.type === 'pattern') {
        if (!subject || !predicate || !object) continue
        found.push(
          ...(isService(lookup)
            ? [quadOf(subject, predicate, object, graph)]
            : lookup.getQuads(subject, predicate, object, graph)),
        )
        continue
      }
      const path = node.type === 'path' ? (node.predicate as Algebra) : undefined
      const around = isService(lookup) ? await lookup.around(graph, path, options.signal) : lookup
      if (path === undefined) found.push(...around.getQuads(null, null, null, graph))
      else if (subject && object) found.push(...pathTriples(around, graph, path, subject, object))
    }
  }
  for (const { witness } of nested.filter(tookPart)) {
    const query = bindVariables(asQuery(witness.pattern), solution)
    for await (const inner of solutions(lookup, query, options))
      found.push(...(await quadsOf(lookup, { witness, asQuery }, new Map([...solution, ...inner]), options)))
  }
  return found
}

/** A term of a pattern with the values of a solution; undefined where one is missing. */
export function instantiate(term: Term, solution: Solution): Term | undefined {
  if (term.termType === 'Variable') return solution.get(term.value)
  if (term.termType !== 'Quad') return term
  const [subject, predicate, object] = [term.subject, term.predicate, term.object].map(part => instantiate(part, solution))
  return subject && predicate && object ? quadOf(subject, predicate, object) : undefined
}

function instance({ subject, predicate, object }: Quad, solution: Solution): readonly (Term | undefined)[] {
  return [subject, predicate, object].map(term => instantiate(term, solution))
}

function asRow(terms: readonly (Term | undefined)[]): Solution {
  return new Map(terms.flatMap((term, index) => (term === undefined ? [] : [[TRIPLE[index]!, term] as const])))
}

/** @param isBlankNew whether blank nodes are made anew for each solution, so that none is known by its label */
function rowKey(row: Solution, columns: readonly string[], isBlankNew = false): string {
  let whole = ''
  for (const name of columns) {
    const term = row.get(name)
    const key = term === undefined ? '' : isBlankNew && term.termType === 'BlankNode' ? '_' : termKey(term)
    // By its length one knows where each ends.
    whole += `${key.length} ${key}`
  }
  return whole
}
