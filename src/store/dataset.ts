import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { termOf, termText } from './term-text.ts'

/** A part of a pattern: a term, or nothing where any will do. */
export type Wanted = Term | null

/** Where quads are looked up by pattern. `n3.Store` is one. */
export interface QuadLookup {
  getQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Quad[]
  countQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): number
}

/** A dataset as plain data, which can be written to a file, or handed to a worker, and is ready at once when it comes back. */
export interface DatasetImage {
  readonly terms: readonly string[]
  /** Four ids a quad - subject, predicate, object, graph -, sorted by these. */
  readonly quads: Uint32Array
  /** Positions of quads, sorted by predicate and object; by object and subject; by graph. */
  readonly orders: readonly [Uint32Array, Uint32Array, Uint32Array]
}

/**
 * A dataset that is only read: terms behind integer ids, quads sorted in four orders, so that every pattern is a range of one.
 *
 * @example IndexedDataset.of([quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))]).countQuads(null, namedNode('urn:b'), null, null) // 1
 */
export class IndexedDataset implements QuadLookup {
  readonly image: DatasetImage
  readonly #terms: (Term | undefined)[]
  #ids: Map<string, number> | undefined
  /** Id of the graph that patterns see as the default graph. */
  readonly #defaultGraph: number
  /** Id of the dataset's own default graph, which a layer hides. */
  readonly #hiddenGraph: number | undefined

  private constructor(image: DatasetImage, base?: IndexedDataset, defaultGraph?: number) {
    this.image = image
    this.#terms = base ? base.#terms : new Array(image.terms.length)
    this.#ids = base ? base.#ids : undefined
    const own = image.terms.indexOf('')
    this.#defaultGraph = defaultGraph ?? own
    this.#hiddenGraph = defaultGraph === undefined ? undefined : own
  }

  static of(quads: Iterable<Quad>): IndexedDataset {
    return new IndexedDataset(imageOf(quads))
  }

  static from(image: DatasetImage): IndexedDataset {
    return new IndexedDataset(image)
  }

  /** The same dataset with a named graph in the place of the default graph; the named graph stays one, too. */
  withDefaultGraph(graph: Term): IndexedDataset {
    return new IndexedDataset(this.image, this, this.#id(graph, 0))
  }

  get size(): number {
    return this.image.quads.length / 4
  }

  /** Without a graph: the quads of all, where the triples of a layer come once, under the name of its graph. */
  getQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): Quad[] {
    const { quads } = this.image
    const found: Quad[] = []
    for (const position of this.#positions(subject, predicate, object, graph)) {
      const at = position * 4
      const name = graph?.termType === 'DefaultGraph' ? graph : this.#term(quads[at + 3]!)
      const [s, p, o] = [quads[at]!, quads[at + 1]!, quads[at + 2]!].map(id => this.#term(id))
      found.push(DataFactory.quad(s as never, p as never, o as never, name as never))
    }
    return found
  }

  countQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): number {
    let count = 0
    for (const _ of this.#positions(subject, predicate, object, graph)) count++
    return count
  }

  /** The distinct subjects of a pattern. */
  getSubjects(predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): Term[] {
    return this.#distinct(0, [null, predicate, object, graph])
  }

  /** The distinct objects of a pattern. */
  getObjects(subject: Wanted = null, predicate: Wanted = null, graph: Wanted = null): Term[] {
    return this.#distinct(2, [subject, predicate, null, graph])
  }

  #distinct(part: number, [subject = null, predicate = null, object = null, graph = null]: readonly Wanted[]): Term[] {
    const ids = new Set<number>()
    for (const position of this.#positions(subject, predicate, object, graph)) ids.add(this.image.quads[position * 4 + part]!)
    return [...ids].map(id => this.#term(id))
  }

  /** Positions of the quads that match. */
  *#positions(...wanted: readonly Wanted[]): Generator<number> {
    const ids = wanted.map((term, part) => (term ? this.#id(term, part) : undefined))
    if (ids.includes(-1)) return
    const { quads, orders } = this.image
    const [s, p, o, g] = ids
    // The order in which most of the bound parts come first; what is bound besides is looked at quad by quad.
    const [order, parts] =
      s !== undefined && (p !== undefined || o === undefined)
        ? [undefined, [0, 1, 2, 3]]
        : p !== undefined
          ? [orders[0], [1, 2]]
          : o !== undefined
            ? [orders[1], [2, 0]]
            : [orders[2], [3]]
    const prefix = parts.slice(0, firstOpen(parts, ids))
    const at = (rank: number): number => (order === undefined ? rank : order[rank]!)
    const compare = (rank: number): number => {
      for (const part of prefix) {
        const difference = quads[at(rank) * 4 + part]! - ids[part]!
        if (difference !== 0) return difference
      }
      return 0
    }
    const start = prefix.length === 0 ? 0 : firstRank(this.size, rank => compare(rank) >= 0)
    const rest = [0, 1, 2, 3].filter(part => ids[part] !== undefined && !prefix.includes(part))
    for (let rank = start; rank < this.size && compare(rank) === 0; rank++) {
      const position = at(rank)
      if (g === undefined && quads[position * 4 + 3] === this.#hiddenGraph) continue
      if (rest.every(part => quads[position * 4 + part] === ids[part])) yield position
    }
  }

  /** The id of a term; -1 for one that the dataset does not hold. */
  #id(term: Term, part: number): number {
    if (part === 3 && term.termType === 'DefaultGraph') return this.#defaultGraph
    this.#ids ??= new Map(this.image.terms.map((text, id) => [text, id]))
    return this.#ids.get(termText(term)) ?? -1
  }

  #term(id: number): Term {
    this.#terms[id] ??= termOf(this.image.terms[id]!)
    return this.#terms[id]!
  }
}

function firstOpen(parts: readonly number[], ids: readonly (number | undefined)[]): number {
  const open = parts.findIndex(part => ids[part] === undefined)
  return open < 0 ? parts.length : open
}

/** The first of `size` ranks for which `holds` is true: it must be so for all that follow. */
function firstRank(size: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function imageOf(quads: Iterable<Quad>): DatasetImage {
  const ids = new Map<string, number>()
  const idOf = (term: Term): number => {
    const text = termText(term)
    const id = ids.get(text) ?? ids.size
    if (id === ids.size) ids.set(text, id)
    return id
  }
  const unsorted = [...quads].map(({ subject, predicate, object, graph }) => [subject, predicate, object, graph].map(idOf))
  const byParts =
    (order: readonly number[]) =>
    (one: readonly number[], other: readonly number[]): number => {
      for (const part of order) if (one[part] !== other[part]) return one[part]! - other[part]!
      return 0
    }
  const sorted = unsorted.sort(byParts([0, 1, 2, 3]))
  const rows = sorted.filter((row, index) => index === 0 || byParts([0, 1, 2, 3])(row, sorted[index - 1]!) !== 0)
  const ordered = (order: readonly number[]): Uint32Array => {
    const compare = byParts(order)
    return Uint32Array.from(rows.map((_, position) => position).sort((a, b) => compare(rows[a]!, rows[b]!) || a - b))
  }
  return {
    terms: [...ids.keys()],
    quads: Uint32Array.from(rows.flat()),
    orders: [ordered([1, 2]), ordered([2, 0]), ordered([3])],
  }
}
