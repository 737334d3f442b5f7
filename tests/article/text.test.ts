import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeArticle } from '../../src/article/article-file.ts'
import { findQuote, nearestQuote } from '../../src/article/quote.ts'
import { draftPassages } from '../../src/article/segmentation.ts'
import { ArticleText } from '../../src/article/text.ts'
import { root } from '../given.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('the article is the one we were given, byte for byte, in 17 sentences and 2,877 code points', async () => {
  const article = decodeArticle(await readFile(join(root, 'data/interpol-ga-89/article.txt')), 'article.txt')
  expect(article.length).toBe(2877)
  const passages = await draftPassages(article, 'en')
  expect(passages).toHaveLength(17)
  expect(passages.at(-1)).toMatchObject({ position: 17, paragraph: 12, text: 'Photo: Interpol Twitter' })
})

test('offsets count code points, also behind an emoji', () => {
  const article = new ArticleText('A 😀 smiled. Then it left.')
  expect(findQuote(article, 'it left')).toMatchObject([{ start: 17, end: 24, exact: 'it left' }])
  expect(article.slice(2, 3)).toBe('😀')
})

test('slicing by code points agrees with an array of code points', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, a, b) => {
      const points = [...text]
      const [start, end] = [Math.min(a, b) % (points.length + 1), Math.max(a, b) % (points.length + 1)].sort((x, y) => x - y) as [
        number,
        number,
      ]
      expect(new ArticleText(text).slice(start, end)).toBe(points.slice(start, end).join(''))
    }),
  )
})

test('invalid UTF-8 is refused with the offset of the bad byte', () => {
  expect(() => decodeArticle(new Uint8Array([0x4f, 0x6b, 0x0a, 0xff, 0x41]), 'a.txt')).toThrow(
    /a\.txt:2:1: byte 0xff at offset 3/,
  )
})

test('a byte order mark is refused', () => {
  expect(() => decodeArticle(bytes('\uFEFFText.'), 'a.txt')).toThrow(/byte order mark/)
})

test('CRLF line ends are kept and counted, and a quote may run over them', async () => {
  const article = decodeArticle(bytes('It opened\r\ntoday.\r\n\r\nIt closed.'), 'a.txt')
  expect(findQuote(article, 'opened today')).toMatchObject([{ start: 3, end: 16, exact: 'opened\r\ntoday' }])
  expect((await draftPassages(article, 'en')).map(({ paragraph }) => paragraph)).toEqual([1, 2])
})

test('a quote that cuts a character is seen', () => {
  const article = new ArticleText('cafe\u0301 noir')
  expect(article.isBoundary(4)).toBe(false)
  expect(article.isBoundary(5)).toBe(true)
})

test('the nearest words to a wrong quote are found', () => {
  const article = new ArticleText('The forum was attended by the heads of agencies of 160 countries.')
  expect(nearestQuote(article, 'atended by heads of agencies')?.exact).toContain('by the heads of agencies')
})

test.each([
  [
    'en',
    'Dr. Smith met Gen. Lee of the U.S. Senate. It was late.',
    ['Dr. Smith met Gen. Lee of the U.S. Senate.', 'It was late.'],
  ],
  ['en', 'A 😀 met\r\nB. It ended.\n\nPhoto: C', ['A 😀 met\r\nB.', 'It ended.', 'Photo: C']],
  ['fr', 'La Cour a jugé. « Oui », dit-elle.', ['La Cour a jugé.', '« Oui », dit-elle.']],
])('%s: sentences are cut where they end, not behind an abbreviation: %j', async (language, text, sentences) => {
  const article = new ArticleText(text)
  const passages = await draftPassages(article, language)
  expect(passages.map(passage => passage.text)).toEqual(sentences)
  for (const { start, end, text: sentence } of passages) expect(article.slice(start, end)).toBe(sentence)
})

test('sentences that an author joined or split stay so, with new offsets, when the text is laid out again', async () => {
  const article = new ArticleText('New here. Am 3. März tagte die 45. Sitzung. Er ging; sie blieb.')
  const laidOut = ['Am 3. März tagte die 45. Sitzung.', 'Er ging;', 'sie blieb.', 'No longer in the text.']
  const passages = await draftPassages(article, 'de', laidOut)
  expect(passages.map(({ position, start, text }) => [position, start, text])).toEqual([
    [1, 0, 'New here.'],
    [2, 10, 'Am 3. März tagte die 45. Sitzung.'],
    [3, 44, 'Er ging;'],
    [4, 53, 'sie blieb.'],
  ])
})
