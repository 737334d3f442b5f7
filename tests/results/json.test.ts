import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { givenAnswer, id, row, WHO_WAS_ELECTED, written } from './given.ts'

const { literal } = DataFactory

test('json has all of an answer: what was asked, the rows with labels and sources, the notes', () => {
  const answer = {
    ...WHO_WAS_ELECTED,
    parameters: new Map([
      ['organization', [id('interpol')]],
      ['year', []],
    ]),
    notes: [{ code: 'open-list', text: 'others may have been elected' }],
    complete: false,
  }
  expect(JSON.parse(written('json', answer))).toEqual({
    form: 'SELECT',
    question: 'who-elected',
    summary: 'Who was elected, to what?',
    layer: 'stated',
    parameters: { organization: [{ type: 'uri', value: id('interpol').value, label: 'Interpol' }], year: [] },
    columns: ['elected', 'office', 'organization'],
    rows: [
      {
        values: {
          elected: { type: 'uri', value: id('ahmed-nasser-al-raisi').value, label: 'Ahmed Nasser Al Raisi' },
          office: { type: 'literal', value: 'President', 'xml:lang': 'en' },
          organization: { type: 'uri', value: id('interpol').value, label: 'Interpol' },
        },
        sources: JSON.parse(JSON.stringify(WHO_WAS_ELECTED.rows[0]!.sources)),
      },
    ],
    notes: [{ code: 'open-list', text: 'others may have been elected' }],
    complete: false,
    engine: 'test 1.0',
  })
})

test('yes and no are told as such, with what makes it so', () => {
  const [source] = WHO_WAS_ELECTED.rows[0]!.sources
  const yes = JSON.parse(written('json', givenAnswer({ form: 'ASK', rows: [row({}, source!)] })))
  expect([yes.boolean, yes.rows[0].sources[0].premises[0].id]).toEqual([true, 's12-1'])
  const no = JSON.parse(written('json', givenAnswer({ form: 'ASK' })))
  expect([no.boolean, no.rows]).toEqual([false, []])
})

test('ndjson has a row a line, each to be read without the others', () => {
  const rows = [row({ x: literal('one\ntwo\u2028') }), row({ __proto__x: id('a') }), row({})]
  const lines = written('ndjson', givenAnswer({ columns: ['x', '__proto__x'], rows }))
    .trimEnd()
    .split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { values: { x: { type: 'literal', value: 'one\ntwo\u2028' } }, sources: [] },
    { values: { __proto__x: { type: 'uri', value: id('a').value } }, sources: [] },
    { values: {}, sources: [] },
  ])
  expect(written('ndjson', givenAnswer())).toBe('')
})
