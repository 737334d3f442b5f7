import fc from 'fast-check'
import { type Quad, Store } from 'n3'
import { expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery, type Solution, select } from '../../src/query/engine.ts'
import { evidenceOf } from '../../src/query/evidence.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { solutionKey } from '../reference/evaluate.ts'
import { cases } from './generated.ts'
import { given, PREFIX } from './given.ts'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 300)

/** Rows of one case that are looked at. */
const MOST_ROWS = 4

test.each([
  ['without paths and GRAPH', { paths: false, graph: false }],
  ['with paths', { paths: true, graph: false }],
  ['with GRAPH', { paths: false, graph: true }],
])(
  'without its evidence a row is gone, and its evidence alone keeps it: %s',
  async (_, options) => {
    const seen = { cases: 0, rows: 0, stuck: 0 }
    await fc.assert(
      fc.asyncProperty(cases({ ...options, isMonotone: true }), async ({ trig, query }) => {
        const looked = await Promise.race([rowsLookedAt(trig, query), stuck()])
        if (looked === 'stuck') seen.stuck++
        else if (looked > 0) {
          seen.cases++
          seen.rows += looked
        }
      }),
      { numRuns: RUNS, seed: 89 },
    )
    expect(seen.cases).toBeGreaterThan(RUNS * 0.15)
    expect(seen.stuck).toBe(0)
  },
  600_000,
)

async function rowsLookedAt(trig: string, text: string): Promise<number> {
  const query = await parseQuery(PREFIX + text).catch((error: unknown) => {
    if (error instanceof CommuniqueError && error.code === 'query-syntax') return undefined
    throw error
  })
  if (query === undefined) return 0
  const store = given(trig)
  const solutions = await select(store, query)
  const rows = [...new Map(solutions.map(row => [solutionKey(row), row])).values()].slice(0, MOST_ROWS)
  const evidence = await evidenceOf(store, query, rows)
  const all = store.getQuads(null, null, null, null)
  const needed = await Promise.all(rows.map(async row => !(await holds(new Store(), query, row))))
  for (const [index, row] of rows.entries()) {
    const cited = new Store(evidence[index]!.quads as Quad[])
    const uncited = new Store(all.filter(quad => !cited.has(quad)))
    expect(await holds(cited, query, row), `kept by its evidence: ${solutionKey(row)}`).toBe(true)
    // What VALUES and BIND give by themselves, no data can take away.
    if (needed[index]) expect(await holds(uncited, query, row), `gone without it: ${solutionKey(row)}`).toBe(false)
  }
  return rows.length
}

async function holds(store: Store, query: Algebra, row: Solution): Promise<boolean> {
  return (await select(store, query)).some(found => solutionKey(found) === solutionKey(row))
}

/** See `differential.test.ts`. */
function stuck(): Promise<'stuck'> {
  return new Promise(resolve => setTimeout(resolve, 20_000, 'stuck').unref())
}
