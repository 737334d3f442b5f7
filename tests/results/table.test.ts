import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { openProject, sourceOf } from '../../src/index.ts'
import { citations, footnoteText } from '../../src/results/citation.ts'
import { displayWidth } from '../../src/results/text-width.ts'
import { root } from '../given.ts'
import { claim, drawn, ELECTED, givenAnswer, id, integer, row, SESSIONS, WHO_WAS_ELECTED, written } from './given.ts'

const { blankNode, literal, quad } = DataFactory

test('an answer is the question, a table with labels and citations, the sentences once', () => {
  expect(written('table', WHO_WAS_ELECTED)).toBe(`\
Who was elected, to what?

elected                office     organization
Ahmed Nasser Al Raisi  President  Interpol      [s12-1]

[s12-1] “During the General Assembly, Ahmed Nasser Al Raisi, Inspector General
        of the UAE Ministry of Internal Affairs, was elected President of the
        Interpol”
`)
})

test('120 columns: what is inferred is marked; voice, status, reason and rule are told', () => {
  expect(written('table', SESSIONS, { width: 120 })).toBe(`\
When and where does each session take place?

session                               held in   year  remark
89th session of the General Assembly  Istanbul  2021                             [s1-2] [i1] inferred
90th session of the General Assembly  India     2022  It will be held next year  [s16-1] [i1] inferred [b]
89th session of the General Assembly                  A great honor              [s4-3] [s5-1] [s6-3] +2

[s1-1]  “In the period from 23 to 25 November”
[s1-2]  “the 89th session of the General Assembly was held in Istanbul (Republic of Turkey)”
[s4-3]  “it was a great honor for his country” (evaluation, says Recep Tayyip Erdogan)
[s5-1]  “He expressed confidence” (expectation, says Recep Tayyip Erdogan)
[s6-3]  “must keep up with the times” (necessity, says Kim Jong-young)
[s9-1]  “has led to an increase” (causal explanation)
[s16-1] “The next, 90th session of the Interpol General Assembly will be held next year in the Republic of India” (plan)
[i1]    inferred by the curator (high certainty): The text names no year; a release of Interpol does. — from [s1-1]
        [s1-2] [a]
[c4]    curator: The type is ours.
[a]     source: INTERPOL General Assembly opens, 23 November 2021 <https://www.interpol.int/News/2021/opens>
[b]     inferred by: A session planned for "next year" lies in the year after (medium certainty; assuming: The text was
        written in the year of the session that it reports.)

note: The sessions named are those of the article; it does not say that there were no others.
`)
})

test('80 columns: cells are broken between words, and rows then stand apart', () => {
  expect(written('table', SESSIONS, { width: 80 }).split('\n\n[s1-1]')[0]).toBe(`\
When and where does each session take place?

session               held in   year  remark
89th session of the   Istanbul  2021                        [s1-2] [i1] inferred
General Assembly

90th session of the   India     2022  It will be held next  [s16-1] [i1]
General Assembly                      year                  inferred [b]

89th session of the                   A great honor         [s4-3] [s5-1] [s6-3]
General Assembly                                            +2`)
})

test('40 columns: a block a row instead of a table', () => {
  expect(written('table', SESSIONS, { width: 40 })).toBe(`\
When and where does each session take
place?

session: 89th session of the General
  Assembly
held in: Istanbul
year: 2021
[s1-2] [i1] inferred

session: 90th session of the General
  Assembly
held in: India
year: 2022
remark: It will be held next year
[s16-1] [i1] inferred [b]

session: 89th session of the General
  Assembly
remark: A great honor
[s4-3] [s5-1] [s6-3] +2

[s1-1]  “In the period from 23 to 25
        November”
[s1-2]  “the 89th session of the General
        Assembly was held in Istanbul
        (Republic of Turkey)”
[s4-3]  “it was a great honor for his
        country” (evaluation, says Recep
        Tayyip Erdogan)
[s5-1]  “He expressed confidence”
        (expectation, says Recep Tayyip
        Erdogan)
[s6-3]  “must keep up with the times”
        (necessity, says Kim Jong-young)
[s9-1]  “has led to an increase” (causal
        explanation)
[s16-1] “The next, 90th session of the
        Interpol General Assembly will
        be held next year in the
        Republic of India” (plan)
[i1]    inferred by the curator (high
        certainty): The text names no
        year; a release of Interpol
        does. — from [s1-1] [s1-2] [a]
[c4]    curator: The type is ours.
[a]     source: INTERPOL General
        Assembly opens, 23 November 2021
        <https://www.interpol.int/News/2021/opens>
[b]     inferred by: A session planned
        for "next year" lies in the year
        after (medium certainty;
        assuming: The text was written
        in the year of the session that
        it reports.)

note: The sessions named are those of
      the article; it does not say that
      there were no others.
`)
  expect(written('records', SESSIONS, { width: 40 })).toBe(written('table', SESSIONS, { width: 40 }))
})

test('so many columns that each would be a sliver are records too', () => {
  const columns = Array.from({ length: 9 }, (_, index) => `column${index}`)
  const values = Object.fromEntries(columns.map(name => [name, literal('several words of text')]))
  expect(written('table', givenAnswer({ columns, rows: [row(values)] }))).toMatch(/^column0: several words of text\ncolumn1: /)
})

test('yes and no, none, and rows of nothing', () => {
  const summary = 'Was anyone elected?'
  expect(written('table', givenAnswer({ form: 'ASK', summary, rows: [row({}, ELECTED)] }))).toMatch(
    /^Was anyone elected\?\n\nYes\. {2}\[s12-1\]\n\n\[s12-1\] “During/,
  )
  const notes = [{ code: 'absence', text: 'The article says nothing of it.' }]
  expect(written('table', givenAnswer({ form: 'ASK', summary, notes }))).toBe(
    'Was anyone elected?\n\nNo.\n\nnote: The article says nothing of it.\n',
  )
  expect(written('table', givenAnswer({ columns: ['x'] }))).toBe('No answer in this article.\n')
  expect(written('records', givenAnswer({ form: 'CONSTRUCT' }), { width: 40 })).toBe('No answer in this article.\n')
  expect(written('table', givenAnswer({ rows: [row({}), row({})] }))).toBe('2 answers without values.\n')
})

test('an answer that was cut off says so', () => {
  const answer = givenAnswer({ columns: ['x'], rows: [row({ x: id('a') })], complete: false })
  expect(written('table', answer)).toBe('x\nid:a\n\nnote: not all rows are here: the answer was cut off\n')
  const notes = [{ code: 'row-limit', text: 'the first 1 of more' }]
  expect(written('table', { ...answer, notes })).toBe('x\nid:a\n\nnote: the first 1 of more\n')
})

test('triples stand as subject, predicate, object', () => {
  const [subject, predicate, object] = [id('istanbul'), id('lies-in'), quad(id('a'), id('b'), blankNode('x'))]
  const rows = [row({ subject, predicate, object: object as never })]
  const labels = new Map([[subject.value, 'Istanbul']])
  expect(written('table', givenAnswer({ form: 'CONSTRUCT', columns: ['subject', 'predicate', 'object'], rows, labels }))).toBe(`\
subject   predicate   object
Istanbul  id:lies-in  <<( id:a id:b _:b0 )>>
`)
})

test('IRIs in full if wanted; numbers to the right; wide characters line up', () => {
  const rows = [
    row({ name: literal('国際刑事警察機構'), count: integer(9) }),
    row({ name: literal('Interpol'), count: integer(195) }),
    row({ name: id('x') }),
  ]
  expect(written('table', givenAnswer({ columns: ['name', 'count'], rows }), { fullIris: true })).toBe(`\
name                                count
国際刑事警察機構                        9
Interpol                              195
<https://w3id.org/communique/id/x>
`)
})

test('hostile values stay in their cells, and no line is wider than the terminal', () => {
  const values = ['a\nb\tc', '', ' ', '\u001b[31mred', '\u202egnp.exe', '👩‍👩‍👧 🇹🇷', 'x'.repeat(10_000), '国'.repeat(100)]
  const rows = values.map(value => row({ first: literal(value), second: literal('next') }))
  const lines = written('table', givenAnswer({ columns: ['first', 'second'], rows }))
    .trimEnd()
    .split('\n')
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  expect(lines.filter(line => line.endsWith('  next'))).toHaveLength(values.length)
  expect(lines[1]).toMatch(/^a b c +next$/)
})

test('styles are asked for whole pieces, and change nothing else', () => {
  const style = (name: string, text: string): string => `{${name}:${text}}`
  const styled = written('table', WHO_WAS_ELECTED, { style })
  expect(styled).toContain('{bold:Who was elected, to what?}')
  expect(styled).toContain('{bold:elected                office     organization}')
  expect(styled).toContain('{cyan:[s12-1]}{dim: “During')
  expect(styled.replace(/\{(bold|cyan|dim):|\}/g, '')).toBe(written('table', WHO_WAS_ELECTED))
})

test('a rule is cited once, however often it is applied; long names of claims have a line of their own', () => {
  const rows = ['s1-1', 's2-1'].map(name =>
    row({ x: id(name) }, drawn(`rule-${name}`, 'Inference', 'As it is', [claim(`a-long-document/${name}`, `of ${name}`)])),
  )
  expect(written('table', givenAnswer({ columns: ['x'], rows }))).toBe(`\
x
id:s1-1  [a-long-document/s1-1] inferred [a]
id:s2-1  [a-long-document/s2-1] inferred [a]

[a-long-document/s1-1]
    “of s1-1”
[a-long-document/s2-1]
    “of s2-1”
[a] inferred by: As it is
`)
})

test('of the real article: the author needs no naming, others do, and each source comes down to words', async () => {
  const project = await openProject(root)
  const textOf = (name: string): string => {
    const graph = project.store.getGraphs(null, null, null).find(({ value }) => value.endsWith(`/${name}`))!
    return footnoteText(
      sourceOf(project, graph as never),
      text => text,
      ({ id: premise }) => premise,
    )
  }
  expect(textOf('s12-1')).toMatch(/^“During the General Assembly, .*”$/)
  expect(textOf('s6-3')).toMatch(/^“.*” \(necessity, says Kim Jong-young\)$/)
  expect(textOf('c1')).toMatch(/^curator: The text calls it/)
  const sources = project.store
    .getGraphs(null, null, null)
    .filter(({ value }) => /\/(plain|inference)\//.test(value))
    .map(graph => sourceOf(project, graph as never))
  expect(sources.length).toBeGreaterThan(50)
  for (const source of sources) expect(citations([row({}, source)]).of([source]).claims.length).toBeGreaterThan(0)
})
