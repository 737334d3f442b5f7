import { DISTRIBUTION_FORMATS, distribution } from '../../distribution/format.ts'
import { findThing } from '../../project/thing.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { layerOf } from './answer.ts'
import { askedOf } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  if (name === undefined) return list(flags, terminal)
  const { graph } = await askedOf(flags, terminal)
  const text = (option: string): string | undefined => (typeof flags[option] === 'string' ? String(flags[option]) : undefined)
  const { text: pieces, iris } = distribution(graph, name, {
    layer: layerOf(flags),
    dataset: flags.dataset === true || undefined,
    graph: text('graph'),
    noText: flags.text === false,
    base: text('base'),
    spreadsheet: flags.spreadsheet === true,
    things: (flags.thing as readonly string[] | undefined)?.map(thing => findThing(graph, thing).value),
  })
  await writeOutput(pieces, flags, terminal)
  if (text('iriMap') !== undefined) await writeOutput(iriMap(iris), { output: text('iriMap') }, terminal)
  return 0
}

/** Old and new IRIs, as tab-separated values. */
function* iriMap(iris: ReadonlyMap<string, string>): Generator<string> {
  yield 'old\tnew\n'
  for (const [old, changed] of [...iris].sort(([one], [other]) => (one < other ? -1 : 1))) yield `${old}\t${changed}\n`
}

function list({ json }: Flags, { out, style }: Terminal): number {
  if (json === true) {
    out(JSON.stringify({ formats: DISTRIBUTION_FORMATS.map(({ write: _, ...format }) => format) }, null, 2))
    return 0
  }
  const room = Math.max(...DISTRIBUTION_FORMATS.map(({ name }) => name.length))
  for (const { name, title } of DISTRIBUTION_FORMATS) out(`${style('cyan', name.padEnd(room))}  ${title}`)
  return 0
}
