import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { Agent } from 'undici'
import { CommuniqueError } from '../error.ts'
import { CORE_BASE, packageRoot } from '../project/core.ts'
import { isPrivateAddress, privateAddressError, publicLookup } from './address.ts'
import type { Exchange, KeptExchange, RemoteCache } from './cache.ts'

/** What a server may take: seconds, and bytes of the answer after decompression. */
export interface RemoteLimits {
  readonly connect: number
  /** Until the head of the answer is there. */
  readonly headers: number
  /** Between two pieces of the answer. */
  readonly idle: number
  /** For everything: redirects, waiting, retries. */
  readonly total: number
  readonly bytes: number
}

export const REMOTE_LIMITS: RemoteLimits = { connect: 10, headers: 60, idle: 20, total: 90, bytes: 50_000_000 }

/** What may leave the machine, and what may come back. Without hosts nothing leaves. */
export interface RemotePolicy {
  /** Hosts that may be asked, each exactly: `query.wikidata.org`, `localhost:3030`. */
  readonly allow?: readonly string[] | undefined
  /** Whether addresses of this machine and of private networks may be asked. */
  readonly allowPrivate?: boolean | undefined
  /** No socket is opened: answers come from the cache, or not at all. */
  readonly offline?: boolean | undefined
  readonly limits?: Partial<RemoteLimits> | undefined
  /** How often a server that asks for patience is asked again; 3 unless told. */
  readonly retries?: number | undefined
  /** Who asks, with a way to reach them; this program and its page unless told. */
  readonly userAgent?: string | undefined
  readonly cache?: RemoteCache | undefined
  readonly signal?: AbortSignal | undefined
}

export interface RemoteRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | Uint8Array | undefined
  /** Statuses besides 2xx that are an answer and no fault. */
  readonly expected?: readonly number[] | undefined
  /** What the answer is kept under in the cache; without one only a GET is kept, by its URL and `accept`. */
  readonly cacheKey?: string | undefined
}

/** An answer, whole. */
export interface RemoteAnswer extends Exchange {
  /** Where it came from in the end. */
  readonly url: string
  /** `stale`: an old answer from the cache, since the server could not be asked; `because` says why. */
  readonly via: 'network' | 'cache' | 'stale'
  readonly because?: string | undefined
  /** Keeps it in the cache, where there is one and the server allows it: for whoever has seen that it is good. */
  keep(): void
}

/**
 * Asks a server, within limits of time and size, and gives its answer whole. A server that asks for patience (429, 503, 405 with
 * Retry-After ...) is asked again, later; one that bans us is not. Redirects are followed within one host. No address that is not
 * allowed is asked, whatever a name or a redirect leads to.
 *
 * @throws CommuniqueError `remote-refused` for what the policy forbids, `remote-offline`, `remote-unreachable`, `remote-timeout`,
 * `remote-status`, `remote-banned`, `remote-too-large`, `remote-incomplete`; the reason of the policy's signal
 * @example await fetchRemote('http://127.0.0.1/sparql', {}, { allow: ['127.0.0.1'] }).catch(error => error.code) // 'remote-refused'
 */
export async function fetchRemote(
  address: string | URL,
  request: RemoteRequest = {},
  policy: RemotePolicy = {},
): Promise<RemoteAnswer> {
  const url = permitted(address, policy)
  const { cache, offline = false, signal } = policy
  signal?.throwIfAborted()
  const sent: Record<string, string> = {
    'user-agent': policy.userAgent ?? defaultUserAgent(),
    'accept-encoding': 'gzip, br',
    ...request.headers,
  }
  const { method = 'GET', cacheKey = method === 'GET' ? `${url.href} ${sent.accept ?? ''}` : undefined } = request
  const question = cacheKey === undefined || 'authorization' in sent ? undefined : { key: cacheKey, url: url.href, headers: sent }
  const kept = question && cache?.find(question)
  const fromCache = (exchange: Exchange, via: 'cache' | 'stale', because?: string): RemoteAnswer => {
    return { ...exchange, url: url.href, via, because, keep: () => {} }
  }
  if (kept?.isFresh) return fromCache(kept, 'cache')
  if (offline) {
    if (kept?.mayBeStale) return fromCache(kept, 'stale', 'offline')
    const what = `${placeOf(url)} is not asked: offline, and no answer of it is kept`
    throw new CommuniqueError('remote-offline', {
      what,
      mend: `let it be asked with --allow ${url.host}, or take a snapshot of it: communique link snapshot <question>`,
    })
  }
  try {
    const conditions = method === 'GET' && kept !== undefined ? kept.conditions : {}
    const { at, ...exchange } = await patient(url, { ...request, headers: { ...sent, ...conditions } }, policy)
    if (exchange.status === 304 && kept !== undefined)
      return fromCache(kept.renewed(exchange.headers, exchange.fetchedAt), 'cache')
    return { ...exchange, url: at.href, via: 'network', keep: () => question && cache?.keep(question, exchange) }
  } catch (error) {
    const because = staleReason(error, kept)
    if (because !== undefined) return fromCache(kept!, 'stale', because)
    throw error
  }
}

/** Why an old answer may stand in: the server is down, or wants peace; not where the fault lies with what was asked. */
function staleReason(error: unknown, kept: KeptExchange | undefined): string | undefined {
  if (!kept?.mayBeStale || !(error instanceof CommuniqueError)) return undefined
  const isDown = error.code === 'remote-status' && (Number(error.cause) >= 500 || error.cause === 429)
  return isDown || DOWN.has(error.code) ? error.what : undefined
}

const DOWN: ReadonlySet<string> = new Set(['remote-unreachable', 'remote-timeout', 'remote-incomplete', 'remote-banned'])

type Sent = RemoteRequest & { readonly headers: Readonly<Record<string, string>> }
type Come = Exchange & { readonly at: URL }
type Terms = { readonly policy: RemotePolicy; readonly limits: RemoteLimits; readonly signal: AbortSignal }

/** Asks, and asks again where the server wants to be asked later. */
async function patient(url: URL, request: Sent, policy: RemotePolicy): Promise<Come> {
  const limits = { ...REMOTE_LIMITS, ...policy.limits }
  const deadline = Date.now() + limits.total * 1000
  const timer = AbortSignal.timeout(limits.total * 1000)
  const signal = policy.signal === undefined ? timer : AbortSignal.any([policy.signal, timer])
  try {
    for (let attempt = 0; ; attempt++) {
      const come = await followed(url, request, { policy, limits, signal })
      if (isExpected(come, request)) return come
      const told = wordsOf(come.body)
      const status = `${placeOf(url)} answered ${come.status}${told === '' ? '' : `: ${told}`}`
      if (/\bbanned\b/i.test(told))
        throw new CommuniqueError('remote-banned', { what: status, mend: 'leave it alone until then; ask a snapshot meanwhile' })
      const refused = (why: string, mend?: string): CommuniqueError =>
        new CommuniqueError('remote-status', { what: status + why, mend, cause: come.status })
      const wait = waitingTime(come, attempt)
      if (wait === undefined) throw refused('')
      if (attempt >= (policy.retries ?? 3)) throw refused(` (asked ${attempt + 1} times)`, 'ask later')
      if (Date.now() + wait > deadline)
        throw refused(
          `; it wants to be asked again in ${Math.ceil(wait / 1000)} s, past the limit of ${limits.total} s`,
          'ask later',
        )
      await sleep(wait, undefined, { signal })
    }
  } catch (error) {
    policy.signal?.throwIfAborted()
    if (timer.aborted && !(error instanceof CommuniqueError))
      throw timeoutError(url, `its answer was not whole within ${limits.total} s`, error)
    throw error
  }
}

function isExpected({ status }: Come, { headers, expected = [] }: Sent): boolean {
  const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
  return (status >= 200 && status < 300) || expected.includes(status) || (status === 304 && isConditional)
}

/** Milliseconds until a server wants to be asked again; undefined if it does not. */
function waitingTime({ status, headers }: Come, attempt: number): number | undefined {
  const told = headers['retry-after']
  if (![429, 502, 503, 504].includes(status) && !(status === 405 && told !== undefined)) return undefined
  const seconds = Number(told)
  const named = told === undefined ? 0 : Number.isNaN(seconds) ? Date.parse(told) - Date.now() : seconds * 1000
  // Half of it by chance, so that many who were sent away do not come back at once.
  const backOff = 500 * 2 ** attempt * (0.5 + Math.random() / 2)
  return Math.max(named || 0, backOff)
}

/** Asks, and follows redirects that stay with the host. */
async function followed(start: URL, request: Sent, terms: Terms): Promise<Come> {
  let [url, asked] = [start, request]
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const exchange = await exchanged(url, asked, terms)
    const { location } = exchange.headers
    if (!REDIRECTS.has(exchange.status) || location === undefined) return { ...exchange, at: url }
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined
    if (next === undefined || next.host !== url.host || (url.protocol === 'https:' && next.protocol !== 'https:'))
      throw new CommuniqueError('remote-refused', {
        what: `${placeOf(url)} redirects to ${wordsOf(location)}, elsewhere than to itself`,
        mend: 'ask that address itself, if it is the one that you mean',
      })
    url = permitted(next, terms.policy)
    if (exchange.status === 303) asked = { ...asked, method: 'GET', body: undefined }
  }
  throw new CommuniqueError('remote-refused', { what: `${placeOf(start)} redirects more than ${MOST_REDIRECTS} times` })
}

const [MOST_REDIRECTS, REDIRECTS] = [5, new Set([301, 302, 303, 307, 308])]

/** One request and its answer, read to its end. */
async function exchanged(url: URL, request: Sent, { policy, limits, signal }: Terms): Promise<Exchange> {
  const { request: send } = await import('undici')
  let hasHead = false
  try {
    const response = await send(url, {
      method: request.method ?? 'GET',
      headers: { ...request.headers },
      body: request.body ?? null,
      dispatcher: await agentOf(policy.allowPrivate ?? false, limits.connect),
      headersTimeout: limits.headers * 1000,
      bodyTimeout: limits.idle * 1000,
      signal,
    })
    hasHead = true
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
    const body = await read(url, response.body, headers, limits.bytes)
    return { status: response.statusCode, headers, body, fetchedAt: new Date() }
  } catch (error) {
    throw signal.aborted ? error : retold(error, url, limits, hasHead)
  }
}

/** A connection for each request: the address is checked each time, and none that the other side has closed is used. */
async function agentOf(allowPrivate: boolean, connect: number): Promise<Agent> {
  const { Agent } = await import('undici')
  const key = `${allowPrivate} ${connect}`
  const agent =
    agents.get(key) ??
    new Agent({ pipelining: 0, connect: { timeout: connect * 1000, ...(allowPrivate ? {} : { lookup: publicLookup }) } })
  agents.set(key, agent)
  return agent
}

const agents = new Map<string, Agent>()

/** The body, decompressed, as long as it stays within the limit. */
async function read(url: URL, body: Readable, headers: Exchange['headers'], limit: number): Promise<Buffer> {
  const encoding = headers['content-encoding'] ?? 'identity'
  const decoder = encoding === 'gzip' ? createGunzip() : encoding === 'br' ? createBrotliDecompress() : undefined
  const source = decoder === undefined ? body : body.pipe(decoder)
  // An error of the socket ends the reading; one after its end is nobody's.
  body.on('error', error => source.destroy(error))
  source.on('error', () => {})
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of source) {
      size += piece.length
      if (size > limit)
        throw new CommuniqueError('remote-too-large', {
          what: `the answer of ${placeOf(url)} has more than the ${limit.toLocaleString('en')} bytes that are read`,
          mend: 'ask for less: a LIMIT, fewer columns',
        })
      pieces.push(piece)
    }
  } finally {
    body.destroy()
  }
  return Buffer.concat(pieces)
}

/** The error of the client or of a socket as ours. */
function retold(error: unknown, url: URL, limits: RemoteLimits, hasHead: boolean): CommuniqueError {
  const { code = '', message, errors = [] } = error as Error & { readonly code?: string; readonly errors?: readonly unknown[] }
  const ours = [error, ...errors].find(one => one instanceof CommuniqueError)
  if (ours !== undefined) return ours
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return timeoutError(url, `no connection within ${limits.connect} s`, error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return timeoutError(url, `no answer began within ${limits.headers} s`, error)
  if (code === 'UND_ERR_BODY_TIMEOUT') return timeoutError(url, `the answer stood still for ${limits.idle} s`, error)
  const why = wordsOf([message, ...errors.map(one => (one as Error).message)].find(Boolean) ?? code)
  if (hasHead)
    return new CommuniqueError('remote-incomplete', { what: `the answer of ${placeOf(url)} broke off (${why})`, cause: error })
  return new CommuniqueError('remote-unreachable', {
    what: `${placeOf(url)} cannot be reached (${why})`,
    mend: 'is the address right, and the network there?',
    cause: error,
  })
}

function timeoutError(url: URL, what: string, cause: unknown): CommuniqueError {
  return new CommuniqueError('remote-timeout', { what: `${placeOf(url)}: ${what}`, mend: 'ask for less, or later', cause })
}

/** The URL, if the policy lets it be asked. */
function permitted(address: string | URL, { allow = [], allowPrivate = false, offline = false }: RemotePolicy): URL {
  const refuse = (what: string, mend?: string): CommuniqueError => new CommuniqueError('remote-refused', { what, mend })
  const url = URL.canParse(String(address)) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw refuse(`${wordsOf(String(address))} is no address of http or https`)
  if (url.username !== '' || url.password !== '') throw refuse(`the address of ${url.host} has a name or password in it`)
  if (offline) return url
  if (!allow.some(host => hostOf(host, url.protocol) === url.host))
    throw refuse(`${url.host} is not among the hosts that may be asked`, `allow it with --allow ${url.host}`)
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(literal) > 0 && isPrivateAddress(literal)) throw privateAddressError(literal)
  return url
}

/** A host of the list as URLs write it: in lower case, without the port that is the usual one. */
function hostOf(host: string, protocol: string): string | undefined {
  return URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : undefined
}

/** A server for messages: its query may be long. */
function placeOf({ origin, pathname }: URL): string {
  return origin + pathname
}

/** Some of a foreign text as one line that is safe to show. */
function wordsOf(text: string | Buffer): string {
  const words = String(text.slice(0, 2000))
    .replace(/<[^>]*>|[\s\p{C}]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
  return words.length > 200 ? `${words.slice(0, 199)}…` : words
}

/** Who asks: the program, its version, and where to reach those who make it. */
function defaultUserAgent(): string {
  const { version, homepage = CORE_BASE } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  return `communique/${version} (+${homepage})`
}
