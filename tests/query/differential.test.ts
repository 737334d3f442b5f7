import fc from 'fast-check'
import { Parser, Store } from 'n3'
import { expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery, select } from '../../src/query/engine.ts'
import { evaluate, type Solution, solutionKey } from '../reference/evaluate.ts'
import divergences from './divergences.json' with { type: 'json' }
import { type Case, cases } from './generated.ts'

const PREFIX = 'PREFIX : <http://example.org/>\n'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 300)

const rows = (solutions: readonly Solution[]): string[] => solutions.map(solutionKey).sort()

function storeOf(trig: string): Store {
  return new Store(new Parser({ format: 'TriG' }).parse(PREFIX + trig))
}

async function expectedOf({ trig, query }: Case): Promise<string[]> {
  return rows(evaluate(await parseQuery(PREFIX + query), storeOf(trig).getQuads(null, null, null, null)))
}

async function actualOf({ trig, query }: Case): Promise<string[]> {
  return rows(await select(storeOf(trig), PREFIX + query))
}

test.each([
  ['without paths and GRAPH', { paths: false, graph: false }],
  ['with paths', { paths: true, graph: false }],
  ['with GRAPH', { paths: false, graph: true }],
])(
  'generated queries have the answers that the specification gives: %s',
  async (_, options) => {
    const outcomes = { same: 0, invalid: 0, refused: 0, stuck: 0 }
    await fc.assert(
      fc.asyncProperty(cases(options), async one => {
        const expected = await expectedOf(one).catch((error: unknown) => {
          if (error instanceof CommuniqueError && error.code === 'query-syntax') return 'invalid' as const
          throw error
        })
        const actual = expected === 'invalid' ? expected : await Promise.race([actualOf(one).catch(refusal), stuck()])
        if (typeof actual === 'string') outcomes[actual]++
        else {
          expect(actual).toEqual(expected)
          outcomes.same++
        }
      }),
      { numRuns: RUNS, seed: 89 },
    )
    expect(outcomes.same).toBeGreaterThan(RUNS * 0.9)
    expect(outcomes.stuck).toBe(0)
  },
  300_000,
)

/** Some OPTIONAL with a condition on both sides and an aggregate or BIND: the engine says that it cannot, and never answers wrongly. */
function refusal(error: unknown): 'refused' {
  if (error instanceof CommuniqueError && /join type optional/.test(error.what)) return 'refused'
  throw error
}

/** What a query comes to that waits for ever for a stream of its own, as upstream's can: there must be none. */
function stuck(): Promise<'stuck'> {
  return new Promise(resolve => setTimeout(resolve, 10_000, 'stuck').unref())
}

/** Wrong answers that are known, each with its verdict by the specification: a test fails here when one is right at last. */
for (const { query, trig, verdict } of divergences)
  test.fails(`${verdict} ${query}`, async () => {
    expect(await actualOf({ query, trig })).toEqual(await expectedOf({ query, trig }))
  })
