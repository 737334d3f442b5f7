import { isUtf8 } from 'node:buffer'
import type { Quad } from '@rdfjs/types'
import { type DataFactory, Parser } from 'n3'
import { CommuniqueError } from '../error.ts'
import { GrowingColumns } from '../store/columns.ts'
import type { Dictionary } from '../store/dictionary.ts'
import { LineReader } from '../store/line-reader.ts'
import { QuadStore } from '../store/quad-store.ts'
import { UNUSUAL } from '../store/term-reader.ts'
import { type Declarations, TurtleReader } from '../store/turtle-reader.ts'
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
 * @param given store that gets the quads; a new one unless told
 * @returns the store
 * @throws CommuniqueError as `readQuads`
 * @example (await readStore('<urn:a> <urn:b> "c" .', { file: 'a.nt', baseIRI: 'urn:x' })).size // 1
 */
export async function readStore(input: Input, options: ReadOptions, given?: QuadStore): Promise<QuadStore> {
  const store = given ?? QuadStore.of()
  const { syntax = syntaxOf(options.file) } = options
  const size = typeof input === 'string' || input instanceof Uint8Array ? input.length : 0
  const rows = new GrowingColumns(Math.max(1 << 10, size / BYTES_OF_QUAD))
  if (size > LARGE) store.dictionary.reserve(size / BYTES_OF_QUAD / 4, size / 8)
  const target = {
    dictionary: store.dictionary,
    rows,
    add: (quads: Iterable<Quad>): void => {
      for (const quad of quads) rows.add(...store.newIds(quad))
    },
  }
  // Bytes cannot hold half of a character.
  const bytes = typeof input !== 'string' ? input : HALF.test(input) ? undefined : Buffer.from(input)
  const told = { ...options, syntax }
  if (LINES.has(syntax.name) && bytes !== undefined) await readLines(bytes, told, target)
  else {
    const whole = syntax.name === 'turtle' && bytes !== undefined ? await gathered(bytes, told) : input
    if (syntax.name === 'turtle' && whole instanceof Uint8Array) await readTurtle(whole, told, target)
    else for await (const quads of readQuadBatches(whole, options)) target.add(quads)
  }
  if (given === undefined) store.dictionary.trim()
  return store.addRows(rows.columns)
}

/** Of a document from which on room is made for it at once, and how few bytes a quad mostly has. */
const LARGE = 1 << 20
const BYTES_OF_QUAD = 100

const LINES = new Set(['ntriples', 'nquads'])
const HALF = /\p{Surrogate}/u

type Told = ReadOptions & { readonly syntax: Syntax }

/** What gets the quads of a document. */
interface Target {
  readonly dictionary: Dictionary
  readonly rows: GrowingColumns
  add(quads: Iterable<Quad>): void
}

/** Reads lines until one has a fault: this and what follows is left to the other reader, which can tell it. */
async function readLines(input: Exclude<Input, string>, options: Told, { dictionary, rows, add }: Target): Promise<void> {
  const limits = { ...READ_LIMITS, ...options.limits }
  const terms = documentTerms()
  const parse = (text: string): void => add(new Parser(parserOptions({ ...options, limits, terms })).parse(text))
  const lines = new Lines(new LineReader(dictionary, rows, scopeOf(terms), options.syntax.graphs), parse)
  const watch = watchOf(options, () => lines.count + 1)
  const texts = input instanceof Uint8Array ? linesOf(bufferOf(input)) : wholeLines(parts(input, watch), limits.statement)
  let bytes = 0
  try {
    for (let next = await texts.next(); !next.done; next = await texts.next()) {
      await watch.breathe()
      const text = next.value
      const isTooMuch = text.length > limits.statement || bytes + text.length > limits.bytes
      const taken = isTooMuch ? 0 : lines.take(text)
      bytes += taken
      if (taken === text.length) continue
      const rest = joined([text.subarray(taken)], texts)
      for await (const quads of readRest(rest, options, { bytes, lines: lines.count, terms })) add(quads)
      return
    }
  } finally {
    void texts.return()
  }
}

/**
 * Reads Turtle that lies in memory. From a statement on that is unusual the other reader goes on, with what was declared; where this
 * finds a fault, it begins anew, since it tells a fault with what is around it.
 */
async function readTurtle(input: Uint8Array, options: Told, { dictionary, rows, add }: Target): Promise<void> {
  const limits = { ...READ_LIMITS, ...options.limits }
  const bytes = Buffer.concat([input, Buffer.of(LINE_FEED)])
  const terms = documentTerms()
  const help = {
    blankNode: () => dictionary.add(terms.blankNode()),
    iri: (text: string, declarations: Declarations) => iriOf(text, declarations, options),
    prefix: (name: string, iri: string) => options.onPrefix?.(name, iri),
  }
  const reader = new TurtleReader(dictionary, rows, scopeOf(terms), options.baseIRI, help)
  const watch = watchOf(options, () => undefined)
  let [at, breath] = [bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0, 0]
  if (input.length > limits.bytes || !isUtf8(input)) at = UNUSUAL
  while (at !== UNUSUAL && at < bytes.length) {
    if (at >= breath) await watch.breathe()
    breath = Math.max(breath, at + BREATH)
    const next = reader.readStatement(bytes, at)
    if (next === UNUSUAL || next - at > limits.statement) break
    at = next
  }
  if (at === bytes.length) return
  try {
    if (at === UNUSUAL) throw new CommuniqueError('read-limit', { what: '' })
    const head = Array.from(reader.prefixes, ([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join('')
    const rest = joined([Buffer.from(head)], [input.subarray(at)])
    for await (const quads of readRest(rest, { ...options, baseIRI: reader.base }, { bytes: 0, lines: 0, terms })) add(quads)
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    rows.truncate(0)
    for await (const quads of readQuadBatches(input, options)) add(quads)
  }
}

/** A document as one array of bytes; as a stream still where it is very large, or not of bytes. */
async function gathered(input: Exclude<Input, string>, options: Told): Promise<Exclude<Input, string>> {
  if (input instanceof Uint8Array) return input
  const pieces: (Uint8Array | string)[] = []
  let size = 0
  const source = parts(
    input,
    watchOf(options, () => undefined),
  )
  for (let next = await source.next(); !next.done; next = await source.next()) {
    pieces.push(next.value)
    size += next.value.length
    if (typeof next.value === 'string' || size > VERY_LARGE) return joined(pieces, source)
  }
  return Buffer.concat(pieces as Uint8Array[])
}

const VERY_LARGE = 1 << 29

/** Bytes that are read before the world may go on. */
const BREATH = 1 << 16

/** The IRI of a term as it is written in Turtle. */
function iriOf(text: string, { base, prefixes }: Declarations, { syntax, limits }: Told): string | undefined {
  const prefix = text.slice(0, text.indexOf(':'))
  const namespace = prefixes.get(prefix)
  if (!text.startsWith('<') && namespace === undefined) return undefined
  const head = namespace === undefined ? '' : `PREFIX ${prefix}: <${namespace}>`
  const reading = { syntax, baseIRI: base, terms: documentTerms(), limits: { ...READ_LIMITS, ...limits } }
  try {
    const [quad] = new Parser(parserOptions(reading)).parse(`${head} ${text} <urn:p> <urn:o> .`)
    return quad?.subject.termType === 'NamedNode' && quad.object.value === 'urn:o' ? quad.subject.value : undefined
  } catch {
    return undefined
  }
}

/** What stands before the labels of the blank nodes of a document. */
function scopeOf(terms: typeof DataFactory): string {
  return terms.blankNode('b').value.slice(0, -1)
}

function watchOf({ file, limits, signal }: Told, line: () => number | undefined): Watch {
  return new Watch(limits?.milliseconds ?? READ_LIMITS.milliseconds, signal, () => {
    const number = line()
    const where = { file, ...(number === undefined ? {} : { line: number }) }
    return new CommuniqueError('read-limit', { what: 'reading takes longer than is allowed', where, mend: 'raise the limit' })
  })
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

/** Bytes in parts, cut between lines. */
async function* linesOf(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let from = 0, to = 0; from < bytes.length; from = to) {
    to = bytes.lastIndexOf(LINE_FEED, from + PART) + 1
    if (to <= from || from + PART >= bytes.length) to = bytes.indexOf(LINE_FEED, from + PART) + 1 || bytes.length
    yield bytes.subarray(from, to)
  }
}

const PART = 1 << 20

/**
 * The bytes of an input, cut between lines: at the end, and where a line is longer than `most`, wherever. Only of a line that lies in
 * two parts a copy is made.
 */
async function* wholeLines(input: AsyncIterable<Uint8Array | string>, most: number): AsyncGenerator<Buffer, void, undefined> {
  let rest = Buffer.alloc(0)
  for await (const piece of input) {
    const part = typeof piece === 'string' ? Buffer.from(piece) : bufferOf(piece)
    const end = part.lastIndexOf(LINE_FEED) + 1
    const from = rest.length === 0 ? 0 : rest.length > most ? part.length : part.indexOf(LINE_FEED) + 1
    if (from > 0) yield Buffer.concat([rest, part.subarray(0, from)])
    if (end > from) yield part.subarray(from, end)
    rest = Buffer.concat([from > 0 ? Buffer.alloc(0) : rest, part.subarray(Math.max(from, end))])
  }
  if (rest.length > 0) yield rest
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function* joined<T>(first: Iterable<T>, rest: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* first
  yield* rest
}
