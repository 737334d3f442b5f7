import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import { jsonldContext } from '../ontology/context.ts'
import { readTerms } from '../ontology/terms.ts'
import { CORE_BASE } from '../project/core.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import type { Prefixes } from '../rdf/prefixes.ts'
import { dcat, voidNs } from '../rdf/vocabulary.ts'
import { SYNTAXES } from '../syntax/syntax.ts'
import { type WriteQuadsOptions, writeQuads } from '../syntax/write.ts'
import { annotatedTriples } from './annotated.ts'
import { type Content, type ContentOptions, contentOf } from './content.ts'
import { linksets, mappingSet } from './linksets.ts'
import { metadataOf } from './metadata.ts'
import { nanopublications } from './nanopublication.ts'
import { roots } from './roots.ts'
import { schemaOrg } from './schema-org.ts'
import { claimsTable, type TableOptions, thingsTable } from './tables.ts'
import { webAnnotations } from './web-annotation.ts'

/** How a distribution is written; each format heeds what concerns it. */
export interface DistributionOptions extends ContentOptions, TableOptions {
  /** Of framed JSON-LD the things that are wanted, by IRI; all unless told. */
  readonly things?: readonly string[] | undefined
}

/** A way to hand over a dataset. */
export interface DistributionFormat {
  readonly name: string
  readonly title: string
  readonly mediaType: string
  /** Of a file, without the dot; as good as the name for `exported`. */
  readonly extension: string
  readonly standard?: string | undefined
  /** What it can hold: triples of a layer or one graph; these or all graphs; or all claims, or all links, whatever the layer. */
  readonly holds: 'triples' | 'graphs' | 'claims' | 'links'
  readonly write: (content: Content, options: DistributionOptions) => Iterable<string>
}

const JSON_LD = { mediaType: 'application/ld+json', extension: 'jsonld' }
const CSV = { mediaType: 'text/csv', extension: 'csv', standard: 'https://www.rfc-editor.org/rfc/rfc4180' }

/**
 * Every format in which a project is handed over: the syntaxes of RDF that are written, and profiles of them for certain readers.
 *
 * @example DISTRIBUTION_FORMATS.find(({ mediaType }) => mediaType === 'application/trig').name // 'trig'
 */
export const DISTRIBUTION_FORMATS: readonly DistributionFormat[] = [
  ...SYNTAXES.filter(({ canWrite }) => canWrite).map(
    (syntax): DistributionFormat => ({
      name: syntax.name,
      title: syntax.title,
      mediaType: syntax.mediaType,
      extension: syntax.extensions[0]!,
      standard: syntax.standard,
      holds: syntax.graphs ? 'graphs' : 'triples',
      write: ({ quads, graph }) => writeQuads(quads, { syntax: syntax.name, ...wording(graph) }),
    }),
  ),
  {
    ...JSON_LD,
    name: 'framed',
    title: 'JSON-LD, each thing with what it refers to inside it',
    standard: 'https://www.w3.org/TR/json-ld11-framing/',
    holds: 'triples',
    write: ({ quads, graph, about }, { things }) =>
      writeQuads(quads, {
        syntax: 'jsonld',
        ...wording(graph),
        things: things === undefined ? roots(quads) : [...things, about],
      }),
  },
  {
    name: 'annotated',
    title: 'Turtle 1.2: the stated layer, and every claim as a reifier of its triples',
    mediaType: 'text/turtle',
    extension: 'ttl',
    standard: 'https://www.w3.org/TR/rdf12-turtle/#annotations',
    holds: 'claims',
    write: ({ quads, graph }) => writeQuads([...quads, ...annotatedTriples(graph)], { syntax: 'turtle', ...wording(graph) }),
  },
  {
    name: 'nanopub',
    title: 'nanopublications, one a claim, in TriG',
    mediaType: 'application/trig',
    extension: 'trig',
    standard: 'https://nanopub.net/guidelines/working_draft/',
    holds: 'claims',
    write: ({ graph }) => {
      const { prefixes, ...words } = wording(graph)
      const quads = [...nanopublications(graph), ...metadataOf(graph)]
      return writeQuads(quads, { syntax: 'trig', ...words, prefixes: { ...prefixes, np: 'http://www.nanopub.org/nschema#' } })
    },
  },
  {
    ...JSON_LD,
    name: 'annotations',
    title: 'Web Annotations, one a claim with a quote, in JSON-LD',
    standard: 'https://www.w3.org/TR/annotation-model/',
    holds: 'claims',
    write: ({ graph }) => json(webAnnotations(graph)),
  },
  {
    ...JSON_LD,
    name: 'schema-org',
    title: 'JSON-LD in the terms of schema.org, for search engines',
    standard: 'https://schema.org/docs/schemas.html',
    holds: 'triples',
    write: ({ graph, quads }) => json(schemaOrg(graph, quads)),
  },
  {
    ...CSV,
    name: 'things',
    title: 'a table of things, in CSV',
    holds: 'triples',
    write: ({ graph, quads }, options) => thingsTable(graph, quads, options),
  },
  {
    ...CSV,
    name: 'claims',
    title: 'a table of claims, in CSV',
    holds: 'claims',
    write: ({ graph }, options) => claimsTable(graph, options),
  },
  {
    name: 'sssom',
    title: 'what was decided of pairs, the rejected ones too: SSSOM, in TSV',
    mediaType: 'text/tab-separated-values',
    extension: 'sssom.tsv',
    standard: 'https://mapping-commons.github.io/sssom/',
    holds: 'links',
    write: ({ graph }) => [mappingSet(graph)],
  },
  {
    name: 'linksets',
    title: 'the accepted links, each in a graph, with VoID linksets, reviews (PROV) and sources, in TriG',
    mediaType: 'application/trig',
    extension: 'trig',
    standard: 'https://www.w3.org/TR/void/#describing-linksets',
    holds: 'links',
    write: ({ graph }) => writeQuads(linksets(graph), { syntax: 'trig', ...wording(graph) }),
  },
]

/** What is handed over: its format, its text in pieces, and what became of which IRI. */
export interface Distribution {
  readonly format: DistributionFormat
  readonly text: Iterable<string>
  /** New IRIs by the old ones, where there is another base. */
  readonly iris: ReadonlyMap<string, string>
}

/**
 * A project as a distribution.
 *
 * @param name of a format, or the extension of its files
 * @throws CommuniqueError `unknown-format` with the nearest name; `named-graphs` where it cannot carry the dataset, with those that
 * can; `whole-claims` where a part is chosen of what holds all claims; and as `contentOf`
 * @example [...distribution(project, 'turtle').text].join('').includes('a cmq:Election') // true
 */
export function distribution(project: KnowledgeGraph, name: string, options: DistributionOptions = {}): Distribution {
  const format = formatNamed(name)
  if (options.dataset === true && format.holds === 'triples')
    throw new CommuniqueError('named-graphs', {
      what: `${format.name} cannot carry the named graphs of the dataset`,
      mend: `choose ${nameOf('graphs')}; or ${nameOf('claims')}, which hold the claims in their own way; or leave out --dataset`,
    })
  if (['claims', 'links'].includes(format.holds) && (options.layer ?? options.graph ?? options.dataset) !== undefined)
    throw new CommuniqueError('whole-claims', {
      what: `${format.name} holds all ${format.holds}, whatever the layer`,
      mend: 'leave out --layer, --graph and --dataset',
    })
  const content = contentOf(project, options)
  return { format, text: format.write(content, options), iris: content.iris }
}

function formatNamed(name: string): DistributionFormat {
  const found =
    DISTRIBUTION_FORMATS.find(format => format.name === name) ?? DISTRIBUTION_FORMATS.find(({ extension }) => extension === name)
  if (found !== undefined) return found
  const names = DISTRIBUTION_FORMATS.map(format => format.name)
  throw new CommuniqueError('unknown-format', { what: `nothing is handed over as "${name}"`, mend: suggestion(name, names) })
}

function nameOf(holds: DistributionFormat['holds']): string {
  return DISTRIBUTION_FORMATS.filter(format => format.holds === holds)
    .map(({ name }) => name)
    .join(', ')
}

/** Prefixes, the order of terms and the names in JSON-LD, as the ontology of the dataset has them. */
function wording({
  store,
  prefixes,
  documents,
}: KnowledgeGraph): Pick<WriteQuadsOptions, 'context' | 'terms'> & { readonly prefixes: Prefixes } {
  const terms = readTerms(store.getQuads(null, null, null, DataFactory.namedNode(`${CORE_BASE}ontology`)))
  // What is told of the whole comes first.
  const order = [dcat.Dataset.value, voidNs.Dataset.value, ...terms.map(({ iri }) => iri)]
  return {
    prefixes: { ...claimPrefixes(documents), ...prefixes },
    terms: order,
    context: jsonldContext(terms, prefixes)['@context'],
  }
}

/** Names for the claims of each document, which are graphs: `claim:s1-1`, or `claim-report:s1-1` where there are several documents. */
function claimPrefixes(documents: KnowledgeGraph['documents']): Prefixes {
  const named = documents.filter(({ name }) => /^[\w-]+$/.test(name))
  return Object.fromEntries(
    named.map(({ name, iri }) => [documents.length === 1 ? 'claim' : `claim-${name}`, `${iri}/claim/`] as const),
  )
}

function* json(document: object): Generator<string> {
  yield `${JSON.stringify(document, null, 2)}\n`
}
