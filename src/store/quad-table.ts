import { arranged, type Change, type Columns, changed, distinct, empty, joined, type Row, sorted } from './columns.ts'
import { lowerBound, type Order, SortedTriples, type TripleIndex } from './triple-index.ts'

/** Ids of subject, predicate, object and graph; in a pattern 0 where any will do. */
export type QuadIds = Row

/** Id of the graph that is the default graph where no other stands in its place. */
export const OWN_DEFAULT_GRAPH = 1

/**
 * How rows lie for each order, of each graph by itself and over all named graphs: which part of a quad comes first, second ..., of
 * which order graph by graph it is made, and by which columns this is then sorted: a pass is saved by what is sorted already.
 */
const ARRANGEMENTS: Readonly<Record<'graph' | 'named', Readonly<Record<Order, Arrangement>>>> = {
  graph: {
    spo: { parts: [3, 0, 1, 2], source: 'spo', passes: [] },
    osp: { parts: [3, 2, 0, 1], source: 'spo', passes: [1, 0] },
    pos: { parts: [3, 1, 2, 0], source: 'osp', passes: [1, 0] },
  },
  named: {
    spo: { parts: [0, 1, 2, 3], source: 'spo', passes: [2, 1, 0] },
    osp: { parts: [2, 0, 1, 3], source: 'spo', passes: [2, 1, 0] },
    pos: { parts: [1, 2, 0, 3], source: 'spo', passes: [2, 1, 0] },
  },
}

interface Arrangement {
  readonly parts: Row
  readonly source: Order
  readonly passes: readonly number[]
}

/** The order that begins with the known parts: for each set of these, a bit a part. */
const ORDERS: readonly Order[] = ['spo', 'spo', 'pos', 'spo', 'osp', 'osp', 'pos', 'spo']

/** Rows in other orders, by their names. */
export type Arrangements = readonly (readonly [name: string, columns: Columns])[]

/** More changes than this are not looked through, but merged. */
const FEW = 1024

/** Rows of an index that match a pattern. */
interface Range {
  readonly order: Order
  readonly index: TripleIndex
  readonly from: number
  readonly to: number
}

/**
 * Quads of ids. They lie sorted in typed arrays, in each order from when it is first asked for; changes lie beside, until they
 * are merged. An index that was handed out stays as it was.
 */
export class QuadTable {
  #settled: Columns
  /** What was added since, in any order, until somebody reads. */
  #added: Columns[] = []
  #version = 0
  /** What else there is, by `ARRANGEMENTS`; graph by graph they share the column of the graph. */
  readonly #arrangements: Map<string, Columns>
  readonly #indexes = new Map<string, TripleIndex>()
  readonly #changes = new Map<string, Change>()

  /**
   * @param base graph, subject, predicate, object, sorted by these
   * @param arrangements of it, that need not be sorted again
   */
  constructor(base: Columns = empty(0), arrangements: Arrangements = []) {
    this.#settled = base
    this.#arrangements = new Map(arrangements)
  }

  /** Another number after each change. */
  get version(): number {
    return this.#version
  }

  /** Graph, subject, predicate, object, sorted by these. */
  get columns(): Columns {
    this.#merge()
    return this.#base
  }

  /** The rows in all orders. */
  arrangements(): Arrangements {
    this.#merge()
    for (const kind of ['graph', 'named'] as const)
      for (const order of ['spo', 'pos', 'osp'] as const) this.#arranged(kind, order)
    return [...this.#arrangements]
  }

  /** The triples of one graph. */
  index(graph: number, order: Order): TripleIndex {
    this.#merge()
    return this.#index(graph, order)
  }

  /** The triples of all graphs but the dataset's own default graph. */
  namedIndex(order: Order): TripleIndex {
    this.#merge()
    return this.#namedIndex(order)
  }

  /** Graphs with triples, ascending. */
  graphs(): Uint32Array {
    this.#merge()
    const [graphs] = this.#base
    const found: number[] = []
    for (let row = 0; row < graphs.length; row = lowerBound(graphs, graphs[row]! + 1, row, graphs.length))
      found.push(graphs[row]!)
    return Uint32Array.from(found)
  }

  has(quad: QuadIds): boolean {
    return this.#changes.get(keyOf(quad))?.isAdded ?? this.#isInBase(quad)
  }

  /** @returns whether it was not there */
  add(quad: QuadIds): boolean {
    return this.#change(quad, true)
  }

  /** @returns whether it was there */
  delete(quad: QuadIds): boolean {
    return this.#change(quad, false)
  }

  /** Adds many at once, in any order, some perhaps twice; columns as those of `QuadIds`, which are not theirs any more. */
  addAll(columns: Columns): void {
    this.#merge()
    this.#added.push(arranged(columns, ARRANGEMENTS.graph.spo.parts))
    this.#replace(this.#settled)
  }

  /** All but the changes, sorted by graph, subject, predicate, object. */
  get #base(): Columns {
    if (this.#added.length > 0) {
      const parts = this.#settled[0].length === 0 ? this.#added : [this.#settled, ...this.#added]
      this.#added = []
      this.#settled = distinct(sorted(joined(parts), [3, 2, 1, 0]))
    }
    return this.#settled
  }

  /** @param isHidden whether the dataset's own default graph is none of those that any graph means */
  count(pattern: QuadIds, isHidden: boolean): number {
    const inBase = this.#ranges(pattern, isHidden).reduce((sum, { from, to }) => sum + to - from, 0)
    return this.#matching(pattern, isHidden).reduce((sum, { isAdded }) => sum + (isAdded ? 1 : -1), inBase)
  }

  /** The quads of a pattern as they are now, whatever changes until they are read: the default graph first. */
  rows(pattern: QuadIds, isHidden: boolean): Iterable<QuadIds> {
    if (this.#changes.size > FEW) this.#merge()
    const [ranges, changes] = [this.#ranges(pattern, isHidden), this.#matching(pattern, isHidden)]
    return { [Symbol.iterator]: () => rowsOf(ranges, changes, pattern[3] === 0 ? OWN_DEFAULT_GRAPH : pattern[3]) }
  }

  #ranges(pattern: QuadIds, isHidden: boolean): Range[] {
    const [subject, predicate, object, graph] = pattern
    const order = ORDERS[(subject && 1) | (predicate && 2) | (object && 4)]!
    const [first, second, third] =
      order === 'spo' ? pattern : order === 'pos' ? [predicate, object, subject] : [object, subject, predicate]
    const indexes =
      graph !== 0
        ? [this.#index(graph, order)]
        : [...(isHidden ? [] : [this.#index(OWN_DEFAULT_GRAPH, order)]), this.#namedIndex(order)]
    return indexes.map(index => {
      let [from, to] = [first === 0 ? index.from : index.startOf(first), first === 0 ? index.to : index.startOf(first + 1)]
      for (const [column, id] of [
        [index.second, second],
        [index.third, third],
      ] as const) {
        if (id === 0) break
        from = lowerBound(column, id, from, to)
        to = lowerBound(column, id + 1, from, to)
      }
      return { order, index, from, to }
    })
  }

  /** Changes that a pattern sees. */
  #matching(pattern: QuadIds, isHidden: boolean): Change[] {
    const isSeen = (row: QuadIds): boolean =>
      row.every((id, part) => pattern[part] === 0 || pattern[part] === id) &&
      !(isHidden && pattern[3] === 0 && row[3] === OWN_DEFAULT_GRAPH)
    return this.#changes.size === 0 ? [] : [...this.#changes.values()].filter(({ row }) => isSeen(row))
  }

  #isInBase(quad: QuadIds): boolean {
    return this.#ranges(quad, false).some(({ from, to }) => from < to)
  }

  #change(quad: QuadIds, isAdded: boolean): boolean {
    if (this.has(quad) === isAdded) return false
    this.#version++
    const key = keyOf(quad)
    // What is in the base and was removed, or the reverse, is as it was.
    if (!this.#changes.delete(key)) this.#changes.set(key, { row: quad, isAdded })
    // While nobody reads, changes gather, so that many of them are merged at once.
    if (this.#changes.size > Math.max(FEW, this.#base[0].length >>> 4)) this.#merge()
    return true
  }

  #merge(): void {
    if (this.#changes.size === 0) return
    const changes = [...this.#changes.values()]
    const after = (columns: Columns, parts: Row, some: readonly Change[]): Columns =>
      changed(
        columns,
        some.map(({ row, isAdded }) => ({ row: parts.map(part => row[part]!) as unknown as Row, isAdded })),
      )
    const named = changes.filter(({ row }) => row[3] !== OWN_DEFAULT_GRAPH)
    const arrangements = [...this.#arrangements]
    this.#replace(after(this.#base, ARRANGEMENTS.graph.spo.parts, changes))
    for (const [key, columns] of arrangements) {
      const [kind, order] = key.split(' ') as ['graph' | 'named', Order]
      const { parts } = ARRANGEMENTS[kind][order]
      this.#arrangements.set(key, this.#shared(kind, after(columns, parts, kind === 'named' ? named : changes)))
    }
  }

  #replace(base: Columns): void {
    this.#version++
    this.#settled = base
    this.#changes.clear()
    this.#arrangements.clear()
    this.#indexes.clear()
  }

  #index(graph: number, order: Order): TripleIndex {
    const key = `${graph} ${order}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    const [graphs, first, second, third] = this.#arranged('graph', order)
    const from = lowerBound(graphs, graph, 0, graphs.length)
    const index = new SortedTriples([first, second, third], from, lowerBound(graphs, graph + 1, from, graphs.length))
    this.#indexes.set(key, index)
    return index
  }

  #namedIndex(order: Order): TripleIndex {
    const key = `named ${order}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    const columns = this.#arranged('named', order)
    const index = new SortedTriples(columns, 0, columns[0].length)
    this.#indexes.set(key, index)
    return index
  }

  #arranged(kind: 'graph' | 'named', order: Order): Columns {
    if (kind === 'graph' && order === 'spo') return this.#base
    const key = `${kind} ${order}`
    const known = this.#arrangements.get(key)
    if (known !== undefined) return known
    const { parts, source, passes } = ARRANGEMENTS[kind][order]
    const whole = this.#arranged('graph', source)
    const from = kind === 'named' ? lowerBound(whole[0], OWN_DEFAULT_GRAPH + 1, 0, whole[0].length) : 0
    const rows = whole.map(column => column.subarray(from)) as unknown as Columns
    const places = parts.map(part => ARRANGEMENTS.graph[source].parts.indexOf(part))
    const columns = this.#shared(kind, sorted(arranged(rows, places as unknown as Row), passes))
    this.#arrangements.set(key, columns)
    return columns
  }

  /** Whatever the order of triples, the graphs are the same, row by row. */
  #shared(kind: 'graph' | 'named', columns: Columns): Columns {
    return kind === 'graph' ? [this.#base[0], columns[1], columns[2], columns[3]] : columns
  }
}

/** @param only the graph of an index that has one */
function* rowsOf(ranges: readonly Range[], changes: readonly Change[], only: number): Generator<QuadIds, void, undefined> {
  const removed = new Set(changes.flatMap(({ row, isAdded }) => (isAdded ? [] : [keyOf(row)])))
  for (const { order, index, from, to } of ranges) {
    const { first, second, third, graph } = index
    const [subjects, predicates, objects] =
      order === 'spo' ? [first, second, third] : order === 'pos' ? [third, first, second] : [second, third, first]
    for (let row = from; row < to; row++) {
      const quad: QuadIds = [subjects[row]!, predicates[row]!, objects[row]!, graph === undefined ? only : graph[row]!]
      if (removed.size === 0 || !removed.has(keyOf(quad))) yield quad
    }
  }
  for (const { row, isAdded } of changes) if (isAdded) yield row
}

function keyOf(quad: QuadIds): string {
  return quad.join(' ')
}
