import type { QuadStore } from '../store/quad-store.ts'
import { lowerBound, type Order, type TripleIndex } from '../store/triple-index.ts'
import type { Operator } from './operator.ts'
import type { PatternSlots } from './pattern.ts'
import type { Registers } from './registers.ts'

/**
 * The values of a variable that several patterns have in common, where it is the one thing that is not known of any of them. The
 * shortest list of values is gone through, in the others they are looked up: so that circles cost no more than they have to.
 *
 * @see Ngo, Porat, Re, Rudra, Worst-case Optimal Join Algorithms (2012)
 */
export class Intersection implements Operator {
  readonly #values: Uint32Array
  readonly #slot: number
  readonly #lists: readonly List[]
  #driver: List
  #isOpen = false

  /** @param slot the register of the variable, which stands once in each pattern */
  constructor(store: QuadStore, { values }: Registers, slot: number, patterns: readonly PatternSlots[]) {
    this.#values = values
    this.#slot = slot
    this.#lists = patterns.map(pattern => new List(store, values, slot, pattern))
    this.#driver = this.#lists[0]!
  }

  open(): void {
    this.#isOpen = true
    for (const list of this.#lists) {
      list.open()
      if (list.row === list.end) {
        this.#isOpen = false
        return
      }
      if (list.end - list.row < this.#driver.end - this.#driver.row) this.#driver = list
    }
  }

  next(): boolean {
    const driver = this.#driver
    while (this.#isOpen && driver.row < driver.end) {
      const id = driver.column[driver.row++]!
      if (!this.#isInAll(id)) continue
      this.#values[this.#slot] = id
      return true
    }
    this.close()
    return false
  }

  close(): void {
    this.#values[this.#slot] = 0
    this.#isOpen = false
  }

  #isInAll(id: number): boolean {
    for (const list of this.#lists) if (list !== this.#driver && !list.has(id)) return false
    return true
  }
}

/** The values that one pattern has for the variable, ascending. */
class List {
  row = 0
  end = 0
  column: Uint32Array = new Uint32Array()
  readonly #store: QuadStore
  readonly #values: Uint32Array
  readonly #order: Order
  readonly #first: number
  readonly #second: number
  readonly #graph: number
  #index: TripleIndex | undefined
  #indexed = 0

  constructor(store: QuadStore, values: Uint32Array, slot: number, [subject, predicate, object, graph]: PatternSlots) {
    this.#store = store
    this.#values = values
    this.#graph = graph
    const [order, first, second]: [Order, number, number] =
      slot === object ? ['spo', subject, predicate] : slot === subject ? ['pos', predicate, object] : ['osp', object, subject]
    this.#order = order
    this.#first = first
    this.#second = second
  }

  open(): void {
    const graph = this.#values[this.#graph]!
    if (this.#index === undefined || graph !== this.#indexed) {
      this.#index = this.#store.index(graph, this.#order)
      this.#indexed = graph
    }
    const index = this.#index
    const [first, second] = [this.#values[this.#first]!, this.#values[this.#second]!]
    const last = index.startOf(first + 1)
    this.row = lowerBound(index.second, second, index.startOf(first), last)
    this.end = lowerBound(index.second, second + 1, this.row, last)
    this.column = index.third
  }

  /** Whether a value is in the list; values are asked for in ascending order. */
  has(id: number): boolean {
    const { column } = this
    let [low, step] = [this.row, 1]
    // In steps that double, since the next value is seldom far.
    while (low + step < this.end && column[low + step]! < id) {
      low += step
      step *= 2
    }
    this.row = lowerBound(column, id, low, Math.min(low + step + 1, this.end))
    return this.row < this.end && column[this.row] === id
  }
}
