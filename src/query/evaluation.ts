import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { QuadLookup } from '../store/dataset.ts'
import { type Algebra, nodesOf, projectedVariables } from './algebra.ts'
import { ask, quads, type Solution, solutions } from './engine.ts'
import { type Evidence, evidenceOf } from './evidence.ts'

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
  const { cite, limit, witnesses, signal } = options
  const isDescribe = [...nodesOf(algebra)].some(({ type }) => type === 'describe')
  const withEvidence = async (rows: readonly Solution[], isPart: boolean): Promise<EvaluatedRow[]> => {
    if (!cite) return rows.map(values => ({ values }))
    const evidence = isDescribe
      ? rows.map(row => ownEvidence(lookup, row))
      : await evidenceOf(lookup, algebra, rows, { witnesses, isPart, signal })
    return rows.map((values, index) => ({ values, evidence: evidence[index] }))
  }
  let [batch, count, isFirst]: [Solution[], number, boolean] = [[], 0, true]
  for await (const row of rowsOf(lookup, algebra, options)) {
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
