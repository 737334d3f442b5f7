import type { Algebra } from '../algebra.ts'
import { prologue } from './prologue.ts'
import { query } from './query.ts'
import { Reader, type ReaderOptions } from './reader.ts'
import { update } from './update.ts'

/** What a text says, and the base of its relative IRIs. */
export interface Parsed {
  readonly algebra: Algebra
  readonly baseIRI: string | undefined
}

const QUERIES: ReadonlySet<string> = new Set(['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'])

/**
 * Parses a query or an update of SPARQL 1.1 or 1.2.
 *
 * `GRAPH` stays a node (`graph`), triple patterns are quads at once, blank nodes of patterns are variables, an aggregate is a variable of
 * the node `group`. Generated variables have names that no variable of the text has. An update comes to a node that tells its kind
 * only, a text that asks nothing to `nop`.
 *
 * @param options the base IRI and the prefixes that the text may use without declaring them
 * @throws SyntaxFault with the place of the fault; RangeError for more than 200 brackets within each other
 * @see SPARQL 1.1 Query Language, 18.2 (Translation to the SPARQL Algebra), 19.8 (Grammar); SPARQL 1.2 Query Language, 19.8
 * @example parseText('ASK { ?s ?p ?o }', {}).algebra.type // 'ask'
 */
export function parseText(text: string, options: ReaderOptions): Parsed {
  const reader = new Reader(text, options)
  prologue(reader)
  const algebra = QUERIES.has(reader.kind) ? query(reader) : update(reader)
  if (reader.kind !== 'END') reader.fail('END')
  return { algebra, baseIRI: reader.base }
}
