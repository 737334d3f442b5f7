import { type ExpectedResult, testQuestions } from '../../check/expected-answers.ts'
import { findQuestion } from '../../questions/catalogue.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { askedOf, projectFolder } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { graph, catalogue } = await askedOf(flags, terminal)
  const known = catalogue.questions.map(question => question.name)
  if (name !== undefined && !known.includes(name) && !catalogue.broken.some(question => question.name === name)) {
    findQuestion(catalogue, name)
  }
  const folder = await projectFolder(flags, terminal)
  const results = await testQuestions({ graph, catalogue }, folder, { name, update: flags.update === true })
  const failed = results.filter(({ outcome }) => outcome !== 'same' && outcome !== 'written')
  if (flags.json === true) terminal.out(JSON.stringify({ passed: failed.length === 0, results }, null, 2))
  else for (const result of results) writeResult(result, terminal)
  if (flags.json !== true)
    terminal.out(
      `\n${results.length} questions, ${failed.length === 0 ? 'all as expected.' : `${failed.length} not as expected.`}`,
    )
  return failed.length === 0 && results.length > 0 ? 0 : 3
}

function writeResult({ name, outcome, file, missing, surplus, reason }: ExpectedResult, { out, style }: Terminal): void {
  const mark = outcome === 'same' || outcome === 'written' ? style('green', '✓') : style('red', '✗')
  out(`${mark} ${name}${outcome === 'same' ? '' : `: ${reason ?? outcome} (${file})`}`)
  for (const line of missing) out(style('red', `    - ${line}`))
  for (const line of surplus) out(style('green', `    + ${line}`))
}
