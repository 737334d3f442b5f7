import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { comunicaSource } from '../../src/query/comunica-source.ts'
import { ask, construct, engineName, parseQuery, type QueryOptions, select } from '../../src/query/engine.ts'
import type { EngineChoice } from '../../src/query/plan.ts'
import { namespace } from '../../src/rdf/namespace.ts'
import { rdfs } from '../../src/rdf/vocabulary.ts'
import { type Algebra, nodesOf, projectedVariables } from '../../src/sparql/algebra.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import knownFailures from './known-failures.json' with { type: 'json' }
import { announceMissing, type ManifestEntry, manifestEntries, mf, suiteFile, suitesFolder } from './manifest.ts'
import { difference, expectedOutcome, type Outcome, suiteQuads, throughOurWriter } from './solutions.ts'

const qt = namespace('http://www.w3.org/2001/sw/DataAccess/tests/test-query#')
const causes: Readonly<Record<string, string>> = knownFailures

/** The manifests of SPARQL, how many tests each has here, and how many of these are run. */
const SUITES: readonly (readonly [name: string, manifest: string, tests: number, run: number])[] = [
  ['SPARQL 1.0', 'sparql10/manifest.ttl', 482, 482],
  ['SPARQL 1.1', 'sparql11/manifest-all.ttl', 539, 370],
  ['SPARQL 1.2', 'sparql12/manifest.ttl', 269, 266],
]

/** What this engine does not offer: these are counted and not run. */
const NOT_OFFERED: readonly (readonly [why: string, is: (entry: ManifestEntry) => boolean])[] = [
  ['update', ({ type }) => /UpdateEvaluationTest$/.test(type)],
  ['entailment', ({ manifest }) => /\/entailment\//.test(manifest)],
  ['SERVICE', ({ manifest }) => /\/service\//.test(manifest)],
]

for (const [name, path, count, offered] of SUITES) {
  describe(`W3C test suite of ${name}`, () => {
    if (suitesFolder() === undefined) {
      test('the suite is there, or its absence is announced', () => {
        console.warn(announceMissing('rdf-tests'))
      })
      return
    }
    const entries = manifestEntries(`https://w3c.github.io/rdf-tests/sparql/${path}`)
    const run = entries.filter(entry => !NOT_OFFERED.some(([, is]) => is(entry)))
    test(`the manifests name ${count} tests, and ${offered} of them are run`, () => {
      expect(entries).toHaveLength(count)
      expect(run).toHaveLength(offered)
    })
    for (const entry of run) {
      const title = `${name}: ${entry.id}`
      test(title, () => (isSyntaxTest(entry) ? parseTest(entry) : runTest(entry, 'communique')))
      if (isSyntaxTest(entry)) continue
      const runs = title in causes ? test.fails : test
      runs(`${title}, by Comunica`, () => runTest(entry, 'comunica'))
      test(`${title}, by our engine through Comunica as it comes`, () => runTest(entry, 'communique', throughComunica))
    }
  })
}

test('each known failure is that of a test', () => {
  if (suitesFolder() === undefined) return
  const titles = SUITES.flatMap(([name, path]) =>
    manifestEntries(`https://w3c.github.io/rdf-tests/sparql/${path}`).map(({ id }) => `${name}: ${id}`),
  )
  expect(Object.keys(causes).filter(title => title.startsWith('SPARQL ') && !titles.includes(title))).toEqual([])
})

function isSyntaxTest({ type }: ManifestEntry): boolean {
  return /SyntaxTest/.test(type)
}

async function parseTest({ type, graph, node }: ManifestEntry): Promise<void> {
  const { value } = graph.getObjects(node as never, mf('action'), null)[0]!
  const parsing = parseQuery(suiteFile(value), { baseIRI: value })
  if (/Negative/.test(type))
    await expect(parsing).rejects.toMatchObject({ code: expect.stringMatching(/^(query-syntax|undeclared-prefix)$/) })
  else await parsing
}

type Asking = (algebra: Algebra, dataset: QuadStore, options: QueryOptions, text: string) => Promise<Outcome>

async function runTest(entry: ManifestEntry, engine: EngineChoice, outcome: Asking = outcomeOf): Promise<void> {
  const { type, graph, node } = entry
  const value = (subject: Term, predicate: NamedNode): Term | undefined => graph.getObjects(subject as never, predicate, null)[0]
  const action = value(node, mf('action'))!
  expect(type).toMatch(/QueryEvaluationTest$|CSVResultFormatTest$/)
  const query = value(action, qt('query'))!.value
  const text = suiteFile(query)
  const algebra = await parseQuery(text, { baseIRI: query })
  const dataset = QuadStore.of(await datasetOf(entry, action, algebra))
  const result = value(node, mf('result'))!.value
  expect(await engineName(dataset, algebra, engine)).toMatch(new RegExp(`^${engine}`))
  const found = await outcome(algebra, dataset, { engine, baseIRI: query }, text)
  const actual = await throughOurWriter(found, result, found.kind === 'solutions' ? projectedVariables(algebra) : [])
  const expected = await expectedOutcome(result, actual.kind)
  const lax = value(node, mf('resultCardinality'))?.equals(mf('LaxCardinality')) ?? false
  expect(difference(expected, actual, lax)).toBeUndefined()
}

async function outcomeOf(algebra: Algebra, dataset: QuadStore, options: QueryOptions): Promise<Outcome> {
  const form = [...nodesOf(algebra)].find(({ type }) => ['project', 'ask', 'construct', 'describe'].includes(type))!.type
  if (form === 'ask') return { kind: 'boolean', value: await ask(dataset, algebra, options) }
  if (form !== 'project') return { kind: 'graph', quads: await construct(dataset, algebra, options) }
  return { kind: 'solutions', rows: await select(dataset, algebra, options), ordered: false }
}

const queryEngine = new QueryEngine()

async function throughComunica(_: Algebra, dataset: QuadStore, { baseIRI }: QueryOptions, text: string): Promise<Outcome> {
  const sources = { '@comunica/bus-query-operation:querySources': [{ source: comunicaSource(dataset) }] }
  const found = await queryEngine.query(text, { ...sources, baseIRI } as never)
  if (found.resultType === 'boolean') return { kind: 'boolean', value: await found.execute() }
  if (found.resultType === 'quads') return { kind: 'graph', quads: (await (await found.execute()).toArray()) as Quad[] }
  if (found.resultType !== 'bindings') throw new Error('no update is asked here')
  const rows = (await (await found.execute()).toArray()).map(
    row => new Map([...row].map(([{ value }, term]) => [value, term as Term])),
  )
  return { kind: 'solutions', rows, ordered: false }
}

/** The files that a test names as data; where it names none, those of the query's `FROM`. */
async function datasetOf({ graph }: ManifestEntry, action: Term, algebra: Algebra): Promise<Store> {
  const store = new Store()
  const load = async (iri: string, name: Term | undefined): Promise<void> => {
    for (const quad of await suiteQuads(iri))
      store.addQuad(
        DataFactory.quad(quad.subject as never, quad.predicate as never, quad.object as never, (name ?? quad.graph) as never),
      )
  }
  const data = graph.getObjects(action as never, qt('data'), null)
  for (const { value } of data) await load(value, undefined)
  for (const node of graph.getObjects(action as never, qt('graphData'), null)) {
    const file = graph.getObjects(node as never, qt('graph'), null)[0] ?? node
    const label = graph.getObjects(node as never, rdfs.label, null)[0]
    await load(file.value, DataFactory.namedNode(label?.value ?? file.value))
  }
  if (data.length > 0) return store
  for (const { type, default: defaults, named } of nodesOf(algebra)) {
    if (type !== 'from') continue
    for (const { value } of [...(defaults as Term[]), ...(named as Term[])]) await load(value, DataFactory.namedNode(value))
  }
  return store
}
