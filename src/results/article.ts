import type { Quad, Term } from 'n3'
import type { Claim } from '../article/claim.ts'
import { coverage, type Gap } from '../article/coverage.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { Project } from '../project/project.ts'
import { labelOf } from '../project/source.ts'

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
  readonly voice: string
  readonly status: string
  readonly reason?: string | undefined
  readonly statements: readonly string[]
}

export function articleReport(project: Project, document: CommuniqueDocument): ArticleReport {
  const reports = document.claims
    .filter(({ kind }) => kind !== 'left-out' && kind !== 'withdrawn')
    .map(claim => claimReport(project, document, claim))
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

export function claimReport(project: Project, document: CommuniqueDocument, claim: Claim): ClaimReport {
  const kind = claim.kind === 'inference' ? 'Inference' : claim.status
  return {
    id: claim.id,
    claim: claim.iri.value,
    title: claim.title,
    sentence: claim.passage?.position,
    start: claim.quote?.start,
    end: claim.quote?.end,
    quote: claim.quote?.exact,
    voice: claim.voice.value === `${document.iri}/author` ? 'author' : labelOf(project, claim.voice),
    status: kind,
    reason: claim.reason,
    statements: claim.quads.map(triple => tripleText(project, triple)),
  }
}

/** A triple as short Turtle: prefixed names, no full IRIs where a prefix is known. */
export function tripleText(project: Project, { subject, predicate, object }: Quad): string {
  return [subject, predicate, object].map(term => termText(project, term)).join(' ')
}

export function termText({ prefixes }: Project, term: Term): string {
  if (term.termType === 'Literal') {
    if (term.language !== '') return `"${term.value}"@${term.language}`
    const type = term.datatype.value.replace('http://www.w3.org/2001/XMLSchema#', 'xsd:')
    return type === 'xsd:integer' || type === 'xsd:boolean'
      ? term.value
      : type === 'xsd:string'
        ? `"${term.value}"`
        : `"${term.value}"^^${type}`
  }
  if (term.value === 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type') return 'a'
  const [prefix, space] =
    Object.entries(prefixes)
      .filter(([, value]) => term.value.startsWith(value))
      .sort((a, b) => b[1].length - a[1].length)[0] ?? []
  const local = term.value.slice(space?.length ?? 0)
  return prefix !== undefined && /^[\w-]+$/.test(local) ? `${prefix}:${local}` : `<${term.value}>`
}
