import type { Described } from './record.ts'

/** A thing to be linked: what our graph, or a table of somebody else, tells of it. */
export interface Thing extends Described {
  /** The day or year of which the text speaks, as far as it is known: an office is held, and a person alive, at that time. */
  readonly at?: string | undefined
}
