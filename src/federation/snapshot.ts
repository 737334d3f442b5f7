import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { readTexts, type TextFile } from '../file.ts'
import { CORE_BASE } from '../project/core.ts'
import { parseQuery, queryText } from '../query/engine.ts'
import { quadOf, termKey } from '../rdf/term.ts'
import { dcterms, prov, voidNs } from '../rdf/vocabulary.ts'
import { type Algebra, isNode, nodesOf } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import { datasetHash } from '../syntax/canonical.ts'
import { readQuads } from '../syntax/read.ts'

/** What one endpoint, or a mirror of it, said about our things at one time, and what it was asked. */
export interface Snapshot {
  /** Name of its file, without `.trig`. */
  readonly name: string
  readonly endpoint: string
  readonly date: Date
  readonly queries: readonly string[]
  /** The files that a mirror had, with their versions; none where the endpoint itself was asked. */
  readonly files?: readonly string[] | undefined
  readonly store: QuadStore
}

/**
 * The snapshot of a folder, or among texts, to ask in an endpoint's place: one that was made for this very query, else one that covers it, else the
 * latest of this endpoint.
 *
 * @param query as `queryText` writes it
 * @throws CommuniqueError `snapshot-changed` where the triples are not those that were fetched; faults of the file's syntax
 */
export async function snapshotFor(
  snapshots: string | readonly TextFile[],
  endpoint: string,
  query: string,
): Promise<Snapshot | undefined> {
  const files = typeof snapshots === 'string' ? await readTexts(snapshots, 'snapshots', '.trig', []) : snapshots
  // Most files speak of other endpoints, and need not be read.
  const speaking = files.filter(({ text }) => text.includes(`<${endpoint}>`))
  const known = (await Promise.all(speaking.map(snapshotsIn))).flat().filter(snapshot => snapshot.endpoint === endpoint)
  const latest = known.sort((one, other) => other.date.getTime() - one.date.getTime())
  const exact = latest.find(({ queries }) => queries.includes(query))
  if (exact !== undefined) return exact
  for (const snapshot of latest) if (await covers(snapshot, query)) return snapshot
  return latest[0]
}

/** Whether a snapshot holds all that a query is answered from: it was made by that query, or by one for more values. */
export async function covers({ queries }: Pick<Snapshot, 'queries'>, query: string): Promise<boolean> {
  if (queries.includes(query)) return true
  const asked = await partsOf(query)
  for (const text of queries) {
    const { whole, rest, values } = await partsOf(text)
    if (asked.rest === whole) return true
    if (asked.rest === rest && asked.values.every(row => values.includes(row))) return true
  }
  return false
}

/** A query without the values that were sent along, and these: `federate` puts them first. */
async function partsOf(text: string): Promise<{ whole: string; rest: string; values: readonly string[] }> {
  const algebra = await parseQuery(text)
  const first = [...nodesOf(algebra)].find(({ type }) => type === 'values')
  const join = [...nodesOf(algebra)].find(({ input }) => Array.isArray(input) && input[0] === first)
  const whole = await queryText(algebra)
  if (first === undefined || join === undefined) return { whole, rest: whole, values: [] }
  const input = (join.input as Algebra[]).slice(1)
  const rest = await queryText(replaced(algebra, join, { ...join, input }) as Algebra)
  const rowText = (row: Readonly<Record<string, Term>>): string =>
    JSON.stringify(Object.entries(row).map(([name, term]) => [name, termKey(term)]))
  return { whole, rest, values: (first.bindings as Readonly<Record<string, Term>>[]).map(rowText) }
}

function replaced(part: unknown, node: Algebra, other: Algebra): unknown {
  if (part === node) return other
  return isNode(part) && isNode(part.input) ? { ...part, input: replaced(part.input, node, other) } : part
}

async function snapshotsIn(file: TextFile): Promise<Snapshot[]> {
  const all = QuadStore.of(await quadsIn(file))
  const values = (subject: Term, property: Term): string[] => all.getObjects(subject, property, null).map(({ value }) => value)
  const value = (subject: Term, property: Term): string => values(subject, property)[0] ?? ''
  return all.getQuads(null, voidNs.sparqlEndpoint, null, null).map(({ subject: dataset, object: endpoint }) => {
    const triples = all
      .getQuads(null, null, null, dataset)
      .map(({ subject, predicate, object }) => quadOf(subject, predicate, object))
    if (hashOf(triples) !== value(dataset, dcterms.identifier))
      throw new CommuniqueError('snapshot-changed', {
        what: `the triples of ${dataset.value} are not those that were fetched: their hash is another`,
        where: { file: file.file },
        mend: 'take the snapshot anew; it is not edited by hand',
      })
    const used = all.getObjects(all.getObjects(dataset, prov.wasGeneratedBy, null)[0]!, prov.used, null)
    const files = all
      .getObjects(dataset, prov.wasDerivedFrom, null)
      .map(one => [value(one, dcterms.title), value(one, dcterms.hasVersion)].join(', '))
    return {
      name: file.file.replace(/^.*\/|\.trig$/g, ''),
      endpoint: endpoint.value,
      date: new Date(value(dataset, prov.generatedAtTime)),
      queries: used.flatMap(query => values(query, prov.value)),
      files: files.length === 0 ? undefined : files,
      store: QuadStore.of(triples),
    }
  })
}

/** The hash that a snapshot has of its triples. */
export function hashOf(triples: readonly Quad[]): string {
  return `sha256:${datasetHash(triples)}`
}

/** The quads of a snapshot's file. */
export async function quadsIn({ file, text }: TextFile): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const quad of readQuads(text, { file, baseIRI: CORE_BASE })) quads.push(quad)
  return quads
}
