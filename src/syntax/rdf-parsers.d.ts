/** The face of `#rdf-parsers`, the parsers of JSON-LD and RDF/XML in one file. Only `jsonld-parser.ts` and `rdfxml-parser.ts` import it. */
import type { EventEmitter } from 'node:events'
import type { Quad } from '@rdfjs/types'
import type { DataFactory } from 'n3'
import type { JsonLdOptions } from './read.ts'

interface ParserOptions {
  readonly baseIRI: string
  readonly dataFactory: typeof DataFactory
}

/** Keys and indexes from the root to a value; the first item is none. */
export type JsonKeys = readonly (string | number | undefined)[]

export class JsonLdParser extends EventEmitter {
  constructor(
    options: ParserOptions &
      JsonLdOptions & {
        /** Whether a wrong @index is an error, and not passed over. */
        readonly validateValueIndexes: true
        readonly documentLoader: { load(iri: string): Promise<unknown> }
      },
  )
  readonly parsingContext: {
    readonly contextParser: { redirectSchemaOrgHttps: boolean; parse(...context: unknown[]): Promise<unknown> }
    readonly unaliasedKeywordCacheStack: unknown[]
  }
  readonly util: { unaliasKeyword(key: unknown, keys: JsonKeys, depth: number, disableCache: boolean): Promise<unknown> }
  /** Handlers of contexts, by depth; and of values that wait for all contexts. */
  readonly contextJobs: readonly ((() => Promise<void>)[] | undefined)[]
  readonly contextAwaitingJobs: readonly { readonly job: () => Promise<void>; readonly keys: JsonKeys; readonly depth: number }[]
  executeBufferedJobs(): Promise<void>
  readonly jsonParser: { numberReviver(text: string): void; onToken(token: number, value: number): void }
  /** Handles one value, when its context is known. */
  newOnValueJob(keys: JsonKeys, value: unknown, depth: number, lastDepthCheck: boolean): Promise<void>
  write(piece: string, done: (error?: unknown) => void): void
  end(): void
}

export class RdfXmlParser {
  constructor(options: ParserOptions)
  readonly saxParser: SaxParser
  push(quad: Quad | null): boolean
  onTag(tag: XmlTag): void
  onText(text: string): void
  readonly activeTagStack: readonly {
    readonly predicate?: unknown
    readonly text?: string
    readonly childrenStringTags?: unknown
  }[]
}

export interface XmlTag {
  readonly attributes: Readonly<Record<string, { value: string }>>
  /** Namespaces declared at this tag, by prefix. */
  readonly ns: Readonly<Record<string, string>>
}

/** The parser of XML within. Of each event there is one listener. */
export interface SaxParser {
  readonly line: number
  /** From 0. */
  readonly columnIndex: number
  ENTITIES: Readonly<Record<string, string>>
  on(event: 'error', listener: (error: Error) => void): void
  on(event: 'opentag', listener: (tag: XmlTag) => void): void
  on(event: 'text' | 'cdata' | 'doctype', listener: (text: string) => void): void
  on(event: 'xmldecl', listener: (declaration: { readonly encoding?: string }) => void): void
  write(piece: string): void
  close(): void
}
