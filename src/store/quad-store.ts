import type { EventEmitter } from 'node:events'
import type { DatasetCore, Quad, Store, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'
import { type Columns, GrowingColumns } from './columns.ts'
import { Dictionary, type DictionaryImage } from './dictionary.ts'
import { decodeImage, encodeImage } from './image.ts'
import { Match } from './match.ts'
import type { QuadLookup, Wanted } from './quad-lookup.ts'
import { QuadReader } from './quad-reader.ts'
import { type Arrangements, OWN_DEFAULT_GRAPH, type QuadIds, QuadTable } from './quad-table.ts'
import type { Order, TripleIndex } from './triple-index.ts'

/** A store as plain data, which can be written to a file, or handed to a worker, and is ready at once when it comes back. */
export interface StoreImage {
  readonly dictionary: DictionaryImage
  /** Graph, subject, predicate and object of each quad, sorted by these. */
  readonly columns: Columns
  /** The same in other orders, where they are not to be sorted again. */
  readonly arrangements?: Arrangements | undefined
}

/**
 * A dataset in memory: terms behind integer ids, and of each graph, and of all named graphs together, the triples in typed arrays,
 * sorted in three orders, so that a pattern is a range of rows.
 *
 * @example QuadStore.of([quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))]).countQuads(null, namedNode('urn:b')) // 1
 */
export class QuadStore implements QuadLookup, Store, DatasetCore {
  readonly dictionary: Dictionary
  /** The terms that were looked for last in each place: predicates and graphs are mostly the same object as before. */
  readonly #lastTerms: (Term | undefined)[] = [undefined, undefined, undefined, undefined]
  readonly #lastIds = new Uint32Array(4)
  /** Id of the graph that is seen as the default graph. */
  readonly defaultGraph: number
  readonly #table: QuadTable

  private constructor(dictionary: Dictionary, table: QuadTable, defaultGraph = OWN_DEFAULT_GRAPH) {
    this.dictionary = dictionary
    this.defaultGraph = defaultGraph
    this.#table = table
  }

  static of(quads: Iterable<Quad> = []): QuadStore {
    return new QuadStore(new Dictionary(), new QuadTable()).addAll(quads)
  }

  /** The store of an image, which must not be changed any more. */
  static from({ dictionary, columns, arrangements }: StoreImage): QuadStore {
    return new QuadStore(new Dictionary(dictionary), new QuadTable(columns, arrangements))
  }

  /** The store of such bytes as `serialize` gives; undefined if they are damaged, or another version wrote them. */
  static deserialize(bytes: Uint8Array): QuadStore | undefined {
    const image = decodeImage(bytes)
    return image && QuadStore.from(image)
  }

  /** The store as bytes, which are ready at once when they are read again. */
  serialize(): Uint8Array {
    return encodeImage(this.image)
  }

  get image(): StoreImage {
    return { dictionary: this.dictionary.image, columns: this.columns }
  }

  /** As `image`, with all orders: more to read, and nothing to do afterwards. */
  get sortedImage(): StoreImage {
    return { ...this.image, arrangements: this.#table.arrangements() }
  }

  /**
   * The same dataset with a named graph in the place of its own default graph, which is hidden; the named graph stays one, too. What
   * is added or deleted in the one is so in the other.
   */
  withDefaultGraph(graph: Term): QuadStore {
    return new QuadStore(this.dictionary, this.#table, this.dictionary.add(graph))
  }

  /** Graph, subject, predicate and object of all quads, whatever graph is seen as the default graph; sorted by these. */
  get columns(): Columns {
    return this.#table.columns
  }

  /** The triples of one graph by its id; none if there is no such graph. */
  index(graph: number, order: Order): TripleIndex {
    return this.#table.index(graph, order)
  }

  /** The triples of all named graphs. */
  namedIndex(order: Order): TripleIndex {
    return this.#table.namedIndex(order)
  }

  /** Ids of the named graphs that have triples, ascending. */
  graphNames(): Uint32Array {
    return this.#table.graphs().filter(graph => graph !== OWN_DEFAULT_GRAPH)
  }

  countTriples(graph: number): number {
    return graph === 0 ? 0 : this.#table.count([0, 0, 0, graph], false)
  }

  /** Another number after each change: what was planned for the one may be wrong for the other. */
  get version(): number {
    return this.#table.version
  }

  /** How many quads there are to be seen. */
  get size(): number {
    return this.countQuads()
  }

  has(quad: Quad): boolean {
    const ids = this.#idsOf(quad)
    return ids !== undefined && this.#table.has(ids)
  }

  add(quad: Quad): this {
    this.#table.add(this.newIds(quad))
    return this
  }

  /** Adds many quads, faster than one by one. */
  addAll(quads: Iterable<Quad>): this {
    const rows = new GrowingColumns()
    const reader = new QuadReader(this.dictionary, this.defaultGraph)
    for (const quad of quads) {
      const { subject, predicate, object, graph } = reader.read(quad)
      rows.add(subject, predicate, object, graph)
    }
    return this.addRows(rows.columns)
  }

  /** Adds quads of ids of the dictionary: columns of subject, predicate, object and graph, which it keeps or changes. */
  addRows(rows: Columns): this {
    this.#table.addAll(rows)
    return this
  }

  delete(quad: Quad): this {
    const ids = this.#idsOf(quad)
    if (ids !== undefined) this.#table.delete(ids)
    return this
  }

  [Symbol.iterator](): Iterator<Quad> {
    return this.readQuads()[Symbol.iterator]()
  }

  /** The quads of a pattern as they are now: a stream, and a dataset of its own. */
  match(subject?: Wanted, predicate?: Wanted, object?: Wanted, graph?: Wanted): Match {
    return new Match(this.readQuads(subject, predicate, object, graph), QuadStore.of)
  }

  /**
   * Adds the quads of a stream, as they come.
   *
   * @returns the stream, which tells when it has ended
   * @see RDF/JS Stream, 3.4 (Sink)
   */
  import<Input extends EventEmitter>(stream: Input): Input {
    return stream.on('data', (quad: Quad) => this.add(quad))
  }

  /** Deletes the quads of a stream, as they come. */
  remove<Input extends EventEmitter>(stream: Input): Input {
    return stream.on('data', (quad: Quad) => this.delete(quad))
  }

  removeMatches(subject?: Wanted, predicate?: Wanted, object?: Wanted, graph?: Wanted): EventEmitter {
    return this.remove(this.match(subject, predicate, object, graph))
  }

  deleteGraph(graph: Quad['graph'] | string): EventEmitter {
    return this.removeMatches(null, null, null, typeof graph === 'string' ? DataFactory.namedNode(graph) : graph)
  }

  /**
   * The quads of a pattern. Without a graph: of all graphs, those of the default graph first; where another graph stands in its place
   * all under the names of their graphs, each once.
   */
  getQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): Quad[] {
    return [...this.readQuads(subject, predicate, object, graph)]
  }

  /** As `getQuads`, as they are now, whatever changes until they are read. */
  readQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): Iterable<Quad> {
    const rows = this.#rows(subject, predicate, object, graph)
    const only = graph?.termType === 'DefaultGraph' ? graph : undefined
    return { [Symbol.iterator]: () => quadsOf(rows, this.dictionary, only) }
  }

  countQuads(subject: Wanted = null, predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): number {
    const pattern = this.#patternOf(subject, predicate, object, graph)
    return pattern === undefined ? 0 : this.#table.count(pattern, this.#isHidden)
  }

  /** The distinct subjects of a pattern. */
  getSubjects(predicate: Wanted = null, object: Wanted = null, graph: Wanted = null): Term[] {
    return this.#distinct(0, this.#rows(null, predicate, object, graph))
  }

  /** The distinct objects of a pattern. */
  getObjects(subject: Wanted = null, predicate: Wanted = null, graph: Wanted = null): Term[] {
    return this.#distinct(2, this.#rows(subject, predicate, null, graph))
  }

  #distinct(part: 0 | 2, rows: Iterable<QuadIds>): Term[] {
    const ids = new Set<number>()
    for (const row of rows) ids.add(row[part])
    return [...ids].map(id => this.dictionary.termOf(id))
  }

  #rows(...pattern: [Wanted, Wanted, Wanted, Wanted]): Iterable<QuadIds> {
    const ids = this.#patternOf(...pattern)
    return ids === undefined ? [] : this.#table.rows(ids, this.#isHidden)
  }

  /** The ids of a pattern; undefined where it has a term that is not held. */
  #patternOf(...terms: [Wanted, Wanted, Wanted, Wanted]): QuadIds | undefined {
    const ids = terms.map((term, part) => (term ? this.#idOf(term, part) : -1))
    return ids.includes(0) ? undefined : (ids.map(id => Math.max(id, 0)) as unknown as QuadIds)
  }

  #idsOf({ subject, predicate, object, graph }: Quad): QuadIds | undefined {
    return this.#patternOf(subject, predicate, object, graph)
  }

  /** Ids of subject, predicate, object and graph, new ones if need be. */
  newIds({ subject, predicate, object, graph }: Quad): QuadIds {
    const { dictionary } = this
    return [dictionary.add(subject), dictionary.add(predicate), dictionary.add(object), this.#newGraph(graph)]
  }

  #newGraph(graph: Term): number {
    return graph.termType === 'DefaultGraph' ? this.defaultGraph : this.dictionary.add(graph)
  }

  #idOf(term: Term, part: number): number {
    if (term === this.#lastTerms[part]) return this.#lastIds[part]!
    const id = part === 3 && term.termType === 'DefaultGraph' ? this.defaultGraph : this.dictionary.idOf(term)
    // What is not held now may be so later.
    if (id === 0) return 0
    this.#lastTerms[part] = term
    this.#lastIds[part] = id
    return id
  }

  get #isHidden(): boolean {
    return this.defaultGraph !== OWN_DEFAULT_GRAPH
  }
}

function* quadsOf(rows: Iterable<QuadIds>, dictionary: Dictionary, only: Term | undefined): Generator<Quad, void, undefined> {
  for (const [subject, predicate, object, graph] of rows)
    yield quadOf(
      dictionary.termOf(subject),
      dictionary.termOf(predicate),
      dictionary.termOf(object),
      only ?? dictionary.termOf(graph),
    )
}
