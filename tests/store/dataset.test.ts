import type { Quad } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory, Store } from 'n3'
import { expect, test } from 'vitest'
import { tripleKey } from '../../src/rdf/term.ts'
import { IndexedDataset, type QuadLookup } from '../../src/store/dataset.ts'
import { termOf, termText } from '../../src/store/term-text.ts'

const { blankNode, defaultGraph, literal, namedNode, quad } = DataFactory

const terms = [
  namedNode('urn:a'),
  namedNode('urn:b'),
  blankNode('b'),
  literal('urn:a'),
  literal('a b', 'en'),
  literal('a b', { language: 'ar', direction: 'rtl' } as never),
  literal('1', namedNode('http://www.w3.org/2001/XMLSchema#integer')),
  literal(''),
  literal('with "quotes"\nand lines'),
  quad(namedNode('urn:a'), namedNode('urn:p'), quad(namedNode('urn:a'), namedNode('urn:p'), literal('x', 'en')) as never),
]

test('a term is the same after it was written and read', () => {
  for (const term of [...terms, defaultGraph()]) expect(termOf(termText(term)).equals(term)).toBe(true)
  expect(new Set(terms.map(termText)).size).toBe(terms.length)
})

type Pattern = Parameters<QuadLookup['getQuads']>

const arbitrary = fc
  .tuple(
    fc.constantFrom(...terms.slice(0, 3)),
    fc.constantFrom(namedNode('urn:p'), namedNode('urn:q')),
    fc.constantFrom(...terms),
    fc.constantFrom(defaultGraph(), namedNode('urn:g'), namedNode('urn:h')),
  )
  .map(([s, p, o, g]) => quad(s as never, p, o as never, g))

const keys = (quads: readonly Quad[]): string[] => quads.map(one => `${tripleKey(one)} ${one.graph.value}`).sort()

test('every pattern finds what n3.Store finds', () => {
  fc.assert(
    fc.property(
      fc.array(arbitrary, { maxLength: 25 }),
      arbitrary,
      fc.nat(15),
      (quads, { subject, predicate, object, graph }, mask) => {
        const [store, dataset] = [new Store(quads), IndexedDataset.of(quads)]
        const pattern = [subject, predicate, object, graph].map((term, part) => (mask & (1 << part) ? term : null)) as Pattern
        expect(keys(dataset.getQuads(...pattern))).toEqual(keys(store.getQuads(...pattern)))
        expect(dataset.countQuads(...pattern)).toBe(store.countQuads(...pattern))
        expect(dataset.size).toBe(store.size)
      },
    ),
    { numRuns: 500, seed: 89 },
  )
})

test('a layer takes the place of the default graph and keeps its own name', () => {
  const [own, added] = [quad(namedNode('urn:a'), namedNode('urn:p'), literal('own')), literal('added')]
  const named = quad(own.subject, own.predicate, added, namedNode('urn:layer'))
  const layer = IndexedDataset.of([own, named]).withDefaultGraph(namedNode('urn:layer'))
  expect(layer.getQuads(null, null, null, defaultGraph())).toEqual([quad(own.subject, own.predicate, added)])
  expect(keys(layer.getQuads())).toEqual(keys([named]))
  expect(layer.countQuads(null, null, null, null)).toBe(1)
  expect(layer.getObjects(own.subject, own.predicate, null)).toEqual([added])
})
