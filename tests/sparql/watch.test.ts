import { Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { ask, select } from '../../src/query/engine.ts'
import { prepare } from '../../src/query/prepare.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { PREFIX } from '../query/given.ts'

const thousand = Array.from({ length: 1000 }, (_, index) => index)
/** A thousand numbers, and a thousand nodes in a circle from which chords go. */
const store = QuadStore.of(
  new Parser().parse(`${PREFIX}
    :a :p ${thousand.join(', ')} .
    ${thousand.map(index => `:n${index} :next :n${(index + 1) % 1000}, :n${(index * 7) % 1000} .`).join('\n')}`),
)
const PRODUCT = ':a :p ?x . :a :p ?y . :a :p ?z'

/** Each has a step that goes on for minutes before there is a solution. */
const LONG: readonly (readonly [step: string, query: string])[] = [
  ['a cross product', `SELECT * { ${PRODUCT} FILTER(?x + ?y + ?z < 0) }`],
  ['a path between all nodes', 'SELECT (COUNT(*) AS ?count) { ?a (:next/:next*)+ ?b . ?c :next+ ?d . ?d :next+ ?e }'],
  ['steps of a path', `SELECT (COUNT(*) AS ?count) { ?a (${Array(24).fill(':next').join('/')})|:nowhere ?b }`],
  ['GROUP BY', `SELECT ?x (SUM(?y) AS ?sum) { ${PRODUCT} } GROUP BY ?x`],
  ['an aggregate of all', `SELECT (COUNT(DISTINCT ?x) AS ?count) { ${PRODUCT} }`],
  ['ORDER BY', `SELECT * { :a :p ?x . :a :p ?y . :a :p ?z } ORDER BY DESC(?x + ?y) LIMIT 5`],
  ['sorting', 'SELECT * { :a :p ?x . :a :p ?y FILTER(?x < 700) } ORDER BY STR(?y) DESC(STR(?x))'],
  ['DISTINCT', `SELECT DISTINCT ?none { ${PRODUCT} }`],
  ['a sub-SELECT', `SELECT * { { SELECT (MAX(?x) AS ?most) { ${PRODUCT} } } }`],
  ['OFFSET', `SELECT * { ${PRODUCT} } OFFSET 999999999`],
  ['NOT EXISTS', `SELECT * { :a :q* ?a FILTER NOT EXISTS { ${PRODUCT} FILTER(?x + ?y + ?z < 0) } }`],
]

describe('a step that takes longer than it may stops soon', () => {
  test.each(LONG)('%s', (_, query) => {
    const plan = prepare(store, PREFIX + query)
    const begin = performance.now()
    expect(() => [...plan.solutions({ timeout: 0.1 })]).toThrow(expect.objectContaining({ code: 'query-timeout' }))
    expect(performance.now() - begin).toBeLessThan(1000)
    expect(plan.isRunning).toBe(false)
  })
})

describe('a plan that was stopped in the midst of a step runs again, and answers as before', () => {
  test.each([
    'SELECT * { :a :p ?x BIND(?x * 2 AS ?y) VALUES ?z { 1 2 } } ORDER BY DESC(?x) ?z',
    'SELECT ?x (COUNT(*) AS ?count) { :a :p ?x OPTIONAL { :a :p ?y FILTER(?y = ?x + 1) } FILTER(?x < 120) } GROUP BY ?x',
    'SELECT DISTINCT ?x { :a :p ?x VALUES ?y { 1 2 } }',
    'SELECT * { ?a :next ?b { SELECT ?b (COUNT(*) AS ?count) { ?b :next ?c } GROUP BY ?b } }',
    'SELECT * { :n1 :next+ ?b { SELECT DISTINCT ?b { ?b :next/:next ?c } } }',
  ])('%s', query => {
    const plan = prepare(store, PREFIX + query)
    const expected = [...plan.solutions()]
    expect(expected.length).toBeGreaterThan(100)
    for (const rows of [1, 10, 99]) {
      expect(() => [...plan.solutions({ rows })]).toThrow(expect.objectContaining({ code: 'query-too-large' }))
      expect([...plan.solutions({ rows: 5000, timeout: 60 })]).toEqual(expected)
    }
  })
})

test('ASK, CONSTRUCT and DESCRIBE stop, too', () => {
  const long = `{ ${PRODUCT} FILTER(?x + ?y + ?z < 0) }`
  const late = expect.objectContaining({ code: 'query-timeout' })
  expect(() => prepare(store, `${PREFIX}ASK ${long}`).ask({ timeout: 0.05 })).toThrow(late)
  expect(() => [...prepare(store, `${PREFIX}CONSTRUCT { ?x :q ?y } ${long}`).quads({ timeout: 0.05 })]).toThrow(late)
  expect(() => [...prepare(store, `${PREFIX}DESCRIBE ?x ${long}`).quads({ timeout: 0.05 })]).toThrow(late)
})

test('the time of a run is its own', () => {
  const plan = prepare(store, `${PREFIX}SELECT * { ${PRODUCT} } LIMIT 10000`)
  for (let run = 0; run < 3; run++) expect([...plan.solutions({ timeout: 10 })]).toHaveLength(10_000)
})

describe('a signal', () => {
  test('that was given before keeps a plan from its work, with its own reason', async () => {
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    const query = `${PREFIX}SELECT * { ${PRODUCT} }`
    expect(() => [...prepare(store, query).solutions({ signal })]).toThrow(reason)
    await expect(select(store, query, { signal })).rejects.toBe(reason)
    await expect(ask(store, `${PREFIX}ASK { ${PRODUCT} }`, { signal })).rejects.toBe(reason)
  })

  test('is heard while solutions come, many or few', async () => {
    for (const condition of ['', 'FILTER(?x = ?y && ?y = ?z)']) {
      const controller = new AbortController()
      setTimeout(() => controller.abort(new Error('enough')), 50)
      const begin = performance.now()
      await expect(select(store, `${PREFIX}SELECT * { ${PRODUCT} ${condition} }`, { signal: controller.signal })).rejects.toThrow(
        'enough',
      )
      expect(performance.now() - begin).toBeLessThan(2000)
    }
  })
})

test('whoever awaits the answer has a time limit, too, with the code of one', async () => {
  const query = `${PREFIX}SELECT ?x { ${PRODUCT} } GROUP BY ?x`
  await expect(select(store, query, { timeout: 0.05 })).rejects.toMatchObject({ code: 'query-timeout' })
})
