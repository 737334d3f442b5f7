import type { Operator } from './operator.ts'
import type { Registers } from './registers.ts'
import { RowSet, Rows } from './rows.ts'
import type { TermIds } from './term-ids.ts'
import type { Watch } from './watch.ts'

/** Each solution once, as far as some registers go. */
export class Distinct implements Operator {
  readonly #values: Uint32Array
  readonly #input: Operator
  readonly #slots: readonly number[]
  readonly #seen: RowSet
  readonly #watch: Watch

  constructor({ values, watch }: Registers, input: Operator, slots: readonly number[]) {
    this.#values = values
    this.#watch = watch
    this.#input = input
    this.#slots = slots
    this.#seen = new RowSet(slots.length)
  }

  open(): void {
    this.#seen.clear()
    this.#input.open()
  }

  next(): boolean {
    while (this.#input.next()) {
      const isNew = this.#seen.add(this.#values, this.#slots)
      this.#watch.keep(this.#seen.rows.count)
      if (isNew) return true
    }
    return false
  }

  close(): void {
    this.#input.close()
  }
}

/** Some solutions, from a first one on. */
export class Slice implements Operator {
  readonly #input: Operator
  readonly #start: number
  readonly #length: number
  readonly #watch: Watch
  #left = 0
  #isOpen = false

  constructor({ watch }: Registers, input: Operator, start = 0, length = Number.POSITIVE_INFINITY) {
    this.#watch = watch
    this.#input = input
    this.#start = start
    this.#length = length
  }

  open(): void {
    this.#left = this.#length
    this.#isOpen = this.#length > 0
    if (!this.#isOpen) return
    this.#input.open()
    for (let skipped = 0; skipped < this.#start && this.#isOpen; skipped++) {
      this.#watch.tick()
      this.#isOpen = this.#input.next()
    }
  }

  next(): boolean {
    if (!this.#isOpen) return false
    if (this.#left-- > 0) {
      this.#isOpen = this.#input.next()
      return this.#isOpen
    }
    this.close()
    return false
  }

  close(): void {
    if (this.#isOpen) this.#input.close()
    this.#isOpen = false
  }
}

/** How solutions are ordered: the id of a key, and whether the greater come first. */
export interface OrderKey {
  readonly id: () => number
  readonly isDescending: boolean
}

/**
 * Solutions in an order; those that are equal in it stay as they came. Where only the first are wanted, no more than some more than
 * these are kept, and none that comes behind as many as are wanted.
 *
 * @see SPARQL 1.1 Query Language, 15.1 (ORDER BY)
 */
export class Ordered implements Operator {
  readonly #values: Uint32Array
  readonly #input: Operator
  readonly #slots: readonly number[]
  readonly #keys: readonly OrderKey[]
  readonly #compare: Comparison
  readonly #most: number
  readonly #watch: Watch
  /** Rows of the keys and of the registers that come back. */
  #rows: Rows
  #sorted: Uint32Array = new Uint32Array()
  #next = 0

  /** @param most how many solutions are wanted */
  constructor(
    { values, watch }: Registers,
    ids: TermIds,
    input: Operator,
    slots: readonly number[],
    keys: readonly OrderKey[],
    most = Number.POSITIVE_INFINITY,
  ) {
    this.#values = values
    this.#input = input
    this.#slots = slots
    this.#keys = keys
    this.#most = most
    this.#watch = watch
    this.#rows = new Rows(keys.length + slots.length)
    this.#compare = comparison(keys, keys.length + slots.length, ids, watch)
  }

  open(): void {
    const width = this.#keys.length + this.#slots.length
    const row = new Uint32Array(width)
    const places = Array.from({ length: width }, (_, place) => place)
    const enough = this.#most + Math.max(MORE, this.#most)
    // The last of those that are wanted, once there are as many.
    let last = -1
    this.#rows = new Rows(width)
    this.#next = 0
    this.#input.open()
    while (this.#input.next()) {
      let place = 0
      for (const { id } of this.#keys) row[place++] = id()
      if (last >= 0 && this.#compare(row, 0, this.#rows.ids, last) >= 0) continue
      for (const slot of this.#slots) row[place++] = this.#values[slot]!
      this.#rows.push(row, places)
      this.#watch.keep(this.#rows.count)
      if (this.#rows.count < enough) continue
      this.#prune()
      last = this.#rows.count - 1
    }
    this.#sorted = this.#order()
  }

  next(): boolean {
    if (this.#next === this.#sorted.length) {
      this.close()
      return false
    }
    let at = this.#sorted[this.#next++]! * this.#rows.width + this.#keys.length
    for (const slot of this.#slots) this.#values[slot] = this.#rows.ids[at++]!
    return true
  }

  close(): void {
    for (const slot of this.#slots) this.#values[slot] = 0
    this.#next = this.#sorted.length
  }

  #order(): Uint32Array {
    const { ids, count } = this.#rows
    const sorted = Uint32Array.from({ length: count }, (_, row) => row)
    return sorted
      .sort((one, other) => this.#compare(ids, one, ids, other) || one - other)
      .subarray(0, Math.min(count, this.#most))
  }

  /** Keeps the first rows only, in their order. */
  #prune(): void {
    const { ids, width } = this.#rows
    const kept = new Rows(width, this.#rows.count)
    const places = Array.from({ length: width }, (_, place) => place)
    for (const row of this.#order()) kept.push(ids.subarray(row * width, (row + 1) * width), places)
    this.#rows = kept
  }
}

/** How many rows more than are wanted there are at least when those behind them are left out. */
const MORE = 64

type Comparison = (rows: Uint32Array, one: number, otherRows: Uint32Array, other: number) => number

/** Compares two rows by their first columns, the keys. */
function comparison(keys: readonly OrderKey[], width: number, ids: TermIds, watch: Watch): Comparison {
  return (rows, one, otherRows, other) => {
    watch.tick()
    for (let key = 0; key < keys.length; key++) {
      const [left, right] = [rows[one * width + key]!, otherRows[other * width + key]!]
      if (left === right) continue
      const found = ids.order(left, right)
      if (found !== 0) return keys[key]!.isDescending ? -found : found
    }
    return 0
  }
}
