import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { CORE_BASE } from '../project/core.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import type { Solution } from '../query/engine.ts'
import { shorten } from '../rdf/prefixes.ts'
import { quadOf, termKey, tripleKey } from '../rdf/term.ts'
import { tripleText } from '../rdf/turtle.ts'
import { dcat, rdf } from '../rdf/vocabulary.ts'
import { datasetHash } from '../syntax/canonical.ts'
import { writeQuads } from '../syntax/write.ts'
import type { Endpoint } from './endpoint.ts'
import { byValue, quadByValue } from './value.ts'

/** How graphs are written to a server. */
export const PROTOCOLS = ['graph-store', 'update'] as const
export type PublishProtocol = (typeof PROTOCOLS)[number]

/** A graph to be loaded. */
export interface PublishedGraph {
  readonly name: NamedNode
  readonly quads: readonly Quad[]
}

export interface PublishOptions {
  /** Where the server is queried, to see what it holds. */
  readonly endpoint: Endpoint
  /** Found out by asking for a graph unless told. */
  readonly protocol?: PublishProtocol | undefined
  /** Whether graphs of these names are overwritten that another dataset put there. */
  readonly replace?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, all: number) => void) | undefined
}

/** What came of it. */
export interface Publication {
  readonly protocol: PublishProtocol
  readonly graphs: number
  readonly quads: number
  /** Graphs of an earlier version that are no more. */
  readonly removed: readonly string[]
  /** What the server writes otherwise than it was given, with the same value. */
  readonly changes: readonly { readonly from: string; readonly to: string; readonly count: number }[]
  /** Of all graphs with values written in one way: what was sent and what is there have the same. */
  readonly hash: string
}

/** Quads in one request. */
const QUADS_A_REQUEST = 500
const ROWS_A_PAGE = 4000

/**
 * The graphs that are loaded: all that have names, layers among them, one of which holds what the default graph does. First comes
 * what is said of the dataset, by which its graphs are known as ours if something goes wrong; last come the layers.
 *
 * @example publishedGraphs(project)[0].name.value // 'https://w3id.org/communique/about'
 */
export function publishedGraphs({ store, baseIRI }: KnowledgeGraph): PublishedGraph[] {
  const graphs = new Map<string, { name: NamedNode; quads: Quad[] }>()
  for (const { subject, predicate, object, graph } of store.getQuads(null, null, null, null)) {
    if (graph.termType !== 'NamedNode') continue
    const known = graphs.get(graph.value) ?? { name: graph, quads: [] }
    known.quads.push(quadOf(subject, predicate, object))
    graphs.set(graph.value, known)
  }
  const rank = ({ name: { value } }: PublishedGraph): number =>
    value === `${baseIRI}about` ? 0 : value.startsWith(`${baseIRI}layer/`) ? 2 : 1
  return [...graphs.values()].sort((one, other) => rank(one) - rank(other) || (one.name.value < other.name.value ? -1 : 1))
}

/**
 * Loads a dataset into a server, graph by graph, and looks whether it arrived.
 *
 * @throws CommuniqueError `publish-foreign` before anything is written; `publish-interrupted`, which says what is there; `publish-different`
 * @param target the graph store, or where the server takes updates
 * @see SPARQL 1.1 Graph Store HTTP Protocol, 5.3 (HTTP PUT); SPARQL 1.1 Update, 3.1.1 (INSERT DATA)
 * @example await publish(project, new Endpoint('http://127.0.0.1/store'), { endpoint: new Endpoint('http://127.0.0.1/query') }).catch(error => error.code) // 'remote-refused'
 */
export async function publish(graph: KnowledgeGraph, target: Endpoint, options: PublishOptions): Promise<Publication> {
  const { endpoint, signal, progress } = options
  const graphs = publishedGraphs(graph)
  const removed = await staleGraphs(graph, graphs, options)
  const protocol = options.protocol ?? (await protocolOf(target, `${graph.baseIRI}about`, signal))
  const write = protocol === 'update' ? update : put
  const all = [...graphs, ...removed]
  for (const [done, one] of all.entries()) {
    progress?.(done, all.length)
    await write(target, one, signal).catch((cause: unknown) => {
      throw interrupted(one, done, all.length, cause)
    })
  }
  const quads = graphs.reduce((sum, one) => sum + one.quads.length, 0)
  const names = removed.map(({ name }) => name.value)
  return { protocol, graphs: graphs.length, quads, removed: names, ...(await verified(endpoint, graphs, signal)) }
}

/** The graphs of an earlier version of ours, with nothing in them. Refuses if others have graphs of our names. */
async function staleGraphs(
  { store, baseIRI }: KnowledgeGraph,
  graphs: readonly PublishedGraph[],
  { endpoint, replace, signal }: PublishOptions,
): Promise<PublishedGraph[]> {
  const about = `${baseIRI}about`
  const listed = `SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "${baseIRI}")) }`
  const rows = await allRows(endpoint, listed, signal).catch((cause: unknown) => {
    const isElsewhere = cause instanceof CommuniqueError && ['remote-status', 'remote-unreadable'].includes(cause.code)
    const mend = 'nothing was written; say with --endpoint where the server is queried'
    throw isElsewhere ? new CommuniqueError(cause.code, { what: cause.what, mend, cause }) : cause
  })
  const there = rows.map(row => row.get('g')!.value)
  const datasets = await endpoint.query(`SELECT ?d WHERE { GRAPH <${about}> { ?d a <${dcat.Dataset.value}> } }`, signal)
  const ours = store.getSubjects(rdf.type, dcat.Dataset, null)
  const isOurs = datasets.rows.some(row => ours.some(dataset => dataset.equals(row.get('d'))))
  const names = new Set(graphs.map(({ name }) => name.value))
  // The vocabulary belongs to the program, whoever loaded it.
  const taken = there.filter(name => names.has(name) && name !== `${CORE_BASE}ontology`)
  if (taken.length > 0 && !isOurs && replace !== true)
    throw new CommuniqueError('publish-foreign', {
      what: `the server has ${taken.length} graphs of these names already, and not from this dataset: ${taken.slice(0, 3).join(', ')}${taken.length > 3 ? ' …' : ''}`,
      mend: 'nothing was written; overwrite them with --replace',
    })
  const stale = isOurs ? there.filter(name => name.startsWith(`${baseIRI}doc/`) && !names.has(name)) : []
  return stale.map(name => ({ name: DataFactory.namedNode(name), quads: [] }))
}

/** A Graph Store has a graph or says that it has none; anything else is taken for a place of updates. */
async function protocolOf(target: Endpoint, name: string, signal?: AbortSignal): Promise<PublishProtocol> {
  const expected = [400, 403, 404, 405, 406, 415, 500, 501]
  const { status, headers } = await target.request(
    graphAddress(target, name),
    { headers: { accept: 'text/turtle' }, expected },
    signal,
  )
  const isRdf = /turtle|n-triples|rdf\+xml|ld\+json/.test(headers['content-type'] ?? '')
  return status === 404 || (status < 300 && isRdf) ? 'graph-store' : 'update'
}

function graphAddress({ url }: Endpoint, name: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}graph=${encodeURIComponent(name)}`
}

async function put(target: Endpoint, { name, quads }: PublishedGraph, signal?: AbortSignal): Promise<void> {
  const body = { method: 'PUT', headers: { 'content-type': 'text/turtle' }, body: textOf(quads) } as const
  const request = quads.length > 0 ? body : ({ method: 'DELETE', expected: [404] } as const)
  await target.request(graphAddress(target, name.value), request, signal)
}

async function update(target: Endpoint, { name, quads }: PublishedGraph, signal?: AbortSignal): Promise<void> {
  // A blank node is another in each request, and Virtuoso has none in INSERT DATA.
  const isBlank = ({ subject, object }: Quad): boolean => [subject, object].some(({ termType }) => termType === 'BlankNode')
  const ground = quads.filter(quad => !isBlank(quad))
  const triples = (some: readonly Quad[]): string => `{ GRAPH <${name.value}> {\n${textOf(some)}} }`
  const blank = quads.filter(isBlank)
  const inserts = blank.length > 0 ? [`INSERT ${triples(blank)} WHERE { }`] : []
  for (let at = 0; at < ground.length; at += QUADS_A_REQUEST)
    inserts.push(`INSERT DATA ${triples(ground.slice(at, at + QUADS_A_REQUEST))}`)
  const [first, ...rest] = inserts
  const drop = `DROP SILENT GRAPH <${name.value}>`
  for (const text of [first === undefined ? drop : `${drop};\n${first}`, ...rest]) await updated(target, text, signal)
}

async function updated(target: Endpoint, body: string, signal?: AbortSignal): Promise<void> {
  await target.request(target.url, { method: 'POST', headers: { 'content-type': 'application/sparql-update' }, body }, signal)
}

/** N-Triples, which are Turtle, and what INSERT DATA takes. */
function textOf(quads: readonly Quad[]): string {
  return [...writeQuads(quads, { syntax: 'ntriples' })].join('')
}

function interrupted({ name }: PublishedGraph, done: number, all: number, cause: unknown): CommuniqueError {
  const why = (cause instanceof CommuniqueError ? cause.what : (cause as Error).message) || 'stopped'
  return new CommuniqueError('publish-interrupted', {
    what: `${done} of ${all} graphs are written; ${name.value} may be there in part; the rest is as it was (${why})`,
    mend: 'run it again: what is there is written anew',
    cause,
  })
}

/** Reads the graphs again, several at once. */
async function verified(
  endpoint: Endpoint,
  graphs: readonly PublishedGraph[],
  signal?: AbortSignal,
): Promise<Pick<Publication, 'changes' | 'hash'>> {
  const changes = new Map<string, { from: string; to: string; count: number }>()
  const [differences, everything]: [string[], Quad[]] = [[], []]
  for (const batch of batchesOf(graphs)) {
    const names = batch.map(({ name }) => `<${name.value}>`).join(' ')
    const rows = await allRows(endpoint, `SELECT ?g ?s ?p ?o WHERE { VALUES ?g { ${names} } GRAPH ?g { ?s ?p ?o } }`, signal)
    for (const { name, quads } of batch) {
      const found = rows
        .filter(row => row.get('g')?.value === name.value)
        .map(row => quadOf(...(['s', 'p', 'o'].map(part => row.get(part)!) as [Term, Term, Term])))
      const [sent, there] = [distinct(quads.map(quadByValue)), distinct(found.map(quadByValue))]
      everything.push(...sent.map(({ subject, predicate, object }) => quadOf(subject, predicate, object, name)))
      if (sent.length === there.length && datasetHash(sent) === datasetHash(there)) noteChanges(quads, found, changes)
      else differences.push(differenceText(name, sent, there))
    }
  }
  if (differences.length > 0)
    throw new CommuniqueError('publish-different', {
      what: `${differences.length} of ${graphs.length} graphs are not there as they were sent: ${differences.slice(0, 3).join('; ')}`,
      mend: 'everything was written; what the server makes of it is another thing: answers there will differ',
    })
  return { changes: [...changes.values()], hash: datasetHash(everything) }
}

/** The rows of a query, page by page: servers have limits. */
async function allRows(endpoint: Endpoint, text: string, signal?: AbortSignal): Promise<Solution[]> {
  const found: Solution[] = []
  for (;;) {
    const { rows, partial } = await endpoint.query(`${text} LIMIT ${ROWS_A_PAGE} OFFSET ${found.length}`, signal)
    found.push(...rows)
    if (rows.length === 0 || (rows.length < ROWS_A_PAGE && partial === undefined)) return found
  }
}

function batchesOf(graphs: readonly PublishedGraph[]): PublishedGraph[][] {
  const batches: PublishedGraph[][] = []
  let room = 0
  for (const one of graphs) {
    if (one.quads.length > room) {
      batches.push([])
      room = QUADS_A_REQUEST
    }
    batches.at(-1)!.push(one)
    room -= one.quads.length
  }
  return batches
}

function distinct(quads: readonly Quad[]): Quad[] {
  return [...new Map(quads.map(quad => [tripleKey(quad), quad])).values()]
}

/** Which literals are written otherwise now. */
function noteChanges(
  sent: readonly Quad[],
  found: readonly Quad[],
  changes: Map<string, { from: string; to: string; count: number }>,
): void {
  const isLiteral = ({ termType }: Term): boolean => termType === 'Literal'
  const texts = new Map(found.map(({ object }) => [termKey(byValue(object)), exactText(object)]))
  for (const { object } of sent.filter(quad => isLiteral(quad.object))) {
    const [from, to] = [exactText(object), texts.get(termKey(byValue(object)))!]
    if (from === to) continue
    const change = changes.get(from) ?? { from, to, count: 0 }
    changes.set(from, { ...change, count: change.count + 1 })
  }
}

function exactText(term: Term): string {
  const { value, language, datatype } = term as Literal
  return `${JSON.stringify(value)}${language === '' ? `^^${shorten(datatype.value)}` : `@${language}`}`
}

function differenceText({ value }: NamedNode, sent: readonly Quad[], there: readonly Quad[]): string {
  const [known, wanted] = [new Set(there.map(tripleKey)), new Set(sent.map(tripleKey))]
  const missing = sent.filter(quad => !known.has(tripleKey(quad))).map(quad => `- ${tripleText(quad, {})}`)
  const more = there.filter(quad => !wanted.has(tripleKey(quad))).map(quad => `+ ${tripleText(quad, {})}`)
  return `${value} has ${there.length} of ${sent.length} triples (${[...missing.slice(0, 2), ...more.slice(0, 2)].join(' ')})`
}
