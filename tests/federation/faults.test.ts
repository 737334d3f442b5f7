import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ServiceOptions } from '../../src/federation/federation.ts'
import { faultOf, temporaryFolder } from '../remote/given.ts'
import { asking, endpointOf, type Fault, knowing, openData, resultsOf, rowsOf, services, storeOf } from './given.ts'

const OURS = knowing(':serbia :is wd:Q403 . :chile :is wd:Q298 . :turkey :is wd:Q43 .')
const countries =
  openData('countries/countries-wikidata-shaped.ttl') ??
  `
  wd:Q403 wdt:P297 "RS" ; rdfs:label "Serbia"@en . wd:Q298 wdt:P297 "CL" ; rdfs:label "Chile"@en . wd:Q43 wdt:P297 "TR" .`
const WIKIDATA = storeOf(countries)

const asked = (url: string, silent = '') =>
  `SELECT ?country ?code { ?country :is ?item SERVICE ${silent} <${url}> { ?item wdt:P297 ?code } }`
const ALL = [':chile "CL"', ':serbia "RS"', ':turkey "TR"']
const SILENCE = [':chile -', ':serbia -', ':turkey -']

/** Limits so short that a test does not wait. */
const QUICK: ServiceOptions = { limits: { headers: 0.4, idle: 0.4, total: 3 }, retries: 1 }

test('F1: a server that does what it should', async () => {
  const server = await endpointOf(WIKIDATA)
  const answer = await asking(OURS, asked(server.url), { services: services([server]) })
  expect(rowsOf(answer)).toEqual(ALL)
  expect(answer.complete).toBe(true)
  const today = new Date().toISOString().slice(0, 10)
  expect(answer.notes).toEqual([{ code: 'federated', text: `From ${server.url}, ${today}: 3 rows in 1 request, complete.` }])
})

const once =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (_, response, index) =>
    index === 0 ? response.writeHead(status, headers).end() : false

test.each<[string, Fault]>([
  ['F2: 429 with Retry-After 1, then fine', once(429, { 'retry-after': '1' })],
  ['F5: 503, then fine', once(503)],
  ['F14: 405 with Retry-After, as DBpedia does, then fine', once(405, { 'retry-after': '1' })],
  ['F16: a wrong content type over a right body', (json, response) => response.setHeader('content-type', 'text/html').end(json)],
  ['compressed', (json, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(json))],
])('%s: the answer is whole', async (_, fault) => {
  const server = await endpointOf(WIKIDATA, fault)
  const answer = await asking(OURS, asked(server.url), { services: services([server]) })
  expect(rowsOf(answer)).toEqual(ALL)
  expect(answer.complete).toBe(true)
})

/** A million rows, as fast as they are read. */
function million(response: ServerResponse): void {
  const row = '{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q403"},"code":{"type":"literal","value":"RS"}}'
  function* text(): Generator<string> {
    yield `{"head":{"vars":["item","code"]},"results":{"bindings":[${row}`
    for (let count = 1; count < 1000; count++) yield `,${row}`.repeat(1000)
    yield ']}}'
  }
  pipeline(text(), response).catch(() => {})
}

/** Each fault: the code of the error, or `partial` where rows come that may not be all. */
const FAULTS: readonly [string, Fault, string][] = [
  ['F3: 429 for ever', (_, response) => response.writeHead(429).end(), 'remote-status'],
  ['F4: a ban', (_, response) => response.writeHead(403).end('You have been banned until tomorrow'), 'remote-banned'],
  ['F5: 500', (_, response) => response.writeHead(500).end('Virtuoso 37000 Error'), 'remote-status'],
  ['F5: 502', (_, response) => response.writeHead(502).end(), 'remote-status'],
  ['F6: never answers', () => {}, 'remote-timeout'],
  [
    'F7: a byte a moment',
    async (json, response) => {
      for (const byte of json) {
        if (response.destroyed) return
        response.write(byte)
        await new Promise(resolve => setTimeout(resolve, 200))
      }
    },
    'remote-timeout',
  ],
  ['F8: a page of HTML with 200', (_, response) => response.end('<!DOCTYPE html><html>Log in</html>'), 'remote-unreadable'],
  ['an empty answer with 200', (_, response) => response.end(), 'remote-unreadable'],
  ['JSON that is no results', (_, response) => response.end('{"error": "overloaded"}'), 'remote-unreadable'],
  ['a term of no known kind', (json, response) => response.end(json.replace('"literal"', '"text"')), 'remote-unreadable'],
  ['F9: JSON that is cut, with 200', (json, response) => response.end(json.slice(0, -40)), 'remote-incomplete'],
  [
    'F10: a reset in the middle',
    (json, response) => {
      response.write(json.slice(0, 100))
      setTimeout(() => response.socket?.resetAndDestroy(), 50)
    },
    'remote-incomplete',
  ],
  [
    'F11: a trace of Java behind the JSON',
    (json, response) => response.end(`${json}\njava.util.concurrent.TimeoutException\n\tat java.base/Future.get`),
    'remote-incomplete',
  ],
  ['F12: a million rows', (_, response) => million(response), 'remote-too-large'],
  [
    'F15: a redirect to another host',
    (_, response) => response.writeHead(302, { location: 'http://[::1]/' }).end(),
    'remote-refused',
  ],
  [
    'F15: a redirect to a file',
    (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    'remote-refused',
  ],
  [
    'F17: a gzip bomb',
    (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(100_000_000))),
    'remote-too-large',
  ],
  ['F13: as many rows as X-SPARQL-MaxRows', (json, response) => response.setHeader('X-SPARQL-MaxRows', '3').end(json), 'partial'],
  ['an anytime query that stopped', (json, response) => response.writeHead(206).end(json), 'partial'],
]

test.each(FAULTS)('%s is told: an error, or rows that are marked partial', async (_, fault, code) => {
  const uncaught: unknown[] = []
  const listen = (error: unknown): void => void uncaught.push(error)
  process.on('uncaughtException', listen).on('unhandledRejection', listen)
  const server = await endpointOf(WIKIDATA, fault)
  const options = { services: services([server], QUICK) }
  if (code === 'partial') {
    const answer = await asking(OURS, asked(server.url), options)
    expect(rowsOf(answer)).toEqual(ALL)
    expect(answer).toMatchObject({ complete: false, notes: [{ code: 'federated-partial' }] })
  } else {
    expect((await faultOf(asking(OURS, asked(server.url), options))).code).toBe(code)
    // The rows of the standard; but the answer says that it lacks something.
    const silent = await asking(OURS, asked(server.url, 'SILENT'), options)
    expect(rowsOf(silent)).toEqual(SILENCE)
    expect(silent).toMatchObject({ complete: false, notes: [{ code: 'federated-partial' }] })
    expect(silent.notes[0]!.text).toMatch(/^Nothing from http:.*SILENT goes on without it\.$/)
  }
  await new Promise(resolve => setTimeout(resolve, 60))
  process.off('uncaughtException', listen).off('unhandledRejection', listen)
  expect(uncaught).toEqual([])
})

test('F4: a server that bans us is not asked a second time in the same query', async () => {
  const server = await endpointOf(WIKIDATA, (_, response) => response.writeHead(403).end('banned until tomorrow'))
  const twice = `SELECT * { ?c :is ?item SERVICE SILENT <${server.url}> { ?item wdt:P297 ?code } SERVICE SILENT <${server.url}> { ?item wdt:P298 ?three } }`
  await asking(OURS, twice, { services: services([server]) })
  expect(server.requests).toHaveLength(1)
})

test('F12: a million rows take less than 300 MB', async () => {
  const server = await endpointOf(WIKIDATA, (_, response) => million(response))
  global.gc?.()
  const before = process.memoryUsage().rss
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before)
  }, 20)
  const fault = await faultOf(asking(OURS, asked(server.url), { services: services([server]) }))
  clearInterval(watch)
  expect(fault.code).toBe('remote-too-large')
  expect(most).toBeLessThan(300_000_000)
})

test.each([
  [10_000, undefined, 'exactly 10000 rows came, which is the limit of many servers'],
  [60, 50, 'there are more than the 50 rows that are taken'],
])('F13: %i rows at a limit of %s are partial', async (count, rows, why) => {
  const many = Array.from(
    { length: count },
    (_, index) => new Map([['x', { termType: 'NamedNode', value: `http://x/${index}` }]]),
  )
  const server = await endpointOf('', (_, response) => response.end(JSON.stringify(resultsOf(many as never))))
  const query = `SELECT ?x { SERVICE <${server.url}> { ?x :p :o } }`
  const answer = await asking(knowing(''), query, { services: services([server], { rows }), limit: 100_000 })
  expect(answer.complete).toBe(false)
  expect(answer.notes.map(({ text }) => text)).toEqual([expect.stringContaining(why)])
})

test('F18: two parts of an answer between which the data changed are not passed off as one', async () => {
  const things = Array.from({ length: 700 }, (_, index) => `:t${index} :is :w${index} .`).join('\n')
  const server = await endpointOf(things.replaceAll(':t', ':w').replaceAll(':is :w', ':says :x'), (_, response, index) => {
    response.setHeader('last-modified', new Date(1_700_000_000_000 + index * 60_000).toUTCString())
    return false
  })
  const query = `SELECT ?t ?x { ?t :is ?w SERVICE <${server.url}> { ?w :says ?x } }`
  const answer = await asking(knowing(things), query, { services: services([server]) })
  // Parts by values, never by OFFSET: no row is lost or doubled.
  expect(new Set(rowsOf(answer)).size).toBe(700)
  expect(answer).toMatchObject({ complete: false, notes: [{ text: expect.stringContaining('its data changed meanwhile') }] })
})

test('F19: nobody there', async () => {
  const server = await endpointOf(WIKIDATA)
  await server.stop()
  expect((await faultOf(asking(OURS, asked(server.url), { services: services([server]) }))).code).toBe('remote-unreachable')
  const unknown = { services: services([{ host: 'nobody.invalid' }]) }
  expect((await faultOf(asking(OURS, asked('http://nobody.invalid/sparql'), unknown))).code).toBe('remote-unreachable')
})

test('F20: no service description is asked for: one question, one request', async () => {
  const server = await endpointOf(WIKIDATA)
  await asking(OURS, asked(server.url), { services: services([server]) })
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]!.url).toContain('?query=')
})

test('F22: of an item that was merged into another the server tells, and both names are told apart', async () => {
  const server = await endpointOf('wd:Q20 <http://www.w3.org/2002/07/owl#sameAs> wd:Q19 . wd:Q19 rdfs:label "kept"@en .')
  const query = `PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT ?item ?now ?label {
    ?t :is ?item SERVICE <${server.url}> { ?item owl:sameAs ?now . ?now rdfs:label ?label } }`
  const answer = await asking(knowing(':t :is wd:Q20 .'), query, { services: services([server]) })
  expect(rowsOf(answer)).toEqual(['wd:Q20 wd:Q19 "kept"@en'])
})

test('whoever asks can give up, and the time of an answer holds for its servers too', async () => {
  const server = await endpointOf(WIKIDATA, () => {})
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('enough')), 200)
  const options = { services: services([server], { limits: { headers: 9 } }) }
  expect((await faultOf(asking(OURS, asked(server.url), { ...options, signal: controller.signal }))).what).toBe('enough')
  expect((await faultOf(asking(OURS, asked(server.url), { ...options, timeout: 0.3 }))).code).toBe('query-timeout')
})

test('C1, C7: what was answered whole is answered offline, with its date; what was partial is not kept', async () => {
  const cache = await temporaryFolder()
  const server = await endpointOf(WIKIDATA, (json, response, index) =>
    index === 0 ? response.setHeader('X-SPARQL-MaxRows', '3').end(json) : false,
  )
  const options = services([server], { cache })
  expect((await asking(OURS, asked(server.url), { services: options })).complete).toBe(false)
  const online = await asking(OURS, asked(server.url), { services: options })
  await server.stop()
  const offline = await asking(OURS, asked(server.url), { services: { ...options, offline: true } })
  expect(rowsOf(offline)).toEqual(rowsOf(online))
  const today = new Date().toISOString().slice(0, 10)
  expect(offline.notes).toEqual([
    { code: 'federated-cached', text: `From ${server.url}, an old answer of ${today} (offline): 3 rows, complete.` },
  ])
})

test('C2: offline opens no socket, whether an answer is kept or not', async () => {
  const server = await endpointOf(WIKIDATA)
  const options = services([server], { cache: await temporaryFolder(), offline: true })
  expect((await faultOf(asking(OURS, asked(server.url), { services: options }))).code).toBe('remote-offline')
  expect(server.connections()).toBe(0)
})

test('C3: a server that is down leaves its old answer, with a warning', async () => {
  const server = await endpointOf(WIKIDATA)
  const options = services([server], { cache: await temporaryFolder() })
  await asking(OURS, asked(server.url), { services: options })
  await server.stop()
  const answer = await asking(OURS, asked(server.url), { services: options })
  expect(rowsOf(answer)).toEqual(ALL)
  expect(answer.notes).toMatchObject([{ code: 'federated-cached', text: expect.stringContaining('cannot be reached') }])
})

test('C6: a query is the same however it is written; with other data of ours it is another', async () => {
  const server = await endpointOf(WIKIDATA, (_, response) => {
    response.setHeader('cache-control', 'max-age=60')
    return false
  })
  const options = { services: services([server], { cache: await temporaryFolder() }) }
  await asking(OURS, asked(server.url), options)
  const again = await asking(OURS, asked(server.url).replaceAll(' ', '\n  '), options)
  expect(again.notes).toMatchObject([{ code: 'federated-cached' }])
  expect(server.requests).toHaveLength(1)
  await asking(knowing(':serbia :is wd:Q403 .'), asked(server.url), options)
  expect(server.requests).toHaveLength(2)
})
