import { appendFile, copyFile, cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type AskableProject, openProject } from '../../src/answers/open.ts'
import { draftDocument } from '../../src/project/draft.ts'
import type { Source } from '../../src/project/source.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { CLAIMS } from '../check/given.ts'
import { givenProject, replacing, root } from '../given.ts'

const project = await openProject(root)

describe('a row is cited by', () => {
  test('the claims that say it, with the words, their place and who says so', async () => {
    expect(await cited('SELECT ?e { ?e cmq:electsPerson ?who }')).toEqual([
      expect.objectContaining({
        ...{ claim: 'https://w3id.org/communique/doc/interpol-ga-89/claim/s12-1', id: 's12-1', document: 'interpol-ga-89' },
        ...{ sentence: 12, start: 2278, end: 2426, quote: expect.stringContaining('Ahmed Nasser Al Raisi') },
        ...{ voice: 'the author of the document', isAuthors: true, status: 'Asserted' },
        readWith: [{ quote: expect.stringMatching(/^the 89th session .* was held$/), start: 38, end: 148 }],
      }),
    ])
  })

  test('a plain statement, with its rule and the claims that it shortens', async () => {
    expect(await cited('SELECT ?who { ?who cmq:isElectedTo ?post }')).toEqual([
      expect.objectContaining({
        ...{
          status: 'PlainStatement',
          rule: 'A person whom an election elects is elected to the post it fills',
          quote: undefined,
        },
        premises: [expect.objectContaining({ id: 's12-1', status: 'Asserted', quote: expect.stringContaining('was elected') })],
      }),
    ])
  })

  test('the reason of the curator, where the words do not say it; never by a quote', async () => {
    expect(await cited('SELECT ?x { id:istanbul a cmq:City }')).toEqual([
      expect.objectContaining({
        ...{ id: 'c3', status: 'Classification', quote: undefined, sentence: undefined, isAuthors: undefined },
        reason: expect.stringContaining('The word "city" occurs once'),
      }),
    ])
  })

  test('an inference by a rule, with the rule, how sure it is, and premises down to the words', async () => {
    const [source, ...others] = await cited('SELECT ?c { ?e cmq:isHeldInCountry ?c }', { layer: 'inferred' })
    expect(others).toEqual([])
    expect(source).toMatchObject({
      ...{ status: 'Inference', certainty: 'HighCertainty' },
      rule: 'An event held in a place is held in the country in which the place lies',
    })
    expect(source!.premises!.map(({ id }) => id)).toEqual(expect.arrayContaining(['s1-2', 's1-5']))
  })

  test('an inference from an inference, down to the outside source', async () => {
    const [source] = await cited('SELECT ?d { id:interpol-general-assembly-session-90 cmq:earliestBegin ?d }', {
      layer: 'inferred',
    })
    expect(source).toMatchObject({
      status: 'Inference',
      certainty: 'MediumCertainty',
      assumption: expect.stringContaining('next session'),
    })
    const inner = source!.premises!.find(({ status }) => status === 'Inference')!
    expect(inner).toMatchObject({ id: 'i1', reason: expect.stringContaining('The text names no year') })
    expect(inner.premises!.map(({ status }) => status)).toEqual(['Asserted', 'Asserted', 'Source'])
  })

  test('what was inferred only in the layer that has it, or where its graph is asked', async () => {
    const text = 'SELECT ?place { ?e cmq:isHeldIn ?place }'
    expect((await cited(text, { layer: 'inferred' })).map(({ id }) => id)).toEqual(['s1-2'])
    const layer = 'GRAPH <https://w3id.org/communique/layer/inferred>'
    expect((await cited(`SELECT ?c { ${layer} { ?e cmq:isHeldInCountry ?c } }`)).map(({ status }) => status)).toEqual([
      'Inference',
    ])
  })

  test('the claim alone, where its graph was asked', async () => {
    expect(await cited('SELECT ?x { GRAPH ?claim { id:istanbul cmq:characterization ?x } }')).toEqual([
      expect.objectContaining({
        id: 's4-4',
        status: 'Evaluation',
        voice: 'Recep Tayyip Erdogan',
        isAuthors: undefined,
        quote: expect.stringMatching(/^Istanbul, the oldest city/),
      }),
    ])
  })

  test.each([
    [
      'a claim',
      'SELECT ?c { GRAPH ?p { ?c cmq:isVoicedBy id:kim-jong-young ; cmq:hasClaimStatus cmq:Necessity ; cmq:hasQuote ?q . ?q oa:start 893 } }',
      { id: 's6-3', status: 'Necessity', sentence: 6 },
    ],
    [
      'a quote',
      'SELECT ?q { GRAPH ?p { ?q oa:exact "Photo: Interpol Twitter"@en } }',
      { id: 's17-1', status: 'Asserted', sentence: 17, quote: 'Photo: Interpol Twitter' },
    ],
    [
      'words that a quote is read with',
      'SELECT ?q { GRAPH ?p { ?q oa:start 38 ; oa:end 148 . FILTER(STRENDS(STR(?q), "quote/s12-1-context-1")) } }',
      { id: 's12-1' },
    ],
    [
      'a sentence',
      'SELECT ?s { GRAPH ?p { ?s cmq:position 17 } }',
      { id: 's17', status: 'Passage', sentence: 17, start: 2854, end: 2877, quote: 'Photo: Interpol Twitter', isAuthors: true },
    ],
    [
      'a document',
      'SELECT ?d { GRAPH ?p { ?d dcterms:language ?l } }',
      { id: 'interpol-ga-89', document: 'interpol-ga-89', status: 'Record' },
    ],
    [
      'a term',
      'SELECT ?l { GRAPH <https://w3id.org/communique/ontology> { cmq:Person rdfs:label ?l } }',
      { claim: `${PREFIXES.cmq}Person`, id: 'cmq:Person', status: 'Vocabulary', voice: 'the vocabulary' },
    ],
    [
      'a rule',
      'SELECT ?r { GRAPH ?o { ?r a cmq:Rule FILTER(STRENDS(STR(?r), "rule/is-elected-to")) } }',
      { claim: 'https://w3id.org/communique/rule/is-elected-to', status: 'Vocabulary' },
    ],
    [
      'the dataset',
      'SELECT ?t { GRAPH <https://w3id.org/communique/about> { ?d dcterms:title ?t } }',
      { status: 'Record', voice: 'the maker of the dataset' },
    ],
    [
      'an outside source',
      'SELECT ?l { GRAPH ?p { ?s a cmq:Source ; rdfs:label ?l } }',
      { status: 'Record', claim: expect.stringContaining('https://www.interpol.int/') },
    ],
  ])('what it is about, where it is told of %s', async (_, query, source) => {
    expect(await cited(query)).toEqual([expect.objectContaining(source)])
  })

  test('the claim and not the sentence beside it, which adds nothing', async () => {
    const sources = await cited('SELECT ?s { GRAPH ?p { ?claim a cmq:Claim ; cmq:isStatedIn ?s . ?s cmq:position 17 } }')
    expect(sources.map(({ id }) => id)).toEqual(['s17-1'])
  })

  test('each source once, claims first, in the order of the text', async () => {
    const { rows } = await project.query('SELECT (COUNT(*) AS ?n) { id:president-of-interpol ?p ?o }')
    const [{ sources } = { sources: [] }] = rows
    expect(new Set(sources.map(({ claim }) => claim)).size).toBe(sources.length)
    const rank = ({ status, start = 0 }: Source): number =>
      (status === 'PlainStatement' ? 1e6 : status === 'Inference' ? 2e6 : 0) + start
    expect(sources.map(rank)).toEqual(sources.map(rank).sort((a, b) => a - b))
    expect(sources.length).toBeGreaterThan(3)
  })

  test('nothing, where it rests on no triple', async () => {
    expect(await cited('SELECT ?x { VALUES ?x { 1 } }')).toEqual([])
    expect(await cited('SELECT (COUNT(*) AS ?n) { ?x a cmq:Planet }')).toEqual([])
  })
})

describe('what somebody says', () => {
  const voices = ['Evaluation', 'Expectation', 'Necessity', 'CausalExplanation']

  test('is never the source of a stated row', async () => {
    const { rows } = await project.query('SELECT ?s ?p ?o { ?s ?p ?o }')
    expect(rows.length).toBeGreaterThan(500)
    for (const { values, sources } of rows) {
      const claims = sources.flatMap(allOf).filter(({ status }) => status !== 'PlainStatement')
      expect(claims.length, values.get('s')?.value).toBeGreaterThan(0)
      for (const { status, isAuthors, id } of claims) {
        expect(voices, id).not.toContain(status)
        if (status !== 'Classification') expect(isAuthors, id).toBe(true)
      }
    }
  })

  test('cites the author alone where both say the same, and the speaker where that claim is asked', async () => {
    const folder = await givenProject({
      [CLAIMS]: replacing('id:interpol cmq:obligation', 'id:istanbul cmq:isLocatedIn id:turkey .\nid:interpol cmq:obligation'),
    })
    const spoken = await openProject(folder)
    expect((await cited('SELECT ?x { id:istanbul cmq:isLocatedIn ?x }', {}, spoken)).map(({ id }) => id)).toEqual(['s1-5'])
    const asked = 'SELECT ?x { GRAPH ?c { id:istanbul cmq:isLocatedIn ?x } GRAPH ?p { ?c cmq:isVoicedBy id:kim-jong-young } }'
    expect((await cited(asked, {}, spoken)).map(({ id, voice }) => [id, voice])).toEqual([['s6-3', 'Kim Jong-young']])
  })
})

describe('every row of every question', () => {
  const [{ article, passages }] = project.documents as [(typeof project.documents)[number]]
  const characters = [...article.text]

  test.each(project.catalogue.questions)(
    'of $name has a source, whose words stand in the article where it says',
    async ({ name }) => {
      const { rows } = await project.ask(name)
      for (const { values, sources } of rows) {
        expect(sources.length, [...values.values()].map(({ value }) => value).join(' ')).toBeGreaterThan(0)
        for (const source of sources.flatMap(allOf)) {
          const { quote, start, end, sentence, readWith = [], reason, premises = [], status, id } = source
          const isOutside = status === 'Source' || status === 'Service'
          expect(quote !== undefined || reason !== undefined || premises.length > 0 || isOutside, id).toBe(true)
          for (const words of [...(quote === undefined ? [] : [{ quote, start: start!, end: end! }]), ...readWith])
            expect(characters.slice(words.start, words.end).join(''), id).toBe(words.quote)
          if (quote === undefined) continue
          const passage = passages.find(({ position }) => position === sentence)!
          expect(passage.start, id).toBeLessThanOrEqual(start!)
          expect(passage.end, id).toBeGreaterThanOrEqual(end!)
        }
      }
    },
  )
})

test('offsets are code points: letters outside the basic plane before a quote do not shift it', async () => {
  const folder = await givenProject()
  const place = join(folder, 'data/greetings')
  await mkdir(place)
  await writeFile(join(place, 'article.txt'), '𝒢reetings from 🏛️ Rome 🎉. Ada Muster opened the fair.')
  await draftDocument(place)
  const statements = 'id:ada-muster a cmq:Person ; cmq:nameAsWritten "Ada Muster"@en .'
  await appendFile(join(place, 'claims.md'), `\n## Ada\n\n> Ada Muster opened the fair\n\n\`\`\`turtle\n${statements}\n\`\`\`\n`)
  const given = await openProject(folder)
  const [source] = await cited('SELECT ?x { id:ada-muster cmq:nameAsWritten ?x }', {}, given)
  const text = given.documents.find(({ name }) => name === 'greetings')!.article.text
  expect(source).toMatchObject({ quote: 'Ada Muster opened the fair', document: 'greetings' })
  expect([...text].slice(source!.start, source!.end).join('')).toBe('Ada Muster opened the fair')
  expect(text.slice(source!.start, source!.end)).not.toBe('Ada Muster opened the fair')
})

test('of several articles each source names its own, in its id, too', async () => {
  const folder = await givenProject()
  await add(folder, 'interpol-ga-90')
  const both = await openProject(folder)
  const { rows } = await both.query('SELECT ?x (COUNT(?p) AS ?n) { id:interpol-general-assembly-session-90 ?p ?x } GROUP BY ?x')
  const sources = rows.flatMap(row => row.sources)
  expect(new Set(sources.map(({ document }) => document))).toEqual(new Set(['interpol-ga-89', 'interpol-ga-90']))
  for (const { document, id } of sources) expect(id.startsWith(`${document}/`)).toBe(true)
  const [passage] = await cited(
    'SELECT ?s { GRAPH ?p { ?s a cmq:Passage ; cmq:isPassageOf <https://w3id.org/communique/doc/interpol-ga-90> ; cmq:position 1 } }',
    {},
    both,
  )
  expect(passage).toMatchObject({ id: 'interpol-ga-90/s1', status: 'Passage', document: 'interpol-ga-90' })
})

test('a row that several triples make has the sources of each', async () => {
  const pattern = '{ ?thing a ?class ; rdfs:label ?label }'
  const [classes, things] = [await project.query(`SELECT DISTINCT ?class ${pattern}`), await project.query(`SELECT * ${pattern}`)]
  expect(classes.rows.length).toBeGreaterThan(20)
  for (const { values, sources } of classes.rows) {
    const type = values.get('class')!
    const each = things.rows.filter(row => row.values.get('class')!.equals(type)).flatMap(row => row.sources)
    expect(new Set(sources.map(({ claim }) => claim)), type.value).toEqual(new Set(each.map(({ claim }) => claim)))
  }
})

/** The sources of all rows of a query, each once. */
async function cited(query: string, options: Parameters<AskableProject['query']>[1] = {}, asked = project): Promise<Source[]> {
  const { rows } = await asked.query(query, options)
  expect(rows.length).toBeGreaterThan(0)
  return [...new Map(rows.flatMap(({ sources }) => sources).map(source => [source.claim, source])).values()]
}

/** A source with its premises, down to the last. */
function allOf(source: Source): Source[] {
  return [source, ...(source.premises ?? []).flatMap(allOf)]
}

/** Adds an article of `tests/project/articles` to a project. */
async function add(folder: string, name: string): Promise<void> {
  const [from, place] = [join(root, 'tests/project/articles', name), join(folder, 'data', name)]
  await mkdir(place, { recursive: true })
  await copyFile(join(from, 'article.txt'), join(place, 'article.txt'))
  await draftDocument(place)
  await cp(from, place, { recursive: true })
}
