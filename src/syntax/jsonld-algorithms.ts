import { CommuniqueError } from '../error.ts'

/** How a document is to be processed; `settings` are those of the JSON-LD API by their names there, e.g. `compactArrays`. */
export interface AlgorithmOptions {
  /** IRI that relative ones in the document are resolved against. */
  readonly baseIRI?: string
  /** Documents, mostly contexts, by the IRI by which others refer to them. Nothing is ever fetched. */
  readonly documents?: Readonly<Record<string, unknown>>
  readonly settings?: Readonly<Record<string, unknown>>
}

/**
 * A JSON-LD document with the names of any context.
 *
 * @throws CommuniqueError `remote-context` for one that is named by an address and not among `documents`; `jsonld-refused` for
 * what the standard refuses, with its own error as `cause`
 * @see JSON-LD 1.1 API, 9.1.1 (compact)
 * @example await compact([{ 'urn:p': [{ '@value': 'a' }] }], { name: 'urn:p' }) // { '@context': { name: 'urn:p' }, name: 'a' }
 */
export async function compact(document: object, context: object, options: AlgorithmOptions = {}): Promise<object> {
  return run(options, (jsonld, settings) => jsonld.compact(document, context, settings))
}

/**
 * A JSON-LD document without names: IRIs in full, every value an object.
 *
 * @throws as `compact`
 * @see JSON-LD 1.1 API, 9.1.2 (expand)
 * @example await expandDocument({ '@context': { name: 'urn:p' }, name: 'a' }) // [{ 'urn:p': [{ '@value': 'a' }] }]
 */
export async function expandDocument(document: object, options: AlgorithmOptions = {}): Promise<object[]> {
  return run(options, (jsonld, settings) => jsonld.expand(document, settings))
}

/**
 * A JSON-LD document in the shape of a frame.
 *
 * @throws as `compact`
 * @see JSON-LD 1.1 Framing, 5.2 (frame)
 * @example await frame({ '@id': 'urn:a', 'urn:p': 'b' }, { '@id': 'urn:a' }) // { '@id': 'urn:a', 'urn:p': 'b' }
 */
export async function frame(document: object, shape: object, options: AlgorithmOptions = {}): Promise<object> {
  return run(options, (jsonld, settings) => jsonld.frame(document, shape, settings))
}

type JsonLd = typeof import('#jsonld')['default']

async function run<T>(
  { baseIRI, documents = {}, settings = {} }: AlgorithmOptions,
  work: (jsonld: JsonLd, options: import('#jsonld').Options) => Promise<T>,
): Promise<T> {
  const { default: jsonld } = await import('#jsonld')
  let refused: string | undefined
  const documentLoader = async (url: string) => {
    if (Object.hasOwn(documents, url)) return { document: documents[url], documentUrl: url, contextUrl: null }
    refused = url
    throw new Error(`<${url}> is not fetched`)
  }
  try {
    return await work(jsonld, { ...settings, ...(baseIRI === undefined ? {} : { base: baseIRI }), documentLoader })
  } catch (cause) {
    if (refused !== undefined)
      throw new CommuniqueError('remote-context', {
        what: `the document refers to <${refused}>, which is not at hand; nothing is fetched`,
        mend: 'put the context into the document, or hand it over with its address',
        cause,
      })
    const [what] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    throw new CommuniqueError('jsonld-refused', {
      what: `JSON-LD: ${what!.slice(0, 200)}`,
      mend: 'mend the document or the context',
      cause,
    })
  }
}
