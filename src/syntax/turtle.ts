import { type Prefix, type Prefixes, prefixFinder } from '../rdf/prefixes.ts'
import { escapeOf, SHORTHAND, turtleString } from '../rdf/turtle.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { CLASSES, DIGIT, DOT, GREATER, LESS, SMALL_A } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, LITERAL, TRIPLE_TERM } from '../store/dictionary.ts'
import { blockEnd, eachWritten, type Layout, propertyEnd } from './layout.ts'
import { LineParts, WIDTH } from './line-parts.ts'
import { PIECE } from './lines.ts'
import { GRAPH, OBJECT, PREDICATE, SUBJECT } from './order.ts'
import type { Utf8Text } from './utf8-text.ts'

/**
 * Turtle, or TriG where there are named graphs, as a person would write it: the prefixes that are used; a block for each thing,
 * a line for each property; what fits on a line on one, else a value a line.
 *
 * @param comment behind each triple, by the position of its quad; then every triple has a line of its own
 * @see RDF 1.2 Turtle, 2 (Turtle Language); RDF 1.2 TriG, 2
 */
export function* turtle(
  layout: Layout,
  prefixes: Prefixes,
  out: Utf8Text,
  comment?: (position: number) => string,
): Generator<Uint8Array> {
  const { order, quads, kinds, nested } = layout
  const terms = new Terms(layout, prefixes, out)
  const version = layout.triples.size > 0 || layout.hasDirection ? 'VERSION "1.2"\n' : ''
  const head = version + terms.usedPrefixes.map(prefix => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join('')
  out.put(head)
  let gap = head === '' ? '' : '\n'
  const blocks = comment === undefined ? new Blocks(layout, terms, out) : new Lines(layout, terms, out, comment)
  let open = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    to = blockEnd(layout, from)
    const [subject, graph] = [quads[order[from]! * 4]!, quads[order[from]! * 4 + GRAPH]!]
    if (graph !== open && kinds[graph] !== DEFAULT_GRAPH) {
      if (open !== 0) out.put('}\n')
      if (gap !== '' || open !== 0) out.put('\n')
      terms.put(graph)
      out.put(' {\n')
      gap = ''
      open = graph
    }
    if (nested.has(subject)) continue
    // Triples that stand alone need no air between them.
    const isShort = propertyEnd(layout, from, to) === to
    if (gap === '\n' || (gap === LINE && !isShort)) out.put('\n')
    const start = out.length
    blocks.put(from, to, open === 0 ? '' : '  ')
    const isLine = isShort && out.lineEnd(start) === out.length - 1
    if (gap === LINE && isShort && !isLine) out.replace(start, start, '\n')
    gap = isLine ? LINE : '\n'
    if (out.length >= PIECE) yield out.take()
  }
  if (open !== 0) out.put('}\n')
  if (out.length > 0) yield out.take()
}

/** What a block leaves behind that is one line. */
const LINE = ' '

/** How terms are written, and which prefixes they need. */
class Terms {
  readonly usedPrefixes: readonly string[]
  readonly #layout: Layout
  readonly #out: Utf8Text
  /** By id what was found out: `BARE` and more for a literal, for an IRI the place of its prefix in `#prefixes`; 0 for nothing yet. */
  readonly #forms: Uint32Array
  readonly #prefixes: (Named | undefined)[] = [undefined, undefined]
  readonly #places = new Map<string, number>()
  readonly #prefixOf: (iri: string) => Prefix | undefined
  /** By the id of a datatype or language: what stands behind the text of a literal, and what needs neither that nor quotation marks. */
  readonly #types = new Map<number, { readonly bare: RegExp | undefined; readonly points: number; text: string | undefined }>()

  constructor(layout: Layout, prefixes: Prefixes, out: Utf8Text) {
    this.#layout = layout
    this.#out = out
    this.#forms = layout.room.numbers(layout.dictionary.count + 1)
    this.#prefixOf = prefixFinder(prefixes)
    eachWritten(layout, (id, part) => {
      if (this.#forms[id] !== 0 || (part === PREDICATE && id === layout.ids.type)) return
      this.#look(id)
    })
    this.usedPrefixes = [...this.#places.keys()].sort()
  }

  put(id: number): void {
    const { heap, ends, kinds } = this.#layout
    const kind = kinds[id]
    if (kind === LITERAL) this.#putLiteral(id)
    else if (kind === IRI) {
      const prefix = this.#prefixes[this.#forms[id]!]
      if (prefix === undefined) {
        this.#out.putByte(LESS)
        this.#out.putBytes(heap, ends[id - 1], ends[id])
        this.#out.putByte(GREATER)
      } else {
        this.#out.putBytes(prefix.bytes)
        this.#out.putBytes(heap, ends[id - 1]! + prefix.byteLength, ends[id])
      }
    } else if (kind === BLANK_NODE) this.#out.put(`_:${this.#layout.labels.get(id) ?? this.#layout.dictionary.valueOf(id)}`)
    else if (kind === TRIPLE_TERM) this.#putTriple(this.#layout.triples.get(id) as readonly [number, number, number])
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
    const { heap, ends, tags, dictionary } = this.#layout
    if (this.#forms[id] === BARE) {
      this.#out.putBytes(heap, ends[id - 1], ends[id])
      return
    }
    if (!this.#out.putQuoted(heap, ends[id - 1]!, ends[id]!)) this.#out.put(quoted(dictionary.valueOf(id)))
    const tag = tags[id]!
    if (tag !== 0) this.#out.put(this.#types.get(tag)!.text!)
  }

  /** Finds out how a term is written. */
  #look(id: number): void {
    const { kinds, triples, dictionary, ids } = this.#layout
    const kind = kinds[id]
    if (kind === LITERAL) this.#forms[id] = this.#isBare(id) ? BARE : QUOTED
    else if (kind === IRI) this.#forms[id] = this.#placeOf(dictionary.valueOf(id))
    else if (kind === TRIPLE_TERM) {
      this.#forms[id] = QUOTED
      for (const [part, each] of triples.get(id)!.entries())
        if (this.#forms[each] === 0 && !(part === PREDICATE && each === ids.type)) this.#look(each)
    }
  }

  /** Whether a literal can do without its datatype; that else the prefix of this is declared is seen to. */
  #isBare(id: number): boolean {
    const { heap, ends, kinds, tags, dictionary } = this.#layout
    const tag = tags[id]!
    if (tag === 0) return false
    let type = this.#types.get(tag)
    if (type === undefined) {
      const iri = dictionary.valueOf(tag)
      const points = iri === xsd.integer.value ? 0 : iri === xsd.decimal.value ? 1 : -1
      type = { bare: SHORTHAND.get(iri), points, text: undefined }
      this.#types.set(tag, type)
    }
    // Most such literals are numbers, for which no text is made.
    if (
      type.bare !== undefined &&
      (isNumeral(heap, ends[id - 1]!, ends[id]!, type.points) || type.bare.test(dictionary.valueOf(id)))
    )
      return true
    type.text ??= kinds[tag] === IRI ? `^^${this.#datatype(dictionary.valueOf(tag))}` : `@${dictionary.valueOf(tag)}`
    return false
  }

  #datatype(iri: string): string {
    const prefix = this.#prefixes[this.#placeOf(iri)]
    return prefix === undefined ? `<${iri}>` : prefix.name + iri.slice(prefix.namespace.length)
  }

  /** The place of the prefix of an IRI, which is used from now on; 1 if it has none. */
  #placeOf(iri: string): number {
    const found = this.#prefixOf(iri)
    if (found === undefined) return 1
    let place = this.#places.get(found.prefix)
    if (place === undefined) {
      const { prefix, namespace } = found
      const name = `${prefix}:`
      place = this.#prefixes.push({ name, namespace, byteLength: Buffer.byteLength(namespace), bytes: Buffer.from(name) }) - 1
      this.#places.set(prefix, place)
    }
    return place
  }
}

/** A prefix with its colon, as text and as bytes, and how many bytes it stands for. */
interface Named {
  readonly name: string
  readonly namespace: string
  readonly byteLength: number
  readonly bytes: Uint8Array
}

const [QUOTED, BARE] = [1, 2]

/** Whether bytes are digits that begin and end with one, with so many points among them. */
function isNumeral(bytes: Uint8Array, from: number, to: number, points: number): boolean {
  if (from === to || bytes[from] === DOT || bytes[to - 1] === DOT) return false
  let left = points
  for (let at = from; at < to; at++) {
    if (bytes[at] === DOT) left--
    else if ((CLASSES[bytes[at]!]! & DIGIT) === 0) return false
  }
  return left === 0
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
  readonly #out: Utf8Text

  constructor(layout: Layout, terms: Terms, out: Utf8Text) {
    this.#layout = layout
    this.#terms = terms
    this.#out = out
  }

  put(from: number, to: number, indent: string): void {
    const out = this.#out
    const subject = this.#id(from, SUBJECT)
    const start = out.length
    const inner = `${indent}  `
    out.put(indent)
    if (this.#layout.unnamed.has(subject)) out.put('[]')
    else this.#putObject(subject, indent)
    const gap = out.length
    out.put(' ')
    let at = propertyEnd(this.#layout, from, to)
    this.#putProperty(from, at, inner)
    if (!out.isWithin(WIDTH - ' ;'.length, start, out.lineEnd(gap))) out.replace(gap, gap + 1, `\n${inner}`)
    while (at < to) {
      const end = propertyEnd(this.#layout, at, to)
      out.put(' ;\n')
      out.put(inner)
      this.#putProperty(at, end, inner)
      at = end
    }
    out.put(' .\n')
  }

  /** One verb with its objects, those of the quads from `from` to `to`. */
  #putProperty(from: number, to: number, indent: string): void {
    const out = this.#out
    const start = out.length
    this.#terms.putVerb(this.#id(from, PREDICATE))
    if (to === from + 1) {
      const object = this.#id(from, OBJECT)
      // Only what nests asks how much stands before it.
      const used = this.#layout.kinds[object] === BLANK_NODE ? indent.length + out.width(start) : 0
      out.put(' ')
      this.#putObject(object, indent, used)
      return
    }
    const used = indent.length + out.width(start)
    const objects = new LineParts(out, ' ', ', ', '')
    for (let index = from; index < to; index++) {
      objects.next()
      this.#putObject(this.#id(index, OBJECT), indent, used)
    }
    objects.close()
    if (!objects.fits(used) && !objects.hasBreak) objects.spread(indent)
  }

  #putObject(id: number, indent: string, used = 0): void {
    const { ids, kinds, lists, nested, order } = this.#layout
    if (id === ids.nil) {
      this.#out.put('()')
      return
    }
    const start = kinds[id] === BLANK_NODE ? nested.get(id) : undefined
    if (start === undefined) {
      this.#terms.put(id)
      return
    }
    const items = lists.get(id)
    if (start === order.length && items === undefined) {
      this.#out.put('[]')
      return
    }
    const inner = `${indent}  `
    const parts = items ? new LineParts(this.#out, '( ', ' ', ' )') : new LineParts(this.#out, '[ ', ' ; ', ' ]')
    if (items)
      for (const item of items) {
        parts.next()
        this.#putObject(item, inner)
      }
    else
      for (let at = start, to = blockEnd(this.#layout, start); at < to; ) {
        const end = propertyEnd(this.#layout, at, to)
        parts.next()
        this.#putProperty(at, end, inner)
        at = end
      }
    parts.close()
    if (!parts.fits(used)) parts.spread(indent)
  }

  #id(index: number, part: number): number {
    return this.#layout.quads[this.#layout.order[index]! * 4 + part]!
  }
}

/** What is said of one thing, a triple a line, with a comment behind each. */
class Lines {
  readonly #layout: Layout
  readonly #terms: Terms
  readonly #out: Utf8Text
  readonly #comment: (position: number) => string

  constructor(layout: Layout, terms: Terms, out: Utf8Text, comment: (position: number) => string) {
    this.#layout = layout
    this.#terms = terms
    this.#out = out
    this.#comment = comment
  }

  put(from: number, to: number, indent: string): void {
    const { order, quads } = this.#layout
    for (let index = from; index < to; index++) {
      const position = order[index]!
      const [subject, predicate, object] = quads.subarray(position * 4, position * 4 + 3) as unknown as [number, number, number]
      this.#out.put(indent)
      if (index === from) this.#terms.put(subject)
      else this.#out.put(' ')
      this.#out.put(' ')
      this.#terms.putVerb(predicate)
      this.#out.put(' ')
      this.#terms.put(object)
      const comment = this.#comment(position)
      this.#out.put(`${index === to - 1 ? ' .' : ' ;'}${comment === '' ? '' : ` # ${comment}`}\n`)
    }
  }
}
