import type { Term } from '@rdfjs/types'
import type { Algebra } from '../../query/algebra.ts'
import { bgp, type Pattern } from './node.ts'
import type { Reader } from './reader.ts'
import {
  datasetClauses,
  type Modified,
  selectQuery,
  solutionModifiers,
  variablesOf,
  whereClause,
  withDataset,
  withOrder,
  withSlice,
} from './select.ts'
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
    case 'DESCRIBE':
      return describeQuery(reader)
    default:
      return reader.fail()
  }
}

function askQuery(reader: Reader): Algebra {
  reader.next()
  const dataset = datasetClauses(reader)
  const modified = solutionModifiers(reader, whereClause(reader))
  return finished(modified, input => ({ type: 'ask', input }), dataset)
}

function finished(modified: Modified, form: (input: Algebra) => Algebra, dataset: ReturnType<typeof datasetClauses>): Algebra {
  return withDataset(withSlice(form(withOrder(modified.input, modified)), modified), dataset)
}

function constructQuery(reader: Reader): Algebra {
  reader.next()
  const long = reader.kind === '{' ? template(reader) : undefined
  const dataset = datasetClauses(reader)
  if (long === undefined) reader.expect('WHERE')
  const open = reader.start
  const where = long === undefined ? bgp(triplesInBraces(reader)) : whereClause(reader)
  // `CONSTRUCT WHERE` says it once: its blank nodes are variables in the pattern, and nodes in the template.
  if (long === undefined) reader.rewind(open)
  const made = long ?? template(reader)
  const modified = solutionModifiers(reader, where)
  return finished(modified, input => ({ type: 'construct', input, template: made }), dataset)
}

function template(reader: Reader): Pattern[] {
  const { scope } = reader
  Object.assign(reader, { scope: new Set(), blankNodes: 'nodes' })
  const made = triplesInBraces(reader)
  Object.assign(reader, { scope, blankNodes: 'variables' })
  return made
}

function triplesInBraces(reader: Reader): Pattern[] {
  reader.expect('{')
  const found = triplesTemplate(reader)
  reader.expect('}')
  return found
}

function describeQuery(reader: Reader): Algebra {
  reader.next()
  const terms: Term[] = []
  const isAll = reader.take('*')
  if (!isAll)
    do terms.push(reader.name())
    while (reader.kind === '?v' || reader.isIri)
  const dataset = datasetClauses(reader)
  const modified = solutionModifiers(reader, reader.kind === 'WHERE' || reader.kind === '{' ? whereClause(reader) : bgp())
  const described = isAll ? variablesOf(reader.scope) : terms
  return finished(modified, input => ({ type: 'describe', input, terms: described }), dataset)
}
