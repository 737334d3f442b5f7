import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ByteKeys, keyOrder } from '../../src/syntax/key-order.ts'

/** Few letters, so that many texts begin alike; some of several bytes. */
const letter = fc.constantFrom(...'ab01>=<|}~\0\u007fé\ud83d\ude00\uffff')
const texts = fc.uniqueArray(fc.string({ unit: letter, maxLength: 12 }), { minLength: 1, maxLength: 400, size: 'max' })

test('texts are in the order of their bytes', () => {
  let count = 0
  fc.assert(
    fc.property(texts, fc.constantFrom('', 'http://example.org/'), (endings, start) => {
      const keys = endings.map(text => Buffer.from(start + text))
      expect([...keyOrder(keysOf(keys))].map(place => keys[place]!.toString())).toEqual(
        keys.toSorted(Buffer.compare).map(key => key.toString()),
      )
      count += keys.length
    }),
    { numRuns: 300, seed: 89 },
  )
  expect(count).toBeGreaterThan(10_000)
})

test('equal texts stay in their sequence', () => {
  const keys = Array.from({ length: 1000 }, (_, number) => Buffer.from(`urn:${number % 7}`))
  const places = keys.map((_, place) => place)
  expect([...keyOrder(keysOf(keys))]).toEqual(places.sort((one, other) => (one % 7) - (other % 7) || one - other))
})

function keysOf(texts: readonly Buffer[]): ByteKeys {
  let end = 0
  return { bytes: Buffer.concat(texts), starts: Uint32Array.of(0, ...texts.map(({ length }) => (end += length))) }
}
