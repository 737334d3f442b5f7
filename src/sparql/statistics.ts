import type { QuadStore } from '../store/quad-store.ts'
import { lowerBound, type Order, type TripleIndex } from '../store/triple-index.ts'
import { ORDERS, PARTS } from './pattern.ts'

/** Ids of subject, predicate, object and graph; 0 for any. */
export type PatternIds = readonly [subject: number, predicate: number, object: number, graph: number]

const SAMPLES = 8

/** How many triples match patterns, for the planner. */
export class Statistics {
  readonly #store: QuadStore
  readonly #known = new Map<string, number>()

  constructor(store: QuadStore) {
    this.#store = store
  }

  /** How many triples match. */
  count(ids: PatternIds): number {
    const order = ORDERS[knownOf(ids)]!
    const { from, to } = rowsOf(this.#index(order, ids[3]), order, ids)
    return to - from
  }

  /**
   * How many triples match for one value of each of some parts, on the average of the values that there are.
   *
   * @param parts 1 the subject, 2 the predicate, 4 the object, as a sum
   */
  fanOut(ids: PatternIds, parts: number): number {
    if (parts === 0) return this.count(ids)
    const key = `${ids.join()},${parts}`
    let found = this.#known.get(key)
    if (found === undefined) {
      found = this.#sampled(ids, parts)
      this.#known.set(key, found)
    }
    return found
  }

  /** By the sizes of the groups that some rows belong to: their harmonic mean, since a row is found as often as its group is large. */
  #sampled(ids: PatternIds, parts: number): number {
    const known = knownOf(ids)
    const order = ORDERS[known]!
    const index = this.#index(order, ids[3])
    const { from, to } = rowsOf(index, order, ids)
    const count = to - from
    if (count === 0) return 0
    const all = known | parts
    // A graph has a triple once.
    if (all === WHOLE && ids[3] !== 0) return 1
    const groupOrder = ORDERS[all]!
    const groups = this.#index(groupOrder, ids[3])
    const [first, second, third] = PARTS[order]
    const wanted: [number, number, number, number] = [ids[0], ids[1], ids[2], ids[3]]
    const samples = Math.min(count, SAMPLES)
    let sum = 0
    for (let sample = 0; sample < samples; sample++) {
      const row = from + Math.floor(((sample + 0.5) * count) / samples)
      if (parts & (1 << first)) wanted[first] = index.first[row]!
      if (parts & (1 << second)) wanted[second] = index.second[row]!
      if (parts & (1 << third)) wanted[third] = index.third[row]!
      const group = rowsOf(groups, groupOrder, wanted)
      sum += 1 / Math.max(1, group.to - group.from)
    }
    return samples / sum
  }

  #index(order: Order, graph: number): TripleIndex {
    return graph === 0 ? this.#store.namedIndex(order) : this.#store.index(graph, order)
  }
}

/** All three parts of a triple. */
const WHOLE = 7

/** The parts that are known, as a sum. */
function knownOf(ids: PatternIds): number {
  return (ids[0] && 1) | (ids[1] && 2) | (ids[2] && 4)
}

/** The rows of an index with the ids that are known, which its order begins with. */
function rowsOf(index: TripleIndex, order: Order, ids: PatternIds): { readonly from: number; readonly to: number } {
  const parts = PARTS[order]
  const [first, second, third] = [ids[parts[0]]!, ids[parts[1]]!, ids[parts[2]]!]
  let { from, to } = index
  if (first !== 0) {
    from = index.startOf(first)
    to = index.startOf(first + 1)
  }
  if (second !== 0 && from < to) {
    from = lowerBound(index.second, second, from, to)
    to = lowerBound(index.second, second + 1, from, to)
    if (third !== 0 && from < to) {
      from = lowerBound(index.third, third, from, to)
      to = lowerBound(index.third, third + 1, from, to)
    }
  }
  return { from, to }
}

const statistics = new WeakMap<QuadStore, { readonly index: TripleIndex; readonly found: Statistics }>()

/** Those of a store, kept until it changes. */
export function statisticsOf(store: QuadStore): Statistics {
  const index = store.index(store.defaultGraph, 'spo')
  const kept = statistics.get(store)
  if (kept?.index === index) return kept.found
  const found = new Statistics(store)
  statistics.set(store, { index, found })
  return found
}
