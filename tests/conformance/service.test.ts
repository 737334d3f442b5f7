import { DataFactory, Store } from 'n3'
import { expect, test } from 'vitest'
import { federate } from '../../src/federation/federation.ts'
import { parseQuery, select } from '../../src/query/engine.ts'
import { namespace } from '../../src/rdf/namespace.ts'
import { type Algebra, mapNodes, projectedVariables } from '../../src/sparql/algebra.ts'
import { endpointOf, services } from '../federation/given.ts'
import { announceMissing, type ManifestEntry, manifestEntries, mf, suiteFile, suitesFolder } from './manifest.ts'
import { difference, expectedOutcome, suiteQuads, throughOurWriter } from './solutions.ts'

const qt = namespace('http://www.w3.org/2001/sw/DataAccess/tests/test-query#')
const MANIFEST = 'https://w3c.github.io/rdf-tests/sparql/sparql11/service/manifest.ttl'

/** These send a SERVICE within a SERVICE, which we refuse: whether they hold depends on what the first server can do. */
const NESTED = /service[36]$/

if (suitesFolder() === undefined) {
  test('the suite is there, or its absence is announced', () => {
    console.warn(announceMissing('rdf-tests'))
  })
} else {
  const entries = manifestEntries(MANIFEST)
  const run = entries.filter(({ id }) => !NESTED.test(id))
  test('the manifest of SERVICE names 5 tests, and 3 of them are run', () => {
    expect([entries.length, run.length]).toEqual([5, 3])
  })
  test.each(run)('SPARQL 1.1: $id', runTest)
}

/** Runs a test with a server of its own for each endpoint that it names. */
async function runTest({ graph, node }: ManifestEntry): Promise<void> {
  const [action] = graph.getObjects(node as never, mf('action'), null)
  const value = (subject: typeof action, name: string): string => graph.getObjects(subject!, qt(name), null)[0]!.value
  const servers = new Map<string, Awaited<ReturnType<typeof endpointOf>>>()
  for (const data of graph.getObjects(action!, qt('serviceData'), null))
    servers.set(value(data, 'endpoint'), await endpointOf(new Store((await suiteQuads(value(data, 'data'))) as never)))
  const query = value(action, 'query')
  const algebra = mapNodes(await parseQuery(suiteFile(query), { baseIRI: query }), (part): Algebra => {
    const server = part.type === 'service' ? servers.get((part.name as { value: string }).value) : undefined
    return server === undefined ? part : { ...part, name: DataFactory.namedNode(server.url) }
  })
  const here = new Store((await suiteQuads(value(action, 'data'))) as never)
  const federated = await federate(here, algebra, services([...servers.values()]))
  const rows = await select(here, federated.algebra)
  const result = graph.getObjects(node as never, mf('result'), null)[0]!.value
  const actual = await throughOurWriter({ kind: 'solutions', rows, ordered: false }, result, projectedVariables(algebra))
  expect(difference(await expectedOutcome(result, 'solutions'), actual)).toBeUndefined()
}
