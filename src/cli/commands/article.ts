import { CommuniqueError } from '../../error.ts'
import { type ArticleReport, articleReport, type ClaimReport } from '../../results/article.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { askedOf } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { graph } = await askedOf(flags, terminal)
  const documents = graph.documents.filter(document => name === undefined || document.name === name)
  if (documents.length === 0)
    throw new CommuniqueError('unknown-document', {
      what: `there is no document "${name}"`,
      mend: `documents are: ${graph.documents.map(document => document.name).join(', ')}`,
    })
  const reports = documents.map(document => articleReport(graph, document))
  if (flags.json === true) terminal.out(JSON.stringify({ documents: reports }, null, 2))
  else for (const report of reports) writeArticle(report, flags.claims === true, terminal)
  return 0
}

function writeArticle(report: ArticleReport, withClaims: boolean, terminal: Terminal): void {
  const { out, style, width } = terminal
  out(style('bold', report.document))
  let paragraph = 0
  for (const sentence of report.sentences) {
    if (withClaims || sentence.paragraph !== paragraph) out('')
    paragraph = sentence.paragraph
    const number = `[${sentence.position}]`.padStart(5)
    out(`${style('cyan', number)} ${wrap(sentence.text, width - 6, ' '.repeat(6))}`)
    if (withClaims) for (const claim of sentence.claims) writeClaim(claim, terminal)
  }
  if (!withClaims) return
  out(`\n${style('bold', 'The curator adds')}`)
  for (const claim of report.curator) writeClaim(claim, terminal)
  writeGaps(report, terminal)
}

function writeClaim(
  { id, title, voice, isAuthors, status, quote, start, end, reason, statements }: ClaimReport,
  terminal: Terminal,
): void {
  const { out, style, width } = terminal
  const indent = ' '.repeat(12)
  const who = isAuthors || quote === undefined ? '' : `, ${voice}`
  const manner = status === 'Asserted' ? '' : ` — ${status}${who}`
  out(`      ${style('bold', id)}  ${wrap(`${title}${manner}`, width - 8 - id.length, indent)}`)
  const ground = quote === undefined ? `because ${reason ?? ''}` : `“${quote}” ${start}–${end}`
  out(style('dim', `${indent}${wrap(ground, width - 12, indent)}`))
  let last = ''
  for (const statement of statements) {
    const space = statement.indexOf(' ')
    const subject = statement.slice(0, space)
    if (subject !== last) out(`${indent}${subject}`)
    out(`${indent}  ${statement.slice(space + 1)}`)
    last = subject
  }
}

function writeGaps({ coverage: { characters, quoted, gaps } }: ArticleReport, { out, style, width }: Terminal): void {
  const share = ((100 * (characters - quoted)) / characters).toFixed(1)
  out(`\n${style('bold', 'Outside all quotes')} (${share} % of ${characters} characters)`)
  const worded = gaps.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  for (const { start, end, text, reason } of worded)
    out(`      ${wrap(`${start}–${end} “${text.trim()}”: ${reason ?? 'no reason given'}`, width - 6, ' '.repeat(12))}`)
  out(`      ${gaps.length - worded.length} runs of white space and punctuation`)
}
