import type { Quad } from '@rdfjs/types'
import { beforeAll, describe, expect, test } from 'vitest'
import { contentOf } from '../../src/distribution/content.ts'
import type { KnowledgeGraph } from '../../src/project/knowledge-graph.ts'
import { readProject } from '../../src/project/project.ts'
import { expand } from '../../src/rdf/prefixes.ts'
import { tripleText } from '../../src/rdf/turtle.ts'
import { root } from '../given.ts'

let project: KnowledgeGraph
beforeAll(async () => {
  project = await readProject(root)
})

/** The objects of a property, as written in Turtle. */
function values(quads: readonly Quad[], property: string): string[] {
  const found = quads.filter(({ predicate }) => predicate.value === expand(property))
  return [...new Set(found.map(quad => tripleText(quad, project.prefixes).split(/\s+/).slice(2).join(' ')))]
}

const DOCUMENT = '<https://w3id.org/communique/doc/interpol-ga-89>'

describe('whatever is handed over tells', () => {
  test.each([
    ['the stated layer', {}],
    ['the inferred layer', { layer: 'inferred' as const }],
    ['the dataset', { dataset: true }],
    ['one graph', { graph: 's12-1' }],
    ['what has no text', { noText: true }],
  ])('%s: its source and the hash of it, who asserts it, its date and its licence', (_, options) => {
    const { quads: all, about } = contentOf(project, options)
    // The sources of links have licences of their own.
    const quads = all.filter(({ subject }) => [about, DOCUMENT.slice(1, -1)].includes(subject.value))
    expect(values(quads, 'dcterms:source')).toEqual([DOCUMENT])
    expect(values(quads, 'cmq:sha256')).toEqual(['"7e52118e7e3a244683573502d59102c1a307338f8cbc368a443da0cd47a5b4a7"'])
    expect(values(quads, 'prov:wasAttributedTo')).toEqual(['<https://w3id.org/communique/doc/interpol-ga-89/author>'])
    expect(values(quads, 'dcterms:modified')).toEqual(['"2026-11-24"^^xsd:date'])
    expect(values(quads, 'dcterms:license')).toEqual(['<https://creativecommons.org/licenses/by/4.0/>'])
  })
})

test('a layer is its triples and what is told of it, nothing else', () => {
  const { quads } = contentOf(project)
  const layer = project.store.getQuads(null, null, null, { termType: 'DefaultGraph', value: '' } as never)
  const texts = new Set(quads.map(quad => tripleText(quad, {})))
  expect(quads.every(({ graph }) => graph.termType === 'DefaultGraph')).toBe(true)
  expect(layer.every(quad => texts.delete(tripleText(quad, {})))).toBe(true)
  expect([...texts].filter(text => !/^<https:\/\/w3id.org\/communique\/(about|agent|layer|doc)/.test(text))).toEqual([])
})

test('without text no words of a sentence are left, but where they stand', () => {
  const { quads } = contentOf(project, { dataset: true, noText: true })
  const all = contentOf(project, { dataset: true }).quads
  for (const property of ['cmq:passageText', 'oa:exact', 'oa:prefix', 'oa:suffix']) {
    expect(values(all, property).length).toBeGreaterThan(10)
    expect(values(quads, property)).toEqual([])
  }
  expect(values(quads, 'oa:start')).toEqual(values(all, 'oa:start'))
  const sentence = all.find(({ predicate }) => predicate.value === expand('cmq:passageText'))!.object.value
  expect(JSON.stringify(quads)).not.toContain(sentence)
})

test('another base is that of things, documents, claims, graphs and agents, not of the vocabulary; a map tells what became of each', () => {
  const { quads, iris, graph } = contentOf(project, { dataset: true, base: 'https://press.example/kg/' })
  const named = new Set(quads.flatMap(quad => [quad.subject, quad.predicate, quad.object, quad.graph]).map(({ value }) => value))
  const old = [...named].filter(iri => iri.startsWith('https://w3id.org/communique/'))
  expect(old.filter(iri => !/communique\/(ns#|ontology|rule\/)/.test(iri))).toEqual([])
  expect(iris.get('https://w3id.org/communique/id/chile')).toBe('https://press.example/kg/id/chile')
  expect([...iris.values()].every(iri => named.has(iri))).toBe(true)
  expect(graph.prefixes.id).toBe('https://press.example/kg/id/')
  expect(values(quads, 'void:uriSpace')).toEqual(['"https://press.example/kg/"'])
  expect(contentOf(project, { base: 'https://w3id.org/communique/' }).quads.length).toBe(contentOf(project).quads.length)
})

test.each([
  [{ graph: 's12-11' }, 'unknown-graph', 'did you mean "s12-1"?'],
  [{ base: 'press.example' }, 'base-iri', 'give an absolute IRI that ends in / or #, such as https://example.org/communique/'],
])('%j is told how to mend it', (options, code, mend) => {
  expect(() => contentOf(project, options)).toThrow(expect.objectContaining({ code, mend }))
})
