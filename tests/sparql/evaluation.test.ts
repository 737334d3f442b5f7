import fc from 'fast-check'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery } from '../../src/query/engine.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { Plan } from '../../src/sparql/evaluation.ts'
import { stepText } from '../../src/sparql/step.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { linesOf, referenceOn } from '../query/answer.ts'
import { type Case, cases } from '../query/generated.ts'
import { EMPHASES, queries } from '../query/generated-queries.ts'
import { PREFIX } from '../query/given.ts'
import { TooMany } from '../reference/solution.ts'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 1000)

test.each([
  ['without paths and GRAPH', { paths: false, graph: false }],
  ['with paths', { paths: true, graph: false }],
  ['with GRAPH', { paths: false, graph: true }],
  ['with paths and GRAPH', { paths: true, graph: true }],
])(
  'generated queries have the answers that the specification gives: %s',
  async (_, options) => {
    expect(await expectAnswers(cases(options), RUNS)).toBeGreaterThan(RUNS * 0.9)
  },
  300_000,
)

test.each(EMPHASES)(
  'so have queries of all forms, with more of: %s',
  async emphasis => {
    // As many as it takes to notice most of the faults that were put in to try it.
    const numRuns = 3 * RUNS
    expect(await expectAnswers(queries(emphasis, { hasBlankNode: true }), numRuns)).toBeGreaterThan(numRuns * 0.9)
  },
  300_000,
)

/** How many cases had the answer that the reference gives, each time that they were asked. */
async function expectAnswers(made: fc.Arbitrary<Case>, numRuns: number): Promise<number> {
  let asked = 0
  const property = fc.asyncProperty(made, async ({ trig, query }) => {
    const algebra = await parseQuery(PREFIX + query).catch(invalid)
    const quads = new Parser({ format: 'TriG' }).parse(PREFIX + trig)
    const expected = algebra && unlessTooMany(() => linesOf(algebra, referenceOn(algebra, quads)))
    if (algebra === undefined || expected === undefined) return
    const plan = new Plan(QuadStore.of(quads), algebra)
    const steps = plan.steps.map(step => '  '.repeat(step.depth) + stepText(step, {}).text).join('\n')
    expect(linesOf(algebra, plan), steps).toEqual(expected)
    // A plan that has run runs again, also when nobody has read it to its end.
    for (const _ of plan.solutions()) break
    expect(linesOf(algebra, plan), steps).toEqual(expected)
    asked++
  })
  await fc.assert(property, { numRuns, seed: 89 })
  return asked
}

function invalid(error: unknown): Algebra | undefined {
  if (error instanceof CommuniqueError && error.code === 'query-syntax') return undefined
  throw error
}

function unlessTooMany<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof TooMany) return undefined
    throw error
  }
}

test.each([
  ['CONSTRUCT { ?s :is ?o } { ?s :p ?o } ORDER BY ?o LIMIT 2', 2],
  ['CONSTRUCT { ?s :is ?o } { ?s :p ?o } OFFSET 2', 1],
  ['DESCRIBE ?s { ?s :p ?o } ORDER BY ?o LIMIT 1', 2],
])('LIMIT and OFFSET count the solutions of %s', async (query, count) => {
  const store = QuadStore.of(new Parser().parse(`${PREFIX} :a :p 1, 2 . :b :p 3 .`))
  expect([...new Plan(store, await parseQuery(PREFIX + query)).quads()]).toHaveLength(count)
})

test('the first of many solutions are those with which all of them begin', async () => {
  const values = ['1', '2.0', '2', '"a"', '"\u{1f600}"', '"\uffff"', '"b"@en', ':x', ':y', 'true', '_:blank', '"3"^^:unknown']
  // What comes late may be first, and much of it is equal.
  const lines = Array.from({ length: 600 }, (_, index) => {
    const number = (index * 7919) % 600
    return `:s${number} :p ${values[number % values.length]} ; :q ${Math.floor(number / 40)} .`
  })
  const store = QuadStore.of(new Parser().parse(PREFIX + lines.join('\n')))
  let asked = 0
  for (const keys of ['?o', 'DESC(?o) ?q', '?q', 'DESC(?q) DESC(?o)', '?q ?o ?s', '?none'])
    for (const [offset, limit] of [
      [0, 1],
      [0, 20],
      [5, 64],
      [590, 20],
      [0, 599],
      [700, 5],
    ] as const) {
      const rows = async (query: string): Promise<string[]> =>
        Array.from(new Plan(store, await parseQuery(PREFIX + query)).solutions(), row => row.get('s')!.value)
      const query = `SELECT ?s { ?s :p ?o ; :q ?q } ORDER BY ${keys}`
      const all = await rows(query)
      expect(all).toHaveLength(600)
      expect(await rows(`${query} LIMIT ${limit} OFFSET ${offset}`), keys).toEqual(all.slice(offset, offset + limit))
      asked++
    }
  expect(asked).toBe(36)
})
