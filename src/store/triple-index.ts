/** Which part of a triple an index is sorted by first, second and third. */
export type Order = 'spo' | 'pos' | 'osp'

/** Triples in one order: rows of three columns, sorted by first, second, third, then by graph where it is over graphs. */
export interface TripleIndex {
  readonly first: Uint32Array
  readonly second: Uint32Array
  readonly third: Uint32Array
  /** Only in an index over all named graphs. */
  readonly graph: Uint32Array | undefined
  /** The rows of this index in the columns, which it may share with others. */
  readonly from: number
  readonly to: number
  /** The first row with `id` in the first column; its rows end at `startOf(id + 1)`. */
  startOf(id: number): number
}

/**
 * An index over rows of sorted columns. Where it has many rows and is asked often, a table tells where those of each id start.
 */
export class SortedTriples implements TripleIndex {
  readonly first: Uint32Array
  readonly second: Uint32Array
  readonly third: Uint32Array
  readonly graph: Uint32Array | undefined
  readonly from: number
  readonly to: number
  #starts: Uint32Array | undefined
  #searches = 0
  /** So many searches take as long as to make a table; where there are more ids than rows there is none. */
  readonly #most: number

  constructor(
    [first, second, third, graph]: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array?],
    from: number,
    to: number,
  ) {
    this.first = first
    this.second = second
    this.third = third
    this.graph = graph
    this.from = from
    this.to = to
    this.#most = to > from && to - from < first[to - 1]! ? Number.MAX_SAFE_INTEGER : (to - from) >>> 4
  }

  startOf(id: number): number {
    const starts = this.#starts
    if (starts !== undefined) return id < starts.length ? starts[id]! : this.to
    if (++this.#searches < this.#most) return lowerBound(this.first, id, this.from, this.to)
    this.#starts = startsOf(this.first, this.from, this.to)
    return this.startOf(id)
  }
}

function startsOf(column: Uint32Array, from: number, to: number): Uint32Array {
  const starts = new Uint32Array((to > from ? column[to - 1]! : 0) + 2).fill(to)
  let id = 0
  for (let row = from; row < to; row++) for (const next = column[row]!; id <= next; id++) starts[id] = row
  return starts
}

/** First row in [from, to) of the sorted `column` that is not below `id`; `to` if there is none. */
export function lowerBound(column: Uint32Array, id: number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}
