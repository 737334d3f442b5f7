import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { comparisonFormat } from '../../src/comparison/format.ts'
import { givenCopy } from '../cli/given.ts'
import { givenProject, replacing, root } from '../given.ts'
import { compared, toldOf } from './given.ts'

const ARTICLE = 'data/interpol-ga-89/article.txt'

test('a project is equal to its copy, and it is said how much was compared', async () => {
  const { equal, parts } = await compared(root, await givenCopy(), { questions: true })
  expect(equal).toBe(true)
  expect(Object.keys(parts)).toEqual(['articles', 'metadata', 'claims', 'statements', 'questions', 'terms', 'files', 'quads'])
  for (const kind of ['articles', 'claims', 'statements', 'questions', 'terms', 'files'] as const)
    expect(parts[kind]!.compared[0]).toBeGreaterThan(15)
})

test('a sentence that was changed, and the claims whose words are gone; the faults of that side are told', async () => {
  const edit = replacing('The three-day forum was attended', 'The seven-day forum was attended')
  const comparison = await compared(root, await givenProject({ [ARTICLE]: edit }))
  const told = toldOf(comparison)
  expect(told.slice(0, 6)).toEqual([
    'Articles: 1 changed',
    '~ interpol-ga-89',
    expect.stringMatching(/^ {4}- SHA-256: 7e52118e/),
    expect.stringMatching(/^ {4}\+ SHA-256: [0-9a-f]{64}$/),
    expect.stringMatching(/^ {4}- sentence: \[2\] The three-day forum was attended by /),
    expect.stringMatching(/^ {4}\+ sentence: \[2\] The seven-day forum was attended by /),
  ])
  expect(told).toContain('    - quote: “The three-day forum”')
  expect(told).toContain('    + quote: “The seven-day forum”')
  expect(comparison.before.faults).toEqual([])
  expect(told.filter(line => line.startsWith('! '))).toHaveLength(comparison.after.faults.length)
  expect(told.join('\n')).toMatch(/^! communique-\w+: error\[article-changed\] data\/interpol-ga-89\/article\.txt: /m)
})

test('a document that cannot be read on one side makes a difference, whatever else is equal', async () => {
  const folder = await givenProject({ 'data/second/article.txt': 'It opened.' })
  const comparison = await compared(root, folder)
  expect(comparison.equal).toBe(false)
  expect(Object.values(comparison.parts).flatMap(({ changes }) => changes)).toEqual([])
  expect(toldOf(comparison).map(line => line.replace(/^! communique-\w+: (\S+) (\S+):.*/, '$1 $2'))).toEqual(
    ['document.ttl', 'passages.ttl', 'claims.md'].map(file => `error[missing-file] data/second/${file}`),
  )
})

test('version and licence, a term, a rule, a shape, and what must not be claimed', async () => {
  const rule = await readFile(join(root, 'ontology/rules/host-country.rq'), 'utf8')
  const folder = await givenProject({
    'data/dataset.ttl': replacing('"0.1.0"', '"0.2.0"'),
    'ontology/own.ttl': `@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
cmq:isHeldIn rdfs:comment "Only towns."@en .
cmq:Parade rdfs:label "parade"@en .`,
    'ontology/rules/own.rq': rule,
    'ontology/shapes/own.ttl': '# none yet',
    'data/interpol-ga-89/must-not-claim/year-stated.rq': text => `${text}# and never will be\n`,
    'data/interpol-ga-89/must-not-claim/threat-asserted.rq': text => text.split('\n').reverse().join('\n'),
  })
  expect(toldOf(await compared(root, folder))).toEqual([
    'Dataset and documents: 1 changed',
    '~ <https://w3id.org/communique/about> https://w3id.org/communique/about',
    '    - owl:versionInfo: "0.1.0"',
    '    + owl:versionInfo: "0.2.0"',
    'Terms: 1 added, 1 changed',
    '+ cmq:Parade parade',
    '    + rdfs:label: "parade"@en',
    '~ cmq:isHeldIn is held in',
    '    + rdfs:comment: "Only towns."@en',
    'Rules, shapes, what must not be claimed: 2 added, 2 changed',
    '~ data/interpol-ga-89/must-not-claim/threat-asserted.rq',
    '~ data/interpol-ga-89/must-not-claim/year-stated.rq',
    '    + line: # and never will be',
    '+ ontology/rules/own.rq',
    '+ ontology/shapes/own.ttl',
  ])
})

test('questions: other words, new, gone, broken; and the rows that came and went, in words', async () => {
  const folder = await givenCopy({
    'data/interpol-ga-89/claims.md': replacing('id:vietnam, id:chile, id:belarus', 'id:vietnam, id:belarus'),
  })
  const comparison = await compared(root, folder, { questions: true })
  const told = toldOf(comparison)
  const from = told.indexOf('~ countries-met From which countries did a delegation meet colleagues?')
  expect(told[from + 1]).toBe('    - row: Chile · delegation of the Russian Federation')
  expect(told).toContain('    - row: delegation of the Russian Federation — met colleagues from — Chile')
  const names = comparison.parts.questions!.changes.map(({ name }) => name)
  expect(names).toContain('how-many-countries-met')
  expect(names).not.toContain('who-was-elected')

  const questions = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [`queries/${name}.rq`, text]))
  const held = '#+ summary: Was it held?\nASK { ?x <https://w3id.org/communique/ns#isHeldIn> ?y }'
  const before = await givenProject(questions({ gone: held, held, same: held, wrong: held }))
  const after = await givenProject(
    questions({ fresh: held, held: held.replace('ns#isHeldIn', 'ns#isHeldNowhere'), same: held, wrong: 'ASK {' }),
  )
  const { parts, after: side } = await compared(before, after, { questions: true })
  expect(parts.questions!.changes.map(({ change, name }) => `${change} ${name}`)).toEqual([
    'removed gone',
    'changed held',
    'removed wrong',
    'added fresh',
  ])
  expect(parts.questions!.changes[1]!.fields[1]).toEqual({ field: 'answer', removed: ['Yes.'], added: ['No.'] })
  expect(side.faults.map(({ code }) => code)).toEqual(['query-syntax'])
})

test('what data hold is text: neither Markdown nor a terminal obeys it', async () => {
  const hostile = 'A `tick` ```fence``` | pipe </summary></details><script>alert(1)</script> \u001b[31mred\u202e [x](http://x)'
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': text =>
      replacing(
        'id:chile, ',
        '',
      )(
        replacing(
          '## The Russian delegation held working meetings with colleagues from ten named countries',
          `## ${hostile}`,
        )(text),
      ),
  })
  const markdown = [...comparisonFormat('markdown').write(await compared(root, folder))].join('')
  expect(markdown).toMatch(/^<details><summary><code>~<\/code> <b>s11-1<\/b> A `tick` ```fence``` \| pipe &#60;\/summary&#62;/m)
  expect(markdown).toMatch(/^````diff\n/m)
  const unfenced = markdown.replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')
  expect(unfenced).not.toContain('<script>')
  expect(unfenced.split('</details>').length).toBe(unfenced.split('<details>').length)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(markdown).not.toContain(folder)
})
