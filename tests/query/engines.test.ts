import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import type { NamedNode, Quad, Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory, Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { ask, construct, engineName, parseQuery, queryForm, select } from '../../src/query/engine.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { oxigraphOf } from '../questions/oxigraph.ts'
import { type Solution, TooMany } from '../reference/solution.ts'
import { graphLines, linesOf, referenceOn, solutionLines } from './answer.ts'
import divergences from './engine-divergences.json' with { type: 'json' }
import { type Case, cases } from './generated.ts'
import { EMPHASES, queries } from './generated-queries.ts'
import { PREFIX } from './given.ts'

/** How many cases are made of each kind; CI makes more. */
const RUNS = Number(process.env.GENERATED_CASES ?? 300)

const quadsOf = ({ trig }: Case): Quad[] => new Parser({ format: 'TriG' }).parse(PREFIX + trig)

/** What the specification says, evaluated in the plainest way. */
async function judge(one: Case): Promise<string[]> {
  const algebra = await parseQuery(PREFIX + one.query)
  return linesOf(algebra, referenceOn(algebra, quadsOf(one)))
}

/** Our engine on our dataset. */
async function ours(one: Case): Promise<string[]> {
  const algebra = await parseQuery(PREFIX + one.query)
  const store = QuadStore.of(quadsOf(one))
  expect(await engineName(store, algebra)).toBe('communique')
  const form = queryForm(algebra)
  if (form === 'ASK') return [String(await ask(store, algebra))]
  if (form === 'SELECT') return solutionLines(algebra, await select(store, algebra))
  return graphLines(await construct(store, algebra))
}

const queryEngine = new QueryEngine()

/** What others answer: true or false, solutions or triples. Numbers are written as we write them: 2 for 2.0 is no other answer. */
const peers: Readonly<Record<string, (one: Case) => Promise<string[]>>> = {
  /** Comunica as it comes. */
  comunica: async one => {
    const found = await queryEngine.query(PREFIX + one.query, { sources: [new Store(quadsOf(one))] })
    if (found.resultType === 'boolean') return [String(await found.execute())]
    if (found.resultType === 'quads') return graphLines((await (await found.execute()).toArray()) as Quad[])
    if (found.resultType !== 'bindings') throw new Error('no update is asked here')
    const solutions = await (await found.execute()).toArray()
    const maps = solutions.map(bindings => new Map([...bindings].map(([{ value }, term]) => [value, plain(term as Term)])))
    return solutionLines(await parseQuery(PREFIX + one.query), maps)
  },
  oxigraph: async one => {
    const found = oxigraphOf(quadsOf(one)).query(PREFIX + one.query)
    if (typeof found === 'boolean') return [String(found)]
    if (typeof found === 'string') throw new Error('no text was asked for')
    if (queryForm(await parseQuery(PREFIX + one.query)) !== 'SELECT') return graphLines(found as never)
    const maps = (found as unknown as Solution[]).map(
      solution => new Map([...solution].map(([name, term]) => [name, plain(term)])),
    )
    return solutionLines(await parseQuery(PREFIX + one.query), maps)
  },
}

/** A number in one of the ways to write it. */
function plain(term: Term): Term {
  if (term.termType !== 'Literal' || !/#(integer|decimal)$/.test(term.datatype.value)) return term
  const value = Number(term.value)
  const isWhole = Number.isInteger(value) && term.datatype.value.endsWith('decimal')
  return DataFactory.literal(isWhole ? `${value}.0` : String(value), term.datatype as NamedNode)
}

/** Those of all forms are asked less often here, and of ours alone in `tests/sparql/evaluation.test.ts`. */
const KINDS: readonly (readonly [name: string, runs: number, made: fc.Arbitrary<Case>])[] = [
  ['without paths and GRAPH', RUNS, cases({ paths: false, graph: false })],
  ['with paths', RUNS, cases({ paths: true, graph: false })],
  ['with GRAPH', RUNS, cases({ paths: false, graph: true })],
  ['with paths and GRAPH', RUNS, cases({ paths: true, graph: true })],
  ...EMPHASES.map(emphasis => [`all forms, with more of: ${emphasis}`, Math.ceil(RUNS / 6), queries(emphasis)] as const),
]

describe('our engine answers as the specification says, whatever others do', () => {
  test.each(KINDS)(
    '%s',
    async (_, numRuns, made) => {
      const agreeing: Record<string, number> = { comunica: 0, oxigraph: 0 }
      let asked = 0
      const property = fc.asyncProperty(made, async one => {
        const expected = await judge(one).catch(unasked)
        // A description is what an engine takes for one (16.4).
        if (expected === undefined || one.query.startsWith('DESCRIBE')) return
        asked++
        expect(await ours(one)).toEqual(expected)
        const [comunica, oxigraph] = await Promise.all([outcomeOf(peers.comunica!(one)), outcomeOf(peers.oxigraph!(one))])
        if (isSame(comunica, expected)) agreeing.comunica!++
        if (isSame(oxigraph, expected)) agreeing.oxigraph!++
        // The judge has no other judge: where both others agree against it, the kind of the query must be a known one.
        if (isSame(comunica, oxigraph) && !isSame(comunica, expected)) expect(one.query).toMatch(BOTH_WRONG)
      })
      await fc.assert(property, { numRuns, seed: 89 })
      expect(asked).toBeGreaterThan(numRuns * 0.8)
      for (const [name, count] of Object.entries(agreeing)) expect(count, name).toBeGreaterThan(asked * 0.85)
    },
    600_000,
  )
})

/**
 * What both others take for something else: an empty group in a graph that is not there or in several, a count of errors, which is 0,
 * a graph that is named twice in FROM, and an EXISTS that calculates what has a value outside, for which there is no definition.
 */
const BOTH_WRONG = /GRAPH (\?|:nowhere)|COUNT|FROM :\w FROM :|EXISTS .* AS /

describe('where another engine is wrong, ours is right', () => {
  test('the list names each case once', () => {
    expect(divergences.length).toBeGreaterThanOrEqual(6)
    expect(new Set(divergences.map(({ engine, query }) => `${engine} ${query}`)).size).toBe(divergences.length)
    for (const { engine, verdict } of divergences) {
      expect(Object.keys(peers)).toContain(engine)
      expect(verdict).toMatch(new RegExp(`\\. ${engine === 'comunica' ? 'Comunica' : 'Oxigraph'} .*\\.$`))
    }
  })

  // One that is right at last fails here: then take it off the list.
  test.each(divergences)('$engine: $query', async ({ engine, trig, query }) => {
    const one = { trig, query }
    const expected = await judge(one)
    expect(await outcomeOf(peers[engine]!(one))).not.toEqual(expected)
    expect(await outcomeOf(ours(one))).toEqual(expected)
  })
})

test('the condition of an OPTIONAL within an OPTIONAL does not see what stands outside both', async () => {
  const one = {
    trig: ':a :p 2 ; :q :b . :b :r 1 .',
    query: 'SELECT * { ?s :p ?o OPTIONAL { ?s :q ?x OPTIONAL { ?x :r ?y FILTER(?o = 2) } } }',
  }
  expect(await peers.oxigraph!(one)).toEqual(await judge(one))
  expect(await ours(one)).toEqual(await judge(one))
})

/** No answer is expected of what is no query, and of what is too much for the reference. */
function unasked(error: unknown): undefined {
  if (!(error instanceof TooMany) && !(error instanceof CommuniqueError && error.code === 'query-syntax')) throw error
}

/** The solutions, or what kept them away; an engine that waits for ever is stuck. */
function outcomeOf(work: Promise<string[]>): Promise<string[] | string> {
  const stuck = new Promise<string>(resolve => setTimeout(resolve, 5000, 'stuck').unref())
  return Promise.race([work.catch((error: unknown) => `error: ${error instanceof Error ? error.message : error}`), stuck])
}

function isSame(one: string[] | string, other: string[] | string): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
