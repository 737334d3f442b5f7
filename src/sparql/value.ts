import type { Literal, Term } from '@rdfjs/types'
import { termKey } from '../rdf/term.ts'
import { datatypeOf, RDF, XSD } from './literal.ts'
import { compareMoments, type Duration, type Moment, orderMoments, parseDuration, parseMoment } from './moment.ts'
import { compareNumbers, isNumericType, type NumberValue, orderNumbers, parseNumber } from './number.ts'

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

/** Values of literals that have been asked for, null for none. A literal of a store is one object, so that it is read once. */
const values = new WeakMap<object, Value | null>()

/**
 * The value of a literal; undefined for a datatype that is not known, and for a text that is not one of its datatype's.
 *
 * @see RDF 1.2 Concepts, 3.3 (Literals)
 */
export function termValue(term: Term): Value | undefined {
  if (term.termType !== 'Literal') return undefined
  let value = values.get(term)
  if (value === undefined) {
    value = parsed(term) ?? null
    values.set(term, value)
  }
  return value ?? undefined
}

function parsed(literal: Literal): Value | undefined {
  const datatype = datatypeOf(literal)
  const text = literal.value
  if (STRINGS.has(datatype)) return { kind: 'string', text, language: '', direction: '' }
  if (datatype === `${RDF}langString` || datatype === `${RDF}dirLangString`)
    return { kind: 'string', text, language: literal.language.toLowerCase(), direction: literal.direction ?? '' }
  if (isNumericType(datatype)) return parseNumber(text, datatype)
  if (datatype === `${XSD}boolean`)
    return BOOLEANS.has(text) ? { kind: 'boolean', value: text === 'true' || text === '1' } : undefined
  return parseMoment(text, datatype) ?? parseDuration(text, datatype)
}

const BOOLEANS: ReadonlySet<string> = new Set(['true', 'false', '1', '0'])

/** `xsd:string`, what is derived from it and what is promoted to it. @see XML Schema 1.1 Part 2, 3.4; XPath 2.0, B.1 */
const STRINGS: ReadonlySet<string> = new Set(
  ['string', 'anyURI', 'normalizedString', 'token', 'language', 'NMTOKEN', 'Name', 'NCName', 'ID', 'IDREF', 'ENTITY'].map(
    name => XSD + name,
  ),
)

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
  return a === b || a.equals(b) || (a.termType === b.termType && termKey(a) === termKey(b))
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

/** By code points. A half of a pair stands for a character above all others, which its number does not say. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (one !== other) return isHalf(one) === isHalf(other) ? one - other : isHalf(one) ? 1 : -1
  }
  return a.length - b.length
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xe000
}

function orderDurations(a: Duration, b: Duration): number {
  return a.months - b.months || (a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds ? 1 : 0)
}

/**
 * A total order of terms: blank nodes, IRIs, literals, triples. Literals go by kind and then by value: numbers, strings (with and
 * without a language), booleans, dates and times; at last those whose value is not known, by datatype and text. It agrees with
 * `compare` where that knows an order; what is 0 here counts as one for the next condition of ORDER BY.
 *
 * @see SPARQL 1.2 Query Language, 15.1 (ORDER BY)
 */
export function order(a: Term, b: Term): number {
  if (a === b) return 0
  if (a.termType !== b.termType) return RANKS.indexOf(a.termType) - RANKS.indexOf(b.termType)
  if (a.termType === 'Literal') return orderLiterals(a, b as Literal)
  if (a.termType !== 'Quad' || b.termType !== 'Quad') return compareTexts(a.value, b.value)
  return order(a.subject, b.subject) || order(a.predicate, b.predicate) || order(a.object, b.object)
}

const RANKS: readonly Term['termType'][] = ['BlankNode', 'NamedNode', 'Literal', 'Quad', 'Variable', 'DefaultGraph']
const KINDS: readonly (Value['kind'] | undefined)[] = ['number', 'string', 'boolean', 'moment', 'duration', undefined]

function orderLiterals(a: Literal, b: Literal): number {
  const [one, other] = [termValue(a), termValue(b)]
  if (one?.kind !== other?.kind) return KINDS.indexOf(one?.kind) - KINDS.indexOf(other?.kind)
  if (one === undefined || other === undefined)
    return compareTexts(datatypeOf(a), datatypeOf(b)) || compareTexts(a.value, b.value)
  if (one.kind === 'string' && other.kind === 'string')
    return (
      compareTexts(one.text, other.text) ||
      compareTexts(one.language, other.language) ||
      compareTexts(one.direction, other.direction)
    )
  if (one.kind === 'number' && other.kind === 'number') return orderNumbers(one, other)
  if (one.kind === 'boolean' && other.kind === 'boolean') return Number(one.value) - Number(other.value)
  if (one.kind === 'duration' && other.kind === 'duration') return orderDurations(one, other)
  return one.kind === 'moment' && other.kind === 'moment' ? compareByType(one, other) || orderMoments(one, other) : 0
}

/** Times of day before dates. */
function compareByType(a: Moment, b: Moment): number {
  return Number(b.type === 'time') - Number(a.type === 'time')
}
