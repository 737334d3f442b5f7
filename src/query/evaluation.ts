import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf, termKey } from '../rdf/term.ts'
import { type Algebra, mapNodes, nodesOf, projectedVariables } from '../sparql/algebra.ts'
import type { PlanStep } from '../sparql/step.ts'
import { ask, quads, type Solution, solutions } from './engine.ts'
import {
  constructed,
  type Evidence,
  type EvidenceSource,
  evidenceFrom,
  evidenceOf,
  type WitnessedQuery,
  witnessedQuery,
} from './evidence.ts'
import type { EngineChoice } from './plan.ts'
import { isService, type QueryService } from './service.ts'

export interface EvaluationOptions {
  /** Whether each row gets its evidence. */
  readonly cite: boolean
  /** Most rows that are given. */
  readonly limit: number
  /** Most derivations of one row that are looked at. */
  readonly witnesses: number
  readonly baseIRI?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Seconds; see `QueryOptions`. */
  readonly timeout?: number | undefined
  readonly engine?: EngineChoice | undefined
  readonly trace?: PlanStep[] | undefined
}

/** A row of any form of query, with its evidence if that was asked for. */
export interface EvaluatedRow {
  readonly values: Solution
  readonly evidence?: Evidence | undefined
}

/** Rows that get their evidence together. */
const ROWS_A_BATCH = 500

/** The columns of an answer: of a SELECT those of its head, of triples their parts, of an ASK none. */
export function columnsOf(algebra: Algebra): string[] {
  const isTriples = [...nodesOf(algebra)].some(({ type }) => type === 'construct' || type === 'describe')
  return isTriples ? ['subject', 'predicate', 'object'] : projectedVariables(algebra)
}

/**
 * Asks a query of any form.
 *
 * @returns rows in batches, as they come; at the end whether these were all. An ASK gives one row without values for yes, none for
 * no; CONSTRUCT and DESCRIBE give triples
 */
export async function* evaluate(
  lookup: EvidenceSource,
  algebra: Algebra,
  options: EvaluationOptions,
): AsyncGenerator<EvaluatedRow[], boolean, undefined> {
  const { cite, limit } = options
  const isDescribe = isDescribing(algebra)
  // Elsewhere the question is asked as it is, and what its rows rest on by another.
  const witnessed = cite && !isDescribe && !isService(lookup) ? witnessedQuery(algebra) : undefined
  const found: Solution[] = []
  const withEvidence = async (rows: readonly Solution[], isPart: boolean): Promise<EvaluatedRow[]> => {
    if (!cite) return rows.map(values => ({ values }))
    const isWhole = !isPart && found.length < MOST_KEPT
    const evidence = isDescribe
      ? rows.map(row => ownEvidence(lookup, row))
      : witnessed !== undefined && isWhole
        ? await evidenceFrom(lookup, witnessed, rows, found, options)
        : await evidenceOf(lookup, algebra, rows, { ...options, isPart })
    return rows.map((values, index) => ({ values, evidence: evidence[index] }))
  }
  const all = witnessed === undefined ? rowsOf(lookup, algebra, options) : rowsAtOnce(lookup, witnessed, options, found)
  let [batch, count, isFirst]: [Solution[], number, boolean] = [[], 0, true]
  for await (const row of all) {
    if (count === limit) {
      yield await withEvidence(batch, true)
      return false
    }
    if (batch.length === ROWS_A_BATCH) {
      yield await withEvidence(batch, true)
      ;[batch, isFirst] = [[], false]
    }
    batch.push(row)
    count++
  }
  if (batch.length > 0) yield await withEvidence(batch, !isFirst)
  return true
}

/** The query that gives the rows of another: the same, or with what these rest on. */
export function queryOfRows(algebra: Algebra, cite: boolean): Algebra {
  return (cite && !isDescribing(algebra) ? witnessedQuery(algebra)?.query : undefined) ?? algebra
}

function isDescribing(algebra: Algebra): boolean {
  return [...nodesOf(algebra)].some(({ type }) => type === 'describe')
}

/** Solutions that are kept while it is not known whether the first batch of rows is all. */
const MOST_KEPT = 50_000

/** The rows of an answer, and in `found` the witnesses of them all, unless these are too many. */
async function* rowsAtOnce(
  lookup: EvidenceSource,
  { query, rowsOf, keyOf, isAsk, isDistinct }: WitnessedQuery,
  options: EvaluationOptions,
  found: Solution[],
): AsyncGenerator<Solution> {
  const seen = new Set<string>()
  for await (const solution of solutions(lookup, query, options)) {
    if (found.length < MOST_KEPT) found.push(solution)
    for (const row of rowsOf(solution)) {
      const key = isDistinct ? keyOf(row) : undefined
      if (key !== undefined && seen.has(key)) continue
      if (key !== undefined) seen.add(key)
      yield row
    }
    // An ASK has its answer.
    if (isAsk && found.length > options.witnesses) return
  }
}

async function* rowsOf(lookup: EvidenceSource, algebra: Algebra, options: EvaluationOptions): AsyncGenerator<Solution> {
  const types = new Set([...nodesOf(algebra)].map(({ type }) => type))
  if (types.has('construct') && isService(lookup)) yield* constructed(lookup, algebra, options)
  else if (types.has('describe') && isService(lookup)) yield* described(lookup, algebra, options)
  else if (types.has('construct') || types.has('describe')) {
    for await (const { subject, predicate, object } of quads(lookup, algebra, options))
      yield new Map([
        ['subject', subject],
        ['predicate', predicate],
        ['object', object],
      ])
  } else if (types.has('ask')) {
    if (await ask(lookup, algebra, options)) yield new Map()
  } else yield* solutions(lookup, isService(lookup) ? first(algebra, options.limit) : algebra, options)
}

/** What an engine elsewhere knows of the things that a DESCRIBE names or finds. */
async function* described(service: QueryService, algebra: Algebra, options: EvaluationOptions): AsyncGenerator<Solution> {
  const { terms, input } = [...nodesOf(algebra)].find(({ type }) => type === 'describe') as Algebra & { readonly terms: Term[] }
  const variables = terms.filter(({ termType }) => termType === 'Variable')
  const found = new Map(terms.filter(({ termType }) => termType === 'NamedNode').map(term => [termKey(term), term]))
  const query = mapNodes(algebra, node => (node.type === 'describe' ? { type: 'project', input, variables } : node))
  if (variables.length > 0)
    for await (const solution of solutions(service, query, options))
      for (const term of solution.values()) found.set(termKey(term), term)
  for (const { subject, predicate, object } of await service.described([...found.values()], options.signal))
    yield new Map(Object.entries({ subject, predicate, object }))
}

/** The query for no more solutions than are wanted, and one that tells that there are more. Servers refuse large numbers. */
function first(algebra: Algebra, limit: number): Algebra {
  if (limit >= 10_000) return algebra
  const { length = limit + 1 } = algebra as { readonly length?: number }
  return algebra.type === 'slice'
    ? { ...algebra, length: Math.min(length, limit + 1) }
    : { type: 'slice', input: algebra, start: 0, length }
}

/** A triple that describes a thing is its own evidence. */
function ownEvidence(lookup: EvidenceSource, row: Solution): Evidence {
  const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(name => row.get(name)!)
  if (isService(lookup)) return { quads: [quadOf(subject!, predicate!, object!)], isCapped: false }
  const found: Quad[] = lookup.getQuads(subject!, predicate!, object!, defaultGraph)
  return { quads: found, isCapped: false }
}

const defaultGraph = DataFactory.defaultGraph()
