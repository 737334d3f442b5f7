import { CommuniqueError } from '../error.ts'
import { partialReason, readResults } from '../federation/sparql-endpoint.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import type { Layer } from '../project/layer.ts'
import type { Solution } from '../query/engine.ts'
import { fetchRemote, type RemoteAnswer, type RemotePolicy, type RemoteRequest } from '../remote/fetch.ts'
import { Authentication, type Credentials } from './credentials.ts'
import { RemoteGraph } from './remote-graph.ts'

export interface EndpointOptions {
  readonly credentials?: Credentials | undefined
  readonly policy?: RemotePolicy | undefined
}

/** What a server answered a SELECT. */
export interface Rows {
  readonly rows: readonly Solution[]
  /** Why these may not be all. */
  readonly partial?: string | undefined
}

/**
 * A SPARQL 1.1 server, of whatever make, that answers in the place of our engine. It holds the graphs of a project as
 * `publish` loads them.
 *
 * @see SPARQL 1.1 Protocol, 2.1 (Query Operation)
 * @example new Endpoint('https://example.org/sparql').name // 'sparql https://example.org/sparql'
 */
export class Endpoint {
  readonly url: string
  readonly #policy: RemotePolicy
  readonly #authentication: Authentication

  constructor(url: string, { credentials = {}, policy = {} }: EndpointOptions = {}) {
    if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
      throw new CommuniqueError('endpoint-address', {
        what: `"${url}" is no address of a server`,
        mend: 'write it like --endpoint https://example.org/sparql',
      })
    this.url = url
    this.#policy = { ...policy, allow: [new URL(url).host] }
    this.#authentication = new Authentication(credentials)
  }

  /** What answers, for people. */
  get name(): string {
    const { origin, pathname } = new URL(this.url)
    return `sparql ${origin}${pathname}`
  }

  /** The graph of a project as the server has it. Rows, and all that is known of them, come from there. */
  graphOf(graph: KnowledgeGraph, layer: Layer): RemoteGraph {
    return new RemoteGraph(this, graph, layer)
  }

  /**
   * Asks a SELECT, in a POST: some are longer than an address may be.
   *
   * @throws CommuniqueError as `request` and `readResults`
   */
  async query(text: string, signal?: AbortSignal): Promise<Rows> {
    const body = new URLSearchParams({ query: text }).toString()
    const headers = { accept: 'application/sparql-results+json', 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await this.request(this.url, { method: 'POST', headers, body }, signal)
    const { solutions: rows } = readResults(answer.body, this.name)
    return { rows, partial: partialReason(answer, rows.length, Number.POSITIVE_INFINITY) }
  }

  /** A request, which answers the server's challenge. @throws CommuniqueError `endpoint-unauthorized`, as `fetchRemote` */
  async request(address: string, request: RemoteRequest, signal?: AbortSignal): Promise<RemoteAnswer> {
    const [url, { method = 'GET' }] = [new URL(address), request]
    const policy = { ...this.#policy, ...(signal === undefined ? {} : { signal }) }
    const send = (): Promise<RemoteAnswer> => {
      const authorization = this.#authentication.headerFor({ method, url })
      const headers = { ...request.headers, ...(authorization === undefined ? {} : { authorization }) }
      return fetchRemote(url, { ...request, headers, expected: [401, ...(request.expected ?? [])] }, policy)
    }
    let answer = await send()
    if (answer.status === 401 && this.#authentication.isAnswerable(answer.headers['www-authenticate'] ?? ''))
      answer = await send()
    if (answer.status !== 401) return answer
    throw new CommuniqueError('endpoint-unauthorized', {
      what: `${url.origin}${url.pathname} does not let us in`,
      mend: 'set COMMUNIQUE_ENDPOINT_USER and COMMUNIQUE_ENDPOINT_PASSWORD, or COMMUNIQUE_ENDPOINT_TOKEN, to what it knows',
    })
  }
}
