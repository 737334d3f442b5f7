import type { Quad } from '@rdfjs/types'
import { quadOf } from '../rdf/term.ts'
import { rdf } from '../rdf/vocabulary.ts'

/**
 * Puts the cells of lists into the graph in which the list is spoken of: jsonld-streaming-parser leaves them in the default graph.
 *
 * @param isCell whether a blank node has no label in the document, so that nothing there can name it
 * @see JSON-LD 1.1 API, 8.3 (RDF to Object Conversion), list conversion: in the graph of the node
 */
export function withListsInGraphs(quads: readonly Quad[], isCell: (label: string) => boolean): readonly Quad[] {
  const cells = quads.filter(
    ({ subject, predicate, graph }) =>
      graph.termType === 'DefaultGraph' &&
      subject.termType === 'BlankNode' &&
      isCell(subject.value) &&
      (predicate.equals(rdf.first) || predicate.equals(rdf.rest)),
  )
  if (cells.length === 0) return quads
  const cellQuads = new Set(cells)
  const following = new Map<string, string[]>()
  for (const { subject, object } of cells)
    if (object.termType === 'BlankNode') following.set(subject.value, [...(following.get(subject.value) ?? []), object.value])
  const labels = new Set(cells.map(({ subject }) => subject.value))
  const graphs = new Map<string, Quad['graph']>()
  for (const quad of quads) {
    const { object, graph } = quad
    if (graph.termType === 'DefaultGraph' || cellQuads.has(quad)) continue
    // A cell leads to the next one, and to the lists within the list.
    for (const stack = [object.value]; object.termType === 'BlankNode' && stack.length > 0; ) {
      const label = stack.pop()!
      if (!labels.has(label) || graphs.has(label)) continue
      graphs.set(label, graph)
      stack.push(...(following.get(label) ?? []))
    }
  }
  return quads.map(quad => {
    const graph = cellQuads.has(quad) ? graphs.get(quad.subject.value) : undefined
    return graph === undefined ? quad : quadOf(quad.subject, quad.predicate, quad.object, graph)
  })
}
