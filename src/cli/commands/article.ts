import { coverage } from '../../article/coverage.ts'
import { CommuniqueError } from '../../error.ts'
import { articleReport } from '../../results/article.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { projectOf } from './project.ts'
import type { Flags } from './table.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const project = await projectOf(flags)
  const documents = project.documents.filter(document => name === undefined || document.name === name)
  if (documents.length === 0)
    throw new CommuniqueError('unknown-document', {
      what: `there is no document "${name}"`,
      mend: `documents are: ${project.documents.map(document => document.name).join(', ')}`,
    })
  const reports = documents.map(document => articleReport(project, document))
  if (flags.json === true) {
    terminal.out(JSON.stringify({ documents: reports }, null, 2))
    return 0
  }
  for (const [index, document] of documents.entries()) {
    const report = reports[index]!
    terminal.out(terminal.style('bold', document.name))
    let paragraph = 0
    for (const sentence of report.sentences) {
      if (sentence.paragraph !== paragraph) terminal.out('')
      paragraph = sentence.paragraph
      const number = `[${sentence.position}]`.padStart(5)
      terminal.out(`${terminal.style('cyan', number)} ${wrap(sentence.text, terminal.width, '      ').trimStart()}`)
      if (flags.claims !== true) continue
      for (const claim of sentence.claims) {
        const who =
          claim.voice === 'author' && claim.status === 'Asserted'
            ? ''
            : ` — ${claim.status}${claim.voice === 'author' ? '' : `, ${claim.voice}`}`
        terminal.out(`      ${terminal.style('bold', claim.id)}  ${claim.title}${terminal.style('yellow', who)}`)
        terminal.out(terminal.style('dim', `            “${claim.quote}” ${claim.start}–${claim.end}`))
        for (const statement of claim.statements) terminal.out(`            ${statement}`)
      }
    }
    if (flags.claims !== true) continue
    terminal.out(`\n${terminal.style('bold', 'The curator adds')}`)
    for (const claim of report.curator) {
      terminal.out(`      ${terminal.style('bold', claim.id)}  ${claim.title} — ${claim.status}`)
      terminal.out(
        terminal.style('dim', `            ${wrap(`because ${claim.reason ?? ''}`, terminal.width - 12, '            ')}`),
      )
      for (const statement of claim.statements) terminal.out(`            ${statement}`)
    }
    const { characters, quoted, gaps } = coverage(document.article, document.passages, document.claims)
    terminal.out(
      `\n${terminal.style('bold', 'Outside all quotes')} (${((100 * (characters - quoted)) / characters).toFixed(1)} % of ${characters} characters)`,
    )
    const bare = gaps.filter(({ reason, text }) => reason !== undefined && !/[\p{L}\p{N}]/u.test(text))
    for (const gap of gaps.filter(other => !bare.includes(other)))
      terminal.out(`      ${gap.start}–${gap.end} “${gap.text.trim()}”: ${gap.reason ?? 'no reason given'}`)
    terminal.out(`      ${bare.length} runs of white space and punctuation`)
  }
  return 0
}
