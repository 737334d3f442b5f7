import type { Algebra } from '../algebra.ts'
import { group } from './group.ts'
import { prologue } from './prologue.ts'
import type { BlankNodes, Reader } from './reader.ts'
import { triplesTemplate } from './triples.ts'

/**
 * Reads an update. What it changes is not kept, since nothing here can be changed: its nodes tell only what kind of operation it is.
 *
 * @see SPARQL 1.1 Update, grammar in SPARQL 1.1 Query Language, 19.8 [29] Update
 */
export function update(reader: Reader): Algebra {
  const operations: Algebra[] = []
  while (reader.kind !== 'END') {
    operations.push(operation(reader))
    if (!reader.take(';')) break
    prologue(reader)
  }
  if (operations.length === 1) return operations[0]!
  return operations.length === 0 ? { type: 'nop' } : { type: 'compositeupdate', updates: operations }
}

function operation(reader: Reader): Algebra {
  const { kind } = reader
  const read = MANAGEMENT[kind]
  if (read === undefined) {
    change(reader)
    return { type: 'deleteinsert' }
  }
  reader.next()
  reader.take('SILENT')
  read(reader)
  return { type: kind.toLowerCase() }
}

/** What stands behind the word of an operation on whole graphs. @see SPARQL 1.1 Update, 3.2 (Graph Management) */
const MANAGEMENT: Readonly<Record<string, (reader: Reader) => void>> = {
  LOAD: reader => {
    reader.iri()
    if (reader.take('INTO')) graph(reader)
  },
  CREATE: graph,
  CLEAR: graphOrAll,
  DROP: graphOrAll,
  ADD: graphToGraph,
  MOVE: graphToGraph,
  COPY: graphToGraph,
}

function graph(reader: Reader): void {
  reader.expect('GRAPH')
  reader.iri()
}

function graphOrAll(reader: Reader): void {
  if (!reader.take('DEFAULT') && !reader.take('NAMED') && !reader.take('ALL')) graph(reader)
}

function graphToGraph(reader: Reader): void {
  graphOrDefault(reader)
  reader.expect('TO')
  graphOrDefault(reader)
}

function graphOrDefault(reader: Reader): void {
  if (reader.take('DEFAULT')) return
  reader.take('GRAPH')
  reader.iri()
}

/** INSERT and DELETE, with data or with a pattern. */
function change(reader: Reader): void {
  const isWith = reader.take('WITH')
  if (isWith) reader.iri()
  const isDelete = reader.take('DELETE')
  if (!isDelete) reader.expect('INSERT')
  reader.beginPattern()
  if (!isWith && reader.take('DATA')) {
    reader.hasVariables = false
    quads(reader, isDelete ? 'none' : 'data')
    reader.hasVariables = true
    return
  }
  const isShort = !isWith && isDelete && reader.take('WHERE')
  quads(reader, isDelete ? 'none' : 'nodes')
  if (isShort) return
  if (isDelete && reader.take('INSERT')) quads(reader, 'nodes')
  while (reader.take('USING')) {
    reader.take('NAMED')
    reader.iri()
  }
  reader.expect('WHERE')
  group(reader)
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
