/** A sentence (or a heading, a credit line) of the article: numbered from 1, offsets in code points, end exclusive. */
export interface Passage {
  readonly position: number
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The passage that holds the whole of [start, end), if one does. */
export function passageOf(passages: readonly Passage[], start: number, end: number): Passage | undefined {
  return passages.find(passage => passage.start <= start && end <= passage.end)
}
