import { readdirSync, readFileSync } from 'node:fs'
import type { Quad, Term } from '@rdfjs/types'
import type { NamedNode } from 'n3'
import { describe, expect, test } from 'vitest'
import { rdf } from '../../src/rdf/vocabulary.ts'
import { type ReadOptions, readQuads } from '../../src/syntax/read.ts'
import { syntaxOf } from '../../src/syntax/syntax.ts'
import { areIsomorphic } from './isomorphism.ts'
import knownFailures from './known-failures.json' with { type: 'json' }
import { announceMissing, type ManifestEntry, manifestEntries, mf, suiteFile, suitesFolder } from './manifest.ts'

const causes: Readonly<Record<string, string>> = knownFailures

/** The manifests of syntaxes with how many tests each has here, and how many of these are about reading. */
const SUITES: readonly (readonly [name: string, folder: string, tests: number, reading: number])[] = [
  ['Turtle 1.1', 'rdf11/rdf-turtle', 313, 313],
  ['Turtle 1.2', 'rdf12/rdf-turtle', 416, 416],
  ['TriG 1.1', 'rdf11/rdf-trig', 356, 356],
  ['TriG 1.2', 'rdf12/rdf-trig', 416, 416],
  ['N-Triples 1.1', 'rdf11/rdf-n-triples', 70, 70],
  ['N-Triples 1.2', 'rdf12/rdf-n-triples', 140, 99],
  ['N-Quads 1.1', 'rdf11/rdf-n-quads', 87, 87],
  ['N-Quads 1.2', 'rdf12/rdf-n-quads', 155, 114],
  ['RDF/XML 1.1', 'rdf11/rdf-xml', 166, 166],
  ['RDF/XML 1.2', 'rdf12/rdf-xml', 197, 197],
]

if (suitesFolder() === undefined) {
  test('the suites are there, or their absence is announced', () => {
    console.warn(announceMissing('rdf-tests'), announceMissing('json-ld-api'))
  })
}

// What is not there is announced above.
describe.skipIf(suitesFolder() === undefined)('W3C test suites', () => {
  for (const [name, folder, count, reading] of SUITES) {
    const entries =
      suitesFolder() === undefined ? [] : manifestEntries(`https://w3c.github.io/rdf-tests/rdf/${folder}/manifest.ttl`)
    // Those of canonical forms are about writing.
    const run = entries.filter(({ type }) => !/C14N$/.test(type))
    test(`${name}: the manifests name ${count} tests, and ${reading} of them are about reading`, () => {
      expect([entries.length, run.length]).toEqual([count, reading])
    })
    for (const entry of run) failing(`${name}: ${entry.id}`, () => runTest(entry))
  }

  const entries = suitesFolder() === undefined ? [] : jsonldEntries()
  test('JSON-LD: the manifest names 467 tests, of which 456 are about version 1.1', () => {
    expect([entries.length, entries.filter(isVersion11).length]).toEqual([467, 456])
  })
  for (const entry of entries.filter(isVersion11)) failing(`JSON-LD: ${entry['@id']}`, () => runJsonldTest(entry))

  test('each known failure is that of a test', () => {
    const titles = SUITES.flatMap(([name, folder]) =>
      manifestEntries(`https://w3c.github.io/rdf-tests/rdf/${folder}/manifest.ttl`).map(({ id }) => `${name}: ${id}`),
    )
    const known = Object.keys(causes).filter(title => !/^(SPARQL|JSON-LD 1.1:|C14N|RDFC)/.test(title))
    expect(known.filter(title => ![...titles, ...entries.map(entry => `JSON-LD: ${entry['@id']}`)].includes(title))).toEqual([])
  })
})

function failing(title: string, run: () => Promise<void>): void {
  const runs = title in causes ? test.fails : test
  runs(title, run)
}

async function runTest({ type, graph, node, manifest }: ManifestEntry): Promise<void> {
  const value = (subject: Term, predicate: NamedNode): Term | undefined => graph.getObjects(subject as never, predicate, null)[0]
  const action = value(node, mf('action'))!.value
  const [about] = graph.getSubjects(rdf.type, mf('Manifest'), null)
  const folder = manifest.slice(0, manifest.lastIndexOf('/') + 1)
  const base = value(about!, mf('assumedTestBase'))?.value ?? folder
  const read = readAll(action, { baseIRI: base + action.slice(folder.length) })
  if (/Negative/.test(type)) {
    const code = expect.stringMatching(/^(turtle-syntax|undeclared-prefix|rdfxml-syntax)$/)
    const where = { file: action, line: expect.any(Number), column: expect.any(Number) }
    await expect(read).rejects.toMatchObject({ code, where })
    return
  }
  const quads = await read
  const result = value(node, mf('result'))?.value
  expect(type).toMatch(result === undefined ? /PositiveSyntax$/ : /Eval$/)
  if (result !== undefined) expect(await areIsomorphic(quads, await readAll(result))).toBe(true)
}

const JSONLD = 'https://w3c.github.io/json-ld-api/tests/'

interface JsonldEntry {
  readonly '@id': string
  readonly '@type': readonly string[]
  readonly input: string
  readonly expect?: string
  readonly option?: {
    readonly specVersion?: string
    readonly base?: string
    readonly expandContext?: string
    readonly rdfDirection?: 'i18n-datatype' | 'compound-literal'
    readonly processingMode?: 'json-ld-1.0' | 'json-ld-1.1'
  }
}

function jsonldEntries(): JsonldEntry[] {
  return JSON.parse(suiteFile(`${JSONLD}toRdf-manifest.jsonld`)).sequence
}

function isVersion11({ option }: JsonldEntry): boolean {
  return option?.specVersion !== 'json-ld-1.0'
}

async function runJsonldTest({ '@type': types, input, expect: result, option = {} }: JsonldEntry): Promise<void> {
  const read = readAll(JSONLD + input, {
    baseIRI: option.base ?? JSONLD + input,
    contexts: contexts(),
    jsonld: {
      ...(option.expandContext && { context: JSON.parse(suiteFile(JSONLD + option.expandContext))['@context'] }),
      ...(option.rdfDirection && { rdfDirection: option.rdfDirection }),
      ...(option.processingMode && { processingMode: option.processingMode === 'json-ld-1.0' ? '1.0' : '1.1' }),
    },
  })
  if (types.includes('jld:NegativeEvaluationTest')) {
    const where = { file: JSONLD + input, line: expect.any(Number), column: expect.any(Number) }
    await expect(read).rejects.toMatchObject({ code: expect.stringMatching(/^(jsonld-syntax|unknown-context)$/), where })
    return
  }
  const quads = await read
  expect(types.includes('jld:PositiveSyntaxTest')).toBe(result === undefined)
  if (result !== undefined) expect(await areIsomorphic(quads, await readAll(JSONLD + result))).toBe(true)
}

/** Everything that a test of JSON-LD may name as a context. */
function contexts(): Record<string, unknown> {
  const folder = `${suitesFolder()}/json-ld-api/tests`
  const names = readdirSync(`${folder}/toRdf`, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.jsonld'))
  const files = ['context.jsonld', ...names.map(name => `toRdf/${name}`)]
  return Object.fromEntries(
    files.flatMap(name => {
      const text = readFileSync(`${folder}/${name}`, 'utf8')
      return text.includes('"@context"') ? [[JSONLD + name, JSON.parse(text)]] : []
    }),
  )
}

/** Reads a file of a suite through our reader. */
async function readAll(iri: string, options: Partial<ReadOptions> = {}): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const quad of readQuads(Buffer.from(suiteFile(iri)), { file: iri, baseIRI: iri, syntax: syntaxOf(iri), ...options }))
    quads.push(quad)
  return quads
}
