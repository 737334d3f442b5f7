import { isUtf8 } from 'node:buffer'
import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import { CommuniqueError } from '../error.ts'
import { GrowingColumns } from '../store/columns.ts'
import { LineReader, UNUSUAL } from '../store/line-reader.ts'
import { QuadStore } from '../store/quad-store.ts'
import { documentTerms } from './document-terms.ts'
import { type Input, parts } from './input.ts'
import { READ_LIMITS, type ReadOptions, readQuadBatches, readRest } from './read.ts'
import { type Syntax, syntaxOf } from './syntax.ts'
import { parserOptions } from './turtle-parser.ts'
import { Watch } from './watch.ts'

/**
 * Reads RDF of any syntax into a store; nothing of a document that has a fault. N-Triples and N-Quads become ids without a term or a
 * text for each, several times as fast as by `readQuads`.
 *
 * @param store gets the quads; a new one unless told
 * @returns the store
 * @throws CommuniqueError as `readQuads`
 * @example (await readStore('<urn:a> <urn:b> "c" .', { file: 'a.nt', baseIRI: 'urn:x' })).size // 1
 */
export async function readStore(input: Input, options: ReadOptions, store: QuadStore = QuadStore.of()): Promise<QuadStore> {
  const { syntax = syntaxOf(options.file) } = options
  const rows = new GrowingColumns()
  const add = (quads: Iterable<Quad>): void => {
    for (const quad of quads) rows.add(...store.newIds(quad))
  }
  // Bytes cannot hold half of a character.
  const isLines = (syntax.name === 'ntriples' || syntax.name === 'nquads') && !(typeof input === 'string' && HALF.test(input))
  if (isLines) {
    const reader = (scope: string): LineReader => new LineReader(store.dictionary, rows, syntax.graphs, scope)
    await readLines(typeof input === 'string' ? Buffer.from(input) : input, { ...options, syntax }, reader, add)
  } else for await (const quads of readQuadBatches(input, options)) add(quads)
  return store.addRows(rows.columns)
}

const HALF = /\p{Surrogate}/u

/** Reads lines until one has a fault: this and what follows is left to the other reader, which can tell it. */
async function readLines(
  input: Exclude<Input, string>,
  options: ReadOptions & { readonly syntax: Syntax },
  readerOf: (scope: string) => LineReader,
  add: (quads: Iterable<Quad>) => void,
): Promise<void> {
  const limits = { ...READ_LIMITS, ...options.limits }
  const terms = documentTerms()
  const parse = (text: string): void => add(new Parser(parserOptions({ ...options, limits, terms })).parse(text))
  const lines = new Lines(readerOf(terms.blankNode('b').value.slice(0, -1)), parse)
  const watch = new Watch(limits.milliseconds, options.signal, () => {
    const where = { file: options.file, line: lines.count + 1 }
    return new CommuniqueError('read-limit', { what: 'reading takes longer than is allowed', where, mend: 'raise the limit' })
  })
  const texts = wholeLines(parts(input, watch.wait), limits.statement)
  let bytes = 0
  try {
    for (let next = await texts.next(); !next.done; next = await texts.next()) {
      await watch.breathe()
      const text = next.value
      const isTooMuch = text.length > limits.statement || bytes + text.length > limits.bytes
      const taken = isTooMuch ? 0 : lines.take(text)
      bytes += taken
      if (taken === text.length) continue
      const rest = joined(text.subarray(taken), texts)
      for await (const quads of readRest(rest, options, { bytes, lines: lines.count, terms })) add(quads)
      return
    }
  } finally {
    void texts.return()
  }
}

/** Lines of a document, of which most are usual. */
class Lines {
  /** How many were taken. */
  count = 0
  readonly #reader: LineReader
  readonly #parse: (text: string) => void

  /** @param parse takes lines that the reader does not understand, and throws if they have a fault */
  constructor(reader: LineReader, parse: (text: string) => void) {
    this.#reader = reader
    this.#parse = parse
  }

  /**
   * @param text whole lines; the last of a document may have no end
   * @returns how many bytes were taken: those before the first fault
   */
  take(text: Buffer): number {
    if (!isUtf8(text)) return 0
    const bytes = text.at(-1) === LINE_FEED ? text : Buffer.concat([text, Buffer.of(LINE_FEED)])
    let at = this.count === 0 && text.subarray(0, 3).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
    let unusual = -1
    while (at < bytes.length) {
      const next = this.#reader.readLine(bytes, at)
      if (next === UNUSUAL) {
        if (unusual < 0) unusual = at
        at = bytes.indexOf(LINE_FEED, at) + 1
      } else {
        if (unusual >= 0 && !this.#takeUnusual(bytes.toString('utf8', unusual, at))) return unusual
        unusual = -1
        this.count++
        at = next
      }
    }
    return unusual < 0 || this.#takeUnusual(text.toString('utf8', unusual)) ? text.length : unusual
  }

  #takeUnusual(text: string): boolean {
    try {
      // Within a document a byte order mark is none, which n3 passes over at the start of a text.
      this.#parse(`\n${text}`)
    } catch {
      return false
    }
    this.count += text.match(/\r\n?|\n/g)?.length ?? 0
    return true
  }
}

const LINE_FEED = 10
const BYTE_ORDER_MARK = Buffer.from('\uFEFF')

/** The bytes of an input, cut between lines: at the end, and where a line is longer than `most`, wherever. */
async function* wholeLines(input: AsyncIterable<Uint8Array | string>, most: number): AsyncGenerator<Buffer, void, undefined> {
  let rest = Buffer.alloc(0)
  for await (const piece of input) {
    const part = typeof piece === 'string' ? Buffer.from(piece) : bufferOf(piece)
    const end = rest.length > most ? part.length : part.lastIndexOf(LINE_FEED) + 1
    if (end > 0) yield Buffer.concat([rest, part.subarray(0, end)])
    rest = Buffer.concat([end > 0 ? Buffer.alloc(0) : rest, part.subarray(end)])
  }
  if (rest.length > 0) yield rest
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield first
  yield* rest
}
