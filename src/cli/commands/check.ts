import { check } from '../../check/check.ts'
import { readProject } from '../../project/project.ts'
import type { Flags } from '../command.ts'
import { faultText, type Terminal } from '../terminal.ts'
import { projectFolder } from './project.ts'

export async function run(_: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const project = await readProject(await projectFolder(flags, terminal))
  const report = await check(project, name => terminal.progress(`checking ${name} …`))
  terminal.progress('')
  if (flags.json === true) {
    terminal.out(JSON.stringify(report, null, 2))
    return report.passed ? 0 : 3
  }
  for (const { name, looked, unit, faults, repeated, note } of report.checks) {
    const mark = faults.length + repeated === 0 ? terminal.style('green', '✓') : terminal.style('red', '✗')
    const again = repeated === 0 ? '' : `, ${repeated} told above`
    terminal.out(`${mark} ${name.padEnd(28)}${String(looked).padStart(6)} ${unit}${note ? `, ${note}` : ''}${again}`)
    for (const fault of faults) terminal.out(`\n${faultText(fault, terminal)}`)
    if (faults.length > 0) terminal.out('')
  }
  const count = report.checks.reduce((sum, { faults }) => sum + faults.length, 0)
  terminal.out(report.passed ? '\nEverything checked holds.' : `\n${count} ${count === 1 ? 'fault' : 'faults'}.`)
  return report.passed ? 0 : 3
}
