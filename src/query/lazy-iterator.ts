import type { AsyncIterator } from 'asynciterator'

/** What Comunica reads: an `AsyncIterator` of the package of that name, of which there may be several copies. */
export interface ItemStream<T> {
  read(): T | null
  setProperty(name: string, value: unknown): void
  destroy(cause?: Error): void
}

/** Makes a stream of items. */
export type StreamOf = <T>(items: Iterable<T>) => ItemStream<T>

/** How long items are given without a pause, in which others may stop the work. In milliseconds. */
const STRETCH = 10

/**
 * Streams of what is found only as it is read: whoever wants one match, or a LIMIT, reads no more.
 *
 * @param Base the iterator of the copy that reads them
 * @param ending when a stream ends that has been read: Comunica as it comes may wait for ever for one that has ended too early
 */
export function streamsOver(Base: typeof AsyncIterator, ending: (end: () => void) => void = end => end()): StreamOf {
  class LazyIterator<T> extends Base<T> {
    readonly #items: Iterator<T>
    #count = 0
    #begin = performance.now()

    constructor(items: Iterable<T>) {
      super()
      this.#items = items[Symbol.iterator]()
      this.readable = true
    }

    override read(): T | null {
      if (this.closed || this.#isPausing()) return null
      try {
        const { done, value } = this.#items.next()
        if (!done) return value
        this.readable = false
        ending(() => this.close())
      } catch (error) {
        this.destroy(error as Error)
      }
      return null
    }

    #isPausing(): boolean {
      if (!this.readable) return true
      if (++this.#count % 8 > 0 || performance.now() - this.#begin < STRETCH) return false
      this.readable = false
      setImmediate(() => {
        this.#begin = performance.now()
        this.readable = true
      })
      return true
    }

    protected override _end(isDestroyed?: boolean): void {
      this.#items.return?.()
      super._end(isDestroyed)
    }
  }
  return items => new LazyIterator(items)
}
