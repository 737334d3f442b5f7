import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { draftDocument } from '../../src/project/draft.ts'
import { readProject } from '../../src/project/project.ts'
import { sourcesOf } from '../../src/project/source.ts'
import { check } from '../../src/check/check.ts'
import { givenProject, root } from '../given.ts'

const { namedNode, defaultGraph } = DataFactory
const article = (name: string): Promise<string> => readFile(join(import.meta.dirname, 'articles', name), 'utf8')

/** As a new user would: put the text, draft, write claims, check. */
async function add(folder: string, name: string, language?: string): Promise<void> {
  await draftDocument(join(folder, 'data', name), language)
}

test('a second article on the same body is added without touching code: what was planned is now held, and both claims stay', async () => {
  const folder = await givenProject({
    'data/interpol-ga-90/article.txt': await article('interpol-ga-90.txt'),
    'data/interpol-ga-90/claims.md': await article('interpol-ga-90.md'),
  })
  await add(folder, 'interpol-ga-90')
  const project = await readProject(folder)
  const report = await check(project)
  expect(report.checks.filter(({ name }) => name !== 'must not claim').flatMap(({ faults }) => faults)).toEqual([])
  // What the first article could not claim, the second does: exactly those questions turn true.
  expect(report.checks.at(-1)!.faults.map(({ where }) => where?.file?.split('/').at(-1))).toEqual(
    expect.arrayContaining(['session-90-held.rq', 'session-90-has-status-held.rq']),
  )
  const session = namedNode('https://w3id.org/communique/id/interpol-general-assembly-session-90')
  const cmq = (name: string) => namedNode(`https://w3id.org/communique/ns#${name}`)
  expect(project.store.getObjects(session, cmq('hasEventStatus'), defaultGraph()).map(({ value }) => value)).toEqual([
    cmq('Held').value,
  ])
  const before = await readProject(root)
  const gone = before.store.getQuads(null, null, null, defaultGraph()).filter(triple => !project.store.has(triple))
  expect(gone.map(({ predicate }) => predicate.value)).toEqual([cmq('hasEventStatus').value])
  const [held] = project.store.getQuads(session, cmq('hasEventStatus'), null, defaultGraph())
  expect(sourcesOf(project, held!)[0]?.premises?.map(({ quote }) => quote)).toEqual([
    'The 90th session of the Interpol General Assembly was held in New Delhi (Republic of India)',
  ])
})

test('a French article of a court brings its own terms in a module of its project', async () => {
  const folder = await givenProject(
    {
      'ontology/court.ttl': await article('court.ttl'),
      'data/court/article.txt': await article('court.txt'),
      'data/court/claims.md': await article('court.md'),
    },
    { bare: true },
  )
  await add(folder, 'court', 'fr')
  const project = await readProject(folder)
  const faults = (await check(project)).checks.flatMap(({ name, faults }) => (name === 'must not claim' ? [] : faults))
  expect(faults).toEqual([])
  const [document] = project.documents
  expect(document!.language).toBe('fr')
  expect(document!.claims.find(({ id }) => id === 's2-1')?.quote).toMatchObject({ start: 66 })
})

test('an English article of a company needs no term beyond the core', async () => {
  const folder = await givenProject(
    { 'data/company/article.txt': await article('company.txt'), 'data/company/claims.md': await article('company.md') },
    { bare: true },
  )
  await add(folder, 'company')
  const faults = (await check(await readProject(folder))).checks.flatMap(({ name, faults }) =>
    name === 'must not claim' ? [] : faults,
  )
  expect(faults).toEqual([])
})
