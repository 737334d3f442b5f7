import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { quadOf } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { readQuadBatches } from '../syntax/read.ts'
import { SYNTAXES } from '../syntax/syntax.ts'
import { codeOf } from './identifier.ts'
import { kindOf, merged, NAME_PROPERTIES, READ_PROPERTIES, RecordBuilder, type SourceRecord, specificKinds } from './record.ts'
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

/** Sends a request and gives the whole answer: the fetch layer, with its limits, or anything of that shape. */
export type Send = (
  url: string,
  request: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<{ readonly status: number; readonly body: string }>

/** Things asked for with one request: enough for few requests, few enough for an answer in time. */
const TOGETHER = 40
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/**
 * A SPARQL endpoint: what it has by the very names of the things, with their languages and without.
 *
 * @throws CommuniqueError `source-failed` when it answers anything but a result
 */
export function endpointSource(url: string, send: Send, name: string = url): CandidateSource {
  return {
    name,
    async records(things) {
      const builder = new RecordBuilder()
      for (const some of portions(things)) {
        const body = new URLSearchParams({ query: queryFor(some) }).toString()
        const answer = await jsonOf(send, url, 'POST', { ...FORM, accept: 'application/sparql-results+json' }, body)
        const rows = (answer as { results?: { bindings?: Record<string, SparqlTerm>[] } }).results?.bindings
        if (rows === undefined) throw failed(url, 'the answer has no bindings')
        builder.add(rows.map(({ item, property, value }) => quadOf(termOf(item!), termOf(property!), termOf(value!))))
      }
      return builder.records({ name })
    },
  }
}

function queryFor(things: readonly Thing[]): string {
  const names = things.flatMap(thing =>
    thing.names.flatMap(({ text, language }) => [
      termText(DataFactory.literal(text), {}),
      ...(language === '' ? [] : [termText(DataFactory.literal(text, language), {})]),
    ]),
  )
  const iris = (list: readonly string[]): string => list.map(iri => `<${iri}>`).join(' ')
  return `SELECT DISTINCT ?item ?property ?value WHERE {
  VALUES ?name { ${[...new Set(names)].join(' ')} }
  VALUES ?naming { ${iris(NAME_PROPERTIES)} }
  ?item ?naming ?name .
  VALUES ?property { ${iris(READ_PROPERTIES)} }
  ?item ?property ?value .
}`
}

interface SparqlTerm {
  readonly type: string
  readonly value: string
  readonly 'xml:lang'?: string
}

function termOf({ type, value, 'xml:lang': language }: SparqlTerm): Term {
  if (type === 'uri') return DataFactory.namedNode(value)
  return type === 'bnode' ? DataFactory.blankNode(value) : DataFactory.literal(value, language)
}

/**
 * A W3C Reconciliation Service. What it scores is left aside, for no two services score alike: its candidates are weighed as others are.
 *
 * @throws CommuniqueError `source-failed` when it answers anything but candidates
 * @see Reconciliation Service API 0.2, 4 (Service Manifest), 5 (Reconciliation Queries)
 */
export function serviceSource(url: string, send: Send): CandidateSource {
  return {
    name: url,
    async records(things) {
      const manifest = (await jsonOf(send, url, 'GET', { accept: 'application/json' }, '')) as ServiceManifest
      const found = new Map<string, SourceRecord>()
      for (const some of portions(things)) {
        const queries = Object.fromEntries(some.map(({ names }, index) => [`q${index}`, { query: names[0]!.text, limit: 10 }]))
        const body = new URLSearchParams({ queries: JSON.stringify(queries) }).toString()
        const answer = (await jsonOf(send, url, 'POST', { ...FORM, accept: 'application/json' }, body)) as ServiceAnswer
        for (const { result } of Object.values(answer)) {
          if (!Array.isArray(result)) throw failed(url, 'an answer has no result')
          for (const candidate of result) {
            const record = serviceRecord(candidate, manifest, url)
            found.set(record.key, record)
          }
        }
      }
      return [...found.values()]
    },
  }
}

interface ServiceManifest {
  readonly name?: string
  readonly identifierSpace?: string
}

type ServiceAnswer = Record<string, { readonly result?: readonly ServiceCandidate[] }>

interface ServiceCandidate {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly type?: readonly (string | { readonly id: string; readonly name?: string })[]
}

function serviceRecord(
  { id, name, description = '', type = [] }: ServiceCandidate,
  manifest: ServiceManifest,
  url: string,
): SourceRecord {
  const iri = /^\w+:\/\//.test(id) ? id : `${manifest.identifierSpace ?? url}${id}`
  const types = type.flatMap(type => (typeof type === 'string' ? [type] : [type.id, type.name ?? '']))
  return {
    ...{
      iri,
      key: codeOf(iri),
      names: [{ text: name, language: '', class: 'preferred' }],
      description,
      countries: [],
      roles: [],
    },
    ...{ codes: [codeOf(iri)], kinds: specificKinds(types.flatMap(type => kindOf(type) ?? [])) },
    sources: [{ name: manifest.name ?? url }],
  }
}

async function jsonOf(send: Send, url: string, method: string, headers: Record<string, string>, body: string): Promise<object> {
  const answer = await send(url, { method, headers, body })
  if (answer.status < 200 || answer.status > 299) throw failed(url, `it answers with status ${answer.status}`)
  try {
    const json: unknown = JSON.parse(answer.body)
    if (typeof json === 'object' && json !== null) return json
  } catch (cause) {
    throw failed(url, 'its answer is not JSON, or was cut', cause)
  }
  throw failed(url, 'its answer is no object')
}

function failed(url: string, what: string, cause?: unknown): CommuniqueError {
  return new CommuniqueError('source-failed', { what: `${url}: ${what}`, mend: 'try again later, or take another source', cause })
}

function portions(things: readonly Thing[]): (readonly Thing[])[] {
  return Array.from({ length: Math.ceil(things.length / TOGETHER) }, (_, at) => things.slice(at * TOGETHER, (at + 1) * TOGETHER))
}
