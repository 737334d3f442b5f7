import { DataFactory, type Quad } from 'n3'
import { beforeAll, expect, test } from 'vitest'
import { isStated } from '../../src/article/claim.ts'
import { coverage } from '../../src/article/coverage.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { type Source, sourcesOf, statementsAbout } from '../../src/project/source.ts'
import { findThing } from '../../src/project/thing.ts'
import { select } from '../../src/query/engine.ts'
import { tripleKey } from '../../src/rdf/term.ts'
import { cmq } from '../../src/rdf/vocabulary.ts'
import { givenProject, replacing, root } from '../given.ts'

const { defaultGraph } = DataFactory
let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

test('the article gives at least 35 claims, each with one verbatim quote that occurs once', () => {
  const [document] = project.documents
  const claims = document!.claims.filter(({ kind }) => kind === 'claim')
  expect(project.faults).toEqual([])
  expect(claims.length).toBeGreaterThanOrEqual(35)
  for (const { quote } of claims) expect(document!.article.text.split(quote!.exact)).toHaveLength(2)
})

test('no blank node stands in the dataset of the article', () => {
  const data = project.store.getQuads(null, null, null, null).filter(({ graph }) => !graph.value.endsWith('/ontology'))
  expect(data.length).toBeGreaterThan(500)
  expect(data.filter(({ subject, object }) => subject.termType === 'BlankNode' || object.termType === 'BlankNode')).toEqual([])
})

test('reported speech, evaluations and causes never stand in the stated layer', () => {
  const [document] = project.documents
  const attributed = document!.claims.filter(claim => claim.kind === 'claim' && !isStated(claim, document!.iri))
  expect(attributed.length).toBeGreaterThanOrEqual(9)
  const stated = new Set(
    document!.claims
      .filter(claim => isStated(claim, document!.iri))
      .flatMap(({ quads }) => quads.map(triple => JSON.stringify(triple))),
  )
  for (const triple of attributed.flatMap(({ quads }) => quads)) {
    if (!stated.has(JSON.stringify(triple))) expect(project.store.has(triple), JSON.stringify(triple)).toBe(false)
  }
})

test('a first query by somebody who never read the ontology gives Kim and Al Raisi', async () => {
  const rows = await select(
    project.store,
    `PREFIX id: <https://w3id.org/communique/id/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
     SELECT ?name ?p { ?who ?p id:president-of-interpol ; rdfs:label ?name FILTER(CONTAINS(STR(?p), "ns#is")) FILTER(!CONTAINS(STR(?p), "Tenure")) } ORDER BY ?name`,
  )
  expect(rows.map(row => `${row.get('name')?.value} ${row.get('p')?.value.split('#')[1]}`)).toEqual([
    'Ahmed Nasser Al Raisi isElectedTo',
    'Kim Jong-young isCalledHolderOf',
  ])
})

test('every triple of the stated layer has a source, down to words of the text or a reason', () => {
  const stated = project.store.getQuads(null, null, null, defaultGraph())
  expect(stated.length).toBeGreaterThan(300)
  const grounded = (source: ReturnType<typeof sourcesOf>[number]): boolean =>
    source.quote !== undefined || source.reason !== undefined || (source.premises ?? []).some(grounded)
  for (const triple of stated)
    expect(sourcesOf(project, triple).some(grounded), `${triple.subject.value} ${triple.predicate.value}`).toBe(true)
})

test('the year is inferred, never stated', () => {
  const years = (quads: readonly { object: { value: string } }[]): string[] =>
    quads.map(({ object }) => object.value).filter(value => /^20\d\d-/.test(value))
  expect(years(project.layer('stated'))).toEqual([])
  expect(years(project.layer('inferred'))).toContain('2021-11-23')
  expect(years(project.layer('inferred'))).toContain('2022-01-01')
})

test('a thing is found by slug, prefixed name, IRI and label; a wrong name gets the nearest', () => {
  const iri = 'https://w3id.org/communique/id/kim-jong-young'
  for (const name of ['kim-jong-young', 'id:kim-jong-young', iri, 'Kim Jong-young'])
    expect(findThing(project, name).value).toBe(iri)
  expect(() => findThing(project, 'kim-jong-yang')).toThrow(/did you mean "kim-jong-young"/)
  expect(
    statementsAbout(project, findThing(project, 'istanbul'))
      .subject.flatMap(({ sources }) => sources)
      .some(({ status, voice }) => status === 'Evaluation' && voice === 'Recep Tayyip Erdogan'),
  ).toBe(true)
})

test('an inference is never more certain than what it rests on', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': replacing('- certainty: HighCertainty', '- certainty: MediumCertainty'),
  })
  const certain = async (folder: string): Promise<unknown[]> => {
    const project = await readProject(folder)
    const opening = findThing(project, 'opening-of-session-89')
    const [bound] = project.store.getQuads(opening, cmq.earliestBegin, null, null)
    return sourcesOf(project, bound!).map(({ certainty }) => certainty)
  }
  expect(await certain(root)).toEqual(['HighCertainty'])
  expect(await certain(folder)).toEqual(['MediumCertainty'])
})

test('the dataset is the same whenever it is built', async () => {
  const again = await readProject(root)
  const lines = ({ store }: Project): string[] =>
    store
      .getQuads(null, null, null, null)
      .filter(({ subject, object }) => subject.termType !== 'BlankNode' && object.termType !== 'BlankNode')
      .map(quad => JSON.stringify(quad))
      .sort()
  expect(lines(again)).toEqual(lines(project))
})

test('deleting one claim takes away exactly its statements and what rested on them', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': text =>
      text.replace(/## Ahmed Nasser Al Raisi was elected[\s\S]*?```turtle[\s\S]*?```\n/, ''),
  })
  const less = await readProject(folder)
  const before = project.store.getQuads(null, null, null, defaultGraph())
  const gone = before.filter(triple => !less.store.has(triple))
  const kept = new Set(gone.map(({ predicate }) => predicate.value.split(/[#/]/).at(-1)))
  expect(less.documents[0]!.claims.filter(({ passage }) => passage?.position === 12)).toHaveLength(1)
  expect([...kept].sort()).toEqual(['electsPerson', 'fillsPost', 'isElectedTo', 'nameAsWritten', 'takesPlaceDuring', 'type'])
  expect(less.store.getQuads(null, null, null, defaultGraph()).every(triple => project.store.has(triple))).toBe(true)
})

test('any one claim taken away takes with it what it alone says, and nothing that does not rest on it', async () => {
  const [document] = project.documents
  const stated = (store: Project['store']) =>
    new Map(store.getQuads(null, null, null, defaultGraph()).map(quad => [tripleKey(quad), quad]))
  const before = stated(project.store)
  const claims = document!.claims.filter(claim => isStated(claim, document!.iri) && claim.quads.length > 0)
  const restsOn = (sources: readonly Source[], iri: string): boolean =>
    sources.some(({ claim, premises = [] }) => claim === iri || restsOn(premises, iri))
  expect(claims.length).toBeGreaterThan(30)
  for (const { id, iri, quads } of claims) {
    const rest = { ...document!, claims: document!.claims.filter(claim => claim.id !== id) }
    const without = await project.datasetOf([rest])
    const after = stated(without)
    const lost = [...before].filter(([key]) => !after.has(key))
    for (const [key, quad] of lost) expect(restsOn(sourcesOf(project, quad), iri.value), `${id}: ${key}`).toBe(true)
    // What only this claim says is gone, unless a rule now makes it of what others say.
    const alone = quads.filter(quad => sourcesOf(project, quad).every(source => restsOn([source], iri.value)))
    const isMade = ({ subject, predicate, object }: Quad) =>
      without.getQuads(subject, predicate, object, null).some(({ graph }) => graph.value.includes('/plain/'))
    expect(
      alone.filter(quad => after.has(tripleKey(quad)) && !isMade(quad)),
      id,
    ).toEqual([])
  }
})

test('a sentence whose only claim is deleted is named', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': text => text.replace(/## The photo is credited[\s\S]*?```turtle[\s\S]*?```\n/, ''),
  })
  const { documents } = await readProject(folder)
  expect(coverage(documents[0]!.article, documents[0]!.passages, documents[0]!.claims).silent).toEqual([17])
})

test('editing the text names the stale quotes', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/article.txt': replacing('160 countries of the world', '162 countries of the world'),
  })
  const { faults } = await readProject(folder)
  expect(faults.map(({ code }) => code)).toContain('article-changed')
  const [stale] = faults.filter(({ code }) => code === 'quote-not-found')
  expect(stale).toMatchObject({
    where: { file: 'data/interpol-ga-89/claims.md' },
    mend: expect.stringContaining('162 countries of the world'),
  })
  expect(faults.filter(({ code }) => code === 'passage-stale')).toMatchObject([{ sentence: 2 }])
})
