/** The face of `#sentencex`, the sentence segmenter's one file. Only `segmentation.ts` imports it. */

/** A sentence with the white space behind it. Offsets count code points of the text given. */
export interface SentenceBoundary {
  readonly start_index: number
  readonly end_index: number
  readonly text: string
}

/** @param language two- or three-letter code; an unknown one is cut by the common rules */
export function get_sentence_boundaries(language: string, text: string): SentenceBoundary[]
