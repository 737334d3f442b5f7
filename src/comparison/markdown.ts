import { markdownText } from '../results/markdown.ts'
import type { Comparison } from './comparison.ts'
import type { WriteOptions } from './format.ts'
import { faultLines, type Item, outline, verdict } from './outline.ts'

/**
 * A comparison as GitHub writes Markdown, for a pull request: the verdict, then sections; what came and went folds away. What data
 * hold is text in it, never markup.
 */
export function* writeMarkdown(
  comparison: Comparison,
  { limit = Number.POSITIVE_INFINITY }: WriteOptions = {},
): Generator<string> {
  yield `${markdownText(verdict(comparison))}\n`
  for (const { heading, items, left } of outline(comparison, limit)) {
    yield `\n### ${heading}\n\n`
    for (const item of items) yield item.lines.length === 0 ? plainItem(item) : foldedItem(item)
    if (left > 0) yield `- … ${left} more lines\n`
  }
  const faults = faultLines(comparison)
  if (faults.length > 0) yield '\n### Faults: what they concern may not have been compared\n\n'
  for (const fault of faults) yield `- ${markdownText(fault)}\n`
}

function plainItem({ mark, name, title }: Item): string {
  return `- \`${mark}\` ${name === undefined ? '' : `**${markdownText(name)}** `}${markdownText(title)}\n`
}

/** A line of HTML begins a block, in which Markdown is text until an empty line. */
function foldedItem({ mark, name, title, sentence, lines }: Item): string {
  const words = name === undefined ? html(title) : `<b>${html(name)}</b> ${html(title)}`
  const quoted = sentence === undefined ? '' : `> ${markdownText(sentence)}\n\n`
  const body = lines.map(line => `${line.mark} ${shown(line.text)}`).join('\n')
  return `\n<details><summary><code>${mark}</code> ${words}</summary>\n\n${quoted}${fenced(body)}\n\n</details>\n`
}

/** Lines that GitHub colours by their signs, between fences longer than any run of backticks within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}diff\n${text}\n${fence}`
}

function html(text: string): string {
  return shown(text).replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)
}

/** On one line, control characters and turns of direction visible. */
function shown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(
      /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}
