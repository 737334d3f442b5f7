import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { authorIRI } from '../article/claim.ts'
import { pageOf } from '../linking/identifier.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf } from '../project/thing.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { cmq, dcterms, owl, rdf, rdfs } from '../rdf/vocabulary.ts'
import { datasetOf } from './metadata.ts'

const { namedNode } = DataFactory

/**
 * A layer as search engines read it: things with a type of schema.org, their names, what the alignments of the ontology map to its
 * properties, posts as job titles, exact days where the layer has them, the pages of what links say they are; the documents; the
 * dataset with its licence.
 *
 * @param triples of the layer
 * @returns JSON-LD in the context of schema.org
 * @see schema.org, Event, Person, Organization, Dataset
 */
export function schemaOrg(graph: KnowledgeGraph, triples: readonly Quad[]): object {
  const things = new Map<string, Quad[]>()
  for (const triple of triples) {
    const known = things.get(triple.subject.value)
    if (known === undefined) things.set(triple.subject.value, [triple])
    else known.push(triple)
  }
  const typesOf = (iri: string): string[] =>
    sorted(
      (things.get(iri) ?? []).flatMap(({ predicate, object }) => (predicate.equals(rdf.type) ? (schemaName(object) ?? []) : [])),
    )
  const documents = new Set(graph.documents.map(({ iri }) => iri))
  const nodes = [...things]
    .filter(([iri]) => typesOf(iri).length > 0 && !documents.has(iri))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([iri, own]) => thing(graph, own, iri, typesOf(iri), iri => typesOf(iri).length > 0))
  const named = nodes.map(node => ({ '@id': node['@id'] }))
  return {
    '@context': 'https://schema.org/',
    '@graph': [dataset(graph), ...graph.documents.map(({ iri }) => article(graph, iri, named)), ...nodes],
  }
}

type Node = Readonly<Record<string, unknown>>

function thing(
  graph: KnowledgeGraph,
  own: readonly Quad[],
  iri: string,
  types: string[],
  isKnown: (iri: string) => boolean,
): Node {
  const values = (property: Term): string[] =>
    sorted(own.flatMap(({ predicate, object }) => (predicate.equals(property) ? object.value : [])))
  const node: Record<string, unknown> = { '@type': one(types), '@id': iri, name: one(values(rdfs.label)) }
  const others = values(cmq.nameAsWritten).filter(name => !values(rdfs.label).includes(name))
  if (others.length > 0) node.alternateName = one(others)
  const pages = sorted(values(owl.sameAs).map(pageOf))
  if (pages.length > 0) node.sameAs = one(pages)
  const posts = own.flatMap(({ predicate, object }) => (predicate.equals(cmq.isCalledHolderOf) ? labelOf(graph, object) : []))
  if (posts.length > 0) node.jobTitle = one(sorted(posts))
  for (const [name, bounds] of DAYS) {
    const [first, last] = bounds.map(values)
    if (first!.length === 1 && first![0] === last![0]) node[name] = first![0]
  }
  for (const { predicate, object } of own)
    for (const name of propertiesOf(graph, predicate)) {
      const value =
        object.termType === 'NamedNode'
          ? isKnown(object.value)
            ? { '@id': object.value }
            : labelOf(graph, object)
          : object.value
      node[name] = node[name] === undefined ? value : [node[name], value].flat()
    }
  return node
}

/** A day is exact where its bounds are the same. */
const DAYS = [
  ['startDate', [cmq.earliestBegin, cmq.latestBegin]],
  ['endDate', [cmq.earliestEnd, cmq.latestEnd]],
] as const

/** What the alignments say a property is in schema.org. */
function propertiesOf({ store }: KnowledgeGraph, property: Term): string[] {
  return sorted(store.getObjects(property, rdfs.subPropertyOf, null).flatMap(term => schemaName(term) ?? []))
}

function schemaName({ value }: Term): string | undefined {
  return value.startsWith(PREFIXES.schema) ? value.slice(PREFIXES.schema.length) : undefined
}

function article({ store }: KnowledgeGraph, iri: string, mentions: readonly object[]): Node {
  const value = (property: Term): string | undefined => store.getObjects(namedNode(iri), property, null)[0]?.value
  return {
    '@type': 'Article',
    '@id': iri,
    name: value(rdfs.label),
    inLanguage: value(dcterms.language),
    copyrightNotice: value(dcterms.rights),
    identifier: { '@type': 'PropertyValue', propertyID: 'SHA-256', value: value(cmq.sha256) },
    mentions,
  }
}

function dataset(graph: KnowledgeGraph): Node {
  const { store, documents } = graph
  const about = datasetOf(graph)
  const value = (property: Term): string | undefined => store.getObjects(about, property, null)[0]?.value
  const [creator] = store.getObjects(about, dcterms.creator, null)
  const authors = documents.map(({ iri }) => labelOf(graph, namedNode(authorIRI(iri))))
  return {
    '@type': 'Dataset',
    '@id': about.value,
    name: value(dcterms.title),
    description: value(dcterms.description),
    creditText: `Asserted by ${authors.join(', ')}: never as fact.`,
    creator: creator && { '@type': 'Organization', '@id': creator.value, name: labelOf(graph, creator) },
    license: value(dcterms.license),
    version: value(owl.versionInfo),
    dateModified: value(dcterms.modified),
    isBasedOn: documents.map(({ iri }) => ({ '@id': iri })),
  }
}

function one(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
