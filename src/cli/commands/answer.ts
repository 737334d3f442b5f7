import { join } from 'node:path'
import type { Answer } from '../../answers/answer.ts'
import type { Answering, AskOptions } from '../../answers/answering.ts'
import { cacheFolder } from '../../code-cache.ts'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import { SNAPSHOTS } from '../../project/core.ts'
import { LAYERS, type Layer } from '../../project/layer.ts'
import { ENGINES, type EngineChoice } from '../../query/plan.ts'
import { formatOf, type ResultFormat } from '../../results/format.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { endpointOf } from './endpoint.ts'

/** The options of a call from its flags, for the project in a folder; what a SERVICE may ask where they say nothing of it. */
export async function askOptions(flags: Flags, root: string, otherwise?: AskOptions['services']): Promise<AskOptions> {
  return {
    layer: layerOf(flags),
    limit: numberOf(flags, 'limit', /^\d+$/),
    timeout: numberOf(flags, 'timeout', /^\d+(\.\d+)?$/),
    explain: flags.explain === true,
    engine: engineOf(flags),
    services: serviceOptions(flags, root) ?? otherwise,
    endpoint: await endpointOf(flags),
  }
}

/** What `--allow`, `--mirror`, `--offline`, `--snapshots` and `--allow-private` let a SERVICE do; undefined if none of them is given. */
export function serviceOptions(flags: Flags, root: string): AskOptions['services'] {
  const { allow, offline, snapshots, allowPrivate } = flags
  const mirror = flags.mirror === undefined ? undefined : String(flags.mirror)
  if (allow === undefined && mirror === undefined && offline !== true && snapshots !== true) return undefined
  const named = mirror !== undefined && URL.canParse(mirror) ? [new URL(mirror).host] : []
  return {
    allow: [...((allow ?? []) as readonly string[]), ...named],
    mirror,
    allowPrivate: allowPrivate === true,
    offline: offline === true,
    fromSnapshots: snapshots === true,
    snapshots: join(root, SNAPSHOTS),
    cache: join(cacheFolder(), 'http'),
  }
}

/** The layer of `--layer`, if it is given. */
export function layerOf(flags: Flags): Layer | undefined {
  const layer = flags.layer === undefined ? undefined : String(flags.layer)
  if (layer !== undefined && !(LAYERS as readonly string[]).includes(layer))
    throw new CommuniqueError('unknown-layer', { what: `there is no layer "${layer}"`, mend: suggestion(layer, LAYERS) })
  return layer as Layer | undefined
}

/** The engine of `--engine`, if it is given. */
function engineOf({ engine }: Flags): EngineChoice | undefined {
  if (engine !== undefined && !(ENGINES as readonly unknown[]).includes(engine))
    throw new CommuniqueError('unknown-engine', {
      what: `there is no engine "${engine}"`,
      mend: suggestion(String(engine), ENGINES),
    })
  return engine as EngineChoice | undefined
}

/** The number that an option gives. */
export function numberOf(flags: Flags, name: string, form: RegExp): number | undefined {
  const value = flags[name]
  if (value === undefined) return undefined
  if (form.test(String(value)) && Number(value) > 0) return Number(value)
  throw new CommuniqueError('option-number', { what: `--${name} takes a number, not "${value}"`, mend: `write --${name} 10` })
}

/**
 * Ctrl-C stops the work of a worker. Where the work is done in this thread nobody may listen for it: a listener would wait for the
 * end of the work, while without one the process ends at once.
 */
export function interrupted(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    process.exitCode = 130
    controller.abort(new Interruption())
  })
  return controller.signal
}

/** Thrown where the person at the keyboard stopped the work. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
}

export function resultFormat(flags: Flags): ResultFormat {
  return formatOf(flags.json === true ? 'json' : String(flags.format ?? 'table'))
}

/** Whether a format shows citations: its own way by default, a standard one in a last column only when it is told to. */
export function isCitedIn({ standard }: ResultFormat, flags: Flags): boolean {
  if (flags.explain === true) return false
  return flags.cite === undefined ? standard === undefined : flags.cite === true
}

/** Writes an answer in a format; its notes to stderr where the format has no place for them. Gives the exit code: 4 if it is partial. */
export async function writeAnswer(
  answering: Answering,
  { name, standard }: ResultFormat,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const answer = await answering
  const format = formatOf(name, answer.form)
  const { width, style, err } = terminal
  const write = READ_BY_PEOPLE.has(name) ? terminal.write : terminal.data
  const cite = isCitedIn(format, flags)
  for (const piece of format.write(answer, { cite, width, style, fullIris: flags.fullIris === true })) write(piece)
  if (standard !== undefined || name === 'ndjson')
    for (const { text } of answer.notes) err(`note: ${wrap(text, width - 6, '      ')}`)
  if (answer.steps !== undefined) writeSteps(answer, terminal)
  return answer.complete || (flags.limit !== undefined && !answer.notes.some(({ code }) => LACKING.has(code))) ? 0 : 4
}

/** What an answer lacks though nobody asked for less. */
const LACKING: ReadonlySet<string> = new Set(['time-limit', 'federated-partial'])

const READ_BY_PEOPLE: ReadonlySet<string> = new Set(['table', 'records'])

/** The plan, step by step. */
function writeSteps({ steps = [], engine, rows }: Answer, { err, style }: Terminal): void {
  err(style('bold', `\nThe plan of ${engine}, in the order of work`))
  const room = Math.max(...steps.map(({ text }) => text.length), 4)
  if (steps.length > 0) err(`  ${'step'.padEnd(room)}  expected  times  solutions  in`)
  for (const { text, graph, expected, times, solutions } of steps) {
    const guess = expected === undefined ? '' : String(Number(expected.toPrecision(2)))
    const counts = `${guess.padStart(8)}  ${String(times).padStart(5)}  ${String(solutions).padStart(9)}`
    err(`  ${text.padEnd(room)}  ${counts}  ${graph}`.trimEnd())
  }
  err(`  ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`)
}
