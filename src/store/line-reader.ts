import type { GrowingColumns } from './columns.ts'
import { BLANK_NODE, type Dictionary, HASH_START, hashOf, hashStep, IRI, LANGUAGE, LITERAL } from './dictionary.ts'
import { OWN_DEFAULT_GRAPH } from './quad-table.ts'

/** What `readLine` gives for a line that it does not understand. */
export const UNUSUAL = -1

/**
 * Reads N-Triples and N-Quads from bytes to ids, without a string or a term. It understands what nearly all lines are made of, and is
 * never more lenient than the grammar: what it does not understand - triple terms, escapes in IRIs, rare labels of blank nodes,
 * faults - is for another reader.
 *
 * @see RDF 1.2 N-Triples, 7 (Grammar); RDF 1.2 N-Quads, 7 (Grammar)
 */
export class LineReader {
  readonly #dictionary: Dictionary
  readonly #rows: GrowingColumns
  readonly #hasGraphs: boolean
  readonly #scope: Uint8Array
  readonly #scopeHash: number
  /** For each datatype that was met its tag, or `UNUSUAL`. */
  readonly #datatypes = new Map<number, number>()
  /** What followed a predicate the last time: to see that it does so again is faster than to look it up. */
  readonly #followers = new Uint32Array(1 << 10)
  #bytes: Uint8Array = new Uint8Array()
  /** Where the last term ended. */
  #end = 0
  #subject = 0
  #predicate = 0
  #graph = 0
  #datatype = 0
  #text = new Uint8Array(1 << 10)

  /**
   * @param rows get subject, predicate, object and graph
   * @param scope what stands before each label of a blank node
   */
  constructor(dictionary: Dictionary, rows: GrowingColumns, hasGraphs: boolean, scope: string) {
    this.#dictionary = dictionary
    this.#rows = rows
    this.#hasGraphs = hasGraphs
    this.#scope = Buffer.from(scope)
    this.#scopeHash = hashOf(this.#scope, 0, this.#scope.length)
  }

  /**
   * Reads one line: a statement, a comment, or nothing.
   *
   * @param bytes valid UTF-8, whole lines, with a line feed at the very end
   * @returns where the next line begins, or `UNUSUAL`
   */
  readLine(bytes: Uint8Array, start: number): number {
    this.#bytes = bytes
    let at = this.#space(start)
    if (bytes[at] !== LESS && bytes[at] !== UNDERSCORE) return this.#lineEnd(at)
    const subject = this.#resource(at, this.#subject)
    if (subject === 0) return UNUSUAL
    this.#subject = subject
    at = this.#space(this.#end)
    const predicate = bytes[at] === LESS ? this.#iri(at, this.#followers[this.#predicate & LAST_FOLLOWER]!) : 0
    if (predicate === 0) return UNUSUAL
    this.#followers[this.#predicate & LAST_FOLLOWER] = predicate
    this.#predicate = predicate
    at = this.#space(this.#end)
    const object = bytes[at] === QUOTE ? this.#literal(at) : this.#resource(at, 0)
    if (object === 0) return UNUSUAL
    at = this.#space(this.#end)
    let graph = OWN_DEFAULT_GRAPH
    if (bytes[at] !== DOT) {
      graph = this.#hasGraphs ? this.#resource(at, this.#graph) : 0
      if (graph === 0) return UNUSUAL
      this.#graph = graph
      at = this.#space(this.#end)
      if (bytes[at] !== DOT) return UNUSUAL
    }
    const next = this.#lineEnd(this.#space(at + 1))
    if (next !== UNUSUAL) this.#rows.add(subject, predicate, object, graph)
    return next
  }

  #space(at: number): number {
    const bytes = this.#bytes
    while (bytes[at] === SPACE || bytes[at] === TAB) at++
    return at
  }

  /** Behind a comment, if there is one, and the end of the line. */
  #lineEnd(at: number): number {
    const bytes = this.#bytes
    if (bytes[at] === HASH) while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++
    if (bytes[at] === RETURN) at++
    return at >= bytes.length ? at : bytes[at] === LINE_FEED ? at + 1 : UNUSUAL
  }

  #resource(at: number, guess: number): number {
    const byte = this.#bytes[at]
    return byte === LESS ? this.#iri(at, guess) : byte === UNDERSCORE ? this.#blankNode(at) : 0
  }

  /** @param guess id of an IRI, or of a blank node, that may stand here; 0 for none */
  #iri(at: number, guess: number): number {
    const bytes = this.#bytes
    const from = at + 1
    if (guess !== 0) {
      const end = from + this.#dictionary.lengthOf(guess)
      if (bytes[end] === GREATER && this.#dictionary.startsWith(guess, bytes, from) && this.#dictionary.kindOf(guess) === IRI) {
        this.#end = end + 1
        return guess
      }
    }
    let to = from
    let hash = HASH_START
    if ((CLASSES[bytes[to]!]! & LETTER) === 0) return 0
    while ((CLASSES[bytes[to]!]! & SCHEME) !== 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] !== COLON) return 0
    while ((CLASSES[bytes[to]!]! & NO_IRI) === 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] !== GREATER) return 0
    this.#end = to + 1
    return this.#dictionary.intern(IRI, 0, bytes, from, to, hash)
  }

  #blankNode(at: number): number {
    const bytes = this.#bytes
    const from = at + 2
    if (bytes[at + 1] !== COLON || bytes[from] === MINUS) return 0
    let to = from
    while ((CLASSES[bytes[to]!]! & LABEL) !== 0) to++
    if (to === from || bytes[to] === DOT || bytes[to]! > 0x7f) return 0
    const size = this.#scope.length
    const label = this.#room(size + to - from)
    label.set(this.#scope)
    let hash = this.#scopeHash
    for (let index = from; index < to; index++) {
      label[size + index - from] = bytes[index]!
      hash = hashStep(hash, bytes[index]!)
    }
    this.#end = to
    return this.#dictionary.intern(BLANK_NODE, 0, label, 0, size + to - from, hash)
  }

  #literal(at: number): number {
    const bytes = this.#bytes
    const from = at + 1
    let to = from
    let hash = HASH_START
    while ((CLASSES[bytes[to]!]! & NO_TEXT) === 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] === BACKSLASH) return this.#escaped(from, to)
    if (bytes[to] !== QUOTE) return 0
    const tag = this.#tag(to + 1)
    return tag === UNUSUAL ? 0 : this.#dictionary.intern(LITERAL, tag, bytes, from, to, hash)
  }

  /** A literal with a backslash at `to`. */
  #escaped(from: number, to: number): number {
    const bytes = this.#bytes
    let end = to
    while (bytes[end] !== QUOTE) {
      if (end >= bytes.length || bytes[end] === LINE_FEED || bytes[end] === RETURN) return 0
      end += bytes[end] === BACKSLASH ? 2 : 1
    }
    // An escape is no shorter than what it stands for.
    const text = this.#room(end - from)
    text.set(bytes.subarray(from, to))
    let size = to - from
    while (to < end) {
      if (bytes[to] !== BACKSLASH) {
        text[size++] = bytes[to++]!
        continue
      }
      const letter = bytes[to + 1]!
      if (letter === SMALL_U || letter === LARGE_U) {
        const length = letter === SMALL_U ? 4 : 8
        const code = codeOf(bytes, to + 2, length)
        if (code === UNUSUAL) return 0
        size = addCharacter(text, size, code)
        to += 2 + length
      } else {
        const plain = ESCAPES.get(letter)
        if (plain === undefined) return 0
        text[size++] = plain
        to += 2
      }
    }
    const tag = this.#tag(end + 1)
    return tag === UNUSUAL ? 0 : this.#dictionary.intern(LITERAL, tag, text, 0, size, hashOf(text, 0, size))
  }

  /** What stands behind the text of a literal. */
  #tag(at: number): number {
    const bytes = this.#bytes
    this.#end = at
    if (bytes[at] === AT) return this.#language(at + 1)
    if (bytes[at] !== CARET) return 0
    const datatype = bytes[at + 1] === CARET && bytes[at + 2] === LESS ? this.#iri(at + 2, this.#datatype) : 0
    if (datatype === 0) return UNUSUAL
    this.#datatype = datatype
    let tag = this.#datatypes.get(datatype)
    if (tag === undefined) {
      const iri = this.#dictionary.valueOf(datatype)
      tag = iri === `${XSD}string` ? 0 : NEEDS_LANGUAGE.has(iri) ? UNUSUAL : datatype
      this.#datatypes.set(datatype, tag)
    }
    return tag
  }

  #language(from: number): number {
    const bytes = this.#bytes
    let to = from
    let part = from
    let hash = HASH_START
    for (; (CLASSES[bytes[to]!]! & LANGUAGE_TAG) !== 0; to++) {
      const isLetter = (CLASSES[bytes[to]!]! & LETTER) !== 0
      // The first part has no digits; parts have one to eight letters and digits.
      if (bytes[to] === MINUS) {
        if (to === part) return UNUSUAL
        part = to + 1
      } else if ((!isLetter && part === from) || to - part >= 8) return UNUSUAL
      const small = isLetter ? bytes[to]! | 0x20 : bytes[to]!
      hash = hashStep(hash, small)
      this.#text[to - from] = small
      if (to - from + 1 === this.#text.length) return UNUSUAL
    }
    if (to === part) return UNUSUAL
    this.#end = to
    return this.#dictionary.intern(LANGUAGE, 0, this.#text, 0, to - from, hash)
  }

  /** Bytes to compose a text in. */
  #room(size: number): Uint8Array {
    if (size > this.#text.length) this.#text = new Uint8Array(size * 2)
    return this.#text
  }
}

/** The code point of some hexadecimal digits; `UNUSUAL` if they are none. */
function codeOf(bytes: Uint8Array, from: number, length: number): number {
  let code = 0
  for (let at = from; at < from + length; at++) {
    const byte = bytes[at]!
    const digit =
      byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66 ? (byte | 0x20) - 87 : -1
    if (digit < 0) return UNUSUAL
    code = code * 16 + digit
  }
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? UNUSUAL : code
}

/** Writes a character as UTF-8. Gives where it ends. */
function addCharacter(text: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    text[at++] = code
    return at
  }
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
  text[at++] = [0xc0, 0xe0, 0xf0][more - 1]! | (code >> (6 * more))
  for (let left = more - 1; left >= 0; left--) text[at++] = 0x80 | ((code >> (6 * left)) & 0x3f)
  return at
}

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const NEEDS_LANGUAGE = new Set([`${RDF}langString`, `${RDF}dirLangString`])

const byte = (character: string): number => character.charCodeAt(0)
const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, HASH] = [9, 10, 13, 32, 34, 35]
const [MINUS, DOT, COLON, LESS, GREATER, AT] = [45, 46, 58, 60, 62, 64]
const [LARGE_U, BACKSLASH, CARET, UNDERSCORE, SMALL_U] = [85, 92, 94, 95, 117]

const ESCAPES = new Map([...'tbnrf"\'\\'].map((letter, index) => [byte(letter), byte('\t\b\n\r\f"\'\\'[index]!)]))

/** What a byte may be part of, a bit each; what it ends as well. */
const [LETTER, SCHEME, LABEL, LANGUAGE_TAG, NO_IRI, NO_TEXT] = [1, 2, 4, 8, 16, 32]
const LAST_FOLLOWER = (1 << 10) - 1

const CLASSES = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code)
  const is = (pattern: RegExp, bit: number): number => (pattern.test(character) ? bit : 0)
  return (
    is(/[A-Za-z]/, LETTER) |
    is(/[A-Za-z0-9+.-]/, SCHEME) |
    is(/[A-Za-z0-9_-]/, LABEL) |
    is(/[A-Za-z0-9-]/, LANGUAGE_TAG) |
    is(/[\0-\x20<>"{}|^`\\]/, NO_IRI) |
    is(/["\\\n\r]/, NO_TEXT)
  )
})
