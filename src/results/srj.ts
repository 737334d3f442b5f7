import type { Term } from '@rdfjs/types'
import type { Answer } from '../answers/answer.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { bindings } from './citation.ts'
import type { WriteOptions } from './format.ts'

/**
 * Solutions or yes and no as SPARQL Results JSON, a solution a line.
 *
 * @see SPARQL 1.2 Query Results JSON Format, 3 (Variable Binding Results) and 4 (Boolean Results)
 */
export function* writeSrj(answer: Answer, { cite }: WriteOptions = {}): Generator<string> {
  if (answer.form === 'ASK') return yield `${JSON.stringify({ head: {}, boolean: answer.rows.length > 0 })}\n`
  const { columns, rows } = bindings(answer, cite)
  yield `{"head":${JSON.stringify({ vars: columns })},"results":{"bindings":[`
  let separator = '\n'
  for (const row of rows) {
    yield `${separator}${JSON.stringify(jsonValues(row))}`
    separator = ',\n'
  }
  yield '\n]}}\n'
}

/** A term in SPARQL Results JSON; `label` is ours, for people. */
export interface JsonTerm {
  readonly type: 'uri' | 'literal' | 'bnode' | 'triple'
  readonly value: string | { readonly subject: JsonTerm; readonly predicate: JsonTerm; readonly object: JsonTerm }
  readonly 'xml:lang'?: string | undefined
  readonly 'its:dir'?: string | undefined
  readonly datatype?: string | undefined
  readonly label?: string | undefined
}

/**
 * A term as SPARQL Results JSON has it; a plain string without its datatype.
 *
 * @param labels of IRIs, which then stand beside them
 * @see SPARQL 1.2 Query Results JSON Format, 3.2.2 (Encoding RDF terms)
 * @example jsonTerm(literal('chat', 'fr')) // { type: 'literal', value: 'chat', 'xml:lang': 'fr' }
 */
export function jsonTerm(term: Term, labels?: ReadonlyMap<string, string>): JsonTerm {
  if (term.termType === 'Quad') {
    const [subject, predicate, object] = [term.subject, term.predicate, term.object].map(part => jsonTerm(part, labels))
    return { type: 'triple', value: { subject: subject!, predicate: predicate!, object: object! } }
  }
  const { value } = term
  if (term.termType === 'BlankNode') return { type: 'bnode', value }
  if (term.termType !== 'Literal') return { type: 'uri', value, label: labels?.get(value) }
  const { language, direction, datatype } = term
  if (language !== '') return { type: 'literal', value, 'xml:lang': language, 'its:dir': direction || undefined }
  return { type: 'literal', value, datatype: datatype.equals(xsd.string) ? undefined : datatype.value }
}

/** The values of a row by column, as SPARQL Results JSON has them. */
export function jsonValues(values: ReadonlyMap<string, Term>, labels?: ReadonlyMap<string, string>): Record<string, JsonTerm> {
  return Object.fromEntries([...values].map(([name, term]) => [name, jsonTerm(term, labels)]))
}
