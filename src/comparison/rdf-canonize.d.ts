/** What we use of it: it has no types of its own. */
declare module 'rdf-canonize' {
  export function canonize(
    dataset: readonly object[],
    options: {
      readonly algorithm: 'RDFC-1.0'
      readonly canonicalIdMap: Map<string, string>
      readonly maxWorkFactor: number
    },
  ): Promise<string>
}
