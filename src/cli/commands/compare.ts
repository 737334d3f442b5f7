import { snapshotsOnly } from '../../answers/services.ts'
import { compareWithOutside } from '../../outside/comparison.ts'
import { outsideFormat } from '../../outside/format.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { serviceOptions } from './answer.ts'
import { askedOf } from './project.ts'

/** What others say beside our statements. Gives the exit code: 4 where a server did not give all, 3 where something differs. */
export async function run([thing]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { width, style, err } = terminal
  const { name, write } = outsideFormat(flags.json === true ? 'json' : String(flags.format ?? 'text'))
  const { graph, catalogue, root } = await askedOf(flags, terminal)
  const services = serviceOptions(flags, root) ?? snapshotsOnly(root)
  const comparison = await compareWithOutside({ ...graph, catalogue, root }, { thing, services })
  const out = name === 'text' ? terminal.write : terminal.data
  for (const piece of write(graph, comparison, { width, style })) out(piece)
  if (name !== 'json' && !comparison.complete)
    for (const { code, text } of comparison.notes) if (code === 'federated-partial') err(`note: ${text}`)
  return comparison.complete ? (comparison.counts.differs > 0 ? 3 : 0) : 4
}
