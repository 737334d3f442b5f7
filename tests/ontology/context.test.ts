import jsonld from 'jsonld'
import { Parser, type Quad, Writer } from 'n3'
import { beforeAll, expect, test } from 'vitest'
import { type ContextDocument, jsonldContext } from '../../src/ontology/context.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { expand, PREFIXES } from '../../src/rdf/prefixes.ts'
import { root } from '../given.ts'
import { committed, given, givenTerms, ownTerms } from './given.ts'

let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

test('the values of an object property are IRIs, those of a datatype property have its type', () => {
  const { '@context': context } = jsonldContext(
    givenTerms(`
      :Person a owl:Class .
      :knows a owl:ObjectProperty ; rdfs:range :Person .
      :age a owl:DatatypeProperty ; rdfs:range xsd:integer .`),
    { xsd: PREFIXES.xsd },
  )
  expect(context).toEqual({
    '@version': 1.1,
    xsd: PREFIXES.xsd,
    Person: 'https://example.org/Person',
    knows: { '@id': 'https://example.org/knows', '@type': '@id' },
    age: { '@id': 'https://example.org/age', '@type': 'xsd:integer' },
  })
})

test('texts with a language, and values of several types, keep their own language and type', () => {
  const { '@context': context } = jsonldContext(
    givenTerms(`
      :name a owl:DatatypeProperty ; rdfs:range rdf:langString .
      :day a owl:DatatypeProperty ; rdfs:range rdfs:Literal .
      :either a owl:DatatypeProperty ; rdfs:range [ owl:unionOf ( xsd:date xsd:gYear ) ] .`),
  )
  expect(context).toMatchObject({
    name: 'https://example.org/name',
    day: 'https://example.org/day',
    either: 'https://example.org/either',
  })
})

test.each([
  ['two terms', ':Person a owl:Class . <https://example.com/Person> a owl:Class .'],
  ['a term and a prefix', ':foaf a owl:Class .'],
])('%s of one name make no context', (_, turtle) => {
  expect(() => jsonldContext(givenTerms(turtle))).toThrow(expect.objectContaining({ code: 'name-taken' }))
})

test('every name of the context stands for a prefix or a declared term, and every term has its name', async () => {
  const terms = new Map((await ownTerms()).map(({ name, iri }) => [name, iri]))
  const { '@context': context } = JSON.parse(await committed('ontology/context.jsonld')) as ContextDocument
  const names = Object.keys(context).filter(name => name !== '@version' && !Object.hasOwn(PREFIXES, name))
  expect(names.sort()).toEqual([...terms.keys()].sort())
  for (const name of names) {
    const entry = context[name] as string | { '@id': string; '@type': string }
    const { '@id': iri, '@type': type } = typeof entry === 'string' ? { '@id': entry, '@type': '@id' } : entry
    expect(expand(iri)).toBe(terms.get(name))
    expect(type === '@id' || expand(type).startsWith(PREFIXES.xsd), `${name} has values of type ${type}`).toBe(true)
  }
})

test('the committed context is that of the ontology', async () => {
  const context = `${JSON.stringify(jsonldContext(await ownTerms()), null, 2)}\n`
  expect(await committed('ontology/context.jsonld')).toBe(context)
})

test('a statement in JSON-LD reads in plain names', async () => {
  const stated = given(`
    id:election a cmq:Election ; cmq:electsPerson id:ahmed-nasser-al-raisi .
    id:session cmq:ordinal 89 ; cmq:statedBegin "--11-23"^^xsd:gMonthDay ; cmq:nameAsWritten "session"@en .`)
  expect((await compacted(stated))['@graph']).toEqual([
    { '@id': 'id:election', '@type': 'Election', electsPerson: 'id:ahmed-nasser-al-raisi' },
    {
      '@id': 'id:session',
      nameAsWritten: { '@language': 'en', '@value': 'session' },
      ordinal: '89',
      statedBegin: { '@type': 'xsd:gMonthDay', '@value': '--11-23' },
    },
  ])
})

test('no term of ours needs its prefix in the stated layer of the article', async () => {
  const nodes = (await compacted(project.layer('stated')))['@graph'] as Record<string, unknown>[]
  expect(nodes.length).toBeGreaterThan(40)
  const names = new Set(nodes.flatMap(node => [...Object.keys(node), ...[node['@type']].flat()]))
  expect(names).toContain('isElectedTo')
  expect([...names].filter(name => String(name).startsWith('cmq:'))).toEqual([])
})

test('the stated layer of the article comes back from JSON-LD without loss', async () => {
  const stated = project.layer('stated')
  expect(stated.length).toBeGreaterThan(300)
  expect(await thereAndBack(stated)).toEqual(lines(stated))
})

test('every claim of the article comes back from JSON-LD in its own graph, with its quote, voice and status', async () => {
  const graphs = /\/(claim\/[^/]+|provenance)$/
  const quads = project.store.getQuads(null, null, null, null).filter(({ graph }) => graphs.test(graph.value))
  expect(quads.length).toBeGreaterThan(1000)
  expect(await thereAndBack(quads)).toEqual(lines(quads))
})

test('the context is complete in itself: only a context that is named by its address would be fetched', async () => {
  fetched.length = 0
  await thereAndBack(given('id:istanbul a cmq:City ; cmq:isLocatedIn id:turkey .'))
  expect(fetched).toEqual([])
  const named = 'https://example.org/context.jsonld'
  await expect(jsonld.compact([], { '@context': named }, offline)).rejects.toThrow(named)
  expect(fetched).toEqual([named])
})

const nquads = 'application/n-quads'
const fetched: string[] = []
const offline = {
  documentLoader: async (url: string): Promise<never> => {
    fetched.push(url)
    throw new Error(`no network: ${url}`)
  },
}

async function compacted(quads: readonly Quad[]): Promise<Record<string, unknown>> {
  const context: object = JSON.parse(await committed('ontology/context.jsonld'))
  const document = await jsonld.fromRDF(lines(quads).join('\n'), { ...offline, format: nquads })
  return jsonld.compact(document, context, offline)
}

async function thereAndBack(quads: readonly Quad[]): Promise<string[]> {
  const expanded = await jsonld.expand(await compacted(quads), offline)
  return lines(new Parser({ format: nquads }).parse(await jsonld.toRDF(expanded, { ...offline, format: nquads })))
}

/** Each quad as its line of N-Quads, sorted. */
function lines(quads: readonly Quad[]): string[] {
  return new Writer({ format: nquads })
    .quadsToString([...quads])
    .trimEnd()
    .split('\n')
    .sort()
}
