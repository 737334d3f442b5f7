import { DOT, HASH, LESS, LINE_FEED, QUOTE, RETURN, UNDERSCORE } from './byte.ts'
import type { GrowingColumns } from './columns.ts'
import type { Dictionary } from './dictionary.ts'
import { OWN_DEFAULT_GRAPH } from './quad-table.ts'
import { TermReader, UNUSUAL } from './term-reader.ts'

/** N-Triples and N-Quads from bytes to ids, line by line. */
export class LineReader extends TermReader {
  readonly #hasGraphs: boolean
  /** What followed a predicate the last time; two that share a place only guess wrong. */
  readonly #followers = new Uint32Array(FOLLOWERS)
  #subject = 0
  #predicate = 0
  #graph = 0

  constructor(dictionary: Dictionary, rows: GrowingColumns, scope: string, hasGraphs: boolean) {
    super(dictionary, rows, scope)
    this.#hasGraphs = hasGraphs
  }

  /**
   * Reads one line: a statement, a comment, or nothing.
   *
   * @param bytes valid UTF-8, whole lines, with a line feed at the very end
   * @returns where the next line begins, or `UNUSUAL`
   */
  readLine(bytes: Uint8Array, start: number): number {
    this.open(bytes)
    let at = this.space(start)
    if (bytes[at] !== LESS && bytes[at] !== UNDERSCORE) return this.#lineEnd(at)
    const subject = this.#resource(at, this.#subject)
    if (subject === 0) return UNUSUAL
    this.#subject = subject
    at = this.space(this.end)
    const follower = this.#predicate % FOLLOWERS
    const predicate = bytes[at] === LESS ? this.iri(at, this.#followers[follower]!) : 0
    if (predicate === 0) return UNUSUAL
    this.#followers[follower] = predicate
    this.#predicate = predicate
    at = this.space(this.end)
    const object = bytes[at] === QUOTE ? this.literal(at) : this.#resource(at, 0)
    if (object === 0) return UNUSUAL
    at = this.space(this.end)
    let graph = OWN_DEFAULT_GRAPH
    if (bytes[at] !== DOT) {
      graph = this.#hasGraphs ? this.#resource(at, this.#graph) : 0
      if (graph === 0) return UNUSUAL
      this.#graph = graph
      at = this.space(this.end)
      if (bytes[at] !== DOT) return UNUSUAL
    }
    const next = this.#lineEnd(this.space(at + 1))
    if (next !== UNUSUAL) this.rows.add(subject, predicate, object, graph)
    return next
  }

  #resource(at: number, guess: number): number {
    const byte = this.bytes[at]
    return byte === LESS ? this.iri(at, guess) : byte === UNDERSCORE ? this.blankNode(at) : 0
  }

  /** Behind a comment, if there is one, and the end of the line. */
  #lineEnd(at: number): number {
    const { bytes } = this
    if (bytes[at] === HASH) while (bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++
    if (bytes[at] === RETURN) at++
    return bytes[at] === LINE_FEED ? at + 1 : UNUSUAL
  }
}

const FOLLOWERS = 1 << 10
