import { viewOf } from '../store/dictionary.ts'

/** Beginnings of IRIs that have a name, looked for in bytes: no text is made of an IRI that has one of them. */
export class Namespaces {
  readonly #starts: readonly DataView[]

  /** @param namespaces those before others are found first */
  constructor(namespaces: readonly string[]) {
    this.#starts = namespaces.map(namespace => viewOf(Buffer.from(namespace)))
  }

  /**
   * The first namespace that an IRI begins with, by its place among them.
   *
   * @param words that hold the IRI as UTF-8 from `from` to before `to`
   * @returns -1 if there is none
   */
  find(words: DataView, from: number, to: number): number {
    return this.#starts.findIndex(start => start.byteLength <= to - from && isAt(words, from, start))
  }
}

function isAt(words: DataView, from: number, start: DataView): boolean {
  // From behind: namespaces of one authority begin alike.
  let at = start.byteLength - 4
  for (; at >= 0; at -= 4) if (words.getInt32(from + at, true) !== start.getInt32(at, true)) return false
  for (at += 3; at >= 0; at--) if (words.getInt8(from + at) !== start.getInt8(at)) return false
  return true
}
