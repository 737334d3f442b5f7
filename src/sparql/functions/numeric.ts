import { opposite } from '../arithmetic.ts'
import type { FunctionTable, SparqlFunction } from '../functions.ts'
import { fromDouble, type NumberValue, numberLiteral, type Rounding, rounded } from '../number.ts'
import { termValue } from '../value.ts'

function ofNumber(change: (value: NumberValue) => NumberValue): SparqlFunction {
  return ([term]) => {
    const value = termValue(term!)
    return value?.kind === 'number' ? numberLiteral(change(value)) : undefined
  }
}

function rounding(way: Rounding): SparqlFunction {
  return ofNumber(value => rounded(value, way))
}

/** Functions on numbers. @see SPARQL 1.1 Query Language, 17.4.4 */
export const numericFunctions: FunctionTable = {
  abs: ofNumber(value => (value.double < 0 || Object.is(value.double, -0) ? opposite(value) : value)),
  round: rounding('round'),
  ceil: rounding('ceil'),
  floor: rounding('floor'),
  rand: () => numberLiteral(fromDouble(Math.random())),
}
