/** The face of `#jsonld`, jsonld.js in one file. Only `jsonld-algorithms.ts` imports it. */

export interface RemoteDocument {
  readonly document: unknown
  readonly documentUrl: string
  readonly contextUrl: null
}

export interface Options {
  readonly documentLoader: (url: string) => Promise<RemoteDocument>
  readonly [setting: string]: unknown
}

declare const jsonld: {
  compact(document: object, context: object, options: Options): Promise<Record<string, unknown>>
  expand(document: object, options: Options): Promise<object[]>
  frame(document: object, frame: object, options: Options): Promise<Record<string, unknown>>
}
export default jsonld
