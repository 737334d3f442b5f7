import type { Algebra } from '../../query/algebra.ts'
import { group } from './group.ts'
import { prologue } from './prologue.ts'
import type { BlankNodes, Reader } from './reader.ts'
import { triplesTemplate } from './triples.ts'

const GRAPHS: ReadonlySet<string> = new Set(['DEFAULT', 'NAMED', 'ALL'])

/**
 * Reads an update. What it changes is not kept, since nothing here can be changed: its nodes tell only what kind of operation it is.
 *
 * @see SPARQL 1.1 Update, grammar in SPARQL 1.1 Query Language, 19.8 [29] Update
 */
export function update(reader: Reader): Algebra {
  const operations: Algebra[] = []
  const labels = new Set<string>()
  while (reader.kind !== 'END') {
    operations.push(operation(reader, labels))
    if (!reader.take(';')) break
    prologue(reader)
  }
  if (operations.length === 1) return operations[0]!
  return operations.length === 0 ? { type: 'nop' } : { type: 'compositeupdate', updates: operations }
}

/** @param labels the blank nodes of earlier data, which no other may use */
function operation(reader: Reader, labels: Set<string>): Algebra {
  const { kind } = reader
  const type = kind.toLowerCase()
  switch (kind) {
    case 'LOAD':
      begin(reader)
      reader.iri()
      if (reader.take('INTO')) graphReference(reader)
      return { type }
    case 'CLEAR':
    case 'DROP':
      begin(reader)
      if (GRAPHS.has(reader.kind)) reader.next()
      else graphReference(reader)
      return { type }
    case 'CREATE':
      begin(reader)
      graphReference(reader)
      return { type }
    case 'ADD':
    case 'MOVE':
    case 'COPY':
      begin(reader)
      graphOrDefault(reader)
      reader.expect('TO')
      graphOrDefault(reader)
      return { type }
    default:
      change(reader, labels)
      return { type: 'deleteinsert' }
  }
}

function begin(reader: Reader): void {
  reader.next()
  reader.take('SILENT')
}

function graphReference(reader: Reader): void {
  reader.expect('GRAPH')
  reader.iri()
}

function graphOrDefault(reader: Reader): void {
  if (reader.take('DEFAULT')) return
  reader.take('GRAPH')
  reader.iri()
}

/** INSERT and DELETE, with data or with a pattern. */
function change(reader: Reader, labels: Set<string>): void {
  const isWith = reader.take('WITH')
  if (isWith) reader.iri()
  const isDelete = reader.take('DELETE')
  if (!isDelete) reader.expect('INSERT')
  if (!isWith && reader.take('DATA')) data(reader, isDelete, labels)
  else if (!isWith && isDelete && reader.take('WHERE')) quads(reader, 'none')
  else modify(reader, isDelete)
}

function modify(reader: Reader, isDelete: boolean): void {
  quads(reader, isDelete ? 'none' : 'nodes')
  if (isDelete && reader.take('INSERT')) quads(reader, 'nodes')
  while (reader.take('USING')) {
    reader.take('NAMED')
    reader.iri()
  }
  reader.expect('WHERE')
  group(reader)
}

function data(reader: Reader, isDelete: boolean, labels: Set<string>): void {
  const { start } = reader
  reader.hasVariables = false
  reader.labels = new Set()
  quads(reader, isDelete ? 'none' : 'nodes')
  reader.hasVariables = true
  for (const label of reader.labels) {
    if (labels.has(label)) reader.refuse(`_:${label} is used in two operations`, 'write another label', start, start + 1)
    labels.add(label)
  }
}

/** @see SPARQL 1.1 Query Language, 19.8 [50] Quads */
function quads(reader: Reader, blankNodes: BlankNodes): void {
  reader.blankNodes = blankNodes
  reader.expect('{')
  triplesTemplate(reader)
  while (reader.take('GRAPH')) {
    reader.name()
    reader.expect('{')
    triplesTemplate(reader)
    reader.expect('}')
    reader.take('.')
    triplesTemplate(reader)
  }
  reader.expect('}')
  reader.blankNodes = 'variables'
}
