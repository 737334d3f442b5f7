/**
 * The text of an article exactly as published. All offsets are Unicode code points, half open, as the Web Annotation
 * Data Model (section 4.2.5) counts them; JavaScript's own string indexes are UTF-16 code units.
 *
 * @example new ArticleText('a😀b').slice(1, 2) // '😀'
 */
export class ArticleText {
  readonly text: string
  /** Number of code points. */
  readonly length: number
  readonly #unitOfPoint: Uint32Array
  readonly #pointOfUnit: Uint32Array

  constructor(text: string) {
    this.text = text
    this.#unitOfPoint = new Uint32Array(text.length + 1)
    this.#pointOfUnit = new Uint32Array(text.length + 1)
    let point = 0
    for (let unit = 0; unit < text.length; point++) {
      const width = text.codePointAt(unit)! > 0xffff ? 2 : 1
      this.#unitOfPoint[point] = unit
      this.#pointOfUnit.fill(point, unit, unit + width)
      unit += width
    }
    this.#unitOfPoint[point] = text.length
    this.#pointOfUnit[text.length] = point
    this.length = point
  }

  /** The characters between two code-point offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.#unitOfPoint[start], this.#unitOfPoint[Math.min(end, this.length)])
  }

  /** The code-point offset of a string index (UTF-16 code unit). */
  pointAt(unit: number): number {
    return this.#pointOfUnit[unit] ?? this.length
  }

  /** Whether a code-point offset lies between two user-perceived characters (Unicode UAX #29). */
  isBoundary(point: number): boolean {
    if (point <= 0 || point >= this.length) return true
    const from = Math.max(0, this.#unitOfPoint[point]! - 40)
    const offset = this.#unitOfPoint[point]! - from
    const segments = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(this.text.slice(from, from + 80))
    return segments.containing(offset)?.index === offset
  }
}
