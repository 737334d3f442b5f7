import type { Literal, Quad, Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { Dictionary } from '../../src/store/dictionary.ts'
import { QuadReader } from '../../src/store/quad-reader.ts'

const { blankNode, defaultGraph, literal, namedNode, quad } = DataFactory
const XSD = 'http://www.w3.org/2001/XMLSchema#'

// Few terms, so that guesses are right and wrong; texts that look like the end of another literal.
const iri = fc.constantFrom('urn:a', 'urn:b', `${XSD}integer`, 'urn:é').map(namedNode)
const value = fc.constantFrom('', 'a', 'urn:a', '"', 'a"@en', `1"^^${XSD}integer`, 'é\u{1f600}', '@en')
const kind = fc.constantFrom(
  undefined,
  'en',
  'EN-gb',
  { language: 'ar', direction: 'rtl' },
  namedNode(`${XSD}integer`),
  namedNode(`${XSD}string`),
)
const own = fc.tuple(value, kind).map(([text, tag]) => literal(text, tag as never) as Literal)
/** The literal of another library. */
const foreign = own.map(({ termType, value, language, direction, datatype }) => ({
  termType,
  value,
  language: language.toUpperCase(),
  direction,
  datatype,
  equals: () => false,
})) as unknown as fc.Arbitrary<Literal>
const label = fc.constantFrom('a', 'urn:a').map(blankNode)
const triple = fc.tuple(iri, own).map(([some, text]) => quad(some, some, text as never))
const quads = fc
  .tuple(fc.oneof(iri, label), iri, fc.oneof(iri, label, own, foreign, triple), fc.oneof(iri, label, fc.constant(defaultGraph())))
  .map(parts => quad(...(parts as unknown as [never, never, never, never])) as unknown as Quad)

test('gives the ids that each term has by itself', () => {
  let count = 0
  fc.assert(
    fc.property(fc.array(quads, { maxLength: 40, size: 'max' }), some => {
      const dictionary = new Dictionary()
      const reader = new QuadReader(dictionary, dictionary.add(namedNode('urn:default')))
      for (const each of some) {
        const { subject, predicate, object, graph } = reader.read(each)
        const terms = [each.subject, each.predicate, each.object]
        const named = each.graph.termType === 'DefaultGraph' ? namedNode('urn:default') : each.graph
        expect([subject, predicate, object, graph]).toEqual([...terms, named].map(term => dictionary.idOf(term as Term)))
        count++
      }
    }),
    { numRuns: 500, seed: 89 },
  )
  expect(count).toBeGreaterThan(5000)
})

test('half of a character is refused', () => {
  const half = quad(namedNode('urn:a'), namedNode('urn:b'), literal('\ud800')) as unknown as Quad
  expect(() => new QuadReader(new Dictionary(), 1).read(half)).toThrow('error[invalid-term] there is half of a character')
})
