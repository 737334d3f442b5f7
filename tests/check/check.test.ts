import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import type { Fault } from '../../src/error.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject, replacing, root } from '../given.ts'

const CLAIMS = 'data/interpol-ga-89/claims.md'
const { namedNode, quad, literal } = DataFactory

async function faultsOf(folder: string): Promise<Fault[]> {
  return (await check(await readProject(folder))).checks.flatMap(({ faults }) => faults)
}

test('the article passes, and each check says how much it looked at', async () => {
  const report = await check(await readProject(root))
  expect(report.checks.flatMap(({ faults }) => faults)).toEqual([])
  expect(report.passed).toBe(true)
  for (const { looked, name } of report.checks) expect(looked, name).toBeGreaterThan(0)
})

/** A fault put into the claims file, and what the check must say of it. */
const SEEDED: readonly (readonly [title: string, from: string, to: string, expected: Partial<Record<keyof Fault, unknown>>])[] = [
  [
    'a quote with a wrong word',
    '> and a number of other countries',
    '> and a number of other nations',
    {
      code: 'quote-not-found',
      mend: expect.stringContaining('a number of other countries'),
      where: expect.objectContaining({ line: expect.any(Number) }),
    },
  ],
  ['a quote that occurs twice', '> Photo: Interpol Twitter', '> Interpol', { code: 'quote-not-unique' }],
  [
    'a quote over a sentence end',
    '> Photo: Interpol Twitter',
    '> Republic of India.\n>\n> Photo: Interpol',
    { code: 'quote-crosses-sentences' },
  ],
  [
    'a misspelt property',
    'cmq:electsPerson',
    'cmq:electPerson',
    { code: 'unknown-term', claim: 's12-1', sentence: 12, mend: 'did you mean cmq:electsPerson?' },
  ],
  [
    'a misspelt class',
    'a cmq:Election',
    'a cmq:Elektion',
    { code: 'unknown-term', claim: 's12-1', mend: 'did you mean cmq:Election?' },
  ],
  [
    'an undeclared prefix',
    'cmq:photoCredit',
    'cmqq:photoCredit',
    { code: 'undeclared-prefix', claim: 's17-1', sentence: 17, where: expect.objectContaining({ column: 4 }) },
  ],
  [
    'a missing dot',
    'cmq:electsPerson id:ahmed-nasser-al-raisi ;',
    'cmq:electsPerson id:ahmed-nasser-al-raisi',
    { code: 'turtle-syntax', claim: 's12-1', sentence: 12 },
  ],
  ['a blank node', 'id:count-of-member-countries a', '[] a', { code: 'blank-node', claim: 's14-1' }],
  [
    'an unknown status',
    '- status: Plan',
    '- status: Planed',
    { code: 'unknown-status', claim: 's16-1', mend: 'did you mean "Plan"?' },
  ],
  ['a voice that is no thing', '- voice: id:kim-jong-young', '- voice: Kim', { code: 'bad-reference' }],
  ['an unknown field', '- left out: points', '- leftout: points', { code: 'unknown-field' }],
  [
    'an inference from an unknown claim',
    '- inferred from: s1-1, s1-2',
    '- inferred from: s1-1, s99-1',
    { code: 'unknown-claim', claim: 'i1' },
  ],
  [
    'a negative count',
    'cmq:countValue 160',
    'cmq:countValue -160',
    { code: 'shape-violated', claim: 's2-2', sentence: 2, quote: expect.stringContaining('160 countries') },
  ],
  ['a count in words', 'cmq:countValue 195', 'cmq:countValue "195"', { code: 'shape-violated', claim: 's14-1', sentence: 14 }],
  ['a wrong duration', 'cmq:durationDays 3', 'cmq:durationDays 4', { code: 'shape-violated', sentence: expect.any(Number) }],
  [
    'a session that follows itself by two',
    'cmq:ordinal 90',
    'cmq:ordinal 91',
    { code: 'shape-violated', claim: 's16-1', sentence: 16 },
  ],
  [
    'an election without a post',
    'cmq:fillsPost id:president-of-interpol .',
    'cmq:hasTopic id:cybercrime .',
    { code: 'shape-violated', claim: 's12-1', sentence: 12 },
  ],
  [
    'a person who is also a place',
    'id:kim-jong-young a cmq:Person',
    'id:kim-jong-young a cmq:Person, cmq:City',
    { code: 'shape-violated', claim: 's6-1', sentence: 6 },
  ],
  [
    'a planned session that is held',
    'cmq:isPlannedIn id:india',
    'cmq:isHeldIn id:india',
    { code: 'must-not-claim', what: 'the graph says (stated, inferred): The 90th session was held' },
  ],
  [
    'ten meetings',
    'id:working-meetings-beside-session-89 cmq:isCompleteList false',
    'id:ten a cmq:Count ; cmq:countsFor id:working-meetings-beside-session-89 ; cmq:countValue 10 .\nid:working-meetings-beside-session-89 cmq:isCompleteList false',
    { code: 'must-not-claim' },
  ],
  [
    'a name that the quote does not have',
    'cmq:nameAsWritten "Kim Jong-young"@en',
    'cmq:nameAsWritten "Kim Jong Yang"@en',
    { code: 'text-not-quoted', claim: 's6-1', sentence: 6, where: expect.objectContaining({ column: expect.any(Number) }) },
  ],
  [
    'a voice misspelt',
    '- voice: id:kim-jong-young',
    '- voice: id:kim-jong-yung',
    { code: 'lone-name', claim: 's6-3', mend: 'did you mean "kim-jong-young"?' },
  ],
  [
    'a thing misspelt',
    'cmq:admitsTo id:interpol',
    'cmq:admitsTo id:interpl',
    { code: 'lone-name', claim: 's13-1', where: expect.objectContaining({ column: 16 }) },
  ],
  [
    'a reviewer of whom nothing is known',
    'checked by: reviewer',
    'checked by: revewer',
    { code: 'unknown-agent', mend: expect.stringContaining('did you mean "reviewer"?') },
  ],
  [
    'a name in another language',
    'cmq:nameAsWritten "Kim Jong-young"@en',
    'cmq:nameAsWritten "Kim Jong-young"@ko',
    { code: 'text-language', claim: 's6-1' },
  ],
  [
    'a person in whom a session is held, by the claim that says so',
    'cmq:isPlannedIn id:india',
    'cmq:isPlannedIn id:kim-jong-young',
    { code: 'shape-violated', claim: 's16-1', sentence: 16 },
  ],
  ['two voices', '- voice: id:kim-jong-young', '- voice: id:kim-jong-young\n- voice: id:igor-zubov', { code: 'field-twice' }],
  [
    'claims that nobody checked',
    'checked by: reviewer\n',
    '',
    { code: 'claims-header', what: expect.stringContaining('checked by') },
  ],
  [
    'words that nobody quotes',
    "- left out: reporting words; that the words which follow are Erdogan's is recorded as their voice",
    '- withdrawn: no reason',
    { code: 'words-left-out', sentence: 4, what: expect.stringContaining('saying that') },
  ],
]

test.each(SEEDED)('%s is named', async (_title, from, to, expected) => {
  const folder = await givenProject({ [CLAIMS]: replacing(from, to) })
  expect(await faultsOf(folder)).toContainEqual(expect.objectContaining(expected))
})

const FILES: readonly (readonly [title: string, file: string, content: string, expected: object])[] = [
  [
    'an unknown term of a rule',
    'ontology/rules/wrong.rq',
    'PREFIX cmq: <https://w3id.org/communique/ns#>\nCONSTRUCT { ?p cmq:isElectdTo ?q } WHERE { ?p cmq:isCalledHolderOf ?q }',
    { code: 'unknown-term', where: expect.objectContaining({ file: 'ontology/rules/wrong.rq', line: 2, column: 16 }) },
  ],
  [
    'a rule that is no CONSTRUCT',
    'ontology/rules/wrong.rq',
    'SELECT ?s { ?s ?p ?o }',
    { code: 'rule-form', where: { file: 'ontology/rules/wrong.rq' } },
  ],
  [
    'a rule with a fault of syntax',
    'ontology/plain/wrong.rq',
    'CONSTRUCT { ?s ?p ?o }\nWHERE { ?s ?p }',
    { code: 'query-syntax', where: expect.objectContaining({ file: 'ontology/plain/wrong.rq', line: 2, column: 15 }) },
  ],
  [
    'a rule with the name of another',
    'ontology/rules/host-country.rq',
    'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }',
    { code: 'rule-name-taken', what: expect.stringContaining('(package) ontology/rules/host-country.rq') },
  ],
  [
    'a term of schema.org that there is not',
    'ontology/own.ttl',
    '@prefix schema: <http://schema.org/> .\n@prefix own: <https://example.org/own#> .\nown:Fair <http://www.w3.org/2000/01/rdf-schema#subClassOf> schema:Evnt .',
    { code: 'unknown-term', mend: 'did you mean schema:Event?', where: expect.objectContaining({ line: 3, column: 60 }) },
  ],
  [
    'a term without a definition',
    'ontology/own.ttl',
    '@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix own: <https://example.org/own#> .\n\nown:Fair a owl:Class .',
    {
      code: 'shape-violated',
      what: expect.stringContaining('definition'),
      where: expect.objectContaining({ file: 'ontology/own.ttl' }),
    },
  ],
  [
    'a fault of Turtle in a module',
    'ontology/own.ttl',
    '@prefix own: <https://example.org/own#> .\n\nown:a own:b own:c\nown:d own:e own:f .',
    { code: 'turtle-syntax', where: expect.objectContaining({ file: 'ontology/own.ttl', line: 4 }) },
  ],
  [
    'a fault of Turtle in shapes',
    'ontology/shapes/stated.ttl',
    '@prefix own: <https://example.org/own#> .\nown:a own:b own:c ;; own:d',
    { code: 'turtle-syntax', where: expect.objectContaining({ file: 'ontology/shapes/stated.ttl', line: 2 }) },
  ],
]

test.each(FILES)('%s is named', async (_title, file, content, expected) => {
  expect(await faultsOf(await givenProject({ [file]: content }))).toContainEqual(expect.objectContaining(expected))
})

test('a copy of this repository is a project by itself, with its own core', async () => {
  const folder = await givenProject()
  await cp(join(root, 'ontology'), join(folder, 'ontology'), { recursive: true })
  const project = await readProject(folder)
  expect(project.ontology.folders.map(({ shown }) => shown)).toEqual(['ontology'])
  expect((await check(project)).passed).toBe(true)
})

test('one wrong letter in a quote is one fault: the words meant are gone on with', async () => {
  const folder = await givenProject({ [CLAIMS]: replacing('> Istanbul (Republic of Turkey)', '> Istambul (Republic of Turkey)') })
  expect(await faultsOf(folder)).toEqual([
    expect.objectContaining({ code: 'quote-not-found', quote: 'Istambul (Republic of Turkey)' }),
  ])
})

test('a fault that several checks find is told once, and each of them fails', async () => {
  const folder = await givenProject({ [CLAIMS]: replacing('cmq:countValue 160', 'cmq:countValue -160') })
  const { checks } = await check(await readProject(folder))
  const faults = checks.flatMap(found => found.faults.map(({ what, where }) => `${what} ${where?.line}`))
  expect(new Set(faults).size).toBe(faults.length)
  expect(checks.find(({ name }) => name === 'shapes of the stated layer')!.repeated).toBeGreaterThan(0)
})

test('a dataset that says nothing of itself is named', async () => {
  const folder = await givenProject({ 'data/dataset.ttl': '' })
  const incomplete = (await readProject(folder)).faults.filter(({ code }) => code === 'dataset-incomplete')
  expect(incomplete.map(({ what }) => what)).toContain('the dataset states no void:uriSpace')
  expect(incomplete).toHaveLength(5)
})

test('several faults of one file are told at once', async () => {
  const folder = await givenProject({
    [CLAIMS]: text =>
      replacing(
        'cmq:electsPerson',
        'cmqq:electsPerson',
      )(replacing('cmq:admitsTo', 'cmqq:admitsTo')(replacing('> Photo: Interpol Twitter', '> Photo: nobody')(text))),
  })
  expect((await readProject(folder)).faults.length).toBeGreaterThanOrEqual(3)
})

test('a triple in the stated layer that nobody claims is named, and so is one that only a speaker says', async () => {
  const project = await readProject(root)
  const id = (slug: string) => namedNode(`https://w3id.org/communique/id/${slug}`)
  const cmq = (name: string) => namedNode(`https://w3id.org/communique/ns#${name}`)
  project.store.addQuad(quad(id('kim-jong-young'), cmq('attends'), id('interpol-general-assembly-session-89')))
  project.store.addQuad(
    quad(id('istanbul'), cmq('characterization'), literal('the oldest city where civilizations were meeting', 'en')),
  )
  const found = (await check(project)).checks.find(({ name }) => name === 'stated layer')!.faults.map(({ code }) => code)
  expect(found.sort()).toEqual(['attributed-leaked', 'stated-without-ground'])
})

test('at least 20 must-not-claim questions are asked, each false and each true once its falsehood is put in', async () => {
  const files = await readdir(join(root, 'data/interpol-ga-89/must-not-claim'))
  expect(files.length).toBeGreaterThanOrEqual(20)
  const folder = await givenProject({
    'data/interpol-ga-89/must-not-claim/blind.rq':
      '#+ summary: never\n#+ falsehood: id:a cmq:attends id:b .\n\nPREFIX id: <https://w3id.org/communique/id/>\nASK { id:b ?p id:c }',
  })
  expect(await faultsOf(folder)).toEqual([expect.objectContaining({ code: 'question-blind' })])
})

test('an empty or missing folder is told what was expected and how to make it', async () => {
  await expect(readProject('/nonexistent-project')).rejects.toThrow(/not a project folder.*data\/dataset.ttl/)
  const folder = await givenProject({}, { bare: true })
  await expect(readProject(folder)).rejects.toThrow(/no folder in data\/ holds an article.txt.*communique draft/)
})
