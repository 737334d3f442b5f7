import fc from 'fast-check'
import { Parser, type Quad } from 'n3'
import { describe, expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery } from '../../src/query/engine.ts'
import { planOf } from '../../src/query/plan.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { Plan } from '../../src/sparql/evaluation.ts'
import { stepText } from '../../src/sparql/step.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { linesOf } from '../query/answer.ts'
import { type GraphCase, graphCases } from '../query/generated-graphs.ts'
import { EMPHASES, queries } from '../query/generated-queries.ts'
import { PREFIX } from '../query/given.ts'
import { oxigraphOf } from '../questions/oxigraph.ts'
import { solutionKey } from '../reference/solution.ts'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 300)
const SEED = { numRuns: RUNS, seed: 89 }

/** More solutions than these are not waited for. */
const MOST = 3000

test('patterns over larger graphs, circles among them, have the answers that Oxigraph gives', async () => {
  const seen = { asked: 0, withSolutions: 0, intersections: 0 }
  const property = fc.asyncProperty(graphCases(), async one => {
    const quads = triG(one.trig.join('\n'))
    const plan = new Plan(QuadStore.of(quads), await parseQuery(PREFIX + queryOf(one)))
    const actual = firstRows(plan)
    if (actual.length > MOST) return
    const expected = oxigraphOf(quads).query(PREFIX + queryOf(one)) as unknown as ReadonlyMap<string, never>[]
    expect(actual, plan.steps.map(step => stepText(step, {}).text).join('\n')).toEqual(expected.map(solutionKey).sort())
    seen.asked++
    if (actual.length > 0) seen.withSolutions++
    if (plan.steps.some(({ node }) => node.type === 'intersection')) seen.intersections++
  })
  await fc.assert(property, SEED)
  expect(seen.asked).toBeGreaterThan(RUNS * 0.9)
  expect(seen.withSolutions).toBeGreaterThan(RUNS * 0.3)
  expect(seen.intersections).toBeGreaterThan(RUNS * 0.2)
}, 300_000)

describe('an answer does not depend on', () => {
  test('the order of what stands in a group', async () => {
    const property = fc.asyncProperty(graphCases(), fc.nat(), async (one, seed) => {
      const store = QuadStore.of(triG(one.trig.join('\n')))
      const [before, after] = await Promise.all(
        [one, { ...one, parts: shuffled(one.parts, seed) }].map(async asked =>
          firstRows(new Plan(store, await parseQuery(PREFIX + queryOf(asked)))),
        ),
      )
      if (before!.length <= MOST) expect(after).toEqual(before)
    })
    await fc.assert(property, SEED)
  }, 300_000)

  // Nor on how the data came there, nor on a plan that was made for other data.
  test.each(EMPHASES)(
    'the order of loading, data that came and went, or the plan: %s',
    async emphasis => {
      const property = fc.asyncProperty(queries(emphasis), queries(emphasis), fc.nat(), async ({ trig, query }, other, seed) => {
        const algebra = await parseQuery(PREFIX + query).catch(invalid)
        if (algebra === undefined) return
        const quads = triG(trig)
        const expected = linesOf(algebra, new Plan(QuadStore.of(quads), algebra))
        expect(linesOf(algebra, new Plan(QuadStore.of(shuffled(quads, seed)), algebra))).toEqual(expected)

        const store = QuadStore.of(triG(other.trig))
        const asked = (): string[] => linesOf(algebra, planOf(store, algebra, { baseIRI: undefined })!)
        asked()
        for (const quad of shuffled(quads, seed)) store.add(quad)
        asked()
        const wanted = QuadStore.of(quads)
        for (const quad of shuffled([...store], seed)) if (!wanted.has(quad)) store.delete(quad)
        expect(asked()).toEqual(expected)
        expect(asked()).toEqual(expected)
      })
      await fc.assert(property, SEED)
    },
    300_000,
  )
})

function triG(text: string): Quad[] {
  return new Parser({ format: 'TriG' }).parse(PREFIX + text)
}

function queryOf({ graph, parts }: GraphCase): string {
  return `SELECT * { ${graph} { ${parts.join(' ')} } }`
}

/** The solutions in alphabetical order; of too many the first. */
function firstRows(plan: Plan): string[] {
  const rows: string[] = []
  for (const solution of plan.solutions()) if (rows.push(solutionKey(solution)) > MOST) break
  return rows.sort()
}

/** In an order that only the seed knows. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const places = items.map((_, index) => Math.imul(index + 1, seed | 1) ^ (seed >>> 5))
  return items
    .map((_, index) => index)
    .sort((one, other) => places[one]! - places[other]!)
    .map(index => items[index]!)
}

function invalid(error: unknown): Algebra | undefined {
  if (error instanceof CommuniqueError && error.code === 'query-syntax') return undefined
  throw error
}
