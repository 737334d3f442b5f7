import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../../query/algebra.ts'
import { constraint, dataValue, expression } from './expression.ts'
import { bgp, flat, join, operation } from './node.ts'
import type { Reader } from './reader.ts'
import { selectQuery } from './select.ts'
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
  reader.enter()
  reader.beginPattern()
  const outer = reader.scope
  reader.scope = new Set()
  const parts = reader.kind === 'SELECT' ? { input: selectQuery(reader, true) } : groupBody(reader)
  reader.leave()
  reader.expect('}')
  if (isVisible) for (const name of reader.scope) outer.add(name)
  reader.scope = outer
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
  if (reader.scope.has(name)) reader.refuse(`?${name} already has a value here`, 'write another name after AS', start, end)
  reader.scope.add(name)
  return DataFactory.variable(name)
}

/** Reads VALUES. @see SPARQL 1.1 Query Language, 19.8 [61] InlineData */
export function inlineData(reader: Reader): Algebra {
  reader.expect('VALUES')
  const isOne = reader.kind === '?v'
  const variables = isOne ? [reader.boundVariable()] : dataVariables(reader)
  const names = variables.map(({ value }) => value)
  reader.expect('{')
  const bindings: Record<string, Term>[] = []
  while (reader.kind !== '}') {
    if (!isOne) reader.expect('(')
    bindings.push(isOne ? dataRow(reader, names, 1) : dataRow(reader, names))
    if (!isOne) reader.expect(')')
  }
  reader.next()
  return { type: 'values', variables, bindings }
}

function dataVariables(reader: Reader): Term[] {
  reader.expect('(')
  const variables: Term[] = []
  while (reader.kind !== ')') {
    const { start, end } = reader
    const variable = reader.boundVariable()
    if (variables.some(other => other.equals(variable)))
      reader.refuse(`?${variable.value} stands twice in VALUES`, 'remove one of them', start, end)
    variables.push(variable)
  }
  reader.next()
  return variables
}

/** The values of a row up to its parenthesis, or so many. */
function dataRow(reader: Reader, names: readonly string[], count?: number): Record<string, Term> {
  const row: Record<string, Term> = {}
  let index = 0
  for (; index !== count && reader.kind !== ')'; index++) {
    const { start, end } = reader
    const value = reader.take('UNDEF') ? undefined : dataValue(reader)
    const name = names[index]
    if (name === undefined) {
      const mend = `remove ${reader.text.slice(start, end)}, or name a variable for it`
      reader.refuse('this row of VALUES has more values than there are variables', mend, start, end)
    }
    if (value !== undefined) row[name] = value
  }
  if (index < names.length)
    reader.refuse('this row of VALUES has fewer values than there are variables', 'write UNDEF where there is no value')
  return row
}
