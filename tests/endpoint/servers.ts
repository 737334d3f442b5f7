import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import type { Quad } from '@rdfjs/types'
import { Writer } from 'n3'
import { Store } from 'oxigraph'
import type { Credentials } from '../../src/endpoint/credentials.ts'
import { Endpoint } from '../../src/endpoint/endpoint.ts'

/** A third party's server, with the addresses that it is queried and written at. */
export interface Server {
  readonly query: string
  readonly store?: string
  readonly update?: string
  readonly credentials?: { readonly user: string; readonly password: string }
  stop(): Promise<void>
}

/** An endpoint on this machine. */
export function at(url: string, credentials: Credentials = {}): Endpoint {
  return new Endpoint(url, { credentials, policy: { allowPrivate: true, retries: 0 } })
}

/** Whether Virtuoso is installed; `npm test` needs nothing but Node. */
export function hasVirtuoso(): boolean {
  return (spawnSync('virtuoso-t', ['-?'], { stdio: 'ignore' }).error as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT'
}

/** What to say when Virtuoso is not asked. */
export function announceMissing(): string {
  return 'Virtuoso was NOT ASKED: scripts/install-virtuoso.sh installs it.'
}

/** Virtuoso with an empty database. */
export async function virtuoso(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  const [sql, http] = [await freePort(), await freePort()]
  await writeFile(
    join(folder, 'virtuoso.ini'),
    `[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = ${sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:${http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
`,
  )
  const child = spawn('virtuoso-t', ['+foreground', '+configfile', 'virtuoso.ini'], { cwd: folder, stdio: 'ignore' })
  const base = `http://127.0.0.1:${http}`
  await answering(`${base}/sparql?query=ask%7B%7D`, child)
  const credentials = { user: 'dba', password: 'dba' }
  const addresses = { query: `${base}/sparql`, store: `${base}/sparql-graph-crud-auth`, update: `${base}/sparql-auth` }
  return { ...addresses, credentials, stop: () => stopped(child, folder) }
}

/** Comunica's own HTTP server over quads; it takes no updates. */
export async function comunica(quads: readonly Quad[]): Promise<Server> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'communique-')), await freePort()]
  const file = join(folder, 'dataset.nq')
  await writeFile(file, new Writer({ format: 'N-Quads' }).quadsToString([...quads]))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'comunica-server.cjs'), file, String(port)], {
    stdio: 'ignore',
  })
  await answering(`http://127.0.0.1:${port}/sparql?query=ask%7B%7D`, child)
  return { query: `http://127.0.0.1:${port}/sparql`, stop: () => stopped(child, folder) }
}

/** What the front of Oxigraph does besides. */
export interface Manners {
  /** Looks at a request before it is answered; whoever has answered it says so. */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Most rows, as DBpedia and others have it. */
  readonly mostRows?: number
}

/** Oxigraph behind HTTP: query, update and graph store. @see SPARQL 1.1 Protocol; SPARQL 1.1 Graph Store HTTP Protocol */
export async function oxigraph({ before, mostRows }: Manners = {}): Promise<Server> {
  const store = new Store()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const body = await textOf(request)
    if (before?.(request, response)) return
    try {
      if (url.pathname === '/store') graphStore(store, request.method, url, body, response)
      else if (url.pathname === '/update' && request.method === 'POST') {
        store.update(body)
        response.writeHead(204).end()
      } else if (url.pathname === '/query') {
        const text = url.searchParams.get('query') ?? new URLSearchParams(body).get('query') ?? ''
        const results = JSON.parse(store.query(text, { results_format: 'json' }) as string)
        const isCut = mostRows !== undefined && results.results?.bindings.length > mostRows
        if (isCut) results.results.bindings.length = mostRows
        const cap = isCut ? { 'x-sparql-maxrows': String(mostRows) } : {}
        response.writeHead(200, { 'content-type': 'application/sparql-results+json', ...cap }).end(JSON.stringify(results))
      } else response.writeHead(405).end()
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { query: `${base}/query`, store: `${base}/store`, update: `${base}/update`, stop }
}

function graphStore(store: Store, method: string | undefined, url: URL, body: string, response: ServerResponse): void {
  const name = url.searchParams.get('graph')
  const [{ size }] = [
    store.query(`SELECT * { GRAPH <${name}> { ?s ?p ?o } }`) as unknown as Map<string, unknown> & { size: number },
  ]
  if (method === 'PUT') {
    store.update(`DROP SILENT GRAPH <${name}>`)
    store.load(body, { format: 'text/turtle', to_graph_name: { termType: 'NamedNode', value: name } as never })
    response.writeHead(204).end()
  } else if (method === 'DELETE') {
    store.update(`DROP SILENT GRAPH <${name}>`)
    response.writeHead(204).end()
  } else response.writeHead(size === 0 ? 404 : 200, { 'content-type': 'text/turtle' }).end()
}

async function stopped(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve))
  if (child.exitCode === null && child.kill('SIGINT')) await ended
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Waits until a server answers. */
async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const isThere = await fetch(url).then(
      response => response.status < 500,
      () => false,
    )
    if (isThere) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`${url} does not answer`)
}

async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise(resolve => socket.close(resolve))
  return port
}
