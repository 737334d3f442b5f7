import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { statementKind } from '../project/source.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { quadOf } from '../rdf/term.ts'

/** New in RDF 1.2, so that the vocabulary packages do not have it yet. */
const REIFIES = DataFactory.namedNode(`${PREFIXES.rdf}reifies`)

/**
 * Named graphs as reifiers, so that one graph of RDF 1.2 carries what each claim, plain statement and inference says, who says so,
 * and in which words: what is reported or inferred is named, not asserted.
 *
 * @returns triples: those of every graph of provenance, and for each triple of a claim's graph that the claim reifies it
 * @see RDF 1.2 Concepts, 1.5 (Triple Terms and Reification)
 */
export function annotatedTriples(graph: KnowledgeGraph): Quad[] {
  const all = graph.store.getQuads(null, null, null, null)
  const kinds = new Map<string, boolean>()
  const isStatement = (name: Quad['graph']): boolean => {
    const known = kinds.get(name.value) ?? statementKind(graph, name) !== undefined
    kinds.set(name.value, known)
    return known
  }
  return all.flatMap(({ subject, predicate, object, graph: name }): Quad[] => {
    const triple = quadOf(subject, predicate, object)
    if (isStatement(name)) return [quadOf(name, REIFIES, triple)]
    return name.value.endsWith('/provenance') ? [triple] : []
  })
}
