import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { quadOf } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { codeOf } from './identifier.ts'
import { kindOf, NAME_PROPERTIES, READ_PROPERTIES, specificKinds } from './property.ts'
import { RecordBuilder, type SourceRecord } from './record.ts'
import type { CandidateSource } from './source.ts'
import type { Thing } from './thing.ts'

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
 * @example endpointSource('http://localhost/sparql', fetch).name // 'http://localhost/sparql'
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
 * @example serviceSource('http://localhost/reconcile', fetch).name // 'http://localhost/reconcile'
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
