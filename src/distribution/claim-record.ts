import type { Quad, Term } from '@rdfjs/types'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { type Source, sourceOf } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { cmq, rdf } from '../rdf/vocabulary.ts'

/** A claim of a dataset: what it says, and on what it rests. */
export interface ClaimRecord {
  readonly iri: Term
  readonly title: string
  readonly document: string
  readonly source: Source
  readonly voice: Term
  /** The triples of its graph. */
  readonly triples: readonly Quad[]
}

/** Every claim - reported speech and classifications, too - in the order of the text. */
export function claimRecords(graph: KnowledgeGraph): ClaimRecord[] {
  const { store, documents } = graph
  const records = store.getSubjects(rdf.type, cmq.Claim, null).map(iri => ({
    iri,
    title: labelOf(graph, iri),
    document: documents.find(document => iri.value.startsWith(`${document.iri}/`))!.iri,
    source: sourceOf(graph, iri),
    voice: store.getObjects(iri, cmq.isVoicedBy, null)[0]!,
    triples: store.getQuads(null, null, null, iri),
  }))
  return records.sort(
    ({ document, source, iri }, other) =>
      compare(document, other.document) ||
      (source.sentence ?? LAST) - (other.source.sentence ?? LAST) ||
      numberIn(iri) - numberIn(other.iri) ||
      compare(iri.value, other.iri.value),
  )
}

/** What rests on no sentence comes last. */
const LAST = Number.MAX_SAFE_INTEGER

/** The number at the end of `s12-1` or `c3`. */
function numberIn({ value }: Term): number {
  return Number(/\d+$/.exec(value)?.[0] ?? 0)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
