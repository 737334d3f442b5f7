import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DataFactory } from 'n3'
import { expect, onTestFinished, test } from 'vitest'
import { openProject } from '../../src/answers/open.ts'
import { publish, publishedGraphs } from '../../src/endpoint/publish.ts'
import { byValue } from '../../src/endpoint/value.ts'
import type { CommuniqueError } from '../../src/error.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { communique } from '../cli/given.ts'
import { root } from '../given.ts'
import { at, type Manners, oxigraph, type Server } from './servers.ts'

const { literal, namedNode, quad } = DataFactory
const project = await openProject(root)

async function given(manners: Manners = {}): Promise<Server> {
  const server = await oxigraph(manners)
  onTestFinished(server.stop)
  return server
}

async function published(manners: Manners = {}): Promise<Server> {
  const server = await given(manners)
  await publish(project, at(server.store!), { endpoint: at(server.query) })
  return server
}

const failure = (work: PromiseLike<unknown>): Promise<CommuniqueError> =>
  Promise.resolve(work).then(
    () => expect.unreachable(),
    (error: CommuniqueError) => error,
  )

test.each([
  ['Basic', { user: 'ann', password: 'pass:word' }, 'Basic realm="x"', () => `Basic ${btoa('ann:pass:word')}`],
  ['Bearer', { token: 'abc.def' }, 'Basic realm="x", Bearer realm="y"', () => 'Bearer abc.def'],
  ['Digest', { user: 'ann', password: 'secret' }, 'Digest realm="a, b", nonce="n1", qop="auth", algorithm=SHA-256', digestOf],
])('a server that wants %s gets it, once it has asked', async (_, credentials, challenge, expected) => {
  const seen: (string | undefined)[] = []
  const before = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { authorization } = request.headers
    seen.push(authorization)
    if (authorization !== undefined && authorization === expected(authorization, request)) return false
    response.writeHead(401, { 'www-authenticate': challenge }).end()
    return true
  }
  const { query } = await given({ before })
  const endpoint = at(query, credentials)
  expect(await endpoint.query('SELECT * { ?s ?p ?o }')).toEqual({ rows: [], partial: undefined })
  await endpoint.query('SELECT * { ?s ?p ?o }')
  expect(seen.map(header => header === undefined)).toEqual([true, false, false])
  const refused = await failure(at(query, { user: 'ann', password: 'wrong' }).query('SELECT * { ?s ?p ?o }'))
  expect([refused.code, refused.message.includes('wrong')]).toEqual(['endpoint-unauthorized', false])
  expect((await failure(at(query).query('SELECT * { ?s ?p ?o }'))).code).toBe('endpoint-unauthorized')
})

/** The answer that RFC 7616 wants to the challenge of the test. */
function digestOf(authorization: string, { method, url }: IncomingMessage): string {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const value = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(authorization)?.[1] ?? ''
  const secret = hash('ann:a, b:secret')
  const response = hash([secret, 'n1', value('nc'), value('cnonce'), 'auth', hash(`${method}:${url}`)].join(':'))
  return authorization.includes(`response="${response}"`) && value('uri') === url ? authorization : 'wrong'
}

test('rows that the server keeps back are noticed, and said', async () => {
  const { query } = await published({ mostRows: 50 })
  const all = 'SELECT ?s ?label { ?s rdfs:label ?label }'
  const answer = await project.query(all, { endpoint: at(query), cite: false })
  expect(answer).toMatchObject({
    complete: false,
    notes: expect.arrayContaining([{ code: 'server-limit', text: 'There may be more: the server gives at most 50 rows.' }]),
  })
  expect(answer.rows.length).toBe(50)
})

test('a limit travels with the query', async () => {
  const { query } = await published()
  const answer = await project.query('SELECT ?s { ?s a ?type }', { endpoint: at(query), limit: 2 })
  expect([answer.rows.length, answer.complete, answer.notes.at(-1)?.code]).toEqual([2, false, 'row-limit'])
})

test('what would be another question elsewhere is refused', async () => {
  const endpoint = at('http://127.0.0.1:9/sparql')
  const layer = 'https://w3id.org/communique/layer/stated'
  for (const text of [`SELECT * FROM <${layer}> { ?s ?p ?o }`, 'SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }'])
    expect((await failure(project.query(text, { endpoint }))).code).toBe('query-refused')
})

test('a boolean that a server computes and writes as a number is one; a number stays', async () => {
  const one = { type: 'literal', value: '1', datatype: 'http://www.w3.org/2001/XMLSchema#integer' }
  const before = (_: IncomingMessage, response: ServerResponse): boolean => {
    response.end(JSON.stringify({ head: { vars: ['yes', 'count'] }, results: { bindings: [{ yes: one, count: one }] } }))
    return true
  }
  const { query } = await given({ before })
  const text = 'SELECT ?yes ?count { ?s ?p ?o BIND(?o > 0 AS ?yes) BIND(1 AS ?count) }'
  const { rows } = await project.query(text, { endpoint: at(query), cite: false })
  expect([...rows[0]!.values].map(([name, { value }]) => `${name} ${value}`)).toEqual(['yes true', 'count 1'])
})

test('a dataset is loaded again without what it no longer has, and not over that of another', async () => {
  const { query, store, update } = await published()
  const options = { endpoint: at(query) }
  const old = 'https://w3id.org/communique/doc/interpol-ga-89/claim/old'
  await at(update!).request(update!, { method: 'POST', body: `INSERT DATA { GRAPH <${old}> { <urn:a> <urn:b> 1 } }` })
  expect((await publish(project, at(store!), options)).removed).toEqual([old])

  const about = 'https://w3id.org/communique/about'
  await at(update!).request(update!, { method: 'POST', body: `CLEAR GRAPH <${about}>` })
  const refused = await failure(publish(project, at(store!), options))
  expect(refused).toMatchObject({
    code: 'publish-foreign',
    what: expect.stringMatching(/^the server has \d+ graphs of these names already/),
  })
  expect((await at(query).query(`SELECT * { GRAPH <${about}> { ?s ?p ?o } }`)).rows).toEqual([])
  expect((await publish(project, at(store!), { ...options, replace: true })).graphs).toBe(publishedGraphs(project).length)
})

test('a loading that breaks off says what is there, and can be run again', async () => {
  let [writes, isBroken] = [0, true]
  const before = ({ method }: IncomingMessage, response: ServerResponse): boolean => {
    if (method !== 'PUT' || ++writes < 4 || !isBroken) return false
    response.writeHead(507).end('disk full')
    return true
  }
  const { query, store } = await given({ before })
  const broken = await failure(publish(project, at(store!), { endpoint: at(query) }))
  const fourth = publishedGraphs(project)[3]!.name.value
  expect([broken.code, broken.what]).toEqual([
    'publish-interrupted',
    expect.stringMatching(new RegExp(`^3 of \\d+ graphs are written; ${fourth} may be there in part; .*disk full`)),
  ])
  isBroken = false
  expect((await publish(project, at(store!), { endpoint: at(query) })).protocol).toBe('graph-store')
})

test('a server that changes a value is found out; one that spells it otherwise is named', async () => {
  const { query, store, update } = await given()
  const graph = namedNode('urn:base/doc/d/claim/1')
  const number = literal('0.10', namedNode('http://www.w3.org/2001/XMLSchema#decimal'))
  const quads = [quad(namedNode('urn:a'), namedNode('urn:b'), number, graph)]
  const small = { ...project, baseIRI: 'urn:base/', store: QuadStore.of(quads) }
  const spelt = [{ from: '"0.10"^^xsd:decimal', to: '"0.1"^^xsd:decimal', count: 1 }]
  for (const to of [store!, update!]) {
    const protocol = to === store ? 'graph-store' : 'update'
    expect(await publish(small, at(to), { endpoint: at(query), replace: true })).toMatchObject({ protocol, changes: spelt })
  }
  const before = ({ url }: IncomingMessage, response: ServerResponse): boolean => {
    if (url !== '/query') return false
    const terms = { g: graph.value, s: 'urn:a', p: 'urn:b', o: 'urn:other' }
    const row = Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, { type: 'uri', value }]))
    response.end(JSON.stringify({ head: { vars: [] }, results: { bindings: [row] } }))
    return true
  }
  const liar = at((await given({ before })).query)
  expect(await failure(publish(small, at(store!), { endpoint: liar, replace: true }))).toMatchObject({
    code: 'publish-different',
    what: expect.stringContaining(`${graph.value} has 1 of 1 triples (- <urn:a> <urn:b> 0.1 + <urn:a> <urn:b> <urn:other>)`),
  })
})

test.each([
  ['0.10', 'decimal', '0.1'],
  ['-00.0', 'decimal', '0'],
  ['+007', 'integer', '7'],
  ['-7', 'nonPositiveInteger', '-7'],
  ['1', 'boolean', 'true'],
  ['1.50E1', 'double', '15'],
  ['0.10', 'string', '0.10'],
  ['007', 'unsignedByte', '7'],
  ['x', 'integer', 'x'],
])('"%s" of type %s is "%s" by value', (text, type, value) => {
  expect(byValue(literal(text, namedNode(`http://www.w3.org/2001/XMLSchema#${type}`))).value).toBe(value)
})

test('from the command line: published, asked with citations, compared with the expected answers', async () => {
  const { query, store } = await given()
  const here = ['--endpoint', query, '--allow-private']
  const listed = await communique(['publish', '--to', store!, '--dry-run'])
  expect(listed).toMatchObject({ code: 0, err: '' })
  expect(listed.out).toMatch(/^ +\d+ {2}https:\/\/w3id.org\/communique\/about\n/)
  const loaded = await communique(['publish', '--to', store!, ...here])
  expect(loaded).toMatchObject({ code: 0, err: '' })
  expect(loaded.out).toMatch(
    /^\d+ graphs with \d+ triples are at http.*, read again and the same by value\.\nHash of all by value: [\da-f]{64}\n$/,
  )

  const [elsewhere, ours] = [await communique(['ask', 'who-was-elected', ...here]), await communique(['ask', 'who-was-elected'])]
  expect(elsewhere).toEqual(ours)
  const json = JSON.parse((await communique(['query', '-e', 'ASK { ?x cmq:isHeldIn id:istanbul }', '--json', ...here])).out)
  expect([json.engine, json.boolean ?? json.rows.length]).toEqual([`sparql ${query}`, json.boolean === undefined ? 1 : true])
  expect(await communique(['test', ...here])).toMatchObject({ code: 0, out: expect.stringMatching(/all as expected\.\n$/) })

  expect((await communique(['ask', 'who-was-elected', '--endpoint', query])).err).toContain('error[remote-refused]')
  expect((await communique(['ask', 'who-was-elected', '--offline', ...here])).err).toContain('error[remote-offline]')
  for (const wrong of [
    ['ask', 'who-was-elected', '--endpoint', 'nowhere'],
    ['ask', 'who-was-elected', '--explain', ...here],
    ['test', '--update', ...here],
    ['publish'],
    ['publish', '--to', store!, '--protocol', 'ftp'],
  ])
    expect([wrong, (await communique(wrong)).code]).toEqual([wrong, 2])
}, 240_000)
