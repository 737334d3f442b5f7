import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { FORMATS, formatOf } from '../../src/results/format.ts'
import { givenAnswer, row, written } from './given.ts'

const { blankNode, literal, namedNode, quad } = DataFactory

test('the table of formats is the list of what can be asked for', () => {
  expect(FORMATS.map(({ name, mediaType, extension }) => `${name} ${mediaType} .${extension}`)).toEqual([
    'table text/plain .txt',
    'records text/plain .txt',
    'markdown text/markdown .md',
    'json application/json .json',
    'ndjson application/x-ndjson .ndjson',
    'srj application/sparql-results+json .srj',
    'xml application/sparql-results+xml .srx',
    'csv text/csv .csv',
    'tsv text/tab-separated-values .tsv',
    'turtle text/turtle .ttl',
  ])
})

test('a format is found by its name or by the extension of its files', () => {
  expect(['turtle', 'ttl', 'md', 'txt', 'srx'].map(name => formatOf(name).name)).toEqual([
    ...['turtle', 'turtle', 'markdown', 'table', 'xml'],
  ])
})

test('a wrong name is told the nearest, or all that would do', () => {
  expect(() => formatOf('tabel')).toThrow('error[unknown-format] there is no format "tabel"; did you mean "table"?')
  expect(() => formatOf('spreadsheet', 'CONSTRUCT')).toThrow(
    'error[unknown-format] there is no format "spreadsheet"; known are: table, records, markdown, json, ndjson, turtle',
  )
})

test.each([
  [
    'csv',
    'CONSTRUCT',
    'csv cannot hold the answer: a CONSTRUCT gives triples; use table, records, markdown, json, ndjson, turtle',
  ],
  ['tsv', 'ASK', 'tsv cannot hold the answer: an ASK gives yes or no; use table, records, markdown, json, srj, xml'],
  [
    'turtle',
    'SELECT',
    'turtle cannot hold the answer: a SELECT gives rows; use table, records, markdown, json, ndjson, srj, xml, csv, tsv',
  ],
  ['srj', 'DESCRIBE', 'srj cannot hold the answer: a DESCRIBE gives triples; use table, records, markdown, json, ndjson, turtle'],
] as const)('%s of a %s is refused with the formats that fit', (name, form, words) => {
  expect(() => formatOf(name, form)).toThrow(`error[format-form] ${words}`)
})

test('every format writes an empty answer of every form that it is for', () => {
  for (const { forms, write } of FORMATS) for (const form of forms) expect(() => [...write(givenAnswer({ form }))]).not.toThrow()
})

test('blank nodes are named in the order in which they appear, whatever they were called', () => {
  const [first, second] = [blankNode('a b> .1'), blankNode('n3-77')]
  const term = quad(first as never, namedNode('urn:p'), second)
  const rows = [row({ x: second }), row({ x: first }), row({ x: second }), row({ x: term as never })]
  expect(written('tsv', givenAnswer({ columns: ['x'], rows }))).toBe('?x\n_:b0\n_:b1\n_:b0\n<<( _:b1 <urn:p> _:b0 )>>\n')
})

test('rows are written as they are asked for', () => {
  let touched = 0
  const rows = Array.from({ length: 1000 }, () => ({
    values: new Map([['x', literal('value')]]),
    get sources() {
      touched++
      return []
    },
  }))
  for (const name of ['ndjson', 'json', 'srj', 'xml', 'csv', 'tsv']) {
    touched = 0
    const chunks = formatOf(name)
      .write(givenAnswer({ columns: ['x'], rows }), { cite: true })
      [Symbol.iterator]()
    for (let count = 0; count < 5; count++) chunks.next()
    expect(touched, name).toBeLessThanOrEqual(5)
  }
})
