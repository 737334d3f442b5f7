import { existsSync } from 'node:fs'
import { compare } from '../../comparison/comparison.ts'
import { comparisonFormat } from '../../comparison/format.ts'
import { readState } from '../../comparison/state.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { numberOf } from './answer.ts'
import { projectFolder } from './project.ts'

export async function run(
  [name = '', other]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { progress, width, style } = terminal
  const format = comparisonFormat(flags.json === true ? 'json' : String(flags.format ?? 'text'))
  const limit = numberOf(flags, 'limit', /^\d+$/) ?? 1000
  // Two files need no project.
  const root = other && existsSync(name) && existsSync(other) ? '.' : await projectFolder(flags, terminal)
  progress(`reading ${name} …`)
  const before = await readState(name, root)
  progress(`reading ${other ?? 'this project'} …`)
  const after = await readState(other ?? root, root)
  const named = other === undefined ? { ...after, name: 'this project' } : after
  const comparison = await compare(before, named, { questions: flags.questions !== false, progress })
  progress('')
  const write = format.name === 'text' ? terminal.write : terminal.data
  for (const piece of format.write(comparison, { limit, width, style })) write(piece)
  return comparison.equal ? 0 : 3
}
