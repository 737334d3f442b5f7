import type { Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../algebra.ts'
import { expression } from './expression.ts'
import { group } from './group.ts'
import { type Modifiers, modifiers } from './modifiers.ts'
import { bgp, type Pattern } from './node.ts'
import type { Reader, Surroundings } from './reader.ts'
import { triplesTemplate } from './triples.ts'

/** Reads a query of any form behind its prologue. @see SPARQL 1.1 Query Language, 19.8 [2] Query */
export function query(reader: Reader): Algebra {
  switch (reader.kind) {
    case 'SELECT':
      return selectQuery(reader, false)
    case 'ASK':
      return askQuery(reader)
    case 'CONSTRUCT':
      return constructQuery(reader)
    default:
      return describeQuery(reader)
  }
}

/** A column of SELECT as it is written. */
interface Column {
  readonly variable: Variable
  readonly start: number
  readonly end: number
  readonly expression: Algebra | undefined
  /** The variables outside of aggregates that its value is made of. */
  readonly named: NonNullable<Surroundings['named']>
}

/** Reads a SELECT, with its columns in scope behind it. @see SPARQL 1.1 Query Language, 19.8 [7] SelectQuery, [8] SubSelect */
export function selectQuery(reader: Reader, isSub: boolean): Algebra {
  reader.expect('SELECT')
  reader.here.aggregates = []
  const wrapper = reader.take('DISTINCT') ? 'distinct' : reader.take('REDUCED') ? 'reduced' : undefined
  const star = reader.start
  const columns = reader.take('*') ? undefined : selectColumns(reader)
  const dataset = isSub ? [] : datasetClauses(reader)
  const modified = modifiers(reader, whereClause(reader))
  // What is wrong in the text goes before what it cannot mean.
  if (reader.kind !== (isSub ? '}' : 'END')) reader.fail()
  if (columns === undefined && modified.groupedBy !== undefined)
    reader.refuse('SELECT * cannot be grouped', 'name the variables of GROUP BY in place of *', star, star + 1)
  let { input } = modified
  if (columns !== undefined) checkColumns(reader, columns, modified)
  for (const { variable, expression: value } of columns ?? [])
    if (value !== undefined) input = { type: 'extend', input, variable, expression: value }
  const variables = columns?.map(({ variable }) => variable) ?? variablesOf(reader.here.scope)
  reader.here.scope = new Set(variables.map(({ value }) => value))
  const project = (input: Algebra): Algebra => ({ type: 'project', input, variables })
  return finished({ ...modified, input }, dataset, ordered =>
    wrapper === undefined ? project(ordered) : { type: wrapper, input: project(ordered) },
  )
}

function selectColumns(reader: Reader): Column[] {
  const columns: Column[] = []
  const names = new Set<string>()
  do {
    const column = selectColumn(reader)
    const { value } = column.variable
    if (names.has(value)) reader.refuse(`?${value} stands twice in SELECT`, 'remove one of them', column.start, column.end)
    names.add(value)
    columns.push(column)
  } while (reader.kind === '?v' || reader.kind === '(')
  return columns
}

function selectColumn(reader: Reader): Column {
  const isNew = reader.take('(')
  const named: Column['named'] = []
  reader.here.named = named
  const value = isNew ? expression(reader) : undefined
  reader.here.named = undefined
  if (isNew) reader.expect('AS')
  const { start, end } = reader
  const name = reader.variableName()
  if (isNew) reader.expect(')')
  else named.push({ name, start, end })
  return { variable: DataFactory.variable(name), start, end, expression: value, named }
}

/** @see SPARQL 1.1 Query Language, 11.4 (Aggregate Projection Restrictions), 18.2.1 (Variable Scope) */
function checkColumns(reader: Reader, columns: readonly Column[], { grouped, groupedBy = '' }: Modifiers): void {
  const scope = grouped === undefined ? reader.here.scope : new Set(grouped)
  const known = new Set(scope)
  for (const { variable, start, end, expression: value, named } of columns) {
    const stranger = grouped && named.find(({ name }) => !known.has(name))
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

/** The variables of a scope in alphabetical order. Without `localeCompare`, the first call of which takes longer than all the rest. */
function variablesOf(scope: ReadonlySet<string>): Variable[] {
  const keys = new Map([...scope].map(name => [name, name.toLowerCase().replaceAll('_', ' ')]))
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  const names = [...scope].sort((a, b) => compare(keys.get(a)!, keys.get(b)!) || compare(b, a))
  return names.map(name => DataFactory.variable(name))
}

type Dataset = readonly { readonly graph: Term; readonly isNamed: boolean }[]

function datasetClauses(reader: Reader): Dataset {
  const graphs: { graph: Term; isNamed: boolean }[] = []
  while (reader.take('FROM')) {
    const isNamed = reader.take('NAMED')
    graphs.push({ graph: reader.iri(), isNamed })
  }
  return graphs
}

function whereClause(reader: Reader): Algebra {
  if (!reader.take('WHERE') && reader.kind !== '{') reader.fail('{')
  return group(reader)
}

/** A query of a form with what surrounds it. @see SPARQL 1.1 Query Language, 18.2.5 (Converting Solution Modifiers) */
function finished(modified: Modifiers, dataset: Dataset, form: (input: Algebra) => Algebra): Algebra {
  const { order, limit, offset } = modified
  const { input } = modified
  let whole = form(order.length === 0 ? input : { type: 'orderby', input, expressions: order })
  if (limit !== undefined || offset) {
    const slice = { type: 'slice', input: whole, start: offset ?? 0 }
    whole = limit === undefined ? slice : { ...slice, length: limit }
  }
  if (dataset.length === 0) return whole
  const graphs = (isNamed: boolean): Term[] => dataset.filter(part => part.isNamed === isNamed).map(({ graph }) => graph)
  return { type: 'from', input: whole, default: graphs(false), named: graphs(true) }
}

function askQuery(reader: Reader): Algebra {
  reader.next()
  const dataset = datasetClauses(reader)
  return finished(modifiers(reader, whereClause(reader)), dataset, input => ({ type: 'ask', input }))
}

function constructQuery(reader: Reader): Algebra {
  reader.next()
  const long = reader.kind === '{' ? constructTemplate(reader) : undefined
  const dataset = datasetClauses(reader)
  if (long === undefined) reader.expect('WHERE')
  const open = reader.start
  const where = long === undefined ? bgp(triplesInBraces(reader)) : whereClause(reader)
  // `CONSTRUCT WHERE` says it once: its blank nodes are variables in the pattern, and nodes in the template.
  if (long === undefined) reader.rewind(open)
  const template = long ?? constructTemplate(reader)
  return finished(modifiers(reader, where), dataset, input => ({ type: 'construct', input, template }))
}

function constructTemplate(reader: Reader): Pattern[] {
  const { here } = reader
  reader.here = { scope: new Set() }
  reader.blankNodes = 'nodes'
  const template = triplesInBraces(reader)
  reader.here = here
  reader.blankNodes = 'variables'
  return template
}

function triplesInBraces(reader: Reader): Pattern[] {
  reader.expect('{')
  const found = triplesTemplate(reader)
  reader.expect('}')
  return found
}

function describeQuery(reader: Reader): Algebra {
  reader.expect('DESCRIBE')
  const named: Term[] = []
  const isAll = reader.take('*')
  if (!isAll)
    do named.push(reader.name())
    while (reader.kind === '?v' || reader.isIri)
  const dataset = datasetClauses(reader)
  const where = reader.kind === 'WHERE' || reader.kind === '{' ? whereClause(reader) : bgp()
  const terms = isAll ? variablesOf(reader.here.scope) : named
  return finished(modifiers(reader, where), dataset, input => ({ type: 'describe', input, terms }))
}
