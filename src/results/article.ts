import { authorIRI, type Claim } from '../article/claim.ts'
import { coverage, type Gap } from '../article/coverage.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf } from '../project/thing.ts'
import { tripleText } from '../rdf/turtle.ts'

/** An article with its claims, sentence by sentence: what `communique article --json` gives. */
export interface ArticleReport {
  readonly document: string
  readonly sha256: string
  readonly language: string
  readonly sentences: readonly SentenceReport[]
  readonly curator: readonly ClaimReport[]
  readonly coverage: { readonly characters: number; readonly quoted: number; readonly gaps: readonly Gap[] }
}

export interface SentenceReport {
  readonly position: number
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly text: string
  readonly claims: readonly ClaimReport[]
}

export interface ClaimReport {
  readonly id: string
  readonly claim: string
  readonly title: string
  readonly sentence?: number | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly quote?: string | undefined
  /** Label of who says so. */
  readonly voice: string
  /** Whether the author of the text says so. */
  readonly isAuthors: boolean
  readonly status: string
  readonly reason?: string | undefined
  readonly statements: readonly string[]
}

/**
 * An article sentence by sentence, with what each gave.
 *
 * @example articleReport(project, project.documents[0]).sentences.length // 17
 */
export function articleReport(graph: KnowledgeGraph, document: CommuniqueDocument): ArticleReport {
  const reports = document.claims
    .filter(({ kind }) => kind !== 'left-out' && kind !== 'withdrawn')
    .map(claim => claimReport(graph, document, claim))
  return {
    document: document.name,
    sha256: document.sha256,
    language: document.language,
    sentences: document.passages.map(passage => ({
      ...passage,
      claims: reports.filter(({ sentence }) => sentence === passage.position),
    })),
    curator: reports.filter(({ sentence }) => sentence === undefined),
    coverage: coverage(document.article, document.passages, document.claims),
  }
}

export function claimReport(graph: KnowledgeGraph, document: CommuniqueDocument, claim: Claim): ClaimReport {
  const kind = claim.kind === 'inference' ? 'Inference' : claim.status
  return {
    id: claim.id,
    claim: claim.iri.value,
    title: claim.title,
    sentence: claim.passage?.position,
    start: claim.quote?.start,
    end: claim.quote?.end,
    quote: claim.quote?.exact,
    voice: labelOf(graph, claim.voice),
    isAuthors: claim.voice.value === authorIRI(document.iri),
    status: kind,
    reason: claim.reason,
    statements: claim.quads.map(triple => tripleText(triple, graph.prefixes)),
  }
}
