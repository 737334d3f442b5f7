import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openProject } from '../../src/index.ts'
import { communique, givenCopy, query } from '../cli/given.ts'
import { faultOf } from '../remote/given.ts'
import { type Endpoint, endpointOf, services } from './given.ts'

const THEIRS = `<https://w3id.org/communique/id/serbia> wdt:P36 wd:Q3711 . <https://w3id.org/communique/id/chile> wdt:P36 wd:Q2887 .`
const capitals = ({ url }: Endpoint, silent = '') => `
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT ?country ?capital {
  VALUES ?country { id:serbia id:chile id:india }
  ?country a cmq:Country .
  SERVICE ${silent} <${url}> { ?country wdt:P36 ?capital }
}
ORDER BY ?country`

const question = (server: Endpoint) => `#+ summary: Which capitals have the countries
PREFIX cmq: <https://w3id.org/communique/ns#>
PREFIX id: <https://w3id.org/communique/id/>
${capitals(server).trim()}
`

test('communique query reaches a server that it may ask, and says what came from there', async () => {
  const server = await endpointOf(THEIRS)
  const { code, out, err } = await query(capitals(server), '--allow', server.host, '--allow-private')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('Q3711')
  expect(out).toContain(`From ${server.url}`)
  expect(out).toContain(`source: ${server.host}, ${new Date().toISOString().slice(0, 10)} <${server.url}>`)
  const json = JSON.parse((await query(capitals(server), '--allow', server.host, '--allow-private', '--json')).out)
  expect(json).toMatchObject({ complete: true, notes: [{ code: 'federated' }] })
  expect(json.rows[0].sources.at(-1)).toMatchObject({ claim: server.url, status: 'Service' })
})

test('a partial answer exits with 4, with --limit, too', async () => {
  const server = await endpointOf(THEIRS, (_, response) => response.writeHead(500).end())
  for (const more of [[], ['--limit', '1']]) {
    const { code, out } = await query(capitals(server, 'SILENT'), '--allow', server.host, '--allow-private', ...more)
    expect(code).toBe(4)
    expect(out).toContain('SILENT goes on without it')
  }
})

test('without --allow nothing is asked, and the error says how to', async () => {
  const server = await endpointOf(THEIRS)
  const refused = await query(capitals(server))
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--allow') })
  const isPrivate = await query(capitals(server), '--allow', server.host)
  expect(isPrivate).toMatchObject({ code: 1, err: expect.stringContaining('--allow-private') })
  const offline = await query(capitals(server), '--offline')
  expect(offline).toMatchObject({ code: 1, err: expect.stringContaining('remote-offline') })
  expect(server.connections()).toBe(0)
})

test('a saved question runs against a server, then from the cache and from a snapshot, unchanged', async () => {
  const server = await endpointOf(THEIRS)
  const folder = await givenCopy({ 'queries/capitals.rq': question(server) })
  const allowed = ['--allow', server.host, '--allow-private']
  const live = await communique(['ask', 'capitals', '--format', 'csv', ...allowed], { cwd: folder })
  expect(live).toMatchObject({ code: 0, out: expect.stringContaining('Q2887') })
  const cached = await communique(['ask', 'capitals', '--format', 'csv', '--offline'], { cwd: folder })
  expect(cached).toMatchObject({ code: 0, out: live.out, err: expect.stringContaining('an old answer of') })

  const project = await openProject(folder)
  const { takeSnapshot } = await import('../../src/federation/extraction.ts')
  const { algebra } = project.catalogue.questions.find(({ name }) => name === 'capitals')!
  const rights = { licence: 'https://creativecommons.org/publicdomain/zero/1.0/', attribution: 'nobody' }
  const { text } = await takeSnapshot(project, { name: 'capitals', algebra }, { ...services([server]), ...rights })
  await mkdir(join(folder, 'data/snapshots'), { recursive: true })
  await writeFile(join(folder, 'data/snapshots/capitals.trig'), text)
  const snapshot = await communique(['ask', 'capitals', '--format', 'csv', '--snapshots'], { cwd: folder })
  expect(snapshot).toMatchObject({ code: 0, out: live.out, err: expect.stringContaining('From the snapshot "capitals"') })
  await server.stop()
  expect(await communique(['test', 'capitals', '--update'], { cwd: folder })).toMatchObject({ code: 0 })
  expect(await readFile(join(folder, 'queries/capitals.expected.tsv'), 'utf8')).toContain('Q2887')
  expect(await communique(['test', 'capitals'], { cwd: folder })).toMatchObject({ code: 0 })
  await writeFile(join(folder, 'queries/capitals.rq'), question(server).replace(' id:india', ' id:vietnam'))
  expect(await communique(['test', 'capitals'], { cwd: folder })).toMatchObject({ code: 3 })
  await writeFile(join(folder, 'queries/capitals.rq'), question(server))
  const answer = await (await openProject(folder)).ask('capitals', {}, { services: { offline: true } })
  expect(answer.notes.map(({ code }) => code)).toContain('federated-snapshot')
})

test('the command that takes a snapshot writes it, and what changed since the last', async () => {
  const server = await endpointOf(THEIRS)
  const folder = await givenCopy({ 'queries/capitals.rq': question(server) })
  const { run } = await import('../../src/cli/commands/snapshot.ts')
  const lines: string[] = []
  const out = (text: string): void => void lines.push(text)
  const terminal = {
    width: 80,
    out,
    write: out,
    data: out,
    err: () => {},
    style: (_: unknown, text: string) => text,
    progress: () => {},
  }
  const flags = { project: folder, allow: [server.host], allowPrivate: true }
  expect((await faultOf(run(['capitals'], flags, terminal))).code).toBe('snapshot-rights')
  const rights = { licence: 'https://creativecommons.org/publicdomain/zero/1.0/', attribution: 'nobody' }
  expect(await run(['capitals'], { ...flags, ...rights }, terminal)).toBe(0)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^\+ id:(serbia|chile) /)
  expect(await readFile(join(folder, 'data/snapshots/capitals.trig'), 'utf8')).toContain('prov:generatedAtTime')
  expect(await run(['capitals'], flags, terminal)).toBe(0)
  expect(lines).toHaveLength(2)
})
