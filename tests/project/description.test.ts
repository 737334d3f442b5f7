import { Parser, Store } from 'n3'
import * as oxigraph from 'oxigraph'
import { expect, test } from 'vitest'
import { describeDataset, descriptionTurtle } from '../../src/project/description.ts'
import { readProject } from '../../src/project/project.ts'
import { expand } from '../../src/rdf/prefixes.ts'
import { SYNTAXES } from '../../src/syntax/syntax.ts'
import { givenProject, root } from '../given.ts'

const project = await readProject(root)
const description = describeDataset(project)
const turtle = descriptionTurtle(description, project.prefixes)
const graph = new Store(new Parser().parse(turtle))
const dataset = 'https://w3id.org/communique/about'
const values = (subject: string, property: string): string[] =>
  graph.getObjects(subject, expand(property), null).map(({ value }) => value)

test('the description is Turtle that two parsers read alike', () => {
  expect(oxigraph.parse(turtle, { format: 'text/turtle' })).toHaveLength(graph.size)
  expect(graph.size).toBeGreaterThan(200)
})

test('it names licence, creator, version, source with its hash', () => {
  expect(values(dataset, 'rdf:type')).toEqual([expand('dcat:Dataset'), expand('void:Dataset')])
  expect(values(dataset, 'dcterms:license')).toEqual(['https://creativecommons.org/licenses/by/4.0/'])
  expect(values(dataset, 'owl:versionInfo')).toEqual(['0.1.0'])
  const [creator] = values(dataset, 'dcterms:creator')
  expect(values(creator!, 'rdfs:label')[0]).toContain('curating agent')
  const [source] = values(dataset, 'dcterms:source')
  expect(values(source!, 'cmq:sha256')).toEqual([project.documents[0]!.sha256])
  expect(values(source!, 'dcterms:rights')[0]).toContain('belong to their source')
})

test('its counts are those of the stated layer', () => {
  const stated = project.layer('stated')
  const count = (name: string): number => Number(values(dataset, `void:${name}`)[0])
  expect(count('triples')).toBe(stated.length)
  expect(count('distinctSubjects')).toBe(new Set(stated.map(({ subject }) => subject.value)).size)
  expect(count('properties')).toBe(new Set(stated.map(({ predicate }) => predicate.value)).size)
  const partitions = (kind: string, unit: string): Map<string, number> =>
    new Map(
      graph
        .getObjects(dataset, expand(`void:${kind}Partition`), null)
        .map(part => [
          graph.getObjects(part, expand(`void:${kind}`), null)[0]!.value,
          Number(graph.getObjects(part, expand(`void:${unit}`), null)[0]!.value),
        ]),
    )
  const properties = partitions('property', 'triples')
  expect([...properties.values()].reduce((sum, triples) => sum + triples, 0)).toBe(stated.length)
  expect(partitions('class', 'entities').get(expand('cmq:Country'))).toBe(13)
  expect(count('classes')).toBe(partitions('class', 'entities').size)
})

test('it has a distribution for each syntax that is written', () => {
  const media = values(dataset, 'dcat:distribution').flatMap(iri => values(iri, 'dcat:mediaType'))
  const written = SYNTAXES.filter(({ canWrite }) => canWrite)
  expect(media.sort()).toEqual(written.map(({ mediaType }) => `https://www.iana.org/assignments/media-types/${mediaType}`).sort())
})

test('words of a dataset stay text', async () => {
  const folder = await givenProject({
    'data/dataset.ttl': text => text.replace('"Communiques as claims"@en', '"A \\"title\\" . <x> <y> \\\\ \\nz"@en'),
  })
  const own = await readProject(folder)
  const quads = new Parser().parse(descriptionTurtle(describeDataset(own), own.prefixes))
  expect(quads.find(({ predicate }) => predicate.value === expand('dcterms:title'))?.object.value).toBe(
    'A "title" . <x> <y> \\ \nz',
  )
})
