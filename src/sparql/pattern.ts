import type { QuadStore } from '../store/quad-store.ts'
import { lowerBound, type Order, type TripleIndex } from '../store/triple-index.ts'
import type { Counting } from './operator.ts'
import type { Registers } from './registers.ts'

/** Ids from here on are of terms that the store does not hold. */
export const LOCAL = 0x80000000

/** For each set of known parts - 1 the subject, 2 the predicate, 4 the object -: the order in which these come first. */
export const ORDERS: readonly Order[] = ['spo', 'spo', 'pos', 'spo', 'osp', 'osp', 'pos', 'spo']
const DEPTHS = [0, 1, 1, 2, 1, 2, 2, 3]

/** The parts of each order, as 0 the subject, 1 the predicate, 2 the object. */
export const PARTS: Readonly<Record<Order, readonly [number, number, number]>> = {
  spo: [0, 1, 2],
  pos: [1, 2, 0],
  osp: [2, 0, 1],
}

/** Registers of subject, predicate, object and graph; constants have theirs, too. */
export type PatternSlots = readonly [subject: number, predicate: number, object: number, graph: number]

/** The triples that match a pattern: what is known when it is opened decides which order is read. */
export class PatternScan implements Counting {
  readonly #values: Uint32Array
  readonly #store: QuadStore
  readonly #slots: PatternSlots
  /** Registers that stand for a second place of the same variable, with the register of the first. */
  readonly #repeats: readonly (readonly [own: number, first: number])[]
  readonly #indexes: (TripleIndex | undefined)[] = [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]
  #indexedGraph = 0
  /** The columns of the order that is read. */
  #firstIds: Uint32Array = NO_ROWS
  #secondIds: Uint32Array = NO_ROWS
  #thirdIds: Uint32Array = NO_ROWS
  #graphs: Uint32Array | undefined
  #row = 0
  #end = 0
  #depth = 3
  #first = 0
  #second = 0
  #third = 0
  #isGraphKnown = true

  constructor(store: QuadStore, registers: Registers, slots: PatternSlots) {
    this.#values = registers.values
    this.#store = store
    const [subject, predicate, object, graph] = slots
    const isOnce =
      subject !== predicate &&
      subject !== object &&
      subject !== graph &&
      predicate !== object &&
      predicate !== graph &&
      object !== graph
    if (isOnce) {
      this.#slots = slots
      this.#repeats = NO_REPEATS
      return
    }
    const repeats: [number, number][] = []
    this.#slots = slots.map((slot, place) => {
      if (slots.indexOf(slot) === place) return slot
      const own = registers.extra()
      repeats.push([own, slot])
      return own
    }) as unknown as PatternSlots
    this.#repeats = repeats
  }

  open(): void {
    const values = this.#values
    for (const [own, first] of this.#repeats) values[own] = values[first]!
    const [subject, predicate, object, graph] = this.#slots
    const known = (values[subject]! && 1) | (values[predicate]! && 2) | (values[object]! && 4)
    const order = ORDERS[known]!
    const index = this.#indexOf(values[graph]!, known, order)
    const depth = DEPTHS[known]!
    this.#depth = depth
    this.#graphs = index.graph
    this.#isGraphKnown = values[graph] !== 0
    // The parts of the order, of which the first ones are known.
    if (order === 'spo') {
      this.#first = subject
      this.#second = predicate
      this.#third = object
    } else if (order === 'pos') {
      this.#first = predicate
      this.#second = object
      this.#third = subject
    } else {
      this.#first = object
      this.#second = subject
      this.#third = predicate
    }
    const { first, second, third } = index
    this.#firstIds = first
    this.#secondIds = second
    this.#thirdIds = third
    let { from, to } = index
    if (depth > 0) {
      const id = values[this.#first]!
      from = index.startOf(id)
      to = index.startOf(id + 1)
    }
    if (depth > 1) {
      const id = values[this.#second]!
      from = lowerBound(second, id, from, to)
      to = from < to && second[from] === id ? lowerBound(second, id + 1, from, to) : from
    }
    if (depth > 2) {
      const id = values[this.#third]!
      from = lowerBound(third, id, from, to)
      to = from < to && third[from] === id ? (index.graph === undefined ? from + 1 : lowerBound(third, id + 1, from, to)) : from
    }
    this.#row = from
    this.#end = to
  }

  next(): boolean {
    const values = this.#values
    while (this.#row < this.#end) {
      const row = this.#row++
      const depth = this.#depth
      if (depth < 1) values[this.#first] = this.#firstIds[row]!
      if (depth < 2) values[this.#second] = this.#secondIds[row]!
      if (depth < 3) values[this.#third] = this.#thirdIds[row]!
      if (!this.#isGraphKnown) values[this.#slots[3]] = this.#graphs![row]!
      if (this.#repeats.length === 0 || this.#isAlike()) return true
    }
    this.close()
    return false
  }

  close(): void {
    const values = this.#values
    if (this.#depth < 1) values[this.#first] = 0
    if (this.#depth < 2) values[this.#second] = 0
    if (this.#depth < 3) values[this.#third] = 0
    if (!this.#isGraphKnown) values[this.#slots[3]] = 0
    this.#row = this.#end
  }

  count(): number {
    let found = 0
    if (this.#repeats.length === 0) found = this.#end - this.#row
    else while (this.next()) found++
    this.close()
    return found
  }

  #isAlike(): boolean {
    for (const [own, first] of this.#repeats) if (this.#values[own] !== this.#values[first]) return false
    return true
  }

  #indexOf(graph: number, known: number, order: Order): TripleIndex {
    if (graph !== this.#indexedGraph) {
      this.#indexes.fill(undefined)
      this.#indexedGraph = graph
    }
    let index = this.#indexes[known]
    if (index === undefined) {
      index = graph === 0 ? this.#store.namedIndex(order) : this.#store.index(graph, order)
      this.#indexes[known] = index
    }
    return index
  }
}

const NO_ROWS = new Uint32Array()
const NO_REPEATS: readonly never[] = []
