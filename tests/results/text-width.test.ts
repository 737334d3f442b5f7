import { expect, test } from 'vitest'
import { displayWidth, pad, wrapText } from '../../src/results/text-width.ts'

test.each([
  ['plain', 5],
  ['', 0],
  ['Erdoğan', 7],
  ['Erdog\u0306an', 7],
  ['国際刑事警察機構', 16],
  ['ｱ', 1],
  ['Ａ', 2],
  ['한국', 4],
  ['🇹🇷', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['a\u200bb', 2],
  ['\u001b[31m', 10],
  ['a\u202eb', 8],
])('the width of %j is %i', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('text is broken between words, at any white space', () => {
  expect(wrapText('one  two\nthree\tfour', 9)).toEqual(['one two', 'three', 'four'])
  expect(wrapText(' ', 9)).toEqual([''])
})

test('a word that is too wide stands alone, or is broken where characters end', () => {
  expect(wrapText('a verylongword b', 6)).toEqual(['a', 'verylongword', 'b'])
  expect(wrapText('a verylongword b', 6, true)).toEqual(['a', 'verylo', 'ngword', 'b'])
  expect(wrapText('国際刑事', 5, true)).toEqual(['国際', '刑事'])
  expect(wrapText('国際', 1, true)).toEqual(['国', '際'])
})

test('blanks fill up to a width, on either side', () => {
  expect([pad('国', 4), pad('7', 3, 'end'), pad('long', 2)]).toEqual(['国  ', '  7', 'long'])
})
