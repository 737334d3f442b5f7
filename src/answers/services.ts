import { join } from 'node:path'
import type { ServiceAnswer, ServiceOptions } from '../federation/federation.ts'
import { SNAPSHOTS } from '../project/core.ts'
import type { Source } from '../project/source.ts'
import type { Solution } from '../query/engine.ts'
import type { Note } from './answer.ts'

/** What a SERVICE of a project's own question may ask unless told otherwise: the snapshots of the project, and no server. */
export function snapshotsOnly(root: string): ServiceOptions {
  return { offline: true, snapshots: join(root, SNAPSHOTS) }
}

/** Whether what endpoints said is whole. */
export function isWhole(answers: readonly ServiceAnswer[]): boolean {
  return answers.every(({ partial, failure }) => partial === undefined && failure === undefined)
}

/** What of a row comes from endpoints: each with the day on which it said so. */
export function serviceSources(answers: readonly ServiceAnswer[], values: Solution): Source[] {
  const said = answers.filter(({ endpoint, failure, isMandatory, own, named }) => {
    const target = named === undefined ? undefined : values.get(named)
    const isNamed = target === undefined || target.value === endpoint
    return failure === undefined && isNamed && (isMandatory || own.some(name => values.has(name)))
  })
  const sources = said.map((answer): Source => {
    const { endpoint, date, snapshot } = answer
    const how = snapshot === undefined ? '' : `, snapshot "${snapshot}"`
    const voice = `${sourceWords(answer)}, ${dayOf(date)}${how}`
    return { claim: endpoint, id: endpoint, document: '', voice, status: 'Service' }
  })
  return [...new Map(sources.map(source => [source.claim, source])).values()]
}

/** Who said so: the files of a mirror with their versions, else the host. */
export function sourceWords({ endpoint, mirror, files }: ServiceAnswer): string {
  return files === undefined ? new URL(mirror ?? endpoint).host : files.map(shortVersion).join('; ')
}

/** How much of an answer came from where, and when. */
export function serviceNotes(answers: readonly ServiceAnswer[]): Note[] {
  return answers.map(answer => {
    const { solutions, requests, via, date, snapshot, mirror, because, partial, failure } = answer
    const endpoint = mirror === undefined ? answer.endpoint : `${mirror} in the place of ${answer.endpoint}`
    if (failure !== undefined)
      return { code: 'federated-partial', text: `Nothing from ${endpoint}: ${failure}. SILENT goes on without it.` }
    const count = `${solutions.length} ${solutions.length === 1 ? 'row' : 'rows'}`
    const asked = `${count} in ${requests} ${requests === 1 ? 'request' : 'requests'}`
    const from = {
      network: `From ${endpoint}, ${dayOf(date)}: ${asked}`,
      cache: `From ${endpoint}, as kept on ${dayOf(date)}: ${count}`,
      stale: `From ${endpoint}, an old answer of ${dayOf(date)} (${because}): ${count}`,
      snapshot: `From the snapshot "${snapshot}" ${originOf(answer)}, ${dayOf(date)}: ${count}`,
    }[via]
    if (partial !== undefined) return { code: 'federated-partial', text: `${from}, not all: ${partial}.` }
    if (via === 'snapshot') return { code: 'federated-snapshot', text: `${from}, complete.` }
    return { code: via === 'network' ? 'federated' : 'federated-cached', text: `${from}, complete.` }
  })
}

function originOf({ endpoint, files }: ServiceAnswer): string {
  if (files === undefined) return `of ${endpoint}`
  return `of ${files.map(shortVersion).join(' and ')}, in the place of ${endpoint}, which was not asked`
}

/** A version in words, its hashes no longer than needed to tell them apart. */
function shortVersion(version: string): string {
  return version.replace(/\b([0-9a-f]{7})[0-9a-f]{20,}\b/g, '$1')
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
