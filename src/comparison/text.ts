import { displayWidth, wrapText } from '../results/text-width.ts'
import type { Comparison } from './comparison.ts'
import type { WriteOptions } from './format.ts'
import { faultLines, type Mark, outline, verdict } from './outline.ts'

/** A comparison as text for a terminal: sections, under each thing what came and went; last the verdict. */
export function* writeText(
  comparison: Comparison,
  { limit = Number.POSITIVE_INFINITY, width = 80, style = (_, text) => text }: WriteOptions = {},
): Generator<string> {
  const line = (begin: string, text: string): string => {
    const indent = ' '.repeat(displayWidth(begin))
    return begin + wrapText(text, Math.max(20, width - indent.length)).join(`\n${indent}`)
  }
  for (const { heading, items, left } of outline(comparison, limit)) {
    yield `${style('bold', heading)}\n`
    for (const { mark, name, title, sentence, lines } of items) {
      yield `${style(COLORS[mark], line(`${mark} `, name === undefined ? title : `${name} ${title}`))}\n`
      if (sentence !== undefined) yield `${style('dim', line('    ', sentence))}\n`
      for (const { mark: sign, text } of lines) yield `${style(COLORS[sign], line(`    ${sign} `, text))}\n`
    }
    if (left > 0) yield `${style('dim', `  … ${left} more lines: see --limit`)}\n`
    yield '\n'
  }
  for (const fault of faultLines(comparison)) yield `${style('red', line('! ', fault))}\n`
  yield `${wrapText(verdict(comparison), width).join('\n')}\n`
}

const COLORS: Readonly<Record<Mark, 'red' | 'green' | 'yellow' | 'dim'>> = { '+': 'green', '-': 'red', '~': 'yellow', '=': 'dim' }
