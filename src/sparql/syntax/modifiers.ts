import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { type Algebra, isTerm } from '../algebra.ts'
import { bracketed, constraint, expression, isConstraintStart } from './expression.ts'
import { inlineData, newVariable } from './group.ts'
import { operation, termExpression } from './node.ts'
import type { Reader } from './reader.ts'

/** What stands behind the pattern of a query, and the pattern with as much of it as comes before SELECT. */
export interface Modifiers {
  /** The pattern with GROUP BY, HAVING and VALUES. */
  readonly input: Algebra
  /** The names of the variables of a group; undefined where nothing is grouped. */
  readonly grouped: readonly string[] | undefined
  /** What stands behind GROUP BY. */
  readonly groupedBy: string | undefined
  readonly order: readonly Algebra[]
  readonly limit?: number
  readonly offset?: number
}

/**
 * Reads what may stand behind the pattern of a query.
 *
 * @see SPARQL 1.1 Query Language, 19.8 [18] SolutionModifier, 18.2.4 (Converting Groups, Aggregates, HAVING, final VALUES clause)
 */
export function modifiers(reader: Reader, where: Algebra): Modifiers {
  const { aggregates = [] } = reader.here
  reader.here.aggregates = undefined
  const groups = reader.kind === 'GROUP' ? groupClause(reader, where) : undefined
  reader.here.aggregates = aggregates
  const having: Algebra[] = []
  if (reader.take('HAVING')) {
    do having.push(constraint(reader))
    while (isConstraintStart(reader))
  }
  const order = reader.take('ORDER') ? orderClause(reader) : []
  const slice = sliceClauses(reader)
  const { input: extended = where, variables = [], text: groupedBy } = groups ?? {}
  const isGrouped = groups !== undefined || aggregates.length > 0
  const counted = (aggregate: Algebra): Algebra => withVariables(aggregate, reader.here.scope)
  let input: Algebra = where
  if (isGrouped) input = { type: 'group', input: extended, variables, aggregates: aggregates.map(counted) }
  for (const condition of having) input = { type: 'filter', input, expression: condition }
  if (reader.kind === 'VALUES') {
    const parts = input.type === 'join' ? (input.input as Algebra[]) : [input]
    input = { type: 'join', input: [...parts, inlineData(reader)] }
  }
  return { input, grouped: isGrouped ? variables.map(({ value }) => value) : undefined, groupedBy, order, ...slice }
}

/** Of COUNT(DISTINCT *), what tells solutions apart: blank nodes of the pattern do not, nor what a sub-SELECT keeps to itself. */
function withVariables(aggregate: Algebra, scope: ReadonlySet<string>): Algebra {
  const expression = aggregate.expression as Algebra
  if (aggregate.distinct !== true || expression.subType !== 'wildcard') return aggregate
  return { ...aggregate, expression: { ...expression, variables: [...scope].map(name => DataFactory.variable(name)) } }
}

function groupClause(reader: Reader, where: Algebra): { input: Algebra; variables: Term[]; text: string } {
  reader.next()
  const { end } = reader
  reader.expect('BY')
  const variables: Term[] = []
  let input = where
  do {
    const isOpen = reader.take('(')
    const value = isOpen ? expression(reader) : variableOrConstraint(reader)
    const named = isOpen && reader.take('AS') ? newVariable(reader) : undefined
    if (isOpen) reader.expect(')')
    // A variable in parentheses is no new one.
    const own = named === undefined && isTerm(value.term) && value.term.termType === 'Variable' ? value.term : undefined
    const variable = named ?? own ?? reader.freshVariable()
    if (own === undefined) input = { type: 'extend', input, variable, expression: value }
    variables.push(variable)
  } while (reader.kind === '?v' || isConstraintStart(reader))
  return { input, variables, text: reader.text.slice(end, reader.passed) }
}

function variableOrConstraint(reader: Reader): Algebra {
  return reader.kind === '?v' ? termExpression(DataFactory.variable(reader.variableName())) : constraint(reader)
}

function orderClause(reader: Reader): Algebra[] {
  reader.expect('BY')
  const order: Algebra[] = []
  do {
    const isDescending = reader.take('DESC')
    const value = isDescending || reader.take('ASC') ? bracketed(reader) : variableOrConstraint(reader)
    order.push(isDescending ? operation('desc', [value]) : value)
  } while (reader.kind === '?v' || reader.kind === 'ASC' || reader.kind === 'DESC' || isConstraintStart(reader))
  return order
}

function sliceClauses(reader: Reader): { limit?: number; offset?: number } {
  const found: { limit?: number; offset?: number } = {}
  for (;;) {
    const name = reader.kind === 'LIMIT' ? 'limit' : reader.kind === 'OFFSET' ? 'offset' : undefined
    if (name === undefined || name in found) return found
    reader.next()
    if (reader.kind !== '1') reader.fail('integer')
    found[name] = Number(reader.image)
    reader.next()
  }
}
