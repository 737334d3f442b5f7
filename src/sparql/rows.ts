/** Rows of ids, each of the same width. */
export class Rows {
  readonly width: number
  ids: Uint32Array
  count = 0

  constructor(width: number, room = 16) {
    this.width = width
    this.ids = new Uint32Array(width * room)
  }

  /** Adds a row of what stands in some registers. */
  push(values: Uint32Array, slots: readonly number[]): void {
    let at = this.count++ * this.width
    if (at + this.width > this.ids.length) this.#grow()
    for (const slot of slots) this.ids[at++] = values[slot]!
  }

  clear(): void {
    this.count = 0
  }

  #grow(): void {
    const larger = new Uint32Array(Math.max(this.ids.length * 2, this.width * 16))
    larger.set(this.ids)
    this.ids = larger
  }
}

/** Different rows of ids, each with a number in the order in which they came. */
export class RowSet {
  readonly rows: Rows
  #table = new Int32Array(32).fill(-1)

  constructor(width: number) {
    this.rows = new Rows(width)
  }

  /** The number of the row that stands in some registers; it is `rows.count - 1` and new if `rows.count` has grown. */
  numberOf(values: Uint32Array, slots: readonly number[]): number {
    const { rows } = this
    if (rows.count * 2 >= this.#table.length) this.#rehash()
    const place = this.#placeOf(values, slots)
    const number = this.#table[place]!
    if (number >= 0) return number
    this.#table[place] = rows.count
    rows.push(values, slots)
    return rows.count - 1
  }

  /** As `numberOf`; -1 for a row that is not there. */
  find(values: Uint32Array, slots: readonly number[]): number {
    return this.#table[this.#placeOf(values, slots)]!
  }

  /** Whether the row was not there. */
  add(values: Uint32Array, slots: readonly number[]): boolean {
    const before = this.rows.count
    this.numberOf(values, slots)
    return this.rows.count > before
  }

  clear(): void {
    this.rows.clear()
    this.#table.fill(-1)
  }

  /** The place of the row in the table, or the free place where it belongs. */
  #placeOf(values: Uint32Array, slots: readonly number[]): number {
    const mask = this.#table.length - 1
    let hash = 0
    for (const slot of slots) hash = mixed(hash, values[slot]!)
    let place = hash & mask
    for (let number = this.#table[place]!; number >= 0; number = this.#table[place]!) {
      if (this.#equals(number, values, slots)) break
      place = (place + 1) & mask
    }
    return place
  }

  #equals(number: number, values: Uint32Array, slots: readonly number[]): boolean {
    const { ids, width } = this.rows
    let at = number * width
    for (const slot of slots) if (ids[at++] !== values[slot]) return false
    return true
  }

  #rehash(): void {
    const { ids, width, count } = this.rows
    const mask = this.#table.length * 2 - 1
    const table = new Int32Array(mask + 1).fill(-1)
    for (let number = 0; number < count; number++) {
      let hash = 0
      for (let at = number * width; at < (number + 1) * width; at++) hash = mixed(hash, ids[at]!)
      let place = hash & mask
      while (table[place]! >= 0) place = (place + 1) & mask
      table[place] = number
    }
    this.#table = table
  }
}

/** A hash with one more id in it. */
function mixed(hash: number, id: number): number {
  const product = Math.imul(hash ^ id, 0x9e3779b1)
  return product ^ (product >>> 15)
}
