/** Of a longer line, which is all the text of some documents, nothing is kept. */
const LONGEST_LINE = 10_000

/** The last part of a text that is read piece by piece, so that a fault can show its line. */
export class RecentText {
  #pieces: string[] = []
  /** Where the first piece begins. */
  #start: { readonly line: number; readonly column: number }
  #length = 0

  constructor(line = 1) {
    this.#start = { line, column: 1 }
  }

  /** How much is kept. */
  get length(): number {
    return this.#length
  }

  /** Where the text ends. */
  get end(): { line: number; column: number } {
    return this.placeOf(this.#length)
  }

  add(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** Statements have ended within the last piece: what lies before the line in which it begins is not needed any more. */
  forget(): void {
    const last = this.#pieces.pop() ?? ''
    const before = this.#pieces.join('')
    const line = before.lastIndexOf('\n') + 1
    const cut = before.length - line > LONGEST_LINE ? before.length : line
    this.#start = this.#placeAfter(before.slice(0, cut))
    this.#pieces = [before.slice(cut), last]
    this.#length = before.length - cut + last.length
  }

  /** Line and column, from 1, of an index into what is kept. */
  placeOf(index: number): { line: number; column: number } {
    return this.#placeAfter(this.#pieces.join('').slice(0, index))
  }

  /** The text of a line, by its number; undefined where it is not whole. */
  line(number: number): string | undefined {
    const { line, column } = this.#start
    return number === line && column > 1 ? undefined : this.#pieces.join('').split(/\r\n?|\n/)[number - line]
  }

  #placeAfter(text: string): { line: number; column: number } {
    let [lines, start] = [0, 0]
    if (text.includes('\r')) {
      for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) [lines, start] = [lines + 1, index + end.length]
    } else {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) [lines, start] = [lines + 1, at + 1]
    }
    return { line: this.#start.line + lines, column: text.length - start + (lines === 0 ? this.#start.column : 1) }
  }
}
