import { PROTOCOLS, type PublishProtocol, publish, publishedGraphs } from '../../endpoint/publish.ts'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './answer.ts'
import { serverAt } from './endpoint.ts'
import { askedOf } from './project.ts'

export async function run(_: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  if (typeof flags.to !== 'string')
    throw new CommuniqueError('option-missing', { what: '--to is missing', mend: 'give the address of the server with --to URL' })
  const protocol = protocolOf(flags)
  const target = await serverAt(flags.to, flags)
  const endpoint = typeof flags.endpoint === 'string' ? await serverAt(flags.endpoint, flags) : target
  const { graph } = await askedOf(flags, terminal)
  if (flags.dryRun === true) return list(publishedGraphs(graph), flags, terminal)
  const { progress, out } = terminal
  const published = await publish(graph, target, {
    endpoint,
    protocol,
    replace: flags.replace === true,
    signal: interrupted(),
    progress: (done, all) => progress(`${done} of ${all} graphs`),
  }).finally(() => progress(''))
  if (flags.json === true) {
    out(JSON.stringify(published, null, 2))
    return 0
  }
  const { graphs, quads, removed, changes, hash } = published
  out(`${graphs} graphs with ${quads} triples are at ${target.url}, read again and the same by value.`)
  if (removed.length > 0) out(`Removed, since they are no more: ${removed.join(', ')}`)
  for (const { from, to, count } of changes)
    out(`The server writes ${to} for ${from} (${count === 1 ? 'once' : `${count} times`}).`)
  out(`Hash of all by value: ${hash}`)
  return 0
}

function protocolOf({ protocol }: Flags): PublishProtocol | undefined {
  if (protocol === undefined || PROTOCOLS.some(name => name === protocol)) return protocol as PublishProtocol | undefined
  throw new CommuniqueError('unknown-protocol', {
    what: `there is no protocol "${protocol}"`,
    mend: suggestion(String(protocol), PROTOCOLS),
  })
}

function list(graphs: ReturnType<typeof publishedGraphs>, { json }: Flags, { out }: Terminal): number {
  const sizes = graphs.map(({ name, quads }) => ({ graph: name.value, triples: quads.length }))
  if (json === true) out(JSON.stringify({ graphs: sizes }, null, 2))
  else for (const { graph, triples } of sizes) out(`${String(triples).padStart(6)}  ${graph}`)
  return 0
}
