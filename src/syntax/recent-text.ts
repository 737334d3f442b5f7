/** The last part of a text that is read piece by piece, so that a fault can show its line. */
export class RecentText {
  #text = ''
  /** Line of its first character, and how much of that line is gone. */
  #line = 1
  #gone = 0
  /** Where the last piece begins. */
  #last = 0

  /** How much is kept. */
  get length(): number {
    return this.#text.length
  }

  /** Where the text ends. */
  get end(): { line: number; column: number } {
    return this.placeOf(this.#text.length)
  }

  add(piece: string): void {
    this.#last = this.#text.length
    this.#text += piece
  }

  /** Statements have ended within the last piece: what lies before the line in which it begins is not needed any more. */
  forget(): void {
    const found = this.#last === 0 ? 0 : this.#text.lastIndexOf('\n', this.#last - 1) + 1
    // Who writes all in one line sees no line, but his text is not kept.
    const cut = found === 0 ? this.#last : found
    if (cut === 0) return
    const { line, column } = this.placeOf(cut)
    ;[this.#line, this.#gone] = [line, column - 1]
    this.#text = this.#text.slice(cut)
    this.#last -= cut
  }

  /** Line and column, from 1, of an index into what is kept. */
  placeOf(index: number): { line: number; column: number } {
    const before = this.#text.slice(0, index)
    let [lines, start] = [0, 0]
    if (before.includes('\r')) {
      for (const { 0: end, index: at } of before.matchAll(/\r\n?|\n/g)) [lines, start] = [lines + 1, at + end.length]
    } else {
      for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', start)) [lines, start] = [lines + 1, at + 1]
    }
    return { line: this.#line + lines, column: before.length - start + 1 + (lines === 0 ? this.#gone : 0) }
  }

  /** The text of a line, by its number; undefined where it is not whole. */
  line(number: number): string | undefined {
    return number === this.#line && this.#gone > 0 ? undefined : this.#text.split(/\r\n?|\n/)[number - this.#line]
  }
}
