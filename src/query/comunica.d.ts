/** The face of `#comunica`, the engine's one file (see `comunica.entry.cjs`). Only `engine.ts` imports it. */
import type { Quad, Source, Stream, Term, Variable } from '@rdfjs/types'
import type { Algebra } from '../sparql/algebra.ts'

export const version: string

export interface QueryContext {
  readonly sources?: readonly (Source | object)[]
  /** Sources that need not be looked at before. */
  readonly '@comunica/bus-query-operation:querySources'?: readonly { readonly source: object }[]
  readonly baseIRI?: string
  /** Compare values even where a literal is ill-typed; without it SPARQL's `open-eq-07` gives an error instead of an answer. */
  readonly nonLexicalComparison?: boolean
}

/** A solution as the engine gives it: a map with variables as keys. */
export interface Bindings extends Iterable<[Variable, Term]> {
  get(variable: string | Variable): Term | undefined
  has(variable: string | Variable): boolean
}

export interface ResultStream<T> extends AsyncIterable<T> {
  toArray(): Promise<T[]>
  destroy(cause?: Error): void
}

export { AsyncIterator } from 'asynciterator'

export class QueryEngine {
  queryBindings(algebra: Algebra, context: QueryContext): Promise<ResultStream<Bindings>>
  queryBoolean(algebra: Algebra, context: QueryContext): Promise<boolean>
  queryQuads(algebra: Algebra, context: QueryContext): Promise<ResultStream<Quad> & Stream<Quad>>
  explain(algebra: Algebra, context: QueryContext, mode: 'logical' | 'physical' | 'physical-json'): Promise<{ data: unknown }>
}

export function generate(algebra: Algebra): string
