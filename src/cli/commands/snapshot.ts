import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { graphOfLayer } from '../../answers/answering.ts'
import { takeSnapshot } from '../../federation/extraction.ts'
import { readText } from '../../file.ts'
import { SNAPSHOTS } from '../../project/core.ts'
import { findQuestion } from '../../questions/catalogue.ts'
import { tripleText } from '../../rdf/turtle.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { serviceOptions } from './answer.ts'
import { askedOf } from './project.ts'

/** Takes the snapshot of a saved question anew, and says how it differs from the last. */
export async function run([name = '']: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { graph, catalogue, root } = await askedOf(flags, terminal)
  const question = findQuestion(catalogue, name)
  const file = `${SNAPSHOTS}/${question.name}.trig`
  const last = await readText(join(root, file), file)
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))
  const rights = { licence: text(flags.licence), attribution: text(flags.attribution) }
  const options = { ...serviceOptions(flags, root), ...rights }
  const draft = await takeSnapshot(graphOfLayer(graph, question.layer), question, options, last)
  await mkdir(join(root, SNAPSHOTS), { recursive: true })
  await writeOutput(draft.text, { output: join(root, file) }, terminal)
  for (const triple of draft.removed) terminal.out(`- ${tripleText(triple, graph.prefixes)}`)
  for (const triple of draft.added) terminal.out(`+ ${tripleText(triple, graph.prefixes)}`)
  return 0
}
