import type { Operator } from './operator.ts'
import type { Registers } from './registers.ts'
import { RowSet, Rows } from './rows.ts'
import type { Watch } from './watch.ts'

/**
 * Solutions that are there as rows - of VALUES, or of a pattern that is evaluated by itself -, joined with what the registers hold.
 * Rows are looked up by the columns that have a value in all rows and in the registers.
 */
export class Table implements Operator {
  protected readonly rows: Rows
  protected readonly watch: Watch
  readonly #values: Uint32Array
  readonly #slots: readonly number[]
  readonly #lookups = new Map<number, Lookup>()
  #full = 0
  #candidates: Uint32Array | undefined
  #row = 0
  #end = 0
  /** Which columns the current row has set, a bit each. */
  readonly #isSet: Uint8Array
  #isCurrent = false

  /** @param slots the register of each column */
  constructor({ values, watch }: Registers, slots: readonly number[], rows = new Rows(slots.length)) {
    this.rows = rows
    this.watch = watch
    this.#values = values
    this.#slots = slots
    this.#isSet = new Uint8Array(slots.length)
    this.filled()
  }

  /** To be called when the rows have changed. */
  protected filled(): void {
    const { ids, width, count } = this.rows
    this.#lookups.clear()
    this.#full = 0
    for (let column = 0; column < Math.min(width, 30); column++) {
      let row = 0
      while (row < count && ids[row * width + column] !== 0) row++
      if (row === count) this.#full |= 1 << column
    }
  }

  open(): void {
    this.#isCurrent = false
    let known = 0
    for (let column = 0; column < Math.min(this.#slots.length, 30); column++)
      if ((this.#full >> column) & 1 && this.#values[this.#slots[column]!] !== 0) known |= 1 << column
    this.#candidates = undefined
    this.#row = 0
    this.#end = this.rows.count
    if (known === 0 || this.rows.count < 4) return
    let lookup = this.#lookups.get(known)
    if (lookup === undefined) {
      lookup = new Lookup(this.rows, this.#slots, known, this.watch)
      this.#lookups.set(known, lookup)
    }
    ;[this.#row, this.#end] = lookup.range(this.#values)
    this.#candidates = lookup.order
  }

  next(): boolean {
    if (this.#isCurrent) this.#unset()
    while (this.#row < this.#end) {
      this.watch.tick()
      const row = this.#rowAt(this.#row++)
      if (!this.#isCompatible(row)) continue
      this.#set(row)
      return true
    }
    return false
  }

  close(): void {
    if (this.#isCurrent) this.#unset()
    this.#row = this.#end
  }

  /** Whether a row is compatible with what the registers hold and shares a value with it (18.5, Minus). */
  hasShared(): boolean {
    this.open()
    while (this.#row < this.#end) {
      this.watch.tick()
      const row = this.#rowAt(this.#row++)
      if (this.#isCompatible(row) && this.#isShared(row)) return true
    }
    return false
  }

  #rowAt(place: number): number {
    return this.#candidates === undefined ? place : this.#candidates[place]!
  }

  #isCompatible(row: number): boolean {
    const { ids, width } = this.rows
    for (let column = 0; column < width; column++) {
      const [id, known] = [ids[row * width + column]!, this.#values[this.#slots[column]!]!]
      if (id !== 0 && known !== 0 && id !== known) return false
    }
    return true
  }

  #isShared(row: number): boolean {
    const { ids, width } = this.rows
    for (let column = 0; column < width; column++)
      if (ids[row * width + column] !== 0 && this.#values[this.#slots[column]!] !== 0) return true
    return false
  }

  #set(row: number): void {
    const { ids, width } = this.rows
    for (let column = 0; column < width; column++) {
      const slot = this.#slots[column]!
      const isNew = this.#values[slot] === 0
      this.#isSet[column] = isNew ? 1 : 0
      if (isNew) this.#values[slot] = ids[row * width + column]!
    }
    this.#isCurrent = true
  }

  #unset(): void {
    for (let column = 0; column < this.#slots.length; column++)
      if (this.#isSet[column] === 1) this.#values[this.#slots[column]!] = 0
    this.#isCurrent = false
  }
}

/** Rows in the order of some of their columns, so that those with the same ids there stand together. */
class Lookup {
  readonly order: Uint32Array
  readonly #keys: RowSet
  readonly #starts: Uint32Array
  readonly #slots: readonly number[]

  constructor({ ids, width, count }: Rows, slots: readonly number[], known: number, watch: Watch) {
    const columns = slots.flatMap((_, column) => ((known >> column) & 1 ? [column] : []))
    this.#slots = columns.map(column => slots[column]!)
    this.#keys = new RowSet(columns.length)
    const numbers = new Uint32Array(count)
    for (let row = 0; row < count; row++) {
      watch.tick()
      const at = row * width
      numbers[row] = this.#keys.numberOf(
        ids,
        columns.map(column => at + column),
      )
    }
    const starts = new Uint32Array(this.#keys.rows.count + 2)
    for (const number of numbers) starts[number + 2]!++
    for (let number = 2; number < starts.length; number++) starts[number]! += starts[number - 1]!
    this.order = new Uint32Array(count)
    for (let row = 0; row < count; row++) this.order[starts[numbers[row]! + 1]!++] = row
    this.#starts = starts
  }

  range(values: Uint32Array): [from: number, to: number] {
    const number = this.#keys.find(values, this.#slots)
    return number < 0 ? [0, 0] : [this.#starts[number]!, this.#starts[number + 1]!]
  }
}

/** The solutions of a pattern that knows nothing of those around it, evaluated when they are first asked for. */
export class Isolated extends Table {
  readonly #input: Operator
  readonly #inside: readonly number[]
  readonly #parameters: readonly number[]
  readonly #imports: readonly (readonly [from: number, to: number])[]
  readonly #all: Uint32Array
  #filledFor: number[] | undefined

  /**
   * @param input over registers of its own
   * @param outside,inside the registers of each column outside and inside
   * @param parameters registers that both share; rows are found anew when they change
   * @param imports registers outside, each with the one inside that gets its value before; rows are found anew when they change
   */
  constructor(
    registers: Registers,
    input: Operator,
    outside: readonly number[],
    inside: readonly number[],
    parameters: readonly number[],
    imports: readonly (readonly [from: number, to: number])[] = [],
  ) {
    super(registers, outside)
    this.#input = input
    this.#inside = inside
    this.#parameters = [...parameters, ...imports.map(([from]) => from)]
    this.#imports = imports
    this.#all = registers.values
  }

  override open(): void {
    this.#fill()
    super.open()
  }

  /** Forgets its rows, for another run of the plan. */
  reset(): void {
    this.#filledFor = undefined
  }

  #fill(): void {
    const known = this.#filledFor
    if (known !== undefined && this.#parameters.every((slot, index) => this.#all[slot] === known[index])) return
    this.rows.clear()
    for (const [from, to] of this.#imports) this.#all[to] = this.#all[from]!
    this.#input.open()
    while (this.#input.next()) {
      this.rows.push(this.#all, this.#inside)
      this.watch.keep(this.rows.count)
    }
    for (const [, to] of this.#imports) this.#all[to] = 0
    this.#filledFor = this.#parameters.map(slot => this.#all[slot]!)
    this.filled()
  }
}
