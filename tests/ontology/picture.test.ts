import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { writeDot } from '../../src/drawing/dot.ts'
import { modelDrawing, modelSelection, type Selection } from '../../src/ontology/picture.ts'
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
  return { groups: [{ title: '', boxed: false, kind: 'other', classes }], edges, columns: [] }
}

test('a picture shows the classes and properties that are chosen', () => {
  const picture = writeDot(modelDrawing(terms, showing(['Election', 'Person'], ['elects', 'Election', 'Person'])))
  expect(picture).toMatch(/^digraph "/)
  expect(picture).toMatch(/^ {2}"Election" \[/m)
  expect(picture).toMatch(/^ {2}"Election" -> "Person" \[label=<.*elects/m)
})

test('a property may start at a sub-class of its domain, and anywhere if it is of every thing', () => {
  const selection = showing(['Election', 'Place'], ['isHeldIn', 'Election', 'Place'], ['concerns', 'Place', 'Election'])
  expect(modelDrawing(terms, selection).arrows).toMatchObject([
    { from: 'Election', to: 'Place', label: 'isHeldIn' },
    { from: 'Place', to: 'Election', label: 'concerns' },
  ])
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
  expect(() => modelDrawing(terms, selection)).toThrow(expect.objectContaining({ code: 'picture-not-true' }))
})

test('the picture of the model is true of the ontology and shows what was chosen', async () => {
  expect(() => modelDrawing([], modelSelection)).toThrow(expect.objectContaining({ code: 'picture-not-true' }))
  const { arrows } = modelDrawing(await ownTerms())
  expect(arrows.map(({ label, from, to }) => [label, from, to])).toEqual(modelSelection.edges)
})

test('the committed picture shows every class and property of the selection, with words for those who cannot see it', async () => {
  const svg = await committed('ontology/model.svg')
  const words = [...svg.matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map(([, text]) => text)
  expect(words).toEqual(expect.arrayContaining(modelSelection.groups.flatMap(({ classes }) => classes)))
  expect(words).toEqual(expect.arrayContaining(modelSelection.edges.map(([property]) => property)))
  expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="drawing-title"/)
  expect(svg).toMatch(/<title id="drawing-title">[^<]+<\/title>\n<desc id="drawing-description">[^<]+<\/desc>/)
})

test('all that is generated from the ontology is as it is committed', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/generate.js'), '--check'])
  expect(stdout).toBe('')
})
