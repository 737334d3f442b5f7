import type { Claim } from './claim.ts'
import { type Passage, passageOf } from './passage.ts'
import type { ArticleText } from './text.ts'

/** A run of the text outside all quotes, with the reason why it gives no statement. */
export interface Gap {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly sentence?: number | undefined
  /** Undefined when words were left out and nobody said why. */
  readonly reason?: string | undefined
}

export interface Coverage {
  /** Code points of the text. */
  readonly characters: number
  /** Code points inside the quote of some claim. */
  readonly quoted: number
  /** Letters and digits of the text, and those inside quotes: short texts have much punctuation between. */
  readonly words: number
  readonly quotedWords: number
  readonly gaps: readonly Gap[]
  /** Positions of sentences of which no claim was made and nothing was said to be left out. */
  readonly silent: readonly number[]
}

/**
 * How much of the text lies inside the quotes of claims, and every run that does not.
 *
 * @example coverage(project.documents[0].article, project.documents[0].passages, []).quoted // 0
 */
export function coverage(article: ArticleText, passages: readonly Passage[], claims: readonly Claim[]): Coverage {
  const inside = new Uint8Array(article.length)
  const reasons = new Array<string | undefined>(article.length)
  for (const { kind, quote, reason } of claims) {
    if (!quote) continue
    if (kind === 'claim') inside.fill(1, quote.start, quote.end)
    else if (kind === 'left-out') reasons.fill(reason, quote.start, quote.end)
  }
  const gaps: Gap[] = []
  for (let start = 0; start < article.length; ) {
    let end = start + 1
    if (!inside[start]) {
      const reason = reasons[start]
      while (end < article.length && !inside[end] && reasons[end] === reason) end++
      const text = article.slice(start, end)
      const bare = !/[\p{L}\p{N}]/u.test(text)
      gaps.push({
        start,
        end,
        text,
        sentence: passageOf(passages, start, end)?.position,
        reason: reason ?? (bare ? 'white space and punctuation' : undefined),
      })
    }
    start = end
  }
  const told = new Set(
    claims.filter(({ kind }) => kind === 'claim' || kind === 'left-out').map(({ passage }) => passage?.position),
  )
  return {
    characters: article.length,
    quoted: inside.reduce((sum, bit) => sum + bit, 0),
    words: count(article, point => isWord(article, point)),
    quotedWords: count(article, point => inside[point] === 1 && isWord(article, point)),
    gaps,
    silent: passages.map(({ position }) => position).filter(position => !told.has(position)),
  }
}

function isWord(article: ArticleText, point: number): boolean {
  return /[\p{L}\p{N}]/u.test(article.slice(point, point + 1))
}

function count(article: ArticleText, test: (point: number) => boolean): number {
  let sum = 0
  for (let point = 0; point < article.length; point++) if (test(point)) sum++
  return sum
}
