import type { Registers } from './registers.ts'
import type { Watch } from './watch.ts'

/**
 * A step of a plan. It extends what the registers hold: `open` begins anew from there, each `next` leaves one more solution in the
 * registers, or clears what it has set and gives false. Whoever stops before that closes it.
 */
export interface Operator {
  open(): void
  next(): boolean
  /** Clears what it has set. */
  close(): void
}

/** How many solutions are left, none of which is looked at. */
export interface Counting extends Operator {
  count(): number
}

/** Steps one after the other, each for every solution of those before it: a join. */
export class Sequence implements Counting {
  readonly #steps: readonly Operator[]
  readonly #watch: Watch
  #depth = -1

  constructor({ watch }: Registers, steps: readonly Operator[]) {
    this.#watch = watch
    this.#steps = steps
  }

  open(): void {
    this.#depth = 0
    this.#steps[0]!.open()
  }

  next(): boolean {
    const steps = this.#steps
    const last = steps.length - 1
    let depth = this.#depth
    while (depth >= 0) {
      if (!steps[depth]!.next()) {
        // Whatever goes on for long without a solution comes here again and again.
        this.#watch.tick()
        depth--
      } else if (depth === last) {
        this.#depth = depth
        return true
      } else steps[++depth]!.open()
    }
    this.#depth = -1
    return false
  }

  close(): void {
    for (let depth = this.#depth; depth >= 0; depth--) this.#steps[depth]!.close()
    this.#depth = -1
  }

  /** Solutions of the last step are counted where it can do so. */
  count(): number {
    const steps = this.#steps
    const last = steps.length - 1
    const counting = steps[last] as Partial<Counting>
    let [depth, found] = [this.#depth, 0]
    while (depth >= 0) {
      if (depth === last && counting.count !== undefined) found += counting.count()
      else if (steps[depth]!.next()) {
        if (depth === last) found++
        else steps[++depth]!.open()
        continue
      }
      this.#watch.tick()
      depth--
    }
    this.#depth = -1
    return found
  }
}

/** The one solution that is there already. */
export class Unit implements Operator {
  #isOpen = false

  open(): void {
    this.#isOpen = true
  }

  next(): boolean {
    const isFirst = this.#isOpen
    this.#isOpen = false
    return isFirst
  }

  close(): void {
    this.#isOpen = false
  }
}

/** What is there already, if a condition holds. */
export class Filter implements Operator {
  readonly #holds: () => boolean | undefined
  #isOpen = false

  constructor(holds: () => boolean | undefined) {
    this.#holds = holds
  }

  open(): void {
    this.#isOpen = this.#holds() === true
  }

  next(): boolean {
    const isFirst = this.#isOpen
    this.#isOpen = false
    return isFirst
  }

  close(): void {
    this.#isOpen = false
  }
}

/** A value for a variable; where that has one already, the two must be the same. An error leaves it without (18.5, Extend). */
export class Extend implements Operator {
  readonly #values: Uint32Array
  readonly #slot: number
  readonly #idOf: () => number
  #isOpen = false
  #isOwn = false

  constructor({ values }: Registers, slot: number, idOf: () => number) {
    this.#values = values
    this.#slot = slot
    this.#idOf = idOf
  }

  open(): void {
    const value = this.#idOf()
    const known = this.#values[this.#slot]!
    this.#isOpen = value === 0 || known === 0 || known === value
    this.#isOwn = known === 0 && value !== 0
    if (this.#isOwn) this.#values[this.#slot] = value
  }

  next(): boolean {
    if (!this.#isOpen) {
      this.close()
      return false
    }
    this.#isOpen = false
    return true
  }

  close(): void {
    if (this.#isOwn) this.#values[this.#slot] = 0
    this.#isOwn = false
    this.#isOpen = false
  }
}

/** Values that other registers get, too. */
export class Copy implements Operator {
  readonly #values: Uint32Array
  readonly #slots: readonly (readonly [from: number, to: number])[]
  #isOpen = false

  constructor({ values }: Registers, slots: readonly (readonly [from: number, to: number])[]) {
    this.#values = values
    this.#slots = slots
  }

  open(): void {
    for (const [from, to] of this.#slots) this.#values[to] = this.#values[from]!
    this.#isOpen = true
  }

  next(): boolean {
    const isFirst = this.#isOpen
    if (isFirst) this.#isOpen = false
    else this.close()
    return isFirst
  }

  close(): void {
    for (const [, to] of this.#slots) this.#values[to] = 0
    this.#isOpen = false
  }
}

/** Two variables with the same value: where one has none, it gets that of the other. */
export class Same implements Operator {
  readonly #values: Uint32Array
  readonly #slots: readonly [number, number]
  #set = -1
  #isOpen = false

  constructor({ values }: Registers, slots: readonly [number, number]) {
    this.#values = values
    this.#slots = slots
  }

  open(): void {
    const [one, other] = this.#slots
    const [left, right] = [this.#values[one]!, this.#values[other]!]
    this.#isOpen = left === 0 || right === 0 || left === right
    this.#set = left === 0 ? one : right === 0 ? other : -1
    if (this.#set >= 0) this.#values[this.#set] = left || right
  }

  next(): boolean {
    if (!this.#isOpen) {
      this.close()
      return false
    }
    this.#isOpen = false
    return true
  }

  close(): void {
    if (this.#set >= 0) this.#values[this.#set] = 0
    this.#set = -1
    this.#isOpen = false
  }
}

/** The solutions of each of several patterns, one pattern after the other. */
export class Union implements Operator {
  readonly #inputs: readonly Operator[]
  #current = 0

  constructor(inputs: readonly Operator[]) {
    this.#inputs = inputs
  }

  open(): void {
    this.#current = 0
    this.#inputs[0]!.open()
  }

  next(): boolean {
    while (this.#current < this.#inputs.length) {
      if (this.#inputs[this.#current]!.next()) return true
      this.#current++
      this.#inputs[this.#current]?.open()
    }
    return false
  }

  close(): void {
    this.#inputs[this.#current]?.close()
    this.#current = this.#inputs.length
  }
}

/** The solutions of a pattern that meet a condition; if there is none, what is there already (18.5, LeftJoin). */
export class Optional implements Operator {
  readonly #watch: Watch
  readonly #input: Operator
  readonly #holds: (() => boolean | undefined) | undefined
  #isMatched = false
  #isDone = true

  constructor({ watch }: Registers, input: Operator, holds?: () => boolean | undefined) {
    this.#watch = watch
    this.#input = input
    this.#holds = holds
  }

  open(): void {
    this.#isMatched = false
    this.#isDone = false
    this.#input.open()
  }

  next(): boolean {
    if (this.#isDone) return false
    while (this.#input.next()) {
      if (this.#holds !== undefined && this.#holds() !== true) {
        this.#watch.tick()
        continue
      }
      this.#isMatched = true
      return true
    }
    this.#isDone = true
    return !this.#isMatched
  }

  close(): void {
    if (!this.#isDone) this.#input.close()
    this.#isDone = true
  }
}

/** Whether a pattern has a solution that goes with what is there already. */
export function hasSolution(input: Operator): boolean {
  input.open()
  const isFound = input.next()
  if (isFound) input.close()
  return isFound
}
