import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { dcterms } from '../rdf/vocabulary.ts'
import { readQuadBatches } from '../syntax/read.ts'
import { SYNTAXES } from '../syntax/syntax.ts'
import { merged, RecordBuilder, type SourceRecord } from './record.ts'
import type { Thing } from './thing.ts'

/** Where candidates come from. */
export interface CandidateSource {
  readonly name: string
  /** What it has that any of these things may be; a file gives all that it has. */
  records(things: readonly Thing[]): Promise<readonly SourceRecord[]>
}

/**
 * A file of RDF, or all of a folder and the folders in it: one source, whose things are those of every file together.
 *
 * @param name what it is called in reports; the files of a folder are called by their paths in it
 * @param wanted which files of the folder; by default all
 * @throws CommuniqueError as `readQuads` does: a file that cannot be read is no empty one
 * @example (await fileSource('data/dataset.ttl').records([]))[0].sources[0].name // 'dataset.ttl'
 */
export function fileSource(path: string, name = basename(path), wanted: (file: string) => boolean = () => true): CandidateSource {
  return {
    name,
    async records() {
      const byKey = new Map<string, SourceRecord>()
      for (const file of (await rdfFiles(path)).filter(wanted)) {
        for (const record of await fileRecords(join(path, file), file === '' ? name : file)) {
          const before = byKey.get(record.key)
          byKey.set(record.key, before === undefined ? record : merged(before, record))
        }
      }
      return [...byKey.values()]
    },
  }
}

/**
 * The dataset of `data/sources.ttl` that a file is of, by its `dcterms:identifier`.
 *
 * @throws CommuniqueError `link-source` where there is none
 * @example sourceOfFile(project, 'cities-geonames-15000.ttl').value // 'https://www.geonames.org/'
 */
export function sourceOfFile({ store }: Pick<KnowledgeGraph, 'store'>, name: string): Term {
  const known = store.getQuads(null, dcterms.identifier, null, null).find(({ object }) => object.value === name)
  if (known !== undefined) return known.subject
  throw new CommuniqueError('link-source', {
    what: `data/sources.ttl describes no dataset that "${name}" is of`,
    mend: `add a void:Dataset there with dcterms:identifier "${name}", its title and its licence`,
  })
}

async function fileRecords(path: string, file: string): Promise<SourceRecord[]> {
  const builder = new RecordBuilder()
  const hash = createHash('sha256')
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of createReadStream(path)) {
      hash.update(piece)
      yield piece
    }
  }
  for await (const batch of readQuadBatches(bytes(), { file, baseIRI: 'https://example.org/' })) builder.add(batch)
  return builder.records({ name: file, version: `sha256:${hash.digest('hex')}` })
}

/** The RDF files of a folder, by their paths in it; of a file, itself as ''. */
async function rdfFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return ['']
  const extensions = new Set(SYNTAXES.flatMap(syntax => syntax.extensions))
  const names = (await readdir(path, { recursive: true })).sort()
  return names.filter(name => extensions.has(name.slice(name.lastIndexOf('.') + 1)))
}
