import { mkdtemp } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { RemotePolicy } from '../../src/remote/fetch.ts'

/** A request as a server saw it. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface GivenServer {
  readonly url: string
  readonly host: string
  readonly requests: Seen[]
  connections(): number
  stop(): Promise<void>
}

export type Respond = (seen: Seen, response: ServerResponse, index: number) => unknown

/** A server on loopback that does what the test wants, over real sockets; it ends with the test. */
export async function serving(answer: Respond = (_, response) => response.end('fine')): Promise<GivenServer> {
  const requests: Seen[] = []
  let connections = 0
  const server = createServer(async (request, response) => {
    const seen = { method: request.method!, url: request.url!, headers: request.headers, body: await text(request) }
    requests.push(seen)
    response.on('error', () => {})
    await answer(seen, response, requests.length - 1)
  })
  server.on('connection', () => connections++)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  onTestFinished(stop)
  return { url: `http://${host}/sparql`, host, requests, connections: () => connections, stop }
}

/** A policy that allows this server, with limits short enough for a test. */
export function allowing({ host }: { readonly host: string }, more: RemotePolicy = {}): RemotePolicy {
  const limits = { connect: 2, headers: 1, idle: 1, total: 5, ...more.limits }
  return { allow: [host], allowPrivate: true, ...more, limits }
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'communique-remote-'))
}

/** What an error of ours says. */
export function faultOf(work: Promise<unknown>): Promise<{ code: string; what: string }> {
  return work.then(
    () => ({ code: 'none', what: '' }),
    error => ({ code: error.code ?? error.name, what: error.what ?? error.message }),
  )
}
