import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExpectedResult, testQuestions } from '../../check/expected-answers.ts'
import { CommuniqueError } from '../../error.ts'
import { findQuestion } from '../../questions/catalogue.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { endpointOf } from './endpoint.ts'
import { askedOf, projectFolder } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const endpoint = await endpointOf(flags)
  if (endpoint !== undefined && flags.update === true)
    throw new CommuniqueError('option-conflict', {
      what: 'expected answers are those of the engine in here, not of a server',
      mend: 'leave out one of --update and --endpoint',
    })
  const folder = await projectFolder(flags, terminal)
  const { graph, catalogue } = await askedOf({ ...flags, project: folder }, terminal)
  const known = catalogue.questions.map(question => question.name)
  if (name !== undefined && !known.includes(name) && !catalogue.broken.some(question => question.name === name)) {
    findQuestion(catalogue, name)
  }
  const isOwn = await access(join(folder, 'queries')).then(
    () => true,
    () => false,
  )
  if (flags.update === true && !isOwn)
    throw new CommuniqueError('no-questions', {
      what: 'this project has no questions of its own',
      where: { file: 'queries' },
      mend: 'write queries/<name>.rq first; the answers of those that ship with communique are not yours to change',
    })
  const results = await testQuestions({ graph, catalogue }, folder, { name, update: flags.update === true, endpoint })
  const failed = results.filter(({ outcome }) => outcome !== 'same' && outcome !== 'written').length
  const passed = failed === 0 && results.length > 0
  if (flags.json === true) terminal.out(JSON.stringify({ passed, results }, null, 2))
  else {
    for (const result of results) writeResult(result, terminal)
    terminal.out(`\n${countText(results.length, failed)}`)
  }
  return passed ? 0 : 3
}

function countText(count: number, failed: number): string {
  if (count === 0) return 'No question: nothing was compared.'
  if (count === 1) return `1 question, ${failed === 0 ? '' : 'not '}as expected.`
  return `${count} questions, ${failed === 0 ? 'all' : `${failed} not`} as expected.`
}

function writeResult({ name, outcome, file, missing, surplus, reason }: ExpectedResult, { out, style }: Terminal): void {
  const mark = outcome === 'same' || outcome === 'written' ? style('green', '✓') : style('red', '✗')
  out(`${mark} ${name}${outcome === 'same' ? '' : `: ${reason ?? outcome} (${file})`}`)
  for (const line of missing) out(style('red', `    - ${line}`))
  for (const line of surplus) out(style('green', `    + ${line}`))
}
