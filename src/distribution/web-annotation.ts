import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { cmq, dcterms, oa, prov } from '../rdf/vocabulary.ts'
import { type ClaimRecord, claimRecords } from './claim-record.ts'
import { datasetOf } from './metadata.ts'

/**
 * Each claim that has a quote as an annotation of the text: the body is its title and the graph with its triples, the target the
 * words. Offsets are code points. Classifications annotate nothing: they rest on no words.
 *
 * @returns an annotation collection with one page, as JSON-LD
 * @see Web Annotation Data Model, 4.2.4 (Text Quote Selector), 4.2.5 (Text Position Selector), 5 (Collections)
 */
export function webAnnotations(graph: KnowledgeGraph): object {
  const about = `${graph.baseIRI}about`
  const items = claimRecords(graph)
    .filter(({ source }) => source.start !== undefined)
    .map(claim => annotation(graph, claim))
  return {
    '@context': [
      'http://www.w3.org/ns/anno.jsonld',
      { sha256: cmq.sha256.value, assertedBy: { '@id': prov.wasAttributedTo.value, '@type': '@id' } },
    ],
    id: `${about}/annotations`,
    type: 'AnnotationCollection',
    label: 'Claims as annotations of the texts they were taken from',
    ...madeBy(graph),
    total: items.length,
    first: { id: `${about}/annotations/1`, type: 'AnnotationPage', startIndex: 0, items },
  }
}

function annotation(graph: KnowledgeGraph, { iri, title, document, source, voice }: ClaimRecord): object {
  const [quote] = graph.store.getObjects(iri, cmq.hasQuote, null)
  const words = (property: Term): string | undefined => graph.store.getObjects(quote!, property, null)[0]?.value
  const exact = words(oa.exact)
  const position = { type: 'TextPositionSelector', start: source.start, end: source.end }
  return {
    id: `${iri.value}/annotation`,
    type: 'Annotation',
    motivation: 'describing',
    ...madeBy(graph),
    assertedBy: voice.value,
    body: [
      { type: 'TextualBody', value: title, format: 'text/plain', purpose: 'describing' },
      { id: iri.value, type: 'Dataset', purpose: 'linking' },
    ],
    target: {
      source: { id: document, sha256: graph.store.getObjects(DataFactory.namedNode(document), cmq.sha256, null)[0]?.value },
      selector:
        exact === undefined
          ? [position]
          : [{ type: 'TextQuoteSelector', exact, prefix: words(oa.prefix), suffix: words(oa.suffix) }, position],
    },
  }
}

/** Who made the annotations, when, and under which licence. */
function madeBy(graph: KnowledgeGraph): object {
  const value = (property: Term): string | undefined => graph.store.getObjects(datasetOf(graph), property, null)[0]?.value
  const date = value(dcterms.modified)
  return {
    creator: value(dcterms.creator),
    // Its dates are date-times in UTC.
    modified: date && `${date}T00:00:00Z`,
    rights: value(dcterms.license),
  }
}
