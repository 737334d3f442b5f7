import fc from 'fast-check'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery } from '../../src/query/engine.ts'
import { Plan } from '../../src/sparql/evaluation.ts'
import { stepText } from '../../src/sparql/step.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { cases } from '../query/generated.ts'
import { evaluate, type Solution, solutionKey } from '../reference/evaluate.ts'

const PREFIX = 'PREFIX : <http://example.org/>\n'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 1000)

const rows = (solutions: Iterable<Solution>): string[] => [...solutions].map(solutionKey).sort()

test.each([
  ['without paths and GRAPH', { paths: false, graph: false }],
  ['with paths', { paths: true, graph: false }],
  ['with GRAPH', { paths: false, graph: true }],
  ['with paths and GRAPH', { paths: true, graph: true }],
])(
  'generated queries have the answers that the specification gives: %s',
  async (_, options) => {
    let same = 0
    await fc.assert(
      fc.asyncProperty(cases(options), async ({ trig, query }) => {
        const algebra = await parseQuery(PREFIX + query).catch((error: unknown) => {
          if (error instanceof CommuniqueError && error.code === 'query-syntax') return undefined
          throw error
        })
        if (algebra === undefined) return
        const quads = new Parser({ format: 'TriG' }).parse(PREFIX + trig)
        const store = QuadStore.of(quads)
        const plan = new Plan(store, algebra)
        const actual = rows(plan.solutions())
        const [expected] = [rows(evaluate(algebra, [...store.getQuads()]))]
        expect(actual, plan.steps.map(step => stepText(step, {}).text).join('\n')).toEqual(expected)
        // A plan that has run runs again.
        expect(rows(plan.solutions())).toEqual(expected)
        same++
      }),
      { numRuns: RUNS, seed: 89 },
    )
    expect(same).toBeGreaterThan(RUNS * 0.9)
  },
  300_000,
)
