import type { Algebra } from '../sparql/algebra.ts'
import { Plan } from '../sparql/evaluation.ts'
import type { QuadStore } from '../store/quad-store.ts'
import type { ParseOptions } from './engine.ts'
import { parsed } from './parse.ts'

/**
 * Plans a query for a store. A plan runs as often as one likes, one run at a time; when the store has changed, it is made anew.
 *
 * @param query its text, or algebra
 * @throws CommuniqueError as `parseQuery`; Unsupported for SERVICE, updates, and functions that are not known
 * @see SPARQL 1.1 Query Language, 18 (Definition of SPARQL)
 * @example [...prepare(QuadStore.of([quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))]), 'SELECT ?o { ?s ?p ?o }').solutions()].length // 1
 */
export function prepare(store: QuadStore, query: string | Algebra, options: ParseOptions = {}): Plan {
  const algebra = typeof query === 'string' ? parsed(query, options) : query
  const metadata = algebra.metadata as { readonly baseIRI?: string } | undefined
  return new Plan(store, algebra, { baseIRI: metadata?.baseIRI ?? options.baseIRI })
}
