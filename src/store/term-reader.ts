import {
  AT,
  BACKSLASH,
  CARET,
  CLASSES,
  COLON,
  DELIMITER,
  DOT,
  GREATER,
  LANGUAGE_TAG,
  LARGE_U,
  LAST_ASCII,
  LESS,
  LETTER,
  LINE_FEED,
  MINUS,
  NAME,
  NO_IRI,
  NO_TEXT,
  QUOTE,
  RETURN,
  SCHEME,
  SMALL,
  SMALL_U,
  SPACE,
  TAB,
} from './byte.ts'
import type { GrowingColumns } from './columns.ts'
import { BLANK_NODE, type Dictionary, hashOf, hashStep, IRI, LANGUAGE, LITERAL, viewOf } from './dictionary.ts'

/** What a reader gives where it does not understand what stands there: it is for another reader, which knows all, and tells faults. */
export const UNUSUAL = -1

/**
 * Reads terms, as N-Triples and Turtle share them, from bytes to ids, without a string or an object. It understands what nearly all
 * are made of, and is never more lenient than the grammar. Each method gives an id, or 0 for what it does not understand, and
 * leaves in `end` where the term ends.
 *
 * @see RDF 1.2 N-Triples, 7 (Grammar); RDF 1.2 Turtle, 6.5 (Grammar)
 */
export class TermReader {
  /** Valid UTF-8, with a line feed at the very end, so that no term goes on behind it. */
  protected bytes: Uint8Array = new Uint8Array()
  protected view = viewOf(this.bytes)
  /** Where the last term ended. */
  protected end = 0
  protected readonly dictionary: Dictionary
  protected readonly rows: GrowingColumns
  readonly #scope: Uint8Array
  readonly #scopeHash: number
  /** For each datatype that was met its tag, or `UNUSUAL`. */
  readonly #tags = new Map<number, number>()
  #lastDatatype = 0
  #text = new Uint8Array(1 << 10)
  #textView = viewOf(this.#text)
  readonly #language = new Uint8Array(LONGEST_LANGUAGE)
  readonly #languageView = viewOf(this.#language)

  /**
   * @param rows get subject, predicate, object and graph
   * @param scope what stands before each label of a blank node
   */
  constructor(dictionary: Dictionary, rows: GrowingColumns, scope: string) {
    this.dictionary = dictionary
    this.rows = rows
    this.#scope = Buffer.from(scope)
    this.#scopeHash = hashOf(dictionary.seed, this.#scope, 0, this.#scope.length)
  }

  /** Reads on in other bytes. */
  protected open(bytes: Uint8Array): void {
    if (bytes === this.bytes) return
    this.bytes = bytes
    this.view = viewOf(bytes)
  }

  protected space(at: number): number {
    const { bytes } = this
    while (bytes[at] === SPACE || bytes[at] === TAB) at++
    return at
  }

  /**
   * An IRI that is not relative and has no escapes.
   *
   * @param guess id of a term that may well stand here: to see whether it does is faster than to look it up; 0 for none
   */
  protected iri(at: number, guess: number): number {
    const { bytes, dictionary } = this
    const classes = CLASSES
    const from = at + 1
    if (guess !== 0) {
      const end = from + dictionary.lengthOf(guess)
      if (bytes[end] === GREATER && dictionary.startsWith(guess, this.view, from) && dictionary.kindOf(guess) === IRI) {
        this.end = end + 1
        return guess
      }
    }
    let to = from
    let hash = dictionary.seed
    if ((classes[bytes[to]!]! & LETTER) === 0) return 0
    while ((classes[bytes[to]!]! & SCHEME) !== 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] !== COLON) return 0
    while ((classes[bytes[to]!]! & NO_IRI) === 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] !== GREATER) return 0
    this.end = to + 1
    return dictionary.intern(IRI, 0, this.view, from, to, hash)
  }

  /** A blank node with a label of ASCII letters, digits, `_` and `-`. */
  protected blankNode(at: number): number {
    const { bytes } = this
    const from = at + 2
    if (bytes[at + 1] !== COLON || bytes[from] === MINUS) return 0
    let to = from
    while ((CLASSES[bytes[to]!]! & NAME) !== 0) to++
    if (to === from || bytes[to]! > LAST_ASCII) return 0
    // A label may go on behind a dot.
    if (bytes[to] === DOT && (CLASSES[bytes[to + 1]!]! & DELIMITER) === 0) return 0
    const size = this.#scope.length
    const label = this.#room(size + to - from)
    label.set(this.#scope)
    let hash = this.#scopeHash
    for (let index = from; index < to; index++) {
      label[size + index - from] = bytes[index]!
      hash = hashStep(hash, bytes[index]!)
    }
    this.end = to
    return this.dictionary.intern(BLANK_NODE, 0, this.#textView, 0, size + to - from, hash)
  }

  /** A literal within one pair of `"`. */
  protected literal(at: number): number {
    const { bytes } = this
    const classes = CLASSES
    const from = at + 1
    let to = from
    let hash = this.dictionary.seed
    while ((classes[bytes[to]!]! & NO_TEXT) === 0) hash = hashStep(hash, bytes[to++]!)
    if (bytes[to] === BACKSLASH) return this.composed(from, QUOTE, false)
    if (bytes[to] !== QUOTE) return 0
    const tag = this.#tag(to + 1)
    return tag === UNUSUAL ? 0 : this.dictionary.intern(LITERAL, tag, this.view, from, to, hash)
  }

  /**
   * A literal that has escapes, or other quotation marks.
   *
   * @param from behind the quotation marks
   * @param isLong whether they are three, and the text may have several lines
   */
  protected composed(from: number, quote: number, isLong: boolean): number {
    const { bytes } = this
    let [at, size] = [from, 0]
    let text: Uint8Array = this.#text
    for (;;) {
      const byte = bytes[at]
      if (size + LONGEST_CHARACTER > text.length) text = this.#room(size * 2)
      if (byte === undefined || (!isLong && (byte === LINE_FEED || byte === RETURN))) return 0
      if (byte === quote && (!isLong || (bytes[at + 1] === quote && bytes[at + 2] === quote))) break
      if (byte !== BACKSLASH) {
        text[size++] = byte
        at++
        continue
      }
      const letter = bytes[at + 1]!
      const digits = letter === SMALL_U ? 4 : letter === LARGE_U ? 8 : 0
      const code = digits === 0 ? (ESCAPES.get(letter) ?? UNUSUAL) : codeOf(bytes, at + 2, digits)
      if (code === UNUSUAL) return 0
      size = addCharacter(text, size, code)
      at += 2 + digits
    }
    if (isLong && bytes[at + 3] === quote) return 0
    const tag = this.#tag(at + (isLong ? 3 : 1))
    return tag === UNUSUAL
      ? 0
      : this.dictionary.intern(LITERAL, tag, this.#textView, 0, size, hashOf(this.dictionary.seed, text, 0, size))
  }

  /** A datatype, behind `^^`. */
  protected datatype(at: number): number {
    const datatype = this.bytes[at] === LESS ? this.iri(at, this.#lastDatatype) : 0
    this.#lastDatatype = datatype
    return datatype
  }

  /** What stands behind the text of a literal. */
  #tag(at: number): number {
    const { bytes } = this
    this.end = at
    if (bytes[at] === AT) return this.#languageTag(at + 1)
    if (bytes[at] !== CARET) return 0
    const datatype = bytes[at + 1] === CARET ? this.datatype(at + 2) : 0
    return datatype === 0 ? UNUSUAL : this.tagOf(datatype)
  }

  /** What a dictionary has as the tag of a literal with a datatype. */
  protected tagOf(datatype: number): number {
    let tag = this.#tags.get(datatype)
    if (tag === undefined) {
      const iri = this.dictionary.valueOf(datatype)
      tag = iri === `${XSD}string` ? 0 : NEEDS_LANGUAGE.has(iri) ? UNUSUAL : datatype
      this.#tags.set(datatype, tag)
    }
    return tag
  }

  #languageTag(from: number): number {
    const { bytes } = this
    let to = from
    let part = from
    let hash = this.dictionary.seed
    for (; (CLASSES[bytes[to]!]! & LANGUAGE_TAG) !== 0; to++) {
      const isLetter = (CLASSES[bytes[to]!]! & LETTER) !== 0
      // The first part has no digits; parts have one to eight letters and digits.
      if (bytes[to] === MINUS) {
        if (to === part) return UNUSUAL
        part = to + 1
      } else if ((!isLetter && part === from) || to - part >= 8) return UNUSUAL
      if (to - from === LONGEST_LANGUAGE) return UNUSUAL
      const small = isLetter ? bytes[to]! | SMALL : bytes[to]!
      hash = hashStep(hash, small)
      this.#language[to - from] = small
    }
    if (to === part) return UNUSUAL
    this.end = to
    return this.dictionary.intern(LANGUAGE, 0, this.#languageView, 0, to - from, hash)
  }

  /** Bytes to compose a text in; what was composed stays. */
  #room(size: number): Uint8Array {
    if (size > this.#text.length) {
      const wider = new Uint8Array(size * 2)
      wider.set(this.#text)
      this.#text = wider
      this.#textView = viewOf(wider)
    }
    return this.#text
  }
}

/** The code point of some hexadecimal digits; `UNUSUAL` if they are none, or it is half of a character. */
function codeOf(bytes: Uint8Array, from: number, length: number): number {
  let code = 0
  for (let at = from; at < from + length; at++) {
    const digit = Number.parseInt(String.fromCharCode(bytes[at]!), 16)
    if (Number.isNaN(digit)) return UNUSUAL
    code = code * 16 + digit
  }
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? UNUSUAL : code
}

/** Writes a character as UTF-8. Gives where it ends. */
function addCharacter(text: Uint8Array, at: number, code: number): number {
  if (code <= LAST_ASCII) {
    text[at] = code
    return at + 1
  }
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
  text[at++] = [0xc0, 0xe0, 0xf0][more - 1]! | (code >> (6 * more))
  for (let left = more - 1; left >= 0; left--) text[at++] = 0x80 | ((code >> (6 * left)) & 0x3f)
  return at
}

export const XSD = 'http://www.w3.org/2001/XMLSchema#'
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const NEEDS_LANGUAGE = new Set([`${RDF}langString`, `${RDF}dirLangString`])
const LONGEST_LANGUAGE = 64
const LONGEST_CHARACTER = 4

const ESCAPES = new Map([...'tbnrf"\'\\'].map((letter, index) => [letter.charCodeAt(0), '\t\b\n\r\f"\'\\'.charCodeAt(index)]))
