import { Readable } from 'node:stream'
import type { Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory, Parser } from 'n3'
import { SparqlJsonParser } from 'sparqljson-parse'
import { SparqlXmlParser } from 'sparqlxml-parse'
import { describe, expect, test } from 'vitest'
import { termKey } from '../../src/rdf/term.ts'
import { csvLines } from '../conformance/solutions.ts'
import { claim, drawn, givenAnswer, givenValue, id, integer, row, SESSIONS, WHO_WAS_ELECTED, written } from './given.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const typed = (value: string, type: string) => literal(value, namedNode(`http://www.w3.org/2001/XMLSchema#${type}`))

/** Values that would break a careless writer. */
const HOSTILE: Readonly<Record<string, Term>> = {
  'an empty string': literal(''),
  'line ends': literal('one\ntwo\r\nthree\rfour'),
  'tabs and blanks': literal('\ta  b\t '),
  'quotation marks': literal(`"'"" \\" \\`),
  separators: literal('a,b;c|d'),
  markup: literal('<b>&amp;</b> ]]> <!-- -->'),
  'a turn of direction': literal('\u202egnp.exe'),
  'wide characters': literal('国際刑事警察機構 🇹🇷 👩‍👩‍👧'),
  '10,000 characters': literal('x'.repeat(10_000)),
  'a language': literal('Türkiye', 'tr'),
  'a direction': literal('قطة', { language: 'ar', direction: 'rtl' } as never),
  'numbers as they were written': typed('007', 'integer'),
  'a decimal': typed('5.50', 'decimal'),
  'a double': typed('1.0E6', 'double'),
  'a double that is no number in Turtle': typed('INF', 'double'),
  'a decimal that ends in a dot': typed('5.', 'decimal'),
  'an integer that is none': typed('1 .', 'integer'),
  'a truth value': typed('true', 'boolean'),
  'a truth value as a digit': typed('1', 'boolean'),
  'a date': typed('2021-11-23', 'date'),
  'an IRI': namedNode('http://example.org/a?b=c&d=(e)#é'),
  'a blank node': blankNode('b0'),
  'a triple term': quad(
    namedNode('urn:s'),
    namedNode('urn:p'),
    quad(namedNode('urn:s'), namedNode('urn:p'), literal('a "b"')) as never,
  ) as never,
}

/** What only some formats can carry. */
const ESCAPES = literal('\u001b[31mred\u001b[0m \u0000 \u0007')

async function readAgain(format: string, text: string): Promise<Term | undefined> {
  if (format === 'srj') return new SparqlJsonParser().parseJsonResults(JSON.parse(text))[0]?.x
  if (format === 'tsv') return new Parser({ blankNodePrefix: '' }).parse(`<urn:s> <urn:p> ${text.split('\n')[1]} .`)[0]!.object
  for await (const bindings of new SparqlXmlParser().parseXmlResultsStream(Readable.from([text])))
    return (bindings as unknown as Record<string, Term>).x
  return undefined
}

describe.each(['srj', 'xml', 'tsv'])('%s, read by others, gives what was written', format => {
  test.each(Object.entries(HOSTILE))('%s', async (_, term) => {
    const read = await readAgain(format, written(format, givenValue(term)))
    expect(termKey(read!)).toBe(termKey(term))
    if (term.termType === 'Literal' && read?.termType === 'Literal') expect(read.direction || '').toBe(term.direction || '')
  })

  test('any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async text => {
        expect((await readAgain(format, written(format, givenValue(literal(text)))))?.value).toBe(text)
      }),
    )
  })
})

test('escape sequences pass through srj and tsv as they are; XML has no way to write them', async () => {
  expect((await readAgain('srj', written('srj', givenValue(ESCAPES))))?.value).toBe(ESCAPES.value)
  expect((await readAgain('tsv', written('tsv', givenValue(ESCAPES))))?.value).toBe(ESCAPES.value)
  expect(() => written('xml', givenValue(ESCAPES))).toThrow(
    String.raw`error[xml-character] XML cannot carry U+001B, which stands in "\u001b[31mred\u001b[0m \u0000 \u0007"; use another format, such as srj`,
  )
  expect(() => written('xml', givenValue(literal('half: \ud83c')))).toThrow('XML cannot carry U+D83C')
})

test.each([
  [namedNode('http://x/ > <b>'), 'the IRI "http://x/ > <b>"'],
  [literal('a', namedNode('http://x/\n')), String.raw`the IRI "http://x/\n"`],
  [literal('a', 'x y> .'), 'the language tag "x y> ."'],
])('tsv refuses a term that would run into the next', (term, words) => {
  expect(() => written('tsv', givenValue(term))).toThrow(`error[invalid-term] Turtle cannot carry ${words}`)
})

test('csv: fields in quotation marks where RFC 4180 wants them, lines ended by CR LF', () => {
  for (const term of Object.values(HOSTILE)) {
    if (term.termType === 'Quad') continue
    const text = written('csv', givenValue(term))
    expect(csvLines(text)).toEqual([['x'], [term.termType === 'BlankNode' ? `_:${term.value}` : term.value]])
    expect(text.endsWith('\r\n')).toBe(true)
  }
  const rows = [row({ x: literal('4,4'), y: literal('say "ja"') }), row({ y: literal('one\ntwo') }), row({})]
  expect(written('csv', givenAnswer({ columns: ['x', 'y'], rows }))).toBe('x,y\r\n"4,4","say ""ja"""\r\n,"one\ntwo"\r\n,\r\n')
})

test('csv: a triple term in brackets, its literal in quotation marks', () => {
  const term = quad(namedNode('urn:s'), namedNode('urn:p'), literal('a "b"'))
  const text = written('csv', givenValue(term as never))
  expect(csvLines(text)).toEqual([['x'], ['<<( urn:s urn:p "a ""b""" )>>']])
})

test('tsv: numbers bare where Turtle has a short form, an empty string apart from no value', () => {
  const values = [
    integer(7),
    typed('-.5', 'decimal'),
    typed('1e6', 'double'),
    typed('5', 'decimal'),
    typed('1', 'int'),
    literal(''),
  ]
  const rows = [...values.map(x => row({ x })), row({})]
  expect(written('tsv', givenAnswer({ columns: ['x', 'y'], rows })).split('\n')).toEqual([
    '?x\t?y',
    '7\t',
    '-.5\t',
    '1e6\t',
    '"5"^^<http://www.w3.org/2001/XMLSchema#decimal>\t',
    '"1"^^<http://www.w3.org/2001/XMLSchema#int>\t',
    '""\t',
    '\t',
    '',
  ])
})

describe('a table without rows, without columns', () => {
  const noRows = givenAnswer({ columns: ['a', 'b'] })
  const noColumns = givenAnswer({ rows: [row({}), row({})] })
  test.each([
    ['csv', 'a,b\r\n', '\r\n\r\n\r\n'],
    ['tsv', '?a\t?b\n', '\n\n\n'],
    [
      'srj',
      '{"head":{"vars":["a","b"]},"results":{"bindings":[\n]}}\n',
      '{"head":{"vars":[]},"results":{"bindings":[\n{},\n{}\n]}}\n',
    ],
  ])('%s', (format, withoutRows, withoutColumns) => {
    expect([written(format, noRows), written(format, noColumns)]).toEqual([withoutRows, withoutColumns])
  })

  test('xml', () => {
    expect(written('xml', noRows)).toContain('<head><variable name="a"/><variable name="b"/></head>\n<results>\n</results>')
    expect(written('xml', noColumns)).toContain('<head></head>\n<results>\n<result></result>\n<result></result>\n</results>')
  })

  test('a row of one empty field is no empty line in csv, which readers pass over', () => {
    expect(written('csv', givenAnswer({ columns: ['x'], rows: [row({})] }))).toBe('x\r\n""\r\n')
  })
})

test.each([true, false])('yes and no: %s', async answer => {
  const asked = givenAnswer({ form: 'ASK', rows: answer ? [row({})] : [] })
  expect(written('srj', asked)).toBe(`{"head":{},"boolean":${answer}}\n`)
  expect(await new SparqlXmlParser().parseXmlBooleanStream(Readable.from([written('xml', asked)]))).toBe(answer)
})

test('citations only when they are asked for, as a last column of ids; an inference is named with what it comes down to', () => {
  expect(written('csv', WHO_WAS_ELECTED)).not.toContain('s12-1')
  expect(csvLines(written('csv', SESSIONS, { cite: true })).map(fields => fields.at(-1))).toEqual([
    'sources',
    's1-2 i1',
    's16-1 year-of-next-session-2a45a982 i1',
    's4-3 s5-1 s6-3 s9-1 c4',
  ])
  expect(written('tsv', WHO_WAS_ELECTED, { cite: true })).toMatch(/\t\?sources\n.*\t"s12-1"\n$/)
  expect(JSON.parse(written('srj', WHO_WAS_ELECTED, { cite: true })).results.bindings[0].sources).toEqual({
    type: 'literal',
    value: 's12-1',
  })
  expect(written('xml', WHO_WAS_ELECTED, { cite: true })).toContain('<binding name="sources"><literal>s12-1</literal></binding>')
})

test('where a column is called sources already, citations are sources_2; a row without any has no value there', () => {
  const rows = [row({ sources: id('a') }, claim('s1-1', 'a')), row({ sources: id('b') })]
  const text = written('tsv', givenAnswer({ columns: ['sources'], rows }), { cite: true })
  expect(text.split('\n').map(line => line.split('\t')[1])).toEqual(['?sources_2', '"s1-1"', '', undefined])
})

test('plain statements are seen through, however they are chained; each id stands once', () => {
  const stated = claim('s1-1', 'a')
  const plain = drawn('plain-1', 'PlainStatement', 'short', [drawn('plain-2', 'PlainStatement', 'shorter', [stated]), stated])
  const text = written('csv', givenAnswer({ columns: ['x'], rows: [row({ x: id('a') }, plain, stated)] }), { cite: true })
  expect(csvLines(text)[1]![1]).toBe('s1-1')
})
