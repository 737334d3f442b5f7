import { DataFactory } from 'n3'
import { PREFIXES } from '../rdf/prefixes.ts'
import { quadOf } from '../rdf/term.ts'
import type { Input } from './input.ts'
import { compact, frame } from './jsonld-algorithms.ts'
import type { ReadOptions } from './read.ts'
import { readStore } from './store.ts'
import { type WriteQuadsOptions, writeQuads } from './write.ts'

/** How a document becomes one of another syntax; prefixes are those of the document. */
export interface ConvertOptions extends ReadOptions, Pick<WriteQuadsOptions, 'unstable'> {
  /** Name of the syntax to write. */
  readonly to: string
  /** IRI of the one graph that is wanted, as triples. */
  readonly graph?: string | undefined
  /** For JSON-LD: any context, instead of the document's prefixes. */
  readonly context?: object | undefined
  /** For JSON-LD: a frame. */
  readonly frame?: object | undefined
}

/**
 * Reads RDF in one syntax and writes it in another, whole: nothing is left out that the other cannot carry.
 *
 * @throws CommuniqueError as `readQuads`, `writeQuads`, `compact` and `frame`
 * @example [...(await convert('<urn:a> <urn:b> "c" .', { file: 'a.ttl', baseIRI: 'urn:x', to: 'nquads' }))].join('') // '<urn:a> <urn:b> "c" .\n'
 */
export async function convert(input: Input, options: ConvertOptions): Promise<Iterable<string>> {
  const { to, graph, context, frame: shape, unstable } = options
  const prefixes: Record<string, string> = {}
  const onPrefix = (prefix: string, iri: string): void => {
    prefixes[prefix] = iri
  }
  const store = await readStore(input, { ...options, onPrefix })
  const chosen =
    graph === undefined
      ? store
      : store
          .getQuads(null, null, null, DataFactory.namedNode(graph))
          .map(({ subject, predicate, object }) => quadOf(subject, predicate, object))
  // Without a name in the document those that everybody knows are better than none.
  const names = Object.keys(prefixes).length > 0 ? prefixes : PREFIXES
  const text = writeQuads(chosen, { syntax: to, prefixes: names, unstable })
  if (context === undefined && shape === undefined) return text
  const document = JSON.parse([...text].join('')) as object
  const formed = shape === undefined ? await compact(document, context!) : await frame(document, shape)
  return [`${JSON.stringify(formed, null, 2)}\n`]
}
