import type { Quad } from '@rdfjs/types'
import { linksIRI } from '../linking/link.ts'
import { mappingsText } from '../linking/mapping.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { quadOf, tripleKey } from '../rdf/term.ts'
import { cmq, rdf } from '../rdf/vocabulary.ts'
import { metadataOf } from './metadata.ts'
import { originOf } from './origin.ts'

/**
 * Every verdict, the rejected as `Not`, in a set that says of which documents the things are.
 *
 * @see SSSOM 1.1, TSV
 */
export function mappingSet(graph: KnowledgeGraph): string {
  const { links = { mappings: [], prefixes: graph.prefixes } } = graph
  const { title = '', sources, assertedBy, modified = '' } = originOf(metadataOf(graph))!
  const texts = sources.map(({ iri, title: name, sha256 }) => `${name ?? ''} <${iri}>, SHA-256 ${sha256 ?? 'unknown'}`)
  const description = `Of the things that ${texts.join(' and ')} speaks of, asserted by ${assertedBy.join(', ')}; the links are ours.`
  return mappingsText(links, {
    mapping_set_title: `${title}: links`,
    mapping_set_description: description,
    publication_date: modified,
  })
}

/**
 * The accepted links: each triple in the graph of its link; in the default graph who reviewed it, when, what agrees and from which
 * source it comes, a VoID linkset for each source and relation, and what is known of the sources.
 *
 * @see VoID, 5 (Describing Linksets); PROV-O, 3.1
 */
export function linksets(graph: KnowledgeGraph): Quad[] {
  const { store, baseIRI } = graph
  const all = linksIRI(baseIRI)
  const held = store.getSubjects(rdf.type, cmq.Link, all).flatMap(link => store.getQuads(null, null, null, link))
  const links = new Set(held.map(tripleKey))
  const described = store.getQuads(null, null, null, all).filter(quad => !links.has(tripleKey(quad)))
  return [
    ...described.map(({ subject, predicate, object }) => quadOf(subject, predicate, object)),
    ...metadataOf(graph, all),
    ...held,
  ]
}
