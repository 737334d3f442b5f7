import type { Quad } from '@rdfjs/types'
import { DataFactory, type Literal, type NamedNode } from 'n3'
import { expand, PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import { distinctTerms } from '../rdf/term.ts'
import { cmq, dcterms, rdf, rdfs, voidNs, xsd } from '../rdf/vocabulary.ts'
import { SYNTAXES, type Syntax } from '../syntax/syntax.ts'
import { writeQuads } from '../syntax/write.ts'
import type { CompiledGraph } from './knowledge-graph.ts'
import { layerIRI } from './layer.ts'

const { blankNode, literal, namedNode, quad } = DataFactory

/** What a dataset is, whose, from what, how large. Counts are of the stated layer. */
export interface DatasetDescription {
  readonly iri: string
  /** What the project says of the dataset, its documents (with their SHA-256) and its creator. */
  readonly said: readonly Quad[]
  readonly documents: readonly string[]
  /** By names of VoID, and the number of claims. */
  readonly counts: Readonly<Record<string, number>>
  readonly classes: readonly (readonly [iri: string, entities: number])[]
  readonly properties: readonly (readonly [iri: string, triples: number])[]
  readonly distributions: readonly Syntax[]
}

/** Formats of a description; the first is the usual one. */
export const DESCRIPTION_FORMATS = ['turtle', 'json'] as const

/**
 * Describes a project's dataset.
 *
 * @example describeDataset(project).counts.documents // 1
 */
export function describeDataset(graph: CompiledGraph): DatasetDescription {
  const { store, baseIRI, prefixes, documents } = graph
  const dataset = store.getSubjects(voidNs.uriSpace, null, null)[0] ?? namedNode(`${baseIRI}about`)
  const about = store.getQuads(dataset, null, null, null)
  const labels = about.flatMap(({ object }) =>
    store.getQuads(object, rdfs.label, null, null).filter(quad => quad.graph.equals(about[0]!.graph)),
  )
  const triples = store.getQuads(null, null, null, layerIRI(baseIRI, 'stated'))
  const subjects = distinctTerms(triples.map(({ subject }) => subject))
  const classes = counted(
    triples.filter(({ predicate }) => predicate.equals(rdf.type)).map(({ object }) => object.value),
    prefixes,
  )
  const properties = counted(
    triples.map(({ predicate }) => predicate.value),
    prefixes,
  )
  return {
    iri: dataset.value,
    said: [...about, ...documents.flatMap(({ metadata }) => metadata), ...labels],
    documents: documents.map(document => document.iri),
    counts: {
      triples: triples.length,
      entities: subjects.filter(({ value }) => value.startsWith(`${baseIRI}id/`)).length,
      distinctSubjects: subjects.length,
      distinctObjects: distinctTerms(triples.map(({ object }) => object)).length,
      documents: documents.length,
      classes: classes.length,
      properties: properties.length,
      claims: store.countQuads(null, rdf.type, cmq.Claim, null),
    },
    classes,
    properties,
    distributions: SYNTAXES.filter(({ canWrite }) => canWrite),
  }
}

/** How often each IRI stands there, in the order of short names. */
function counted(iris: readonly string[], prefixes: Prefixes): [string, number][] {
  const counts = new Map<string, number>()
  for (const iri of iris) counts.set(iri, (counts.get(iri) ?? 0) + 1)
  return [...counts].sort(([one], [other]) => (shorten(one, prefixes) < shorten(other, prefixes) ? -1 : 1))
}

/**
 * A description in VoID and DCAT.
 *
 * @see DCAT 3, 6.6 (Dataset), 6.8 (Distribution); VoID, 2 (Metadata), 4 (Statistics)
 */
export function descriptionTurtle(description: DatasetDescription, prefixes: Prefixes): string {
  const terms = ['dcat:Dataset', 'dcat:Distribution'].map(name => expand(name))
  // Partitions are blank nodes, labelled by their order and written without labels.
  return [...writeQuads(descriptionQuads(description), { syntax: 'turtle', prefixes, terms, unstable: true })].join('')
}

function descriptionQuads({ iri, said, documents, counts, classes, properties, distributions }: DatasetDescription): Quad[] {
  const { claims, ...statistics } = counts
  const dataset = namedNode(iri)
  const licenses = said.filter(({ subject, predicate }) => subject.equals(dataset) && predicate.equals(dcterms.license))
  const comment = `${claims} claims, each in a graph of its own; the other counts are of the stated layer.`
  const partitions = (kind: string, unit: string, parts: DatasetDescription['classes']): Quad[] =>
    parts.flatMap(([part, count], index) => {
      const partition = blankNode(`${kind}-${index}`)
      return [
        quad(dataset, term(`void:${kind}Partition`), partition),
        quad(partition, term(`void:${kind}`), namedNode(part)),
        quad(partition, term(`void:${unit}`), integer(count)),
      ]
    })
  return [
    ...said.map(({ subject, predicate, object }) => quad(subject, predicate, object)),
    quad(dataset, term('rdfs:comment'), literal(comment, 'en')),
    quad(dataset, term('void:vocabulary'), namedNode(PREFIXES.cmq)),
    ...documents.map(document => quad(dataset, dcterms.source, namedNode(document))),
    ...Object.entries(statistics).map(([name, count]) => quad(dataset, term(`void:${name}`), integer(count))),
    ...partitions('class', 'entities', classes),
    ...partitions('property', 'triples', properties),
    ...distributions.flatMap(({ name, title, mediaType, standard }) => {
      const distribution = namedNode(`${iri}/${name}`)
      return [
        quad(dataset, term('dcat:distribution'), distribution),
        quad(distribution, rdf.type, term('dcat:Distribution')),
        quad(distribution, dcterms.title, literal(`The dataset as ${title}`, 'en')),
        quad(distribution, dcterms.description, literal(`What communique export ${name} writes.`, 'en')),
        ...licenses.map(({ object }) => quad(distribution, dcterms.license, object)),
        quad(distribution, term('dcterms:conformsTo'), namedNode(standard)),
        quad(distribution, term('dcat:mediaType'), namedNode(`https://www.iana.org/assignments/media-types/${mediaType}`)),
      ]
    }),
  ]
}

function term(name: string): NamedNode {
  return namedNode(expand(name))
}

function integer(value: number): Literal {
  return literal(String(value), xsd.integer)
}
