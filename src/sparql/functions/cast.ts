import type { Term } from '@rdfjs/types'
import type { FunctionTable, SparqlFunction } from '../functions.ts'
import { booleanLiteral, datatypeOf, stringLiteral, typedLiteral, XSD } from '../literal.ts'
import { type Duration, durationLiteral, durationText, type Moment, momentLiteral, momentText } from '../moment.ts'
import {
  exactOf,
  fromDecimal,
  fromDouble,
  fromInteger,
  NUMERIC_TYPES,
  type NumberValue,
  numberLiteral,
  numberText,
  parseNumber,
} from '../number.ts'
import { termValue, type Value } from '../value.ts'

const OTHERS = ['boolean', 'dateTime', 'date', 'time', 'duration', 'dayTimeDuration', 'yearMonthDuration']

/**
 * Casts by the IRI of the datatype. A string is read as the datatype reads it, but for white space around it; another value is
 * changed as XPath says, and a cast that XPath does not have, or that has no result, is an error.
 *
 * @see SPARQL 1.1 Query Language, 17.5 (XPath Constructor Functions); XPath and XQuery Functions and Operators 3.1, 19
 */
export const casts: FunctionTable = {
  [`${XSD}string`]: ([term]) => castToString(term!),
  ...Object.fromEntries([...NUMERIC_TYPES, ...OTHERS].map(name => [XSD + name, castTo(name)])),
}

function castTo(name: string): SparqlFunction {
  const datatype = XSD + name
  return ([term]) => {
    const value = termValue(term!)
    if (value === undefined || term!.termType !== 'Literal') return undefined
    if (value.kind !== 'string') return datatypeOf(term!) === datatype ? canonical(term!, value) : converted(value, name)
    if (value.language !== '') return undefined
    const literal = typedLiteral(value.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''), name)
    const read = termValue(literal)
    return read && canonical(literal, read)
  }
}

/** A number or a boolean in canonical form; of anything else, and of types derived from integer, the literal as it is. */
function canonical(literal: Term, value: Value): Term {
  if (value.kind === 'boolean') return booleanLiteral(value.value)
  return value.kind === 'number' && datatypeOf(literal as never) === XSD + value.type ? numberLiteral(value) : literal
}

function converted(value: Value, name: string): Term | undefined {
  if (name === 'boolean')
    return value.kind === 'number' ? booleanLiteral(value.double !== 0 && !Number.isNaN(value.double)) : undefined
  if (NUMERIC_TYPES.includes(name)) {
    if (value.kind === 'boolean') return toNumber(fromInteger(value.value ? 1n : 0n), name)
    return value.kind === 'number' ? toNumber(value, name) : undefined
  }
  if (value.kind === 'moment') return toMoment(value, name)
  return value.kind === 'duration' ? toDuration(value, name) : undefined
}

function toNumber(value: NumberValue, name: string): Term | undefined {
  if (name === 'float' || name === 'double') return numberLiteral(fromDouble(value.double, name))
  if (!Number.isFinite(value.double) && value.exact === undefined) return undefined
  const exact = exactOf(value)
  if (name === 'decimal') return numberLiteral(fromDecimal(exact))
  const text = String(exact.units / 10n ** BigInt(exact.scale))
  return parseNumber(text, name) && typedLiteral(text, name)
}

/** A dateTime has a date and a time; a date is the start of its day; a time is of no day. */
function toMoment(moment: Moment, name: string): Term | undefined {
  if (name === 'date' && moment.type === 'dateTime') return momentLiteral({ ...moment, type: 'date', nanosecond: 0 })
  if (name === 'time' && moment.type === 'dateTime') return momentLiteral({ ...moment, type: 'time', day: 0 })
  return name === 'dateTime' && moment.type !== 'time' ? momentLiteral({ ...moment, type: 'dateTime' }) : undefined
}

function toDuration(duration: Duration, name: string): Term | undefined {
  if (name === 'duration') return durationLiteral({ ...duration, type: name })
  if (name === 'yearMonthDuration') return durationLiteral({ ...duration, type: name, nanoseconds: 0n })
  return name === 'dayTimeDuration' ? durationLiteral({ ...duration, type: name, months: 0 }) : undefined
}

/** The canonical text of a value; the text as it stands of a string in any language, of what has no known value, and of an IRI. */
function castToString(term: Term): Term | undefined {
  if (term.termType !== 'Literal' && term.termType !== 'NamedNode') return undefined
  const value = termValue(term)
  switch (value?.kind) {
    case 'number':
      return stringLiteral(numberText(value))
    case 'boolean':
      return stringLiteral(String(value.value))
    case 'moment':
      return stringLiteral(momentText(value))
    case 'duration':
      return stringLiteral(durationText(value))
    default:
      return stringLiteral(term.value)
  }
}
