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

  /** Lets the world go on now and then within long work, so that it can abort it. */
  async breathe(): Promise<void> {
    this.check()
    if (performance.now() - this.#breath < 50) return
    await new Promise(resolve => setImmediate(resolve))
    this.#breath = performance.now()
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
