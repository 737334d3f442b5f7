import type { Quad, Term } from '@rdfjs/types'
import { quadOf } from '../rdf/term.ts'
import { termOf, termText } from './term-text.ts'

/** A part of a pattern: a term, or nothing where any will do. */
export type Wanted = Term | null

/** Where quads are looked up by pattern. `n3.Store` is one. */
export interface QuadLookup {
  getQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Quad[]
  /** As `getQuads`, one quad after the other, for those who may stop early. */
  readQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Iterable<Quad>
  countQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): number
}

/** A dataset as plain data, which can be written to a file, or handed to a worker, and is ready at once when it comes back. */
export interface DatasetImage {
  readonly terms: readonly string[]
  /** Four ids a quad - subject, predicate, object, graph -, sorted by these. */
  readonly quads: Uint32Array
  /** Positions of quads in the other orders of `ORDERS`. */
  readonly orders: readonly Uint32Array[]
}

/** The orders of an index: which part of a quad comes first, second ... 0 is the subject, 3 the graph. */
const ORDERS = [
  [0, 1, 2, 3],
  [1, 2, 0, 3],
  [2, 0, 1, 3],
  [3, 0, 1, 2],
  [3, 1, 2, 0],
] as const

/** For each set of known parts - a bit a part - the order that begins with most of them, and how many these are. */
const BEST = Array.from({ length: 16 }, (_, known) => {
  const leading = ORDERS.map(order => order.findIndex(part => (known & (1 << part)) === 0)).map(count => (count < 0 ? 4 : count))
  const most = Math.max(...leading)
  return { order: leading.indexOf(most), count: most }
})

/**
 * A dataset that is only read: terms behind integer ids, quads sorted in five orders, so that a pattern is a range of one.
 *
 * @example IndexedDataset.of([quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))]).countQuads(null, namedNode('urn:b'), null, null) // 1
 */
export class IndexedDataset implements QuadLookup {
  readonly image: DatasetImage
  readonly #orders: readonly Uint32Array[]
  readonly #terms: (Term | undefined)[]
  #ids: Map<string, number> | undefined
  /** Id of the graph that patterns see as the default graph. */
  readonly #defaultGraph: number
  /** Id of the dataset's own default graph, which a layer hides. */
  readonly #hiddenGraph: number | undefined

  private constructor(image: DatasetImage, base?: IndexedDataset, defaultGraph?: number) {
    this.image = image
    this.#orders = base
      ? base.#orders
      : [Uint32Array.from({ length: image.quads.length / 4 }, (_, index) => index), ...image.orders]
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
    return Array.from(this.#positions(subject, predicate, object, graph), position => this.#quad(position, graph))
  }

  *readQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Generator<Quad> {
    for (const position of this.#positions(subject, predicate, object, graph)) yield this.#quad(position, graph)
  }

  countQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): number {
    return this.#positions(subject, predicate, object, graph).length
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
  #positions(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Uint32Array {
    const ids = [subject, predicate, object, graph].map((term, part) => (term ? this.#id(term, part) : undefined))
    if (ids.includes(-1)) return NONE
    const known = ids.reduce<number>((bits, id, part) => (id === undefined ? bits : bits | (1 << part)), 0)
    const best = BEST[known]!
    const parts = ORDERS[best.order]!
    const ranks = this.#orders[best.order]!
    const { quads } = this.image
    let [from, to] = [0, ranks.length]
    for (const part of parts.slice(0, best.count)) {
      const id = ids[part]!
      from = firstRank(from, to, rank => quads[ranks[rank]! * 4 + part]! >= id)
      to = firstRank(from, to, rank => quads[ranks[rank]! * 4 + part]! > id)
    }
    const found = ranks.subarray(from, to)
    const rest = parts.slice(best.count).filter(part => ids[part] !== undefined)
    const hidden = graph ? undefined : this.#hiddenGraph
    if (rest.length === 0 && hidden === undefined) return found
    return found.filter(
      position => quads[position * 4 + 3] !== hidden && rest.every(part => quads[position * 4 + part] === ids[part]),
    )
  }

  #quad(position: number, graph: Wanted): Quad {
    const { quads } = this.image
    const [subject, predicate, object] = [0, 1, 2].map(part => this.#term(quads[position * 4 + part]!))
    const name = graph?.termType === 'DefaultGraph' ? graph : this.#term(quads[position * 4 + 3]!)
    return quadOf(subject!, predicate!, object!, name)
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

const NONE = new Uint32Array()

/** The first rank of a range for which `holds` is true: it must be so for all that follow. */
function firstRank(from: number, to: number, holds: (rank: number) => boolean): number {
  let [low, high] = [from, to]
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
    orders: ORDERS.slice(1).map(ordered),
  }
}
