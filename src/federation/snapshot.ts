import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { readTexts, type TextFile } from '../file.ts'
import { CORE_BASE } from '../project/core.ts'
import { quadOf } from '../rdf/term.ts'
import { dcterms, prov, voidNs } from '../rdf/vocabulary.ts'
import { QuadStore } from '../store/quad-store.ts'
import { datasetHash } from '../syntax/canonical.ts'
import { readQuads } from '../syntax/read.ts'

/** What one endpoint said about our things at one time, and what it was asked. */
export interface Snapshot {
  /** Name of its file, without `.trig`. */
  readonly name: string
  readonly endpoint: string
  readonly date: Date
  readonly queries: readonly string[]
  readonly store: QuadStore
}

/**
 * The snapshot of a folder to ask in an endpoint's place: one that was made for this very query, else the latest of this endpoint.
 *
 * @param query as `queryText` writes it
 * @throws CommuniqueError `snapshot-changed` where the triples are not those that were fetched; faults of the file's syntax
 */
export async function snapshotFor(folder: string, endpoint: string, query: string): Promise<Snapshot | undefined> {
  const files = await readTexts(folder, 'snapshots', '.trig', [])
  const known = (await Promise.all(files.map(snapshotsIn))).flat().filter(snapshot => snapshot.endpoint === endpoint)
  const latest = known.sort((one, other) => other.date.getTime() - one.date.getTime())
  return latest.find(({ queries }) => queries.includes(query)) ?? latest[0]
}

async function snapshotsIn(file: TextFile): Promise<Snapshot[]> {
  const all = QuadStore.of(await quadsIn(file))
  const value = (subject: Term, property: Term): string => all.getObjects(subject, property, null)[0]?.value ?? ''
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
    return {
      name: file.file.replace(/^.*\/|\.trig$/g, ''),
      endpoint: endpoint.value,
      date: new Date(value(dataset, prov.generatedAtTime)),
      queries: used.map(query => value(query, prov.value)),
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
