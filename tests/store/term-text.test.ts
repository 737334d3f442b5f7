import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
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
