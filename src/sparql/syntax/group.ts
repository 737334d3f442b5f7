import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../algebra.ts'
import { constraint, dataValue, expression } from './expression.ts'
import { bgp, flat, join, operation } from './node.ts'
import { selectQuery } from './query.ts'
import type { Reader } from './reader.ts'
import { isNodeStart, triplesBlock } from './triples.ts'

/**
 * Reads a group in braces.
 *
 * @param isVisible whether its variables are in scope behind it, as those of MINUS and EXISTS are not
 * @see SPARQL 1.1 Query Language, 19.8 [53] GroupGraphPattern, 18.2.2.6 (Translate Graph Patterns), 18.2.2.7 (Filters of Group)
 */
export function group(reader: Reader, isVisible = true): Algebra {
  const { input, condition } = groupParts(reader, isVisible)
  return condition === undefined ? input : { type: 'filter', input, expression: condition }
}

interface GroupParts {
  readonly input: Algebra
  /** What its own filters say together. */
  readonly condition?: Algebra | undefined
}

function groupParts(reader: Reader, isVisible = true): GroupParts {
  reader.expect('{')
  reader.beginPattern()
  const outer = reader.here
  reader.here = { scope: new Set() }
  const parts = reader.within('}', () => (reader.kind === 'SELECT' ? { input: selectQuery(reader, true) } : groupBody(reader)))
  if (isVisible) for (const name of reader.here.scope) outer.scope.add(name)
  reader.here = outer
  return parts
}

function groupBody(reader: Reader): GroupParts {
  let input = bgp()
  let condition: Algebra | undefined
  for (;;) {
    if (isNodeStart(reader)) input = join(input, triplesBlock(reader))
    if (reader.take('FILTER')) {
      const next = constraint(reader)
      condition = condition === undefined ? next : operation('&&', [condition, next])
    } else {
      const more = withPattern(reader, input)
      if (more === undefined) return { input, condition }
      input = more
      reader.beginPattern()
    }
    reader.take('.')
  }
}

/** What a group comes to with the next of its patterns that are no triples; undefined at its end. */
function withPattern(reader: Reader, before: Algebra): Algebra | undefined {
  switch (reader.kind) {
    case '{':
      return join(before, groupOrUnion(reader))
    case 'OPTIONAL': {
      reader.next()
      const { input, condition } = groupParts(reader)
      const both = { type: 'leftjoin', input: [before, input] }
      return condition === undefined ? both : { ...both, expression: condition }
    }
    case 'MINUS':
      reader.next()
      return { type: 'minus', input: [before, group(reader, false)] }
    case 'GRAPH': {
      reader.next()
      const name = reader.name()
      return join(before, { type: 'graph', input: group(reader), name })
    }
    case 'SERVICE': {
      reader.next()
      const silent = reader.take('SILENT')
      const name = reader.name()
      return join(before, { type: 'service', input: group(reader), name, silent })
    }
    case 'BIND':
      return bind(reader, before)
    case 'VALUES':
      return join(before, inlineData(reader))
    default:
      return undefined
  }
}

function groupOrUnion(reader: Reader): Algebra {
  const first = group(reader)
  if (reader.kind !== 'UNION') return first
  const alternatives = [first]
  while (reader.take('UNION')) alternatives.push(group(reader))
  return flat('union', alternatives)
}

function bind(reader: Reader, input: Algebra): Algebra {
  reader.next()
  reader.expect('(')
  const value = expression(reader)
  reader.expect('AS')
  const variable = newVariable(reader)
  reader.expect(')')
  return { type: 'extend', input, variable, expression: value }
}

/** The variable behind AS, which may have no value yet. @see SPARQL 1.1 Query Language, 18.2.1 (Variable Scope) */
export function newVariable(reader: Reader): Term {
  const { start, end } = reader
  const name = reader.variableName()
  if (reader.here.scope.has(name)) reader.refuse(`?${name} already has a value here`, 'write another name after AS', start, end)
  reader.here.scope.add(name)
  return DataFactory.variable(name)
}

/** Reads VALUES. @see SPARQL 1.1 Query Language, 19.8 [61] InlineData */
export function inlineData(reader: Reader): Algebra {
  reader.expect('VALUES')
  const isOne = reader.kind === '?v'
  const variables = new Map<string, Term>()
  if (isOne) dataVariable(reader, variables)
  else {
    reader.expect('(')
    while (!reader.take(')')) dataVariable(reader, variables)
  }
  const names = [...variables.keys()]
  const bindings: Record<string, Term>[] = []
  reader.expect('{')
  while (!reader.take('}')) bindings.push(isOne ? dataCell(reader, names[0]!) : dataRow(reader, names))
  return { type: 'values', variables: [...variables.values()], bindings }
}

function dataVariable(reader: Reader, known: Map<string, Term>): void {
  const { start, end } = reader
  const variable = reader.boundVariable()
  const { value } = variable
  if (known.has(value)) reader.refuse(`?${value} stands twice in VALUES`, 'remove one of them', start, end)
  known.set(value, variable)
}

function dataRow(reader: Reader, names: readonly string[]): Record<string, Term> {
  reader.expect('(')
  const cells = names.flatMap(name => {
    if (reader.kind !== ')') return Object.entries(dataCell(reader, name))
    return reader.refuse('this row of VALUES has fewer values than there are variables', 'write UNDEF where there is no value')
  })
  if (reader.kind === 'UNDEF' || reader.isIri || reader.isLiteral)
    reader.refuse(
      'this row of VALUES has more values than there are variables',
      `remove ${reader.image}, or name a variable for it`,
    )
  reader.expect(')')
  return Object.fromEntries(cells)
}

/** What a row has for a variable: nothing for UNDEF. */
function dataCell(reader: Reader, name: string): Record<string, Term> {
  return reader.take('UNDEF') ? {} : { [name]: dataValue(reader) }
}
