import type { Literal, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../../src/sparql/algebra.ts'
import type { Solution } from './solution.ts'

/** Whether the pattern of an EXISTS has a solution. */
export type Existence = (pattern: Algebra, solution: Solution) => boolean

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

/**
 * The value of an expression; undefined for an error. It knows integers, decimals, strings with and without a language, and booleans.
 *
 * @see SPARQL 1.1 Query Language, 17 (Expressions and Testing Values)
 */
export function termOf(expression: Algebra, solution: Solution, exists: Existence): Term | undefined {
  const { subType, term, operator, args } = expression as Algebra & { readonly term: Term; readonly args: Algebra[] }
  if (subType === 'term') return term.termType === 'Variable' ? solution.get(term.value) : term
  if (subType === 'existence') return boolean(exists(expression.input as Algebra, solution) !== (expression.not === true))
  if (subType !== 'operator') throw new Error(`the reference does not know ${subType}`)
  const value = (arg: Algebra): Term | undefined => termOf(arg, solution, exists)
  switch (operator) {
    case 'bound':
      return boolean(solution.has((args[0]!.term as Term).value))
    case 'coalesce':
      return args.map(value).find(one => one !== undefined)
    case 'if': {
      const isTrue = truth(value(args[0]!))
      return isTrue === undefined ? undefined : value(args[isTrue ? 1 : 2]!)
    }
    case '||':
      return any(args.map(arg => truth(value(arg))))
    case '&&':
      return negation(any(args.map(arg => truth(negation(value(arg))))))
    case 'in':
    case 'notin': {
      const [one, ...others] = args.map(value)
      const isIn = any(others.map(other => one && other && isEqual(one, other)))
      return operator === 'in' ? isIn : negation(isIn)
    }
  }
  const values = args.map(value)
  return values.includes(undefined) ? undefined : result(operator as string, values as Term[])
}

function any(outcomes: readonly (boolean | undefined)[]): Term | undefined {
  return outcomes.includes(true) ? boolean(true) : outcomes.includes(undefined) ? undefined : boolean(false)
}

function negation(term: Term | undefined): Term | undefined {
  const isTrue = truth(term)
  return isTrue === undefined ? undefined : boolean(!isTrue)
}

/** What an operator or function makes of its arguments. */
function result(operator: string, args: readonly Term[]): Term | undefined {
  const [one, other] = args as [Term, Term]
  const judged = (outcome: boolean | undefined): Term | undefined => (outcome === undefined ? undefined : boolean(outcome))
  switch (operator) {
    case '!':
      return negation(one)
    case '=':
      return judged(isEqual(one, other))
    case '!=':
      return negation(judged(isEqual(one, other)))
    case '<':
      return judged(isLess(one, other))
    case '>':
      return judged(isLess(other, one))
    case '<=':
      return any([isLess(one, other), isLess(one, other) === undefined ? undefined : isEqual(one, other)])
    case '>=':
      return any([isLess(other, one), isLess(other, one) === undefined ? undefined : isEqual(one, other)])
    case 'sameterm':
      return boolean(one.equals(other))
    case '+':
    case '-':
    case '*':
      return calculated(operator, one, other)
    case 'isiri':
      return boolean(one.termType === 'NamedNode')
    case 'isliteral':
      return boolean(one.termType === 'Literal')
    case 'str':
      return one.termType === 'Literal' || one.termType === 'NamedNode' ? string(one.value) : undefined
    case 'strlen':
      return isString(one) ? number(one.value.length, true) : undefined
    case 'ucase':
      return isString(one) ? string(one.value.toUpperCase(), one.language) : undefined
    case 'concat': {
      const texts = args.filter(isString)
      const language = texts.every(text => text.language === texts[0]!.language) ? texts[0]?.language : ''
      return texts.length < args.length ? undefined : string(texts.map(text => text.value).join(''), language)
    }
    case 'lang':
      return one.termType === 'Literal' ? string(one.language) : undefined
    case 'datatype':
      return one.termType === 'Literal' ? one.datatype : undefined
    default:
      throw new Error(`the reference does not know ${operator}`)
  }
}

/** The effective boolean value (17.2.2); undefined for an error. A string with a language has none since SPARQL 1.2. */
export function truth(term: Term | undefined): boolean | undefined {
  if (term?.termType !== 'Literal') return undefined
  if (isOf(term, 'boolean')) return term.value === 'true'
  if (isOf(term, 'string')) return term.value !== ''
  return isNumber(term) ? Number(term.value) !== 0 : undefined
}

/**
 * RDFterm-equal (17.4.1.7), and that literals of different kinds are not equal, all of which are known here: the W3C test `open-eq-08`.
 * Triple terms are equal if their parts are (SPARQL 1.2, 17.4.2.2).
 */
function isEqual(one: Term, other: Term): boolean | undefined {
  if (isNumber(one) && isNumber(other)) return Number(one.value) === Number(other.value)
  if (one.termType !== 'Quad' || other.termType !== 'Quad') return one.equals(other)
  const parts = (['subject', 'predicate', 'object'] as const).map(place => isEqual(one[place], other[place]))
  return parts.every(part => part === true)
}

/** Numbers, strings and booleans have an order among their like (17.3). */
function isLess(one: Term, other: Term): boolean | undefined {
  if (isNumber(one) && isNumber(other)) return Number(one.value) < Number(other.value)
  const isOrdered = (['string', 'boolean'] as const).some(type => isOf(one, type) && isOf(other, type))
  return isOrdered ? one.value < other.value : undefined
}

const RANKS = ['BlankNode', 'NamedNode', 'Literal', 'Quad']

/** The order of ORDER BY (15.1), as far as the specification defines it; no value comes first. */
export function order(one: Term | undefined, other: Term | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined)
  if (one.termType !== other.termType) return RANKS.indexOf(one.termType) - RANKS.indexOf(other.termType)
  if (one.termType === 'NamedNode') return one.value < other.value ? -1 : Number(one.value > other.value)
  return isLess(one, other) === true ? -1 : Number(isLess(other, one) === true)
}

/** The sum, difference or product of two numbers: an integer if both are, else a decimal. */
export function calculated(operator: '+' | '-' | '*', one: Term, other: Term): Term | undefined {
  if (!isNumber(one) || !isNumber(other)) return undefined
  const [a, b] = [Number(one.value), Number(other.value)]
  return number(operator === '+' ? a + b : operator === '-' ? a - b : a * b, isOf(one, 'integer') && isOf(other, 'integer'))
}

function isOf(term: Term, type: string): boolean {
  return term.termType === 'Literal' && term.datatype.value === XSD + type
}

function isNumber(term: Term): boolean {
  return isOf(term, 'integer') || isOf(term, 'decimal')
}

function isString(term: Term): term is Literal {
  return term.termType === 'Literal' && (isOf(term, 'string') || term.datatype.value === LANG_STRING)
}

export function number(value: number, isInteger: boolean): Literal {
  const text = isInteger || !Number.isInteger(value) ? String(value) : `${value}.0`
  return DataFactory.literal(text, DataFactory.namedNode(XSD + (isInteger ? 'integer' : 'decimal')))
}

export function string(value: string, language = ''): Literal {
  return language === '' ? DataFactory.literal(value) : DataFactory.literal(value, language)
}

function boolean(value: boolean): Literal {
  return DataFactory.literal(String(value), DataFactory.namedNode(`${XSD}boolean`))
}
