import { isLocalName, longestFirst, type Prefixes } from '../rdf/prefixes.ts'
import { escapeOf, SHORTHAND, turtleString } from '../rdf/turtle.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { CLASSES, DIGIT, DOT, GREATER, LESS, LETTER, SMALL_A } from '../store/byte.ts'
import { BLANK_NODE, IRI, LITERAL, TRIPLE_TERM } from '../store/dictionary.ts'
import { AS_PREDICATE, eachWritten, type Layout } from './layout.ts'
import { Namespaces } from './namespaces.ts'
import { PREDICATE } from './order.ts'
import { TermMap } from './term-map.ts'
import { Phrase, type Utf8Text } from './utf8-text.ts'

/** How Turtle writes terms, and which prefixes they need. */
export class TurtleTerms {
  readonly #layout: Layout
  readonly #out: Utf8Text
  /** By id: of an IRI the place of its prefix, of a literal `BARE` for one without quotation marks; else 0. */
  readonly #forms: Uint32Array
  /** None in place 0, then those of longer namespaces first. */
  readonly #prefixes: readonly (Named | undefined)[]
  readonly #namespaces: Namespaces
  readonly #leads: TermMap<Phrase>
  /** By the id of a datatype or language: what stands behind the text of a literal, and what needs neither that nor quotation marks. */
  readonly #types = new Map<number, { readonly bare: RegExp | undefined; readonly points: number; end: Phrase | undefined }>()

  constructor(layout: Layout, prefixes: Prefixes, out: Utf8Text) {
    this.#layout = layout
    this.#out = out
    this.#forms = layout.room.numbers(layout.dictionary.count + 1)
    this.#leads = new TermMap(layout)
    const known = longestFirst(prefixes)
    this.#namespaces = new Namespaces(known.map(({ namespace }) => namespace))
    this.#prefixes = [
      undefined,
      ...known.map(({ prefix, namespace }) => {
        const name = `${prefix}:`
        return { prefix, name: new Phrase(name), namespace, byteLength: Buffer.byteLength(namespace), isUsed: false }
      }),
    ]
    eachWritten(layout, (id, parts) => {
      if (parts !== AS_PREDICATE || id !== layout.ids.type) this.#look(id)
    })
  }

  get usedPrefixes(): readonly string[] {
    return this.#prefixes.flatMap(known => (known?.isUsed ? [known.prefix] : [])).sort()
  }

  put(id: number): void {
    const { words, ends, kinds } = this.#layout
    const kind = kinds[id]
    if (kind === LITERAL) this.#putLiteral(id)
    else if (kind === IRI) {
      const prefix = this.#prefixes[this.#forms[id]!]
      if (prefix === undefined) this.#out.putEnclosed(LESS, words, ends[id - 1]!, ends[id]!, GREATER)
      else {
        this.#out.putPhrase(prefix.name)
        this.#out.putText(words, ends[id - 1]! + prefix.byteLength, ends[id]!)
      }
    } else if (kind === BLANK_NODE) this.#out.put(`_:${this.#layout.labels.get(id) ?? this.#layout.dictionary.valueOf(id)}`)
    else if (kind === TRIPLE_TERM) this.#putTriple(this.#layout.triples.get(id) as readonly [number, number, number])
  }

  /** A verb as it stands before one object. */
  putLead(id: number): void {
    const known = this.#leads.get(id)
    this.#out.putPhrase(known ?? this.#leads.set(id, new Phrase(id === this.#layout.ids.type ? 'a ' : `${this.#nameOf(id)} `)))
  }

  putVerb(id: number): void {
    if (id === this.#layout.ids.type) this.#out.putByte(SMALL_A)
    else this.put(id)
  }

  #putTriple([subject, predicate, object]: readonly [number, number, number]): void {
    this.#out.put('<<( ')
    this.put(subject)
    this.#out.put(' ')
    this.putVerb(predicate)
    this.#out.put(' ')
    this.put(object)
    this.#out.put(' )>>')
  }

  #putLiteral(id: number): void {
    const { words, ends, tags, dictionary } = this.#layout
    if (this.#forms[id] === BARE) {
      this.#out.putText(words, ends[id - 1]!, ends[id]!)
      return
    }
    if (!this.#out.putQuoted(words, ends[id - 1]!, ends[id]!)) this.#out.put(quoted(dictionary.valueOf(id)))
    const tag = tags[id]!
    if (tag !== 0) this.#out.putPhrase(this.#types.get(tag)!.end!)
  }

  /** Finds out how a term is written. */
  #look(id: number): void {
    const { kinds, triples, ids, words, ends } = this.#layout
    const kind = kinds[id]
    if (kind === LITERAL) this.#forms[id] = this.#isBare(id) ? BARE : 0
    else if (kind === IRI) this.#forms[id] = this.#prefixOf(words, ends[id - 1]!, ends[id]!)
    else if (kind === TRIPLE_TERM)
      for (const [part, each] of triples.get(id)!.entries()) if (!(part === PREDICATE && each === ids.type)) this.#look(each)
  }

  /** Whether a literal can do without its datatype; that else the prefix of this is declared is seen to. */
  #isBare(id: number): boolean {
    const { words, ends, kinds, tags, dictionary } = this.#layout
    const tag = tags[id]!
    if (tag === 0) return false
    let type = this.#types.get(tag)
    if (type === undefined) {
      const iri = dictionary.valueOf(tag)
      const points = iri === xsd.integer.value ? 0 : iri === xsd.decimal.value ? 1 : -1
      type = { bare: SHORTHAND.get(iri), points, end: undefined }
      this.#types.set(tag, type)
    }
    // Most such literals are numbers, for which no text is made.
    if (
      type.bare !== undefined &&
      (isNumeral(words, ends[id - 1]!, ends[id]!, type.points) || type.bare.test(dictionary.valueOf(id)))
    )
      return true
    type.end ??= new Phrase(kinds[tag] === IRI ? `^^${this.#nameOf(tag)}` : `@${dictionary.valueOf(tag)}`)
    return false
  }

  #nameOf(id: number): string {
    const { words, ends, dictionary } = this.#layout
    const known = this.#prefixes[this.#prefixOf(words, ends[id - 1]!, ends[id]!)]
    const iri = dictionary.valueOf(id)
    return known === undefined ? `<${iri}>` : `${known.prefix}:${iri.slice(known.namespace.length)}`
  }

  /** The place of the prefix of an IRI, which is used from now on; 0 if it has none. */
  #prefixOf(words: DataView, from: number, to: number): number {
    const place = this.#namespaces.find(words, from, to) + 1
    const known = this.#prefixes[place]
    if (known === undefined || !isLocalNameAt(words, from + known.byteLength, to)) return 0
    known.isUsed = true
    return place
  }
}

/** A prefix, the same with its colon, and how many bytes it stands for. */
interface Named {
  readonly prefix: string
  readonly name: Phrase
  readonly namespace: string
  readonly byteLength: number
  isUsed: boolean
}

const BARE = 1

/** Whether Turtle takes bytes behind a prefix. */
function isLocalNameAt(words: DataView, from: number, to: number): boolean {
  if (to === from) return true
  let classes = CLASSES[words.getUint8(from)]! & (LETTER | DIGIT)
  for (let at = from + 1; classes !== 0 && at < to; at++) classes = CLASSES[words.getUint8(at)]! & (LETTER | DIGIT)
  // Else it has other characters, of which the fewest names are.
  return classes !== 0 || isLocalName(Buffer.from(words.buffer, words.byteOffset + from, to - from).toString())
}

/** Whether bytes are digits that begin and end with one, with so many points among them. */
function isNumeral(words: DataView, from: number, to: number, points: number): boolean {
  if (from === to || words.getUint8(from) === DOT || words.getUint8(to - 1) === DOT) return false
  let left = points
  for (let at = from; at < to; at++) {
    const byte = words.getUint8(at)
    if (byte === DOT) left--
    else if ((CLASSES[byte]! & DIGIT) === 0) return false
  }
  return left === 0
}

/** A text between quotation marks; one of several lines as such. @see RDF 1.2 Turtle, 2.5.1 (Quoted Literals) */
function quoted(text: string): string {
  if (!text.includes('\n')) return turtleString(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be escaped
  return `"""${text.replace(/[\\\0-\x08\x0b-\x1f\x7f\ufffe\uffff]|"(?="")|"$/g, escapeOf)}"""`
}
