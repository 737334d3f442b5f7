import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { DataFactory, Parser, Store } from 'n3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { graphOfLayer } from '../../src/answers/answering.ts'
import { choicesOf } from '../../src/answers/ask.ts'
import { openProject } from '../../src/answers/open.ts'
import type { CommuniqueError, Fault } from '../../src/error.ts'
import { type Catalogue, findQuestion, readCatalogue } from '../../src/questions/catalogue.ts'
import { catalogueTurtle } from '../../src/questions/description.ts'
import { type Parameter, type ParameterType, parseValue } from '../../src/questions/parameter.ts'
import { readQuestion, type SavedQuestion } from '../../src/questions/question.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { root } from '../given.ts'

const project = await openProject(root)

const QUERY = 'PREFIX : <http://example.org/>\nSELECT ?x { VALUES ?p { :a } ?x :knows ?p }'

describe('a header says what a question asks', () => {
  test('in words, with tags, parameters, a view and a layer', async () => {
    const question = await read(
      [
        '#+ summary: Who knows somebody?',
        '#+ description: >-',
        '#+   One line',
        '#+   and another.',
        '#+ tags: [people, starter]',
        '#+ parameters:',
        '#+   p: { type: entity, label: Somebody, any: true }',
        '#+ view: graph',
        '#+ layer: inferred',
        QUERY,
      ].join('\n'),
    )
    expect(question).toMatchObject({
      name: 'q',
      file: 'queries/q.rq',
      summary: 'Who knows somebody?',
      description: 'One line and another.',
      tags: ['people', 'starter'],
      view: 'graph',
      layer: 'inferred',
      form: 'SELECT',
    })
    const [{ default: [value] = [], ...parameter } = {}, ...others] = question.parameters
    expect(parameter).toEqual({ name: 'p', type: 'entity', label: 'Somebody', isOptional: true })
    expect(value?.equals(DataFactory.namedNode('http://example.org/a'))).toBe(true)
    expect(others).toEqual([])
  })

  test.each([
    ['no header', QUERY],
    ['an empty header', `#+\n${QUERY}`],
    ['a summary without words', `#+ summary:\n#+ description:\n${QUERY}`],
    ['a header that is no mapping', `#+ - a\n#+ - list\n${QUERY}`],
  ])('%s leaves the name as summary and what is usual for the rest', async (_, text) => {
    expect(await read(text)).toMatchObject({
      summary: 'q',
      description: undefined,
      tags: [],
      parameters: [],
      view: 'table',
      layer: 'stated',
    })
  })

  test.each([
    ['a byte order mark', '\uFEFF#+ summary: Who?\n#+ parameters: { p: { type: entity } }\n'],
    ['CRLF', '#+ summary: Who?\r\n#+ parameters:\r\n#+   p: { type: entity }\r\n'],
    ['tabs', '#+\tsummary: Who?\n#+\tparameters:\n#+\t\tp:\n#+\t\t\ttype:\tentity\n'],
    ['tabs on some lines', '#+\tsummary: Who?\n#+ parameters:\n#+ \tp: { type: entity }\n'],
    ['no blank behind #+', '#+summary: Who?\n#+parameters: { p: { type: entity } }\n'],
    ['other comments before and between', '# by me\n\n#+ summary: Who?\n# really?\n#+ parameters: { p: { type: entity } }\n'],
    [
      'a header behind the prologue',
      'PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n#+ summary: Who?\n#+ parameters: { p: { type: entity } }\n',
    ],
  ])('%s is survived', async (_, header) => {
    const { questions, broken } = await catalogueOf({ 'q.rq': header + QUERY })
    expect(broken).toEqual([])
    expect(questions[0]?.summary).toBe('Who?')
    expect(questions[0]?.parameters).toMatchObject([{ name: 'p', type: 'entity', label: 'p', isOptional: false }])
  })
})

describe('a fault of a header is told with its line', () => {
  test.each([
    ['an unknown key', 'sumary: Who?', 'question-header', '"sumary" is no key of a header', 'did you mean "summary"?'],
    [
      'a key like a regular expression',
      '"(": 1',
      'question-header',
      '"(" is no key of a header',
      'known are: summary, description',
    ],
    ['a wrong layer', 'layer: stted', 'question-header', '"stted" is no layer', 'did you mean "stated"?'],
    ['a wrong view', 'view: tabel', 'question-header', '"tabel" is no view', 'did you mean "table"?'],
    [
      'a wrong type',
      'parameters: { p: { type: contry } }',
      'question-header',
      '"contry" is no type of a parameter',
      'did you mean "country"?',
    ],
    [
      'no type',
      'parameters: { p: { label: Somebody } }',
      'question-header',
      '"" is no type of a parameter',
      'known are: entity, country',
    ],
    [
      'a type that is null',
      'parameters: { p: { type: } }',
      'question-header',
      '"" is no type of a parameter',
      'known are: entity, country',
    ],
    [
      'a type that is a number',
      'parameters: { p: { type: 5 } }',
      'question-header',
      '"5" is no type of a parameter',
      'known are: entity, country',
    ],
    ['a type that is a list', 'parameters: { p: { type: [a, b] } }', 'question-header', '"a,b" is no type of a parameter', ''],
    [
      'a parameter that is a word',
      'parameters: { p: entity }',
      'question-header',
      '"" is no type of a parameter',
      'known are: entity, country',
    ],
    [
      'a parameter without a row',
      'parameters: { q: { type: entity } }',
      'question-header',
      'the parameter "q" has no row',
      'write VALUES ?q { … }',
    ],
    ['parameters that are a list', 'parameters: [p]', 'question-header', 'the parameters are no mapping', 'write "parameters: {'],
    ['tags that are no list', 'tags: people', 'question-header', 'the tags are no list', 'write "tags: [people]"'],
    [
      'what is no YAML',
      'summary: "Who',
      'query-header',
      'the #+ header is not valid YAML',
      'write lines like "#+ summary: what it asks"',
    ],
    [
      'a key that stands twice',
      'summary: A?\n#+ summary: B?',
      'query-header',
      'the #+ header is not valid YAML',
      'write lines like',
    ],
  ])('%s', async (_, line, code, what, mend) => {
    const [fault, ...others] = await faultsOf(`#+ description: What for\n#+ ${line}\n${QUERY}`)
    expect(others).toEqual([])
    expect(fault).toMatchObject({
      code,
      what: expect.stringContaining(what),
      mend: expect.stringContaining(mend),
      where: { file: 'queries/q.rq', line: line.includes('\n') ? 3 : 2 },
    })
  })

  test('all faults of a header are told at once', async () => {
    const faults = await faultsOf(
      `#+ titel: Who?\n#+ view: globe\n#+ layer: linkd\n#+ parameters: { p: { type: thing } }\n${QUERY}`,
    )
    expect(faults.map(({ where }) => where?.line)).toEqual([1, 4, 2, 3])
  })

  test('the line of a header that is not YAML is that of the file', async () => {
    const [fault] = await faultsOf(`# by me\n\n#+ summary: Who?\n#+ tags: [a\n${QUERY}`)
    expect(fault).toMatchObject({
      code: 'query-header',
      where: { line: expect.toSatisfy((line: number) => line === 4 || line === 5) },
    })
  })

  test.each([
    ['INSERT DATA { <urn:a> <urn:b> 1 }', 'query-refused', 'an update is no question'],
    ['CLEAR ALL', 'query-refused', 'an update is no question'],
    ['SELECT ?x { ?x <urn:p> }', 'query-syntax', ''],
    ['SELECT ?x { ?x cmq:isElectedTo ?y }', 'undeclared-prefix', 'prefix "cmq:" is not declared'],
    ['# nothing at all', 'query-refused', 'an update is no question'],
  ])('%s is no question', async (text, code, what) => {
    expect(await faultsOf(`#+ summary: Who?\n${text}`)).toMatchObject([
      { code, what: expect.stringContaining(what), where: { file: 'queries/q.rq' } },
    ])
  })
})

describe('a catalogue', () => {
  test('lists what is broken with its reason, file and line, and the others go on working', async () => {
    const { questions, broken } = await catalogueOf({
      'good.rq': `#+ summary: Who?\n${QUERY}`,
      'header.rq': `#+ summary: Who?\n#+ parameters: { p: { type: 5 } }\n${QUERY}`,
      'regex.rq': `#+ "*": Who?\n${QUERY}`,
      'syntax.rq': '#+ summary: Who?\nSELECT ?x { ?x ?p }',
      'update.rq': 'DELETE WHERE { ?s ?p ?o }',
      'yaml.rq': `#+ summary: "Who\n${QUERY}`,
      'latin.rq': Uint8Array.from([0x23, 0xe9, 0x0a]),
      'notes.txt': 'not a question',
    })
    expect(questions.map(({ name }) => name)).toEqual(['good'])
    const reasons = broken.map(({ name, file, faults: [fault] }) => [
      name,
      file,
      fault?.code,
      fault?.where?.file,
      fault?.where?.line,
    ])
    expect(reasons.sort()).toEqual([
      ['header', 'queries/header.rq', 'question-header', 'queries/header.rq', 2],
      ['latin', 'queries/latin.rq', 'invalid-utf8', 'queries/latin.rq', 1],
      ['regex', 'queries/regex.rq', 'question-header', 'queries/regex.rq', 1],
      ['syntax', 'queries/syntax.rq', 'query-syntax', 'queries/syntax.rq', 2],
      ['update', 'queries/update.rq', 'query-refused', 'queries/update.rq', undefined],
      ['yaml', 'queries/yaml.rq', 'query-header', 'queries/yaml.rq', expect.any(Number)],
    ])
    expect((await catalogueOf({})).questions).toEqual([])
  })

  test('tells what is wrong with a broken question that is asked for', async () => {
    const catalogue = await catalogueOf({ 'header.rq': `#+ summary: Who?\n#+ view: globe\n${QUERY}` })
    expect(errorOf(() => findQuestion(catalogue, 'header'))).toMatchObject({
      code: 'question-header',
      what: '"globe" is no view',
      where: { file: 'queries/header.rq', line: 2 },
    })
  })

  test('of a folder that is not there is empty', async () => {
    expect(await readCatalogue(join(root, 'no-such-folder'))).toEqual({ questions: [], broken: [] })
  })

  test.each([
    ['who-electd', 'who-was-elected'],
    ['elected', 'who-was-elected'],
    ['Who was elected', 'who-was-elected'],
    ['contries-met', 'countries-met'],
    ['next', 'next-session'],
    ['WHO_SAYS_WHAT', 'who-says-what'],
  ])('answers the wrong name "%s" with "%s"', (wrong, near) => {
    expect(errorOf(() => findQuestion(project.catalogue, wrong))).toMatchObject({
      code: 'unknown-question',
      what: `there is no saved question "${wrong}"`,
      mend: `did you mean "${near}"? "communique ask" lists them all`,
    })
  })

  test.each(['xyzzy', '', '?!', '__'])('answers "%s", which is like nothing, with the list', wrong => {
    expect(errorOf(() => findQuestion(project.catalogue, wrong))).toMatchObject({
      code: 'unknown-question',
      mend: '"communique ask" lists them all',
    })
  })
})

describe('a value is what a person means by it', () => {
  test.each([
    ['entity', 'kim-jong-young', 'id:kim-jong-young'],
    ['entity', 'id:kim-jong-young', 'id:kim-jong-young'],
    ['entity', `${PREFIXES.id}kim-jong-young`, 'id:kim-jong-young'],
    ['entity', 'KIM jong-young', 'id:kim-jong-young'],
    ['entity', 'Turkish President', 'id:president-of-turkey'],
    ['country', 'Chile', 'id:chile'],
    ['country', 'russian federation', 'id:russia'],
    ['country', 'Republic of India', 'id:india'],
    ['country', 'Argent', 'id:argentina'],
    ['entity', 'erdogan', 'id:recep-tayyip-erdogan'],
    ['date', '2021-11-23', '"2021-11-23"^^xsd:date'],
    ['date', '2024-02-29', '"2024-02-29"^^xsd:date'],
    ['integer', '4', '4'],
    ['integer', '-4', '-4'],
    ['integer', '+4', '4'],
    ['integer', '004', '4'],
    ['integer', '-0', '0'],
    ['text', 'any words "quoted" \\ and } so on', '"any words \\"quoted\\" \\\\ and } so on"'],
    ['text', '', '""'],
    ['enumeration', 'Evaluation', 'cmq:Evaluation'],
    ['enumeration', 'cmq:Evaluation', 'cmq:Evaluation'],
    ['enumeration', `${PREFIXES.cmq}Evaluation`, 'cmq:Evaluation'],
    ['enumeration', 'EVALUATION', 'cmq:Evaluation'],
  ] satisfies [ParameterType, string, string][])('%s: %s', async (type, text, expected) => {
    expect(termText(await meant(type, text), project.prefixes)).toBe(expected)
  })

  test('a text has the language of the default', async () => {
    const [words] = [await meant('text', 'Istanbul', { default: [DataFactory.literal('x', 'en')] })]
    expect(words).toEqual(DataFactory.literal('Istanbul', 'en'))
  })

  test.each([
    [
      'integer',
      'four',
      'parameter-type',
      '"four" is no value of "p": it takes a whole number',
      /^known values: 1, 2, 3, .* … \(17\)$/,
    ],
    ['integer', '4.0', 'parameter-type', '"4.0" is no value of "p": it takes a whole number', /^known values: /],
    ['integer', '', 'parameter-type', '"" is no value of "p": it takes a whole number', /^known values: /],
    [
      'date',
      '23 November',
      'parameter-type',
      '"23 November" is no value of "p": it takes a day, written like 2021-11-23',
      /^the default is 2021-11-24$/,
    ],
    [
      'date',
      '2021-13-01',
      'parameter-type',
      '"2021-13-01" is no value of "p": it takes a day, written like 2021-11-23',
      /^the default is /,
    ],
    [
      'date',
      '2021-02-30',
      'parameter-type',
      '"2021-02-30" is no value of "p": it takes a day, written like 2021-11-23',
      /^the default is /,
    ],
    [
      'date',
      '2021-11-32',
      'parameter-type',
      '"2021-11-32" is no value of "p": it takes a day, written like 2021-11-23',
      /^the default is /,
    ],
    [
      'country',
      'istanbul',
      'parameter-type',
      '"istanbul" is no value of "p": it takes a country',
      /^known values: Argentina, Belarus, Chile, China, India, /,
    ],
    [
      'country',
      'Chili',
      'unknown-value',
      'nothing in this project is called "Chili"',
      /^did you mean "Chile"\? known values: Argentina, /,
    ],
    ['country', 'any', 'unknown-value', 'nothing in this project is called "any"', /known values: Argentina, /],
    [
      'entity',
      'kim-jong-yung',
      'unknown-value',
      'nothing in this project is called "kim-jong-yung"',
      /^did you mean "kim-jong-young"\? known values: /,
    ],
    [
      'entity',
      'Kim Jong-yung',
      'unknown-value',
      'nothing in this project is called "Kim Jong-yung"',
      /^did you mean "Kim Jong-young"\? known values: /,
    ],
    [
      'entity',
      'xyzzy-xyzzy',
      'unknown-value',
      'nothing in this project is called "xyzzy-xyzzy"',
      /^known values: Kim Jong-young, Recep Tayyip Erdogan$/,
    ],
    [
      'enumeration',
      'Opinion',
      'parameter-type',
      '"Opinion" is no value of "p": it takes one of a few values',
      /^known values: asserted, .* evaluation, /,
    ],
  ] satisfies [ParameterType, string, string, string, RegExp][])('%s: "%s" is none', async (type, text, code, what, mend) => {
    await expect(meant(type, text)).rejects.toMatchObject({ code, what, mend: expect.stringMatching(mend) })
  })

  test.each([
    ['a count', 'SELECT (COUNT(?x) AS ?n) { VALUES ?p { cmq:Person } ?x a ?p }'],
    [
      'a group',
      'SELECT ?y (COUNT(?x) AS ?n) { VALUES ?p { cmq:Person } ?x a ?p ; rdfs:label ?y } GROUP BY ?y HAVING(COUNT(?x) > 0)',
    ],
    [
      'a sub-SELECT that keeps it to itself',
      'SELECT ?x ?l { { SELECT DISTINCT ?x { VALUES ?p { cmq:Person } ?x a ?p } } ?x rdfs:label ?l }',
    ],
    ['a branch of a UNION', 'ASK { { VALUES ?p { cmq:Person } ?x a ?p } UNION { VALUES ?p { cmq:Person } ?y a ?p } }'],
    ['DISTINCT and a limit', 'SELECT DISTINCT ?x { VALUES ?p { cmq:Person } ?x a ?p } ORDER BY ?x LIMIT 1'],
    ['CONSTRUCT', 'CONSTRUCT { ?x a ?p } { VALUES ?p { cmq:Person } ?x a ?p }'],
  ])('the choices of a parameter are seen through %s', async (_, query) => {
    const text = `#+ parameters: { p: { type: enumeration } }\nPREFIX cmq: <${PREFIXES.cmq}>\nPREFIX rdfs: <${PREFIXES.rdfs}>\n${query}`
    const choices = await choicesOf(graphOfLayer(project, 'stated'), ...(await parameterOf(text)))
    expect(choices.map(term => termText(term, project.prefixes))).toEqual(expect.arrayContaining(['cmq:Person', 'cmq:City']))
  })
})

describe('the catalogue as Turtle', () => {
  const store = new Store(new Parser().parse(catalogueTurtle(project.catalogue.questions, project.baseIRI)))
  const sh = (name: string) => DataFactory.namedNode(`http://www.w3.org/ns/shacl#${name}`)
  const type = DataFactory.namedNode(`${PREFIXES.rdf}type`)

  test('holds one sh:SPARQLExecutable a question, with its text as it stands in the file', () => {
    const executables = store.getSubjects(type, sh('SPARQLExecutable'), null)
    expect(executables).toHaveLength(project.catalogue.questions.length)
    for (const { name, form, text } of project.catalogue.questions) {
      const iri = DataFactory.namedNode(`${project.baseIRI}question/${name}`)
      const property = sh(form === 'SELECT' ? 'select' : form === 'ASK' ? 'ask' : 'construct')
      expect(store.getObjects(iri, property, null).map(({ value }) => value)).toEqual([text])
    }
  })

  test('says what each asks, with which parameters, of which layer', () => {
    const { value: base } = DataFactory.namedNode(project.baseIRI)
    const of = (name: string, property: string): string[] =>
      store
        .getObjects(DataFactory.namedNode(`${base}question/${name}`), DataFactory.namedNode(property), null)
        .map(({ value }) => value)
    expect(of('who-was-elected', `${PREFIXES.rdfs}label`)).toEqual(['Who was elected, and to which post?'])
    expect(of('who-was-elected', `${PREFIXES.schema}keywords`)).toContain('starter')
    expect(of('timeline', `${PREFIXES.schema}target`)).toEqual([`${base}layer/inferred`])
    const parameters = store.getObjects(DataFactory.namedNode(`${base}question/countries-met`), sh('parameter'), null)
    expect(parameters.map(node => store.getObjects(node, sh('name'), null)[0]?.value)).toEqual(['Country met'])
  })

  test('is Turtle whatever a question holds', async () => {
    const summary = 'Who said "\\" and\ttabs \u2028 and Ωmega?'
    const text = `#+ summary: ${JSON.stringify(summary)}\n#+ tags: ["a \\"b\\"", "c\\\\d"]\nSELECT ?x { ?x ?p "a\\"b\\\\\\n\\u0007" FILTER(?x != '''"""''') }\r\n`
    const [label] = new Parser()
      .parse(catalogueTurtle([await read(text)], project.baseIRI))
      .filter(({ predicate }) => predicate.value === `${PREFIXES.rdfs}label`)
    expect(label?.object.value).toBe(summary)
  })
})

function read(text: string): Promise<SavedQuestion> {
  return readQuestion(text, 'q', 'queries/q.rq')
}

async function faultsOf(text: string): Promise<readonly Fault[]> {
  return read(text).then(
    () => [],
    (error: CommuniqueError) => error.faults ?? [{ code: error.name, what: error.message }],
  )
}

function errorOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

async function catalogueOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Catalogue> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'queries'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'queries', name), content)
  return readCatalogue(join(folder, 'queries'))
}

async function parameterOf(text: string): Promise<[SavedQuestion, Parameter]> {
  const question = await read(text)
  return [question, question.parameters[0]!]
}

/** For each type a question with such a parameter. */
const ASKING: Readonly<Record<ParameterType, string>> = {
  entity: 'who-says-what',
  country: 'was-country-met',
  date: 'events-on-a-day',
  integer: 'what-a-sentence-says',
  text: 'quotes-containing',
  enumeration: 'claims-of-a-status',
}

/** What is meant by a text as a value of a parameter `p`. */
async function meant(type: ParameterType, text: string, more: Partial<Parameter> = {}): Promise<Term> {
  const question = findQuestion(project.catalogue, ASKING[type])
  const [parameter] = question.parameters
  const graph = graphOfLayer(project, question.layer)
  return parseValue(graph, { ...parameter!, name: 'p', ...more }, text, await choicesOf(graph, question, parameter!))
}
