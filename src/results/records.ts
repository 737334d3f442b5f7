import type { Answer } from '../answers/answer.ts'
import type { Citations } from './citation.ts'
import type { WriteOptions } from './format.ts'
import { markText, page } from './page.ts'
import { wrapText } from './text-width.ts'
import { humanized, termWords } from './words.ts'

/** An answer for a narrow terminal: a block a row, `name: value` on its lines, its citations as footnotes. */
export function writeRecords(answer: Answer, options: WriteOptions = {}): Iterable<string> {
  return page(answer, options, cited => recordLines(answer, cited, options))
}

/** The blocks of the rows. A column without a value is left out. */
export function* recordLines(answer: Answer, cited: Citations, { width = 80, fullIris }: WriteOptions): Generator<string> {
  for (const [index, { values, sources }] of answer.rows.entries()) {
    const lines = answer.columns.flatMap(column => {
      const term = values.get(column)
      return term === undefined ? [] : [`${humanized(column)}: ${termWords(term, answer, fullIris)}`]
    })
    const mark = markText(cited.of(sources))
    const block = [...(lines.length === 0 ? ['(no values)'] : lines), ...(mark === '' ? [] : [mark])]
    yield index === 0 ? '' : '\n'
    for (const line of block) yield `${wrapText(line, Math.max(20, width - 2), true).join('\n  ')}\n`
  }
}
