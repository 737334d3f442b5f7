import type { Answer } from '../answers/answer.ts'
import { type Citations, citations, footnoteText, type Mark } from './citation.ts'
import type { WriteOptions } from './format.ts'
import { displayWidth, wrapText } from './text-width.ts'
import { notesOf, verdict } from './words.ts'

/**
 * An answer as text for a terminal: the question, the rows or a verdict, what is cited, the notes.
 *
 * @param body the lines of the rows, each with its end
 */
export function* page(
  answer: Answer,
  { width = 80, style = (_, text) => text }: WriteOptions,
  body: (cited: Citations) => Iterable<string>,
): Generator<string> {
  const cited = citations(answer.rows)
  if (answer.summary !== undefined) yield `${style('bold', wrapText(answer.summary, width).join('\n'))}\n\n`
  const instead = verdict(answer)
  if (instead === undefined) yield* body(cited)
  else yield `${instead}  ${markText(cited.of(answer.rows.flatMap(({ sources }) => sources)))}`.trimEnd().concat('\n')
  const tags = [...cited.footnotes].map(([name, source]) => [`[${name}]`, source] as const)
  const indent = tags.reduce((most, [tag]) => Math.max(most, displayWidth(tag) + 1), 0)
  if (tags.length > 0) yield '\n'
  for (const [tag, source] of tags) {
    const text = footnoteText(
      source,
      plain => plain,
      premise => `[${cited.nameOf(premise)}]`,
    )
    yield `${style('cyan', tag)}${style('dim', behind(tag, text, width, indent > 12 ? 4 : indent))}\n`
  }
  const notes = notesOf(answer)
  if (notes.length > 0) yield '\n'
  for (const note of notes) yield `note:${behind('note:', note, width, 6)}\n`
}

/**
 * A mark as text: at most three claims and how many more there are, whether anything is inferred, and by which rules.
 *
 * @example markText({ claims: ['s16-1', 'i1'], others: ['a'], isInferred: true }) // '[s16-1] [i1] inferred [a]'
 */
export function markText({ claims, others, isInferred }: Mark): string {
  const shown = claims.slice(0, 3).map(name => `[${name}]`)
  const more = claims.length > 3 ? [`+${claims.length - 3}`] : []
  return [...shown, ...more, ...(isInferred ? ['inferred'] : []), ...others.map(name => `[${name}]`)].join(' ')
}

/**
 * What follows a tag: text indented by as many columns on all its lines. A tag that is wider than that has its line for itself.
 *
 * @example behind('note:', 'nobody else is named here', 26, 6) // ' nobody else is named\n      here'
 */
export function behind(tag: string, text: string, width: number, indent: number): string {
  const gap = ' '.repeat(indent)
  const blanks = indent - displayWidth(tag)
  return (blanks > 0 ? ' '.repeat(blanks) : `\n${gap}`) + wrapText(text, Math.max(20, width - indent)).join(`\n${gap}`)
}
