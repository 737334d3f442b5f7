/** What the last room was made of, until someone takes it or memory is short. */
let spare: WeakRef<ArrayBuffer> | undefined

/**
 * Memory for the numbers of one document, in one piece that the next document takes over. Typed arrays made for each document would
 * soon be the 64 MB after which the garbage collector runs, whatever else there is in memory that it has to look through.
 */
export class Room {
  readonly #buffer: ArrayBuffer
  #used = 0

  /** @param length how many numbers there is room for; beyond, they get memory of their own */
  constructor(length: number) {
    const bytes = length * Uint32Array.BYTES_PER_ELEMENT
    const last = spare?.deref()
    this.#buffer = last !== undefined && last.byteLength >= bytes ? last : new ArrayBuffer(bytes)
    spare = undefined
  }

  /** So many zeros. */
  numbers(length: number): Uint32Array {
    const start = this.#used
    const end = start + length * Uint32Array.BYTES_PER_ELEMENT
    if (end > this.#buffer.byteLength) return new Uint32Array(length)
    this.#used = end
    return new Uint32Array(this.#buffer, start, length).fill(0)
  }

  /** To be called when none of the numbers is needed any more. */
  leave(): void {
    spare = new WeakRef(this.#buffer)
  }
}
