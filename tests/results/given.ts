import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer, AnswerRow } from '../../src/answers/answer.ts'
import type { Source } from '../../src/project/source.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { formatOf, type WriteOptions } from '../../src/results/format.ts'

const { literal, namedNode } = DataFactory

/** A thing of the project. */
export const id = (slug: string) => namedNode(`${PREFIXES.id}${slug}`)
export const integer = (value: number) => literal(String(value), namedNode(`${PREFIXES.xsd}integer`))

/** An answer without question, labels or notes but for what is given. */
export function givenAnswer(given: Partial<Answer> = {}): Answer {
  return {
    form: 'SELECT',
    layer: 'stated',
    parameters: new Map(),
    columns: [],
    rows: [],
    labels: new Map(),
    prefixes: PREFIXES,
    isCited: true,
    notes: [],
    complete: true,
    engine: 'test 1.0',
    ...given,
  }
}

export function row(values: Readonly<Record<string, Term>>, ...sources: readonly Source[]): AnswerRow {
  return { values: new Map(Object.entries(values)), sources }
}

/** An answer of one column `x` with one value. */
export function givenValue(x: Term): Answer {
  return givenAnswer({ columns: ['x'], rows: [row({ x })] })
}

/** What a format writes, as one text. */
export function written(format: string, answer: Answer, options: WriteOptions = {}): string {
  return [...formatOf(format, answer.form).write(answer, options)].join('')
}

/** A claim of the author, at an offset that follows from its id. */
export function claim(name: string, quote: string, more: Partial<Source> = {}): Source {
  const [sentence = 0, number = 0] = name.replace(/^.*s/, '').split('-').map(Number)
  return {
    claim: `https://w3id.org/communique/doc/interpol-ga-89/claim/${name}`,
    id: name,
    document: 'interpol-ga-89',
    sentence,
    start: sentence * 1000 + number,
    end: sentence * 1000 + number + quote.length,
    quote,
    voice: 'the author of the document',
    isAuthors: more.voice === undefined ? true : undefined,
    status: 'Asserted',
    ...more,
  }
}

/** Something drawn from premises: a plain statement, an inference. */
export function drawn(
  name: string,
  status: 'PlainStatement' | 'Inference',
  rule: string | undefined,
  premises: readonly Source[],
) {
  const path = status === 'Inference' ? 'inference' : 'plain'
  return {
    claim: `https://w3id.org/communique/doc/interpol-ga-89/${path}/${name}`,
    id: name,
    document: 'interpol-ga-89',
    voice: 'the program communique',
    status,
    rule,
    premises,
  } satisfies Source
}

export const ELECTED = claim(
  's12-1',
  'During the General Assembly, Ahmed Nasser Al Raisi, Inspector General of the UAE Ministry of Internal Affairs, was elected President of the Interpol',
)

/** Who was elected to what: a row that a plain statement gives. */
export const WHO_WAS_ELECTED = givenAnswer({
  question: 'who-elected',
  summary: 'Who was elected, to what?',
  columns: ['elected', 'office', 'organization'],
  rows: [
    row(
      { elected: id('ahmed-nasser-al-raisi'), office: literal('President', 'en'), organization: id('interpol') },
      drawn('is-elected-to-f8a0221e', 'PlainStatement', 'A person whom an election elects is elected to the post', [ELECTED]),
    ),
  ],
  labels: new Map([
    [id('ahmed-nasser-al-raisi').value, 'Ahmed Nasser Al Raisi'],
    [id('interpol').value, 'Interpol'],
  ]),
})

const HELD = claim('s1-2', 'the 89th session of the General Assembly was held in Istanbul (Republic of Turkey)')
const PLANNED = claim(
  's16-1',
  'The next, 90th session of the Interpol General Assembly will be held next year in the Republic of India',
  { status: 'Plan' },
)
const YEAR: Source = {
  ...drawn('i1', 'Inference', undefined, [
    claim('s1-1', 'In the period from 23 to 25 November'),
    HELD,
    {
      claim: 'https://www.interpol.int/News/2021/opens',
      id: 'https://www.interpol.int/News/2021/opens',
      document: '',
      voice: 'INTERPOL General Assembly opens, 23 November 2021',
      status: 'Source',
    },
  ]),
  reason: 'The text names no year; a release of Interpol does.',
  certainty: 'HighCertainty',
}

/** When sessions take place: stated, planned, inferred by the curator and by a rule; reported speech and a classification too. */
export const SESSIONS = givenAnswer({
  summary: 'When and where does each session take place?',
  layer: 'inferred',
  columns: ['session', 'heldIn', 'year', 'remark'],
  rows: [
    row({ session: id('session-89'), heldIn: id('istanbul'), year: integer(2021) }, HELD, YEAR),
    row(
      { session: id('session-90'), heldIn: id('india'), year: integer(2022), remark: literal('It will be held next year') },
      PLANNED,
      {
        ...drawn('year-of-next-session-2a45a982', 'Inference', 'A session planned for "next year" lies in the year after', [
          PLANNED,
          YEAR,
        ]),
        certainty: 'MediumCertainty',
        assumption: 'The text was written in the year of the session that it reports.',
      },
    ),
    row(
      { session: id('session-89'), remark: literal('A great honor') },
      claim('s4-3', 'it was a great honor for his country', { status: 'Evaluation', voice: 'Recep Tayyip Erdogan' }),
      claim('s5-1', 'He expressed confidence', { status: 'Expectation', voice: 'Recep Tayyip Erdogan' }),
      claim('s6-3', 'must keep up with the times', { status: 'Necessity', voice: 'Kim Jong-young' }),
      claim('s9-1', 'has led to an increase', { status: 'CausalExplanation' }),
      {
        claim: 'https://w3id.org/communique/doc/interpol-ga-89/claim/c4',
        id: 'c4',
        document: 'interpol-ga-89',
        voice: 'the curator',
        status: 'Classification',
        reason: 'The type is ours.',
      },
    ),
  ],
  labels: new Map([
    [id('session-89').value, '89th session of the General Assembly'],
    [id('session-90').value, '90th session of the General Assembly'],
    [id('istanbul').value, 'Istanbul'],
    [id('india').value, 'India'],
  ]),
  notes: [{ code: 'open-list', text: 'The sessions named are those of the article; it does not say that there were no others.' }],
})
