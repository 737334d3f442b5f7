import type { Literal, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { quadOf } from '../rdf/term.ts'

/** What a term is. Language tags, with their base direction, have ids as well, but stand in no quad. */
export type TermKind = 1 | 2 | 3 | 4 | 5 | 6 | 7
export const IRI = 1
export const BLANK_NODE = 2
export const LITERAL = 3
export const TRIPLE_TERM = 4
export const DEFAULT_GRAPH = 5
export const VARIABLE = 6
export const LANGUAGE = 7

/** A dictionary as plain data. It belongs to whoever reads it: nobody else writes to it. */
export interface DictionaryImage {
  /** What hashes start with: another number in each dictionary, so that nobody can prepare terms that have the same. */
  readonly seed: number
  /** UTF-8 of all terms, one after the other: an IRI, a label, the text of a literal; of a triple term its three ids. */
  readonly heap: Uint8Array
  /** By id: where the bytes of a term end; those of id 1 begin at 0. */
  readonly ends: Uint32Array
  readonly kinds: Uint8Array
  /** By id: of a literal the id of its datatype or its language; 0 for `xsd:string`, and where there is none. */
  readonly tags: Uint32Array
  /** Open addressing, two numbers a slot: a hash, and an id or 0. */
  readonly table: Uint32Array
}

/** What a dictionary knows of its terms, as in its image, but for the bytes of the texts, of which one can read several at a time. */
export interface TermArrays extends Pick<DictionaryImage, 'ends' | 'kinds' | 'tags'> {
  readonly words: DataView
}

/** UTF-16 code units from which on a text is first compared by its length. */
const LONG = 1000

/**
 * Terms behind ids 1 to `count`, in the order in which they came; 0 is no term. Id 1 is the default graph. The text of terms lies
 * in one array of bytes, so that a document's bytes become ids without a string, and a term is an object only once it is asked for.
 *
 * @see RDF 1.2 Concepts, 3.3 (Literals): language tags are equal whatever their case
 * @example new Dictionary().add(namedNode('urn:a')) // 2
 */
export class Dictionary {
  /** What a hash starts with, see `hashStep`. */
  readonly seed: number
  #count: number
  #heap: Buffer
  /** The heap once more: word by word it is compared in a third of the time. */
  #words: DataView
  #ends: Uint32Array
  #kinds: Uint8Array
  #tags: Uint32Array
  #table: Uint32Array
  readonly #terms: (Term | undefined)[] = []
  #longest = 0
  #measured = 0

  constructor(image: DictionaryImage = emptyImage()) {
    this.seed = image.seed
    this.#heap = bufferOf(image.heap)
    this.#words = viewOf(this.#heap)
    this.#ends = image.ends
    this.#kinds = image.kinds
    this.#tags = image.tags
    this.#table = image.table
    this.#count = image.ends.length - 1
  }

  get count(): number {
    return this.#count
  }

  /** The dictionary as it is now. */
  get image(): DictionaryImage {
    const size = this.#count + 1
    const heap = Uint8Array.from(this.#heap.subarray(0, this.#ends[this.#count]!))
    const [ends, tags] = [this.#ends.slice(0, size), this.#tags.slice(0, size)]
    return { seed: this.seed, heap, ends, kinds: this.#kinds.slice(0, size), tags, table: this.#table.slice() }
  }

  /** The arrays themselves, with room behind the terms: to be read, and not any more once a term was added. */
  get arrays(): TermArrays {
    return { words: this.#words, ends: this.#ends, kinds: this.#kinds, tags: this.#tags }
  }

  /** Makes room for about so many more terms, of so many bytes together. What is not used takes no memory until then. */
  reserve(terms: number, bytes: number): void {
    this.#resize(this.#count + 1 + terms, this.#ends[this.#count]! + bytes)
    while ((this.#count + terms) * 3 > this.#table.length) this.#table = spread(this.#table)
  }

  /** Gives back the room that was made for more terms. */
  trim(): void {
    const size = this.#count + 1
    this.#heap = bufferOf(Uint8Array.from(this.#heap.subarray(0, this.#ends[this.#count]!)))
    this.#words = viewOf(this.#heap)
    this.#ends = this.#ends.slice(0, size)
    this.#kinds = this.#kinds.slice(0, size)
    this.#tags = this.#tags.slice(0, size)
  }

  /** The id of a term; 0 if it is not held. */
  idOf(term: Term): number {
    return this.#idOf(term, false)
  }

  /**
   * The id of a term, a new one if need be.
   *
   * @throws CommuniqueError `invalid-term` for half of a character, which is no text
   */
  add(term: Term): number {
    return this.#idOf(term, true)
  }

  /**
   * As `add`, for a text that need not be one of its own.
   *
   * @param tag of a literal, see `tagOf`
   */
  addText(kind: TermKind, tag: number, text: string, from = 0, to = text.length): number {
    const length = write(text, from, to, this.seed)
    if (length >= 0) return this.intern(kind, tag, scratchView, 0, length, written)
    throw new CommuniqueError('invalid-term', { what: `there is half of a character in ${JSON.stringify(text.slice(0, 200))}` })
  }

  /** The tag of a language, with its base direction if it has one. */
  addLanguage(language: string, direction?: string | null): number {
    return this.addText(LANGUAGE, 0, languageTag(language, direction))
  }

  /** The term of an id: the same object each time. */
  termOf(id: number): Term {
    if (id >= this.#terms.length) this.#terms.length = this.#count + 1
    this.#terms[id] ??= this.#termOf(id)
    return this.#terms[id]!
  }

  kindOf(id: number): TermKind {
    return this.#kinds[id] as TermKind
  }

  /** Of a literal the id of its datatype or its language (`kindOf` tells which); 0 for `xsd:string` and for other terms. */
  tagOf(id: number): number {
    return this.#tags[id]!
  }

  /** An IRI, a label, the text of a literal, a language tag. */
  valueOf(id: number): string {
    return this.#heap.toString('utf8', this.#ends[id - 1]!, this.#ends[id]!)
  }

  /** The ids of subject, predicate and object of a triple term. */
  partsOf(id: number): readonly [number, number, number] {
    const at = this.#ends[id - 1]!
    return [this.#heap.readUInt32LE(at), this.#heap.readUInt32LE(at + 4), this.#heap.readUInt32LE(at + 8)]
  }

  /** Whether the text of a term is that of `bytes` from `from` on, which must be as long at least. */
  startsWith(id: number, bytes: DataView, from: number): boolean {
    const words = this.#words
    const start = this.#ends[id - 1]!
    const shift = from - start
    // From behind: what differs mostly does so at the end.
    let at = this.#ends[id]! - 4
    for (; at >= start; at -= 4) if (words.getInt32(at, true) !== bytes.getInt32(at + shift, true)) return false
    for (at += 3; at >= start; at--) if (words.getInt8(at) !== bytes.getInt8(at + shift)) return false
    return true
  }

  /** Whether `bytes` begin in the text of a term, at one of its bytes from `first` to `last`. */
  has(id: number, bytes: Uint8Array, first: number, last: number): boolean {
    const heap = this.#heap
    const size = bytes.length
    const start = this.#ends[id - 1]!
    const end = Math.min(start + last, this.#ends[id]! - size)
    for (let at = start + first; at <= end; at++) {
      let same = 0
      while (same < size && heap[at + same] === bytes[same]) same++
      if (same === size) return true
    }
    return false
  }

  /** Whether both are IRIs, or both plain strings. */
  areTexts(one: number, other: number): boolean {
    const kind = this.#kinds[one]
    return kind === this.#kinds[other] && (kind === IRI || (kind === LITERAL && this.#tags[one] === 0 && this.#tags[other] === 0))
  }

  /** Negative, 0 or positive as the text of one term comes before that of another by code points, which for UTF-8 is by bytes. */
  compareTexts(one: number, other: number): number {
    const heap = this.#heap
    const [start, end] = [this.#ends[one - 1]!, this.#ends[one]!]
    const shift = this.#ends[other - 1]! - start
    const last = Math.min(end, this.#ends[other]! - shift)
    for (let at = start; at < last; at++) {
      const difference = heap[at]! - heap[at + shift]!
      if (difference !== 0) return difference
    }
    return end - start - this.lengthOf(other)
  }

  /** Bytes of the text of a term. */
  lengthOf(id: number): number {
    return this.#ends[id]! - this.#ends[id - 1]!
  }

  /**
   * The id of the term with a text, a new one if need be.
   *
   * @param bytes that hold the text, as valid UTF-8, from `from` to before `to`
   * @param hash of these, by `hashStep`
   */
  intern(kind: TermKind, tag: number, bytes: DataView, from: number, to: number, hash: number): number {
    const mixed = mix(hash, kind, tag)
    const slot = this.#slotOf(kind, tag, bytes, from, to, mixed)
    const found = this.#table[slot + 1]!
    if (found !== 0) return found
    const id = this.#count + 1
    const start = this.#ends[this.#count]!
    if (id >= this.#ends.length || start + to - from > this.#heap.length) this.#grow(to - from)
    this.#count = id
    const words = this.#words
    let [at, end] = [from, start]
    for (; at + 4 <= to; at += 4, end += 4) words.setInt32(end, bytes.getInt32(at, true), true)
    for (; at < to; at++, end++) words.setInt8(end, bytes.getInt8(at))
    this.#ends[id] = start + to - from
    this.#kinds[id] = kind
    this.#tags[id] = tag
    this.#table[slot] = mixed
    this.#table[slot + 1] = id
    if (id * 3 > this.#table.length) this.#table = spread(this.#table)
    return id
  }

  /** Where in the table a term stands, or has its place. */
  #slotOf(kind: TermKind, tag: number, bytes: DataView, from: number, to: number, mixed: number): number {
    const table = this.#table
    const last = table.length - 1
    let slot = (mixed << 1) & last
    for (let id = table[slot + 1]!; id !== 0; id = table[slot + 1]!) {
      if (table[slot] === mixed && this.#kinds[id] === kind && this.#tags[id] === tag && this.lengthOf(id) === to - from)
        if (this.startsWith(id, bytes, from)) return slot
      slot = (slot + 2) & last
    }
    return slot
  }

  #idOf(term: Term, isNew: boolean): number {
    switch (term.termType) {
      case 'NamedNode':
        return this.#idOfText(IRI, 0, term.value, isNew)
      case 'BlankNode':
        return this.#idOfText(BLANK_NODE, 0, term.value, isNew)
      case 'Variable':
        return this.#idOfText(VARIABLE, 0, term.value, isNew)
      case 'DefaultGraph':
        return 1
      case 'Quad': {
        const parts = [term.subject, term.predicate, term.object].map(part => this.#idOf(part, isNew))
        if (parts.includes(0)) return 0
        for (const [index, part] of parts.entries()) scratch.writeUInt32LE(part, index * 4)
        return this.#idOfBytes(TRIPLE_TERM, 0, 12, hashOf(this.seed, scratch, 0, 12), isNew)
      }
      case 'Literal': {
        const tag = this.#tag(term, isNew)
        return tag < 0 ? 0 : this.#idOfText(LITERAL, tag, term.value, isNew)
      }
    }
  }

  /** The tag of a literal; -1 if its datatype or language is not held. */
  #tag(literal: Literal, isNew: boolean): number {
    // Whatever is asked of a literal of n3 it looks for in its text: no more than need be.
    const { language } = literal
    const { value: datatype } = language === '' ? literal.datatype : NONE
    if (datatype === XSD_STRING) return 0
    const id =
      language === ''
        ? this.#idOfText(IRI, 0, datatype, isNew)
        : this.#idOfText(LANGUAGE, 0, languageTag(language, literal.direction), isNew)
    return id === 0 ? -1 : id
  }

  /** Bytes of the longest text, looked for again when there are more. */
  #lengthOfLongest(): number {
    for (; this.#measured < this.#count; this.#measured++)
      this.#longest = Math.max(this.#longest, this.#ends[this.#measured + 1]! - this.#ends[this.#measured]!)
    return this.#longest
  }

  #idOfText(kind: TermKind, tag: number, text: string, isNew: boolean): number {
    // A text that is longer than any that is held is not among them.
    if (isNew) return this.addText(kind, tag, text)
    if (text.length > LONG && text.length > this.#lengthOfLongest()) return 0
    const length = write(text, 0, text.length, this.seed)
    return length < 0 ? 0 : this.#idOfBytes(kind, tag, length, written, false)
  }

  #idOfBytes(kind: TermKind, tag: number, length: number, hash: number, isNew: boolean): number {
    if (isNew) return this.intern(kind, tag, scratchView, 0, length, hash)
    return this.#table[this.#slotOf(kind, tag, scratchView, 0, length, mix(hash, kind, tag)) + 1]!
  }

  #termOf(id: number): Term {
    const tag = this.#tags[id]!
    switch (this.kindOf(id)) {
      case IRI:
        return DataFactory.namedNode(this.valueOf(id))
      case BLANK_NODE:
        return DataFactory.blankNode(this.valueOf(id))
      case VARIABLE:
        return DataFactory.variable(this.valueOf(id))
      case TRIPLE_TERM: {
        const [subject, predicate, object] = this.partsOf(id)
        return quadOf(this.termOf(subject), this.termOf(predicate), this.termOf(object))
      }
      case LITERAL: {
        if (tag === 0) return DataFactory.literal(this.valueOf(id))
        if (this.kindOf(tag) === IRI) return DataFactory.literal(this.valueOf(id), this.termOf(tag) as never)
        const [language = '', direction] = this.valueOf(tag).split('--')
        return DataFactory.literal(this.valueOf(id), direction === undefined ? language : ({ language, direction } as never))
      }
      default:
        return DataFactory.defaultGraph()
    }
  }

  /** Makes room for another term. */
  #grow(bytes: number): void {
    const [ids, end] = [this.#ends.length, this.#ends[this.#count]! + bytes]
    const isFull = this.#count + 1 >= ids
    this.#resize(isFull ? Math.max(64, ids * 2) : ids, end > this.#heap.length ? Math.max(1024, this.#heap.length * 2, end) : 0)
  }

  /** Makes arrays of such sizes where they are smaller. What an image held is left as it is: others may read it. */
  #resize(ids: number, bytes: number): void {
    if (bytes > this.#heap.length) {
      const heap = Buffer.allocUnsafeSlow(bytes)
      heap.set(this.#heap.subarray(0, this.#ends[this.#count]!))
      this.#heap = heap
      this.#words = viewOf(heap)
    }
    if (ids <= this.#ends.length) return
    this.#table = this.#table.slice()
    this.#ends = copied(this.#ends, new Uint32Array(ids))
    this.#kinds = copied(this.#kinds, new Uint8Array(ids))
    this.#tags = copied(this.#tags, new Uint32Array(ids))
  }
}

function emptyImage(): DictionaryImage {
  return {
    seed: (Math.random() * 2 ** 32) | 0,
    heap: new Uint8Array(),
    ends: new Uint32Array(2),
    kinds: Uint8Array.of(0, DEFAULT_GRAPH),
    tags: new Uint32Array(2),
    table: new Uint32Array(16),
  }
}

const NONE = { value: '' }
const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

/** The hash of some bytes. */
export function hashOf(seed: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = seed
  for (let at = from; at < to; at++) hash = hashStep(hash, bytes[at]!)
  return hash
}

/** FNV-1a, byte by byte: for a reader that looks at all bytes anyway. It starts with the seed of the dictionary. */
export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193)
}

/** A hash of text, kind and tag, each bit of which depends on all. */
function mix(hash: number, kind: number, tag: number): number {
  let mixed = Math.imul(hash ^ Math.imul(tag, 0x9e3779b1) ^ kind, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

/** A table with twice the room. */
function spread(table: Uint32Array): Uint32Array {
  const wider = new Uint32Array(table.length * 2)
  const last = wider.length - 1
  for (let from = 0; from < table.length; from += 2) {
    if (table[from + 1] === 0) continue
    let slot = (table[from]! << 1) & last
    while (wider[slot + 1] !== 0) slot = (slot + 2) & last
    wider[slot] = table[from]!
    wider[slot + 1] = table[from + 1]!
  }
  return wider
}

let scratch = Buffer.allocUnsafeSlow(1 << 12)
let scratchView = viewOf(scratch)

/** The hash of what `write` wrote. */
let written = 0

/** Writes a part of a text to `scratch` as UTF-8, and hashes it. Gives its length; -1 for a text with half of a character. */
function write(text: string, from: number, to: number, seed: number): number {
  if ((to - from) * 3 > scratch.length) {
    scratch = Buffer.allocUnsafeSlow((to - from) * 6)
    scratchView = viewOf(scratch)
  }
  let hash = seed
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return writeAny(text.slice(from, to), seed)
    scratch[at - from] = code
    hash = hashStep(hash, code)
  }
  written = hash
  return to - from
}

function writeAny(text: string, seed: number): number {
  if (LONE_SURROGATE.test(text)) return -1
  const length = scratch.write(text)
  written = hashOf(seed, scratch, 0, length)
  return length
}

function languageTag(language: string, direction: string | null | undefined): string {
  return (direction ? `${language}--${direction}` : language).toLowerCase()
}

const LONE_SURROGATE = /\p{Surrogate}/u

function copied<Kind extends Uint8Array | Uint32Array>(from: Kind, to: Kind): Kind {
  to.set(from)
  return to
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Bytes that can be read word by word. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
