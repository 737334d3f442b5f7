import type { ArticleText } from './text.ts'

/** A sentence (or a heading, a credit line) of the article: numbered from 1, offsets in code points, end exclusive. */
export interface Passage {
  readonly position: number
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Drafts the passages of an article: sentences within paragraphs; white space belongs to none. The draft is laid out
 * once as data and corrected by hand where the segmenter errs; the program never segments again.
 *
 * @param language BCP 47 tag of the text
 * @see Unicode UAX #29, Sentence Boundaries
 */
export function draftPassages(article: ArticleText, language: string): Passage[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
  const passages: Passage[] = []
  let paragraph = 0
  for (const match of article.text.matchAll(/\S(?:(?!\r?\n[ \t]*\r?\n)[\s\S])*/g)) {
    paragraph++
    // A line end is a sentence break to the segmenter; in a wrapped paragraph it is a space.
    for (const { segment, index } of segmenter.segment(match[0].replace(/[\r\n]/g, ' '))) {
      const lead = segment.length - segment.trimStart().length
      const unit = match.index + index + lead
      const text = article.text.slice(unit, unit + segment.trim().length)
      if (text === '') continue
      const start = article.pointAt(unit)
      const end = article.pointAt(unit + text.length)
      passages.push({ position: passages.length + 1, paragraph, start, end, text })
    }
  }
  return passages
}

/** The passage that holds the whole of [start, end), if one does. */
export function passageOf(passages: readonly Passage[], start: number, end: number): Passage | undefined {
  return passages.find(passage => passage.start <= start && end <= passage.end)
}
