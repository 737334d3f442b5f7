import type { Prefixes } from '../rdf/prefixes.ts'
import { SPACE } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH } from '../store/dictionary.ts'
import { blockEnd, type Layout, propertyEnd } from './layout.ts'
import { LineParts, WIDTH } from './line-parts.ts'
import { PIECE } from './lines.ts'
import { GRAPH, OBJECT, PREDICATE, SUBJECT } from './order.ts'
import { TurtleTerms } from './turtle-terms.ts'
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
  const terms = new TurtleTerms(layout, prefixes, out)
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
  readonly #terms: TurtleTerms
  readonly #out: Utf8Text
  readonly #blocks: Blocks | Lines
  /** What stands between the last block and the next: nothing, a blank line, or `LINE`. */
  #gap: string
  /** The id of the graph whose braces are open. */
  #open = 0

  constructor(layout: Layout, terms: TurtleTerms, out: Utf8Text, blocks: Blocks | Lines, hasHead: boolean) {
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

/** What stands between blocks; between properties, also within a named graph; and behind these. */
const [BREAK, NEXT, NEXT_WITHIN, END] = [new Phrase('\n'), new Phrase(' ;\n  '), new Phrase(' ;\n    '), new Phrase(' .\n')]

/** What is said of one thing, a property a line. */
class Blocks {
  readonly #layout: Layout
  readonly #terms: TurtleTerms
  readonly #out: Utf8Text

  constructor(layout: Layout, terms: TurtleTerms, out: Utf8Text) {
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
  readonly #terms: TurtleTerms
  readonly #out: Utf8Text
  readonly #comment: (position: number) => string

  constructor(layout: Layout, terms: TurtleTerms, out: Utf8Text, comment: (position: number) => string) {
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
