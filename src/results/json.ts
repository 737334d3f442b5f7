import type { Answer, AnswerRow } from '../answers/answer.ts'
import { jsonTerm, jsonValues } from './srj.ts'

/**
 * An answer with all that is known of it, a row a line: `{ form, question, summary, layer, parameters, columns, boolean, rows,
 * notes, complete, engine }`. Terms are those of SPARQL Results JSON, IRIs with their label; `boolean` is of an ASK.
 */
export function* writeJson(answer: Answer): Generator<string> {
  const { form, question, summary, layer, parameters, columns, rows, labels, notes, complete, engine } = answer
  const given = [...parameters].map(([name, terms]) => [name, terms.map(term => jsonTerm(term, labels))])
  const boolean = form === 'ASK' ? rows.length > 0 : undefined
  const head = { form, question, summary, layer, parameters: Object.fromEntries(given), columns, boolean }
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`
  let separator = '\n'
  for (const row of rows) {
    yield `${separator}${rowText(row, answer)}`
    separator = ',\n'
  }
  yield `\n],${JSON.stringify({ notes, complete, engine }).slice(1)}\n`
}

/** The rows of an answer, each a JSON text of its own on one line: `{ values, sources }` as in `json`. */
export function* writeNdjson(answer: Answer): Generator<string> {
  for (const row of answer.rows) yield `${rowText(row, answer)}\n`
}

function rowText({ values, sources }: AnswerRow, { labels }: Answer): string {
  return JSON.stringify({ values: jsonValues(values, labels), sources })
}
