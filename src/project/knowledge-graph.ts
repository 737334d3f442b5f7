import type { Term } from '@rdfjs/types'
import type { MappingSet } from '../linking/mapping.ts'
import type { QuadLookup, Wanted } from '../store/quad-lookup.ts'
import type { CommuniqueDocument } from './document.ts'

/** A lookup that also gives the distinct terms of a pattern, as `n3.Store` and `QuadStore` do. */
export interface GraphStore extends QuadLookup {
  getSubjects(predicate: Wanted, object: Wanted, graph: Wanted): Term[]
  getObjects(subject: Wanted, predicate: Wanted, graph: Wanted): Term[]
}

/** What answers are given from: a dataset as `buildDataset` puts it together, and the names that belong to it. */
export interface KnowledgeGraph {
  readonly store: GraphStore
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
  readonly documents: readonly { readonly name: string; readonly iri: string }[]
  /** What was decided of pairs, the rejected ones too, which are in no graph. */
  readonly links?: MappingSet | undefined
}

/** A graph with what it was made of; a `Project` is one. */
export interface CompiledGraph extends KnowledgeGraph {
  readonly documents: readonly CommuniqueDocument[]
  readonly links: MappingSet
}
