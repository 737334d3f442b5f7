import { CommuniqueError } from '../error.ts'

/** What a run of a plan may take. */
export interface RunLimits {
  /** Heard between two solutions: nothing else happens in the thread while a step is at work. */
  readonly signal?: AbortSignal | undefined
  /** Seconds from the start after which it stops, whatever step is at work. */
  readonly timeout?: number | undefined
  /** Most rows that one step may keep, as ORDER BY, GROUP BY, DISTINCT and sub-SELECTs do. */
  readonly rows?: number | undefined
}

/** How often a step may go on before the clock is looked at. */
const TICKS = 256

/** Tells steps at work when it is time to stop. */
export class Watch {
  #limits: RunLimits = {}
  #end = Number.POSITIVE_INFINITY
  #most = Number.POSITIVE_INFINITY
  #left = TICKS

  begin(limits: RunLimits): void {
    const { timeout, rows = Number.POSITIVE_INFINITY } = limits
    this.#limits = limits
    this.#end = timeout === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeout * 1000
    this.#most = rows
    this.check()
  }

  /** To be called again and again by what may take long. */
  tick(): void {
    if (--this.#left === 0) this.check()
  }

  check(): void {
    this.#left = TICKS
    this.#limits.signal?.throwIfAborted()
    if (this.#end < Number.POSITIVE_INFINITY && performance.now() > this.#end) throw timeoutError(this.#limits.timeout!)
  }

  /**
   * As `tick`, for a step that keeps rows.
   *
   * @param count how many it keeps
   */
  keep(count: number): void {
    this.tick()
    if (count > this.#most) throw tooManyRows(this.#most)
  }
}

/** For what takes longer than so many seconds. */
export function timeoutError(timeout: number): CommuniqueError {
  return new CommuniqueError('query-timeout', {
    what: `no answer within ${timeout} s: the work was stopped`,
    mend: 'ask for less (more patterns with known terms, a LIMIT inside), or give more time with --timeout',
  })
}

function tooManyRows(most: number): CommuniqueError {
  return new CommuniqueError('query-too-large', {
    what: `a step of the query has to keep more than ${most} rows: the work was stopped`,
    mend: 'ask for less: patterns that share variables, a LIMIT inside',
  })
}
