import { CommuniqueError } from '../error.ts'
import type { Algebra } from '../sparql/algebra.ts'
import type { EngineChoice } from './plan.ts'

/** What an engine is asked: an algebra without SERVICE and updates. */
export interface Asked {
  readonly algebra: Algebra
  readonly baseIRI: string | undefined
  readonly signal: AbortSignal | undefined
  /** Who is to answer; see `QueryOptions`. */
  readonly engine: EngineChoice | undefined
}

/** An error of an engine as ours. */
export function failure(error: unknown): CommuniqueError {
  if (error instanceof CommuniqueError) return error
  return new CommuniqueError('query-failed', { what: error instanceof Error ? error.message : String(error), cause: error })
}
