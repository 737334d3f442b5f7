import type { Answer } from '../answers/answer.ts'
import { citations, footnoteText, type Mark } from './citation.ts'
import type { WriteOptions } from './format.ts'
import { humanized, isNumeric, notesOf, termWords, verdict } from './words.ts'

/**
 * An answer as GitHub writes Markdown: a table, or yes or no, with footnotes; a quote is a block quote. What data hold is text
 * in it, never markup.
 *
 * @see GitHub Flavored Markdown Spec, 4.10 (Tables)
 */
export function* writeMarkdown(answer: Answer, { fullIris }: WriteOptions = {}): Generator<string> {
  const cited = citations(answer.rows)
  if (answer.summary !== undefined) yield `**${markdownText(answer.summary)}**\n\n`
  const instead = verdict(answer)
  if (instead === undefined) {
    const line = (cells: readonly string[], mark: string): string =>
      `| ${(cited.footnotes.size > 0 ? [...cells, mark] : cells).join(' | ')} |\n`
    const { columns } = answer
    yield line(
      columns.map(name => markdownText(humanized(name))),
      '',
    )
    yield line(
      columns.map(name => (isNumeric(name, answer) ? '---:' : '---')),
      '---',
    )
    for (const { values, sources } of answer.rows) {
      const cells = columns.map(name => markdownText(termWords(values.get(name), answer, fullIris)))
      yield line(cells, markText(cited.of(sources)))
    }
  } else yield `${instead} ${markText(cited.of(answer.rows.flatMap(({ sources }) => sources)))}`.trimEnd().concat('\n')
  for (const [name, source] of cited.footnotes) {
    const text = footnoteText(source, markdownText, premise => reference(cited.nameOf(premise)))
    yield `\n${reference(name)}: ${source.quote === undefined ? '' : '> '}${text}\n`
  }
  for (const note of notesOf(answer)) yield `\n> **Note:** ${markdownText(note)}\n`
}

function markText({ claims, others, isInferred }: Mark): string {
  const inferred = isInferred ? ['inferred'] : []
  return [claims.map(reference).join(''), ...inferred, others.map(reference).join('')].join(' ').trim()
}

/** A footnote's name: what could end it is left out. */
function reference(name: string): string {
  return `[^${name.replace(/[^\p{L}\p{N}./_-]/gu, '-')}]`
}

/**
 * Text that Markdown shows as it is, on one line: markup and HTML escaped, line ends as `<br>`, control characters visible.
 *
 * @example markdownText('a|b *c* <i>') // 'a\\|b \\*c\\* &lt;i&gt;'
 */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[&<>]/g, found => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[found]!)
    .replace(/\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g, '<br>')
    .replace(/\t/g, ' ')
    .replace(
      /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      found => `\\\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}
