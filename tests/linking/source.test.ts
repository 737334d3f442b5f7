import { Parser } from 'n3'
import { Store } from 'oxigraph'
import { expect, test } from 'vitest'
import { openProject } from '../../src/index.ts'
import { reconcile } from '../../src/linking/reconcile.ts'
import { reconciliationService } from '../../src/linking/reconciliation-service.ts'
import { RecordBuilder } from '../../src/linking/record.ts'
import { endpointSource, type Send, serviceSource } from '../../src/linking/remote-source.ts'
import { type Thing, thingsToLink } from '../../src/linking/thing.ts'
import { root } from '../given.ts'

const graph = await openProject(root)
const things = thingsToLink(graph)
const PREFIXES = `
  PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
  PREFIX gn: <http://www.geonames.org/ontology#> PREFIX schema: <http://schema.org/> PREFIX lcc: <https://www.omg.org/spec/LCC/Countries/CountryRepresentation/>`
const CITY = `<https://sws.geonames.org/745044/> gn:name "Istanbul" ; gn:featureCode gn:P.PPLA ; gn:countryCode "TR" .
  <http://www.wikidata.org/entity/Q43> rdfs:label "Turkey"@en ; skos:altLabel "Republic of Turkey"@en ; skos:notation "TR" .
  <urn:x:elsewhere> rdfs:label "Elsewhere" .`

/** A server that Oxigraph answers for; what it was asked is kept. */
function endpoint(turtle: string): Send & { readonly asked: string[] } {
  const store = new Store()
  store.load(PREFIXES + turtle, { format: 'text/turtle' })
  const asked: string[] = []
  const send: Send = async (_, { body }) => {
    asked.push(body)
    const query = new URLSearchParams(body).get('query')!
    return { status: 200, body: store.query(query, { results_format: 'application/sparql-results+json' }) as string }
  }
  return Object.assign(send, { asked })
}

test('an endpoint is asked for many names at once and gives what it has by those names', async () => {
  const send = endpoint(CITY)
  const source = endpointSource('http://example.org/sparql', send)
  const found = await source.records(things)
  expect(send.asked).toHaveLength(1)
  expect(found.map(({ iri }) => iri).sort()).toEqual(['http://www.wikidata.org/entity/Q43', 'https://sws.geonames.org/745044/'])
  expect(found.find(({ key }) => key === 'geonames:745044')).toMatchObject({ kinds: ['city'], countries: ['TR'] })
  const [istanbul] = await reconcile(
    things.filter(({ iri }) => iri.endsWith('/istanbul')),
    [source],
  )
  expect(istanbul!.candidates[0]).toMatchObject({
    key: 'geonames:745044',
    record: { sources: [{ name: 'http://example.org/sparql' }] },
  })
})

test.each([
  ['an error', { status: 500, body: '' }, 'status 500'],
  ['a page', { status: 200, body: '<html>' }, 'not JSON'],
  ['half an answer', { status: 200, body: '{"results":{"bindings":[{' }, 'not JSON'],
  ['something else', { status: 200, body: '{"boolean":true}' }, 'no bindings'],
])('an endpoint that answers with %s is no empty source', async (_, answer, what) => {
  const source = endpointSource('http://example.org/sparql', async () => answer)
  await expect(source.records(things)).rejects.toMatchObject({ code: 'source-failed', what: expect.stringContaining(what) })
})

test('a client of a reconciliation service finds in our own graph what is in it', async () => {
  const service = reconciliationService(graph, 'http://localhost/reconcile')
  const send: Send = async (_, { body }) => {
    const { status, json } = service({ path: '', parameters: Object.fromEntries(new URLSearchParams(body)) })
    return { status, body: JSON.stringify(json) }
  }
  const results = await reconcile(things, [serviceSource('http://localhost/reconcile', send)])
  const wrong = results.filter(({ thing, candidates }) => candidates[0]?.iri !== thing.iri)
  expect(wrong.map(({ thing }) => thing.iri)).toEqual([])
})

test('the service answers as the standard has it', () => {
  const service = reconciliationService(graph, 'http://localhost/reconcile')
  const ask = (parameters: Record<string, string>, path = ''): never => service({ path, parameters }).json as never
  expect(ask({})).toMatchObject({
    versions: ['0.2'],
    identifierSpace: 'https://w3id.org/communique/id/',
    view: { url: expect.stringContaining('{{id}}') },
  })
  const queries = {
    city: { query: 'İstanbul', type: 'City', properties: [{ pid: 'isLocatedIn', v: 'Republic of Turkey' }] },
    person: { query: 'Kim Jong Young', limit: 1 },
    office: {
      query: 'Recep Tayyip Erdoğan',
      type: 'Person',
      properties: [{ pid: 'isCalledHolderOf', v: { name: 'President of Turkey' } }],
    },
    wrong: { query: 'Istanbul', type: 'Person' },
    none: { query: 'Atlantis' },
  }
  const answer = ask({ queries: JSON.stringify(queries) }) as Record<string, { result: Record<string, unknown>[] }>
  expect(answer.city!.result[0]).toMatchObject({
    id: 'istanbul',
    name: 'Istanbul',
    match: true,
    type: expect.arrayContaining([{ id: 'City', name: 'city' }]),
  })
  expect(answer.city!.result[0]!.score).toBeGreaterThan(90)
  expect(answer.city!.result[0]!.features).toContainEqual({ id: 'name', value: expect.any(Number) })
  expect(answer.person!.result, 'a person is not known by name alone').toMatchObject([{ id: 'kim-jong-young', match: false }])
  expect(answer.office!.result[0]).toMatchObject({ id: 'recep-tayyip-erdogan', match: true })
  expect([answer.wrong!.result, answer.none!.result]).toEqual([[], []])
  for (const { result } of Object.values(answer)) expect(result.filter(({ match }) => match).length).toBeLessThanOrEqual(1)
  expect(ask({ prefix: 'ist' }, 'suggest/entity')).toEqual({ result: [{ id: 'istanbul', name: 'Istanbul' }] })
  expect(ask({ prefix: 'count' }, 'suggest/type')).toEqual({ result: [{ id: 'Country', name: 'country' }] })
  expect(ask({ prefix: 'is located' }, 'suggest/property')).toEqual({ result: [{ id: 'isLocatedIn', name: 'is located in' }] })
  expect(ask({ extend: '{"ids":["istanbul"],"properties":[{"id":"isLocatedIn"},{"id":"nameAsWritten"}]}' })).toMatchObject({
    meta: [{ id: 'isLocatedIn', name: 'is located in' }, { id: 'nameAsWritten' }],
    rows: { istanbul: { isLocatedIn: [{ id: 'turkey', name: 'Republic of Turkey' }], nameAsWritten: [{ str: 'Istanbul' }] } },
  })
  expect(service({ path: '', parameters: { queries: '{' } })).toMatchObject({ status: 400 })
  expect(service({ path: 'suggest/nothing', parameters: {} })).toMatchObject({ status: 404 })
})

test('an office that Wikidata gives with its dates, by a statement', () => {
  const quads = new Parser().parse(`
    @prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
    @prefix pq: <http://www.wikidata.org/prop/qualifier/> . @prefix wd: <http://www.wikidata.org/entity/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    wd:Q39259 rdfs:label "Recep Tayyip Erdoğan"@tr ; p:P39 wd:s1 .
    wd:s1 ps:P39 wd:office ; pq:P580 "2003-03-14T00:00:00Z" ; pq:P582 "2014-08-28T00:00:00Z" .
    wd:office rdfs:label "Prime Minister of Turkey"@en .`)
  const builder = new RecordBuilder()
  builder.add(quads)
  const [person] = builder.records({ name: 'a test' })
  expect(person!.roles).toEqual([{ office: 'Prime Minister of Turkey', from: '2003-03-14', to: '2014-08-28' }])
})

test('the things of the graph are the named ones, with what is told of them and no more', () => {
  const thing = (slug: string): Thing => things.find(({ iri }) => iri.endsWith(`/${slug}`))!
  expect(thing('kim-jong-young')).toMatchObject({
    kinds: ['person'],
    countries: [],
    roles: [{ office: 'President of Interpol' }],
    at: '2021-11-23',
  })
  expect(thing('uae-ministry-of-internal-affairs')).toMatchObject({ kinds: ['organization'], countries: ['UAE'] })
  expect(thing('cybercrime').kinds).toEqual(['topic'])
  expect(thing('india').names.map(({ text }) => text)).toEqual(['India', 'Republic of India'])
  expect(things.filter(({ iri }) => /delegation-of|colleagues|session|tenure/.test(iri))).toEqual([])
})
