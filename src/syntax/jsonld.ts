import { CommuniqueError } from '../error.ts'
import { CLEAN, DEFAULT_GRAPH, IRI, LITERAL, SUFFIX } from './encoding.ts'
import { type Context, type Key, Names, nativeValue } from './jsonld-names.ts'
import { blockEnd, eachWritten, type Layout, propertyEnd } from './layout.ts'
import { PIECE } from './lines.ts'
import { GRAPH, OBJECT, PREDICATE } from './order.ts'

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
export function* jsonLd(layout: Layout, { context, contextIRI, things }: JsonLdOptions): Generator<string> {
  const { order, quads, kinds, nested } = layout
  const names = new Names(context)
  const nodes = new Nodes(layout, names)
  if (things !== undefined) {
    yield framedText(nodes.framed(things), () => contextText(names, contextIRI))
    return
  }
  nodes.nameAll()
  let piece = `{\n  "@context": ${contextText(names, contextIRI)},\n  "@graph": [`
  let isFirst = true
  let isOpen = false
  for (let from = 0, to = 0; from < order.length; from = to) {
    to = blockEnd(layout, from)
    const [subject, graph] = [quads[order[from]! * 4]!, quads[order[from]! * 4 + GRAPH]!]
    const isNew = from === 0 || quads[order[from - 1]! * 4 + GRAPH] !== graph
    if (isNew && kinds[graph] !== DEFAULT_GRAPH) {
      piece += `${isOpen ? '\n      ]\n    }' : ''}${isFirst ? '' : ','}\n    {\n      "@id": ${nodes.name(graph)},\n      "@graph": [`
      isFirst = true
      isOpen = true
    }
    if (nested.has(subject)) continue
    const indent = isOpen ? '        ' : '    '
    piece += `${isFirst ? '' : ','}\n${indent}${nodes.text(subject, from, to, indent)}`
    isFirst = false
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield `${piece}${isOpen ? '\n      ]\n    }' : ''}\n  ]\n}\n`
}

/** One thing is the document itself; several are its graph. */
function framedText(texts: readonly string[], context: () => string): string {
  const [only = ''] = texts
  const body = texts.length === 1 ? only.slice(1) : `\n  "@graph": [${texts.map(text => `\n    ${text}`).join(',')}\n  ]\n}`
  return `{\n  "@context": ${context()},${body}\n`
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

/** Columns after which what can stand on several lines does. */
const WIDTH = 120

/** Things within things within things: beyond, they are only named. */
const DEEPEST = 16

/** Stands for the key of a list, which is not known where items are looked at alone: with it, every datatype is named. */
const OF_LIST: Key = { text: '', type: '' }

/** Things as JSON objects. */
class Nodes {
  readonly #layout: Layout
  readonly #names: Names
  readonly #nodeNames: (string | undefined)[]
  readonly #keys: (Key | undefined)[]
  readonly #classes = new Map<number, string>()
  /** For each suffix of literals the datatype, if it is one, and its name once it was needed. */
  readonly #types: readonly { readonly iri: string; text: string }[]
  /** When things are framed: at which quad, by its index in the order, each thing stands within another. */
  readonly #places = new Map<number, number>()
  readonly #starts = new Map<number, number>()

  constructor(layout: Layout, names: Names) {
    this.#layout = layout
    this.#names = names
    this.#nodeNames = new Array(layout.values.length)
    this.#keys = new Array(layout.values.length)
    this.#types = layout.suffixes.map(suffix => ({ iri: suffix.startsWith('^') ? suffix.slice(2) : '', text: '' }))
  }

  /** Looks at every name beforehand, so that the context can come first. */
  nameAll(): void {
    const { kinds, ids } = this.#layout
    eachWritten(this.#layout, (id, part, predicate) => {
      const kind = kinds[id]!
      if (part === PREDICATE) {
        if (id !== ids.type) this.#key(id)
      } else if ((kind & LITERAL) !== 0) {
        const type = this.#types[kind >>> SUFFIX]!
        if (type.iri !== '' && type.text === '') this.#literal(id, predicate < 0 ? OF_LIST : this.#key(predicate))
      } else if (part === OBJECT && predicate === ids.type && kind === IRI) this.#class(id)
      else if (kind !== DEFAULT_GRAPH) this.name(id)
    })
  }

  /** The name of a thing, as JSON. */
  name(id: number): string {
    const { kinds, values } = this.#layout
    const value = values[id]!
    this.#nodeNames[id] ??= kinds[id] === IRI ? this.#names.node(value) : JSON.stringify(`_:${value}`)
    return this.#nodeNames[id]
  }

  /** Things of the default graph, each with what it refers to where that is nearest to one of them. */
  framed(things: readonly string[]): string[] {
    const { order, quads, kinds, nested, cells, ids, idOf } = this.#layout
    for (let from = 0; from < order.length && kinds[this.#id(from, GRAPH)] === DEFAULT_GRAPH; ) {
      this.#starts.set(quads[order[from]! * 4]!, from)
      from = blockEnd(this.#layout, from)
    }
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
    const indent = roots.size === 1 ? '' : '    '
    return [...roots].map(id => this.#whole(id, this.#starts.get(id)!, indent))
  }

  /** A thing with what is said of it by the quads from `from` to `to`. */
  text(subject: number, from: number, to: number, indent: string): string {
    return object(this.#members(subject, from, to, `${indent}  `), indent)
  }

  #whole(subject: number, start: number, indent: string): string {
    return this.text(subject, start, blockEnd(this.#layout, start), indent)
  }

  #members(subject: number, from: number, to: number, indent: string): string[] {
    const { nested, unnamed, ids, kinds } = this.#layout
    const members = nested.has(subject) || unnamed.has(subject) ? [] : [`"@id": ${this.name(subject)}`]
    for (let at = from; at < to; ) {
      const predicate = this.#id(at, PREDICATE)
      const end = propertyEnd(this.#layout, at, to)
      let others = at
      if (predicate === ids.type) {
        // Classes with an IRI sort before others, which `@type` does not take.
        while (others < end && kinds[this.#id(others, OBJECT)] === IRI) others++
        const types: string[] = []
        for (let index = at; index < others; index++) types.push(this.#class(this.#id(index, OBJECT)))
        if (types.length > 0) members.push(`"@type": ${array(types, indent, 9)}`)
      }
      if (others < end) {
        const key = this.#key(predicate)
        const used = key.text.length + 2
        if (end === others + 1) members.push(`${key.text}: ${this.#value(this.#id(others, OBJECT), key, indent, used, others)}`)
        else {
          const texts: string[] = []
          for (let index = others; index < end; index++)
            texts.push(this.#value(this.#id(index, OBJECT), key, `${indent}  `, 0, index))
          members.push(`${key.text}: ${list(texts, indent, used)}`)
        }
      }
      at = end
    }
    return members
  }

  /** @param index of the quad whose object it is, if it is one and not an item of a list */
  #value(id: number, key: Key, indent: string, used: number, index?: number): string {
    const { nested, lists, order, kinds, ids } = this.#layout
    if ((kinds[id]! & LITERAL) !== 0) return this.#literal(id, key)
    if (id === ids.nil) return '{ "@list": [] }'
    const items = lists.get(id)
    if (items) {
      const texts = items.map(item => this.#value(item, key, `${indent}    `, 0))
      return within([`"@list": ${list(texts, `${indent}  `, 9)}`], indent, used)
    }
    const start = nested.get(id)
    if (start === order.length) return `{ "@id": ${this.name(id)} }`
    if (start !== undefined) {
      const end = blockEnd(this.#layout, start)
      return within(this.#members(id, start, end, `${indent}  `), indent, used)
    }
    if (index !== undefined && this.#places.get(id) === index) return this.#whole(id, this.#starts.get(id)!, indent)
    return key.type === '@id' ? this.name(id) : `{ "@id": ${this.name(id)} }`
  }

  #literal(id: number, key: Key): string {
    const { kinds, values, suffixes } = this.#layout
    const [kind, value] = [kinds[id]!, values[id]!]
    const end = value.length - suffixes[kind >>> SUFFIX]!.length
    const type = this.#types[kind >>> SUFFIX]!
    if (type.iri !== '') {
      const native = nativeValue(value.slice(1, end - 1), type.iri, key.type)
      if (native !== undefined) return native
    }
    const text = (kind & CLEAN) !== 0 ? value.slice(0, end) : JSON.stringify(value.slice(1, end - 1))
    if (end === value.length) return key.type === undefined ? text : `{ "@value": ${text} }`
    if (type.iri === '') return `{ "@value": ${text}, "@language": ${JSON.stringify(value.slice(end + 1))} }`
    if (key.type === type.iri) return text
    if (type.text === '') type.text = this.#names.vocabulary(type.iri)
    return `{ "@value": ${text}, "@type": ${type.text} }`
  }

  #key(predicate: number): Key {
    this.#keys[predicate] ??= this.#names.key(this.#layout.values[predicate]!)
    return this.#keys[predicate]
  }

  #class(id: number): string {
    const known = this.#classes.get(id)
    if (known !== undefined) return known
    const name = this.#names.vocabulary(this.#layout.values[id]!)
    this.#classes.set(id, name)
    return name
  }

  #id(index: number, part: number): number {
    return this.#layout.quads[this.#layout.order[index]! * 4 + part]!
  }
}

function object(members: readonly string[], indent: string): string {
  let [text, lead] = ['{', `\n${indent}  `]
  for (const member of members) {
    text += lead + member
    lead = `,\n${indent}  `
  }
  return `${text}\n${indent}}`
}

/** An object on one line if it fits. */
function within(members: readonly string[], indent: string, used: number): string {
  const line = `{ ${members.join(', ')} }`
  return indent.length + used + line.length <= WIDTH && !line.includes('\n') ? line : object(members, indent)
}

/** A value itself; several as an array, on one line if they fit. */
function array(values: readonly string[], indent: string, used: number): string {
  return values.length === 1 ? values[0]! : list(values, indent, used)
}

function list(values: readonly string[], indent: string, used: number): string {
  const line = `[${values.join(', ')}]`
  if (indent.length + used + line.length <= WIDTH && !line.includes('\n')) return line
  return `[\n${indent}  ${values.join(`,\n${indent}  `)}\n${indent}]`
}
