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
  const { name: written, write } = comparisonFormat(flags.json === true ? 'json' : String(flags.format ?? 'text'))
  const limit = numberOf(flags, 'limit', /^\d+$/) ?? MOST_LINES
  const root = await projectFolder(flags, terminal)
  progress(`reading ${name} …`)
  const before = await readState(name, root)
  progress(`reading ${other ?? 'this project'} …`)
  const after = other === undefined ? { ...(await readState(root, root)), name: 'this project' } : await readState(other, root)
  const comparison = await compare(before, after, { questions: flags.questions !== false, progress })
  progress('')
  const out = written === 'text' ? terminal.write : terminal.data
  for (const piece of write(comparison, { limit, width, style })) out(piece)
  return comparison.equal ? 0 : 3
}

const MOST_LINES = 1000
