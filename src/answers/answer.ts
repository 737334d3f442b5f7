import type { Term } from '@rdfjs/types'
import type { Layer } from '../project/layer.ts'
import type { Source } from '../project/source.ts'
import type { QueryForm } from '../query/engine.ts'

export type { QueryForm }

/** One row of an answer with the sentences that made it true. */
export interface AnswerRow {
  /** Terms by column; a column without a value is absent. */
  readonly values: ReadonlyMap<string, Term>
  /** Claims first, in the order of the text; empty when none was found or when no citations were asked for. */
  readonly sources: readonly Source[]
}

/** Something a reader should know of an answer: what it rests on besides sentences, what was cut off, why it is empty. */
export interface Note {
  /** Stable, e.g. `absence`, `open-list`, `witnesses-capped`, `no-match`. */
  readonly code: string
  readonly text: string
}

/** An answer, whole. */
export interface Answer {
  readonly form: QueryForm
  /** Name and summary of the saved question; absent for a query of one's own. */
  readonly question?: string | undefined
  readonly summary?: string | undefined
  readonly layer: Layer
  /** The values that the question was asked with; `any` is an empty list. */
  readonly parameters: ReadonlyMap<string, readonly Term[]>
  /** Columns of a SELECT as its head has them; `subject`, `predicate`, `object` of triples; none of an ASK. */
  readonly columns: readonly string[]
  /** Rows of a SELECT; the triples of a CONSTRUCT or DESCRIBE; of an ASK one row without values if yes, none if no. */
  readonly rows: readonly AnswerRow[]
  /** What a person reads for an IRI of the rows. */
  readonly labels: ReadonlyMap<string, string>
  readonly prefixes: Readonly<Record<string, string>>
  /** Whether citations were asked for. */
  readonly isCited: boolean
  readonly notes: readonly Note[]
  /** Whether all rows are here: not when a limit of rows or time cut the answer off. */
  readonly complete: boolean
  /** The plan of our own engine with what each step had to do, if that was asked for. */
  readonly steps?: readonly Step[] | undefined
  /** What computed it: `communique`, or e.g. `comunica 5.4.1`. */
  readonly engine: string
}

/** A step of the plan by which an answer was found. */
export interface Step {
  /** What it does in the words of SPARQL, indented by how deep it stands within other steps. */
  readonly text: string
  /** The named graph that it is asked in; empty for the layer. */
  readonly graph: string
  /** How many solutions were expected each time, where the order was chosen by that. */
  readonly expected?: number | undefined
  /** How often it was begun. */
  readonly times: number
  /** How many solutions it had, all in all. */
  readonly solutions: number
}
