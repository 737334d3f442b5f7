import type { Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import type { Source } from '../project/source.ts'
import { labelOf, statementWords } from '../project/thing.ts'
import { termText } from '../rdf/turtle.ts'
import { markdownText } from '../results/markdown.ts'
import { jsonTerm } from '../results/srj.ts'
import { displayWidth, wrapText } from '../results/text-width.ts'
import { type ComparedStatement, OUTSIDE_VERDICTS, type OutsideComparison, type OutsideVerdict } from './comparison.ts'

/** Columns of a line, 80 unless told; and text in a style, where the place it goes to has some. */
export interface OutsideWriteOptions {
  readonly width?: number | undefined
  readonly style?: ((style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string) | undefined
}

/** A way to write what the outside says. */
export interface OutsideFormat {
  readonly name: string
  readonly write: (graph: KnowledgeGraph, comparison: OutsideComparison, options?: OutsideWriteOptions) => Iterable<string>
}

/**
 * Every format; the first is the usual one.
 *
 * @example OUTSIDE_FORMATS.map(({ name }) => name) // ['text', 'markdown', 'json']
 */
export const OUTSIDE_FORMATS: readonly OutsideFormat[] = [
  { name: 'text', write: writeText },
  { name: 'markdown', write: writeMarkdown },
  { name: 'json', write: writeJson },
]

/**
 * The format with a name.
 *
 * @throws CommuniqueError `unknown-format` with the nearest name
 * @example outsideFormat('json').name // 'json'
 */
export function outsideFormat(name: string): OutsideFormat {
  const format = OUTSIDE_FORMATS.find(known => known.name === name)
  if (format !== undefined) return format
  const names = OUTSIDE_FORMATS.map(known => known.name)
  throw new CommuniqueError('unknown-format', { what: `there is no format "${name}"`, mend: suggestion(name, names) })
}

function* writeText(
  graph: KnowledgeGraph,
  comparison: OutsideComparison,
  { width = 80, style = (_, text) => text }: OutsideWriteOptions = {},
): Generator<string> {
  const lines = (begin: string, text: string): string => {
    const indent = ' '.repeat(displayWidth(begin))
    return `${begin}${wrapText(text, Math.max(20, width - indent.length)).join(`\n${indent}`)}\n`
  }
  for (const { triple, sources, outside } of comparison.statements) {
    yield style('bold', lines('', statementWords(graph, triple)))
    for (const source of sources) yield style('dim', lines('  ', sentenceWords(source)))
    for (const { verdict, theirs, source } of outside) {
      const said = theirs.length === 0 ? '' : `${theirs.map(term => termWords(graph, term)).join(', ')} - `
      yield style(COLORS[verdict], lines(`  ${verdict.padEnd(8)}`, `${said}${source.name}, ${source.date}`))
    }
    yield '\n'
  }
  yield lines('', summary(comparison))
}

const COLORS = { agrees: 'green', differs: 'red', silent: 'yellow' } as const satisfies Record<OutsideVerdict, string>

function* writeMarkdown(graph: KnowledgeGraph, comparison: OutsideComparison): Generator<string> {
  yield `${markdownText(summary(comparison))}\n\n`
  yield '| our statement | verdict | theirs | source | day |\n| --- | --- | --- | --- | --- |\n'
  for (const { triple, sources, outside } of comparison.statements)
    for (const { verdict, theirs, source } of outside) {
      const ours = [statementWords(graph, triple), ...sources.map(sentenceWords)].map(markdownText).join('<br>')
      const others = theirs.map(term => markdownText(termWords(graph, term))).join(', ')
      yield `| ${ours} | ${verdict} | ${others} | ${markdownText(source.name)} | ${source.date} |\n`
    }
}

function* writeJson(graph: KnowledgeGraph, { statements, counts, notes, complete }: OutsideComparison): Generator<string> {
  const json = (term: Term) => ({ ...jsonTerm(term), label: term.termType === 'NamedNode' ? labelOf(graph, term) : undefined })
  const told = ({ triple, sources, outside }: ComparedStatement) => ({
    subject: json(triple.subject),
    predicate: json(triple.predicate),
    object: json(triple.object),
    sources,
    outside: outside.map(({ theirs, ...one }) => ({ ...one, theirs: theirs.map(json) })),
  })
  yield `${JSON.stringify({ statements: statements.map(told), counts, notes, complete }, null, 2)}\n`
}

function sentenceWords({ id, quote, reason }: Source): string {
  return quote === undefined ? `[${id}] ${reason ?? ''}`.trim() : `[${id}] “${quote}”`
}

function termWords(graph: KnowledgeGraph, term: Term): string {
  return term.termType === 'NamedNode' ? labelOf(graph, term) : termText(term, graph.prefixes)
}

function summary({ statements, counts }: OutsideComparison): string {
  const told = OUTSIDE_VERDICTS.map(verdict => `${counts[verdict]} ${PLURALS[verdict](counts[verdict])}`)
  const count = `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'}`
  return `${count} beside what others say: ${told.join(', ')}. Nothing is merged.`
}

const PLURALS: Readonly<Record<OutsideVerdict, (count: number) => string>> = {
  agrees: count => (count === 1 ? 'agrees' : 'agree'),
  differs: count => (count === 1 ? 'differs' : 'differ'),
  silent: () => 'silent',
}
