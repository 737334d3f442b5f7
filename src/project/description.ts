import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { expand, shorten } from '../rdf/prefixes.ts'
import { termText, turtleString } from '../rdf/turtle.ts'
import { cmq, rdf, voidNs } from '../rdf/vocabulary.ts'
import { SYNTAXES } from '../syntax/syntax.ts'
import type { Project } from './project.ts'
import { labelOf } from './thing.ts'

/** What a dataset is, whose, from what, how large: what `communique describe --json` gives. Counts are of the stated layer. */
export interface DatasetDescription {
  readonly iri: string
  readonly title: string
  readonly description: string
  readonly version: string
  readonly license: string
  readonly creator: { readonly iri: string; readonly label: string }
  readonly uriSpace: string
  readonly documents: readonly {
    readonly iri: string
    readonly title: string
    readonly language: string
    readonly sha256: string
    readonly rights?: string | undefined
  }[]
  readonly triples: number
  /** Things of the dataset's own that it says something of. */
  readonly entities: number
  readonly distinctSubjects: number
  readonly distinctObjects: number
  readonly claims: number
  readonly sentences: number
  /** Members of each class, triples of each property. */
  readonly classes: readonly (readonly [iri: string, entities: number])[]
  readonly properties: readonly (readonly [iri: string, triples: number])[]
  readonly distributions: readonly {
    readonly name: string
    readonly title: string
    readonly mediaType: string
    readonly standard: string
  }[]
}

/** Formats of a description; the first is the usual one. */
export const DESCRIPTION_FORMATS = ['turtle', 'json', 'markdown'] as const

/**
 * Describes a project's dataset.
 *
 * @example describeDataset(project).documents[0].sha256 === project.documents[0].sha256 // true
 */
export function describeDataset(project: Project): DatasetDescription {
  const { store, baseIRI, documents } = project
  const [dataset] = store.getSubjects(voidNs.uriSpace, null, null)
  const iri = dataset?.value ?? `${baseIRI}about`
  const said = (name: string): Term | undefined => store.getObjects(iri, expand(name), null)[0]
  const text = (name: string): string => said(name)?.value ?? ''
  const creator = said('dcterms:creator')
  const triples = project.layer('stated')
  const [subjects, objects] = [new Set(triples.map(({ subject }) => subject.id)), new Set(triples.map(({ object }) => object.id))]
  return {
    iri,
    title: text('dcterms:title'),
    description: text('dcterms:description'),
    version: text('owl:versionInfo'),
    license: text('dcterms:license'),
    creator: { iri: creator?.value ?? '', label: creator === undefined ? '' : labelOf(project, creator) },
    uriSpace: baseIRI,
    documents: documents.map(document => ({
      iri: document.iri,
      title: labelOf(project, DataFactory.namedNode(document.iri)),
      language: document.language,
      sha256: document.sha256,
      rights: store.getObjects(document.iri, expand('dcterms:rights'), null)[0]?.value,
    })),
    triples: triples.length,
    entities: [...subjects].filter(subject => subject.startsWith(`${baseIRI}id/`)).length,
    distinctSubjects: subjects.size,
    distinctObjects: objects.size,
    claims: store.countQuads(null, rdf.type, cmq.Claim, null),
    sentences: documents.reduce((sum, { passages }) => sum + passages.length, 0),
    classes: counted(
      triples.filter(({ predicate }) => predicate.equals(rdf.type)).map(({ object }) => object),
      project,
    ),
    properties: counted(
      triples.map(({ predicate }) => predicate),
      project,
    ),
    distributions: SYNTAXES.filter(({ canWrite }) => canWrite).map(({ name, title, mediaType, standard }) => ({
      name,
      title,
      mediaType,
      standard,
    })),
  }
}

/** How often each term stands there, by its short name. */
function counted(terms: readonly Term[], { prefixes }: Project): [string, number][] {
  const counts = new Map<string, number>()
  for (const { value } of terms) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([one], [other]) => (shorten(one, prefixes) < shorten(other, prefixes) ? -1 : 1))
}

/**
 * A description in VoID and DCAT.
 *
 * @see DCAT 3, 6.6 (Dataset), 6.8 (Distribution); VoID, 2 (Metadata), 4 (Statistics)
 */
export function descriptionTurtle(description: DatasetDescription, prefixes: Project['prefixes']): string {
  const { iri, documents, classes, properties, distributions, creator } = description
  const name = (value: string): string => termText(DataFactory.namedNode(value), prefixes)
  const english = (value: string): string => `${turtleString(value)}@en`
  const block = (subject: string, facts: readonly string[]): string => `${name(subject)} ${facts.join(' ;\n  ')} .\n`
  const partition =
    (kind: string, unit: string) =>
    ([value, count]: readonly [string, number]): string =>
      `void:${kind}Partition [ void:${kind} ${name(value)} ; void:${unit} ${count} ]`
  const distribution = (syntax: string): string => `${iri}/${syntax}`
  const dataset = block(iri, [
    'a dcat:Dataset, void:Dataset',
    `dcterms:title ${english(description.title)}`,
    `dcterms:description ${english(description.description)}`,
    `dcterms:creator ${name(creator.iri)}`,
    `dcterms:license ${name(description.license)}`,
    `dcterms:source ${documents.map(document => name(document.iri)).join(', ')}`,
    `owl:versionInfo ${turtleString(description.version)}`,
    `dcat:version ${turtleString(description.version)}`,
    `void:uriSpace ${turtleString(description.uriSpace)}`,
    `void:vocabulary ${name(prefixes.cmq!)}`,
    `void:triples ${description.triples}`,
    `void:entities ${description.entities}`,
    `void:distinctSubjects ${description.distinctSubjects}`,
    `void:distinctObjects ${description.distinctObjects}`,
    `void:documents ${documents.length}`,
    `void:classes ${classes.length}`,
    `void:properties ${properties.length}`,
    ...distributions.map(({ name: syntax }) => `dcat:distribution ${name(distribution(syntax))}`),
    ...classes.map(partition('class', 'entities')),
    ...properties.map(partition('property', 'triples')),
  ])
  const sources = documents.map(({ iri: document, title, language, sha256, rights }) =>
    block(document, [
      'a cmq:Communique',
      `rdfs:label ${english(title)}`,
      `dcterms:language ${turtleString(language)}`,
      ...(rights === undefined ? [] : [`dcterms:rights ${english(rights)}`]),
      `cmq:sha256 ${turtleString(sha256)}`,
    ]),
  )
  const files = distributions.map(({ name: syntax, title, mediaType, standard }) =>
    block(distribution(syntax), [
      'a dcat:Distribution',
      `dcterms:title ${english(`${description.title}, as ${title}`)}`,
      `dcterms:description ${english(`What "communique export ${syntax}" writes.`)}`,
      `dcterms:license ${name(description.license)}`,
      `dcterms:conformsTo <${standard}>`,
      `dcat:mediaType <https://www.iana.org/assignments/media-types/${mediaType}>`,
    ]),
  )
  const blocks = [dataset, block(creator.iri, [`rdfs:label ${english(creator.label)}`]), ...sources, ...files].join('\n')
  const used = Object.entries(prefixes)
    .filter(([prefix]) => new RegExp(`(?<![\\w<"-])${prefix}:[\\w]`).test(blocks))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `# Generated by "communique describe".\n${used.map(([prefix, value]) => `@prefix ${prefix}: <${value}> .\n`).join('')}\n${blocks}`
}

/** A description for people. */
export function descriptionPage(description: DatasetDescription, prefixes: Project['prefixes']): string {
  const { title, documents, classes, properties, distributions, creator } = description
  const table = (head: string, counts: DatasetDescription['classes']): string =>
    `| ${head} | |\n| --- | ---: |\n${counts.map(([iri, count]) => `| \`${shorten(iri, prefixes)}\` | ${count} |\n`).join('')}`
  return `# ${title}

${description.description} Version ${description.version}, by ${creator.label}. Licence: <${description.license}>.

${documents.map(document => `- ${document.title} (${document.language}), SHA-256 \`${document.sha256}\`. ${document.rights ?? ''}`.trimEnd()).join('\n')}

${description.claims} claims from ${description.sentences} sentences; ${description.triples} triples in the stated layer about ${description.entities} things.
Formats: ${distributions.map(one => `${one.title} (\`${one.mediaType}\`)`).join(', ')}.

${table('Class', classes)}
${table('Property', properties)}`
}
