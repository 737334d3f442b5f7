import type { Worker as NodeWorker } from 'node:worker_threads'
import { DataFactory } from 'n3'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer, AnswerRow } from '../../src/answers/answer.ts'
import { openProject } from '../../src/answers/open.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { formatOf } from '../../src/results/format.ts'
import { root } from '../given.ts'

const { started } = vi.hoisted(() => ({ started: [] as NodeWorker[] }))
vi.mock(import('node:worker_threads'), async original => {
  const threads = await original()
  class Worker extends threads.Worker {
    constructor(...parameters: ConstructorParameters<typeof threads.Worker>) {
      super(...parameters)
      started.push(this)
    }
  }
  return { ...threads, Worker, default: { ...threads, Worker } }
})

const project = await openProject(root)
const id = (slug: string) => DataFactory.namedNode(`${PREFIXES.id}${slug}`)

/** More rows than anybody reads, none of them kept. */
const ENDLESS = 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }'
/** A text that takes its regular expression longer than the world is old. */
const STUCK = 'REGEX(CONCAT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", STR(?s)), "^(a+)+$")'

beforeEach(async () => {
  // The first query starts a worker; times are those of one that is there.
  await project.query('ASK {}')
})

describe('a saved question', () => {
  test('is awaited whole, with what was asked', async () => {
    const answer = await project.ask('who-was-elected')
    expect(answer).toMatchObject({
      ...{ form: 'SELECT', question: 'who-was-elected', summary: 'Who was elected, and to which post?', layer: 'stated' },
      ...{
        columns: ['person', 'post', 'electedDuring'],
        isCited: true,
        complete: true,
        engine: 'communique',
      },
    })
    expect(tableOf(answer)).toEqual(['id:ahmed-nasser-al-raisi id:president-of-interpol id:interpol-general-assembly-session-89'])
    expect(answer.labels.get(id('president-of-interpol').value)).toBe('President of Interpol')
    expect(answer.rows[0]?.sources.map(({ id }) => id)).toContain('s12-1')
  })

  test('is read row by row, each row with its sources', async () => {
    const rows: AnswerRow[] = []
    for await (const row of project.ask('who-says-what')) rows.push(row)
    expect(rows).toEqual((await project.ask('who-says-what')).rows)
    for (const { sources } of rows) expect(sources.length).toBeGreaterThan(0)
  })

  test.each([
    ['words', { country: 'Chile' }, 1],
    ['a term', { country: id('chile') }, 1],
    ['a term for which there is none', { country: id('russia') }, 0],
    ['a list of words and terms', { country: ['Chile', id('india')] }, 2],
    ['a list that has one twice', { country: ['Chile', id('chile'), 'id:chile'] }, 1],
    ['any', { country: 'any' }, 10],
    ['a list with any', { country: ['Chile', 'any'] }, 10],
    ['nothing', {}, 10],
    ['undefined', { country: undefined as never }, 10],
  ])('takes %s as value', async (_, values, count) => {
    expect((await project.ask('countries-met', values)).rows).toHaveLength(count)
  })

  test.each([
    ['was-country-met', { contry: 'Chile' }, 'unknown-parameter', 'did you mean "country"?'],
    ['who-was-elected', { person: 'Kim' }, 'unknown-parameter', 'it takes none'],
    ['was-country-met', { country: 'Chili' }, 'unknown-value', /^did you mean "Chile"\? known values: /],
    ['was-country-met', { country: 'any' }, 'unknown-value', /^(did you mean .*\? )?known values: /],
    ['was-country-met', { country: [] }, 'parameter-type', 'give one, or leave it out'],
    ['was-country-met', { country: ['Chile', 'Istanbul'] }, 'parameter-type', /^known values: /],
    ['what-a-sentence-says', { sentence: 'four' }, 'parameter-type', /^known values: /],
    ['who-electd', {}, 'unknown-question', 'did you mean "who-was-elected"? "communique ask" lists them all'],
  ])('%s refuses %j', async (name, values, code, mend) => {
    await expect(project.ask(name, values)).rejects.toMatchObject({
      code,
      mend: typeof mend === 'string' ? mend : expect.stringMatching(mend),
    })
  })

  test('in another layer has other rows', async () => {
    expect((await project.ask('timeline', {}, { layer: 'stated' })).rows).toEqual([])
    const { rows, layer } = await project.ask('timeline')
    expect(layer).toBe('inferred')
    expect(rows.length).toBeGreaterThan(0)
  })

  test('stops when it is told to: before, and between two rows', async () => {
    const before = AbortSignal.abort(new Error('enough'))
    await expect(project.ask('who-says-what', {}, { signal: before })).rejects.toThrow('enough')
    const controller = new AbortController()
    const seen: AnswerRow[] = []
    const reading = async () => {
      for await (const row of project.ask('who-says-what', {}, { signal: controller.signal })) {
        seen.push(row)
        if (seen.length === 2) controller.abort(new Error('enough'))
      }
    }
    await expect(reading()).rejects.toThrow('enough')
    expect(seen).toHaveLength(2)
  })
})

test('rows are the same with and without sources, byte for byte, for every question', async () => {
  for (const { name, form } of project.catalogue.questions) {
    const [cited, uncited] = [await project.ask(name), await project.ask(name, {}, { cite: false })]
    const write = (answer: Answer): string =>
      form === 'ASK'
        ? String(answer.rows.length)
        : [...formatOf(form === 'SELECT' ? 'tsv' : 'turtle', form).write(answer)].join('')
    expect(write(cited), name).toBe(write(uncited))
    expect(uncited.rows.flatMap(({ sources }) => sources)).toEqual([])
  }
})

describe('a query of one’s own', () => {
  test('needs no prefixes, and is answered as a saved question is', async () => {
    const answer = await project.query('SELECT ?who { ?election cmq:electsPerson ?who }')
    expect(tableOf(answer)).toEqual(['id:ahmed-nasser-al-raisi'])
    expect(answer).toMatchObject({ form: 'SELECT', question: undefined, layer: 'stated', isCited: true, complete: true })
    expect(answer.rows[0]?.sources[0]).toMatchObject({ id: 's12-1', sentence: 12, status: 'Asserted' })
  })

  test('has the same answer in the worker as outside', async () => {
    for (const name of ['who-says-what', 'timeline', 'election-picture', 'describe-held-session', 'was-country-met']) {
      const { text, layer } = project.catalogue.questions.find(question => question.name === name)!
      const [inside, outside] = [await project.query(text, { layer }), await project.ask(name)]
      expect(inside.rows.map(comparable), name).toEqual(outside.rows.map(comparable))
      expect(inside.notes, name).toEqual(outside.notes)
      expect(inside.columns, name).toEqual(outside.columns)
      expect(inside.labels, name).toEqual(outside.labels)
    }
  })

  test.each([
    ['ASK', 'ASK { ?e cmq:isHeldIn id:istanbul }', [''], []],
    ['ASK that is false', 'ASK { ?e cmq:isHeldIn id:chile }', [], []],
    [
      'CONSTRUCT',
      'CONSTRUCT { ?who rdf:type cmq:Person } { ?e cmq:electsPerson ?who }',
      ['id:ahmed-nasser-al-raisi rdf:type cmq:Person'],
      ['subject', 'predicate', 'object'],
    ],
    [
      'DESCRIBE',
      'DESCRIBE id:chile',
      ['id:chile rdf:type cmq:Country', 'id:chile rdfs:label "Chile"@en'],
      ['subject', 'predicate', 'object'],
    ],
  ])('can be an %s', async (form, query, rows, columns) => {
    const answer = await project.query(query)
    expect(answer.form).toBe(form.split(' ')[0])
    expect(answer.columns).toEqual(columns)
    expect(tableOf(answer)).toEqual(expect.arrayContaining(rows))
    for (const { sources } of answer.rows) expect(sources.length).toBeGreaterThan(0)
  })

  test('can make blank nodes, which are one within a graph', async () => {
    const graph = await project.query(
      'CONSTRUCT { ?who cmq:hasTenure [ rdfs:label "in office" ; cmq:isTenureOf ?post ] } { ?who cmq:isElectedTo ?post }',
    )
    const nodes = new Set(
      graph.rows.flatMap(({ values }) =>
        [...values.values()].filter(({ termType }) => termType === 'BlankNode').map(({ value }) => value),
      ),
    )
    expect(graph.rows).toHaveLength(3)
    expect(nodes.size).toBe(1)
    for (const { sources } of graph.rows) expect(sources[0]?.premises?.map(premise => premise.id)).toEqual(['s12-1'])
  })

  test('can make a blank node, which is one within its row', async () => {
    const { rows } = await project.query(
      'SELECT ?x ?y ?z { id:chile a cmq:Country BIND(BNODE() AS ?x) BIND(?x AS ?y) BIND(BNODE() AS ?z) }',
    )
    const [x, y, z] = ['x', 'y', 'z'].map(name => rows[0]!.values.get(name)!)
    expect([x!.equals(y), x!.equals(z)]).toEqual([true, false])
  })

  test.each([
    ['SELECT ?x { ?x cmq:isElectedTo }', 'query-syntax', { file: 'mine.rq', line: 1, column: 32 }],
    ['SELECT ?x { ?x cmqq:isElectedTo ?y }', 'undeclared-prefix', { file: 'mine.rq', line: 1, column: 16 }],
    ['INSERT DATA { id:a id:b id:c }', 'query-refused', undefined],
    ['SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }', 'query-refused', undefined],
  ])('%s is refused, and the worker goes on', async (query, code, where) => {
    const count = started.length
    await expect(project.query(query, { file: 'mine.rq' })).rejects.toMatchObject({
      code,
      ...(where === undefined ? {} : { where }),
    })
    await project.query('ASK {}')
    expect(started).toHaveLength(count)
  })

  test('that somebody stops reading stops working', async () => {
    const seen: AnswerRow[] = []
    for await (const row of project.query('SELECT * { ?a ?b ?c . ?d ?e ?f }', { cite: false, limit: 1_000_000 }))
      if (seen.push(row) === 3) break
    expect(seen).toHaveLength(3)
    await expectQuiet()
    expect((await project.query('ASK { id:chile a cmq:Country }')).rows).toHaveLength(1)
  })

  test('that was read to its end leaves the worker to the next', async () => {
    const count = started.length
    for await (const _ of project.query('SELECT * { ?s a cmq:Country }'));
    await project.query('ASK {}')
    expect(started).toHaveLength(count)
  })

  test('stops when it is told to: before, while it works, and while somebody reads', async () => {
    await expect(project.query('ASK {}', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 200)
    const begin = Date.now()
    await expect(project.query(ENDLESS, { signal: controller.signal })).rejects.toThrow('enough')
    expect(Date.now() - begin).toBeLessThan(1500)
    const reader = new AbortController()
    const seen: AnswerRow[] = []
    const reading = async () => {
      for await (const row of project.query('SELECT * { ?s ?p ?o }', { signal: reader.signal }))
        if (seen.push(row) === 2) reader.abort(new Error('enough'))
    }
    await expect(reading()).rejects.toThrow('enough')
    expect(seen).toHaveLength(2)
    await expectQuiet()
    expect((await project.query('ASK { id:chile a cmq:Country }')).rows).toHaveLength(1)
  })

  test('can be one of several at once; one worker is kept', async () => {
    const slugs = ['chile', 'india', 'serbia', 'china', 'uae']
    const answers = await Promise.all(slugs.map(slug => project.query(`SELECT ?l { id:${slug} rdfs:label ?l }`)))
    expect(answers.map(tableOf)).toEqual([['"Chile"@en'], ['"India"@en'], ['"Serbia"@en'], ['"China"@en'], ['"UAE"@en']])
    await Promise.all(slugs.map(slug => project.query(`ASK { id:${slug} a cmq:Country }`)))
    await expectQuiet()
  })

  test('can fail beside others that do not', async () => {
    const outcomes = await Promise.allSettled([
      project.query('SELECT ?l { id:chile rdfs:label ?l }'),
      project.query('SELECT ?l {'),
      project.query(ENDLESS, { timeout: 0.5 }),
      project.query('SELECT ?l { id:india rdfs:label ?l }'),
      project.ask('who-was-elected'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled'])
    await expectQuiet()
  })

  test('is answered after the idle worker died', async () => {
    const [worker] = started.filter(({ threadId }) => threadId !== -1)
    expect(() => worker!.emit('error', new Error('an error that nobody waits for'))).not.toThrow()
    await worker!.terminate()
    expect((await project.query('ASK { id:chile a cmq:Country }')).rows).toHaveLength(1)
  })
})

describe('what a query can do at most', () => {
  test.each([
    ['a cross product', ENDLESS],
    ['a regular expression without end', `SELECT * { ?s a cmq:Country FILTER(${STUCK}) }`],
    [
      'a replacement without end',
      `SELECT * { ?s a cmq:Country BIND(REPLACE(CONCAT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", STR(?s)), "^(a+)+$", "") AS ?x) }`,
    ],
    ['sorting a cross product', 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i'],
    [
      'one text of a cross product',
      'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }',
    ],
    ['counting a cross product', 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }'],
    [
      'paths between everything',
      'SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^<urn:x>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f }',
    ],
    ['a join of 30,000 patterns', `ASK { ${Array.from({ length: 30_000 }, (_, n) => `?a${n} ?b${n} ?c${n} .`).join(' ')} }`],
  ])('is to work for as long as it may, and no longer: %s', async (_, query) => {
    const begin = Date.now()
    await expect(project.query(query, { timeout: 1, cite: false })).rejects.toMatchObject({
      code: 'query-timeout',
      what: 'no answer within 1 s: the work was stopped',
    })
    // A limit of 1 s and 0.5 s to stop, on a machine that does other things, too.
    expect(Date.now() - begin).toBeLessThan(4000)
    await expectAlive()
  })

  test.each([
    ['2,000 groups in each other', `SELECT * ${'{'.repeat(2000)} ?s ?p ?o ${'}'.repeat(2000)}`, /^query-too-deep$/],
    [
      '2,000 OPTIONALs in each other',
      `SELECT * { ${'?s ?p ?o OPTIONAL { '.repeat(2000)} ${'}'.repeat(2000)} }`,
      /^query-too-deep$/,
    ],
    ['10,000 parentheses', `ASK { FILTER(${'('.repeat(10_000)}1 = 1${')'.repeat(10_000)}) }`, /^query-too-deep$/],
    ['50,000 negations', `ASK { FILTER(${'!'.repeat(50_000)}(1 = 1)) }`, /^query-too-deep$/],
    ['50,000 alternatives of a condition', `ASK { FILTER(${'1 = 2 || '.repeat(50_000)}1 = 1) }`, /^query-too-(deep|long)$/],
    ['50,000 summands', `ASK { FILTER(${'1 + '.repeat(50_000)}1 > 1) }`, /^query-too-deep$/],
    ['5,000 inverses of a path', `ASK { ?s ${'^('.repeat(5000)}rdf:type${')'.repeat(5000)} ?o }`, /^query-too-deep$/],
    ['a list of lists', `ASK { ?s ?p ${'('.repeat(5000)}${')'.repeat(5000)} }`, /^query-too-deep$/],
    ['a text of 10 MB', `SELECT * { ?s ?p "${'x'.repeat(10_000_000)}" }`, /^query-too-long$/],
    [
      '100,000 triples',
      `SELECT * { ${Array.from({ length: 100_000 }, (_, n) => `?s${n} ?p ?o .`).join(' ')} }`,
      /^query-too-long$/,
    ],
    [
      '10,000 triples',
      `SELECT * { ${Array.from({ length: 10_000 }, (_, n) => `?s${n} ?p ?o .`).join(' ')} }`,
      /^query-(timeout|too-large|too-deep|failed)$/,
    ],
    ['a word of 100,000 letters', `SELECT * { ?s ?p ${'x'.repeat(100_000)} }`, /^query-(too-long|syntax)$/],
    ['a string that is never closed', `SELECT * { ?s ?p "${'x'.repeat(500_000)} }`, /^query-(syntax|too-long)$/],
  ])('is not to be too large: %s', async (_, query, code) => {
    const begin = Date.now()
    await expect(project.query(query, { timeout: 3 })).rejects.toMatchObject({ code: expect.stringMatching(code) })
    expect(Date.now() - begin).toBeLessThan(6000)
    await expectAlive()
  })

  const [TIMES_10, TENTH] = [(name: string) => `CONCAT(${Array(10).fill(name).join(', ')})`, [1, 2, 3, 4, 5, 6, 7]]
  test.each([
    [
      'long texts',
      `SELECT (STRLEN(?y) AS ?n) { ?s rdfs:label ?x0 ${TENTH.map(n => `BIND(${TIMES_10(`?x${n - 1}`)} AS ?x${n})`).join(' ')} BIND(UCASE(?x7) AS ?y) }`,
    ],
    [
      'long texts of two bytes a letter',
      `SELECT (STRLEN(?y) AS ?n) { ?s rdfs:label ?l BIND(CONCAT(?l, "Ω") AS ?x0) ${TENTH.slice(1)
        .map(n => `BIND(${TIMES_10(`?x${n - 2}`)} AS ?x${n - 1})`)
        .join(' ')} BIND(LCASE(?x6) AS ?y) }`,
    ],
    [
      'many texts',
      `SELECT DISTINCT ?y { ?s rdfs:label ?x0 . ?a ?b ?c ${TENTH.slice(0, 4)
        .map(n => `BIND(${TIMES_10(`?x${n - 1}`)} AS ?x${n})`)
        .join(' ')} BIND(UCASE(CONCAT(?x4, STR(?a), STR(?c))) AS ?y) } ORDER BY ?y`,
    ],
  ])(
    'is to take as much memory as it may, and the process lives on: %s',
    async (_, query) => {
      await expect(project.query(query, { timeout: 20, cite: false })).rejects.toMatchObject({
        code: 'query-too-large',
        what: 'the query took more than 1024 MB of memory: the work was stopped',
      })
      await expectAlive()
    },
    60_000,
  )

  test('one time of all: no limit, and one that no timer can hold', async () => {
    for (const timeout of [Number.POSITIVE_INFINITY, 1e9]) {
      expect((await project.query('ASK { id:chile a cmq:Country }', { timeout })).rows).toHaveLength(1)
      expect((await project.ask('who-was-elected', {}, { timeout })).rows).toHaveLength(1)
    }
  })

  test('rows that have come when the time is up are an answer that is not complete', async () => {
    const streaming = await project.query('SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', { timeout: 4, cite: false, limit: 1e9 })
    expect(streaming.rows.length).toBeGreaterThan(0)
    expect(streaming).toMatchObject({ complete: false, notes: expect.arrayContaining([TIME_LIMIT]) })
    const stuck = await project.query(`SELECT * { ?s rdfs:label ?l . ?a ?b ?c FILTER(?s != id:vietnam || ${STUCK}) }`, {
      timeout: 4,
      cite: false,
      limit: 1e9,
    })
    expect(stuck.rows.length).toBeGreaterThanOrEqual(500)
    expect(stuck).toMatchObject({ complete: false, notes: [TIME_LIMIT] })
    await expectAlive()
  })
  const TIME_LIMIT = { code: 'time-limit', text: expect.stringMatching(/^The time of 4 s was up: there may be more rows\.$/) }

  async function expectAlive(): Promise<void> {
    expect((await project.query('ASK { id:chile a cmq:Country }')).rows).toHaveLength(1)
    await expectQuiet()
  }
})

describe('notes say what a reader must know of an answer', () => {
  test.each([
    [
      'what is not there',
      'elected-not-called-holder',
      {},
      {},
      'absence',
      'Rests on the absence of { ?person cmq:isCalledHolderOf ?post } - on what the graph does not say.',
    ],
    ['MINUS', 'countries-only-met', {}, {}, 'absence', /^Rests on the absence of \{ \?thing \?relation \?country \}/],
    ['counts', 'how-many-countries-met', {}, {}, 'count', 'Counts what the text names, no more.'],
    [
      'lists that are open',
      'countries-met',
      {},
      {},
      'open-list',
      'The list of working meetings is open: “and a number of other countries” [s11-2].',
    ],
    ['lists that are open, of one country', 'was-country-met', {}, {}, 'open-list', /^The list of working meetings is open/],
    ['events that are planned', 'next-session', {}, {}, 'planned', /^1 of \d events? is announced, not held\.$/],
    ['inferences', 'which-year', {}, {}, 'inferred', /^(\d) of \1 rows rest on an inference, not on the text alone\.$/],
    [
      'derivations that were not looked at',
      'how-many-countries-met',
      {},
      { witnesses: 1 },
      'witnesses-capped',
      '1 of 1 row has more than the 1 derivations that were looked at.',
    ],
    ['rows that were cut off', 'countries-met', {}, { limit: 3 }, 'row-limit', 'These are the first 3 rows; there are more.'],
    [
      'no answer',
      'countries-met',
      { country: id('russia') },
      {},
      'no-answer',
      '"No answer in this article" is not "the answer is no".',
    ],
    [
      'other values',
      'countries-met',
      { country: id('russia') },
      {},
      'known-values',
      /^There is an answer for other values of "country": Argentina, Belarus, /,
    ],
  ])('%s', async (_, name, values, options, code, text) => {
    const { notes } = await project.ask(name, values, options)
    expect(notes).toContainEqual({ code, text: typeof text === 'string' ? text : expect.stringMatching(text) })
  })

  test('rows without a sentence', async () => {
    const { notes } = await project.query('SELECT ?x { VALUES ?x { 1 2 } }')
    expect(notes).toEqual([{ code: 'no-witness', text: '2 of 2 rows rest on no sentence: no witness was found.' }])
  })

  test('a plain answer has none, and neither has one without sources of what only sources tell', async () => {
    expect((await project.ask('where-held')).notes).toEqual([])
    expect((await project.ask('which-year', {}, { cite: false })).notes.map(({ code }) => code)).toEqual(['planned'])
  })

  test.each([
    ['ASK { { SELECT (COUNT(*) AS ?n) { ?s a cmq:Country } } FILTER(?n > 3) }', ['count']],
    ['SELECT (COUNT(*) AS ?n) { ?s a cmq:Country }', ['count']],
    ['SELECT (COUNT(*) AS ?n) { ?s a cmq:Planet }', ['unknown-term', 'no-answer', 'count', 'no-witness']],
    ['SELECT ?x { VALUES ?x { 0 } }', ['no-witness']],
  ])('why an answer is empty is told of %s only if it is', async (query, codes) => {
    const { notes } = await project.query(query)
    expect(notes.map(({ code }) => code).filter(code => code !== 'open-list')).toEqual(codes)
  })
})

describe('a limit of rows', () => {
  test.each([
    [3, 3, false],
    [9, 9, false],
    [10, 10, true],
    [11, 10, true],
    [Number.POSITIVE_INFINITY, 10, true],
  ])('of %s gives %i of ten', async (limit, count, complete) => {
    for (const answer of [
      await project.ask('countries-met', {}, { limit }),
      await project.query('SELECT ?c { ?s cmq:metColleaguesFrom ?c }', { limit }),
    ]) {
      expect(answer.rows).toHaveLength(count)
      expect(answer.complete).toBe(complete)
      expect(answer.notes.some(({ code }) => code === 'row-limit')).toBe(!complete)
      for (const { sources } of answer.rows) expect(sources.length).toBeGreaterThan(0)
    }
  })

  test('of none gives the head, and does not say that there is no answer', async () => {
    const { columns, rows, complete, notes } = await project.query('SELECT ?c { ?c a cmq:Country }', { limit: 0 })
    expect({ columns, rows, complete }).toEqual({ columns: ['c'], rows: [], complete: false })
    expect(notes.map(({ code }) => code)).toEqual(['row-limit'])
  })

  test('is 10,000 unless told', async () => {
    const { rows, complete } = await project.query('SELECT * { ?a ?b ?c . ?d ?e ?f }', { cite: false })
    expect(rows).toHaveLength(10_000)
    expect(complete).toBe(false)
  })
})

describe('an explanation', () => {
  test('tells the steps of the plan, and what each had to do', async () => {
    const query = 'SELECT ?who ?post { ?e cmq:electsPerson ?who ; cmq:fillsPost ?post }'
    const { steps = [], rows, isCited } = await project.query(query, { explain: true })
    expect(rows).toHaveLength(1)
    expect(isCited).toBe(false)
    expect(steps.map(({ text }) => text).sort()).toEqual(['?e cmq:electsPerson ?who', '?e cmq:fillsPost ?post'])
    for (const { times, solutions, expected } of steps) expect([times, solutions, expected]).toEqual([1, 1, 1])
  })

  test('is none unless asked for', async () => {
    expect((await project.ask('who-was-elected')).steps).toBeUndefined()
    expect((await project.ask('who-was-elected', {}, { explain: true })).steps?.length).toBeGreaterThan(0)
  })
})

/** Waits until no more than one worker is left. */
async function expectQuiet(): Promise<void> {
  await vi.waitFor(() => expect(started.filter(({ threadId }) => threadId !== -1).length).toBeLessThanOrEqual(1), 3000)
}

function tableOf({ rows, prefixes }: Answer): string[] {
  return rows.map(({ values }) => [...values.values()].map(term => termText(term, prefixes)).join(' '))
}

function comparable({ values, sources }: AnswerRow): unknown {
  return {
    values: [...values].map(([name, term]) => [name, termText(term, {})]),
    sources: sources.map(source => JSON.parse(JSON.stringify(source))),
  }
}
