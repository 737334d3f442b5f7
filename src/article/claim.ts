import type { NamedNode, Quad } from 'n3'
import type { Where } from '../error.ts'
import type { Certainty } from '../reasoning/rule.ts'
import type { Passage } from './passage.ts'
import { escapeRegExp, type Quote } from './quote.ts'

/** What a block of a claims file became. */
export type ClaimKind = 'claim' | 'classification' | 'inference' | 'left-out' | 'withdrawn'

/** The statuses that an author of claims may give; a classification has its own. Local names of terms. */
export const CLAIM_STATUSES = ['Asserted', 'Plan', 'Evaluation', 'CausalExplanation', 'Expectation', 'Necessity'] as const
export type ClaimStatus = (typeof CLAIM_STATUSES)[number] | 'Classification'

/** One block, compiled: its statements, the words it rests on, who says so, and where the author wrote it. */
export interface Claim {
  readonly kind: ClaimKind
  /** `s12-1` for the first claim of sentence 12, `c3` for the third classification, `i1` for the first inference. */
  readonly id: string
  /** The name of the claim's graph. */
  readonly iri: NamedNode
  readonly title: string
  readonly where: Where & { readonly file: string; readonly line: number }
  readonly passage?: Passage | undefined
  readonly quote?: Quote | undefined
  /** Other words of the text that say whom "he" or "the Organization" means. */
  readonly context: readonly Quote[]
  readonly voice: NamedNode
  /** Of an inference it says nothing: see `certainty`. */
  readonly status: ClaimStatus
  readonly utterance?: NamedNode | undefined
  readonly reason?: string | undefined
  readonly assumption?: string | undefined
  readonly certainty?: Certainty | undefined
  /** Ids of the claims that an inference is drawn from. */
  readonly premises: readonly string[]
  readonly source?: { readonly iri: NamedNode; readonly title: string } | undefined
  readonly enteredBy: NamedNode
  readonly checkedBy: NamedNode
  /** The statements as written, and the line on which they begin. */
  readonly turtle?: { readonly text: string; readonly line: number } | undefined
  /** The statements, in the default graph. */
  readonly quads: readonly Quad[]
}

/** Whether a claim stands in the dataset: not what was left out or withdrawn, nor what rests on words that are not there. */
export function isHeld({ kind, quote }: Claim): boolean {
  return kind === 'claim' ? quote !== undefined : kind === 'classification' || kind === 'inference'
}

/** Whether a claim belongs to the stated layer: the author's own assertion or plan, or a curator's classification. */
export function isStated(claim: Claim, documentIRI: string): boolean {
  const { kind, voice, status } = claim
  if (kind === 'classification') return true
  return (
    kind === 'claim' && isHeld(claim) && voice.value === authorIRI(documentIRI) && (status === 'Asserted' || status === 'Plan')
  )
}

/** The author of a document, who need not be named in it. */
export function authorIRI(documentIRI: string): string {
  return `${documentIRI}/author`
}

/** Where a name such as `cmq:Person` stands in the statements of a claim; its title when it is spelled otherwise there. */
export function whereIs({ turtle, where }: Claim, name: string): Where {
  const lines = turtle?.text.split('\n') ?? []
  const word = new RegExp(`(?<![\\w-])${escapeRegExp(name)}(?![\\w-])`)
  const index = lines.findIndex(line => word.test(line))
  if (index < 0 || !turtle) return where
  return { file: where.file, line: turtle.line + index, column: lines[index]!.search(word) + 1, text: lines[index]! }
}
