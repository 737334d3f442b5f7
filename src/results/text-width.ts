/** Made when first needed: it takes longer than most answers. */
let segmenter: Intl.Segmenter | undefined
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter.segment(text)
}

const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
/** Letters of Latin, Greek and Cyrillic, and the quotation marks and dashes of print: most texts need no closer look. */
const NARROW = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]*$/
/** What a terminal is shown as `\u001b`: six columns. */
const CONTROL = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * Columns that a text takes in a terminal: ideographs and emoji two, accents none, control characters those of their escape.
 *
 * @see Unicode UAX #11 (East Asian Width), UAX #29 (Grapheme Cluster Boundaries)
 * @example displayWidth('Ōsaka 大阪') // 10
 */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment)
  return width
}

function graphemeWidth(segment: string): number {
  if (CONTROL.test(segment)) return 6 * segment.length
  if (WIDE.test(segment)) return 2
  return /^[\p{M}\p{Cf}]+$/u.test(segment) ? 0 : 1
}

/**
 * Text on lines of at most `width` columns, broken between words; white space of any kind is one blank.
 *
 * @param breaksWords whether a word wider than a line is broken too; else it stands on a line of its own
 * @returns at least one line
 * @example wrapText('who was elected to what', 12) // ['who was', 'elected to', 'what']
 */
export function wrapText(text: string, width: number, breaksWords = false): string[] {
  const lines: string[] = []
  let room = 0
  for (const word of text.trim().split(/\s+/)) {
    for (const piece of breaksWords ? pieces(word, width) : [word]) {
      const columns = displayWidth(piece)
      if (lines.length > 0 && columns < room) {
        lines[lines.length - 1] += ` ${piece}`
        room -= columns + 1
      } else {
        lines.push(piece)
        room = width - columns
      }
    }
  }
  return lines
}

/** A word in pieces that fit. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word]
  const parts: string[] = []
  let [part, used] = ['', 0]
  for (const { segment } of graphemes(word)) {
    const columns = graphemeWidth(segment)
    if (part !== '' && used + columns > width) {
      parts.push(part)
      ;[part, used] = ['', 0]
    }
    part += segment
    used += columns
  }
  return [...parts, part]
}

/** Text filled up with blanks to a width; `end` puts them before it. */
export function pad(text: string, width: number, side: 'start' | 'end' = 'start'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'start' ? text + blanks : blanks + text
}
