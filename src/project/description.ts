import { DataFactory, type Quad } from 'n3'
import { PREFIXES, shorten } from '../rdf/prefixes.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs, voidNs } from '../rdf/vocabulary.ts'
import { SYNTAXES, type Syntax } from '../syntax/syntax.ts'
import type { Project } from './project.ts'

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
export function describeDataset(project: Project): DatasetDescription {
  const { store, baseIRI, documents } = project
  const iri = store.getSubjects(voidNs.uriSpace, null, null)[0]?.value ?? `${baseIRI}about`
  const about = store.getQuads(iri, null, null, null)
  const labels = about.flatMap(({ object }) =>
    store.getQuads(object, rdfs.label, null, null).filter(quad => quad.graph.equals(about[0]!.graph)),
  )
  const triples = project.layer('stated')
  const subjects = new Set(triples.map(({ subject }) => subject.id))
  const classes = counted(
    triples.filter(({ predicate }) => predicate.equals(rdf.type)).map(({ object }) => object.value),
    project,
  )
  const properties = counted(
    triples.map(({ predicate }) => predicate.value),
    project,
  )
  return {
    iri,
    said: [...about, ...documents.flatMap(({ metadata }) => metadata), ...labels],
    documents: documents.map(document => document.iri),
    counts: {
      triples: triples.length,
      entities: [...subjects].filter(subject => subject.startsWith(`${baseIRI}id/`)).length,
      distinctSubjects: subjects.size,
      distinctObjects: new Set(triples.map(({ object }) => object.id)).size,
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
function counted(iris: readonly string[], { prefixes }: Project): [string, number][] {
  const counts = new Map<string, number>()
  for (const iri of iris) counts.set(iri, (counts.get(iri) ?? 0) + 1)
  return [...counts].sort(([one], [other]) => (shorten(one, prefixes) < shorten(other, prefixes) ? -1 : 1))
}

/**
 * A description in VoID and DCAT.
 *
 * @see DCAT 3, 6.6 (Dataset), 6.8 (Distribution); VoID, 2 (Metadata), 4 (Statistics)
 */
export function descriptionTurtle(description: DatasetDescription, prefixes: Project['prefixes']): string {
  const { iri, said, documents, counts, classes, properties, distributions } = description
  const { claims, ...statistics } = counts
  const name = (value: string): string => termText(DataFactory.namedNode(value), prefixes)
  const license = said.filter(
    ({ subject, predicate }) => subject.value === iri && predicate.value === `${PREFIXES.dcterms}license`,
  )
  const more = new Map<string, string[]>()
  const say = (subject: string, ...facts: readonly string[]): void =>
    void more.set(subject, [...(more.get(subject) ?? []), ...facts])
  for (const { subject, predicate, object } of said)
    say(subject.value, `${predicate.equals(rdf.type) ? 'a' : name(predicate.value)} ${termText(object, prefixes)}`)
  const partitions = (kind: string, unit: string, parts: DatasetDescription['classes']): string[] =>
    parts.map(([part, count]) => `void:${kind}Partition [ void:${kind} ${name(part)} ; void:${unit} ${count} ]`)
  say(
    iri,
    `rdfs:comment "${claims} claims, each in a graph of its own; the other counts are of the stated layer."@en`,
    `void:vocabulary ${name(PREFIXES.cmq)}`,
    ...documents.map(document => `dcterms:source ${name(document)}`),
    ...Object.entries(statistics).map(([key, count]) => `void:${key} ${count}`),
    ...distributions.map(syntax => `dcat:distribution ${name(`${iri}/${syntax.name}`)}`),
    ...partitions('class', 'entities', classes),
    ...partitions('property', 'triples', properties),
  )
  for (const { name: syntax, title, mediaType, standard } of distributions)
    say(
      `${iri}/${syntax}`,
      'a dcat:Distribution',
      `dcterms:title "The dataset as ${title}"@en`,
      `dcterms:description "What communique export ${syntax} writes."@en`,
      ...license.map(({ object }) => `dcterms:license ${name(object.value)}`),
      `dcterms:conformsTo <${standard}>`,
      `dcat:mediaType <https://www.iana.org/assignments/media-types/${mediaType}>`,
    )
  const blocks = [...more].map(([subject, facts]) => `\n${name(subject)}\n  ${facts.join(' ;\n  ')} .\n`).join('')
  const used = Object.keys(prefixes)
    .filter(prefix => new RegExp(`(?<![\\w<"-])${prefix}:`).test(blocks))
    .sort()
  return `${used.map(prefix => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join('')}${blocks}`
}
