import { type Prefix, type Prefixes, prefixFinder } from '../rdf/prefixes.ts'
import { escapeOf, SHORTHAND, turtleString } from '../rdf/turtle.ts'
import { BLANK, CLEAN, hasDirection, IRI, LITERAL, SUFFIX, TRIPLE } from './encoding.ts'
import { blockEnd, eachWritten, type Layout, propertyEnd } from './layout.ts'
import { PIECE } from './lines.ts'
import { GRAPH, OBJECT, PREDICATE, SUBJECT } from './order.ts'

/**
 * Turtle, or TriG where there are named graphs, as a person would write it: the prefixes that are used; a block for each thing,
 * a line for each property; what fits on a line on one, else a value a line.
 *
 * @param comment behind each triple, by the position of its quad; then every triple has a line of its own
 * @see RDF 1.2 Turtle, 2 (Turtle Language); RDF 1.2 TriG, 2
 */
export function* turtle(layout: Layout, prefixes: Prefixes, comment?: (position: number) => string): Generator<string> {
  const { order, quads } = layout
  const terms = new Terms(layout, prefixes)
  const version = layout.triples.size > 0 || hasDirection(layout) ? 'VERSION "1.2"\n' : ''
  const head = version + terms.usedPrefixes.map(prefix => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join('')
  let piece = head
  let gap = head === '' ? '' : '\n'
  const blocks = comment === undefined ? new Blocks(layout, terms) : new Lines(layout, terms, comment)
  let open = ''
  for (let from = 0, to = 0; from < order.length; from = to) {
    to = blockEnd(layout, from)
    const at = order[from]! * 4
    const graph = terms.text(quads[at + GRAPH]!)
    if (graph !== open) {
      piece += `${open === '' ? '' : '}\n'}${gap === '' && open === '' ? '' : '\n'}${graph} {\n`
      gap = ''
      open = graph
    }
    if (layout.nested.has(quads[at]!)) continue
    const block = blocks.block(from, to, open === '' ? '' : '  ')
    // Triples that stand alone need no air between them.
    const isLine = propertyEnd(layout, from, to) === to && block.indexOf('\n') === block.length - 1
    piece += (gap === LINE && isLine ? '' : gap && '\n') + block
    gap = isLine ? LINE : '\n'
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (open !== '') piece += '}\n'
  if (piece !== '') yield piece
}

/** What a block leaves behind that is one line. */
const LINE = 'line'

/** Columns after which what can stand on several lines does. */
const WIDTH = 120

/** How terms are written, and which prefixes they need. */
class Terms {
  readonly usedPrefixes: readonly string[]
  readonly #layout: Layout
  /** By id: the prefix of an IRI, null if it has none. */
  readonly #prefixes: (Prefix | null | undefined)[]
  /** Of predicates, which are few and stand in many triples. */
  readonly #verbs: string[] = []
  /** For each suffix of literals what needs none, and how it is written. */
  readonly #types: readonly { readonly suffix: string; readonly bare: RegExp | undefined; text: string | undefined }[]
  /** By id: 1 for a literal that is written without quotation marks. */
  readonly #isBare: Uint8Array
  readonly #used = new Set<string>()
  readonly #prefixOf: (iri: string) => Prefix | undefined

  constructor(layout: Layout, prefixes: Prefixes) {
    this.#layout = layout
    this.#prefixes = new Array(layout.values.length)
    this.#isBare = new Uint8Array(layout.values.length)
    this.#prefixOf = prefixFinder(prefixes)
    this.#types = layout.suffixes.map(suffix => ({ suffix, bare: SHORTHAND.get(suffix.slice(2)), text: undefined }))
    eachWritten(layout, (id, part) => {
      const kind = layout.kinds[id]!
      if ((kind & LITERAL) !== 0) this.#useType(id, kind >>> SUFFIX)
      else if (kind === TRIPLE) this.text(id)
      else if (kind === IRI && (part !== PREDICATE || id !== layout.ids.type)) this.#prefix(id)
    })
    this.usedPrefixes = [...this.#used].sort()
  }

  text(id: number): string {
    const { values, kinds, triples } = this.#layout
    const [kind, value] = [kinds[id]!, values[id]!]
    if ((kind & LITERAL) !== 0) return this.#literal(id, kind)
    if (kind === IRI) return written(value, this.#prefix(id))
    if (kind === BLANK) return `_:${value}`
    if (kind !== TRIPLE) return ''
    const [subject, predicate, object] = triples.get(id) as readonly [number, number, number]
    if ((kinds[object]! & LITERAL) !== 0) this.#useType(object, kinds[object]! >>> SUFFIX)
    return `<<( ${this.text(subject)} ${this.verb(predicate)} ${this.text(object)} )>>`
  }

  verb(id: number): string {
    this.#verbs[id] ??= id === this.#layout.ids.type ? 'a' : this.text(id)
    return this.#verbs[id]
  }

  /** The prefix of an IRI, which is used from now on. */
  #prefix(id: number): Prefix | null {
    let prefix = this.#prefixes[id]
    if (prefix === undefined) {
      prefix = this.#useOf(this.#layout.values[id]!) ?? null
      this.#prefixes[id] = prefix
    }
    return prefix
  }

  #useOf(iri: string): Prefix | undefined {
    const prefix = this.#prefixOf(iri)
    if (prefix !== undefined) this.#used.add(prefix.prefix)
    return prefix
  }

  /** Sees whether a literal can do without its datatype, else that the prefix of this is declared. */
  #useType(id: number, suffix: number): void {
    const type = this.#types[suffix]!
    if (type.bare?.test(this.#layout.values[id]!.slice(1, -1 - type.suffix.length))) this.#isBare[id] = 1
    else type.text ??= type.suffix.startsWith('^') ? `^^${this.#datatype(type.suffix.slice(2))}` : type.suffix
  }

  #literal(id: number, kind: number): string {
    const value = this.#layout.values[id]!
    const type = this.#types[kind >>> SUFFIX]!
    const end = value.length - type.suffix.length
    if (this.#isBare[id] === 1) return value.slice(1, end - 1)
    return ((kind & CLEAN) !== 0 ? value.slice(0, end) : quoted(value.slice(1, end - 1))) + type.text
  }

  #datatype(iri: string): string {
    return written(iri, this.#useOf(iri))
  }
}

function written(iri: string, prefix: Prefix | null | undefined): string {
  return prefix ? `${prefix.prefix}:${iri.slice(prefix.namespace.length)}` : `<${iri}>`
}

/** A text between quotation marks; one of several lines as such. @see RDF 1.2 Turtle, 2.5.1 (Quoted Literals) */
function quoted(text: string): string {
  if (!text.includes('\n')) return turtleString(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be escaped
  return `"""${text.replace(/[\\\0-\x08\x0b-\x1f\x7f\ufffe\uffff]|"(?="")|"$/g, escapeOf)}"""`
}

/** What is said of one thing, a property a line. */
class Blocks {
  readonly #layout: Layout
  readonly #terms: Terms

  constructor(layout: Layout, terms: Terms) {
    this.#layout = layout
    this.#terms = terms
  }

  block(from: number, to: number, indent: string): string {
    const subject = this.#id(from, SUBJECT)
    const name = this.#layout.unnamed.has(subject) ? '[]' : this.#object(subject, indent)
    const inner = `${indent}  `
    let at = propertyEnd(this.#layout, from, to)
    const first = this.#property(from, at, inner)
    const lineEnd = first.indexOf('\n')
    const width = indent.length + name.length + ' '.length + (lineEnd < 0 ? first.length : lineEnd) + ' ;'.length
    let text = `${indent}${name}${width <= WIDTH ? ' ' : `\n${inner}`}${first}`
    while (at < to) {
      const end = propertyEnd(this.#layout, at, to)
      text += ` ;\n${inner}${this.#property(at, end, inner)}`
      at = end
    }
    return `${text} .\n`
  }

  #properties(from: number, to: number, indent: string): string[] {
    const properties: string[] = []
    for (let at = from; at < to; ) {
      const end = propertyEnd(this.#layout, at, to)
      properties.push(this.#property(at, end, indent))
      at = end
    }
    return properties
  }

  /** One verb with its objects, those of the quads from `from` to `to`. */
  #property(from: number, to: number, indent: string): string {
    const verb = this.#terms.verb(this.#id(from, PREDICATE))
    const used = indent.length + verb.length
    if (to === from + 1) return `${verb} ${this.#object(this.#id(from, OBJECT), indent, used)}`
    const objects: string[] = []
    for (let index = from; index < to; index++) objects.push(this.#object(this.#id(index, OBJECT), indent, used))
    return verb + this.#objects(objects, indent, used)
  }

  #objects(objects: readonly string[], indent: string, used: number): string {
    const line = ` ${objects.join(', ')}`
    if (used + line.length <= WIDTH || line.includes('\n')) return line
    return `\n${indent}  ${objects.join(`,\n${indent}  `)}`
  }

  #object(id: number, indent: string, used = 0): string {
    if (id === this.#layout.ids.nil) return '()'
    const start = this.#layout.kinds[id] === BLANK ? this.#layout.nested.get(id) : undefined
    if (start === undefined) return this.#terms.text(id)
    const items = this.#layout.lists.get(id)
    const inner = `${indent}  `
    if (items) {
      const texts = items.map(item => this.#object(item, inner))
      return within('( ', texts, ' ', ' )', indent, used)
    }
    if (start === this.#layout.order.length) return '[]'
    const properties = this.#properties(start, blockEnd(this.#layout, start), inner)
    return within('[ ', properties, ' ; ', ' ]', indent, used)
  }

  #id(index: number, part: number): number {
    return this.#layout.quads[this.#layout.order[index]! * 4 + part]!
  }
}

/** Parts between brackets: on one line if they fit. */
function within(open: string, parts: readonly string[], separator: string, close: string, indent: string, used: number): string {
  const line = open + parts.join(separator) + close
  if (used + line.length <= WIDTH && !line.includes('\n')) return line
  return `${open.trim()}\n${indent}  ${parts.join(`${separator.trimEnd()}\n${indent}  `)}\n${indent}${close.trim()}`
}

/** What is said of one thing, a triple a line, with a comment behind each. */
class Lines {
  readonly #layout: Layout
  readonly #terms: Terms
  readonly #comment: (position: number) => string

  constructor(layout: Layout, terms: Terms, comment: (position: number) => string) {
    this.#layout = layout
    this.#terms = terms
    this.#comment = comment
  }

  block(from: number, to: number, indent: string): string {
    const { order, quads } = this.#layout
    let text = ''
    for (let index = from; index < to; index++) {
      const position = order[index]!
      const [subject, predicate, object] = quads.subarray(position * 4, position * 4 + 3) as unknown as [number, number, number]
      const lead = index === from ? this.#terms.text(subject) : ' '
      const comment = this.#comment(position)
      text += `${indent}${lead} ${this.#terms.verb(predicate)} ${this.#terms.text(object)} ${index === to - 1 ? '.' : ';'}${comment === '' ? '' : ` # ${comment}`}\n`
    }
    return text
  }
}
