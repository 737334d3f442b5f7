import type { Term } from '@rdfjs/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/answers/answer.ts'
import { hasService } from '../../src/answers/answering.ts'
import { openProject } from '../../src/answers/open.ts'
import { mustNotClaimQuestions } from '../../src/check/must-not-claim.ts'
import type { Endpoint } from '../../src/endpoint/endpoint.ts'
import { publish, publishedGraphs } from '../../src/endpoint/publish.ts'
import { byValue } from '../../src/endpoint/value.ts'
import { CORE_BASE } from '../../src/project/core.ts'
import { LAYERS, layerIRI } from '../../src/project/layer.ts'
import type { Source } from '../../src/project/source.ts'
import { ask, parseQuery, queryText } from '../../src/query/engine.ts'
import { travelling } from '../../src/query/travelling.ts'
import { quadOf, termKey } from '../../src/rdf/term.ts'
import { cmq, rdfs } from '../../src/rdf/vocabulary.ts'
import { nodesOf } from '../../src/sparql/algebra.ts'
import { root } from '../given.ts'
import notRunnable from './not-runnable.json' with { type: 'json' }
import { announceMissing, at, comunica, hasVirtuoso, oxigraph, type Server, virtuoso } from './servers.ts'

const project = await openProject(root)
/** A SERVICE is not passed on to a server. */
const questions = project.catalogue.questions.filter(({ algebra }) => !hasService(algebra))
const named = publishedGraphs(project).flatMap(({ name, quads }) =>
  quads.map(({ subject, predicate, object }) => quadOf(subject, predicate, object, name)),
)
const answers = new Map<string, Promise<Answer>>()

/** The answer of our engine, asked once for all servers. */
function oursTo(name: string): Promise<Answer> {
  const answer = answers.get(name) ?? Promise.resolve(project.ask(name))
  answers.set(name, answer)
  return answer
}

// It asserts nothing: whether it must be there is for `.ci/run` to say, which fails where its installation does.
test.skipIf(hasVirtuoso())('Virtuoso is there, or its absence is announced', () => {
  console.warn(announceMissing())
})

const servers: readonly (readonly [name: string, start: () => Promise<Server>, leastRun: number])[] = [
  ...(hasVirtuoso() ? [['virtuoso', virtuoso, 81] as const] : []),
  ['oxigraph', () => oxigraph(), 83],
  ['comunica', () => comunica(named), 75],
]

describe.each(servers)('%s', (name, start, leastRun) => {
  const known = notRunnable.filter(({ server }) => server === name)
  let server: Server
  let endpoint: Endpoint
  beforeAll(async () => {
    server = await start()
    endpoint = at(server.query)
  }, 120_000)
  afterAll(() => server?.stop())

  test.runIf(name !== 'comunica')(
    'takes the dataset by the graph store and by updates; what it writes otherwise is named',
    async () => {
      for (const to of [server.store!, server.update!]) {
        const published = await publish(project, at(to, server.credentials), { endpoint })
        expect(published).toMatchObject({
          protocol: to === server.store ? 'graph-store' : 'update',
          quads: named.length,
          removed: [],
        })
        const count = named.filter(({ object }) => object.value === 'false').length
        const changes = [{ from: '"false"^^xsd:boolean', to: '"0"^^xsd:boolean', count }]
        expect(published.changes).toEqual(name === 'virtuoso' ? changes : [])
        expect(published.hash).toMatch(/^[\da-f]{64}$/)
      }
    },
  )

  test('gives the answers of our engine, by value, each row with the same sources', async () => {
    const failed: Record<string, string> = {}
    for (const question of questions) {
      const [ours, theirs] = [
        await oursTo(question.name),
        await project.ask(question.name, {}, { endpoint, timeout: 300 }).then(undefined, (error: unknown) => error as Error),
      ]
      const isPath = [...nodesOf(question.algebra)].some(({ type }) => type === 'path')
      const wrong = theirs instanceof Error ? theirs.message : difference(ours, theirs, isPath)
      if (wrong !== undefined) failed[question.name] = wrong
      else if (!(theirs instanceof Error)) {
        expect(theirs.engine).toBe(`sparql ${server.query}`)
        if (ours.rows.length > 0) expect([question.name, theirs.notes]).toEqual([question.name, ours.notes])
      }
    }
    const unknown = Object.entries(failed).filter(([one]) => !known.some(({ question }) => question === one))
    expect(unknown).toEqual([])
    expect(Object.keys(failed).sort()).toEqual(known.map(({ question }) => question).sort())
    for (const { question, message } of known) expect(failed[question]).toContain(message)
    expect(questions.length - known.length).toBeGreaterThanOrEqual(Math.max(leastRun, questions.length * 0.9))
  }, 300_000)

  // As it stands in the text is one of the orders that a sample can tell Virtuoso to take.
  test.runIf(name === 'virtuoso')('gives each row of a path from a constant once, even if it joins before it walks', async () => {
    const path = `GRAPH <${CORE_BASE}ontology> { ?relation <${rdfs.subPropertyOf.value}>* <${cmq.hasTopic.value}> }`
    const algebra = await parseQuery(`SELECT * { ?event ?relation ?topic ${path} }`)
    const sent = await queryText(travelling(algebra, layerIRI(project.baseIRI, 'stated')))
    const { rows } = await endpoint.query(`define sql:select-option "order" ${sent}`)
    expect(rows.length).toBe((await oursTo('topics-treated')).rows.length)
  })

  test('claims nothing that must not be claimed', async () => {
    const { questions: forbidden } = await mustNotClaimQuestions(project)
    expect(forbidden.length).toBeGreaterThan(20)
    for (const layer of LAYERS) {
      const graph = endpoint.graphOf(project, layer)
      for (const { algebra, file } of forbidden) expect([file, await ask(graph, algebra)]).toEqual([file, false])
    }
  }, 120_000)

  test('does not take what somebody said for a fact', async () => {
    const said = project.documents
      .flatMap(({ claims }) => claims)
      .filter(({ status }) => !['Asserted', 'Plan', 'Classification'].includes(status ?? ''))
      .flatMap(({ quads }) => quads)
      .filter(quad => project.store.countQuads(quad.subject, quad.predicate, quad.object, null) === 1)
    expect(said.length).toBeGreaterThan(5)
    for (const { subject, predicate, object } of said) {
      const triple = [subject, predicate, object].map(written).join(' ')
      expect([triple, (await project.query(`ASK { ${triple} }`, { endpoint })).rows.length]).toEqual([triple, 0])
      expect((await project.query(`ASK { GRAPH ?g { ${triple} } }`, { endpoint })).rows.length).toBe(1)
      // The trap: asked plainly, a server with a union default graph says yes.
      if (name === 'virtuoso') expect((await endpoint.query(`SELECT * { ${triple} }`)).rows.length).toBe(1)
    }
  }, 120_000)
})

function difference(ours: Answer, theirs: Answer, isSet: boolean): string | undefined {
  const [wanted, found] = [lines(ours, isSet), lines(theirs, isSet)]
  if (JSON.stringify(wanted) === JSON.stringify(found)) return undefined
  const [missing, more] = [wanted.filter(line => !found.includes(line)), found.filter(line => !wanted.includes(line))]
  return `another answer (${found.length} rows instead of ${wanted.length}): - ${missing[0]} + ${more[0]}`
}

/** The rows of an answer, each with its sources, in alphabetical order: the standard leaves the order of equals open. */
function lines({ rows, form }: Answer, isSet: boolean): string[] {
  const found = rows.map(({ values, sources }) =>
    JSON.stringify([
      [...values].map(([column, term]) => `${column} ${termKey(byValue(term))}`).sort(),
      sources.map(sorted).sort(),
    ]),
  )
  return (isSet || form === 'CONSTRUCT' ? [...new Set(found)] : found).sort()
}

function sorted({ premises, ...source }: Source): string {
  return JSON.stringify([source, (premises ?? []).map(sorted).sort()])
}

function written(term: Term): string {
  if (term.termType !== 'Literal') return `<${term.value}>`
  return `${JSON.stringify(term.value)}${term.language === '' ? `^^<${term.datatype.value}>` : `@${term.language}`}`
}
