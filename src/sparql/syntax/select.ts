import type { Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../../query/algebra.ts'
import { bracketed, constraint, expression, isConstraintStart } from './expression.ts'
import { group, inlineData, newVariable } from './group.ts'
import { operation, termExpression } from './node.ts'
import type { Reader } from './reader.ts'

/** A column of SELECT as it is written. */
interface Column {
  readonly variable: Variable
  readonly start: number
  readonly end: number
  readonly expression?: Algebra
  /** The variables outside of aggregates that its value is made of. */
  readonly named: NonNullable<Reader['named']>
}

/** Reads a SELECT up to its end, with its own variables in scope behind it. @see SPARQL 1.1 Query Language, 19.8 [7], [8] */
export function selectQuery(reader: Reader, isSub: boolean): Algebra {
  reader.expect('SELECT')
  const outer = reader.aggregates
  reader.aggregates = []
  const wrapper = reader.take('DISTINCT') ? 'distinct' : reader.take('REDUCED') ? 'reduced' : undefined
  const star = reader.start
  const columns = reader.take('*') ? undefined : selectColumns(reader)
  const dataset = isSub ? undefined : datasetClauses(reader)
  const query = solutionModifiers(reader, whereClause(reader))
  // What is wrong in the text goes before what it cannot mean.
  if (reader.kind !== (isSub ? '}' : 'END')) reader.fail()
  if (columns === undefined && query.groupedBy !== undefined)
    reader.refuse('SELECT * cannot be grouped', 'name the variables of GROUP BY in place of *', star, star + 1)
  if (columns !== undefined) checkColumns(reader, columns, query)
  let input = query.input
  for (const { variable, expression: value } of columns ?? [])
    if (value !== undefined) input = { type: 'extend', input, variable, expression: value }
  const variables = columns?.map(({ variable }) => variable) ?? variablesOf(reader.scope)
  const ordered = { type: 'project', input: withOrder(input, query), variables }
  const projected = wrapper === undefined ? ordered : { type: wrapper, input: ordered }
  reader.scope = new Set(variables.map(({ value }) => value))
  reader.aggregates = outer
  return withDataset(withSlice(projected, query), dataset)
}

/** The variables of a scope in alphabetical order. */
export function variablesOf(scope: ReadonlySet<string>): Variable[] {
  return [...scope].sort((a, b) => a.localeCompare(b)).map(name => DataFactory.variable(name))
}

function selectColumns(reader: Reader): Column[] {
  const columns: Column[] = []
  do columns.push(selectColumn(reader, columns))
  while (reader.kind === '?v' || reader.kind === '(')
  return columns
}

function selectColumn(reader: Reader, before: readonly Column[]): Column {
  const named: Column['named'] = []
  const isNew = reader.take('(')
  let value: Algebra | undefined
  if (isNew) {
    reader.named = named
    value = expression(reader)
    reader.named = undefined
    reader.expect('AS')
  }
  const { start, end } = reader
  const name = reader.variableName()
  if (before.some(({ variable }) => variable.value === name))
    reader.refuse(`?${name} stands twice in SELECT`, 'remove one of them', start, end)
  if (isNew) reader.expect(')')
  const variable = DataFactory.variable(name)
  return value === undefined
    ? { variable, start, end, named: [{ name, start, end }] }
    : { variable, start, end, expression: value, named }
}

/** @see SPARQL 1.1 Query Language, 11.4 (Aggregate Projection Restrictions), 18.2.1 (Variable Scope) */
function checkColumns(reader: Reader, columns: readonly Column[], { isGrouped, grouped, groupedBy = '' }: Modified): void {
  const known = new Set(grouped)
  const scope = isGrouped ? new Set(grouped) : reader.scope
  for (const { variable, start, end, expression: value, named } of columns) {
    const stranger = isGrouped ? named.find(({ name }) => !known.has(name)) : undefined
    if (stranger !== undefined) {
      const { name } = stranger
      const mend = `write GROUP BY ${`${groupedBy} ?${name}`.replace(/\s+/g, ' ').trim()}`
      reader.refuse(`?${name} is neither grouped nor aggregated`, mend, stranger.start, stranger.end)
    }
    if (value !== undefined && scope.has(variable.value))
      reader.refuse(`?${variable.value} already has a value in the pattern`, 'write another name after AS', start, end)
    known.add(variable.value)
  }
}

/** Reads `FROM`. */
export function datasetClauses(reader: Reader): { readonly default: Term[]; readonly named: Term[] } {
  const dataset = { default: [] as Term[], named: [] as Term[] }
  while (reader.take('FROM')) (reader.take('NAMED') ? dataset.named : dataset.default).push(reader.iri())
  return dataset
}

export function withDataset(input: Algebra, dataset: ReturnType<typeof datasetClauses> | undefined): Algebra {
  const { default: unnamed = [], named = [] } = dataset ?? {}
  return unnamed.length + named.length === 0 ? input : { type: 'from', input, default: unnamed, named }
}

export function whereClause(reader: Reader): Algebra {
  if (reader.kind !== 'WHERE' && reader.kind !== '{') reader.fail('{')
  reader.take('WHERE')
  return group(reader)
}

/** What stands behind the pattern of a query. @see SPARQL 1.1 Query Language, 18.2.4, 18.2.5 */
export interface Modified {
  /** The pattern with GROUP BY, HAVING and VALUES. */
  readonly input: Algebra
  readonly isGrouped: boolean
  readonly grouped: readonly string[]
  /** What stands behind GROUP BY. */
  readonly groupedBy: string | undefined
  readonly order: readonly Algebra[]
  readonly limit: number | undefined
  readonly offset: number | undefined
}

/** Reads what may stand behind the pattern of a query. @see SPARQL 1.1 Query Language, 19.8 [18] SolutionModifier */
export function solutionModifiers(reader: Reader, where: Algebra): Modified {
  const outer = reader.aggregates
  const aggregates = outer ?? []
  reader.aggregates = undefined
  const groups = reader.kind === 'GROUP' ? groupClause(reader, where) : undefined
  reader.aggregates = aggregates
  const having: Algebra[] = []
  if (reader.take('HAVING')) {
    do having.push(constraint(reader))
    while (isConstraintStart(reader))
  }
  const order = reader.take('ORDER') ? orderClause(reader) : []
  const { limit, offset } = sliceClauses(reader)
  const isGrouped = groups !== undefined || aggregates.length > 0
  const { input: extended = where, variables = [], text: groupedBy } = groups ?? {}
  let input: Algebra = isGrouped ? { type: 'group', input: extended, variables, aggregates } : where
  for (const condition of having) input = { type: 'filter', input, expression: condition }
  if (reader.kind === 'VALUES') {
    const values = inlineData(reader)
    const parts = input.type === 'join' ? (input.input as Algebra[]) : [input]
    input = { type: 'join', input: [...parts, values] }
  }
  reader.aggregates = outer
  return { input, isGrouped, grouped: variables.map(({ value }) => value), groupedBy, order, limit, offset }
}

function groupClause(reader: Reader, where: Algebra): { input: Algebra; variables: Term[]; text: string } {
  reader.next()
  const from = reader.end
  reader.expect('BY')
  const variables: Term[] = []
  let input = where
  let to = from
  do {
    if (reader.kind === '?v') {
      to = reader.end
      variables.push(DataFactory.variable(reader.variableName()))
      continue
    }
    const isOpen = reader.take('(')
    const value = isOpen ? expression(reader) : constraint(reader)
    const variable = isOpen && reader.take('AS') ? newVariable(reader) : reader.freshVariable()
    to = reader.end
    if (isOpen) reader.expect(')')
    input = { type: 'extend', input, variable, expression: value }
    variables.push(variable)
  } while (reader.kind === '?v' || isConstraintStart(reader))
  return { input, variables, text: reader.text.slice(from, to) }
}

function orderClause(reader: Reader): Algebra[] {
  reader.expect('BY')
  const order: Algebra[] = []
  do {
    const { kind } = reader
    if (kind === 'ASC' || kind === 'DESC') {
      reader.next()
      const value = bracketed(reader)
      order.push(kind === 'DESC' ? operation('desc', [value]) : value)
    } else order.push(kind === '?v' ? termExpression(DataFactory.variable(reader.variableName())) : constraint(reader))
  } while (reader.kind === '?v' || reader.kind === 'ASC' || reader.kind === 'DESC' || isConstraintStart(reader))
  return order
}

function sliceClauses(reader: Reader): { limit: number | undefined; offset: number | undefined } {
  const found: { limit: number | undefined; offset: number | undefined } = { limit: undefined, offset: undefined }
  for (;;) {
    const name = reader.kind === 'LIMIT' ? 'limit' : reader.kind === 'OFFSET' ? 'offset' : undefined
    if (name === undefined || found[name] !== undefined) return found
    reader.next()
    if (reader.kind !== '1') reader.fail('integer')
    found[name] = Number(reader.image)
    reader.next()
  }
}

export function withOrder(input: Algebra, { order }: Modified): Algebra {
  return order.length === 0 ? input : { type: 'orderby', input, expressions: order }
}

export function withSlice(input: Algebra, { limit, offset }: Modified): Algebra {
  if (limit === undefined && !offset) return input
  return { type: 'slice', input, start: offset ?? 0, ...(limit === undefined ? {} : { length: limit }) }
}
