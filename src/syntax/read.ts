import type { Quad } from '@rdfjs/types'
import type { DataFactory } from 'n3'
import { CommuniqueError, type Where } from '../error.ts'
import { documentTerms } from './document-terms.ts'
import { type Input, textPieces } from './input.ts'
import { RecentText } from './recent-text.ts'
import { type Syntax, syntaxOf } from './syntax.ts'
import { Watch } from './watch.ts'

/** What is read at most of one document. */
export interface ReadLimits {
  /** Of the whole document; of a text its UTF-16 code units. */
  readonly bytes: number
  /** UTF-16 code units without the end of a statement: of a literal, a comment, a whole JSON-LD document, which is kept until its end. */
  readonly statement: number
  /** Of elements in XML, of objects and arrays in JSON, of triple terms. */
  readonly depth: number
  /** Of waiting for the input and of parsing, without the time of whoever takes the quads. */
  readonly milliseconds: number
}

/**
 * What is read unless a caller says otherwise.
 *
 * @example READ_LIMITS.depth // 200
 */
export const READ_LIMITS: ReadLimits = { bytes: 2_000_000_000, statement: 10_000_000, depth: 200, milliseconds: 120_000 }

/** How to read a document. */
export interface ReadOptions {
  /** What the document is called in faults. */
  readonly file: string
  /** Its address, against which relative IRIs are resolved. */
  readonly baseIRI: string
  /** By default that of the file's extension. */
  readonly syntax?: Syntax
  /** Documents with an `@context`, by the IRI at which JSON-LD names them; ours is known. Nothing is ever fetched. */
  readonly contexts?: Readonly<Record<string, unknown>>
  /** What a JSON-LD document leaves to its reader: a context that is told elsewhere, how directions of text are written. */
  readonly jsonld?: JsonLdOptions
  readonly limits?: Partial<ReadLimits>
  readonly signal?: AbortSignal | undefined
  /** Is told each prefix, before the quads that are written with it. */
  readonly onPrefix?: (prefix: string, iri: string) => void
}

/** @see JSON-LD 1.1 API, 9.3 (The JsonLdOptions Type): `expandContext` is called `context` here */
export interface JsonLdOptions {
  readonly context?: unknown
  readonly rdfDirection?: 'i18n-datatype' | 'compound-literal'
  /** The version of JSON-LD; 1.1 unless 1.0 is asked for. */
  readonly processingMode?: '1.0' | '1.1'
}

/** What the parser of a syntax is given. */
export interface Reading {
  readonly baseIRI: string
  readonly syntax: Syntax
  readonly contexts: Readonly<Record<string, unknown>>
  readonly jsonld: JsonLdOptions
  readonly limits: ReadLimits
  readonly terms: typeof DataFactory
  readonly text: RecentText
  readonly watch: Watch
  quad(quad: Quad): void
  prefix(prefix: string, iri: string): void
  fault(code: string, what: string, place: Where, mend: string, cause?: unknown): CommuniqueError
  /** The error of what is more than the limits allow. */
  limit(what: string, place?: Where): CommuniqueError
}

/** A parser that is given text piece by piece, and gives what it finds to its reading. */
export interface PieceParser {
  write(piece: string): void
  end(): void | Promise<void>
}

/**
 * Reads RDF of any syntax: Turtle, TriG, N-Triples and N-Quads (of RDF 1.1 and 1.2), JSON-LD, RDF/XML. Quads come while the
 * document is read, those before a fault ahead of the error; JSON-LD is read whole first. Blank nodes are of this document
 * only. Nothing is ever fetched.
 *
 * @throws CommuniqueError `turtle-syntax`, `undeclared-prefix`, `jsonld-syntax`, `unknown-context`, `rdfxml-syntax`,
 *   `xml-entity`, `invalid-utf8`, `read-limit`: each with file, line and column; the reason of the signal when it aborts
 * @see RDF 1.2 Turtle, TriG, N-Triples, N-Quads, XML Syntax; JSON-LD 1.1 API, 7.1 (Deserialize JSON-LD to RDF)
 * @example (await readQuads('<a> <b> "c" .', { file: 'a.ttl', baseIRI: 'http://example.org/' }).next()).value.object.value // 'c'
 */
export async function* readQuads(input: Input, options: ReadOptions): AsyncGenerator<Quad, void, undefined> {
  for await (const batch of readQuadBatches(input, options)) yield* batch
}

/**
 * Reads as `readQuads` does, and gives the quads of each piece of the input together: several times as fast for large files.
 *
 * @example (await readQuadBatches('<urn:a> <urn:b> "c" .', { file: 'a.nt', baseIRI: 'urn:x' }).next()).value.length // 1
 */
export async function* readQuadBatches(input: Input, options: ReadOptions): AsyncGenerator<readonly Quad[], void, undefined> {
  yield* readRest(input, options, { bytes: 0, lines: 0, terms: documentTerms() })
}

/** What of a document was read already, by another reader: bytes, whole lines, and the factory of its terms. */
export interface ReadBefore {
  readonly bytes: number
  readonly lines: number
  readonly terms: typeof DataFactory
}

/** Reads what is left of a document of N-Triples or N-Quads, as `readQuadBatches` does. */
export async function* readRest(
  input: Input,
  { file, baseIRI, syntax = syntaxOf(file), contexts = {}, jsonld = {}, signal, onPrefix, ...options }: ReadOptions,
  before: ReadBefore,
): AsyncGenerator<readonly Quad[], void, undefined> {
  const limits = { ...READ_LIMITS, ...options.limits }
  const text = new RecentText(before.lines + 1)
  let quads: Quad[] = []
  let [bytes, progress] = [before.bytes, 0]
  const reading: Reading = {
    ...{ baseIRI, syntax, contexts, jsonld, limits, text, terms: before.terms },
    watch: new Watch(limits.milliseconds, signal, () => reading.limit('reading takes longer than is allowed')),
    quad: quad => {
      quads.push(quad)
      progress++
    },
    prefix: (prefix, iri) => {
      onPrefix?.(prefix, iri)
      progress++
    },
    fault: (code, what, place, mend, cause) => {
      const line = place.line === undefined ? undefined : text.line(place.line)
      return new CommuniqueError(code, { what, where: { file, ...place, ...(line && { text: line }) }, mend, cause })
    },
    limit: (what, place = text.end) =>
      reading.fault('read-limit', what, place, 'see whether this is what you wanted to read, or raise the limit'),
  }
  const { watch } = reading
  const parser = await openParser(reading)
  if (before.lines > 0) parser.write('\n'.repeat(before.lines))
  const size = (more: number): void => {
    bytes += more
    if (bytes > limits.bytes) throw reading.limit(`the document has more than ${limits.bytes.toLocaleString('en')} bytes`)
  }
  /** Runs a part of the work; what it found stands, even if it fails. */
  async function* found(work: () => void | Promise<void>): AsyncGenerator<readonly Quad[], void, undefined> {
    let failure: { error: unknown } | undefined
    try {
      await watch.breathe()
      await work()
    } catch (error) {
      failure = { error }
    }
    if (quads.length > 0) {
      const batch = quads
      quads = []
      watch.pause()
      yield batch
      watch.resume()
    }
    if (failure !== undefined) throw failure.error
  }
  for await (const piece of textPieces(input, file, watch, size, () => text.end, before.bytes)) {
    text.add(piece)
    const before = progress
    yield* found(() => parser.write(piece))
    if (progress > before) text.forget()
    else if (text.length > limits.statement)
      throw reading.limit(`no statement ends within ${limits.statement.toLocaleString('en')} characters`)
  }
  yield* found(() => parser.end())
}

/** The parser of a syntax, loaded when such a document is read. */
async function openParser(reading: Reading): Promise<PieceParser> {
  if (reading.syntax.name === 'jsonld') return (await import('./jsonld-parser.ts')).jsonldParser(reading)
  if (reading.syntax.name === 'rdfxml') return (await import('./rdfxml-parser.ts')).rdfxmlParser(reading)
  return (await import('./turtle-parser.ts')).turtleParser(reading)
}
