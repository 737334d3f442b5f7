import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Project, readProject } from '../../src/project/project.ts'
import { canonicalNQuads } from '../../src/syntax/canonical.ts'
import { SYNTAXES } from '../../src/syntax/syntax.ts'
import { writeQuads } from '../../src/syntax/write.ts'
import { announceMissing, manifestEntries, mf, suiteFile, suitesFolder } from '../conformance/manifest.ts'
import { root } from '../given.ts'
import { hasRaptor, isBeyond, isMisread, isSameByTrying, READERS } from './readers.ts'

test('each syntax that is written is read again by at least two parsers', () => {
  expect(Object.keys(READERS)).toEqual(SYNTAXES.filter(({ canWrite }) => canWrite).map(({ name }) => name))
  for (const readers of Object.values(READERS)) expect(Object.keys(readers).length).toBeGreaterThanOrEqual(2)
})

if (!hasRaptor) console.warn('Round trips by raptor were NOT RUN: scripts/install-raptor.sh installs it.')

describe('the article comes back as it was', () => {
  let project: Project
  let context: Record<string, string>
  beforeAll(async () => {
    project = await readProject(root)
    context = JSON.parse(readFileSync(`${root}/ontology/context.jsonld`, 'utf8'))['@context']
  })

  test.each(cases())('from %s by %s', async (syntax, reader) => {
    const { graphs } = SYNTAXES.find(({ name }) => name === syntax)!
    const quads = (graphs ? project.store.getQuads(null, null, null, null) : project.layer('stated')) as Quad[]
    expect(quads.length).toBeGreaterThan(300)
    const text = [...writeQuads(quads, { syntax, prefixes: project.prefixes, ...(syntax === 'jsonld' ? { context } : {}) })].join(
      '',
    )
    const read = await READERS[syntax]![reader]!(text)
    expect(canonicalNQuads(read) === canonicalNQuads(quads)).toBe(!isMisread(quads, reader, text))
  })
})

const openData = process.env.OPENDATA_DIR ?? fileURLToPath(new URL('../../../shared/opendata', import.meta.url))

describe('open data comes back as it was', () => {
  if (!existsSync(openData)) {
    test('the data is there, or its absence is announced', () => {
      const message = 'The round trips of open data were NOT RUN: set OPENDATA_DIR to the folder that has it.'
      if (process.env.COMMUNIQUE_SUITES === 'required') throw new Error(message)
      console.warn(message)
    })
    return
  }
  const files = readdirSync(openData, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ttl|nt)$/.test(name) && !name.startsWith('quirks'))
    .sort()

  let total = 0

  /** A file with more quads than this is read again by one parser a syntax, to keep the time down: five files. */
  const MANY = 20_000
  const FOR_MANY = ['turtle n3', 'nquads oxigraph', 'jsonld oxigraph']

  test.each(files)('%s', async file => {
    const format = file.endsWith('nt') ? 'application/n-triples' : 'text/turtle'
    const quads = new Parser({ format, baseIRI: 'https://example.org/' }).parse(
      readFileSync(`${openData}/${file}`, 'utf8'),
    ) as Quad[]
    total += quads.length
    const canonical = canonicalNQuads(quads)
    for (const [syntax, reader] of cases()) {
      if (quads.length > MANY && !FOR_MANY.includes(`${syntax} ${reader}`)) continue
      const text = [...writeQuads(quads, { syntax })].join('')
      const isSame = canonicalNQuads(await READERS[syntax]![reader]!(text)) === canonical
      expect(isSame, `${syntax} by ${reader}`).toBe(!isMisread(quads, reader, text))
    }
  })

  test('these were all', () => {
    expect([files.length, total]).toEqual([52, 859_090])
  })
})

describe.each([
  ['RDF 1.1 Turtle', 'rdf11/rdf-turtle/manifest.ttl', 'text/turtle'],
  ['RDF 1.1 TriG', 'rdf11/rdf-trig/manifest.ttl', 'application/trig'],
  ['RDF 1.2 Turtle', 'rdf12/rdf-turtle/eval/manifest.ttl', 'text/turtle'],
  ['RDF 1.2 TriG', 'rdf12/rdf-trig/eval/manifest.ttl', 'application/trig'],
])('what the tests of %s read comes back as it was', (_, path, format) => {
  if (suitesFolder() === undefined) {
    test('the suite is there, or its absence is announced', () => {
      console.warn(announceMissing('rdf-tests'))
    })
    return
  }
  const entries = manifestEntries(`https://w3c.github.io/rdf-tests/rdf/${path}`).filter(({ type }) => /Eval$/.test(type))
  test('the manifest names tests', () => {
    expect(entries.length).toBeGreaterThan(10)
  })
  test.each(entries)('$id', async ({ graph, node }) => {
    const iri = graph.getObjects(node as never, mf('action'), null)[0]!.value
    const quads = new Parser({ format, baseIRI: iri }).parse(suiteFile(iri)) as Quad[]
    const isTriples = quads.every(quad => quad.graph.termType === 'DefaultGraph')
    const isOld = ![...writeQuads(quads, { syntax: 'trig' })].join('').startsWith('VERSION')
    for (const [syntax, reader] of cases()) {
      const { graphs, tripleTerms } = SYNTAXES.find(({ name }) => name === syntax)!
      if ((!graphs && !isTriples) || (!tripleTerms && !isOld) || isBeyond(quads, reader, isOld)) continue
      const text = [...writeQuads(quads, { syntax })].join('')
      expect(isSameByTrying(quads, await READERS[syntax]![reader]!(text)), `${syntax} by ${reader}:\n${text}`).toBe(
        !isMisread(quads, reader, text),
      )
    }
  })
})

function cases(): (readonly [syntax: string, reader: string])[] {
  return Object.entries(READERS).flatMap(([syntax, readers]) => Object.keys(readers).map(reader => [syntax, reader] as const))
}
