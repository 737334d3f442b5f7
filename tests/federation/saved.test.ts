import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Store as Oxigraph } from 'oxigraph'
import { beforeAll, expect, test } from 'vitest'
import { graphOfLayer, hasService } from '../../src/answers/answering.ts'
import { openProject } from '../../src/answers/open.ts'
import { type MirroredFile, takeSnapshot } from '../../src/federation/extraction.ts'
import type { ServiceOptions } from '../../src/federation/federation.ts'
import { quadsIn } from '../../src/federation/snapshot.ts'
import { sourceOfFile } from '../../src/linking/source.ts'
import { cmq, dcterms } from '../../src/rdf/vocabulary.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { givenProject, root } from '../given.ts'
import { OPENDATA, withOpenData } from '../linking/reference.ts'
import { faultOf, serving } from '../remote/given.ts'
import { endpointOf, rowsOf, services, WIKIDATA } from './given.ts'

const project = await openProject(root)
const questions = project.catalogue.questions.filter(({ algebra }) => hasService(algebra))
const SNAPSHOTS = join(root, 'data/snapshots')
const snapshots = readdirSync(SNAPSHOTS).map(file => file.replace(/\.trig$/, ''))

test('at least six saved questions ask other servers, and no snapshot belongs to none of them', () => {
  expect(questions.length).toBeGreaterThanOrEqual(6)
  expect(questions.map(({ name }) => name)).toEqual(expect.arrayContaining(snapshots))
  expect(questions.filter(({ parameters }) => parameters.length > 0).length).toBeGreaterThanOrEqual(3)
})

test.each(questions)('$name is answered offline, and says from which files of what version and when', async ({ name }) => {
  const { complete, notes } = await project.ask(name)
  const told = notes.filter(({ code }) => code === 'federated-snapshot')
  expect(complete).toBe(true)
  expect(told.length).toBeGreaterThan(0)
  for (const { text } of told)
    expect(text).toMatch(
      /^From the snapshot "[\w-]+" of .+, .+, in the place of http.+, which was not asked, 20\d\d-\d\d-\d\d: \d+ row/,
    )
})

test('a snapshot answers for fewer values than it was made for, and says where it may lack some', async () => {
  const few = await project.ask('codes-of-countries-met', { country: ['Chile', 'India'] })
  expect(few).toMatchObject({ complete: true, rows: { length: 2 } })
  const folder = await givenProject()
  const text = 'SELECT ?code { VALUES ?item { wd:Q142 } SERVICE <https://query.wikidata.org/sparql> { ?item wdt:P297 ?code } }'
  const prefixes = 'PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>'
  const other = await (await openProject(folder)).query(`${prefixes} ${text}`, { services: { offline: true } })
  expect(other).toMatchObject({ complete: false, rows: [] })
})

test('a server that stands for another is named in the answer, and its files in the snapshot', async () => {
  const server = await endpointOf(WIKIDATA)
  const mirror: ServiceOptions = { ...services([server]), mirror: server.url }
  const live = await project.ask('codes-of-countries-met', { country: 'Chile' }, { services: mirror })
  expect(live.notes.at(-1)!.text).toMatch(`From ${server.url} in the place of https://query.wikidata.org/sparql, `)
  const question = project.catalogue.questions.find(({ name }) => name === 'as-wikidata-names-it')!
  const graph = graphOfLayer(project, question.layer)
  expect((await faultOf(takeSnapshot(graph, question, mirror))).code).toBe('snapshot-files')
  const file = { name: 'some.ttl', sha256: 'f00', source: 'http://example.org/', title: 'Some', version: '3', licence: 'urn:cc0' }
  const { text } = await takeSnapshot(graph, question, { ...mirror, files: [file] })
  expect(text).toContain('which was not asked itself')
  expect(text).toContain('dcterms:rights "Some, http://example.org/"')
  expect(text).not.toContain(`prov:used <https://query.wikidata.org/sparql>`)
})

withOpenData('the snapshots', () => {
  let paths: Map<string, string>
  beforeAll(() => {
    const all = readdirSync(OPENDATA, { recursive: true }).map(path => join(OPENDATA, String(path)))
    paths = new Map(all.map(path => [basename(path), path]))
  })

  test.each(snapshots)('%s is what a server says that has the files that it names', { timeout: 120_000 }, async name => {
    const last = await readFile(join(SNAPSHOTS, `${name}.trig`), 'utf8')
    const described = QuadStore.of(await quadsIn({ file: `${name}.trig`, text: last }))
    const store = new Oxigraph()
    const files = new Map<string, MirroredFile>()
    for (const { subject, object } of described.getQuads(null, cmq.sha256, null, null)) {
      const file = described.getObjects(subject, dcterms.title, null)[0]!.value
      if (files.has(file)) continue
      const bytes = await readFile(paths.get(file)!)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(object.value)
      store.load(bytes.toString(), { format: 'text/turtle' })
      files.set(file, { name: file, sha256: object.value, title: '', version: '', licence: 'urn:x', source: 'urn:x' })
      expect(described.getObjects(subject, dcterms.isPartOf, null)).toEqual([sourceOfFile(project, file)])
    }
    const server = await serving(({ url, body }, response) => {
      const form = new URLSearchParams(body || new URL(url, 'http://x/').search)
      response.end(store.query(form.get('query')!, { results_format: 'json' }) as string)
    })
    const options = { ...services([server]), mirror: `http://${server.host}/query`, files: [...files.values()] }
    const question = questions.find(one => one.name === name)!
    const { added, removed } = await takeSnapshot(graphOfLayer(project, question.layer), question, options, last)
    expect([added, removed]).toEqual([[], []])
    const [live, kept] = [await project.ask(name, {}, { services: options }), await project.ask(name)]
    expect(rowsOf(live)).toEqual(rowsOf(kept))
  })
})
