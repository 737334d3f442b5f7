import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import { Store } from 'oxigraph'
import { beforeAll, describe, expect, test } from 'vitest'
import { annotatedTriples } from '../../src/distribution/annotated.ts'
import { contentOf } from '../../src/distribution/content.ts'
import { DISTRIBUTION_FORMATS, type DistributionOptions, distribution } from '../../src/distribution/format.ts'
import { metadataOf } from '../../src/distribution/metadata.ts'
import { nanopublications } from '../../src/distribution/nanopublication.ts'
import { originOf } from '../../src/distribution/origin.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { isIsomorphic } from '../../src/syntax/canonical.ts'
import { readQuads } from '../../src/syntax/read.ts'
import { syntaxOf } from '../../src/syntax/syntax.ts'
import { givenProject, replacing, root } from '../given.ts'

let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

const textOf = (graph: Project, name: string, options: DistributionOptions = {}): string =>
  [...distribution(graph, name, options).text].join('')

async function parsedBy(parser: string, mediaType: string, text: string): Promise<readonly Quad[]> {
  if (parser === 'n3') return new Parser({ format: mediaType }).parse(text) as Quad[]
  if (parser === 'oxigraph') {
    const store = new Store()
    store.load(text, { format: mediaType })
    return store.match() as unknown as Quad[]
  }
  if (parser === 'jsonld.js') {
    const { default: jsonld } = (await import('jsonld')) as unknown as {
      default: { toRDF(document: object, options: object): Promise<string> }
    }
    return new Parser({ format: 'application/n-quads' }).parse(
      await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads' }),
    ) as Quad[]
  }
  const quads: Quad[] = []
  for await (const quad of readQuads(text, { file: 'export', baseIRI: 'urn:x:', syntax: syntaxOf(mediaType) })) quads.push(quad)
  return quads
}

/** At least two parsers for each syntax that is exported. */
const PARSERS: Readonly<Record<string, readonly string[]>> = {
  'text/turtle': ['n3', 'oxigraph'],
  'application/trig': ['n3', 'oxigraph'],
  'application/n-triples': ['n3', 'oxigraph'],
  'application/n-quads': ['n3', 'oxigraph'],
  'application/ld+json': ['jsonld.js', 'oxigraph', 'jsonld-streaming-parser'],
}

const EXPORTS: readonly (readonly [name: string, options: DistributionOptions, expected: (graph: Project) => readonly Quad[]])[] =
  [
    ...['turtle', 'trig', 'ntriples', 'nquads', 'jsonld', 'framed'].map(
      name => [name, {}, (graph: Project) => contentOf(graph).quads] as const,
    ),
    ['turtle', { layer: 'inferred' }, graph => contentOf(graph, { layer: 'inferred' }).quads],
    ...['trig', 'nquads', 'jsonld'].map(
      name => [name, { dataset: true }, (graph: Project) => contentOf(graph, { dataset: true }).quads] as const,
    ),
    ['annotated', {}, graph => [...contentOf(graph).quads, ...annotatedTriples(graph)]],
    ['nanopub', {}, graph => [...nanopublications(graph), ...metadataOf(graph)]],
  ]

describe('what is handed over is read again as it was', () => {
  test.each(EXPORTS)('%s %j', async (name, options, expected) => {
    const { mediaType } = DISTRIBUTION_FORMATS.find(format => format.name === name)!
    const text = textOf(project, name, options)
    for (const parser of PARSERS[mediaType]!)
      expect(isIsomorphic(await parsedBy(parser, mediaType, text), expected(project)), parser).toBe(true)
  })
})

test.each(['turtle', 'trig', 'jsonld', 'annotated', 'nanopub'])('%s, read again, tells where it comes from', async name => {
  const { mediaType } = DISTRIBUTION_FORMATS.find(format => format.name === name)!
  expect(originOf(await parsedBy('ours', mediaType, textOf(project, name)))).toMatchObject({
    title: expect.stringContaining('Communiques as claims'),
    sources: [{ iri: 'https://w3id.org/communique/doc/interpol-ga-89', sha256: expect.stringMatching(/^7e52118e7e3a2446/) }],
    assertedBy: ['the author of the document'],
    modified: '2026-11-24',
    license: 'https://creativecommons.org/licenses/by/4.0/',
  })
})

test.each([
  ['a count', 'cmq:countValue 195', 'cmq:countValue 196'],
  ['who is elected', 'cmq:electsPerson id:ahmed-nasser-al-raisi', 'cmq:electsPerson id:igor-zubov'],
  ['a place', 'cmq:isPlannedIn id:india', 'cmq:isPlannedIn id:chile'],
])('one claim changed - %s - changes at most ten lines', async (_, from, to) => {
  const changed = await readProject(await givenProject({ 'data/interpol-ga-89/claims.md': replacing(from, to) }))
  for (const name of ['turtle', 'trig', 'jsonld']) {
    const [before, after] = [project, changed].map(graph => textOf(graph, name).split('\n'))
    const without = (lines: readonly string[], others: readonly string[]): number =>
      lines.filter(line => !others.includes(line)).length
    expect(without(before!, after!), name).toBeGreaterThan(0)
    expect(Math.max(without(before!, after!), without(after!, before!)), name).toBeLessThanOrEqual(10)
  }
})
