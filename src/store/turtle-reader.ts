import { DataFactory } from 'n3'
import {
  APOSTROPHE,
  AT,
  BACKSLASH,
  CLASSES,
  CLOSE,
  CLOSE_SQUARE,
  COLON,
  COMMA,
  DELIMITER,
  DIGIT,
  DOT,
  GREATER,
  HASH,
  LAST_ASCII,
  LESS,
  LETTER,
  LINE_FEED,
  MINUS,
  NAME,
  OPEN,
  OPEN_SQUARE,
  PERCENT,
  PLUS,
  QUOTE,
  RETURN,
  SEMICOLON,
  SMALL,
  SMALL_A,
  SMALL_E,
  SPACE,
  TAB,
  UNDERSCORE,
} from './byte.ts'
import type { GrowingColumns } from './columns.ts'
import { type Dictionary, hashOf, hashStep, IRI, LITERAL, viewOf } from './dictionary.ts'
import { OWN_DEFAULT_GRAPH } from './quad-table.ts'
import { RDF, TermReader, UNUSUAL, XSD } from './term-reader.ts'

/** What is rare in a document, and left to others. */
export interface TurtleHelp {
  /** A new blank node of the document, without a label. */
  blankNode(): number
  /** The IRI of a term as it is written - relative, prefixed, with escapes -, by the declarations so far; undefined for none. */
  iri(text: string, declarations: Declarations): string | undefined
  /** Is told each prefix. */
  prefix(name: string, iri: string): void
}

/** What the directives of a document have said. */
export interface Declarations {
  readonly base: string
  readonly prefixes: ReadonlyMap<string, string>
}

/** A prefix, with room behind its namespace for the local names to be written to. */
interface Prefix {
  readonly name: string
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly size: number
  readonly hash: number
}

/**
 * Turtle from bytes to ids, statement by statement. Triple terms and annotations are not for it.
 *
 * @see RDF 1.2 Turtle, 6.5 (Grammar)
 */
export class TurtleReader extends TermReader implements Declarations {
  base: string
  readonly prefixes = new Map<string, string>()
  readonly #help: TurtleHelp
  /** By a hash of the name. */
  readonly #prefixes = new Map<number, Prefix>()
  /** IRIs by how they are written, as long as the declarations stay. */
  readonly #known = new Map<string, number>()
  /** What followed a predicate the last time; two that share a place only guess wrong. */
  readonly #followers = new Uint32Array(FOLLOWERS)
  readonly #words: Readonly<Record<'type' | 'first' | 'rest' | 'nil' | 'integer' | 'decimal' | 'double' | 'boolean', number>>
  #predicate = 0
  #depth = 0

  constructor(dictionary: Dictionary, rows: GrowingColumns, scope: string, base: string, help: TurtleHelp) {
    super(dictionary, rows, scope)
    this.base = base
    this.#help = help
    const word = (iri: string): number => dictionary.add(DataFactory.namedNode(iri))
    const rdf = ['type', 'first', 'rest', 'nil'].map(name => [name, word(RDF + name)])
    const xsd = ['integer', 'decimal', 'double', 'boolean'].map(name => [name, word(XSD + name)])
    this.#words = Object.fromEntries([...rdf, ...xsd])
  }

  /**
   * Reads a statement or a directive, and what is before it.
   *
   * @param bytes of the whole document, valid UTF-8, with a line feed at the very end
   * @returns where it ends - the end of the bytes, if there is none -, or `UNUSUAL`: then nothing of it was added
   */
  readStatement(bytes: Uint8Array, start: number): number {
    this.open(bytes)
    const at = this.#skip(start)
    if (at === bytes.length) return at
    const size = this.rows.size
    const end = this.#directive(at) || this.#triples(at)
    if (end !== 0) return end
    this.rows.truncate(size)
    return UNUSUAL
  }

  /** Behind white space and comments. */
  #skip(at: number): number {
    const { bytes } = this
    for (;;) {
      const byte = bytes[at]
      if (byte === SPACE || byte === LINE_FEED || byte === TAB || byte === RETURN) at++
      else if (byte === HASH) while (bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++
      else return at
    }
  }

  /** Where a directive ends; 0 where there is none. */
  #directive(at: number): number {
    const isOld = this.bytes[at] === AT
    const from = isOld ? at + 1 : at
    const isPrefix = this.#isWord(from, isOld, 'prefix')
    if (!isPrefix && !this.#isWord(from, isOld, 'base')) return 0
    let next = this.#skip(from + (isPrefix ? 6 : 4))
    const colon = isPrefix ? this.#nameEnd(next) : next
    const name = Buffer.from(this.bytes.subarray(next, colon)).toString()
    if (isPrefix) {
      if (this.bytes[colon] !== COLON) return 0
      next = this.#skip(colon + 1)
    }
    const id = this.bytes[next] === LESS ? this.#reference(next) : 0
    if (id === 0) return 0
    let end = this.end
    if (isOld) {
      end = this.#skip(end)
      if (this.bytes[end++] !== DOT) return 0
    }
    this.#known.clear()
    const iri = this.dictionary.valueOf(id)
    if (isPrefix) this.#declare(name, iri)
    else this.base = iri
    return end
  }

  #isWord(at: number, isExact: boolean, word: string): boolean {
    const small = isExact ? 0 : SMALL
    for (let index = 0; index < word.length; index++)
      if ((this.bytes[at + index]! | small) !== word.charCodeAt(index)) return false
    return this.#isSpace(at + word.length)
  }

  #isSpace(at: number): boolean {
    const byte = this.bytes[at]
    return byte === SPACE || byte === LINE_FEED || byte === TAB || byte === RETURN
  }

  #declare(name: string, iri: string): void {
    const namespace = Buffer.from(iri)
    const bytes = new Uint8Array(namespace.length + LONGEST_LOCAL)
    bytes.set(namespace)
    const { seed } = this.dictionary
    const hash = hashOf(seed, namespace, 0, namespace.length)
    this.#prefixes.set(hashOf(seed, Buffer.from(name), 0, name.length), {
      name,
      bytes,
      view: viewOf(bytes),
      size: namespace.length,
      hash,
    })
    this.prefixes.set(name, iri)
    this.#help.prefix(name, iri)
  }

  /** Where a subject with all that is said of it ends; 0 for what is not understood, as everywhere below. */
  #triples(at: number): number {
    const { size } = this.rows
    const subject = this.#node(at)
    if (subject === 0) return 0
    let next = this.#skip(this.end)
    // Of a blank node about which something is said in brackets nothing more need be.
    if (!(this.bytes[at] === OPEN_SQUARE && this.rows.size > size && this.bytes[next] === DOT)) {
      next = this.#predicates(subject, next)
      if (next === 0) return 0
    }
    return this.bytes[next] === DOT && !this.#isDigit(next + 1) ? next + 1 : 0
  }

  /** A list of predicates and objects; gives where what follows begins. */
  #predicates(subject: number, at: number): number {
    for (;;) {
      const predicate = this.#verb(at)
      if (predicate === 0) return 0
      at = this.end
      do {
        at = this.#skip(at)
        const object = this.#object(at)
        if (object === 0) return 0
        this.rows.add(subject, predicate, object, OWN_DEFAULT_GRAPH)
        at = this.#skip(this.end)
      } while (this.bytes[at++] === COMMA)
      at--
      if (this.bytes[at] !== SEMICOLON) return at
      while (this.bytes[at] === SEMICOLON) at = this.#skip(at + 1)
      if (this.bytes[at] === DOT || this.bytes[at] === CLOSE_SQUARE) return at
    }
  }

  #verb(at: number): number {
    const { bytes } = this
    if (bytes[at] === SMALL_A && this.#isSpace(at + 1)) {
      this.end = at + 1
      return this.#words.type
    }
    const follower = this.#predicate % FOLLOWERS
    const predicate = bytes[at] === LESS ? this.#reference(at, this.#followers[follower]) : this.#prefixedName(at)
    this.#followers[follower] = predicate
    this.#predicate = predicate
    return predicate
  }

  #object(at: number): number {
    const { bytes } = this
    const byte = bytes[at]
    if (byte === QUOTE || byte === APOSTROPHE) return this.#quoted(at, byte)
    if (byte === PLUS || byte === MINUS || byte === DOT || this.#isDigit(at)) return this.#number(at)
    const word = this.#isWordEnd(at, 'true') || this.#isWordEnd(at, 'false')
    if (!word) return this.#node(at)
    this.end = at + word
    return this.#interned(this.#words.boolean, at, this.end)
  }

  /** What may be a subject. */
  #node(at: number): number {
    const byte = this.bytes[at]
    if (byte === LESS) return this.#reference(at)
    if (byte === OPEN_SQUARE || byte === OPEN) {
      if (this.#depth === DEEPEST) return 0
      this.#depth++
      const node = byte === OPEN ? this.#collection(at + 1) : this.#brackets(at + 1)
      this.#depth--
      return node
    }
    if (byte !== UNDERSCORE || this.bytes[at + 1] !== COLON) return this.#prefixedName(at)
    const node = this.blankNode(at)
    return this.#isEnd(this.end) ? node : 0
  }

  #brackets(at: number): number {
    const node = this.#help.blankNode()
    let next = this.#skip(at)
    if (this.bytes[next] !== CLOSE_SQUARE) next = this.#predicates(node, next)
    if (this.bytes[next] !== CLOSE_SQUARE || next === 0) return 0
    this.end = next + 1
    return node
  }

  #collection(at: number): number {
    const { first, rest, nil } = this.#words
    let [head, last] = [nil, 0]
    let next = this.#skip(at)
    while (this.bytes[next] !== CLOSE) {
      const cell = this.#help.blankNode()
      if (last === 0) head = cell
      else this.rows.add(last, rest, cell, OWN_DEFAULT_GRAPH)
      const item = this.#object(next)
      if (item === 0) return 0
      this.rows.add(cell, first, item, OWN_DEFAULT_GRAPH)
      last = cell
      next = this.#skip(this.end)
    }
    if (last !== 0) this.rows.add(last, rest, nil, OWN_DEFAULT_GRAPH)
    this.end = next + 1
    return head
  }

  #quoted(at: number, quote: number): number {
    const { bytes } = this
    if (bytes[at + 1] !== quote || bytes[at + 2] !== quote)
      return quote === QUOTE ? this.literal(at) : this.composed(at + 1, quote, false)
    return this.composed(at + 3, quote, true)
  }

  #number(at: number): number {
    const { bytes } = this
    let to = bytes[at] === PLUS || bytes[at] === MINUS ? at + 1 : at
    const start = to
    while (this.#isDigit(to)) to++
    let kind = this.#words.integer
    if (bytes[to] === DOT && this.#isDigit(to + 1)) {
      kind = this.#words.decimal
      to++
      while (this.#isDigit(to)) to++
    }
    if (to === start) return 0
    if ((bytes[to]! | SMALL) === SMALL_E) {
      kind = this.#words.double
      to++
      if (bytes[to] === PLUS || bytes[to] === MINUS) to++
      if (!this.#isDigit(to)) return 0
      while (this.#isDigit(to)) to++
    }
    this.end = to
    return this.#isEnd(to) ? this.#interned(kind, at, to) : 0
  }

  #interned(datatype: number, from: number, to: number): number {
    return this.dictionary.intern(LITERAL, datatype, this.view, from, to, hashOf(this.dictionary.seed, this.bytes, from, to))
  }

  /** An IRI in angle brackets, perhaps a relative one. */
  #reference(at: number, guess = 0): number {
    const id = this.iri(at, guess)
    if (id !== 0) return id
    let to = at + 1
    while (this.bytes[to] !== GREATER) if (this.bytes[to++] === LINE_FEED) return 0
    return this.#written(at, to + 1)
  }

  protected override datatype(at: number): number {
    return this.bytes[at] === LESS ? super.datatype(at) || this.#reference(at) : this.#prefixedName(at)
  }

  #prefixedName(at: number): number {
    const { bytes } = this
    const classes = CLASSES
    let to = at
    let key = this.dictionary.seed
    if ((classes[bytes[to]!]! & LETTER) !== 0) while ((classes[bytes[to]!]! & NAME) !== 0) key = hashStep(key, bytes[to++]!)
    const prefix = bytes[to] === COLON ? this.#prefixes.get(key) : undefined
    if (prefix === undefined || !this.#isText(at, to, prefix.name)) return this.#writtenName(at)
    const { bytes: text } = prefix
    let { size, hash } = prefix
    to++
    // A name has dots and hyphens within, and colons anywhere.
    if (bytes[to] === MINUS || bytes[to] === DOT) return this.#writtenName(at)
    for (;;) {
      const byte = bytes[to]!
      if ((classes[byte]! & NAME) === 0 && byte !== COLON) {
        if (byte > LAST_ASCII || byte === BACKSLASH || byte === PERCENT) return this.#writtenName(at)
        if (byte !== DOT) break
        const next = bytes[to + 1]!
        if ((classes[next]! & NAME) === 0 && next !== COLON) {
          if (next > LAST_ASCII || next === BACKSLASH || next === PERCENT || next === DOT) return this.#writtenName(at)
          break
        }
      }
      if (size === text.length) return this.#writtenName(at)
      text[size++] = byte
      hash = hashStep(hash, byte)
      to++
    }
    if (!this.#isEnd(to)) return 0
    this.end = to
    return this.dictionary.intern(IRI, 0, prefix.view, 0, size, hash)
  }

  /** A prefixed name with escapes, letters beyond ASCII and the like. */
  #writtenName(at: number): number {
    const { bytes } = this
    let to = at
    while (to < bytes.length && !this.#isDelimiter(bytes[to]!)) to += bytes[to] === BACKSLASH ? 2 : 1
    while (bytes[to - 1] === DOT && bytes[to - 2] !== BACKSLASH) to--
    return to > at ? this.#written(at, to) : 0
  }

  #written(from: number, to: number): number {
    const text = Buffer.from(this.bytes.subarray(from, to)).toString()
    let id = this.#known.get(text)
    if (id === undefined) {
      const iri = this.#help.iri(text, this)
      id = iri === undefined ? 0 : this.dictionary.add(DataFactory.namedNode(iri))
      this.#known.set(text, id)
    }
    this.end = to
    return id
  }

  #nameEnd(at: number): number {
    if ((CLASSES[this.bytes[at]!]! & LETTER) !== 0) while ((CLASSES[this.bytes[at]!]! & NAME) !== 0) at++
    return at
  }

  #isText(from: number, to: number, text: string): boolean {
    if (to - from !== text.length) return false
    for (let at = from; at < to; at++) if (this.bytes[at] !== text.charCodeAt(at - from)) return false
    return true
  }

  /** The length of a word that stands by itself; else 0. */
  #isWordEnd(at: number, word: string): number {
    return this.#isText(at, at + word.length, word) && this.#isEnd(at + word.length) ? word.length : 0
  }

  /** Whether what ends here surely does. */
  #isEnd(at: number): boolean {
    const byte = this.bytes[at]!
    return byte === DOT ? this.#isDelimiter(this.bytes[at + 1]!) : this.#isDelimiter(byte)
  }

  #isDelimiter(byte: number): boolean {
    return (CLASSES[byte]! & DELIMITER) !== 0
  }

  #isDigit(at: number): boolean {
    return (CLASSES[this.bytes[at]!]! & DIGIT) !== 0
  }
}

const FOLLOWERS = 1 << 10
const LONGEST_LOCAL = 256
/** Of brackets within brackets. */
const DEEPEST = 100
