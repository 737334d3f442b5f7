/**
 * Numbers of texts, for hundreds of thousands of them that are mostly new: a `Map` takes a microsecond for each of these.
 *
 * @example new TextIds([]).get('a') // undefined
 */
export class TextIds {
  readonly #texts: readonly string[]
  /** What hashes start with: another number each time, so that nobody can prepare texts that have the same. */
  readonly #seed = (Math.random() * 2 ** 32) | 0
  /** Open addressing, two numbers a slot: a hash, and an id + 1 or 0. */
  #slots = new Int32Array(2 << 8)
  #count = 0
  /** Of the last text that was looked for, whether or not it was found. */
  #hash = 0
  #slot = 0

  /** @param texts by their number, as the caller has them */
  constructor(texts: readonly string[]) {
    this.#texts = texts
  }

  get(text: string): number | undefined {
    let hash = this.#seed
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    hash ^= hash >>> 13
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = (hash << 1) & mask
    for (let id = slots[slot + 1]!; id !== 0; id = slots[slot + 1]!) {
      if (slots[slot] === hash && this.#texts[id - 1] === text) return id - 1
      slot = (slot + 2) & mask
    }
    this.#hash = hash
    this.#slot = slot
    return undefined
  }

  /** Gives a number to the text that was just looked for in vain. */
  add(id: number): void {
    this.#slots[this.#slot] = this.#hash
    this.#slots[this.#slot + 1] = id + 1
    if (++this.#count * 4 > this.#slots.length) this.#grow()
  }

  #grow(): void {
    const [before, slots] = [this.#slots, new Int32Array(this.#slots.length * 4)]
    const mask = slots.length - 1
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue
      let slot = (before[from]! << 1) & mask
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask
      slots[slot] = before[from]!
      slots[slot + 1] = before[from + 1]!
    }
    this.#slots = slots
  }
}
