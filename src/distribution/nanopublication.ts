import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { quadOf } from '../rdf/term.ts'
import { cmq, dcterms, prov, rdf, rdfs } from '../rdf/vocabulary.ts'
import { type ClaimRecord, claimRecords } from './claim-record.ts'
import { datasetOf } from './metadata.ts'

const { namedNode } = DataFactory

/**
 * Each claim as a nanopublication: its graph is the assertion; beside it stand a head, the provenance - whose words, where they
 * stand, who says so - and the publication info: who entered it, when, under which licence. They have no trusty IRIs.
 *
 * @returns quads of four graphs a claim
 * @see Nanopublication Guidelines, 2 (Nanopublication model)
 */
export function nanopublications(graph: KnowledgeGraph): Quad[] {
  return claimRecords(graph)
    .filter(({ triples }) => triples.length > 0)
    .flatMap(claim => nanopublication(graph, claim))
}

function nanopublication(graph: KnowledgeGraph, { iri, document, voice, triples }: ClaimRecord): Quad[] {
  const name = `${document}/nanopublication/${iri.value.slice(iri.value.lastIndexOf('/') + 1)}`
  const publication = namedNode(name)
  const [head, provenance, info] = [namedNode(`${name}/head`), namedNode(`${name}/provenance`), namedNode(`${name}/info`)]
  const { store } = graph
  const dataset = datasetOf(graph)
  const of = (subject: Term, name: Term): Quad[] => triplesOf(store, subject).map(triple => inGraph(triple, name))
  const told = [cmq.hasQuote, cmq.isResolvedBy, cmq.isStatedIn].flatMap(property => store.getObjects(iri, property, null))
  const carried = [dcterms.creator, dcterms.license].flatMap(property =>
    store.getObjects(dataset, property, null).map(object => quadOf(publication, property, object, info)),
  )
  const [date] = store.getObjects(dataset, dcterms.modified, null)
  return [
    quadOf(publication, rdf.type, np('Nanopublication'), head),
    quadOf(publication, np('hasAssertion'), iri, head),
    quadOf(publication, np('hasProvenance'), provenance, head),
    quadOf(publication, np('hasPublicationInfo'), info, head),
    ...triples,
    ...of(iri, provenance),
    quadOf(iri, prov.wasAttributedTo, voice, provenance),
    quadOf(iri, prov.wasQuotedFrom, namedNode(document), provenance),
    ...store.getObjects(voice, rdfs.label, null).map(label => quadOf(voice, rdfs.label, label, provenance)),
    ...told.flatMap(part => of(part, provenance)),
    ...store
      .getObjects(namedNode(document), cmq.sha256, null)
      .map(hash => quadOf(namedNode(document), cmq.sha256, hash, provenance)),
    ...carried,
    ...(date === undefined ? [] : [quadOf(publication, dcterms.created, date, info)]),
    quadOf(publication, dcterms.isPartOf, dataset, info),
  ]
}

function triplesOf(store: KnowledgeGraph['store'], subject: Term): Quad[] {
  return store.getQuads(subject, null, null, null).filter(({ graph }) => graph.value.endsWith('/provenance'))
}

function inGraph({ subject, predicate, object }: Quad, graph: Term): Quad {
  return quadOf(subject, predicate, object, graph)
}

function np(name: string): Term {
  return namedNode(`http://www.nanopub.org/nschema#${name}`)
}
