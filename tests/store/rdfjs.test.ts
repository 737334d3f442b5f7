import { once } from 'node:events'
import { Readable } from 'node:stream'
import { DataFactory, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { QuadStore } from '../../src/store/quad-store.ts'

const { defaultGraph, literal, namedNode, quad } = DataFactory
const [a, p, g] = [namedNode('urn:a'), namedNode('urn:p'), namedNode('urn:g')]
const [one, two, three] = [quad(a, p, literal('1')), quad(a, p, literal('2')), quad(a, p, literal('3'), g)]

describe.each([
  ['a store of ours', () => QuadStore.of([one, two, three])],
  ['n3.Store', () => new Store([one, two, three])],
])('as RDF/JS has it, %s', (_, given) => {
  test('gives a stream of what matches', async () => {
    expect(await given().match(null, null, null, defaultGraph()).toArray()).toEqual([one, two])
  })

  test('gives a dataset of what matches, which is another', () => {
    const store = given()
    const found = store.match(a, p, null, g)
    expect([found.size, [...found], found.has(three), found.has(one)]).toEqual([1, [three], true, false])
    found.add(one).delete(three)
    expect([[...found], found.match(null, null, literal('1')).size, store.size, store.has(three)]).toEqual([[one], 1, 3, true])
  })

  test('imports a stream, and removes what another gives', async () => {
    const store = given()
    const four = quad(a, p, literal('4'))
    await once(store.import(Readable.from([four, one])), 'end')
    expect([store.size, store.has(four)]).toEqual([4, true])
    await once(store.remove(Readable.from([four, two])), 'end')
    expect([...store]).toEqual([one, three])
  })

  test('removes what matches, and a graph', async () => {
    const store = given()
    await once(store.removeMatches(null, null, literal('1')), 'end')
    expect([...store]).toEqual([two, three])
    await once(store.deleteGraph('urn:g'), 'end')
    expect([...store]).toEqual([two])
  })
})

test('what was asked for is given as it was then', async () => {
  const store = QuadStore.of([one, two])
  const found = store.match()
  store.delete(one).add(three)
  expect(await found.toArray()).toEqual([one, two])
  expect([...found]).toEqual([one, two])
})

test('what is deleted and added again is as it was', () => {
  const store = QuadStore.of([one])
  store.delete(one).delete(one).add(one).add(one)
  expect([...store]).toEqual([one])
})
