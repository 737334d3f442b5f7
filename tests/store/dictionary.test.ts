import type { Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { termKey } from '../../src/rdf/term.ts'
import { compareTexts } from '../../src/sparql/value.ts'
import { Dictionary, LANGUAGE } from '../../src/store/dictionary.ts'

const { blankNode, defaultGraph, literal, namedNode, quad, variable } = DataFactory

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a', 'urn:a', 'en', '\u0000', '\u00e9', '\u{1f600}'))
const language = fc.constantFrom('en', 'EN', 'en-GB', { language: 'ar', direction: 'rtl' }, { language: 'ar', direction: 'ltr' })
const simple = fc.oneof(
  text.map(namedNode),
  text.filter(label => label !== '').map(blankNode),
  text.map(value => literal(value)),
  fc.tuple(text, language).map(([value, tag]) => literal(value, tag as never)),
  fc
    .tuple(
      text,
      text.filter(iri => iri !== ''),
    )
    .map(([value, datatype]) => literal(value, namedNode(datatype))),
  fc.constantFrom(defaultGraph(), variable('v')),
)
const term: fc.Arbitrary<Term> = fc.oneof(
  { weight: 5, arbitrary: simple },
  fc.tuple(simple, simple, simple).map(([s, p, o]) => quad(s as never, p as never, o as never) as unknown as Term),
)

test('equal terms have one id, others another, and each comes back as it was, also from an image', () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 60 }), terms => {
      const dictionary = new Dictionary()
      const ids = new Map<string, number>()
      for (const each of terms) {
        const id = dictionary.add(each)
        expect(ids.get(termKey(each)) ?? id).toBe(id)
        ids.set(termKey(each), id)
      }
      expect(new Set(ids.values()).size).toBe(ids.size)
      for (const held of [dictionary, new Dictionary(structuredClone(dictionary.image))])
        for (const each of terms) {
          const id = held.idOf(each)
          expect(held.termOf(id).equals(each)).toBe(true)
          expect(held.termOf(id)).toBe(held.termOf(id))
          expect(held.add(each)).toBe(id)
        }
    }),
    { numRuns: 500, seed: 89 },
  )
})

test('ids count from the default graph; what is not held has none', () => {
  const dictionary = new Dictionary()
  expect([dictionary.count, dictionary.idOf(defaultGraph()), dictionary.idOf(namedNode('urn:a'))]).toEqual([1, 1, 0])
  expect(dictionary.idOf(literal('chat', 'fr'))).toBe(0)
  expect([dictionary.add(namedNode('urn:a')), dictionary.count]).toEqual([2, 2])
})

test('the tag of a literal is its datatype or its language', () => {
  const dictionary = new Dictionary()
  const [plain, chat, one] = [literal('chat'), literal('chat', 'FR'), literal('1', namedNode('urn:number'))].map(each =>
    dictionary.add(each),
  )
  expect(dictionary.tagOf(plain!)).toBe(0)
  expect(dictionary.valueOf(dictionary.tagOf(chat!))).toBe('fr')
  expect(dictionary.kindOf(dictionary.tagOf(chat!))).toBe(LANGUAGE)
  expect(dictionary.termOf(dictionary.tagOf(one!)).value).toBe('urn:number')
})

test('half of a character is no text: it is not held, and is refused', () => {
  const half = literal('\ud800')
  expect(new Dictionary().idOf(half)).toBe(0)
  expect(() => new Dictionary().add(half)).toThrow('error[invalid-term] there is half of a character in "\\ud800"')
})

test('ten thousand terms are found again', () => {
  const dictionary = new Dictionary()
  const terms = Array.from({ length: 10_000 }, (_, index) => namedNode(`http://example.org/${index * 7}`))
  const ids = terms.map(each => dictionary.add(each))
  expect(terms.map(each => dictionary.idOf(each))).toEqual(ids)
  expect(terms.every((each, index) => dictionary.termOf(ids[index]!).equals(each))).toBe(true)
})

test('the texts of a dictionary compare by their characters', () => {
  let count = 0
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'http://example.org/'),
      (one, other, start) => {
        const dictionary = new Dictionary()
        const [left, right] = [one, other].map(ending => dictionary.add(literal(start + ending))) as [number, number]
        expect(dictionary.areTexts(left, right)).toBe(true)
        expect(Math.sign(dictionary.compareTexts(left, right))).toBe(Math.sign(compareTexts(start + one, start + other)))
        count++
      },
    ),
    { numRuns: 1000, seed: 89 },
  )
  expect(count).toBe(1000)
})
