import fc from 'fast-check'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { QuadStore } from '../../src/store/quad-store.ts'

const { literal, namedNode, quad } = DataFactory
const quads = ['a', '\u00e9', '\u{1f600}', 'b c'].flatMap(text =>
  ['urn:p', 'urn:q'].map(predicate =>
    quad(namedNode('urn:s'), namedNode(predicate), literal(text, 'en'), namedNode(`urn:${predicate}`)),
  ),
)

test('a store comes back from its bytes, wherever these lie', () => {
  const store = QuadStore.of(quads)
  const bytes = store.serialize()
  for (const shift of [0, 1, 4]) {
    const shifted = new Uint8Array(bytes.length + shift)
    shifted.set(bytes, shift)
    expect([...QuadStore.deserialize(shifted.subarray(shift))!]).toEqual([...store])
  }
})

test('a store that came back can be changed; the bytes stay as they are', () => {
  const bytes = QuadStore.of(quads).serialize()
  const before = Uint8Array.from(bytes)
  const store = QuadStore.deserialize(bytes)!
  const more = quad(namedNode('urn:new'), namedNode('urn:p'), literal('new'))
  store.delete(quads[0]!).add(more)
  expect([store.size, store.has(more), store.has(quads[0]!)]).toEqual([quads.length, true, false])
  expect(bytes).toEqual(before)
})

test('bytes that are damaged anywhere, or cut, are no store', () => {
  const bytes = QuadStore.of(quads).serialize()
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Uint8Array.from(bytes)
      damaged[at]! ^= change
      expect(QuadStore.deserialize(damaged)).toBeUndefined()
      expect(QuadStore.deserialize(bytes.subarray(0, at))).toBeUndefined()
    }),
    { numRuns: 2000, seed: 89 },
  )
})
