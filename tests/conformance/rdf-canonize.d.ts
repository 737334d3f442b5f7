declare module 'rdf-canonize' {
  import type { Quad } from '@rdfjs/types'

  /** Canonical N-Quads. */
  export function canonize(
    quads: readonly Quad[],
    options: { readonly algorithm: 'RDFC-1.0'; readonly maxWorkFactor: number },
  ): Promise<string>
}
