import type { Utf8Text } from './utf8-text.ts'

/** Columns after which what can stand on several lines does. */
export const WIDTH = 120

/** LineParts of a text that stand on one line, unless they turn out to be too long for it. */
export class LineParts {
  readonly #out: Utf8Text
  readonly #open: string
  readonly #separator: string
  readonly #close: string
  readonly #start: number
  readonly #starts: number[] = []
  #end = 0

  /** Puts what stands before the parts; it, what stands between and what stands behind have blanks where lines may be broken. */
  constructor(out: Utf8Text, open: string, separator: string, close: string) {
    this.#out = out
    this.#open = open
    this.#separator = separator
    this.#close = close
    this.#start = out.length
    out.put(open)
  }

  /** To be called before each part is put. */
  next(): void {
    if (this.#starts.length > 0) this.#out.put(this.#separator)
    this.#starts.push(this.#out.length)
  }

  close(): void {
    this.#end = this.#out.length
    this.#out.put(this.#close)
  }

  get hasBreak(): boolean {
    return this.#out.hasBreak(this.#start)
  }

  /** Whether all is on one line that is not too long, with `used` columns before it. */
  fits(used: number): boolean {
    return !this.hasBreak && this.#out.isWithin(WIDTH - used, this.#start)
  }

  /** Gives each part a line of its own. */
  spread(indent: string): void {
    const out = this.#out
    const line = out.cut(this.#start)
    const ends = [...this.#starts.slice(1).map(start => start - this.#separator.length), this.#end]
    out.put(this.#open.trimEnd())
    for (const [index, start] of this.#starts.entries()) {
      out.put(`${index === 0 ? '' : this.#separator.trimEnd()}\n${indent}  `)
      out.append(line.subarray(start - this.#start, ends[index]! - this.#start))
    }
    if (this.#close !== '') out.put(`\n${indent}${this.#close.trimStart()}`)
  }
}
