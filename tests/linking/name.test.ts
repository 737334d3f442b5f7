import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameTokens, soundKey, tokenSimilarity } from '../../src/linking/name.ts'

test('marks, the Turkish letter without a dot, other scripts and the case of letters do not tell names apart', () => {
  const tokens = (name: string) => nameTokens(name).join(' ')
  expect(tokens('ERDOĞAN')).toBe(tokens('Erdogan'))
  expect(tokens('Diyarbakır')).toBe(tokens('Diyarbakir'))
  expect(tokens('İstanbul')).toBe(tokens('ISTANBUL'))
  expect(tokens('Ｉｎｔｅｒｐｏｌ')).toBe('interpol')
  expect(tokens('Зубов, Игорь')).toBe('zubov igor')
  expect(tokens("People's Republic")).toBe(tokens('Peoples Republic').replace('peoples', 'people'))
})

test('titles before a name are no part of it, and a surname that is a title stays', () => {
  expect(nameTokens('Major General Ahmed Nasser', 'person')).toEqual(['ahmed', 'nasser'])
  expect(nameTokens('Jonathan Lord', 'person')).toEqual(['jonathan', 'lord'])
  expect(nameTokens('President', 'person')).toEqual(['president'])
  expect(nameTokens('President of Interpol', 'post')).toEqual(['president', 'of', 'interpol'])
})

test('any text at all has words of Latin letters and digits, and the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const tokens = nameTokens(text)
      expect(tokens.every(token => /^[a-z0-9]+$/.test(token))).toBe(true)
      expect(nameTokens(tokens.join(' '))).toEqual(tokens)
    }),
  )
})

test('likeness is from 0 to 1 and the same both ways, and a word sounds like itself', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  fc.assert(
    fc.property(word, word, (one, other) => {
      const likeness = tokenSimilarity(one, other)
      expect(likeness).toBe(tokenSimilarity(other, one))
      expect(likeness >= 0 && likeness <= 1).toBe(true)
      expect(likeness === 1).toBe(one === other)
      expect(soundKey(one).length).toBeGreaterThan(0)
    }),
  )
})
