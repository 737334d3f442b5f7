import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataFactory, type Quad } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { mustNotClaimQuestions } from '../../src/check/must-not-claim.ts'
import type { Fault } from '../../src/error.ts'
import { draftDocument } from '../../src/project/draft.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { type SourcedStatement, sourcesOf, statementsAbout } from '../../src/project/source.ts'
import { givenProject, replacing, root } from '../given.ts'

// The texts in articles/ are made up for these tests, and so is everybody in them whom the first communique does not name.
const ARTICLES = join(import.meta.dirname, 'articles')

const { defaultGraph, namedNode } = DataFactory
const cmq = (name: string) => namedNode(`https://w3id.org/communique/ns#${name}`)
const id = (slug: string) => namedNode(`https://w3id.org/communique/id/${slug}`)
const article = (file: string): Promise<string> => readFile(join(ARTICLES, file), 'utf8')

/** The steps of a new user: put the text into a folder, draft, write claims (and questions) over what the draft began. */
async function add(folder: string, name: string, language?: string): Promise<void> {
  const place = join(folder, 'data', name)
  await mkdir(place, { recursive: true })
  await copyFile(join(ARTICLES, name, 'article.txt'), join(place, 'article.txt'))
  await draftDocument(place, language)
  await cp(join(ARTICLES, name), place, { recursive: true })
}

function writeClaims(folder: string, name: string, text: string): Promise<void> {
  return writeFile(join(folder, 'data', name, 'claims.md'), text)
}

async function faultsOf(project: Project): Promise<readonly Fault[]> {
  return (await check(project)).checks.flatMap(({ faults }) => faults)
}

/** The stated layer, as text to compare. */
function stated({ store }: Pick<Project, 'store'>): string[] {
  return store.getQuads(null, null, null, defaultGraph()).map(tripleText).sort()
}

function tripleText({ subject, predicate, object }: Quad): string {
  const value = object.termType === 'Literal' ? `"${object.value}"@${object.language || object.datatype.value}` : object.value
  return `${subject.value} ${predicate.value} ${value}`
}

describe('a second article on the same body', () => {
  let first: Project
  let both: Project
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'communique-'))
    await cp(join(root, 'data'), join(folder, 'data'), { recursive: true })
    first = await readProject(folder)
    await add(folder, 'interpol-ga-90')
    both = await readProject(folder)
    return () => rm(folder, { recursive: true, force: true })
  })
  const session = id('interpol-general-assembly-session-90')
  const saying = (thing: string, property: string): SourcedStatement[] =>
    statementsAbout(both, id(thing)).subject.filter(({ triple }) => triple.predicate.equals(cmq(property)))
  const documentsOf = ({ sources }: SourcedStatement): string[] => [...new Set(sources.map(({ document }) => document))].sort()

  test('passes every check beside the first, whose questions are asked of it alone', async () => {
    const report = await check(both)
    expect(report.checks.flatMap(({ faults }) => faults)).toEqual([])
    expect(report.passed).toBe(true)
    const asked = (await mustNotClaimQuestions(both)).questions.map(({ document }) => document?.name)
    expect(asked.filter(name => name === 'interpol-ga-89').length).toBeGreaterThanOrEqual(20)
    expect(asked.filter(name => name === 'interpol-ga-90')).toHaveLength(1)
  })

  test('reports as held what the first announced: held counts, and both claims stay with their quotes', () => {
    expect(both.store.getObjects(session, cmq('hasEventStatus'), defaultGraph())).toEqual([cmq('Held')])
    const statuses = saying('interpol-general-assembly-session-90', 'hasStatedStatus').map(({ triple, sources }) => [
      triple.object.value.split('#')[1],
      ...sources.map(({ document, quote }) => `${document}: ${quote}`),
    ])
    expect(statuses).toEqual([
      [
        'Planned',
        'interpol-ga-89: The next, 90th session of the Interpol General Assembly will be held next year in the Republic of India',
      ],
      ['Held', 'interpol-ga-90: the 90th session of the INTERPOL General Assembly was held in New Delhi'],
    ])
    const [held] = both.store.getQuads(session, cmq('hasEventStatus'), null, defaultGraph())
    expect(sourcesOf(both, held!).flatMap(({ premises }) => premises ?? [])).toMatchObject([
      { document: 'interpol-ga-90', sentence: 1, quote: expect.stringContaining('was held in New Delhi') },
    ])
  })

  test('speaks of the same things, however it spells them', () => {
    const [ordinal] = saying('interpol-general-assembly-session-90', 'ordinal')
    expect(documentsOf(ordinal!)).toEqual(['interpol-ga-89', 'interpol-ga-90'])
    const spellings = (thing: string): string[] =>
      saying(thing, 'nameAsWritten')
        .map(statement => `${statement.triple.object.value}: ${documentsOf(statement)}`)
        .sort()
    expect(spellings('turkey')).toEqual(['Republic of Turkey: interpol-ga-89', 'Türkiye: interpol-ga-90'])
    expect(spellings('uae')).toEqual(['UAE: interpol-ga-89', 'United Arab Emirates: interpol-ga-90'])
    expect(spellings('ahmed-nasser-al-raisi')).toEqual([
      'Ahmed Nasser Al Raisi: interpol-ga-89',
      'Ahmed Nasser Al-Raisi: interpol-ga-90',
    ])
    expect(spellings('interpol')).toContain('INTERPOL: interpol-ga-90')
    expect(saying('ahmed-nasser-al-raisi', 'isElectedTo').flatMap(documentsOf)).toEqual(['interpol-ga-89'])
    expect(saying('ahmed-nasser-al-raisi', 'isCalledHolderOf').flatMap(documentsOf)).toContain('interpol-ga-90')
  })

  test('takes nothing from what the first states but the status that it replaces', async () => {
    const now = new Set(stated(both))
    expect(stated(first).filter(triple => !now.has(triple))).toEqual([
      `${session.value} ${cmq('hasEventStatus').value} ${cmq('Planned').value}`,
    ])
    const alone = both.documents.filter(({ name }) => name === 'interpol-ga-89')
    expect(stated({ store: await both.datasetOf(alone) })).toEqual(stated(first))
  })

  test('lets rules reach over both: the year of the session planned next rests on words of either', () => {
    const [begin] = both.store.getQuads(id('interpol-general-assembly-session-91'), cmq('earliestBegin'), null, null)
    expect(begin?.object.value).toBe('2023-01-01')
    const [source] = sourcesOf(both, begin!)
    expect(source).toMatchObject({ status: 'Inference', certainty: 'MediumCertainty' })
    expect(new Set(source!.premises!.map(({ document }) => document))).toEqual(new Set(['interpol-ga-89', 'interpol-ga-90']))
    expect(stated(both).filter(triple => /"20\d\d-/.test(triple))).toEqual([])
  })

  test('keeps a list that is complete, and what a speaker expects and demands, apart from what it reports', () => {
    expect(saying('meetings-beside-session-90', 'isCompleteList').map(({ triple }) => triple.object.value)).toEqual(['true'])
    expect(saying('meetings-beside-session-90', 'meetsColleaguesFrom')).toHaveLength(3)
    const said = [...saying('interpol-general-assembly-session-90', 'expectation'), ...saying('interpol', 'obligation')]
    expect(said.flatMap(({ sources }) => sources).filter(({ document }) => document === 'interpol-ga-90')).toMatchObject([
      { voice: 'Mira Tolland', status: 'Expectation', sentence: 5 },
      { voice: 'Mira Tolland', status: 'Necessity', sentence: 6 },
    ])
    expect(stated(both).filter(triple => /#(expectation|obligation) /.test(triple))).toEqual([])
  })
})

test('a question of the second article catches a claim that goes beyond its words', async () => {
  const folder = await givenProject()
  await add(folder, 'interpol-ga-90')
  const careless = `
id:tenure-mira-tolland a cmq:Tenure ;
  cmq:hasHolder id:mira-tolland ;
  cmq:isTenureOf id:vice-president-of-interpol-for-training ;
  cmq:isAttestedDuring id:election-of-the-vice-president-for-training .
id:mira-tolland a cmq:Person ;`
  const claims = await article('interpol-ga-90/claims.md')
  await writeClaims(folder, 'interpol-ga-90', replacing('\nid:mira-tolland a cmq:Person ;', careless)(claims))
  const { checks } = await check(await readProject(folder))
  const questions = checks.find(({ name }) => name === 'must not claim')!.faults.map(({ where }) => where?.file)
  expect([...new Set(questions)]).toEqual(['data/interpol-ga-90/must-not-claim/vice-presidency-begins.rq'])
})

describe('a French article of a court, with line ends of Windows, a base and a module of its own', () => {
  const givenCourt = async (): Promise<string> => {
    const folder = await givenProject(
      { 'data/dataset.ttl': await article('court-dataset.ttl'), 'ontology/court.ttl': await article('court.ttl') },
      { bare: true },
    )
    await add(folder, 'court', 'fr')
    return folder
  }

  test('passes every check, the house rules of the ontology among them', async () => {
    const report = await check(await readProject(await givenCourt()))
    expect(report.checks.flatMap(({ faults }) => faults)).toEqual([])
    expect(report.passed).toBe(true)
  })

  test('names its things under its own base and in its own language', async () => {
    const project = await readProject(await givenCourt())
    expect(project.documents).toMatchObject([{ name: 'court', language: 'fr', iri: 'https://example.org/greffe/doc/court' }])
    const triples = project.store.getQuads(null, null, null, defaultGraph())
    expect(triples.filter(({ subject }) => !subject.value.startsWith('https://example.org/greffe/id/'))).toEqual([])
    const languages = triples.flatMap(({ object }) => (object.termType === 'Literal' && object.language ? [object.language] : []))
    expect(new Set(languages)).toEqual(new Set(['fr']))
  })

  test('counts code points, past an emoji and two characters a line end', async () => {
    const [document] = (await readProject(await givenCourt())).documents
    const points = [...(await article('court/article.txt'))]
    const quotes = document!.claims.flatMap(({ quote, context }) => [...(quote ? [quote] : []), ...context])
    expect(quotes.length).toBeGreaterThan(15)
    for (const { start, end, exact } of quotes) expect(points.slice(start, end).join('')).toBe(exact)
    expect(document!.claims[0]!.quote).toMatchObject({
      start: 2,
      exact: expect.stringContaining('la décision\r\nque le tribunal'),
    })
  })

  test('keeps what stands between guillemets as the words of the one who spoke them', async () => {
    const project = await readProject(await givenCourt())
    const ruling = namedNode('https://example.org/greffe/id/annulation-de-la-decision-d-ecluzy')
    const said = statementsAbout(project, ruling).subject.filter(({ triple }) => triple.predicate.equals(cmq('characterization')))
    expect(said).toMatchObject([
      {
        triple: { object: { value: 'rappelle le droit de chacun d’être entendu', language: 'fr' } },
        sources: [
          { voice: 'Élodie Vaucelin', status: 'Evaluation', quote: 'Cet arrêt rappelle le droit de chacun d’être entendu' },
        ],
      },
    ])
    expect(project.store.getQuads(ruling, cmq('characterization'), null, defaultGraph())).toEqual([])
  })

  test('has its terms from its module, under terms of the core, which stays as it is', async () => {
    const project = await readProject(await givenCourt())
    const own = 'https://example.org/greffe/ns#'
    const naming = project.ontology.files.filter(({ text }) => text.includes(own)).map(({ file }) => file)
    expect(naming).toEqual(['ontology/court.ttl'])
    const ruling = namedNode('https://example.org/greffe/id/annulation-de-la-decision-d-ecluzy')
    const types = statementsAbout(project, ruling).subject.filter(({ triple }) => /#type$/.test(triple.predicate.value))
    expect(types.map(({ triple, sources }) => `${triple.object.value} ${sources[0]!.status}`)).toEqual(
      expect.arrayContaining([`${own}Annulment Asserted`, `${own}Ruling PlainStatement`, `${cmq('Event').value} PlainStatement`]),
    )
  })

  test('is told the nearest term of its module when it misspells one', async () => {
    const folder = await givenCourt()
    const claims = await article('court/claims.md')
    await writeClaims(folder, 'court', replacing('court:annuls id:', 'court:anuls id:')(claims))
    expect(await faultsOf(await readProject(folder))).toMatchObject([
      {
        code: 'unknown-term',
        what: 'court:anuls is not a term',
        mend: 'did you mean court:annuls?',
        claim: 's1-1',
        sentence: 1,
        where: { file: 'data/court/claims.md', line: claims.slice(0, claims.indexOf('court:annuls id:')).split('\n').length },
      },
    ])
  })
})

describe('a German article of a company', () => {
  const givenCompany = async (): Promise<string> => {
    const folder = await givenProject({}, { bare: true })
    await add(folder, 'company', 'de')
    return folder
  }

  test('passes every check without a term beyond the core', async () => {
    const project = await readProject(await givenCompany())
    const report = await check(project)
    expect(report.checks.flatMap(({ faults }) => faults)).toEqual([])
    expect(report.passed).toBe(true)
    expect(project.ontology.folders).toHaveLength(1)
  })

  test('is quoted over a line end', async () => {
    const [document] = (await readProject(await givenCompany())).documents
    const election = document!.claims.find(({ title }) => title === 'The board elected Jana Beispiel chief executive')
    expect(election?.quote?.exact).toContain('Jana\nBeispiel zur Vorstandsvorsitzenden')
    expect(election?.passage?.position).toBe(1)
  })

  test('grows by one claim when one block is appended: that is all that changes', async () => {
    const folder = await givenCompany()
    const before = await readProject(folder)
    const block = `
## The session was extraordinary

> auf seiner zweitägigen außerordentlichen Sitzung

\`\`\`turtle
id:sitzung-in-lindenau cmq:descriptor "außerordentlichen"@de .
\`\`\`
`
    await writeClaims(folder, 'company', (await article('company/claims.md')) + block)
    const after = await readProject(folder)
    expect(await faultsOf(after)).toEqual([])
    const had = new Set(stated(before))
    expect(stated(after).filter(triple => !had.has(triple))).toEqual([
      `${id('sitzung-in-lindenau').value} ${cmq('descriptor').value} "außerordentlichen"@de`,
    ])
    expect(stated(after)).toHaveLength(had.size + 1)
    const ids = ({ documents }: Project): string[] => documents[0]!.claims.map(claim => claim.id)
    expect(ids(after).filter(name => !ids(before).includes(name))).toEqual(['s1-4'])
  })
})
