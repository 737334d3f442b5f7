/** What the tests use of jsonld, which has no types of its own. */
declare module 'jsonld' {
  interface Options {
    readonly documentLoader?: (url: string) => Promise<never>
    readonly format?: 'application/n-quads'
  }
  const jsonld: {
    fromRDF(nquads: string, options: Options): Promise<object[]>
    compact(document: object, context: object, options: Options): Promise<Record<string, unknown>>
    expand(document: object, options: Options): Promise<object[]>
    toRDF(document: object, options: Options): Promise<string>
  }
  export default jsonld
}
