import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { modelPicture, modelSelection, type Selection } from '../../src/ontology/picture.ts'
import { root } from '../given.ts'
import { committed, givenTerms, ownTerms } from './given.ts'

const terms = givenTerms(`
  :Event a owl:Class . :Election a owl:Class ; rdfs:subClassOf :Event .
  :Person a owl:Class . :Place a owl:Class .
  :elects a owl:ObjectProperty ; rdfs:domain :Election ; rdfs:range :Person .
  :isHeldIn a owl:ObjectProperty ; rdfs:domain :Event ; rdfs:range :Place .
  :concerns a owl:ObjectProperty ; rdfs:domain owl:Thing ; rdfs:range owl:Thing .
  :name a owl:DatatypeProperty ; rdfs:domain :Person ; rdfs:range xsd:string .`)

function showing(classes: readonly string[], ...edges: Selection['edges'][number][]): Selection {
  return { groups: [{ title: '', boxed: false, color: '#000', fill: '#fff', classes }], edges, columns: [] }
}

test('a picture shows the classes and properties that are chosen', () => {
  const picture = modelPicture(terms, showing(['Election', 'Person'], ['elects', 'Election', 'Person']))
  expect(picture).toMatch(/^digraph model \{/)
  expect(picture).toMatch(/^ {4}Election \[/m)
  expect(picture).toMatch(/^ {2}Election -> Person \[label=<.*elects/m)
})

test('a property may start at a sub-class of its domain, and anywhere if it is of every thing', () => {
  const picture = modelPicture(
    terms,
    showing(['Election', 'Place'], ['isHeldIn', 'Election', 'Place'], ['concerns', 'Place', 'Election']),
  )
  expect(picture).toContain('Election -> Place')
  expect(picture).toContain('Place -> Election')
})

test.each<[string, Selection]>([
  ['a property that is not declared', showing(['Election', 'Person'], ['chooses', 'Election', 'Person'])],
  ['a property whose values are no things', showing(['Person', 'Place'], ['name', 'Person', 'Place'])],
  ['a property from a class that does not have it', showing(['Event', 'Person'], ['elects', 'Event', 'Person'])],
  ['a property to a class that it does not lead to', showing(['Election', 'Place'], ['elects', 'Election', 'Place'])],
  ['a class that is not declared', showing(['Ballot'])],
  ['a property as a class', showing(['elects'])],
  ['an end that is not shown', showing(['Election'], ['elects', 'Election', 'Person'])],
])('%s is not drawn', (_, selection) => {
  expect(() => modelPicture(terms, selection)).toThrow(expect.objectContaining({ code: 'picture-not-true' }))
})

test('the picture of the model is true of the ontology and shows what was chosen', async () => {
  expect(() => modelPicture([], modelSelection)).toThrow(expect.objectContaining({ code: 'picture-not-true' }))
  const picture = modelPicture(await ownTerms())
  for (const [property, from, to] of modelSelection.edges) expect(picture).toMatch(new RegExp(`${from} -> ${to} .*${property}<`))
})

test('the committed picture shows every class and property of the selection, with words for those who cannot see it', async () => {
  const svg = await committed('ontology/model.svg')
  const words = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(words).toEqual(expect.arrayContaining(modelSelection.groups.flatMap(({ classes }) => classes)))
  expect(words).toEqual(expect.arrayContaining(modelSelection.edges.map(([property]) => property)))
  expect(svg).toMatch(/<svg role="img" aria-label="[^"]+"/)
})

test('all that is generated from the ontology is as it is committed', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/generate.js'), '--check'])
  expect(stdout).toBe('')
})
