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
    const { from, to } = this.#range(ids)
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
    const { index, order, from, to } = this.#range(ids)
    const count = to - from
    if (count === 0) return 0
    const samples = Math.min(count, SAMPLES)
    const columns = [index.first, index.second, index.third]
    let sum = 0
    for (let sample = 0; sample < samples; sample++) {
      const row = from + Math.floor(((sample + 0.5) * count) / samples)
      const wanted = [...ids] as [number, number, number, number]
      PARTS[order].forEach((part, column) => {
        if (parts & (1 << part)) wanted[part] = columns[column]![row]!
      })
      sum += 1 / Math.max(1, this.count(wanted))
    }
    return samples / sum
  }

  #range([subject, predicate, object, graph]: PatternIds): { index: TripleIndex; order: Order; from: number; to: number } {
    const order = ORDERS[(subject && 1) | (predicate && 2) | (object && 4)]!
    const index = graph === 0 ? this.#store.namedIndex(order) : this.#store.index(graph, order)
    const parts = [subject, predicate, object] as const
    const wanted = PARTS[order].map(part => parts[part]!)
    let { from, to } = index
    if (wanted[0] !== 0) {
      from = index.startOf(wanted[0]!)
      to = index.startOf(wanted[0]! + 1)
    }
    for (const [column, id] of [
      [index.second, wanted[1]!],
      [index.third, wanted[2]!],
    ] as const) {
      if (id === 0 || from === to) break
      from = lowerBound(column, id, from, to)
      to = lowerBound(column, id + 1, from, to)
    }
    return { index, order, from, to }
  }
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
