import type { Quad, Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { quadKey, quadOf } from '../../src/rdf/term.ts'
import type { QuadLookup } from '../../src/store/quad-lookup.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import type { Order, TripleIndex } from '../../src/store/triple-index.ts'
import { QuadList } from '../reference/quad-list.ts'

const { blankNode, defaultGraph, literal, namedNode, quad } = DataFactory

const terms: readonly Term[] = [
  namedNode('urn:a'),
  namedNode('urn:b'),
  blankNode('b'),
  literal('urn:a'),
  literal('a b', 'en'),
  literal('a b', { language: 'ar', direction: 'rtl' } as never),
  literal('1', namedNode('http://www.w3.org/2001/XMLSchema#integer')),
  literal(''),
  literal('\u00e9\u4e2d\u{1f600} with "quotes"\nand lines'),
  quad(
    namedNode('urn:a'),
    namedNode('urn:p'),
    quad(namedNode('urn:a'), namedNode('urn:p'), literal('x', 'en')) as never,
  ) as never,
]
const graphs = [defaultGraph(), namedNode('urn:g'), namedNode('urn:h'), blankNode('b')]

type Pattern = Parameters<QuadLookup['getQuads']>

const anyQuad = fc
  .tuple(
    fc.constantFrom(...terms.slice(0, 3)),
    fc.constantFrom(namedNode('urn:p'), namedNode('urn:q')),
    fc.constantFrom(...terms),
    fc.constantFrom(...graphs),
  )
  .map(([s, p, o, g]) => quadOf(s, p, o, g))

const anyPattern = fc
  .tuple(anyQuad, fc.nat(15))
  .map(
    ([{ subject, predicate, object, graph }, mask]) =>
      [subject, predicate, object, graph].map((term, part) => (mask & (1 << part) ? term : null)) as Pattern,
  )

const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), quad: anyQuad }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), quad: anyQuad }) },
  fc.record({ kind: fc.constant('addAll' as const), quads: fc.array(anyQuad, { maxLength: 8 }) }),
  fc.record({ kind: fc.constant('merge' as const) }),
  fc.record({ kind: fc.constant('image' as const) }),
)

const keys = (quads: Iterable<Quad>): string[] => Array.from(quads, quadKey).sort()

describe('whatever is added, deleted, merged and written to an image', () => {
  const anySteps = fc.array(anyStep, { maxLength: 40 })
  const seeds = { numRuns: 500, seed: 89 }

  function given(steps: readonly (typeof anyStep extends fc.Arbitrary<infer Step> ? Step : never)[]): [QuadStore, QuadList] {
    const list = new QuadList()
    let store = QuadStore.of()
    for (const step of steps) {
      if (step.kind === 'add') {
        store.add(step.quad)
        list.add(step.quad)
      } else if (step.kind === 'delete') {
        store.delete(step.quad)
        list.delete(step.quad)
      } else if (step.kind === 'addAll') {
        store.addAll(step.quads)
        for (const each of step.quads) list.add(each)
      } else if (step.kind === 'image') store = QuadStore.from(structuredClone(store.image))
      else for (const order of ['spo', 'pos', 'osp'] as const) store.namedIndex(order)
    }
    return [store, list]
  }

  test('every pattern finds what a plain list has', () => {
    fc.assert(
      fc.property(anySteps, anyPattern, (steps, pattern) => {
        const [store, list] = given(steps)
        const found = list.getQuads(pattern)
        expect(keys(store.getQuads(...pattern))).toEqual(keys(found))
        expect(store.countQuads(...pattern)).toBe(found.length)
        expect(store.size).toBe(list.quads.length)
        for (const each of found) expect(store.has(each)).toBe(true)
      }),
      seeds,
    )
  })

  test('another graph in the place of the default graph hides this, and has its own name as well', () => {
    fc.assert(
      fc.property(anySteps, anyPattern, fc.constantFrom(...graphs), (steps, pattern, layer) => {
        const [store, list] = given(steps)
        const view = store.withDefaultGraph(layer)
        const found = list.getQuads(pattern, layer)
        expect(keys(view.getQuads(...pattern))).toEqual(keys(found))
        expect(view.countQuads(...pattern)).toBe(found.length)
        expect([...view]).toHaveLength(view.size)
        expect(store.size).toBe(list.quads.length)
      }),
      seeds,
    )
  })

  test('the indexes of each graph and of all named graphs have its triples in order', () => {
    fc.assert(
      fc.property(anySteps, steps => {
        const [store, list] = given(steps)
        const named = list.quads.filter(({ graph }) => graph.termType !== 'DefaultGraph')
        for (const order of ['spo', 'pos', 'osp'] as const) {
          expect(keys(quadsOf(store, store.namedIndex(order), order))).toEqual(keys(named))
          for (const graph of graphs) {
            const id = store.dictionary.idOf(graph)
            const triples = list.quads.filter(each => each.graph.equals(graph))
            expect(keys(quadsOf(store, store.index(id, order), order, id))).toEqual(keys(triples))
            expect(store.countTriples(id)).toBe(triples.length)
          }
        }
        const names = new Set(named.map(({ graph }) => store.dictionary.idOf(graph)))
        expect([...store.graphNames()]).toEqual([...names].sort((one, other) => one - other))
      }),
      seeds,
    )
  })
})

/** The quads of an index, which is looked at row by row. */
function quadsOf(store: QuadStore, index: TripleIndex, order: Order, graph = 0): Quad[] {
  const { first, second, third, from, to } = index
  const columns = { s: first, p: first, o: first, [order[0]!]: first, [order[1]!]: second, [order[2]!]: third }
  const term = (id: number): Term => store.dictionary.termOf(id)
  const rows = Array.from({ length: to - from }, (_, offset) => from + offset)
  const keysOf = rows.map(row => [first[row]!, second[row]!, third[row]!, index.graph?.[row] ?? graph])
  expect(keysOf).toEqual(
    [...keysOf].sort((one, other) => one.map((id, at) => id - other[at]!).find(difference => difference) ?? 0),
  )
  for (const row of rows) {
    const [start, end] = [index.startOf(first[row]!), index.startOf(first[row]! + 1)]
    expect(start <= row && row < end && first[start] === first[row] && first[end - 1] === first[row]).toBe(true)
  }
  expect([index.startOf(0), index.startOf(2 ** 31)]).toEqual([from, to])
  return rows.map(row =>
    quadOf(term(columns.s![row]!), term(columns.p![row]!), term(columns.o![row]!), term(index.graph?.[row] ?? graph)),
  )
}

test('an index that was handed out stays as it was', () => {
  const [one, other] = [quad(namedNode('urn:a'), namedNode('urn:p'), literal('1')), literal('2')]
  const store = QuadStore.of([one])
  const before = store.index(store.defaultGraph, 'spo')
  store.add(quad(one.subject, one.predicate, other))
  expect(before.to - before.from).toBe(1)
  expect(store.countTriples(store.defaultGraph)).toBe(2)
})

test('thousands of changes, one by one, leave what a set of keys has', () => {
  const [store, set] = [QuadStore.of(), new Set<string>()]
  for (let step = 0, random = 89; step < 20_000; step++) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 1
    const [s, p, o, g] = [random % 97, (random >>> 7) % 5, (random >>> 10) % 53, (random >>> 16) % 3]
    const each = quad(
      namedNode(`urn:${s}`),
      namedNode(`urn:${p}`),
      literal(`${o}`),
      g === 0 ? defaultGraph() : namedNode(`urn:${g}`),
    )
    const isAdded = step < 12_000 ? random % 4 > 0 : random % 4 === 0
    if (isAdded) set.add(quadKey(each))
    else set.delete(quadKey(each))
    store[isAdded ? 'add' : 'delete'](each)
    if (step % 4_000 === 0) expect(store.countQuads(each.subject)).toBe(keys(store.readQuads(each.subject)).length)
  }
  expect(set.size).toBeGreaterThan(2000)
  expect(keys(store)).toEqual([...set].sort())
  expect(keys(QuadStore.of(store))).toEqual([...set].sort())
})

test('reading goes on with what there was when it began', () => {
  const quads = ['1', '2', '3'].map(value => quad(namedNode('urn:a'), namedNode('urn:p'), literal(value)))
  const store = QuadStore.of(quads)
  for (const each of store.readQuads()) store.delete(each).add(quad(each.subject, each.predicate, each.subject))
  expect(store.getQuads().map(({ object }) => object.value)).toEqual(['urn:a'])
})
