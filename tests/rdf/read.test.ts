import { expect, test } from 'vitest'
import { readTurtle } from '../../src/rdf/read.ts'

test('every fault of a text is told with its line and column', () => {
  const text = [
    'a:three a:p "open .',
    '',
    'a:one a:p x:two .',
    '',
    'a:four a:p a:five .',
    'a:six a:p a:seven',
    'a:eight a:p "nine"@english-ninth-word .',
  ].join('\n')
  const prefixes = { a: 'urn:a:' }
  const { faults } = readTurtle(text, { file: 'a.ttl', baseIRI: 'urn:base', prefixes, firstLine: 10 })
  expect(faults.map(({ code, where }) => [code, where?.line, where?.column, where?.length, where?.text])).toEqual([
    ['turtle-syntax', 10, 13, 1, 'a:three a:p "open .'],
    ['undeclared-prefix', 12, 11, 5, 'a:one a:p x:two .'],
    ['turtle-syntax', 16, 1, 7, 'a:eight a:p "nine"@english-ninth-word .'],
  ])
  expect(faults.map(({ mend }) => mend)).toEqual([
    'a text ends with the quotation marks it began with: three of them if it has several lines',
    'declare it, or use one of the prefixes of the project',
    'the statement before this is not ended: look for a missing "." or ";" on the line above',
  ])
})
