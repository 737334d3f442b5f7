import type { Fault } from '../error.ts'

/** What a check looked at, how much, and what it found. */
export interface Finding {
  /** How many things it looked at. */
  readonly looked: number
  /** What was counted, e.g. `quotes`. */
  readonly unit: string
  readonly faults: readonly Fault[]
  /** Whether a project may have nothing to look at. */
  readonly isOptional?: boolean
  /** Further figures in words. */
  readonly note?: string
}
