import { DataFactory, Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { namespace } from '../../src/rdf/namespace.ts'
import { rdf } from '../../src/rdf/vocabulary.ts'
import { canonicalLabels, canonicalNQuads, datasetHash } from '../../src/syntax/canonical.ts'
import { writeQuads } from '../../src/syntax/write.ts'
import { announceMissing, type ManifestEntry, manifestEntries, mf, suiteFile, suitesFolder } from './manifest.ts'

const rdfc = namespace('https://w3c.github.io/rdf-canon/tests/vocab#')

describe('W3C test suite of RDFC-1.0', () => {
  if (suitesFolder() === undefined) {
    test('the suite is there, or its absence is announced', () => {
      console.warn(announceMissing('rdf-canon'))
    })
    return
  }
  const entries = manifestEntries('https://w3c.github.io/rdf-canon/tests/manifest.ttl')
  test('the manifest names 86 tests', () => {
    expect(entries).toHaveLength(86)
  })
  test.each(entries)('RDFC-1.0: $id', entry => {
    const quads = parsed(actionOf(entry))
    const algorithm = entry.graph.getObjects(entry.node as never, rdfc('hashAlgorithm'), null)[0]?.value
    const options = algorithm === 'SHA384' ? ({ algorithm: 'sha384' } as const) : {}
    if (/Negative/.test(entry.type)) expect(() => canonicalNQuads(quads)).toThrow('error[canonical-refused]')
    else if (/Map/.test(entry.type))
      expect(Object.fromEntries(canonicalLabels(quads, options))).toEqual(JSON.parse(suiteFile(resultOf(entry))))
    else expect(canonicalNQuads(quads, options)).toBe(suiteFile(resultOf(entry)))
  })
})

describe.each([
  ['N-Triples', 'ntriples'],
  ['N-Quads', 'nquads'],
])('W3C test suite of canonical %s 1.2', (title, syntax) => {
  if (suitesFolder() === undefined) {
    test('the suite is there, or its absence is announced', () => {
      console.warn(announceMissing('rdf-tests'))
    })
    return
  }
  const entries = manifestEntries(`https://w3c.github.io/rdf-tests/rdf/rdf12/rdf-${syntax.replace(/^n/, 'n-')}/c14n/manifest.ttl`)
  test('the manifest names its tests', () => {
    expect(entries.length).toBeGreaterThan(40)
  })
  test.each(entries)(`${title}: $id`, entry => {
    const quads = new Parser({ format: title, blankNodePrefix: '_:' }).parse(suiteFile(actionOf(entry)))
    // Two of the tests have two lines, as the input has them; our lines are sorted.
    const expected = suiteFile(resultOf(entry)).trimEnd().split('\n').sort()
    expect([...writeQuads(quads, { syntax, unstable: true })].join('')).toBe(`${expected.join('\n')}\n`)
  })
})

test('graphs made to keep a program busy are refused fast', () => {
  const p = DataFactory.namedNode('urn:p')
  const nodes = Array.from({ length: 40 }, (_, index) => DataFactory.blankNode(`n${index}`))
  const chain = Array.from({ length: 3000 }, (_, index) =>
    DataFactory.quad(DataFactory.blankNode(`n${index}`), p, DataFactory.blankNode(`n${index + 1}`)),
  )
  const clique = nodes.flatMap(one => nodes.map(other => DataFactory.quad(one, p, other)))
  for (const quads of [chain, clique]) {
    const start = performance.now()
    expect(() => datasetHash(quads)).toThrow('error[canonical-refused]')
    expect(performance.now() - start).toBeLessThan(20_000)
  }
})

test('blank nodes beside triple terms have no canonical name in RDFC-1.0; without blank nodes sorting is enough', () => {
  const triple = DataFactory.quad(DataFactory.namedNode('urn:a'), DataFactory.namedNode('urn:p'), DataFactory.literal('x'))
  const about = (reifier: string) => [
    DataFactory.quad(
      reifier === '' ? DataFactory.blankNode() : DataFactory.namedNode(reifier),
      DataFactory.namedNode(`${rdf.type.value.replace(/type$/, 'reifies')}`),
      triple as never,
    ),
  ]
  expect(canonicalNQuads(about('urn:r'))).toBe(
    '<urn:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:a> <urn:p> "x" )>> .\n',
  )
  expect(() => canonicalNQuads(about(''))).toThrow('error[canonical-refused] RDFC-1.0 does not tell')
})

function parsed(iri: string) {
  return new Parser({ format: 'N-Quads', blankNodePrefix: '_:' }).parse(suiteFile(iri))
}

function actionOf({ graph, node }: ManifestEntry): string {
  return graph.getObjects(node as never, mf('action'), null)[0]!.value
}

function resultOf({ graph, node }: ManifestEntry): string {
  return graph.getObjects(node as never, mf('result'), null)[0]!.value
}
