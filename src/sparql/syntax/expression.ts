import { isDeepStrictEqual } from 'node:util'
import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../../rdf/term.ts'
import type { Algebra } from '../algebra.ts'
import { group } from './group.ts'
import { operation, termExpression } from './node.ts'
import type { Reader } from './reader.ts'
import { AGGREGATES, FUNCTIONS, type FunctionForm } from './words.ts'

const COMPARISON = 3
const SUM = 4
const PRODUCT = 5
const RANKS: ReadonlyMap<string, number> = new Map([
  ...[['||', 1] as const, ['&&', 2] as const],
  ...['=', '!=', '<', '>', '<=', '>=', 'IN', 'NOT'].map(sign => [sign, COMPARISON] as const),
  ...['+', '-'].map(sign => [sign, SUM] as const),
  ...['*', '/'].map(sign => [sign, PRODUCT] as const),
])

/** Reads an expression. @see SPARQL 1.1 Query Language, 19.8 [110] Expression */
export function expression(reader: Reader): Algebra {
  return combined(reader, unary(reader), 1)
}

/** An operand with what operators of at least this rank combine it with. */
function combined(reader: Reader, first: Algebra, least: number): Algebra {
  let left = first
  for (let most = PRODUCT; ; ) {
    const { kind } = reader
    // `?x -1` is a difference, though `-1` is one token. SPARQL 1.1, 19.8, note 6.
    const sign = kind === '-1' && /[+-]/.test(reader.text[reader.start]!) ? reader.text[reader.start]! : undefined
    const rank = sign === undefined ? (RANKS.get(kind) ?? 0) : SUM
    if (rank < least || rank > most) return left
    if (sign !== undefined) {
      left = operation(sign, [left, combined(reader, termExpression(reader.number(1)), PRODUCT)])
      continue
    }
    if (kind === 'NOT') reader.expectBoth('NOT', 'IN')
    else reader.next()
    if (kind === 'IN' || kind === 'NOT') left = operation(kind === 'IN' ? 'in' : 'notin', [left, ...args(reader)])
    else left = operation(kind, [left, combined(reader, unary(reader), rank + 1)])
    // A comparison is not compared again.
    if (rank === COMPARISON) most = COMPARISON - 1
  }
}

/** Reads a condition, which needs parentheses unless it is a call. @see SPARQL 1.1 Query Language, 19.8 [69] Constraint */
export function constraint(reader: Reader): Algebra {
  if (reader.kind === '(') return bracketed(reader)
  if (reader.isIri) return functionCall(reader, reader.iri())
  return call(reader)
}

export function isConstraintStart({ kind, isIri }: Reader): boolean {
  return kind === '(' || isIri || isCallStart(kind)
}

export function bracketed(reader: Reader): Algebra {
  reader.expect('(')
  return reader.within(')', () => expression(reader))
}

function unary(reader: Reader): Algebra {
  let negations = 0
  while (reader.take('!')) negations++
  const sign = reader.take('+') ? 'uplus' : reader.take('-') ? 'uminus' : undefined
  const operand = primary(reader)
  let negated = sign === undefined ? operand : operation(sign, [operand])
  for (; negations > 0; negations--) negated = operation('!', [negated])
  return negated
}

function primary(reader: Reader): Algebra {
  switch (reader.kind) {
    case '(':
      return bracketed(reader)
    case '?v':
      return termExpression(variable(reader))
    case '<i>':
    case 'p:n':
      return iriOrFunction(reader)
    case '<<(':
      return termExpression(tripleTerm(reader))
    case '_:b':
      return reader.refuse('a blank node is not allowed here', 'write an IRI or a variable')
    default:
      return reader.isLiteral ? termExpression(reader.literal()) : call(reader)
  }
}

function variable(reader: Reader): Term {
  const { start, end } = reader
  const name = reader.variableName()
  if (!reader.here.isInAggregate) reader.here.named?.push({ name, start, end })
  return DataFactory.variable(name)
}

/** @see SPARQL 1.2 Query Language, 19.8 [137] ExprTripleTerm */
function tripleTerm(reader: Reader): Term {
  reader.next()
  return reader.within(')>>', () => {
    const subject = reader.kind === '?v' ? variable(reader) : reader.iri()
    const predicate = reader.kind === '?v' ? variable(reader) : reader.property()
    if (reader.kind === '?v') return quadOf(subject, predicate, variable(reader))
    return quadOf(subject, predicate, reader.kind === '<<(' ? tripleTerm(reader) : dataValue(reader))
  })
}

function isCallStart(kind: string): boolean {
  return FUNCTIONS.has(kind) || AGGREGATES.has(kind) || kind === 'BOUND' || kind === 'EXISTS' || kind === 'NOT'
}

/** @see SPARQL 1.2 Query Language, 19.8 [141] BuiltInCall */
function call(reader: Reader): Algebra {
  const { kind } = reader
  const form = FUNCTIONS.get(kind)
  if (form !== undefined) {
    reader.next()
    return operation(form.operator, args(reader, form))
  }
  if (AGGREGATES.has(kind)) return aggregate(reader)
  if (kind === 'EXISTS' || kind === 'NOT') return exists(reader)
  reader.expect('BOUND')
  reader.expect('(')
  const bound = variable(reader)
  reader.expect(')')
  return operation('bound', [termExpression(bound)])
}

/** The arguments of a function, or the list behind IN. Those of a function with an IRI may have DISTINCT before them. */
function args(reader: Reader, { least, most }: Pick<FunctionForm, 'least' | 'most'> = ANY, hasIri = false): Algebra[] {
  reader.expect('(')
  const found: Algebra[] = []
  if (hasIri && reader.kind === 'DISTINCT') {
    if (reader.here.aggregates === undefined) reader.refuse('DISTINCT belongs to aggregates such as COUNT', 'remove DISTINCT')
    reader.next()
  } else if (least === 0 && reader.take(')')) return found
  if (most === 0) reader.fail(')')
  return reader.within(')', () => {
    do found.push(expression(reader))
    while (found.length < most && reader.take(','))
    if (found.length < least) reader.fail(',')
    return found
  })
}

const ANY = { least: 0, most: Number.POSITIVE_INFINITY }

function iriOrFunction(reader: Reader): Algebra {
  const iri = reader.iri()
  return reader.kind === '(' ? functionCall(reader, iri) : termExpression(iri)
}

/** @see SPARQL 1.1 Query Language, 19.8 [70] FunctionCall, [71] ArgList */
function functionCall(reader: Reader, name: Term): Algebra {
  return { type: 'expression', subType: 'named', name, args: args(reader, ANY, true) }
}

function exists(reader: Reader): Algebra {
  const not = reader.kind === 'NOT'
  if (not) reader.expectBoth('NOT', 'EXISTS')
  else reader.expect('EXISTS')
  // The triples around a condition belong to one pattern.
  const { pattern } = reader
  const input = group(reader, false)
  reader.pattern = pattern
  return { type: 'expression', subType: 'existence', not, input }
}

/** An aggregate, which stands in its expression as the variable of its value; equal ones are one. @see SPARQL 1.1, 18.2.4.1 */
function aggregate(reader: Reader): Algebra {
  const { text, start, end, kind } = reader
  const { aggregates } = reader.here
  if (reader.here.isInAggregate) reader.refuse('an aggregate cannot contain another', 'calculate the inner one in a sub-SELECT')
  reader.next()
  reader.here.isInAggregate = true
  reader.expect('(')
  const distinct = reader.take('DISTINCT')
  const isAll = kind === 'COUNT' && reader.take('*')
  const of = isAll ? { type: 'expression', subType: 'wildcard', wildcard: { type: 'wildcard' } } : expression(reader)
  const found = { type: 'expression', subType: 'aggregate', aggregator: kind.toLowerCase(), expression: of, distinct }
  const whole: Algebra = kind === 'GROUP_CONCAT' ? { ...found, separator: separator(reader) } : found
  reader.expect(')')
  reader.here.isInAggregate = false
  if (aggregates === undefined) {
    const mend = `write HAVING(${text.slice(start, reader.passed)} …) after the "}"`
    reader.refuse(`${text.slice(start, end)} is allowed in SELECT, HAVING and ORDER BY only`, mend, start, end)
  }
  let named = aggregates.find(other => isSameAggregate(whole, other))
  if (named === undefined) {
    named = { ...whole, variable: reader.freshVariable() }
    aggregates.push(named)
  }
  return termExpression(named.variable as Term)
}

function isSameAggregate(one: Algebra, other: Algebra): boolean {
  if (one.aggregator !== other.aggregator || one.distinct !== other.distinct || one.separator !== other.separator) return false
  return isDeepStrictEqual(one.expression, other.expression)
}

function separator(reader: Reader): string {
  if (!reader.take(';')) return ' '
  reader.expect('SEPARATOR')
  reader.expect('=')
  return reader.string()
}

/** A value of VALUES. @see SPARQL 1.2 Query Language, 19.8 [69] DataBlockValue, [122] TripleTermData */
export function dataValue(reader: Reader): Term {
  if (reader.isIri) return reader.iri()
  if (reader.kind !== '<<(') return reader.literal()
  reader.next()
  return reader.within(')>>', () => quadOf(reader.iri(), reader.property(), dataValue(reader)))
}
