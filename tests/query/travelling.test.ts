import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { parseQuery, queryText } from '../../src/query/engine.ts'
import { travelling } from '../../src/query/travelling.ts'

const layer = DataFactory.namedNode('urn:layer')

/** The text that is sent, without parentheses. */
async function travelled(text: string): Promise<string> {
  const algebra = await parseQuery(text, { prefixes: { '': 'urn:' } })
  return (await queryText(travelling(algebra, layer))).replace(/[\s()]+/g, ' ').trim()
}

test.each([
  [
    'what sees the default graph names that of the layer',
    'SELECT ?s { ?s :p ?o }',
    'SELECT ?s WHERE { GRAPH <urn:layer> { ?s <urn:p> ?o . } }',
  ],
  ['what names a graph keeps it', 'SELECT ?s { GRAPH ?g { ?s :p ?o } }', 'SELECT ?s WHERE { GRAPH ?g { ?s <urn:p> ?o . } }'],
  [
    'a parameter with one value is a constant',
    'SELECT ?s ?o { VALUES ?o { :a } ?s :p ?o }',
    'SELECT ?s ?o WHERE { VALUES ?o { <urn:a> } GRAPH <urn:layer> { ?s <urn:p> <urn:a> . } }',
  ],
  [
    'one with several stays a row, one without leaves',
    'SELECT ?s { VALUES ?o { :a :b } VALUES ?x { UNDEF } ?s :p ?o }',
    'SELECT ?s WHERE { VALUES ?o { <urn:a> <urn:b> } GRAPH <urn:layer> { ?s <urn:p> ?o . } }',
  ],
  [
    'a sub-SELECT has its graph within',
    'SELECT ?s { { SELECT ?s { ?s :p ?o } LIMIT 1 } }',
    'SELECT ?s WHERE { SELECT ?s WHERE { GRAPH <urn:layer> { ?s <urn:p> ?o . } } LIMIT 1 }',
  ],
  [
    'a path of any length from a constant is walked by itself',
    'SELECT ?s { ?s :p+ :a ; a ?type }',
    'SELECT ?s WHERE { { SELECT ?s WHERE { GRAPH <urn:layer> { ?s <urn:p>+ <urn:a> . } } LIMIT 1000000000 } GRAPH <urn:layer> { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?type . } }',
  ],
  [
    'so is one in a graph with a name',
    'SELECT ?s { GRAPH :g { :a :p* ?s . ?s :q ?o } }',
    'SELECT ?s WHERE { { SELECT ?s WHERE { GRAPH <urn:g> { <urn:a> <urn:p>* ?s . } } LIMIT 1000000000 } GRAPH <urn:g> { ?s <urn:q> ?o . } }',
  ],
  [
    'one between variables, and one of an EXISTS, stay where they are',
    'SELECT ?s { ?s :p* ?o FILTER EXISTS { ?s :q+ :a } }',
    'SELECT ?s WHERE { GRAPH <urn:layer> { { ?s <urn:p>* ?o . FILTER EXISTS { ?s <urn:q>+ <urn:a> . } } } }',
  ],
  [
    'ASK is a row or none',
    'ASK { ?s :p ?o }',
    'SELECT ?yes WHERE { GRAPH <urn:layer> { { ?s <urn:p> ?o . BIND "1"^^<http://www.w3.org/2001/XMLSchema#integer> AS ?yes } } } LIMIT 1',
  ],
  [
    'what must not exist is looked for in the layer, too',
    'SELECT ?s { ?s :p ?o FILTER NOT EXISTS { ?s :q ?o } }',
    'SELECT ?s WHERE { GRAPH <urn:layer> { { ?s <urn:p> ?o . FILTER NOT EXISTS { ?s <urn:q> ?o . } } } }',
  ],
])('%s', async (_, text, expected) => {
  expect(await travelled(text)).toBe(expected)
})

test.each([
  'SELECT * FROM :g { ?s ?p ?o }',
  'SELECT * FROM NAMED :g { GRAPH ?g { ?s ?p ?o } }',
  'SELECT * { SERVICE :s { ?s ?p ?o } }',
])('%s does not travel', async text => {
  await expect(travelled(text)).rejects.toMatchObject({ code: 'query-refused' })
})
