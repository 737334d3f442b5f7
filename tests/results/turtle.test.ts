import { DataFactory, Parser } from 'n3'
import { isomorphic } from 'rdf-isomorphic'
import { expect, test } from 'vitest'
import { cmq, rdf } from '../../src/rdf/vocabulary.ts'
import { claim, drawn, givenAnswer, id, integer, row, written } from './given.ts'

const { blankNode, literal, namedNode, quad } = DataFactory

const TRIPLES = givenAnswer({
  form: 'CONSTRUCT',
  columns: ['subject', 'predicate', 'object'],
  rows: [
    row({ subject: id('session-89'), predicate: cmq.ordinal, object: integer(89) }, claim('s1-2', 'the 89th session')),
    row(
      { subject: id('istanbul'), predicate: cmq.isLocatedIn, object: id('turkey') },
      claim('s1-5', 'Istanbul (Republic of Turkey)'),
    ),
    row(
      { subject: id('session-89'), predicate: rdf.type, object: cmq.AssemblySession },
      drawn('type-1', 'Inference', 'What has sessions', [
        claim('s1-2', 'the 89th session'),
        claim('s1-3', 'the General Assembly'),
      ]),
    ),
  ],
})

test('triples stand by subject in the order of their first, types first, under the prefixes that are used', () => {
  expect(written('turtle', TRIPLES)).toBe(`@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix id: <https://w3id.org/communique/id/> .

id:session-89 a cmq:AssemblySession ;
  cmq:ordinal 89 .

id:istanbul cmq:isLocatedIn id:turkey .
`)
})

test('citations are comments at the end of the line', () => {
  expect(written('turtle', TRIPLES, { cite: true })).toContain(`
id:session-89 a cmq:AssemblySession ; # [type-1] [s1-2] [s1-3]
  cmq:ordinal 89 . # [s1-2]

id:istanbul cmq:isLocatedIn id:turkey . # [s1-5]
`)
})

test('no triples are an empty text, and terms without prefixes need none', () => {
  expect(written('turtle', givenAnswer({ form: 'DESCRIBE' }))).toBe('')
  const rows = [row({ subject: namedNode('urn:s'), predicate: namedNode('urn:p'), object: literal('a') })]
  expect(written('turtle', givenAnswer({ form: 'DESCRIBE', rows }))).toBe('<urn:s> <urn:p> "a" .\n')
})

test('what is read again is the same graph', () => {
  const [s, p] = [id('s'), namedNode('http://www.w3.org/2002/07/owl#sameAs')]
  const objects = [
    literal('one\ntwo\t"three" \\ \u001b[31m'),
    literal('قطة', { language: 'ar', direction: 'rtl' } as never),
    literal('5.', namedNode('http://www.w3.org/2001/XMLSchema#decimal')),
    literal('1', namedNode('urn:type')),
    integer(-5),
    blankNode('not a label > .'),
    namedNode('https://w3id.org/communique/id/a/b'),
    namedNode('https://w3id.org/communique/id/a.'),
    quad(s, rdf.type as never, integer(5)) as never,
  ]
  const rows = objects.map(object => row({ subject: s, predicate: p, object }))
  const quads = objects.map(object => quad(s, p, object))
  const read = new Parser({ format: 'text/turtle' }).parse(
    written('turtle', givenAnswer({ form: 'CONSTRUCT', rows }), { cite: true }),
  )
  expect(isomorphic(read, quads)).toBe(true)
})

test('a term that Turtle cannot carry is refused before anything is written', () => {
  const rows = [...TRIPLES.rows, row({ subject: namedNode('urn:a b'), predicate: namedNode('urn:p'), object: literal('a') })]
  expect(() => written('turtle', { ...TRIPLES, rows })).toThrow('error[invalid-term] no syntax can carry the IRI "urn:a b"')
})
