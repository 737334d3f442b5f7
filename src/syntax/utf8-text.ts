import { BACKSLASH, LAST_ASCII, LINE_FEED, QUOTE } from '../store/byte.ts'

/** What a byte of UTF-8 is: the first of U+FFFE and U+FFFF, which texts need an escape for, as they do for control characters. */
const NON_CHARACTER = 0xef

/** By byte: 1 for what is written with an escape between quotation marks, or may be. */
const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH || byte === LAST_ASCII || byte === NON_CHARACTER ? 1 : 0,
)

/** Text in the making, as UTF-8. */
export class Utf8Text {
  #bytes: Buffer
  #length = 0
  /** Where the last line break is, see `hasBreak`. */
  #break = -1
  readonly #isReused: boolean

  /** @param isReused whether what `take` gives is overwritten by what comes next */
  constructor(isReused = false) {
    this.#isReused = isReused
    this.#bytes = Buffer.allocUnsafeSlow(1 << 12)
  }

  /** The bytes so far, and what is behind them. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  get length(): number {
    return this.#length
  }

  /** Whether there is a line break from `from` on. */
  hasBreak(from: number): boolean {
    return this.#break >= from
  }

  /** Where the first line ends that goes on from `from`. */
  lineEnd(from: number): number {
    return this.hasBreak(from) ? this.#bytes.indexOf(LINE_FEED, from) : this.#length
  }

  /** Columns from `from` on: UTF-16 code units, as JavaScript counts them. What is beyond `most` is not counted on. */
  width(from: number, to = this.#length, most = Number.POSITIVE_INFINITY): number {
    let units = 0
    for (let at = from; at < to && units <= most; at++) {
      const byte = this.#bytes[at]!
      if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
    }
    return units
  }

  /** Whether there are at most so many columns from `from` on. */
  isWithin(most: number, from: number, to = this.#length): boolean {
    // No character takes more of them than bytes.
    return to - from <= most || this.width(from, to, most) <= most
  }

  /** A byte that is no line break, of which `hasBreak` would not know. */
  putByte(byte: number): void {
    if (this.#length === this.#bytes.length) this.reserve(1)
    this.#bytes[this.#length++] = byte
  }

  put(text: string): void {
    this.reserve(text.length * 3)
    const bytes = this.#bytes
    let end = this.#length
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= 0x80) {
        end = this.#length + bytes.write(text, this.#length)
        if (text.includes('\n')) this.#break = bytes.lastIndexOf(LINE_FEED, end - 1)
        break
      }
      if (code === LINE_FEED) this.#break = end
      bytes[end++] = code
    }
    this.#length = end
  }

  /** Bytes without a line break. */
  putBytes(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.reserve(to - from)
    const target = this.#bytes
    let end = this.#length
    for (let at = from; at < to; at++) target[end++] = bytes[at]!
    this.#length = end
  }

  /** Puts once more what stands from `from` to before `to`, which has no line break. */
  repeat(from: number, to: number): void {
    this.reserve(to - from)
    this.#bytes.copyWithin(this.#length, from, to)
    this.#length += to - from
  }

  /**
   * A text between quotation marks.
   *
   * @returns false, and nothing is put, for one with characters that may need an escape
   */
  putQuoted(bytes: Uint8Array, from: number, to: number): boolean {
    this.reserve(to - from + 2)
    const target = this.#bytes
    let end = this.#length
    target[end++] = QUOTE
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!
      if (ESCAPED[byte] === 1 && (byte !== NON_CHARACTER || isNonCharacter(bytes, at))) return false
      target[end++] = byte
    }
    target[end++] = QUOTE
    this.#length = end
    return true
  }

  /** Takes away what is behind `length`. @returns it */
  cut(length: number): Uint8Array {
    const rest = Buffer.from(this.#bytes.subarray(length, this.#length))
    this.#length = length
    if (this.#break >= length) this.#break = this.#bytes.subarray(0, length).lastIndexOf(LINE_FEED)
    return rest
  }

  /** Puts a text in the place of what stands from `from` to before `to`. */
  replace(from: number, to: number, text: string): void {
    const rest = this.cut(to)
    this.cut(from)
    this.put(text)
    this.append(rest)
  }

  /** Bytes that were cut off. */
  append(bytes: Uint8Array): void {
    const last = bytes.lastIndexOf(LINE_FEED)
    if (last >= 0) this.#break = this.#length + last
    this.putBytes(bytes)
  }

  clear(): void {
    this.#length = 0
    this.#break = -1
  }

  /** The whole text, which begins anew. */
  take(): Uint8Array {
    const whole = this.#bytes.subarray(0, this.#length)
    if (!this.#isReused) this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length)
    this.clear()
    return whole
  }

  /** Makes room for so many more bytes. */
  reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more))
    wider.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = wider
  }
}

/** Whether U+FFFE or U+FFFF stands there. */
function isNonCharacter(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 0xbf && bytes[at + 2]! >= 0xbe
}
