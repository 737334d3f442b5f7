import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { QuadLookup } from '../store/dataset.ts'
import { type Algebra, nodesOf, projectedVariables } from './algebra.ts'
import { ask, quads, type Solution, solutions } from './engine.ts'
import { type Evidence, evidenceFrom, evidenceOf, type WitnessedQuery, witnessedQuery } from './evidence.ts'

export interface EvaluationOptions {
  /** Whether each row gets its evidence. */
  readonly cite: boolean
  /** Most rows that are given. */
  readonly limit: number
  /** Most derivations of one row that are looked at. */
  readonly witnesses: number
  readonly baseIRI?: string | undefined
  readonly signal?: AbortSignal | undefined
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
  lookup: QuadLookup,
  algebra: Algebra,
  options: EvaluationOptions,
): AsyncGenerator<EvaluatedRow[], boolean, undefined> {
  const { cite, limit } = options
  const isDescribe = [...nodesOf(algebra)].some(({ type }) => type === 'describe')
  const witnessed = cite && !isDescribe ? witnessedQuery(algebra) : undefined
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

/** Solutions that are kept while it is not known whether the first batch of rows is all. */
const MOST_KEPT = 50_000

/** The rows of an answer, and in `found` the witnesses of them all, unless these are too many. */
async function* rowsAtOnce(
  lookup: QuadLookup,
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

async function* rowsOf(lookup: QuadLookup, algebra: Algebra, options: EvaluationOptions): AsyncGenerator<Solution> {
  const types = new Set([...nodesOf(algebra)].map(({ type }) => type))
  if (types.has('construct') || types.has('describe')) {
    for await (const { subject, predicate, object } of quads(lookup, algebra, options))
      yield new Map([
        ['subject', subject],
        ['predicate', predicate],
        ['object', object],
      ])
  } else if (types.has('ask')) {
    if (await ask(lookup, algebra, options)) yield new Map()
  } else yield* solutions(lookup, algebra, options)
}

/** A triple that describes a thing is its own evidence. */
function ownEvidence(lookup: QuadLookup, row: Solution): Evidence {
  const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(name => row.get(name)!)
  const found: Quad[] = lookup.getQuads(subject!, predicate!, object!, defaultGraph)
  return { quads: found, isCapped: false }
}

const defaultGraph = DataFactory.defaultGraph()
