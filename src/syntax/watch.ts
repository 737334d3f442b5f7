import { performance } from 'node:perf_hooks'

/** Stops reading when it was aborted or has taken too long. The time of whoever takes the quads does not count. */
export class Watch {
  readonly #signal: AbortSignal | undefined
  readonly #late: () => Error
  #left: number
  #since = performance.now()
  #breath = 0

  /** @param late makes the error of what takes longer than `milliseconds` */
  constructor(milliseconds: number, signal: AbortSignal | undefined, late: () => Error) {
    this.#left = milliseconds
    this.#signal = signal
    this.#late = late
  }

  /** Throws when it is time to stop. */
  check(): void {
    this.#signal?.throwIfAborted()
    if (performance.now() - this.#since > this.#left) throw this.#late()
  }

  pause(): void {
    this.#left -= performance.now() - this.#since
  }

  resume(): void {
    this.#since = performance.now()
  }

  /** Within long work: lets the world go on now and then, so that it can stop the work. */
  breathe(): Promise<void> | undefined {
    this.check()
    if (performance.now() - this.#breath < 50) return undefined
    this.#breath = performance.now()
    return new Promise(resolve => setImmediate(resolve))
  }

  /** What a promise gives, unless it is time to stop before. */
  readonly wait = async <T>(promise: Promise<T>): Promise<T> => {
    this.check()
    let stop = (): void => undefined
    const stopped = new Promise<never>((_, reject) => {
      const abort = (): void => reject(this.#signal?.reason)
      const timer = setTimeout(() => reject(this.#late()), this.#left - performance.now() + this.#since)
      this.#signal?.addEventListener('abort', abort)
      stop = () => {
        clearTimeout(timer)
        this.#signal?.removeEventListener('abort', abort)
      }
    })
    return Promise.race([promise, stopped]).finally(stop)
  }
}
