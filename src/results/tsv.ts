import type { Answer } from '../answers/answer.ts'
import { bindings } from './citation.ts'
import type { WriteOptions } from './format.ts'
import { turtleTerm } from './turtle.ts'

/**
 * Solutions as tab-separated values: each term whole, as Turtle writes it without prefixes.
 *
 * @throws CommuniqueError `invalid-term`, when it comes to a term that Turtle cannot carry
 * @see SPARQL 1.1 Query Results CSV and TSV Formats, 4
 */
export function* writeTsv(answer: Answer, { cite }: WriteOptions = {}): Generator<string> {
  const { columns, rows } = bindings(answer, cite)
  yield `${columns.map(name => `?${name}`).join('\t')}\n`
  for (const row of rows) {
    const fields = columns.map(name => {
      const term = row.get(name)
      return term === undefined ? '' : turtleTerm(term, {})
    })
    yield `${fields.join('\t')}\n`
  }
}
