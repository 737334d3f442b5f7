import type { Quad, Term } from '@rdfjs/types'
import type { Algebra } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import type { Solution } from './engine.ts'

/** An engine elsewhere, which is asked whole queries instead of quad after quad: they travel as `travelling` says. */
export interface QueryService {
  solutions(query: Algebra, signal?: AbortSignal): AsyncIterable<Solution>
  ask(query: Algebra, signal?: AbortSignal): Promise<boolean>
  /** The triples with these as subject: what our engine takes a description to be. */
  described(things: readonly Term[], signal?: AbortSignal): Promise<readonly Quad[]>
  /** The quads of a graph by which a path of the algebra can lead; those of the whole graph without one. */
  around(graph: Term, path: Algebra | undefined, signal?: AbortSignal): Promise<QuadLookup>
}

/** Whether queries go elsewhere. */
export function isService(source: object): source is QueryService {
  return 'around' in source
}
