import type { Term } from '@rdfjs/types'
import type { Answer } from '../answers/answer.ts'
import { bindings } from './citation.ts'
import type { WriteOptions } from './format.ts'

/**
 * Solutions as comma-separated values: terms without what tells one kind from another, lines ended by CR LF.
 *
 * @see SPARQL 1.1 Query Results CSV and TSV Formats, 3; RFC 4180
 */
export function* writeCsv(answer: Answer, { cite }: WriteOptions = {}): Generator<string> {
  const { columns, rows } = bindings(answer, cite)
  yield `${columns.map(csvField).join(',')}\r\n`
  for (const row of rows) {
    const line = columns.map(name => csvField(csvText(row.get(name)))).join(',')
    // Readers pass over an empty line, which here is a row of one empty field.
    yield `${line === '' && columns.length === 1 ? '""' : line}\r\n`
  }
}

/** A term as its characters; of a triple term those of its parts, in the brackets of Turtle. */
function csvText(term: Term | undefined): string {
  if (term === undefined) return ''
  if (term.termType === 'BlankNode') return `_:${term.value}`
  if (term.termType !== 'Quad') return term.value
  const [subject, predicate, object] = [term.subject, term.predicate, term.object].map(csvText)
  return `<<( ${subject} ${predicate} ${term.object.termType === 'Literal' ? `"${object!.replaceAll('"', '""')}"` : object} )>>`
}

/**
 * A field, in quotation marks where it must be.
 *
 * @see RFC 4180, 2 (6 and 7)
 * @example csvField('4,4 "or so"') // '"4,4 ""or so"""'
 */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
