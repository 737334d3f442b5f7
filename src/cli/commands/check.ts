import { check } from '../../check/check.ts'
import { faultText, type Terminal } from '../terminal.ts'
import { projectOf } from './project.ts'
import type { Flags } from './table.ts'

export async function run(_: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const project = await projectOf(flags)
  const report = await check(project, name => terminal.progress(`checking ${name} …`))
  terminal.progress('')
  if (flags.json === true) terminal.out(JSON.stringify(report, null, 2))
  else {
    for (const { name, looked, unit, faults, note } of report.checks) {
      const mark = faults.length === 0 ? terminal.style('green', '✓') : terminal.style('red', '✗')
      terminal.out(`${mark} ${name.padEnd(28)}${String(looked).padStart(6)} ${unit}${note ? `, ${note}` : ''}`)
      for (const fault of faults) terminal.out(`${faultText(fault, terminal)}\n`)
    }
    const count = report.checks.reduce((sum, { faults }) => sum + faults.length, 0)
    terminal.out(report.passed ? '\nEverything checked holds.' : `\n${count} ${count === 1 ? 'fault' : 'faults'}.`)
  }
  return report.passed ? 0 : 3
}
