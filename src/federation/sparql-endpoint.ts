import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { parseQuery, queryText, type Solution } from '../query/engine.ts'
import { quadOf } from '../rdf/term.ts'
import { fetchRemote, type RemoteAnswer, type RemotePolicy, type RemoteRequest } from '../remote/fetch.ts'
import type { Algebra } from '../sparql/algebra.ts'

/** What a SELECT or ASK was answered. */
export interface Results {
  readonly columns: readonly string[]
  /** Of an ASK one without values for yes, none for no. */
  readonly solutions: readonly Solution[]
}

/** What an endpoint said, and how it was had. */
export interface EndpointAnswer extends Results, Pick<RemoteAnswer, 'via' | 'because' | 'fetchedAt'> {
  /** The query as it was sent. */
  readonly query: string
  /** Why these may not be all solutions; undefined where nothing speaks against it. */
  readonly partial?: string | undefined
  /** When its data changed last, if it says so. */
  readonly modified?: string | undefined
}

export interface EndpointPolicy extends RemotePolicy {
  /** Most solutions that are taken from one answer; 100,000 unless told. */
  readonly rows?: number | undefined
}

const MOST_SOLUTIONS = 100_000

/**
 * Asks a SPARQL endpoint a SELECT or ASK. What it answers is read to its end and checked: text that is cut, a page instead of results,
 * words of an exception behind them are errors; results at a limit of the server are `partial`, and not kept in the cache.
 *
 * @param query a text is sent as it is; algebra is sent with a LIMIT, one above the most solutions that are taken
 * @throws CommuniqueError as `fetchRemote`; `remote-incomplete`, `remote-unreadable` for what is no SPARQL results
 * @example await askEndpoint('https://example.org/sparql', 'ASK {}', {}).catch(error => error.code) // 'remote-refused'
 * @see SPARQL 1.1 Protocol, 2.1 (query Operation); SPARQL 1.1 Query Results JSON Format
 */
export async function askEndpoint(
  endpoint: string,
  query: string | Algebra,
  { rows = MOST_SOLUTIONS, ...policy }: EndpointPolicy,
): Promise<EndpointAnswer> {
  const isText = typeof query === 'string'
  const text = isText ? query : await queryText({ type: 'slice', start: 0, length: rows + 1, input: query })
  // The same query is the same however it is laid out.
  const normalized = isText ? await queryText(await parseQuery(query)) : text
  const { address, ...request } = requestOf(endpoint, text, normalized)
  const answer = await fetchRemote(address, request, policy)
  const { columns, solutions } = readResults(answer.body, endpoint)
  const partial = partialReason(answer, solutions.length, rows)
  if (partial === undefined) answer.keep()
  const { via, because, fetchedAt, headers } = answer
  const taken = solutions.slice(0, rows)
  return { query: text, columns, solutions: taken, partial, via, because, fetchedAt, modified: headers['last-modified'] }
}

/** By GET as long as the address is short, so that caches on the way can help. */
function requestOf(endpoint: string, text: string, normalized: string): RemoteRequest & { readonly address: string } {
  const form = new URLSearchParams({ query: text }).toString()
  const address = `${endpoint}${endpoint.includes('?') ? '&' : '?'}${form}`
  const accept = 'application/sparql-results+json'
  const cacheKey = JSON.stringify([endpoint, normalized, accept])
  if (address.length < LONGEST_ADDRESS) return { address, headers: { accept }, cacheKey }
  const headers = { accept, 'content-type': 'application/x-www-form-urlencoded' }
  return { address: endpoint, method: 'POST', headers, body: form, cacheKey }
}

const LONGEST_ADDRESS = 2000

/** What speaks against these being all solutions. */
export function partialReason({ status, headers }: RemoteAnswer, count: number, rows: number): string | undefined {
  const most = Number(headers['x-sparql-maxrows'] ?? Number.POSITIVE_INFINITY)
  if (count > rows) return `there are more than the ${rows} rows that are taken`
  if (count >= most) return `the server gives at most ${most} rows`
  if (headers['x-sql-state'] !== undefined || status === 206)
    return `the server stopped early (${headers['x-sql-message'] ?? headers['x-sql-state'] ?? 'status 206'})`
  return CAPS.has(count) ? `exactly ${count} rows came, which is the limit of many servers` : undefined
}

const CAPS: ReadonlySet<number> = new Set([1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000])

/**
 * Reads SPARQL results in JSON, whatever the server calls them.
 *
 * @param from who said so, for messages
 * @throws CommuniqueError `remote-incomplete` where the text breaks off or more stands behind it, `remote-unreadable`
 * @example readResults(Buffer.from('{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}'), 'x').solutions[0].get('n').value // '1'
 */
export function readResults(body: Buffer, from: string): Results {
  const text = body.toString('utf8')
  let json: ResultsJson
  try {
    json = JSON.parse(text)
  } catch (cause) {
    const isJson = /^\s*\{/.test(text)
    const exception = isJson ? text.match(/[\w.]+(?:Exception|Error)\b[^\r\n"]{0,100}/)?.[0] : undefined
    const how = exception === undefined ? 'breaks off, or more stands behind it' : `breaks off with ${exception}`
    if (isJson)
      throw new CommuniqueError('remote-incomplete', { what: `the answer of ${from} ${how}: none of it is used`, cause })
    const kind = /^\s*<(!doctype\s+)?html/i.test(text) ? 'a page of HTML' : 'no JSON'
    throw unreadable(`${from} answered ${kind}`)
  }
  const { head, results, boolean } = json ?? {}
  if (typeof boolean === 'boolean') return { columns: [], solutions: boolean ? [new Map()] : [] }
  if (!Array.isArray(results?.bindings)) throw unreadable(`${from} answered JSON without rows`)
  const solution = (row: Record<string, TermJson>): Solution =>
    new Map(Object.entries(row).map(([name, term]) => [name, termOf(term, from)]))
  // Where there are no rows Comunica leaves out their names.
  return { columns: head?.vars ?? [], solutions: results.bindings.map(solution) }
}

interface TermJson {
  readonly type: string
  readonly value: string | { readonly subject: TermJson; readonly predicate: TermJson; readonly object: TermJson }
  readonly 'xml:lang'?: string
  readonly datatype?: string
}

type ResultsJson = {
  readonly head?: { readonly vars?: readonly string[] }
  readonly results?: { readonly bindings?: readonly Record<string, TermJson>[] }
  readonly boolean?: boolean
} | null

/** A term of results. @see SPARQL 1.1 Query Results JSON Format, 3.2.2 (Encoding RDF terms) */
function termOf(json: TermJson, from: string): Term {
  const { type, value, 'xml:lang': language, datatype } = json ?? {}
  if (type === 'triple' && typeof value === 'object') {
    const [subject, predicate, object] = [value.subject, value.predicate, value.object].map(part => termOf(part, from))
    return quadOf(subject!, predicate!, object!)
  }
  if (typeof value !== 'string') throw unreadable(`${from} answered a term without a value`)
  if (type === 'uri') return DataFactory.namedNode(value)
  if (type === 'bnode') return DataFactory.blankNode(value)
  if (type === 'literal' || type === 'typed-literal')
    return DataFactory.literal(value, language ?? (datatype === undefined ? undefined : DataFactory.namedNode(datatype)))
  throw unreadable(`${from} answered a term of type "${type}"`)
}

function unreadable(what: string): CommuniqueError {
  return new CommuniqueError('remote-unreadable', { what, mend: 'is this the address of a SPARQL endpoint?' })
}
