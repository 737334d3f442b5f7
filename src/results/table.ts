import type { Answer } from '../answers/answer.ts'
import type { Citations } from './citation.ts'
import type { WriteOptions } from './format.ts'
import { markText, page } from './page.ts'
import { recordLines } from './records.ts'
import { displayWidth, pad, wrapText } from './text-width.ts'
import { humanized, isNumeric, termWords } from './words.ts'

/** Below this width, and where a column would be narrower than that, records read better. */
const [NARROWEST_TABLE, NARROWEST_COLUMN] = [60, 10]

const GAP = '  '

/**
 * An answer as a table for a terminal, its citations as footnotes: labels for IRIs, numbers to the right, cells broken between
 * words. On a narrow terminal, or of many columns, it is `records`.
 */
export function writeTable(answer: Answer, options: WriteOptions = {}): Iterable<string> {
  return page(answer, options, cited => tableLines(answer, cited, options))
}

function* tableLines(answer: Answer, cited: Citations, options: WriteOptions): Generator<string> {
  const { width = 80, style = (_, text) => text, fullIris } = options
  const rows = answer.rows.map(({ values, sources }) => {
    const cells = answer.columns.map(column => termWords(values.get(column), answer, fullIris))
    return [...cells, markText(cited.of(sources))].map(cell => cell.replace(/\s+/g, ' ').trim())
  })
  const header = [...answer.columns.map(humanized), '']
  const natural = header.map((title, index) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[index]!)), displayWidth(title)),
  )
  const widths = width < NARROWEST_TABLE ? undefined : fitted(natural, width)
  if (widths === undefined) return yield* recordLines(answer, cited, options)
  const sides = [...answer.columns.map(column => (isNumeric(column, answer) ? 'end' : 'start')), 'start'] as const
  const lines = (cells: readonly string[]): string[] => {
    const columns = cells.map((cell, index) => wrapText(cell, widths[index]!, true))
    const height = Math.max(...columns.map(({ length }) => length))
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, index) => pad(column[line] ?? '', widths[index]!, sides[index]))
        .join(GAP)
        .trimEnd(),
    )
  }
  const isBroken = widths.some((columns, index) => columns < natural[index]!)
  yield `${style('bold', lines(header).join('\n'))}\n`
  for (const [index, row] of rows.entries()) yield `${isBroken && index > 0 ? '\n' : ''}${lines(row).join('\n')}\n`
}

/**
 * Widths of columns that fit side by side: those that need less than their share leave the rest to the others.
 *
 * @returns undefined when a column would become a sliver
 * @example fitted([6, 50, 50], 64) // [6, 27, 27]
 */
export function fitted(natural: readonly number[], width: number): number[] | undefined {
  const widths = [...natural]
  let room = width - GAP.length * (natural.length - 1)
  const byNeed = [...natural.entries()].sort(([, a], [, b]) => a - b)
  for (const [done, [index, need]] of byNeed.entries()) {
    const share = Math.floor(room / (natural.length - done))
    if (share < Math.min(need, NARROWEST_COLUMN)) return undefined
    widths[index] = Math.min(need, share)
    room -= widths[index]!
  }
  return widths
}
