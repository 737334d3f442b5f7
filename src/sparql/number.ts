import type { Literal } from '@rdfjs/types'
import { compareDecimals, type Decimal, decimalOf, decimalText, floorQuotient, product, quotient, sum } from './decimal.ts'
import { integerLiteral, typedLiteral } from './literal.ts'

/** The numeric types, in the order of promotion. @see XPath 2.0, B.1 (Type Promotion) */
export type NumericType = 'integer' | 'decimal' | 'float' | 'double'

/** The value of a numeric literal: as a double, and exactly where that is not the same. */
export interface NumberValue {
  readonly kind: 'number'
  readonly type: NumericType
  readonly double: number
  readonly exact: Decimal | undefined
}

type Bound = bigint | number

/** The numeric datatypes by their names within XML Schema, with their least and greatest value. */
const TYPES: Readonly<Record<string, readonly [type: NumericType, least: Bound, greatest: Bound]>> = {
  integer: ['integer', -Infinity, Infinity],
  decimal: ['decimal', -Infinity, Infinity],
  float: ['float', -Infinity, Infinity],
  double: ['double', -Infinity, Infinity],
  nonPositiveInteger: ['integer', -Infinity, 0],
  negativeInteger: ['integer', -Infinity, -1],
  nonNegativeInteger: ['integer', 0, Infinity],
  positiveInteger: ['integer', 1, Infinity],
  long: ['integer', -(2n ** 63n), 2n ** 63n - 1n],
  int: ['integer', -(2 ** 31), 2 ** 31 - 1],
  short: ['integer', -(2 ** 15), 2 ** 15 - 1],
  byte: ['integer', -128, 127],
  unsignedLong: ['integer', 0, 2n ** 64n - 1n],
  unsignedInt: ['integer', 0, 2 ** 32 - 1],
  unsignedShort: ['integer', 0, 2 ** 16 - 1],
  unsignedByte: ['integer', 0, 255],
}

export const NUMERIC_TYPES: readonly string[] = Object.keys(TYPES)

const INTEGER = /^[+-]?\d+$/
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/
const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['INF', Infinity],
  ['+INF', Infinity],
  ['-INF', -Infinity],
])

/**
 * The number that a text stands for in a numeric datatype; undefined for a text that is none of its own.
 *
 * @param name of the datatype within XML Schema
 * @see XML Schema 1.1 Part 2, 3.3 (Primitive Datatypes) and 3.4 (Other Built-in Datatypes)
 */
export function parseNumber(text: string, name: string): NumberValue | undefined {
  const [type, least, greatest] = TYPES[name]!
  if (type === 'decimal') return DECIMAL.test(text) ? fromDecimal(decimalOf(text)) : undefined
  if (type !== 'integer') {
    const double = DOUBLE.test(text) ? Number(text) : SPECIAL.get(text)
    return double === undefined ? undefined : fromDouble(double, type)
  }
  if (!INTEGER.test(text)) return undefined
  const double = Number(text) + 0
  const units = Number.isSafeInteger(double) ? double : BigInt(text.replace('+', ''))
  if (units < least || units > greatest) return undefined
  return typeof units === 'bigint' ? fromInteger(units) : small(double)
}

export function fromInteger(units: bigint): NumberValue {
  return { kind: 'number', type: 'integer', double: Number(units), exact: { units, scale: 0 } }
}

export function fromDecimal(exact: Decimal): NumberValue {
  return { kind: 'number', type: 'decimal', double: Number(decimalText(exact)), exact }
}

export function fromDouble(double: number, type: 'float' | 'double' = 'double'): NumberValue {
  return { kind: 'number', type, double: type === 'float' ? Math.fround(double) : double, exact: undefined }
}

/** An integer that a double holds exactly. */
function small(double: number): NumberValue {
  return { kind: 'number', type: 'integer', double, exact: undefined }
}

/** The exact value of a finite number; of a float or double that of its shortest text. */
export function exactOf(value: NumberValue): Decimal {
  if (value.exact !== undefined) return value.exact
  if (value.type === 'integer') return { units: BigInt(value.double), scale: 0 }
  return decimalOf(value.type === 'float' ? floatDigits(value.double) : String(value.double))
}

/** The number as a literal of its type, in canonical form. */
export function numberLiteral(value: NumberValue): Literal {
  switch (value.type) {
    case 'integer':
      return integerLiteral(value.exact?.units ?? value.double)
    case 'decimal': {
      const text = decimalText(exactOf(value))
      return typedLiteral(text.includes('.') ? text : `${text}.0`, 'decimal')
    }
    default:
      return typedLiteral(scientificText(value), value.type)
  }
}

/** A number as a string says it. @see XPath and XQuery Functions and Operators 3.1, 19.1.1 (Casting to xs:string) */
export function numberText(value: NumberValue): string {
  if (value.type === 'integer' || value.type === 'decimal') return decimalText(exactOf(value))
  const size = Math.abs(value.double)
  if (size === 0) return Object.is(value.double, -0) ? '-0' : '0'
  return size >= 1e-6 && size < 1e6 ? decimalText(exactOf(value)) : scientificText(value)
}

/** `1.5E2`: a float or double as XML Schema writes it. */
function scientificText({ double, type }: NumberValue): string {
  if (!Number.isFinite(double)) return Number.isNaN(double) ? 'NaN' : double > 0 ? 'INF' : '-INF'
  if (double === 0) return Object.is(double, -0) ? '-0.0E0' : '0.0E0'
  const [mantissa = '', exponent = ''] = Number(type === 'float' ? floatDigits(double) : double)
    .toExponential()
    .split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`
}

/** The shortest decimal digits that tell a number of 32 bits from its neighbours. */
function floatDigits(float: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(float.toPrecision(digits)))
    if (Math.fround(Number(text)) === float) return text
  }
  return String(Number(float.toPrecision(9)))
}

/** The type in which two numbers meet. */
function common(a: NumberValue, b: NumberValue): NumericType {
  if (a.type === b.type) return a.type
  return (['double', 'float', 'decimal'] as const).find(type => a.type === type || b.type === type)!
}

/** Negative, 0 or positive; NaN where one is not a number. @see XPath and XQuery Functions and Operators 3.1, 4.3 */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if ((a.type === 'float' || b.type === 'float') && common(a, b) === 'float')
    return sign(Math.fround(a.double), Math.fround(b.double))
  if (a.double !== b.double || (a.exact ?? b.exact) === undefined) return sign(a.double, b.double)
  return common(a, b) === 'double' ? 0 : compareDecimals(exactOf(a), exactOf(b))
}

/** A total order: as `compareNumbers`, but by the exact value, and with what is not a number first. */
export function orderNumbers(a: NumberValue, b: NumberValue): number {
  if (a.double < b.double || (Number.isNaN(a.double) && !Number.isNaN(b.double))) return -1
  if (a.double > b.double || (Number.isNaN(b.double) && !Number.isNaN(a.double))) return 1
  if ((a.exact ?? b.exact) === undefined || !Number.isFinite(a.double)) return 0
  const [one, other] = [a, b].map(({ exact, double }) => exact ?? decimalOf(String(double))) as [Decimal, Decimal]
  return compareDecimals(one, other)
}

function sign(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

export type Operator = '+' | '-' | '*' | '/'

/**
 * What an operation on two numbers gives, in the type in which they meet; integers divide into a decimal.
 *
 * @returns undefined for a division by zero, unless it is one of floats or doubles
 * @see XPath and XQuery Functions and Operators 3.1, 4.2 (Arithmetic operators on numeric values)
 */
export function calculate(operator: Operator, a: NumberValue, b: NumberValue): NumberValue | undefined {
  const type = common(a, b)
  if (type === 'float') return fromDouble(calculateDoubles(operator, Math.fround(a.double), Math.fround(b.double)), type)
  if (type === 'double') return fromDouble(calculateDoubles(operator, a.double, b.double))
  if (type === 'integer' && operator !== '/') {
    const double = calculateDoubles(operator, a.double, b.double) + 0
    if (Number.isSafeInteger(double) && (a.exact ?? b.exact) === undefined) return small(double)
  }
  const exact = calculateDecimals(operator, exactOf(a), exactOf(b))
  if (exact === undefined) return undefined
  return type === 'integer' && operator !== '/' ? fromInteger(exact.units) : fromDecimal(exact)
}

function calculateDoubles(operator: Operator, a: number, b: number): number {
  return operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b
}

function calculateDecimals(operator: Operator, a: Decimal, b: Decimal): Decimal | undefined {
  if (operator === '/') return quotient(a, b)
  return operator === '*' ? product(a, b) : sum(a, operator === '+' ? b : { units: -b.units, scale: b.scale })
}

/** Ways to make a number whole: half a unit goes up, as `fn:round` does. */
export type Rounding = 'ceil' | 'floor' | 'round'

/** A whole number of the same type. @see XPath and XQuery Functions and Operators 3.1, 4.4 (Functions on numeric values) */
export function rounded(value: NumberValue, rounding: Rounding): NumberValue {
  if (value.type === 'integer') return value
  if (value.type !== 'decimal') return fromDouble(Math[rounding](value.double), value.type)
  const { units, scale } = exactOf(value)
  const unit = 10n ** BigInt(scale)
  if (rounding === 'floor') return fromDecimal({ units: floorQuotient(units, unit), scale: 0 })
  if (rounding === 'ceil') return fromDecimal({ units: -floorQuotient(-units, unit), scale: 0 })
  return fromDecimal({ units: floorQuotient(units * 2n + unit, unit * 2n), scale: 0 })
}
