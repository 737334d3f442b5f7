/** What is used of rdf-canonize, which has no types of its own. */
declare module 'rdf-canonize' {
  interface Digest {
    update(text: string): void
    digest(): string
  }
  interface Options {
    readonly algorithm: 'RDFC-1.0'
    readonly canonicalIdMap: Map<string, string>
    readonly maxWorkFactor: number
    readonly timeout: number
    readonly createMessageDigest: () => Digest
  }
  const canonize: { _canonizeSync(quads: readonly object[], options: Options): string }
  export default canonize
}
