import type { Term } from '@rdfjs/types'
import { add, divide, multiply, negate, plus, subtract } from './arithmetic.ts'
import { casts } from './functions/cast.ts'
import { dateFunctions } from './functions/date.ts'
import { hashFunctions } from './functions/hash.ts'
import { numericFunctions } from './functions/numeric.ts'
import { patternFunctions } from './functions/pattern.ts'
import { stringFunctions } from './functions/string.ts'
import { termFunctions } from './functions/term.ts'

/** What a function may know beside its arguments. */
export interface FunctionContext {
  /** An `xsd:dateTime`, the same throughout a query. */
  readonly now: Term
  /** What relative IRIs start from. */
  readonly baseIRI?: string | undefined
  /** A new blank node; with a label the same one for the same label within a solution. */
  bnode(label?: string): Term
}

/** A function of terms that have a value; it gives undefined for a type error, and never throws. */
export type SparqlFunction = (args: readonly Term[], context: FunctionContext) => Term | undefined

/** What some functions have in common, by the name of the operator in lower case, or by IRI. */
export type FunctionTable = Readonly<Record<string, SparqlFunction>>

const arithmetic: FunctionTable = {
  '+': ([a, b]) => add(a!, b!),
  '-': ([a, b]) => subtract(a!, b!),
  '*': ([a, b]) => multiply(a!, b!),
  '/': ([a, b]) => divide(a!, b!),
  uminus: ([term]) => negate(term!),
  uplus: ([term]) => plus(term!),
}

/**
 * The functions of SPARQL 1.1 and 1.2 on terms, by the operator's name in the algebra (`strlen`, `isiri`, `+`), casts by IRI. The
 * parser sees to the number of arguments. Forms that look at more than the values of their arguments (BOUND, IF, COALESCE, EXISTS,
 * IN, `&&`, `||`, `!`) and comparisons (see `value.ts`) are not among them.
 *
 * @see SPARQL 1.1 Query Language, 17.4 and 17.5; SPARQL 1.2 Query Language, 17.4.2 and 17.4.6
 */
export const functions: ReadonlyMap<string, SparqlFunction> = new Map(
  [arithmetic, casts, dateFunctions, hashFunctions, numericFunctions, patternFunctions, stringFunctions, termFunctions].flatMap(
    table => Object.entries(table),
  ),
)
