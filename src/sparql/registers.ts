import type { Watch } from './watch.ts'

/** Thrown when a query has more variables and constants than there is room for: it is planned again with more. */
export class RegistersFull extends Error {}

/**
 * The one solution that a plan works on: a register for each variable and each constant, which holds the id of its term; 0 where
 * there is no value.
 */
export class Registers {
  readonly values: Uint32Array
  /** Over all that works on it. */
  readonly watch: Watch
  readonly #slots = new Map<string, number>()
  readonly #constants = new Map<number, number>()
  #used = 0

  constructor(room: number, watch: Watch) {
    this.values = numbers(room)
    this.watch = watch
  }

  /** The register of a variable. */
  slotOf(name: string): number {
    let slot = this.#slots.get(name)
    if (slot === undefined) {
      slot = this.extra()
      this.#slots.set(name, slot)
    }
    return slot
  }

  /** A register that always holds this id. */
  constant(id: number): number {
    let slot = this.#constants.get(id)
    if (slot === undefined) {
      slot = this.extra()
      this.values[slot] = id
      this.#constants.set(id, slot)
    }
    return slot
  }

  /** Forgets all but the constants, where steps were left in the midst of their work. */
  reset(): void {
    this.values.fill(0)
    for (const [id, slot] of this.#constants) this.values[slot] = id
  }

  /** A register without a name. */
  extra(): number {
    if (this.#used === this.values.length) throw new RegistersFull()
    return this.#used++
  }
}

/** Where the registers of the next plans find place. An array of its own would be memory outside of JavaScript's heap for each plan. */
let slab = new Uint32Array()
let used = 0
const SLAB = 4096

/** So many zeros. */
function numbers(length: number): Uint32Array {
  if (length > SLAB / 4) return new Uint32Array(length)
  if (used + length > slab.length) {
    slab = new Uint32Array(SLAB)
    used = 0
  }
  const start = used
  used += length
  return slab.subarray(start, used)
}
