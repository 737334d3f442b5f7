import { BACKSLASH, LAST_ASCII, LINE_FEED, QUOTE } from '../store/byte.ts'
import { viewOf } from '../store/dictionary.ts'

/** What a byte of UTF-8 is: the first of U+FFFE and U+FFFF, which texts need an escape for, as they do for control characters. */
const NON_CHARACTER = 0xef

/** By byte: 1 for what is written with an escape between quotation marks, or may be. */
const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH || byte === LAST_ASCII || byte === NON_CHARACTER ? 1 : 0,
)

/** A text that is put again and again. */
export class Phrase {
  readonly words: DataView
  /** Where its last line break is; -1 if there is none. */
  readonly break: number

  constructor(text: string) {
    const bytes = Buffer.from(text)
    this.words = viewOf(bytes)
    this.break = bytes.lastIndexOf(LINE_FEED)
  }
}

/** Text in the making, as UTF-8. */
export class Utf8Text {
  #bytes: Buffer
  #words: DataView
  #length = 0
  /** Where the last line break is, see `hasBreak`. */
  #break = -1
  readonly #isReused: boolean

  /** @param isReused whether what `take` gives is overwritten by what comes next */
  constructor(isReused = false) {
    this.#isReused = isReused
    this.#bytes = Buffer.allocUnsafeSlow(1 << 12)
    this.#words = viewOf(this.#bytes)
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

  putPhrase({ words, break: last }: Phrase): void {
    if (last >= 0) this.#break = this.#length + last
    this.putText(words, 0, words.byteLength)
  }

  /** What stands in `words`, as UTF-8 without a line break, from `from` to before `to`. */
  putText(words: DataView, from: number, to: number): void {
    const end = this.#length + to - from
    if (end > this.#bytes.length) this.reserve(to - from)
    copyText(words, from, to, this.#words, this.#length)
    this.#length = end
  }

  /** The same between two bytes. */
  putEnclosed(open: number, words: DataView, from: number, to: number, close: number): void {
    const end = this.#length + to - from + 2
    if (end > this.#bytes.length) this.reserve(to - from + 2)
    this.#bytes[this.#length] = open
    copyText(words, from, to, this.#words, this.#length + 1)
    this.#bytes[end - 1] = close
    this.#length = end
  }

  /**
   * The same between quotation marks.
   *
   * @returns false, and nothing is put, for a text with characters that may need an escape
   */
  putQuoted(words: DataView, from: number, to: number): boolean {
    if (!isClean(words, from, to)) return false
    this.putEnclosed(QUOTE, words, from, to, QUOTE)
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
    this.reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  clear(): void {
    this.#length = 0
    this.#break = -1
  }

  /** The whole text, which begins anew. */
  take(): Uint8Array {
    const whole = this.#bytes.subarray(0, this.#length)
    if (!this.#isReused) this.#use(Buffer.allocUnsafeSlow(this.#bytes.length))
    this.clear()
    return whole
  }

  /** Makes room for so many more bytes. */
  reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more))
    wider.set(this.#bytes.subarray(0, this.#length))
    this.#use(wider)
  }

  #use(bytes: Buffer): void {
    this.#bytes = bytes
    this.#words = viewOf(bytes)
  }
}

/**
 * Copies a text to where there is room for it. Eight bytes at a time: nothing in UTF-8 is not a number, of which a JavaScript engine
 * may change the bytes. (It would need 0x7F or 0xFF behind a byte from 0xF0 on.) The last eight overlap those before.
 */
function copyText(words: DataView, from: number, to: number, target: DataView, start: number): void {
  const shift = start - from
  let at = from
  if (to - from >= 8) {
    for (const last = to - 8; at < last; at += 8) target.setFloat64(at + shift, words.getFloat64(at, true), true)
    target.setFloat64(to - 8 + shift, words.getFloat64(to - 8, true), true)
    return
  }
  if (to - from >= 4) {
    target.setInt32(at + shift, words.getInt32(at, true), true)
    at = to - 4
    target.setInt32(at + shift, words.getInt32(at, true), true)
    return
  }
  for (; at < to; at++) target.setUint8(at + shift, words.getUint8(at))
}

/** Whether a text has no character that is written with an escape between quotation marks, or may be. */
function isClean(words: DataView, from: number, to: number): boolean {
  let at = from
  for (; at + 4 <= to; at += 4) {
    const four = words.getInt32(at, true)
    // The highest bit of one of them is set if any is not ASCII, below 0x20, a quotation mark, a backslash or 0x7F, or follows such a one.
    const odd =
      four | (four - 0x20202020) | ((four ^ 0x22222222) - 0x01010101) | ((four ^ 0x5c5c5c5c) - 0x01010101) | (four + 0x01010101)
    if ((odd & 0x80808080) !== 0 && !isEachClean(words, at, at + 4, to)) return false
  }
  return isEachClean(words, at, to, to)
}

function isEachClean(words: DataView, from: number, to: number, end: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = words.getUint8(at)
    if (ESCAPED[byte] === 1 && (byte !== NON_CHARACTER || isNonCharacter(words, at, end))) return false
  }
  return true
}

/** Whether U+FFFE or U+FFFF stands there. */
function isNonCharacter(words: DataView, at: number, end: number): boolean {
  return at + 2 < end && words.getUint8(at + 1) === 0xbf && words.getUint8(at + 2) >= 0xbe
}
