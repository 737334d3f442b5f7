import { distance } from 'fastest-levenshtein'
import type { ArticleText } from './text.ts'

/** A run of the article: its exact words and where they stand (code points, end exclusive). */
export interface Quote {
  readonly exact: string
  readonly start: number
  readonly end: number
  readonly prefix: string
  readonly suffix: string
}

const CONTEXT = 24

/**
 * Every place where the words stand in the article. White space between words matches any white space, so that a
 * quote may be wrapped over lines; everything else must be the same, character by character.
 *
 * @returns one quote a place, in reading order, each with the article's own characters
 */
export function findQuote(article: ArticleText, words: string): Quote[] {
  const pattern = words.trim().split(/\s+/).map(escapeRegExp).join('\\s+')
  if (pattern === '') return []
  const search = new RegExp(pattern, 'gu')
  const quotes: Quote[] = []
  for (let match = search.exec(article.text); match !== null; match = search.exec(article.text)) {
    quotes.push(quoteAt(article, article.pointAt(match.index), article.pointAt(match.index + match[0].length)))
    search.lastIndex = match.index + 1
  }
  return quotes
}

/** The quote between two code-point offsets, with a little of what stands before and after. */
export function quoteAt(article: ArticleText, start: number, end: number): Quote {
  return {
    exact: article.slice(start, end),
    start,
    end,
    prefix: article.slice(Math.max(0, start - CONTEXT), start),
    suffix: article.slice(end, Math.min(article.length, end + CONTEXT)),
  }
}

/** The run of as many words that is most like the given words: what the author of a wrong quote probably meant. */
export function nearestQuote(article: ArticleText, words: string): Quote | undefined {
  const wanted = words.trim().split(/\s+/)
  const spans = [...article.text.matchAll(/\S+/g)].map(match => [match.index, match.index + match[0].length] as const)
  let best: { start: number; end: number; cost: number } | undefined
  for (let first = 0; first < spans.length; first++) {
    for (const count of [wanted.length - 1, wanted.length, wanted.length + 1]) {
      const last = first + count - 1
      if (count < 1 || last >= spans.length) continue
      const [start] = spans[first]!
      const [, end] = spans[last]!
      // A word left out or put in is a rarer slip than a word misspelt.
      const cost = distance(article.text.slice(start, end), wanted.join(' ')) + 3 * Math.abs(count - wanted.length)
      if (best === undefined || cost < best.cost) best = { start, end, cost }
    }
  }
  if (best === undefined || best.cost > words.length * 0.6) return undefined
  return quoteAt(article, article.pointAt(best.start), article.pointAt(best.end))
}

/** A word as a pattern that matches just it. */
export function escapeRegExp(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
