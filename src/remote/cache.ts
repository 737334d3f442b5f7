import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import CachePolicy from 'http-cache-semantics'
import { cacheFolder, readWhole, writeWhole } from '../code-cache.ts'

/** What an answer is kept under, and what of the request decides whether it may be used. */
export interface CacheQuestion {
  readonly key: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** An answer as it came. */
export interface Exchange {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly fetchedAt: Date
}

/** An answer that was kept. */
export interface KeptExchange extends Exchange {
  readonly isFresh: boolean
  /** Whether it may be used when the server cannot be asked: not where the server forbids it. */
  readonly mayBeStale: boolean
  /** Headers by which the server can say that nothing has changed. */
  readonly conditions: Readonly<Record<string, string>>
  /** Keeps it on, when the server said so. */
  renewed(headers: Exchange['headers'], fetchedAt: Date): Exchange
}

/**
 * Answers of servers, on disk, by the rules of HTTP. A file that is damaged is as good as none; two processes may write at once. What
 * was used least recently goes when there is too much.
 *
 * @see RFC 9111 (HTTP Caching), as a private cache
 */
export class RemoteCache {
  readonly #folder: string
  readonly #mostBytes: number

  /**
   * @param folder in the user's cache directory unless told
   * @param mostBytes of all that is kept
   */
  constructor(folder = join(cacheFolder(), 'http'), mostBytes = 64_000_000) {
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  find(question: CacheQuestion): KeptExchange | undefined {
    const file = this.#fileOf(question)
    const content = readWhole(file)
    if (content === undefined) return undefined
    const end = content.indexOf('\n')
    const { key, status, headers, fetchedAt, policy: kept } = JSON.parse(content.subarray(0, end).toString()) as Head
    if (key !== question.key) return undefined
    const exchange = { status, headers, fetchedAt: new Date(fetchedAt), body: content.subarray(end + 1) }
    const [policy, request] = [CachePolicy.fromObject(kept), requestOf(question)]
    touch(file)
    const renewed = (told: Exchange['headers'], at: Date): Exchange => {
      const { etag, 'last-modified': modified } = headers
      const validators = { ...(etag ? { etag } : {}), ...(modified ? { 'last-modified': modified } : {}) }
      const { policy: next } = policy.revalidatedPolicy(request, { status: 304, headers: { ...validators, ...told } })
      const renewal = { ...exchange, fetchedAt: at }
      this.#write(question, renewal, next)
      return renewal
    }
    return {
      ...exchange,
      isFresh: policy.satisfiesWithoutRevalidation(request),
      mayBeStale: !/must-revalidate|no-cache/i.test(headers['cache-control'] ?? ''),
      conditions: conditionsOf(headers),
      renewed,
    }
  }

  /** Keeps an answer, unless the server forbids it. */
  keep(question: CacheQuestion, exchange: Exchange): void {
    const { status, headers } = exchange
    const policy = new CachePolicy(requestOf(question), { status, headers: { ...headers } }, { shared: false })
    if (status === 200 && policy.storable()) this.#write(question, exchange, policy)
  }

  #write(question: CacheQuestion, { status, headers, body, fetchedAt }: Exchange, policy: CachePolicy): void {
    const head: Head = { key: question.key, status, headers, fetchedAt: fetchedAt.toISOString(), policy: policy.toObject() }
    const content = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body])
    if (content.length > this.#mostBytes) return
    writeWhole(this.#fileOf(question), content)
    this.#evict()
  }

  #fileOf({ key }: CacheQuestion): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex')}${ENDING}`)
  }

  #evict(): void {
    try {
      const files = readdirSync(this.#folder).filter(name => name.endsWith(ENDING))
      const known = files.map(name => ({ file: join(this.#folder, name), ...usedOf(join(this.#folder, name)) }))
      let total = known.reduce((sum, { size }) => sum + size, 0)
      for (const { file, size } of known.sort((a, b) => a.usedAt - b.usedAt)) {
        if (total <= this.#mostBytes) break
        rmSync(file, { force: true })
        total -= size
      }
    } catch {}
  }
}

const ENDING = '.http'

interface Head {
  readonly key: string
  readonly status: number
  readonly headers: Exchange['headers']
  readonly fetchedAt: string
  readonly policy: CachePolicy.CachePolicyObject
}

/** A query is safe and idempotent whether it is sent by GET or POST (SPARQL 1.1 Protocol, 2.1), so that both are kept as GET is. */
function requestOf({ url, headers }: CacheQuestion): CachePolicy.Request {
  return { url, method: 'GET', headers: { host: new URL(url).host, ...headers } }
}

function conditionsOf(headers: Exchange['headers']): Record<string, string> {
  const { etag, 'last-modified': modified } = headers
  return { ...(etag ? { 'if-none-match': etag } : {}), ...(modified ? { 'if-modified-since': modified } : {}) }
}

function usedOf(file: string): { size: number; usedAt: number } {
  const { size = 0, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
  return { size, usedAt: mtimeMs }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {}
}
