import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, Store } from 'n3'
import { expect, test } from 'vitest'
import { takeSnapshot } from '../../src/federation/extraction.ts'
import { parseQuery } from '../../src/query/engine.ts'
import { faultOf, temporaryFolder } from '../remote/given.ts'
import { asking, COUNTRIES, type Endpoint, endpointOf, knowing, PREFIXES, rowsOf, services, storeOf, WIKIDATA } from './given.ts'

const RIGHTS = { licence: 'https://creativecommons.org/licenses/by/4.0/', attribution: 'GeoNames, https://www.geonames.org' }
const PATTERN = '{ ?item wdt:P36 ?capital OPTIONAL { ?capital rdfs:label ?name FILTER(LANG(?name) = "en") } }'
const question = ({ url }: Endpoint, pattern = PATTERN) =>
  `SELECT ?country ?name { ?country :is ?item SERVICE <${url}> ${pattern} }`
const here = knowing(COUNTRIES)

/** Takes a snapshot of a question that this server answers, into a folder. */
async function taken(server: Endpoint, text = question(server), last?: string) {
  const algebra = await parseQuery(text, { prefixes: PREFIXES })
  const draft = await takeSnapshot(here, { name: 'capitals', algebra }, { ...services([server]), ...RIGHTS }, last)
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'capitals.trig'), draft.text)
  return { ...draft, folder, dataset: `http://example.org/snapshot/capitals/${server.host}` }
}

test('C9: a snapshot is TriG: the triples that were matched, from where, when, by which query, with their hash', async () => {
  const server = await endpointOf(WIKIDATA)
  const { text, dataset } = await taken(server)
  const store = new Store(new Parser({ format: 'TriG' }).parse(text))
  expect(store.countQuads(null, null, null, dataset)).toBe(4)
  expect(storeOf(WIKIDATA).size).toBeGreaterThan(4)
  expect(text).not.toContain('Paris')
  const about = (property: string) => store.getObjects(dataset, property, '')[0]?.value
  expect(about('http://rdfs.org/ns/void#sparqlEndpoint')).toBe(server.url)
  expect(about('http://rdfs.org/ns/void#triples')).toBe('4')
  expect(about('http://www.w3.org/ns/prov#generatedAtTime')).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(about('http://purl.org/dc/terms/identifier')).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(store.getObjects(null, 'http://www.w3.org/ns/prov#value', null)[0]!.value).toContain('VALUES ?item')
  // One triple a line or its own object: a change of one is seen as one.
  expect(text.split('\n').length).toBeGreaterThan(20)
})

test('C10: licence and attribution travel with the triples; without them there is no snapshot', async () => {
  const server = await endpointOf(WIKIDATA)
  const { text } = await taken(server)
  expect(text).toContain(RIGHTS.licence)
  expect(text).toContain(RIGHTS.attribution)
  const algebra = await parseQuery(question(server), { prefixes: PREFIXES })
  const without = takeSnapshot(here, { name: 'capitals', algebra }, services([server]))
  expect((await faultOf(without)).code).toBe('snapshot-rights')
  const again = await takeSnapshot(here, { name: 'capitals', algebra }, services([server]), text)
  expect(again.text).toContain(RIGHTS.attribution)
})

test('C1, C2: the same question gives the same answer from a snapshot, with its date, and no socket is opened', async () => {
  const server = await endpointOf(WIKIDATA)
  const live = await asking(here, question(server), { services: services([server]) })
  const { folder } = await taken(server)
  const before = server.connections()
  for (const how of [{ offline: true }, { fromSnapshots: true }]) {
    const answer = await asking(here, question(server), { services: { snapshots: folder, ...how }, cite: true })
    expect(rowsOf(answer)).toEqual(rowsOf(live))
    const today = new Date().toISOString().slice(0, 10)
    const text = `From the snapshot "capitals" of ${server.url}, ${today}: 2 rows, complete.`
    expect(answer).toMatchObject({ complete: true, notes: expect.arrayContaining([{ code: 'federated-snapshot', text }]) })
    expect(answer.rows[0]!.sources.at(-1)!.voice).toBe(`${server.host}, ${today}, snapshot "capitals"`)
  }
  expect(server.connections()).toBe(before)
})

test('a snapshot that was made for another question says that it may lack something', async () => {
  const server = await endpointOf(WIKIDATA)
  const { folder } = await taken(server)
  const other = question(server, '{ ?item wdt:P297 ?name }')
  const answer = await asking(here, other, { services: { snapshots: folder, offline: true } })
  expect(answer).toMatchObject({ rows: [], complete: false })
  expect(answer.notes.at(-1)).toMatchObject({
    code: 'federated-partial',
    text: expect.stringContaining('made for other questions'),
  })
})

test('with snapshots, an endpoint that has none is asked itself', async () => {
  const [server, other] = [await endpointOf(WIKIDATA), await endpointOf(WIKIDATA)]
  const { folder } = await taken(server)
  const options = services([other], { snapshots: folder, fromSnapshots: true })
  expect((await asking(here, question(other), { services: options })).notes[0]!.code).toBe('federated')
  expect((await faultOf(asking(here, question(other), { services: { ...options, offline: true } }))).code).toBe('remote-offline')
})

test('a snapshot that is taken anew tells what changed', async () => {
  const server = await endpointOf(WIKIDATA)
  const { text } = await taken(server)
  const same = await taken(server, question(server), text)
  expect([same.added, same.removed]).toEqual([[], []])
  const changed = await endpointOf(WIKIDATA.replace('"Belgrade"', '"Beograd"'))
  const moved = text.replaceAll(server.host, changed.host)
  const { added, removed } = await taken(changed, question(changed), moved)
  expect([added, removed].map(quads => quads.map(({ object }) => object.value))).toEqual([['Beograd'], ['Belgrade']])
})

test('only branches that were matched are told: nothing is made up from the other side of a UNION', async () => {
  const server = await endpointOf('wd:Q403 :p wd:Q298 . wd:Q298 :q wd:Q43 .')
  const union = question(server, '{ { ?item :p ?x } UNION { ?x :q ?item } }')
  const { text, dataset } = await taken(server, union)
  const store = new Store(new Parser({ format: 'TriG' }).parse(text))
  expect(
    store
      .getQuads(null, null, null, dataset)
      .map(({ predicate }) => predicate.value)
      .sort(),
  ).toEqual(['http://example.org/p', 'http://example.org/q'])
})

test('a snapshot whose triples were edited is refused, with its file', async () => {
  const server = await endpointOf(WIKIDATA)
  const { folder, text } = await taken(server)
  await writeFile(join(folder, 'capitals.trig'), text.replace('"Santiago"', '"Valparaíso"'))
  const fault = await faultOf(asking(here, question(server), { services: { snapshots: folder, offline: true } }))
  expect(fault).toMatchObject({ code: 'snapshot-changed', what: expect.stringContaining('are not those that were fetched') })
})

test('a path has no triples to tell, and a partial answer is no snapshot', async () => {
  const server = await endpointOf(WIKIDATA, (json, response) => response.setHeader('X-SPARQL-MaxRows', '2').end(json))
  expect((await faultOf(taken(server, question(server, '{ ?item wdt:P36/rdfs:label* ?name }')))).code).toBe('snapshot-pattern')
  expect((await faultOf(taken(server))).code).toBe('snapshot-partial')
})
