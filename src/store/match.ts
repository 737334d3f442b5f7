import { Readable } from 'node:stream'
import type { DatasetCore, Quad } from '@rdfjs/types'
import type { Wanted } from './quad-lookup.ts'
import type { QuadStore } from './quad-store.ts'

/**
 * The quads of a pattern, as they were when it was asked: a stream of them, and a dataset of its own.
 *
 * @see RDF/JS Stream, 3.3 (Source); RDF/JS Dataset, 2.1 (DatasetCore)
 */
export class Match extends Readable implements DatasetCore {
  readonly #quads: Iterable<Quad>
  readonly #storeOf: (quads: Iterable<Quad>) => QuadStore
  #dataset: QuadStore | undefined
  #unread: Iterator<Quad> | undefined

  /** @param quads that can be read more than once */
  constructor(quads: Iterable<Quad>, storeOf: (quads: Iterable<Quad>) => QuadStore) {
    super({ objectMode: true })
    this.#quads = quads
    this.#storeOf = storeOf
  }

  override _read(): void {
    this.#unread ??= this[Symbol.iterator]()
    for (;;) {
      const { value, done } = this.#unread.next()
      if (!this.push(done ? null : value) || done) return
    }
  }

  get size(): number {
    return this.#own.size
  }

  has(quad: Quad): boolean {
    return this.#own.has(quad)
  }

  add(quad: Quad): this {
    this.#own.add(quad)
    return this
  }

  delete(quad: Quad): this {
    this.#own.delete(quad)
    return this
  }

  match(subject?: Wanted, predicate?: Wanted, object?: Wanted, graph?: Wanted): Match {
    return this.#own.match(subject, predicate, object, graph)
  }

  [Symbol.iterator](): Iterator<Quad> {
    return (this.#dataset ?? this.#quads)[Symbol.iterator]()
  }

  get #own(): QuadStore {
    this.#dataset ??= this.#storeOf(this.#quads)
    return this.#dataset
  }
}
