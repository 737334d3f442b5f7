import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { authorIRI } from '../article/claim.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { sourcesOf } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { tripleText } from '../rdf/turtle.ts'
import { cmq, dcterms, rdf } from '../rdf/vocabulary.ts'
import { csvField } from '../results/csv.ts'
import { claimRecords } from './claim-record.ts'
import { datasetOf } from './metadata.ts'

/** How a table is written. */
export interface TableOptions {
  /** Whether spreadsheets may open it: a field that they would take for a formula begins with an apostrophe. */
  readonly spreadsheet?: boolean | undefined
}

/** Every claim in a line: the sentence it stands in, who says so, the words, the statements. */
export function* claimsTable(graph: KnowledgeGraph, options: TableOptions = {}): Generator<string> {
  yield line(
    [
      'claim',
      'document',
      'sentence',
      'title',
      'status',
      'voice',
      'quote',
      'start',
      'end',
      'read_with',
      'reason',
      'statements',
      'iri',
    ],
    options,
  )
  for (const { iri, title, document, source, triples } of claimRecords(graph))
    yield line(
      [
        ...[source.id, source.document, source.sentence, title, source.status, source.voice],
        ...[source.quote, source.start, source.end, listed(source.readWith?.map(({ quote }) => quote) ?? [])],
        ...[source.reason, triples.map(triple => `${tripleText(triple, graph.prefixes)} .`).join(' '), iri.value],
        ...originOf(graph, [document]),
      ],
      options,
    )
}

/**
 * Every thing of a layer in a line: its label, its types in our vocabulary, its names as written, and the sentences that speak of
 * it. Lists are parted by `; `.
 *
 * @param triples of the layer
 */
export function* thingsTable(graph: KnowledgeGraph, triples: readonly Quad[], options: TableOptions = {}): Generator<string> {
  yield line(
    ['thing', 'label', 'types', 'names_as_written', 'sentences', 'statements', 'iri', 'document', 'asserted_by', ...ORIGIN],
    options,
  )
  const things = new Map<string, { readonly thing: Term; readonly triples: Quad[] }>()
  for (const triple of triples)
    for (const thing of [triple.subject, triple.object]) {
      if (!thing.value.startsWith(`${graph.baseIRI}id/`)) continue
      const known = things.get(thing.value) ?? { thing, triples: [] }
      things.set(thing.value, known)
      known.triples.push(triple)
    }
  for (const { thing, triples: own } of [...things.values()].sort((one, other) =>
    one.thing.value < other.thing.value ? -1 : 1,
  )) {
    const of = (property: Term): Term[] =>
      own.flatMap(({ subject, predicate, object }) => (subject.equals(thing) && predicate.equals(property) ? object : []))
    const types = of(rdf.type).filter(({ value }) => value.startsWith(PREFIXES.cmq))
    const sentences = new Set(own.flatMap(triple => sourcesOf(graph, triple).flatMap(({ sentence }) => sentence ?? [])))
    yield line(
      [
        thing.value.slice(`${graph.baseIRI}id/`.length),
        labelOf(graph, thing),
        listed(types.map(type => labelOf(graph, type)).sort()),
        listed(of(cmq.nameAsWritten).map(({ value }) => value)),
        listed([...sentences].sort((one, other) => one - other).map(String)),
        own.length,
        thing.value,
        listed(graph.documents.map(({ name }) => name)),
        listed(graph.documents.map(({ iri }) => labelOf(graph, DataFactory.namedNode(authorIRI(iri))))),
        ...originOf(
          graph,
          graph.documents.map(({ iri }) => iri),
        ),
      ],
      options,
    )
  }
}

/** Where a line comes from: the hash of the text, the date and the licence of the dataset. */
const ORIGIN = ['text_sha256', 'modified', 'licence']

function originOf(graph: KnowledgeGraph, documents: readonly string[]): string[] {
  const { store } = graph
  const of = (subject: Term, property: Term): string => store.getObjects(subject, property, null)[0]?.value ?? ''
  return [
    listed(documents.map(iri => of(DataFactory.namedNode(iri), cmq.sha256))),
    of(datasetOf(graph), dcterms.modified),
    of(datasetOf(graph), dcterms.license),
  ]
}

function listed(values: readonly string[]): string {
  return values.join('; ')
}

/** A line of CSV. @see RFC 4180, 2 */
function line(fields: readonly (string | number | undefined)[], { spreadsheet = false }: TableOptions): string {
  const texts = fields.map(field => {
    const text = String(field ?? '')
    return csvField(spreadsheet && typeof field !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
  })
  return `${texts.join(',')}\r\n`
}
