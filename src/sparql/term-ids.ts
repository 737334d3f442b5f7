import type { Term } from '@rdfjs/types'
import type { Dictionary } from '../store/dictionary.ts'
import { termText } from '../store/term-text.ts'
import { integerLiteral, XSD } from './literal.ts'
import { LOCAL } from './pattern.ts'
import { numberOf, order } from './value.ts'

/** Ids of terms in a plan: those of the store, and others for what only the query knows: its constants, and values it computes. */
export class TermIds {
  readonly dictionary: Dictionary
  readonly #numbers: Numbers
  readonly #texts = new Map<string, number>()
  /** Plain strings by themselves: they can be long, and what they would be put together to would have to be copied. */
  readonly #strings = new Map<string, number>()
  #terms: Term[] = []
  #localNumbers: number[] = []
  /** Ids of some whole numbers. */
  #integers: number[] = []

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary
    this.#numbers = numbersOf(dictionary)
  }

  idOf(term: Term): number {
    const held = this.dictionary.idOf(term)
    if (held !== 0) return held
    const [known, text] = this.#keyOf(term)
    let id = known.get(text)
    if (id === undefined) {
      id = LOCAL + this.#terms.length
      known.set(text, id)
      this.#terms.push(term)
    }
    return id
  }

  #keyOf(term: Term): [known: Map<string, number>, text: string] {
    const isPlain = term.termType === 'Literal' && term.language === '' && term.datatype.value === `${XSD}string`
    return isPlain ? [this.#strings, term.value] : [this.#texts, termText(term)]
  }

  termOf(id: number): Term {
    return id < LOCAL ? this.dictionary.termOf(id) : this.#terms[id - LOCAL]!
  }

  isLiteral(id: number): boolean {
    return id < LOCAL ? this.dictionary.kindOf(id) === 3 : this.#terms[id - LOCAL]!.termType === 'Literal'
  }

  /** The value of a number that a double holds exactly, or is; NaN for any other term. */
  numberOf(id: number): number {
    if (id < LOCAL) return this.#numbers.of(id)
    const local = id - LOCAL
    let value = this.#localNumbers[local]
    if (value === undefined) {
      value = exactNumber(this.#terms[local]!)
      this.#localNumbers[local] = value
    }
    return value
  }

  /** The value of an `xsd:integer` that a double holds exactly; NaN for any other term. */
  integerOf(id: number): number {
    return id < LOCAL ? this.#numbers.integer(id) : exactInteger(this.#terms[id - LOCAL]!)
  }

  /** How many digits an `xsd:decimal` that a double stands for has behind its point; -1 for any other term. */
  scaleOf(id: number): number {
    return id < LOCAL ? this.#numbers.scale(id) : exactScale(this.#terms[id - LOCAL]!)
  }

  /** Which of two values comes first, as ORDER BY has it; no value does. */
  order(left: number, right: number): number {
    if (left === 0 || right === 0) return left - right
    if (left < LOCAL && right < LOCAL && this.dictionary.areTexts(left, right)) return this.dictionary.compareTexts(left, right)
    const [a, b] = [this.numberOf(left), this.numberOf(right)]
    return !Number.isNaN(a) && !Number.isNaN(b) && a !== b ? a - b : order(this.termOf(left), this.termOf(right))
  }

  /** The id of a whole number, which many groups may have counted. */
  integerId(value: number): number {
    this.#integers[value] ??= this.idOf(integerLiteral(value))
    return this.#integers[value]
  }

  /** How many terms are the query's own. */
  get localCount(): number {
    return this.#terms.length
  }

  /** Forgets terms beyond a count: what another run of the plan has computed. */
  truncate(count: number): void {
    this.#integers = []
    if (this.#terms.length === count) return
    for (const term of this.#terms.slice(count)) {
      const [known, text] = this.#keyOf(term)
      known.delete(text)
    }
    this.#terms = this.#terms.slice(0, count)
    this.#localNumbers = this.#localNumbers.slice(0, count)
  }
}

/** Numbers of a dictionary, read when they are first asked for. */
class Numbers {
  readonly #dictionary: Dictionary
  #values = new Float64Array()
  #isRead = new Uint8Array()

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary
  }

  of(id: number): number {
    if (id >= this.#isRead.length || this.#isRead[id] === 0) this.#read(id)
    return this.#values[id]!
  }

  integer(id: number): number {
    if (id >= this.#isRead.length || this.#isRead[id] === 0) this.#read(id)
    return this.#isRead[id] === INTEGER ? this.#values[id]! : Number.NaN
  }

  scale(id: number): number {
    if (id >= this.#isRead.length || this.#isRead[id] === 0) this.#read(id)
    return Math.max(this.#isRead[id]! - DECIMAL, -1)
  }

  #read(id: number): void {
    if (id >= this.#isRead.length) this.#grow(id)
    const term = this.#dictionary.kindOf(id) === 3 ? this.#dictionary.termOf(id) : undefined
    this.#values[id] = term === undefined ? Number.NaN : exactNumber(term)
    const scale = term === undefined ? -1 : exactScale(term)
    this.#isRead[id] = scale >= 0 ? DECIMAL + scale : term === undefined || Number.isNaN(exactInteger(term)) ? OTHER : INTEGER
  }

  #grow(id: number): void {
    const room = Math.max(this.#dictionary.count + 1, id + 1)
    const [values, isRead] = [new Float64Array(room), new Uint8Array(room)]
    values.set(this.#values)
    isRead.set(this.#isRead)
    this.#values = values
    this.#isRead = isRead
  }
}

const numbers = new WeakMap<Dictionary, Numbers>()

function numbersOf(dictionary: Dictionary): Numbers {
  let found = numbers.get(dictionary)
  if (found === undefined) {
    found = new Numbers(dictionary)
    numbers.set(dictionary, found)
  }
  return found
}

/** Decimals of more digits than a double holds are left to exact arithmetic. */
function exactNumber(term: Term): number {
  if (term.termType !== 'Literal') return Number.NaN
  const value = numberOf(term)
  if (value === undefined) return Number.NaN
  return term.value.length > 15 && !FLOATING.test(term.datatype.value) ? Number.NaN : value
}

function exactInteger(term: Term): number {
  if (term.termType !== 'Literal' || term.datatype.value !== `${XSD}integer`) return Number.NaN
  const value = exactNumber(term)
  return Number.isSafeInteger(value) ? value : Number.NaN
}

function exactScale(term: Term): number {
  if (term.termType !== 'Literal' || term.datatype.value !== `${XSD}decimal` || Number.isNaN(exactNumber(term))) return -1
  const point = term.value.indexOf('.')
  return point < 0 ? 0 : term.value.length - point - 1
}

/** What has been read of a term; of a decimal with its scale on top. */
const [OTHER, INTEGER, DECIMAL] = [1, 2, 3]

const FLOATING = /#(double|float)$/
