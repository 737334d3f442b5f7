import type { Passage } from './passage.ts'
import type { ArticleText } from './text.ts'

/**
 * Drafts the passages of an article: sentences within paragraphs; white space belongs to none. The draft is laid out once
 * as data; where the segmenter errs, an author joins or splits the texts there, and the next draft keeps what they wrote.
 *
 * @param language BCP 47 tag of the text
 * @param laidOut texts of passages that are to stay, in reading order; those no longer in the article are dropped
 * @returns every passage in reading order
 */
export async function draftPassages(article: ArticleText, language: string, laidOut: readonly string[] = []): Promise<Passage[]> {
  const { get_sentence_boundaries: boundaries } = await import('#sentencex')
  const code = language.split('-')[0]!.toLowerCase()
  const sentences = (from: number, to: number): Span[] => {
    // A line end is a break to the segmenter; in a wrapped paragraph it is a space.
    const text = article.text.slice(from, to).replace(/[\r\n]/g, ' ')
    let start = from
    return boundaries(code, text).map(sentence => {
      const span = { start, end: start + sentence.text.length }
      start = span.end
      return span
    })
  }
  const kept = placesOf(laidOut, article.text)
  const passages: Passage[] = []
  for (const [index, paragraph] of paragraphsOf(article.text).entries()) {
    for (const span of divide(paragraph, kept, sentences)) {
      const { start, end } = trimmed(span, article.text)
      if (start === end) continue
      passages.push({
        position: passages.length + 1,
        paragraph: index + 1,
        start: article.pointAt(start),
        end: article.pointAt(end),
        text: article.text.slice(start, end),
      })
    }
  }
  return passages
}

/** A part of the text between two string indexes (UTF-16 code units), end exclusive. */
interface Span {
  readonly start: number
  readonly end: number
}

/** Runs of lines between blank lines. */
function paragraphsOf(text: string): Span[] {
  const runs = text.matchAll(/\S(?:(?!\r?\n[ \t]*\r?\n)[\s\S])*/g)
  return [...runs].map(({ 0: run, index }) => ({ start: index, end: index + run.length }))
}

/** Where texts stand, each behind the one before. */
function placesOf(texts: readonly string[], text: string): Span[] {
  const places: Span[] = []
  for (const wanted of texts) {
    const start = text.indexOf(wanted, places.at(-1)?.end ?? 0)
    if (wanted !== '' && start >= 0) places.push({ start, end: start + wanted.length })
  }
  return places
}

/** A paragraph as the spans that are to stay and, between them, sentences. */
function divide({ start, end }: Span, kept: readonly Span[], sentences: (from: number, to: number) => Span[]): Span[] {
  const within = kept.filter(span => span.start >= start && span.end <= end)
  const spans: Span[] = []
  let from = start
  for (const span of within) {
    spans.push(...sentences(from, span.start), span)
    from = span.end
  }
  return [...spans, ...sentences(from, end)]
}

function trimmed({ start, end }: Span, text: string): Span {
  const run = text.slice(start, end)
  const first = start + run.length - run.trimStart().length
  return { start: first, end: first + run.trim().length }
}
