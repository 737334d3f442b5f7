import type { Term } from '@rdfjs/types'
import { type Duration, durationLiteral, elapsed, later, type Moment, momentLiteral, negated } from './moment.ts'
import { calculate, fromDouble, fromInteger, type NumberValue, numberLiteral, type Operator } from './number.ts'
import { termValue } from './value.ts'

/**
 * Numbers in the type in which they meet, integers and decimals exactly; a duration after a date or a time. Undefined for a type error.
 *
 * @see SPARQL 1.1 Query Language, 17.3 (Operator Mapping); XPath and XQuery Functions and Operators 3.1, 9.7
 */
export function add(a: Term, b: Term): Term | undefined {
  return numbers('+', a, b) ?? moved(a, b, duration => duration)
}

/** As `add`; two dates or times of one type are a duration apart, in which one without a time zone counts as one of UTC. */
export function subtract(a: Term, b: Term): Term | undefined {
  return numbers('-', a, b) ?? moved(a, b, negated) ?? apart(a, b)
}

export function multiply(a: Term, b: Term): Term | undefined {
  return numbers('*', a, b)
}

/** Integers divide into a decimal. A division by zero is an error, unless it is one of floats or doubles. */
export function divide(a: Term, b: Term): Term | undefined {
  return numbers('/', a, b)
}

export function negate(term: Term): Term | undefined {
  const value = termValue(term)
  if (value?.kind !== 'number') return undefined
  return numberLiteral(opposite(value))
}

/** The number itself, one of a type derived from integer as an integer. */
export function plus(term: Term): Term | undefined {
  const value = termValue(term)
  return value?.kind === 'number' ? numberLiteral(value) : undefined
}

export function opposite(value: NumberValue): NumberValue {
  if (value.type === 'float' || value.type === 'double') return fromDouble(-value.double, value.type)
  return calculate('*', value, fromInteger(-1n))!
}

function numbers(operator: Operator, a: Term, b: Term): Term | undefined {
  const [one, other] = [termValue(a), termValue(b)]
  if (one?.kind !== 'number' || other?.kind !== 'number') return undefined
  const result = calculate(operator, one, other)
  return result && numberLiteral(result)
}

function moved(a: Term, b: Term, change: (duration: Duration) => Duration): Term | undefined {
  const [moment, duration] = [termValue(a), termValue(b)]
  if (moment?.kind !== 'moment' || duration?.kind !== 'duration') return undefined
  // A general duration is added to nothing, and months are not added to a time of day.
  if (duration.type === 'duration' || (moment.type === 'time' && duration.type === 'yearMonthDuration')) return undefined
  const result = later(moment, change(duration))
  return result && momentLiteral(result)
}

function apart(a: Term, b: Term): Term | undefined {
  const [one, other] = [termValue(a), termValue(b)] as (Moment | undefined)[]
  if (one?.kind !== 'moment' || other?.kind !== 'moment' || one.type !== other.type) return undefined
  return durationLiteral(elapsed(one, other))
}
