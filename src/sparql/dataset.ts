import type { Quad, Term } from '@rdfjs/types'
import { quadOf } from '../rdf/term.ts'
import { QuadStore } from '../store/quad-store.ts'

/**
 * The dataset that FROM and FROM NAMED describe: the merge of some graphs as the default graph, others as named graphs, and nothing
 * else.
 *
 * @see SPARQL 1.1 Query Language, 13.2 (Specifying RDF Datasets)
 */
export function describedDataset(store: QuadStore, defaults: readonly Term[], named: readonly Term[]): QuadStore {
  return QuadStore.of(quadsOf(store, defaults, named))
}

function* quadsOf(store: QuadStore, defaults: readonly Term[], named: readonly Term[]): Generator<Quad> {
  for (const graph of defaults)
    for (const { subject, predicate, object } of store.readQuads(null, null, null, graph))
      yield quadOf(subject, predicate, object)
  for (const graph of named) yield* store.readQuads(null, null, null, graph)
}
