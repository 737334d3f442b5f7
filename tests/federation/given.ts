import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Term } from '@rdfjs/types'
import { Parser, Store } from 'n3'
import type { Answer } from '../../src/answers/answer.ts'
import { Answering, type AskOptions, answerParts } from '../../src/answers/answering.ts'
import type { ServiceOptions } from '../../src/federation/federation.ts'
import type { KnowledgeGraph } from '../../src/project/knowledge-graph.ts'
import { ask, parseQuery, queryForm, select } from '../../src/query/engine.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { type GivenServer, type Respond, type Seen, serving } from '../remote/given.ts'

export const PREFIXES = {
  '': 'http://example.org/',
  wd: 'http://www.wikidata.org/entity/',
  wdt: 'http://www.wikidata.org/prop/direct/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  ex: 'https://example.org/opendata/',
}

const head = Object.entries(PREFIXES)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('')

export function storeOf(...texts: readonly string[]): Store {
  return new Store(texts.flatMap(text => new Parser({ format: 'TriG' }).parse(head + text)))
}

/** What a project knows: TriG with the prefixes above. */
export function knowing(trig: string): KnowledgeGraph {
  return { store: storeOf(trig), baseIRI: 'http://example.org/', prefixes: PREFIXES, documents: [] }
}

/** Three countries of ours, tied to what Wikidata calls them. */
export const COUNTRIES = `
  :serbia :is wd:Q403 . :chile :is wd:Q298 . :turkey :is wd:Q43 .`

/** What a server says that knows two of them, and one that nobody asked for. */
export const WIKIDATA = `
  wd:Q403 wdt:P36 wd:Q3711 ; wdt:P297 "RS" . wd:Q3711 rdfs:label "Belgrade"@en .
  wd:Q298 wdt:P36 wd:Q2887 ; wdt:P297 "CL" . wd:Q2887 rdfs:label "Santiago"@en .
  wd:Q142 wdt:P36 wd:Q90 ; wdt:P297 "FR" . wd:Q90 rdfs:label "Paris"@en .`

export interface Endpoint extends GivenServer {
  /** The queries that it was asked. */
  queries(): string[]
}

/** Says something else than the right answer, or nothing; false to have the right answer sent. */
export type Fault = (json: string, response: Parameters<Respond>[1], index: number) => unknown

/** A SPARQL endpoint over real sockets, which our own engine answers, unless a fault is put in. */
export async function endpointOf(store: Store | string, fault: Fault = () => false): Promise<Endpoint> {
  const data = typeof store === 'string' ? storeOf(store) : store
  const server = await serving(async (seen, response, index) => {
    const algebra = await parseQuery(queryOf(seen))
    const isAsk = queryForm(algebra) === 'ASK'
    const json = isAsk ? { head: {}, boolean: await ask(data, algebra) } : resultsOf(await select(data, algebra))
    if ((await fault(JSON.stringify(json), response, index)) !== false) return
    response.setHeader('content-type', 'application/sparql-results+json').end(JSON.stringify(json))
  })
  return { ...server, queries: () => server.requests.map(queryOf) }
}

function queryOf({ method, url, body }: Seen): string {
  const form = method === 'POST' ? new URLSearchParams(body) : new URL(url, 'http://x/').searchParams
  return form.get('query') ?? ''
}

export function resultsOf(solutions: readonly ReadonlyMap<string, Term>[]): object {
  const bindings = solutions.map(solution => Object.fromEntries([...solution].map(([name, term]) => [name, jsonOf(term)])))
  return { head: { vars: [...new Set(solutions.flatMap(solution => [...solution.keys()]))] }, results: { bindings } }
}

function jsonOf(term: Term): object {
  if (term.termType !== 'Literal') return { type: term.termType === 'NamedNode' ? 'uri' : 'bnode', value: term.value }
  const kind = term.language === '' ? { datatype: term.datatype.value } : { 'xml:lang': term.language }
  return { type: 'literal', value: term.value, ...kind }
}

/** What lets a SERVICE ask these servers, with limits short enough for a test. */
export function services(servers: readonly { readonly host: string }[], more: ServiceOptions = {}): ServiceOptions {
  const limits = { connect: 2, headers: 2, idle: 2, total: 10, ...more.limits }
  return { allow: servers.map(({ host }) => host), allowPrivate: true, ...more, limits }
}

/** Asks a query of what is known here, with the servers of its SERVICEs. */
export function asking(graph: KnowledgeGraph, query: string, options: AskOptions = {}): Promise<Answer> {
  const answering = new Answering(async function* () {
    const algebra = await parseQuery(query, { prefixes: PREFIXES })
    yield* answerParts(graph, { algebra, text: query }, { cite: false, ...options })
  })
  return answering.then(answer => answer)
}

/** The rows of an answer, sorted, in Turtle. */
export function rowsOf({ rows, columns }: Pick<Answer, 'rows' | 'columns'>): string[] {
  const cell = (term: Term | undefined): string => (term === undefined ? '-' : termText(term, PREFIXES))
  return rows.map(({ values }) => columns.map(column => cell(values.get(column))).join(' ')).sort()
}

/** Data that others have published; undefined, and said, where it is not. */
export function openData(name: string): string | undefined {
  const folder = process.env.OPENDATA_DIR ?? fileURLToPath(new URL('../../../shared/opendata', import.meta.url))
  const file = join(folder, name)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const message = 'The open data was NOT READ: set OPENDATA_DIR to the folder that has it.'
  if (process.env.COMMUNIQUE_SUITES === 'required') throw new Error(message)
  console.warn(message)
  return undefined
}
