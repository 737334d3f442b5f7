import { performance } from 'node:perf_hooks'

/** Stops reading when it was aborted or has taken too long. The time of whoever takes the quads does not count. */
export class Watch {
  readonly #signal: AbortSignal | undefined
  readonly #late: () => Error
  #left: number
  #since = performance.now()
  #breath = 0
  /** Rejects what is waited for. */
  #stop: ((reason: unknown) => void) | undefined
  /** One for all that is waited for: one for each part of a document costs as much as a twentieth of reading it. */
  #alarm: NodeJS.Timeout | undefined

  /** @param late makes the error of what takes longer than `milliseconds` */
  constructor(milliseconds: number, signal: AbortSignal | undefined, late: () => Error) {
    this.#left = milliseconds
    this.#signal = signal
    this.#late = late
  }

  /** Throws when it is time to stop. */
  check(): void {
    this.#signal?.throwIfAborted()
    if (this.#rest < 0) throw this.#late()
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

  /** What a promise gives, unless it is time to stop before. After the last, `end` is to be called. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.check()
      this.#stop = reject
      if (this.#alarm === undefined) this.#start()
      this.#alarm?.ref()
      promise.then(value => {
        this.#stop = undefined
        this.#alarm?.unref()
        resolve(value)
      }, reject)
    })
  }

  end(): void {
    clearTimeout(this.#alarm)
    this.#signal?.removeEventListener('abort', this.#abort)
  }

  /** In milliseconds. */
  get #rest(): number {
    return this.#left - performance.now() + this.#since
  }

  #start(): void {
    this.#signal?.addEventListener('abort', this.#abort)
    this.#alarm = setTimeout(
      () => {
        this.#alarm = undefined
        if (this.#rest <= 0) this.#stop?.(this.#late())
        else if (this.#stop !== undefined) this.#start()
      },
      Math.min(this.#rest, LONGEST_TIMER),
    )
  }

  readonly #abort = (): void => this.#stop?.(this.#signal?.reason)
}

/** Of a longer one Node makes a millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1
