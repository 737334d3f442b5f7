import type { Quad, Term } from '@rdfjs/types'

/** A part of a pattern: a term, or nothing where any will do. */
export type Wanted = Term | null

/** Where quads are looked up by pattern. `n3.Store` is one. */
export interface QuadLookup {
  getQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Quad[]
  /** As `getQuads`, one quad after the other, for those who may stop early. */
  readQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Iterable<Quad>
  countQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): number
}
