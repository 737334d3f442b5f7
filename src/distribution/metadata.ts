import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { authorIRI } from '../article/claim.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { LAYERS, layerIRI } from '../project/layer.ts'
import { quadOf } from '../rdf/term.ts'
import { cmq, dcat, dcterms, prov, rdf, rdfs, voidNs } from '../rdf/vocabulary.ts'

const { literal, namedNode } = DataFactory

/**
 * What a distribution tells of itself: the dataset with its creator, version, date and licence; the documents it was taken from,
 * with the hash of each; by whom it is asserted.
 *
 * @param part a graph that is handed over alone; it is told apart from the dataset that it is part of
 * @returns triples of the graph `about`
 */
export function metadataOf(graph: KnowledgeGraph, part?: Term): Quad[] {
  const { store, baseIRI, documents } = graph
  const about = namedNode(`${baseIRI}about`)
  const own = store.getQuads(null, null, null, about)
  const dataset = datasetOf(graph)
  const known = (property: NamedNode): Term[] => store.getObjects(dataset, property, about)
  const node = part ?? dataset
  const says = (property: NamedNode, ...objects: readonly Term[]): Quad[] =>
    objects.map(object => quadOf(node, property, object, about))
  const layer = LAYERS.find(name => part?.equals(layerIRI(baseIRI, name)))
  const words = WORDS[layer ?? 'graph']
  const sources = documents.map(({ iri }) => namedNode(iri))
  const authors = sources.map(({ value }) => namedNode(authorIRI(value)))
  const ofPart = [
    ...says(rdf.type, voidNs.Dataset),
    ...says(dcterms.isPartOf, dataset),
    ...says(dcterms.title, ...known(dcterms.title).map(({ value }) => literal(`${value}: ${words.title}`, 'en'))),
    ...says(dcterms.description, literal(words.description, 'en')),
    ...[dcterms.creator, dcterms.license, dcterms.modified].flatMap(property => says(property, ...known(property))),
  ]
  return [
    ...own,
    ...(part === undefined ? [] : ofPart),
    ...says(dcterms.source, ...sources),
    ...says(prov.wasAttributedTo, ...authors),
    ...sources.flatMap(source => documentTriples(store, source, about)),
    ...authors.flatMap(author => store.getQuads(author, rdfs.label, null, null).map(triple => inGraph(triple, about))),
  ]
}

/**
 * The dataset that `data/dataset.ttl` describes.
 *
 * @example datasetOf(project).value // 'https://w3id.org/communique/about'
 */
export function datasetOf({ store, baseIRI }: KnowledgeGraph): Term {
  const about = namedNode(`${baseIRI}about`)
  return store.getSubjects(rdf.type, dcat.Dataset, about)[0] ?? about
}

/** What is handed over, in words. */
const WORDS = {
  graph: {
    title: 'one graph',
    description: 'According to the documents named as source: asserted by who is named there, never as fact.',
  },
  stated: {
    title: 'the stated layer',
    description:
      'What the authors of the documents assert or announce, classifications by the curator, and what shortens them by published rules. According to the documents: asserted, never as fact.',
  },
  inferred: {
    title: 'the inferred layer',
    description:
      'The stated layer, and what rules and the curator infer from it. According to the documents: asserted or inferred, never as fact.',
  },
  linked: {
    title: 'the linked layer',
    description:
      'The inferred layer, and reviewed links to other sources. According to the documents: asserted or inferred, never as fact; links by the review named with each.',
  },
} as const

/** What is known of a document as a whole. */
function documentTriples(store: KnowledgeGraph['store'], document: NamedNode, about: NamedNode): Quad[] {
  const properties = [rdf.type, rdfs.label, dcterms.language, dcterms.rights, dcterms.source, cmq.sha256]
  const provenance = namedNode(`${document.value}/provenance`)
  return properties.flatMap(property =>
    store.getQuads(document, property, null, provenance).map(triple => inGraph(triple, about)),
  )
}

function inGraph({ subject, predicate, object }: Quad, graph: NamedNode): Quad {
  return quadOf(subject, predicate, object, graph)
}
