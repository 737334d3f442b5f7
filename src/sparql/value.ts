import type { Literal, Term } from '@rdfjs/types'
import { termKey } from '../rdf/term.ts'
import { datatypeOf, RDF, XSD } from './literal.ts'
import {
  compareMoments,
  DURATION_TYPES,
  type Duration,
  MOMENT_TYPES,
  type Moment,
  orderMoments,
  parseDuration,
  parseMoment,
} from './moment.ts'
import { compareNumbers, NUMERIC_TYPES, type NumberValue, orderNumbers, parseNumber } from './number.ts'

/** The value of a string: with a language, or with '' for a plain one; the direction is '' for none. */
export interface StringValue {
  readonly kind: 'string'
  readonly text: string
  readonly language: string
  readonly direction: string
}

export interface BooleanValue {
  readonly kind: 'boolean'
  readonly value: boolean
}

/** The value of a literal of a datatype that is known here. */
export type Value = NumberValue | StringValue | BooleanValue | Moment | Duration

/** Values that have been asked for. A literal of a store is one object, so that it is read once. */
const values = new WeakMap<Literal, Value | 'ill-typed'>()

/**
 * The value of a literal; undefined for a datatype that is not known, and for a text that is not one of its datatype's.
 *
 * @see RDF 1.2 Concepts, 3.3 (Literals)
 */
export function termValue(term: Term): Value | undefined {
  if (term.termType !== 'Literal') return undefined
  let value = values.get(term)
  if (value === undefined) {
    const datatype = datatypeOf(term)
    // To keep a string would cost more than to read it again.
    if (datatype === XSD_STRING) return plainString(term)
    value = READERS.get(datatype)?.(term) ?? 'ill-typed'
    values.set(term, value)
  }
  return value === 'ill-typed' ? undefined : value
}

const XSD_STRING = `${XSD}string`
const STRING_TYPES = ['anyURI', 'normalizedString', 'token', 'language', 'NMTOKEN', 'Name', 'NCName', 'ID', 'IDREF', 'ENTITY']

/**
 * How the literals of a datatype are read. Among strings are those of types derived from `xsd:string` and promoted to it.
 *
 * @see XML Schema 1.1 Part 2, 3.4 (Other Built-in Datatypes); XPath 2.0, B.1 (Type Promotion)
 */
const READERS = new Map<string, (literal: Literal) => Value | undefined>()
for (const name of STRING_TYPES) READERS.set(XSD + name, plainString)
for (const name of ['langString', 'dirLangString']) READERS.set(RDF + name, languageString)
for (const name of NUMERIC_TYPES) READERS.set(XSD + name, ({ value }) => parseNumber(value, name))
for (const name of MOMENT_TYPES) READERS.set(XSD + name, ({ value }) => parseMoment(value, name))
for (const name of DURATION_TYPES) READERS.set(XSD + name, ({ value }) => parseDuration(value, name))
READERS.set(`${XSD}boolean`, booleanValue)

function plainString({ value }: Literal): StringValue {
  return { kind: 'string', text: value, language: '', direction: '' }
}

function languageString({ value, language, direction }: Literal): StringValue {
  return { kind: 'string', text: value, language: language.toLowerCase(), direction: direction ?? '' }
}

function booleanValue({ value }: Literal): BooleanValue | undefined {
  return /^(true|false|[01])$/.test(value) ? { kind: 'boolean', value: value === 'true' || value === '1' } : undefined
}

/** The value of a number as a double; undefined for anything else. */
export function numberOf(term: Term): number | undefined {
  const value = termValue(term)
  return value?.kind === 'number' ? value.double : undefined
}

/**
 * Whether a term counts as true; undefined for a type error.
 *
 * @see SPARQL 1.2 Query Language, 17.2.2 (Effective Boolean Value): neither a string with a language nor an ill-typed literal has one
 */
export function effectiveBoolean(term: Term): boolean | undefined {
  const value = termValue(term)
  switch (value?.kind) {
    case 'boolean':
      return value.value
    case 'number':
      return value.double !== 0 && !Number.isNaN(value.double)
    case 'string':
      return value.language === '' ? value.text !== '' : undefined
    default:
      return undefined
  }
}

/** Whether two terms are the same, with language tags whatever their case. @see SPARQL 1.1 Query Language, 17.4.1.8 (sameTerm) */
export function isSameTerm(a: Term, b: Term): boolean {
  if (a === b || a.equals(b)) return true
  return a.termType === b.termType && (a.termType === 'Literal' || a.termType === 'Quad') && termKey(a) === termKey(b)
}

/**
 * What `=` says. Literals of known datatypes are equal or not by their values, and those of different kinds are not; a literal with
 * a language equals no other. Of unknown datatypes only the same term is known to be equal.
 *
 * @returns undefined for a type error
 * @see SPARQL 1.1 Query Language, 17.3 (Operator Mapping) and 17.4.1.7 (RDFterm-equal); the W3C tests `open-eq-08` and `date-2`
 */
export function isEqual(a: Term, b: Term): boolean | undefined {
  if (a.termType === 'Quad' && b.termType === 'Quad') return isEqualTriple(a, b)
  if (a.termType !== 'Literal' || b.termType !== 'Literal') return isSameTerm(a, b)
  const [one, other] = [termValue(a), termValue(b)]
  if (one !== undefined && other !== undefined) return isEqualValue(one, other)
  if (isSameTerm(a, b)) return true
  const known = one ?? other
  return known?.kind === 'string' && known.language !== '' ? false : undefined
}

/** All three must be equal; one pair that is not makes an error in another no matter. */
function isEqualTriple(a: Term & { termType: 'Quad' }, b: Term & { termType: 'Quad' }): boolean | undefined {
  const places = (['subject', 'predicate', 'object'] as const).map(place => isEqual(a[place], b[place]))
  return places.includes(false) ? false : places.includes(undefined) ? undefined : true
}

function isEqualValue(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'string' && b.kind === 'string')
    return a.text === b.text && a.language === b.language && a.direction === b.direction
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a, b) === 0
  if (a.kind === 'boolean' && b.kind === 'boolean') return a.value === b.value
  if (a.kind === 'duration' && b.kind === 'duration') return a.months === b.months && a.nanoseconds === b.nanoseconds
  if (a.kind !== 'moment' || b.kind !== 'moment' || a.type !== b.type) return false
  const difference = compareMoments(a, b)
  return difference === undefined ? undefined : difference === 0
}

/**
 * Negative, 0 or positive as `<`, `=` and `>` say; NaN where a number is none, so that each of them is false.
 *
 * @returns undefined for a type error: terms that have no order
 * @see SPARQL 1.1 Query Language, 17.3 (Operator Mapping); strings without a language compare by code points
 * @example compare(literal('a'), literal('B')) > 0 // true
 */
export function compare(a: Term, b: Term): number | undefined {
  const [one, other] = [termValue(a), termValue(b)]
  if (one === undefined || other === undefined) return undefined
  if (one.kind === 'number' && other.kind === 'number') return compareNumbers(one, other)
  if (one.kind === 'string' && other.kind === 'string')
    return one.language === '' && other.language === '' ? compareTexts(one.text, other.text) : undefined
  if (one.kind === 'boolean' && other.kind === 'boolean') return Number(one.value) - Number(other.value)
  if (one.kind === 'moment' && other.kind === 'moment') return one.type === other.type ? compareMoments(one, other) : undefined
  if (one.kind !== 'duration' || other.kind !== 'duration' || one.type !== other.type) return undefined
  return one.type === 'duration' ? undefined : orderDurations(one, other)
}

/** By code points. JavaScript compares halves of pairs, which stand for characters above all others but have smaller numbers. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  if (!HALF.test(a) && !HALF.test(b)) return a < b ? -1 : 1
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (one !== other) return isHalf(one) === isHalf(other) ? one - other : isHalf(one) ? 1 : -1
  }
  return a.length - b.length
}

const HALF = /[\ud800-\udfff]/

function isHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xe000
}

function orderDurations(a: Duration, b: Duration): number {
  return a.months - b.months || (a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds ? 1 : 0)
}

/**
 * A total order of terms: blank nodes, IRIs, literals, triples. Literals go by kind and then by value: numbers, strings (with and
 * without a language), booleans, times of day, dates, durations; at last those whose value is not known, by datatype and text. It
 * agrees with `compare` where that knows an order; what is 0 here counts as one for the next condition of ORDER BY.
 *
 * @see SPARQL 1.2 Query Language, 15.1 (ORDER BY)
 */
export function order(a: Term, b: Term): number {
  return a === b ? 0 : orderValued(a, termValue(a), b, termValue(b))
}

/** The place of each term in that order, from 0; terms without an order among them share theirs. */
export function ranks(terms: readonly Term[]): Uint32Array {
  const sorted = terms.map((term, index) => ({ term, value: termValue(term), index }))
  sorted.sort((a, b) => orderValued(a.term, a.value, b.term, b.value))
  const places = new Uint32Array(terms.length)
  for (let place = 1; place < sorted.length; place++) {
    const [a, b] = [sorted[place - 1]!, sorted[place]!]
    places[b.index] = places[a.index]! + (orderValued(a.term, a.value, b.term, b.value) === 0 ? 0 : 1)
  }
  return places
}

const RANKS: readonly Term['termType'][] = ['BlankNode', 'NamedNode', 'Literal', 'Quad', 'Variable', 'DefaultGraph']
const KINDS: readonly Value['kind'][] = ['number', 'string', 'boolean', 'moment', 'duration']

function orderValued(a: Term, one: Value | undefined, b: Term, other: Value | undefined): number {
  if (one !== undefined && other !== undefined) return orderValues(one, other)
  if (a.termType !== b.termType) return RANKS.indexOf(a.termType) - RANKS.indexOf(b.termType)
  if (a.termType === 'Quad' && b.termType === 'Quad')
    return order(a.subject, b.subject) || order(a.predicate, b.predicate) || order(a.object, b.object)
  if (a.termType !== 'Literal' || b.termType !== 'Literal') return compareTexts(a.value, b.value)
  if (one !== other) return one === undefined ? 1 : -1
  return compareTexts(datatypeOf(a), datatypeOf(b)) || compareTexts(a.value, b.value)
}

function orderValues(a: Value, b: Value): number {
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
  if (a.kind === 'string' && b.kind === 'string')
    return compareTexts(a.text, b.text) || compareTexts(a.language, b.language) || compareTexts(a.direction, b.direction)
  if (a.kind === 'number' && b.kind === 'number') return orderNumbers(a, b)
  if (a.kind === 'boolean' && b.kind === 'boolean') return Number(a.value) - Number(b.value)
  if (a.kind === 'duration' && b.kind === 'duration') return orderDurations(a, b)
  if (a.kind !== 'moment' || b.kind !== 'moment') return 0
  return Number(b.type === 'time') - Number(a.type === 'time') || orderMoments(a, b)
}
