import { isLocalName, longestFirst, type Prefixes } from '../rdf/prefixes.ts'
import { escapeOf, SHORTHAND, turtleString } from '../rdf/turtle.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { CLASSES, DIGIT, DOT, GREATER, LESS, LETTER, SMALL_A, SPACE } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, LITERAL, TRIPLE_TERM } from '../store/dictionary.ts'
import { AS_PREDICATE, blockEnd, eachWritten, type Layout, propertyEnd } from './layout.ts'
import { LineParts, WIDTH } from './line-parts.ts'
import { PIECE } from './lines.ts'
import { Namespaces } from './namespaces.ts'
import { GRAPH, OBJECT, PREDICATE, SUBJECT } from './order.ts'
import { TermMap } from './term-map.ts'
import { Phrase, type Utf8Text } from './utf8-text.ts'

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
  const terms = new Terms(layout, prefixes, out)
  const version = layout.triples.size > 0 || layout.hasDirection ? 'VERSION "1.2"\n' : ''
  const head = version + terms.usedPrefixes.map(prefix => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join('')
  out.put(head)
  const blocks = comment === undefined ? new Blocks(layout, terms, out) : new Lines(layout, terms, out, comment)
  const text = new Document(layout, terms, out, blocks, head !== '')
  for (let from = 0; from < layout.order.length; ) {
    from = text.putBlocks(from)
    if (out.length >= PIECE) yield out.take()
  }
  text.close()
  if (out.length > 0) yield out.take()
}

/** Blocks with air between them, those of a named graph in braces. */
class Document {
  readonly #layout: Layout
  readonly #terms: Terms
  readonly #out: Utf8Text
  readonly #blocks: Blocks | Lines
  /** What stands between the last block and the next: nothing, a blank line, or `LINE`. */
  #gap: string
  /** The id of the graph whose braces are open. */
  #open = 0

  constructor(layout: Layout, terms: Terms, out: Utf8Text, blocks: Blocks | Lines, hasHead: boolean) {
    this.#layout = layout
    this.#terms = terms
    this.#out = out
    this.#blocks = blocks
    this.#gap = hasHead ? '\n' : ''
  }

  /**
   * Puts blocks until the piece is large enough. Not within a generator, whose loops V8 compiles late and sometimes not at all.
   *
   * @returns the index of the quad that is the next
   */
  putBlocks(start: number): number {
    const { order, quads, kinds, nested } = this.#layout
    let from = start
    while (from < order.length && this.#out.length < PIECE) {
      const to = blockEnd(this.#layout, from)
      const [subject, graph] = [quads[order[from]! * 4]!, quads[order[from]! * 4 + GRAPH]!]
      if (graph !== this.#open && kinds[graph] !== DEFAULT_GRAPH) this.#openGraph(graph)
      if (nested.size === 0 || !nested.has(subject)) this.#putBlock(from, to)
      from = to
    }
    return from
  }

  close(): void {
    if (this.#open !== 0) this.#out.put('}\n')
  }

  #openGraph(graph: number): void {
    this.close()
    if (this.#gap !== '' || this.#open !== 0) this.#out.put('\n')
    this.#terms.put(graph)
    this.#out.put(' {\n')
    this.#gap = ''
    this.#open = graph
  }

  #putBlock(from: number, to: number): void {
    const out = this.#out
    // Triples that stand alone need no air between them.
    const isShort = propertyEnd(this.#layout, from, to) === to
    if (this.#gap === '\n' || (this.#gap === LINE && !isShort)) out.putPhrase(BREAK)
    const start = out.length
    this.#blocks.put(from, to, this.#open === 0 ? '' : '  ')
    const isLine = isShort && out.lineEnd(start) === out.length - 1
    if (this.#gap === LINE && isShort && !isLine) out.replace(start, start, '\n')
    this.#gap = isLine ? LINE : '\n'
  }
}

/** What a block leaves behind that is one line. */
const LINE = ' '

/** How terms are written, and which prefixes they need. */
class Terms {
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

/** What stands between blocks; between properties, also within a named graph; and behind these. */
const [BREAK, NEXT, NEXT_WITHIN, END] = [new Phrase('\n'), new Phrase(' ;\n  '), new Phrase(' ;\n    '), new Phrase(' .\n')]

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
    out.putByte(SPACE)
    let at = propertyEnd(this.#layout, from, to)
    this.#putProperty(from, at, inner)
    if (!out.isWithin(WIDTH - ' ;'.length, start, out.lineEnd(gap))) out.replace(gap, gap + 1, `\n${inner}`)
    const next = indent === '' ? NEXT : NEXT_WITHIN
    while (at < to) {
      const end = propertyEnd(this.#layout, at, to)
      out.putPhrase(next)
      this.#putProperty(at, end, inner)
      at = end
    }
    out.putPhrase(END)
  }

  /** One verb with its objects, those of the quads from `from` to `to`. */
  #putProperty(from: number, to: number, indent: string): void {
    const out = this.#out
    const start = out.length
    const verb = this.#id(from, PREDICATE)
    if (to === from + 1) {
      this.#terms.putLead(verb)
      const object = this.#id(from, OBJECT)
      // Only what nests asks how much stands before it.
      if (this.#layout.kinds[object] !== BLANK_NODE) this.#putObject(object, indent)
      else this.#putObject(object, indent, indent.length + out.width(start) - ' '.length)
      return
    }
    this.#terms.putVerb(verb)
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
