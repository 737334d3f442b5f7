import { existsSync } from 'node:fs'
import { compare } from '../../comparison/comparison.ts'
import { comparisonFormat } from '../../comparison/format.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { numberOf } from './answer.ts'
import { projectFolder } from './project.ts'

export async function run(
  [before = '', after]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { progress, width, style } = terminal
  const { name, write } = comparisonFormat(flags.json === true ? 'json' : String(flags.format ?? 'text'))
  const limit = numberOf(flags, 'limit', /^\d+$/) ?? 1000
  // Where both are here, nobody needs a project around them.
  const root = after && existsSync(before) && existsSync(after) ? '.' : await projectFolder(flags, terminal)
  const comparison = await compare(before, after, { root, questions: flags.questions !== false, progress })
  progress('')
  const out = name === 'text' ? terminal.write : terminal.data
  for (const piece of write(comparison, { limit, width, style })) out(piece)
  return comparison.equal ? 0 : 3
}
