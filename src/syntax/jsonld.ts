import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { OPEN_BRACE, QUOTE } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, LITERAL } from '../store/dictionary.ts'
import { type Context, type Key, type Lead, NATIVE, Names, nativeValue } from './jsonld-names.ts'
import { AS_GRAPH, AS_PREDICATE, AS_SUBJECT, blockEnd, eachWritten, type Layout, propertyEnd } from './layout.ts'
import { LineParts } from './line-parts.ts'
import { PIECE } from './lines.ts'
import { GRAPH, OBJECT, PREDICATE } from './order.ts'
import { TermMap } from './term-map.ts'
import { Phrase, type Utf8Text } from './utf8-text.ts'

export interface JsonLdOptions {
  /** Names for terms: prefixes, and terms with or without a type of values, as `ontology/context.jsonld` has them. */
  readonly context: Context
  /** Address of that context, to stand for it in the document. */
  readonly contextIRI?: string | undefined
  /** IRIs of things: only these, each with what it refers to inside it, once, as the default graph has it. */
  readonly things?: readonly string[] | undefined
}

/**
 * JSON-LD 1.1 with the names of a context, of which only those that are used are given: an object for each thing, a line for each
 * property, named graphs at the end. Numbers and truth values are those of JSON where they come back as they are.
 *
 * @throws CommuniqueError `foreign-context` for a context of another kind, and for an IRI that it takes for a prefixed name;
 * `unknown-thing` for one of `things` of which nothing is said
 * @see JSON-LD 1.1, 9 (Grammar); JSON-LD 1.1 API, 8.4 (Serialize RDF as JSON-LD)
 */
export function* jsonLd(layout: Layout, { context, contextIRI, things }: JsonLdOptions, out: Utf8Text): Generator<Uint8Array> {
  const names = new Names(context)
  const nodes = new Nodes(layout, names, out)
  if (things !== undefined) {
    yield framed(nodes, things, out, () => contextText(names, contextIRI))
    return
  }
  nodes.nameAll()
  out.put(`{\n  "@context": ${contextText(names, contextIRI)},\n  "@graph": [`)
  const document = new Document(layout, nodes, out)
  for (let from = 0; from < layout.order.length; ) {
    from = document.putNodes(from)
    if (out.length >= PIECE) yield out.take()
  }
  document.close()
  yield out.take()
}

/** Things with commas between them, those of a named graph within an object of its own. */
class Document {
  readonly #layout: Layout
  readonly #nodes: Nodes
  readonly #out: Utf8Text
  #isFirst = true
  #graph = 0
  #isOpen = false

  constructor(layout: Layout, nodes: Nodes, out: Utf8Text) {
    this.#layout = layout
    this.#nodes = nodes
    this.#out = out
  }

  /**
   * Puts things until the piece is large enough. Not within a generator, whose loops V8 compiles late and sometimes not at all.
   *
   * @returns the index of the quad that is the next
   */
  putNodes(start: number): number {
    const { order, quads, kinds, nested } = this.#layout
    const out = this.#out
    let from = start
    while (from < order.length && out.length < PIECE) {
      const to = blockEnd(this.#layout, from)
      const [subject, graph] = [quads[order[from]! * 4]!, quads[order[from]! * 4 + GRAPH]!]
      if (graph !== this.#graph && kinds[graph] !== DEFAULT_GRAPH) this.#openGraph(graph)
      if (nested.size === 0 || !nested.has(subject)) {
        out.putPhrase(this.#isFirst ? FIRST : NEXT)
        if (this.#isOpen) out.putPhrase(DEEPER)
        this.#nodes.put(subject, from, to, this.#isOpen ? '        ' : '    ')
        this.#isFirst = false
      }
      from = to
    }
    return from
  }

  close(): void {
    this.#out.put(`${this.#isOpen ? '\n      ]\n    }' : ''}\n  ]\n}\n`)
  }

  #openGraph(graph: number): void {
    if (this.#isOpen) this.#out.put('\n      ]\n    }')
    this.#out.put(`${this.#isFirst ? '' : ','}\n    {\n      "@id": `)
    this.#nodes.putName(graph)
    this.#out.put(',\n      "@graph": [')
    this.#graph = graph
    this.#isFirst = true
    this.#isOpen = true
  }
}

/** Of a thing what stands before its first member and before others, its name and its types. */
const MEMBERS = [new Phrase('\n      '), new Phrase(',\n      ')] as const
const [ID, TYPE] = [new Phrase('"@id": '), new Phrase('"@type": ')]
const [OPEN_ID, OPEN_VALUE, CLOSE_OBJECT] = ['{ "@id": ', '{ "@value": ', ' }'].map(text => new Phrase(text)) as [
  Phrase,
  Phrase,
  Phrase,
]

/** What stands before the first thing, before others, and more of it in a named graph. */
const [FIRST, NEXT, DEEPER] = [new Phrase('\n    '), new Phrase(',\n    '), new Phrase('    ')]

/** One thing is the document itself; several are its graph. The names that are used are known behind them. */
function framed(nodes: Nodes, things: readonly string[], out: Utf8Text, context: () => string): Uint8Array {
  const roots = nodes.place(things)
  if (roots.length === 1) nodes.putWhole(roots[0]!, '')
  else {
    out.put('{\n  "@graph": [')
    for (const [index, id] of roots.entries()) {
      out.put(`${index === 0 ? '' : ','}\n    `)
      nodes.putWhole(id, '    ')
    }
    out.put('\n  ]\n}')
  }
  const body = out.cut(1)
  out.put(`\n  "@context": ${context()},`)
  out.append(body)
  out.put('\n')
  return out.take()
}

function contextText(names: Names, contextIRI: string | undefined): string {
  if (contextIRI !== undefined) return JSON.stringify(contextIRI)
  const entries = names.usedEntries().map(([name, entry]) => `    ${JSON.stringify(name)}: ${inline(entry)}`)
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n  }`
}

function inline(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return JSON.stringify(entry)
  const members = Object.entries(entry).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `{ ${members.join(', ')} }`
}

/** Things within things within things: beyond, they are only named. */
const DEEPEST = 16

/** Stands for the key of a list, which is not known where items are looked at alone: with it, every datatype is named. */
const OF_LIST: Key = { text: '', type: '' }

/** A key with its colon. */
interface Member extends Key {
  readonly phrase: Phrase
}

interface Datatype {
  readonly iri: string
  /** Whether JSON has some of its values. */
  readonly isNative: boolean
  end: Phrase | undefined
}

/** How JSON has the value of a literal: not, as its text, or as another text. */
const [NONE, SAME, OTHER] = [1, 2, 3]

/** Things as JSON objects. */
class Nodes {
  readonly #layout: Layout
  readonly #names: Names
  readonly #out: Utf8Text
  readonly #leads: TermMap<Lead>
  readonly #keys: TermMap<Member>
  readonly #classes: TermMap<Phrase>
  /** By the id of a datatype its IRI, and what stands behind its values once it was needed. */
  readonly #types: TermMap<Datatype>
  /** By the id of a literal whether JSON has it: `SAME`, `OTHER`, `NONE`; 0 where nobody has looked. */
  readonly #natives: Uint8Array
  /** When things are framed: at which quad, by its index in the order, each thing stands within another. */
  readonly #places = new Map<number, number>()
  readonly #starts = new Map<number, number>()

  constructor(layout: Layout, names: Names, out: Utf8Text) {
    this.#layout = layout
    this.#names = names
    this.#out = out
    this.#leads = new TermMap(layout)
    this.#natives = new Uint8Array(layout.dictionary.count + 1)
    this.#keys = new TermMap(layout)
    this.#types = new TermMap(layout)
    this.#classes = new TermMap(layout)
  }

  /** Looks at every name beforehand, so that the context can come first. */
  nameAll(): void {
    const { kinds, ids } = this.#layout
    eachWritten(this.#layout, (id, parts) => {
      if ((parts & AS_PREDICATE) !== 0 && id !== ids.type) this.#key(id)
      if ((parts & (AS_SUBJECT | AS_GRAPH)) !== 0 && kinds[id] === IRI) this.#lead(id)
    })
    this.#nameObjects()
  }

  /** With objects it depends on the property which names they need. */
  #nameObjects(): void {
    const { quads, size, kinds, tags, cells, ids } = this.#layout
    for (let at = 0; at < size * 4; at += 4) {
      const [predicate, object] = [quads[at + PREDICATE]!, quads[at + OBJECT]!]
      if (kinds[object] === LITERAL) {
        if (kinds[tags[object]!] !== IRI) continue
        this.#nameType(object, cells.size > 0 && cells.has(quads[at]!) ? OF_LIST : this.#key(predicate))
      } else if (kinds[object] === IRI && object !== ids.nil) {
        if (predicate === ids.type) this.#class(object)
        else this.#lead(object)
      }
    }
  }

  /** The name of a thing, as JSON. */
  putName(id: number): void {
    const { words, ends, kinds, labels, dictionary } = this.#layout
    if (kinds[id] === IRI) {
      const { phrase, byteLength } = this.#lead(id)
      this.#out.putPhrase(phrase)
      this.#out.putText(words, ends[id - 1]! + byteLength, ends[id]!)
      this.#out.putByte(QUOTE)
    } else this.#out.put(JSON.stringify(`_:${labels.get(id) ?? dictionary.valueOf(id)}`))
  }

  #lead(id: number): Lead {
    const known = this.#leads.get(id)
    if (known !== undefined) return known
    const { words, ends, dictionary } = this.#layout
    return this.#leads.set(id, this.#names.leadAt(words, ends[id - 1]!, ends[id]!) ?? this.#names.lead(dictionary.valueOf(id)))
  }

  /** Finds a place for each thing that those of the default graph refer to: where it is nearest to one of them. Gives the ids of these. */
  place(things: readonly string[]): readonly number[] {
    const { order, quads, kinds, nested, cells, ids, dictionary } = this.#layout
    for (let from = 0; from < order.length && kinds[this.#id(from, GRAPH)] === DEFAULT_GRAPH; ) {
      this.#starts.set(quads[order[from]! * 4]!, from)
      from = blockEnd(this.#layout, from)
    }
    const idOf = (iri: string): number => dictionary.idOf(DataFactory.namedNode(iri))
    const unknown = things.find(iri => !this.#starts.has(idOf(iri)))
    if (unknown !== undefined) {
      const what = `nothing is said of <${unknown}> in the default graph`
      throw new CommuniqueError('unknown-thing', { what, mend: 'give the IRI of a thing of the data' })
    }
    const roots = new Set(things.map(idOf))
    const seen = new Set(roots)
    let level = [...roots]
    for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
      const next: number[] = []
      for (const subject of level) {
        const start = this.#starts.get(subject)!
        const end = blockEnd(this.#layout, start)
        for (let index = start; index < end; index++) {
          const object = this.#id(index, OBJECT)
          // Classes and what lists hold are named only.
          if (cells.has(object) || this.#id(index, PREDICATE) === ids.type) continue
          if (seen.has(object) || !this.#starts.has(object)) continue
          seen.add(object)
          if (!nested.has(object)) this.#places.set(object, index)
          next.push(object)
        }
      }
      level = next
    }
    return [...roots]
  }

  putWhole(subject: number, indent: string): void {
    const start = this.#starts.get(subject)!
    this.put(subject, start, blockEnd(this.#layout, start), indent)
  }

  /** A thing with what is said of it by the quads from `from` to `to`. */
  put(subject: number, from: number, to: number, indent: string): void {
    this.#out.putByte(OPEN_BRACE)
    const inner = `${indent}  `
    const [first, next] = indent === '    ' ? MEMBERS : [`\n${inner}`, `,\n${inner}`].map(text => new Phrase(text))
    let lead = first!
    this.#putMembers(subject, from, to, inner, () => {
      this.#out.putPhrase(lead)
      lead = next!
    })
    this.#out.put(`\n${indent}}`)
  }

  /** @param next is called before each member */
  #putMembers(subject: number, from: number, to: number, indent: string, next: () => void): void {
    const out = this.#out
    const { nested, unnamed, ids, kinds } = this.#layout
    if (kinds[subject] !== BLANK_NODE || !(nested.has(subject) || unnamed.has(subject))) {
      next()
      out.putPhrase(ID)
      this.putName(subject)
    }
    for (let at = from; at < to; ) {
      const predicate = this.#id(at, PREDICATE)
      const end = propertyEnd(this.#layout, at, to)
      let others = at
      // Classes with an IRI sort before others, which `@type` does not take.
      if (predicate === ids.type) while (others < end && kinds[this.#id(others, OBJECT)] === IRI) others++
      if (others > at) {
        next()
        this.#putTypes(at, others, indent)
      }
      if (others < end) {
        next()
        this.#putProperty(this.#key(predicate), others, end, indent)
      }
      at = end
    }
  }

  #putTypes(from: number, to: number, indent: string): void {
    this.#out.putPhrase(TYPE)
    if (to === from + 1) {
      this.#out.putPhrase(this.#class(this.#id(from, OBJECT)))
      return
    }
    const types = new LineParts(this.#out, '[', ', ', ']')
    for (let index = from; index < to; index++) {
      types.next()
      this.#out.putPhrase(this.#class(this.#id(index, OBJECT)))
    }
    types.close()
    if (!types.fits(indent.length + '"@type": '.length)) types.spread(indent)
  }

  #putProperty(key: Member, from: number, to: number, indent: string): void {
    this.#out.putPhrase(key.phrase)
    const used = key.text.length + ': '.length
    if (to === from + 1) {
      this.#putValue(this.#id(from, OBJECT), key, indent, used, from)
      return
    }
    const values = new LineParts(this.#out, '[', ', ', ']')
    for (let index = from; index < to; index++) {
      values.next()
      this.#putValue(this.#id(index, OBJECT), key, `${indent}  `, 0, index)
    }
    values.close()
    if (!values.fits(indent.length + used)) values.spread(indent)
  }

  /** @param index of the quad whose object it is, if it is one and not an item of a list */
  #putValue(id: number, key: Key, indent: string, used: number, index?: number): void {
    const { nested, lists, order, kinds, ids } = this.#layout
    if (kinds[id] === LITERAL) {
      this.#putLiteral(id, key)
      return
    }
    if (id === ids.nil) {
      this.#out.put('{ "@list": [] }')
      return
    }
    const items = lists.get(id)
    const start = items === undefined ? nested.get(id) : undefined
    if (items !== undefined || (start !== undefined && start < order.length)) {
      const members = new LineParts(this.#out, '{ ', ', ', ' }')
      if (items !== undefined) {
        members.next()
        this.#putList(items, key, `${indent}  `)
      } else this.#putMembers(id, start!, blockEnd(this.#layout, start!), `${indent}  `, () => members.next())
      members.close()
      if (!members.fits(indent.length + used)) members.spread(indent)
    } else if (start === undefined && index !== undefined && this.#places.get(id) === index) this.putWhole(id, indent)
    else if (start === undefined && key.type === '@id') this.putName(id)
    else {
      this.#out.putPhrase(OPEN_ID)
      this.putName(id)
      this.#out.putPhrase(CLOSE_OBJECT)
    }
  }

  #putList(items: readonly number[], key: Key, indent: string): void {
    this.#out.put('"@list": ')
    const texts = new LineParts(this.#out, '[', ', ', ']')
    for (const item of items) {
      texts.next()
      this.#putValue(item, key, `${indent}  `, 0)
    }
    texts.close()
    if (!texts.fits(indent.length + '"@list": '.length)) texts.spread(indent)
  }

  #putLiteral(id: number, key: Key): void {
    const { words, ends, kinds, tags, dictionary } = this.#layout
    const out = this.#out
    const tag = tags[id]!
    const type = kinds[tag] === IRI ? this.#type(tag) : undefined
    const native = type === undefined ? NONE : this.#native(id, type, key)
    if (native === SAME) {
      out.putText(words, ends[id - 1]!, ends[id]!)
      return
    }
    if (native === OTHER) {
      out.put(nativeValue(dictionary.valueOf(id), type!.iri)!)
      return
    }
    const isBare = type === undefined ? tag === 0 && key.type === undefined : key.type === type.iri
    if (!isBare) out.putPhrase(OPEN_VALUE)
    if (!out.putQuoted(words, ends[id - 1]!, ends[id]!)) out.put(JSON.stringify(dictionary.valueOf(id)))
    if (isBare) return
    if (type !== undefined) out.putPhrase(this.#typeEnd(type))
    else out.put(tag === 0 ? ' }' : `, "@language": ${JSON.stringify(dictionary.valueOf(tag))} }`)
  }

  /** Has the datatype of a literal named, if it is needed. */
  #nameType(id: number, key: Key): void {
    const type = this.#type(this.#layout.tags[id]!)
    if (type.end === undefined && key.type !== type.iri && this.#native(id, type, key) === NONE) this.#typeEnd(type)
  }

  /** Whether JSON has the value of a literal, and a reader would know its datatype. */
  #native(id: number, { iri, isNative }: Datatype, key: Key): number {
    if (!isNative || (key.type !== undefined && key.type !== iri)) return NONE
    if (this.#natives[id] === 0) {
      const value = this.#layout.dictionary.valueOf(id)
      const native = nativeValue(value, iri)
      this.#natives[id] = native === undefined ? NONE : native === value ? SAME : OTHER
    }
    return this.#natives[id]!
  }

  #type(tag: number): Datatype {
    let type = this.#types.get(tag)
    if (type === undefined) {
      const iri = this.#layout.dictionary.valueOf(tag)
      type = this.#types.set(tag, { iri, isNative: NATIVE.has(iri), end: undefined })
    }
    return type
  }

  #typeEnd(type: Datatype): Phrase {
    type.end ??= new Phrase(`, "@type": ${this.#names.vocabulary(type.iri)} }`)
    return type.end
  }

  #key(predicate: number): Member {
    const known = this.#keys.get(predicate)
    if (known !== undefined) return known
    const key = this.#names.key(this.#layout.dictionary.valueOf(predicate))
    return this.#keys.set(predicate, { ...key, phrase: new Phrase(`${key.text}: `) })
  }

  #class(id: number): Phrase {
    const known = this.#classes.get(id)
    return known ?? this.#classes.set(id, new Phrase(this.#names.vocabulary(this.#layout.dictionary.valueOf(id))))
  }

  #id(index: number, part: number): number {
    return this.#layout.quads[this.#layout.order[index]! * 4 + part]!
  }
}
