import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, Store } from 'n3'
import { expect, test } from 'vitest'
import { openProject } from '../../src/answers/open.ts'
import { distribution } from '../../src/distribution/format.ts'
import { readMappings } from '../../src/linking/mapping.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { root } from '../given.ts'

const project = await openProject(root)
const written = (...call: [name: string, options?: object]): string => [...distribution(project, ...call).text].join('')
const { mappings } = project.links
const accepted = mappings.filter(({ verdict }) => verdict === 'accepted')

test('SSSOM has every verdict, the rejected as Not and what was looked for in vain, as the project has them', async () => {
  const text = written('sssom')
  const rows = (all: string): string => all.replace(/^#.*\n/gm, '')
  expect(rows(text)).toBe(rows(await readFile(join(root, 'data/links.sssom.tsv'), 'utf8')))
  expect(readMappings(text, 'links.tsv', PREFIXES)).toMatchObject({
    faults: [],
    set: { mappings, licence: project.links.licence },
  })
  expect(text.split('\n').filter(line => line.includes('\tNot\t'))).toHaveLength(
    mappings.filter(({ verdict }) => verdict === 'rejected').length,
  )
  expect(text).toContain('sssom:NoTermFound')
  const moved = written('sssom', { base: 'https://example.org/ours/' })
  const { set, faults } = readMappings(moved, 'moved.tsv', PREFIXES)
  expect(faults).toEqual([])
  expect(set.mappings.every(({ subject }) => subject.startsWith('https://example.org/ours/id/'))).toBe(true)
})

test('linksets have each accepted link in a graph, with its review, and count them for each source and relation', () => {
  const store = new Store(new Parser({ format: 'TriG' }).parse(written('linksets')))
  const iri = (name: string): string => name.replace(/^(\w+):/, (_, prefix: keyof typeof PREFIXES) => PREFIXES[prefix])
  const links = store.getSubjects('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', iri('cmq:Link'), '')
  expect(links).toHaveLength(accepted.length)
  for (const link of links) {
    expect(store.countQuads(null, null, null, link)).toBe(1)
    for (const property of ['prov:wasAttributedTo', 'prov:wasDerivedFrom', 'dcterms:modified'])
      expect(store.countQuads(link, iri(property), null, ''), property).toBe(1)
  }
  const sets = store.getSubjects('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', iri('void:Linkset'), '')
  const counts = sets.map(set => Number(store.getObjects(set, iri('void:triples'), '')[0]!.value))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(accepted.length)
  for (const set of sets) {
    const [source] = store.getObjects(set, iri('void:objectsTarget'), '')
    expect(store.countQuads(source!, iri('dcterms:license'), null, '')).toBe(1)
    for (const property of ['void:linkPredicate', 'void:subjectsTarget', 'prov:wasDerivedFrom', 'dcterms:modified'])
      expect(store.countQuads(set, iri(property), null, ''), property).toBe(1)
  }
})

test('for search engines the value of sameAs is a page', () => {
  const { '@graph': nodes } = JSON.parse(written('schema-org', { layer: 'linked' }))
  const turkey = nodes.find((node: { '@id': string }) => node['@id'].endsWith('/id/turkey'))
  expect(turkey.sameAs).toContain('https://www.wikidata.org/wiki/Q43')
  expect(written('schema-org')).not.toContain('sameAs')
})

test('links are whole, whatever the layer', () => {
  expect(() => distribution(project, 'sssom', { layer: 'linked' })).toThrow(expect.objectContaining({ code: 'whole-claims' }))
})
