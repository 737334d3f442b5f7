import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Term } from '@rdfjs/types'
import { Parser } from 'n3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../src/answers/answer.ts'
import { hasService } from '../../src/answers/answering.ts'
import { openProject } from '../../src/answers/open.ts'
import { checkExpectedAnswers, type ExpectedResult, testQuestions } from '../../src/check/expected-answers.ts'
import { checkQuestions, questionFaults } from '../../src/check/questions.ts'
import type { Fault } from '../../src/error.ts'
import { LAYERS } from '../../src/project/layer.ts'
import { readProject } from '../../src/project/project.ts'
import { readQuestion, type SavedQuestion } from '../../src/questions/question.ts'
import { tripleKey } from '../../src/rdf/term.ts'
import { tripleText } from '../../src/rdf/turtle.ts'
import { formatOf } from '../../src/results/format.ts'
import { givenProject, replacing, root } from '../given.ts'
import { oxigraphLines, oxigraphOfLayer, solutionLine } from '../questions/oxigraph.ts'
import { CLAIMS } from './given.ts'

const PREFIXES = 'PREFIX : <http://example.org/> PREFIX cmq: <https://w3id.org/communique/ns#>'
const ROW = 'VALUES ?p { :a }'
const [NO_PATTERN, NO_VALUE] = ['?p stands in no pattern that must match', 'a FILTER uses ?p where it has no value']
const [NO_ROW_BRANCH, NO_ROW_SELECT] = ['a branch of a UNION uses ?p without its row', 'a sub-SELECT uses ?p without its row']
const untied = (name: string): string => `the graph ?${name} can be any graph: layers and system graphs, too`

describe('a parameter that a call could not set is refused', () => {
  test.each([
    ['only in OPTIONAL', `SELECT * { ${ROW} ?x :q ?y OPTIONAL { ?x :r ?p } }`, [NO_PATTERN]],
    ['its row in OPTIONAL, too', `SELECT * { ?x :q ?y OPTIONAL { ${ROW} ?x :r ?p } }`, [NO_PATTERN]],
    ['only in MINUS', `SELECT * { ${ROW} ?x :q ?y MINUS { ?x :r ?p } }`, [NO_PATTERN]],
    ['its row in MINUS, too', `SELECT * { ?x :q ?y MINUS { ${ROW} ?x :r ?p } }`, [NO_PATTERN]],
    ['only in EXISTS', `SELECT * { ${ROW} ?x :q ?y FILTER EXISTS { ?x :r ?p } }`, [NO_PATTERN]],
    ['in no pattern at all', `SELECT * { ${ROW} ?x :q ?y }`, [NO_PATTERN]],
    ['in a FILTER that an open value fails', `SELECT * { ${ROW} ?x :q ?y FILTER(?y < ?p) }`, [NO_PATTERN]],
    ['in a FILTER that wants it bound', `SELECT * { ${ROW} ?x :q ?y FILTER(BOUND(?p) || ?y < 1) }`, [NO_PATTERN]],
    ['in one branch of a UNION inside', `SELECT * { ${ROW} { ?x :q ?p } UNION { ?x :r ?y } }`, [NO_PATTERN]],
    [
      'in BIND of a nested group',
      `SELECT * { ${ROW} ?x :q ?p { ?x :r ?y BIND(CONCAT(?y, ?p) AS ?z) } }`,
      ['a BIND uses ?p where it has no value'],
    ],
    ['in a FILTER of a nested group', `SELECT * { ${ROW} ?x :q ?p { ?x :r ?y FILTER(?y != ?p) } }`, [NO_VALUE]],
    [
      'in a FILTER of a branch',
      `SELECT * { ${ROW} ?x :q ?p { ?x :r ?y FILTER(?y != ?p) } UNION { ?x :s ?y } }`,
      [NO_ROW_BRANCH, NO_VALUE],
    ],
    [
      'in a sub-SELECT without its row',
      `SELECT * { ${ROW} ?x :q ?p { SELECT ?x (COUNT(?y) AS ?n) { ?x :r ?p ; :s ?y } GROUP BY ?x } }`,
      [NO_ROW_SELECT],
    ],
    ['in a sub-SELECT of an ASK', `ASK { ${ROW} ?x :q ?p { SELECT ?x { ?x :r ?p } LIMIT 1 } }`, [NO_ROW_SELECT]],
    [
      'in a sub-SELECT of a CONSTRUCT',
      `CONSTRUCT { ?x :q ?p } { ${ROW} ?x :q ?p { SELECT ?x { ?x :r ?p } LIMIT 1 } }`,
      [NO_ROW_SELECT],
    ],
    ['in a branch beside one that has the row', `SELECT * { { ${ROW} ?x :q ?p } UNION { ?x :r ?p } }`, [NO_ROW_BRANCH]],
    ['with rows that differ', `SELECT * { { ${ROW} ?x :q ?p } UNION { VALUES ?p { :b } ?x :r ?p } }`, ['the rows of ?p differ']],
    ['with two values', 'SELECT * { VALUES ?p { :a :b } ?x :q ?p }', ['VALUES ?p { … } does not have one row']],
    [
      'with none',
      'SELECT * { VALUES ?p { } ?x :q ?p }',
      ['VALUES ?p { … } does not have one row', '?p is UNDEF by default, but not declared so'],
    ],
    ['UNDEF without saying so', 'SELECT * { VALUES ?p { UNDEF } ?x :q ?p }', ['?p is UNDEF by default, but not declared so']],
  ])('%s', async (_, query, expected) => {
    expect((await faultsOf(query)).map(({ what }) => what)).toEqual(expected)
  })
})

describe('a parameter that a call can set is let pass', () => {
  test.each([
    ['in a pattern beside its row', `SELECT * { ${ROW} ?x :q ?p }`],
    ['in a path', `SELECT * { ${ROW} ?x :q+ ?p }`],
    ['in a pattern and an OPTIONAL', `SELECT * { ${ROW} ?x :q ?p OPTIONAL { ?p :r ?y } }`],
    ['in a pattern and a FILTER', `SELECT * { ${ROW} ?x :q ?p FILTER(?x != ?p) }`],
    ['in the pattern of a nested group', `SELECT * { ${ROW} { ?x :q ?p } }`],
    ['in a FILTER that lets an open value pass', `SELECT * { ${ROW} ?x :q ?y FILTER(!BOUND(?p) || ?y < ?p) }`],
    ['in BIND beside its row', `SELECT * { ${ROW} ?x :q ?p BIND(STR(?p) AS ?z) }`],
    ['as the name of a graph', `SELECT * { ${ROW} GRAPH ?p { ?p a cmq:Claim ; :q ?x } }`],
    ['in the head alone', `SELECT ?x (STR(?p) AS ?z) { ${ROW} ?x :q ?p }`],
    ['in a group', `SELECT ?p (COUNT(?x) AS ?n) { ${ROW} ?x :q ?p } GROUP BY ?p HAVING(COUNT(?x) > 1)`],
    ['of a DESCRIBE', `DESCRIBE ?x { ${ROW} ?x :q ?p }`],
    ['in a pattern in a graph, its row outside', `SELECT * { ${ROW} GRAPH :g { ?x :q ?p } }`],
    ['in each branch with its row', `SELECT * { { ${ROW} ?x :q ?p } UNION { ${ROW} ?x :r ?p } }`],
    ['in the patterns of each branch, its row outside', `SELECT * { ${ROW} { ?x :q ?p } UNION { ?x :r ?p } }`],
    ['in a sub-SELECT with its row', `SELECT * { ${ROW} ?x :q ?p { SELECT ?x { ${ROW} ?x :r ?p } } }`],
    ['in a nested FILTER with its row', `SELECT * { ${ROW} ?x :q ?p { ${ROW} ?x :r ?y FILTER(!BOUND(?p) || ?y != ?p) } }`],
  ])('%s', async (_, query) => {
    expect(await faultsOf(query)).toEqual([])
  })

  test('UNDEF where it is declared', async () => {
    expect(
      await faultsOf('SELECT * { VALUES ?p { UNDEF } ?x :q ?p }', '#+ parameters: { p: { type: entity, any: true } }'),
    ).toEqual([])
  })
})

describe('a graph that can be any graph is refused', () => {
  const tie = 'GRAPH ?prov { ?g a cmq:Claim }'
  test.each([
    ['tied to nothing', 'SELECT * { GRAPH ?g { ?x :q ?y } }', [untied('g')]],
    ['tied to a class of things', 'SELECT * { GRAPH ?g { ?x :q ?y } ?g a cmq:Event }', [untied('g')]],
    ['tied in an OPTIONAL only', `SELECT * { GRAPH ?g { ?x :q ?y } OPTIONAL { ${tie} } }`, [untied('g')]],
    ['tied in a MINUS only', `SELECT * { GRAPH ?g { ?x :q ?y } MINUS { ${tie} } }`, [untied('g')]],
    ['tied by NOT EXISTS only', `SELECT * { GRAPH ?g { ?x :q ?y } FILTER NOT EXISTS { ${tie} } }`, [untied('g')]],
    [
      'tied in the other branch of a UNION',
      `SELECT * { { GRAPH ?g { ?x :q ?y } } UNION { GRAPH ?g { ?x :q ?y } ${tie} } }`,
      [untied('g')],
    ],
    [
      'tied in a sub-SELECT that keeps the name to itself',
      `SELECT * { GRAPH ?g { ?x :q ?y } { SELECT ?z { ?z :q ?g ${tie} } } }`,
      [untied('g')],
    ],
    [
      'provenance that tells of a claim if at all',
      'SELECT * { GRAPH ?g { ?x :q ?y OPTIONAL { ?c a cmq:Claim } } }',
      [untied('g')],
    ],
    ['in EXISTS', 'SELECT * { ?x :q ?y FILTER EXISTS { GRAPH ?g { ?x :r ?z } } }', [untied('g')]],
  ])('%s', async (_, query, expected) => {
    expect((await faultsOf(query, '')).map(({ what }) => what)).toEqual(expected)
  })

  test.each([
    ['a named one', 'SELECT * { GRAPH :g { ?x :q ?y } }'],
    ['one tied beside it', `SELECT * { GRAPH ?g { ?x :q ?y } ${tie} }`],
    ['one tied to an inference', 'SELECT * { GRAPH ?g { ?x :q ?y } GRAPH ?prov { ?g a cmq:Inference } }'],
    ['one in an OPTIONAL that has the tie, too', `SELECT * { ?x :r ?z OPTIONAL { GRAPH ?g { ?x :q ?y } ${tie} } }`],
    ['one in an OPTIONAL, tied before', `SELECT * { ${tie} OPTIONAL { GRAPH ?g { ?x :q ?y } } }`],
    ['one in each branch with its tie', `SELECT * { { GRAPH ?g { ?x :q ?y } ${tie} } UNION { GRAPH ?g { ?x :r ?y } ${tie} } }`],
    ['one in a sub-SELECT that shows it', `SELECT * { ${tie} { SELECT ?g { GRAPH ?g { ?x :q ?y } } } }`],
    ['a provenance graph: it tells of claims', 'SELECT * { GRAPH ?prov { ?c a cmq:Claim ; cmq:isVoicedBy ?v } }'],
    ['a provenance graph: it tells of sentences', 'SELECT * { GRAPH ?prov { ?s a cmq:Passage ; cmq:position ?n } }'],
  ])('%s is let pass', async (_, query) => {
    expect(await faultsOf(query, '')).toEqual([])
  })
})

test('a question without a summary is named', async () => {
  const [fault] = questionFaults(await readQuestion('SELECT * { ?x ?y ?z }', 'mine', 'queries/mine.rq'))
  expect(fault).toMatchObject({ code: 'question-rule', what: 'the question has no summary', where: { file: 'queries/mine.rq' } })
})

test('a fault is told with its line and column, and how to mend it', async () => {
  const text = `#+ summary: Who?\n#+ parameters: { p: { type: entity } }\n${PREFIXES}\nSELECT ?x {\n  VALUES ?p { :a }\n  ?x :q ?y\n}`
  expect(questionFaults(await readQuestion(text, 'mine', 'queries/mine.rq'))).toEqual([
    {
      code: 'question-rule',
      what: NO_PATTERN,
      where: { file: 'queries/mine.rq', line: 5, column: 10, text: '  VALUES ?p { :a }' },
      mend: 'use it in one beside its row, or write FILTER(!BOUND(?p) || …)',
    },
  ])
})

test('the shipped questions have no fault, and the check says how many it looked at', async () => {
  const project = await openProject(root)
  expect(project.catalogue.questions.flatMap(questionFaults)).toEqual([])
  expect(await checkQuestions(project)).toMatchObject({
    looked: project.catalogue.questions.length,
    unit: 'questions',
    faults: [],
  })
})

test('check tells what is wrong with the questions of a project, the broken ones too', async () => {
  const folder = await givenProject({
    'queries/broken.rq': '#+ summary: Who?\n#+ layer: stted\nSELECT * { ?x ?y ?z }',
    'queries/loose.rq': '#+ summary: Who?\nSELECT * { GRAPH ?g { ?x ?y ?z } }',
    'queries/loose.expected.tsv': '',
  })
  expect(await checkQuestions(await readProject(folder))).toMatchObject({
    looked: 2,
    faults: [{ code: 'question-header' }, { code: 'question-rule', what: untied('g') }],
  })
})

describe('the expected answers', () => {
  test('of the shipped questions are those that are given', async () => {
    const project = await openProject(root)
    expect(await checkExpectedAnswers(project)).toEqual({
      looked: project.catalogue.questions.length,
      unit: 'answers',
      faults: [],
      isOptional: true,
    })
  })

  test.each([
    ['a number', 'cmq:countValue 195', 'cmq:countValue 196'],
    ['who was elected', 'cmq:electsPerson id:ahmed-nasser-al-raisi', 'cmq:electsPerson id:igor-zubov'],
    ['where the next session is planned', 'cmq:isPlannedIn id:india', 'cmq:isPlannedIn id:chile'],
    ['a country met', 'cmq:meetsColleaguesFrom id:uae, id:india', 'cmq:meetsColleaguesFrom id:uae, id:russia'],
    ['what a speaker expects', 'cmq:expectation "make a significant', 'cmq:expectation "make a small'],
    ['what is left open', 'id:delegates cmq:leavesOpen cmq:NumberNotStated, ', 'id:delegates cmq:leavesOpen '],
  ])('fail where a changed claim touches them, and nowhere else: %s', async (_, from, to) => {
    const folder = await givenProjectWithQuestions({ [CLAIMS]: replacing(from, to) })
    const project = await openProject(folder)
    const peers = Object.fromEntries(LAYERS.map(layer => [layer, oxigraphOfLayer(project, layer)]))
    const touched: string[] = []
    for (const question of project.catalogue.questions.filter(({ algebra }) => !hasService(algebra)))
      if (!isDeepStrictEqual(oxigraphLines(peers[question.layer]!, question.text), await expectedLines(question)))
        touched.push(question.name)
    expect(touched.length).toBeGreaterThan(0)
    expect(touched.length).toBeLessThan(20)

    const results = await testQuestions({ graph: project, catalogue: project.catalogue }, folder)
    // A snapshot has only what was asked for: see tests/federation/saved.test.ts.
    const isOutside = (name: string): boolean => hasService(project.catalogue.questions.find(one => one.name === name)!.algebra)
    const different = results.filter(({ name, outcome }) => outcome !== 'same' && !isOutside(name))
    expect(different.map(({ name }) => name)).toEqual(touched)
    for (const result of different) {
      expect(result.outcome).toBe('different')
      expect(result.missing.length + result.surplus.length).toBeGreaterThan(0)
      const [expected, actual] = [await expectedRows(result.name), rowsOf(await project.ask(result.name))]
      expect([...without(expected, result.missing), ...result.surplus].sort()).toEqual(actual.sort())
    }
  })

  test('of a changed number are told row by row', async () => {
    const folder = await givenProjectWithQuestions({ [CLAIMS]: replacing('cmq:countValue 195', 'cmq:countValue 196') })
    const { faults } = await checkExpectedAnswers(await readProject(folder))
    expect(faults.map(({ code }) => code)).toEqual(faults.map(() => 'answer-different'))
    const mentioning = []
    for (const { name } of (await openProject(root)).catalogue.questions)
      if (/\t19[45](\t|$)/m.test(await expectedText(name))) mentioning.push(name)
    // Before the admission there was one less.
    expect(mentioning).toEqual(
      expect.arrayContaining(faults.map(({ where }) => where?.file?.match(/^queries\/(.*)\.expected/)?.[1])),
    )
    expect(faults.find(({ where }) => where?.file === 'queries/how-many-members.expected.tsv')).toMatchObject({
      code: 'answer-different',
      what: expect.stringMatching(/^the answer of "how-many-members" is not the expected one: - .*\t195\t.* \| \+ .*\t196\t/),
      mend: 'see "communique test how-many-members"; if the answer is right, add --update',
    })
  })

  test('that are missing are named, and so are those of no question', async () => {
    const folder = await givenProjectWithQuestions({ 'queries/who-was-elekted.expected.tsv': '?x\n' })
    await rm(join(folder, 'queries/who-was-elected.expected.tsv'))
    const { faults, looked } = await checkExpectedAnswers(await readProject(folder))
    expect(looked).toBe((await openProject(root)).catalogue.questions.length)
    expect(faults).toMatchObject([
      {
        code: 'answer-missing',
        what: 'the question "who-was-elected" has no expected answer',
        where: { file: 'queries/who-was-elected.expected.tsv' },
      },
      {
        code: 'answer-stray',
        what: 'this expected answer belongs to no question',
        where: { file: 'queries/who-was-elekted.expected.tsv' },
      },
    ])
  })

  test('are compared in their order, triples as a set', async () => {
    const swapped = (text: string): string => {
      const [head, first, second, ...rest] = text.split('\n')
      return [head, second, first, ...rest].join('\n')
    }
    const folder = await givenProjectWithQuestions({
      'queries/timeline.expected.tsv': swapped,
      'queries/describe-thing.expected.ttl': (text: string) => `${triplesOf(text).reverse().join(' .\n')} .`,
      'queries/was-country-met.expected.txt': (text: string) => text.replace('\n', '\r\n'),
    })
    const [{ name, outcome, reason, missing, surplus } = {}, ...others] = await differing(folder)
    expect({ name, outcome, reason, missing, surplus }).toEqual({
      ...{ name: 'timeline', outcome: 'different', reason: 'the rows come in another order' },
      ...{ missing: [], surplus: [] },
    })
    expect(others).toEqual([])
  })

  test.each([
    ['a row too much', (text: string) => `${text}<urn:x>\t<urn:y>\n`, { missing: ['<urn:x>\t<urn:y>'], surplus: [] }],
    [
      'a row twice',
      (text: string) => text.replace(/\n(.*)\n$/, '\n$1\n$1\n'),
      { missing: [expect.stringContaining('\t')], surplus: [] },
    ],
    [
      'another column',
      (text: string) => text.replace('?post', '?job'),
      { missing: ['?person\t?job\t?electedDuring'], surplus: ['?person\t?post\t?electedDuring'] },
    ],
    ['nothing at all', () => '', { missing: [''], surplus: [expect.anything(), expect.anything()] }],
  ])('that have %s differ', async (_, edit, difference) => {
    const folder = await givenProjectWithQuestions({ 'queries/who-was-elected.expected.tsv': edit })
    expect(await differing(folder, 'who-was-elected')).toMatchObject([
      { name: 'who-was-elected', outcome: 'different', ...difference },
    ])
  })

  test('that cannot be read are a fault: a check that compares nothing does not pass', async () => {
    const folder = await givenProjectWithQuestions({
      'queries/describe-thing.expected.ttl': '<a> <b> .',
      'queries/latin.rq': '#+ summary: Who?\nSELECT ?x { ?x <urn:p> ?y }',
      'queries/latin.expected.tsv': Uint8Array.from([0xe9]),
    })
    const { faults } = await checkExpectedAnswers(await readProject(folder))
    expect(faults.map(({ where }) => where?.file).sort()).toEqual([
      'queries/describe-thing.expected.ttl',
      'queries/latin.expected.tsv',
    ])
  })

  test('can have blank nodes', async () => {
    const folder = await givenProjectWithQuestions({
      'queries/blank.rq':
        '#+ summary: Who?\nCONSTRUCT { [] <urn:elected> ?x ; <urn:to> [ <urn:post> ?y ] } { ?x <https://w3id.org/communique/ns#isCalledHolderOf> ?y }',
    })
    const { catalogue, ...graph } = await openProject(folder)
    await testQuestions({ graph, catalogue }, folder, { name: 'blank', update: true })
    expect(await testQuestions({ graph, catalogue }, folder, { name: 'blank' })).toMatchObject([{ outcome: 'same' }])
  })

  test('are written on demand, and then the same', async () => {
    const folder = await givenProjectWithQuestions({ [CLAIMS]: replacing('cmq:countValue 195', 'cmq:countValue 196') })
    const { catalogue, ...graph } = await openProject(folder)
    expect(
      (await testQuestions({ graph, catalogue }, folder)).filter(({ outcome }) => outcome === 'different').length,
    ).toBeGreaterThan(0)
    const written = await testQuestions({ graph, catalogue }, folder, { update: true })
    expect(new Set(written.map(({ outcome }) => outcome))).toEqual(new Set(['written']))
    expect(new Set((await testQuestions({ graph, catalogue }, folder)).map(({ outcome }) => outcome))).toEqual(new Set(['same']))
    expect(await readFile(join(folder, 'queries/how-many-members.expected.tsv'), 'utf8')).toContain('\t196\t')
  })
})

/** What is wrong with a question of one parameter `p`. */
async function faultsOf(query: string, header = '#+ parameters: { p: { type: entity } }'): Promise<Fault[]> {
  return questionFaults(await readQuestion(`#+ summary: Who?\n${header}\n${PREFIXES} ${query}`, 'q', 'queries/q.rq'))
}

/** A copy of this repository's project with its questions, in a folder of its own. */
async function givenProjectWithQuestions(files: Parameters<typeof givenProject>[0]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['data', 'queries']) await cp(join(root, name), join(folder, name), { recursive: true })
  for (const [name, content] of Object.entries(files ?? {})) {
    const path = join(folder, name)
    await writeFile(path, typeof content === 'function' ? content(await readFile(path, 'utf8')) : content)
  }
  return folder
}

async function differing(folder: string, name?: string): Promise<ExpectedResult[]> {
  const { catalogue, ...graph } = await openProject(folder)
  return (await testQuestions({ graph, catalogue }, folder, { name })).filter(({ outcome }) => outcome !== 'same')
}

async function expectedText(name: string): Promise<string> {
  const read = (extension: string): Promise<string> => readFile(join(root, 'queries', `${name}.expected.${extension}`), 'utf8')
  return read('tsv').catch(() => read('txt').catch(() => read('ttl')))
}

/** An expected answer as `oxigraphLines` writes one. */
async function expectedLines({ name, form }: SavedQuestion): Promise<string[]> {
  const text = await expectedText(name)
  if (form === 'ASK') return [text.trim()]
  if (form !== 'SELECT') return new Parser().parse(text).map(tripleKey).sort()
  const [head = '', ...lines] = text.replace(/\n$/, '').split('\n')
  const columns = head.split('\t').map(column => column.slice(1))
  const solutions = lines.map(line => {
    const fields = line.split('\t').map((field, index) => [columns[index]!, field] as const)
    return new Map(fields.flatMap(([column, field]) => (field === '' ? [] : [[column, termOf(field)] as const])))
  })
  return solutions.map(solutionLine).sort()
}

function termOf(turtle: string): Term {
  return new Parser().parse(`<urn:s> <urn:p> ${turtle} .`)[0]!.object
}

/** An expected answer as rows of text: lines, or triples. */
async function expectedRows(name: string): Promise<string[]> {
  const text = await expectedText(name)
  return text.startsWith('@prefix') ? triplesOf(text) : text.replace(/\n$/, '').split('\n')
}

function rowsOf(answer: Answer): string[] {
  if (answer.form === 'ASK') return [String(answer.rows.length > 0)]
  const write = (format: string): string => [...formatOf(format, answer.form).write(answer)].join('')
  return answer.form === 'SELECT' ? write('tsv').replace(/\n$/, '').split('\n') : triplesOf(write('turtle'))
}

function triplesOf(turtle: string): string[] {
  return new Parser().parse(turtle).map(quad => tripleText(quad, {}))
}

/** A list without some of its items, each taken away once. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const left = [...items]
  for (const other of others) {
    expect(left).toContain(other)
    left.splice(left.indexOf(other), 1)
  }
  return left
}
