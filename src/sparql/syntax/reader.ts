import type { BlankNode, Literal, NamedNode, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { resolveIRI } from '../../rdf/iri.ts'
import { rdf, xsd } from '../../rdf/vocabulary.ts'
import type { Algebra } from '../algebra.ts'
import { SyntaxFault } from './fault.ts'
import { TokenReader } from './token.ts'

/** How many brackets may stand within each other: each takes a few frames of the stack. */
const DEEPEST = 200

export interface ReaderOptions {
  readonly baseIRI?: string | undefined
  readonly prefixes?: Readonly<Record<string, string>> | undefined
}

/** What blank nodes come to: variables in patterns, themselves in templates and in data; or they are not allowed. */
export type BlankNodes = 'variables' | 'nodes' | 'data' | 'none'

/** What is known within the group or the query that is being read. */
export interface Surroundings {
  /** The variables in scope. @see SPARQL 1.1 Query Language, 18.2.1 */
  scope: Set<string>
  /** The aggregates of the query with their variables; undefined where none is allowed. */
  aggregates?: Algebra[] | undefined
  isInAggregate?: boolean
  /** The variables outside of aggregates that an expression of SELECT names, with their places. */
  named?: { readonly name: string; readonly start: number; readonly end: number }[] | undefined
}

/** Reads the terms of a text, and keeps what is known of it so far. */
export class Reader extends TokenReader {
  readonly prefixes: Record<string, string>
  base: string | undefined
  here: Surroundings = { scope: new Set() }
  blankNodes: BlankNodes = 'variables'
  /** Data of an update have no variables. */
  hasVariables = true
  /** In which basic graph pattern, or data, each label stands: it must be one. @see SPARQL 1.1 Query Language, 4.1.4, 19.6 */
  readonly #patternOf = new Map<string, number>()
  /** The basic graph pattern that is being read, and how many there are. */
  pattern = 0
  #patterns = 0
  #depth = 0
  #prefixOfNames: string | undefined
  #count = 0

  constructor(text: string, { baseIRI, prefixes }: ReaderOptions) {
    super(text)
    this.base = baseIRI
    this.prefixes = Object.assign(Object.create(null), prefixes)
  }

  /**
   * Reads what stands between brackets, of which the first is passed over, and the other.
   *
   * @throws RangeError for one bracket too many
   */
  within<T>(close: string, read: () => T): T {
    if (++this.#depth > DEEPEST) throw new RangeError(`more than ${DEEPEST} brackets within each other`)
    const found = read()
    this.#depth--
    this.expect(close)
    return found
  }

  /** What comes now belongs to another basic graph pattern. */
  beginPattern(): void {
    this.pattern = ++this.#patterns
  }

  /** The name of a variable as it is written, without `?`. */
  variableName(): string {
    if (this.kind !== '?v' || !this.hasVariables) this.fail('variable')
    const name = this.text.slice(this.start + 1, this.end)
    this.next()
    return name
  }

  /** A variable to which a pattern gives a value. */
  boundVariable(): Variable {
    const name = this.variableName()
    this.here.scope.add(name)
    return DataFactory.variable(name)
  }

  /** A variable that stands for no word of the text. */
  freshVariable(): Variable {
    return DataFactory.variable(this.#nameOf(`var${this.#count++}`))
  }

  /** A blank node that has no label in the text, or one that stands there. */
  blankNode(label?: string): Variable | BlankNode {
    if (this.blankNodes === 'none') this.refuse('a blank node is not allowed here', 'write an IRI or a variable')
    const name = this.#nameOf(label === undefined ? `g_${this.#count++}` : `e_${label}`)
    if (label !== undefined && this.blankNodes !== 'nodes') this.#note(label)
    return this.blankNodes === 'variables' ? DataFactory.variable(name) : DataFactory.blankNode(name)
  }

  #note(label: string): void {
    const pattern = this.#patternOf.get(label) ?? this.pattern
    if (pattern !== this.pattern) this.refuse(`_:${label} is used in two groups`, `write a variable in its place: ?${label}`)
    this.#patternOf.set(label, pattern)
  }

  /** A generated name begins with so many `_` that no variable of the text is like it. */
  #nameOf(name: string): string {
    if (this.#prefixOfNames === undefined) {
      this.#prefixOfNames = ''
      while (new RegExp(`[?$]${this.#prefixOfNames}(?:[eg]_|var\\d)`).test(this.text)) this.#prefixOfNames += '_'
    }
    return this.#prefixOfNames + name
  }

  get isIri(): boolean {
    return this.kind === '<i>' || this.kind === 'p:n'
  }

  iri(): NamedNode {
    const { kind } = this
    if (kind !== '<i>' && kind !== 'p:n') this.fail('IRI')
    const iri = kind === '<i>' ? this.#iriReference() : this.#prefixedName()
    this.next()
    return DataFactory.namedNode(iri)
  }

  /** The IRI of a PREFIX or BASE, in which no prefix is used. */
  plainIri(): string {
    if (this.kind !== '<i>') this.fail('IRI')
    const iri = this.#iriReference()
    this.next()
    return iri
  }

  #iriReference(): string {
    const written = this.text.slice(this.start + 1, this.end - 1)
    const iri = written.includes('\\') ? this.#unescaped(written) : written
    // An absolute one is left as it is written.
    const resolved = ABSOLUTE.test(iri) ? iri : resolveIRI(iri, this.base)
    if (resolved !== undefined) return resolved
    return this.refuse(`<${iri}> is relative, and nothing says to what`, 'write the whole IRI, or BASE <…> at the beginning')
  }

  #prefixedName(): string {
    const { text, start, end } = this
    const colon = text.indexOf(':', start)
    const prefix = text.slice(start, colon)
    const namespace = this.prefixes[prefix]
    if (namespace === undefined) throw new SyntaxFault(start, colon + 1, { prefix })
    const local = text.slice(colon + 1, end)
    return namespace + (local.includes('\\') ? local.replace(/\\(.)/gs, '$1') : local)
  }

  /** Whether a literal begins here. */
  get isLiteral(): boolean {
    const { kind } = this
    return kind === '"s"' || kind === '1' || kind === '-1' || kind === 'TRUE' || kind === 'FALSE'
  }

  literal(): Literal {
    const { kind } = this
    if (kind === '"s"') return this.#stringLiteral()
    if (kind === '1' || kind === '-1') return this.number(0)
    if (kind !== 'TRUE' && kind !== 'FALSE') this.fail('literal')
    this.next()
    return DataFactory.literal(kind.toLowerCase(), xsd.boolean)
  }

  /** A number, without so many of its first characters. */
  number(skipped: number): Literal {
    const image = this.text.slice(this.start + skipped, this.end)
    const datatype = this.kind === '1' ? xsd.integer : datatypeOf(image)
    this.next()
    return DataFactory.literal(image, datatype)
  }

  /** A string, without what may follow it. */
  string(): string {
    if (this.kind !== '"s"') this.fail('string')
    const { text, start, end } = this
    const quotes = end - start >= 6 && text[start + 1] === text[start] && text[start + 2] === text[start] ? 3 : 1
    const written = text.slice(start + quotes, end - quotes)
    if (HALF.test(written)) this.#refuseHalf()
    const value = written.includes('\\') ? this.#unescaped(written) : written
    this.next()
    return value
  }

  #stringLiteral(): Literal {
    const value = this.string()
    if (this.kind === '@l') {
      const [language, direction] = this.image.slice(1).toLowerCase().split('--') as [string, 'ltr' | 'rtl' | undefined]
      if (direction !== undefined && direction !== 'ltr' && direction !== 'rtl')
        this.refuse('the direction of a text is ltr or rtl', 'write --ltr or --rtl after the language')
      this.next()
      return DataFactory.literal(value, (direction === undefined ? language : { language, direction }) as string)
    }
    return this.take('^^') ? DataFactory.literal(value, this.iri()) : DataFactory.literal(value)
  }

  /** @see SPARQL 1.2 Query Language, 19.2 (Codepoint Escape Sequences), 19.7 (Escape sequences in strings) */
  #unescaped(written: string): string {
    return written.replace(/\\(?:u(.{4})|U(.{8})|(.))/gs, (_, four?: string, eight?: string, other?: string) => {
      if (other !== undefined) return ESCAPES[other] ?? other
      const code = Number.parseInt((four ?? eight)!, 16)
      return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? this.#refuseHalf() : String.fromCodePoint(code)
    })
  }

  #refuseHalf(): never {
    return this.refuse('this holds half a character', 'write the character itself')
  }

  /** A property that is an IRI or `a`. */
  property(): NamedNode {
    return this.take('a') ? rdf.type : this.iri()
  }

  /** A variable or an IRI, as in `GRAPH` and `SERVICE`. */
  name(): Term {
    return this.kind === '?v' ? this.boundVariable() : this.iri()
  }
}

/** Half of a character that has two code units. */
const HALF = /\p{Surrogate}/u

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' }

function datatypeOf(number: string): NamedNode {
  if (/e/i.test(number)) return xsd.double
  return number.includes('.') ? xsd.decimal : xsd.integer
}

const ABSOLUTE = /^[a-z][a-z\d+.-]*:/i
