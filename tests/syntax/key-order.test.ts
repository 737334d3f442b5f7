import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys, keyOrder } from '../../src/syntax/key-order.ts'

/** Few letters, so that many texts begin alike; some that have no number of their own. */
const letter = fc.constantFrom(...'ab01>=<|}~\u007fé\ud83d\ude00\uffff')
const texts = fc.uniqueArray(fc.string({ unit: letter, maxLength: 12 }), { minLength: 30, maxLength: 400, size: 'max' })

test.each(['', '>'])('texts are in the order of their code units, with "%s" at their end', end => {
  let count = 0
  fc.assert(
    fc.property(texts, fc.constantFrom('', 'http://example.org/'), (endings, start) => {
      const keys = endings.map(text => start + text)
      const sorted = [...keyOrder(keys, end)].map(place => keys[place]! + end)
      expect(sorted).toEqual(keys.map(key => key + end).sort(compareKeys))
      count += keys.length
    }),
    { numRuns: 300, seed: 89 },
  )
  expect(count).toBeGreaterThan(10_000)
})

test('every text has its place, also where several are the same', () => {
  const keys = Array.from({ length: 1000 }, (_, number) => `urn:${number % 7}`)
  const order = keyOrder(keys)
  expect([...order].sort((one, other) => one - other)).toEqual([...keys.keys()])
  expect([...order].map(place => keys[place])).toEqual([...keys].sort())
})
