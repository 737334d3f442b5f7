import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../given.ts'
import { communique, givenFolder, givenQuestions, ID, query } from './given.ts'

test.each([40, 80, 120])('answers look as they did at %i columns', async columns => {
  const transcripts: string[] = []
  for (const args of [
    ['ask', 'who-was-elected'],
    ['ask', 'countries-met'],
    ['ask', 'next-session'],
    ['ask', 'who-says-what', '--set', 'speaker=kim-jong-young'],
  ]) {
    const { code, out, err } = await communique(args, { columns })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns)
    transcripts.push(`$ communique ${args.join(' ')}\n${out}`)
  }
  await expect(transcripts.join('\n')).toMatchFileSnapshot(`answers-${columns}-columns.txt`)
})

test('without a name all questions are listed, those of a tag when one is given', async () => {
  const names = (await readdir(join(root, 'queries'))).flatMap(name => (name.endsWith('.rq') ? name.slice(0, -3) : []))
  const { code, out, err } = await communique(['ask'])
  expect(code).toBe(0)
  for (const name of names) expect(out).toContain(`  ${name} `)
  expect(err).toMatch(new RegExp(`^${names.length} questions\\. Ask one: communique ask [\\w-]+\n$`))
  const starters = await communique(['ask', '--tag', 'starter', '--json'])
  const { questions } = JSON.parse(starters.out) as { questions: { name: string; tags: string[]; parameters: object[] }[] }
  expect(questions.length).toBeLessThan(names.length)
  for (const { tags } of questions) expect(tags).toContain('starter')
  expect(questions.find(({ name }) => name === 'countries-met')?.parameters).toEqual([
    { name: 'country', type: 'country', label: 'Country met', any: true },
  ])
})

test('--all asks all questions of a tag, one after the other', async () => {
  const { code, out } = await communique(['ask', '--all', '--tag', 'starter'])
  expect(code).toBe(0)
  for (const asked of ['Who was elected, and to which post?', 'Where and when will the next session be?'])
    expect(out).toContain(`\n${asked}\n`)
})

test('--set given twice takes both values; any leaves the parameter open; a name may be a label, a slug or an IRI', async () => {
  const countries = async (...values: string[]): Promise<string[]> => {
    const set = values.flatMap(value => ['--set', `country=${value}`])
    const { code, out } = await communique(['ask', 'countries-met', ...set, '--format', 'csv'])
    expect(code).toBe(0)
    return out
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(',')[0]!.slice(ID.length))
  }
  expect(await countries('Chile', 'China')).toEqual(['chile', 'china'])
  expect(await countries('south-korea')).toEqual(['south-korea'])
  expect(await countries(`${ID}chile`, 'id:chile')).toEqual(['chile'])
  expect(await countries('any')).toHaveLength(10)
  expect(await countries()).toHaveLength(10)
})

test('--layer inferred sees what is inferred and marks it; the stated layer does not, and says where to look', async () => {
  const inferred = await communique(['ask', 'who-is-a-member', '--layer', 'inferred'])
  expect(inferred.out).toContain('[i1]    inferred by the curator (high certainty)')
  expect(inferred.out).toContain('note: 1 of 1 row rests on an inference, not on the text alone.')
  const stated = await communique(['ask', 'who-is-a-member', '--layer', 'stated'])
  expect(stated).toMatchObject({ code: 0, err: '' })
  expect(stated.out).toContain('No answer in this article.')
  expect(stated.out).toContain('--layer inferred')
  expect(stated.out).toContain('note: "No answer in this article" is not "the answer is no".')
})

test('in an empty folder the article that ships answers, which is said', async () => {
  const { code, out, err } = await communique(['ask', 'who-was-elected'], { cwd: await givenFolder() })
  expect(code).toBe(0)
  expect(err).toBe('no project here: this is the article that ships with communique\n')
  expect(out).toContain('Ahmed Nasser Al Raisi  President of Interpol')
})

test.each([
  [['who-was-electd'], '[unknown-question] there is no saved question "who-was-electd"', 'did you mean "who-was-elected"?'],
  [['who-was-elected', '--set', 'x=1'], '[unknown-parameter] the question "who-was-elected" has no parameter "x"', 'none'],
  [['countries-met', '--set', 'contry=Chile'], '[unknown-parameter]', 'did you mean "country"?'],
  [['countries-met', '--set', 'country=Chille'], '[unknown-value] nothing in this project is called "Chille"', '"Chile"'],
  [['countries-met', '--set', 'country=istanbul'], '[parameter-type] "istanbul" is no value of "country"', 'Argentina,'],
  [['events-on-a-day', '--set', 'day=tomorrow'], '[parameter-type] "tomorrow" is no value of "day"', 'like 2021-11-23'],
  [['what-a-sentence-says', '--set', 'sentence=six'], '[parameter-type] "six" is no value of "sentence"', 'known values: 1, 2'],
  [['left-open', '--set', 'question=nothing'], '[parameter-type] "nothing" is no value of "question"', 'day not stated'],
  [['countries-met', '--set', 'country'], '[parameter-setting] "country" sets nothing', '--set country=Chile'],
  [['countries-met', '--format', 'jsn'], '[unknown-format] there is no format "jsn"', 'did you mean "json"?'],
  [['countries-met', '--format', 'turtle'], '[format-form] turtle cannot hold the answer', 'csv'],
  [['was-anybody-elected', '--format', 'csv'], '[format-form] csv cannot hold the answer: an ASK gives yes or no', 'srj'],
  [['countries-met', '--layer', 'infered'], '[unknown-layer] there is no layer "infered"', 'did you mean "inferred"?'],
  [['countries-met', '--limit', 'ten'], '[option-number] --limit takes a number, not "ten"', '--limit 10'],
  [['countries-met', '--limit', '0'], '[option-number] --limit takes a number, not "0"', '--limit 10'],
  [['countries-met', '--limit', '1.5'], '[option-number] --limit takes a number, not "1.5"', '--limit 10'],
  [['countries-met', '--timeout', '-1'], '[option-number] --timeout takes a number, not "-1"', '--timeout 10'],
])('%j is wrong usage: %s', async (args, what, mend) => {
  const { code, out, err } = await communique(['ask', ...args])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(`error${what}`)
  expect(err).toContain(mend)
})

test('--json tells a fault as data', async () => {
  const { code, out, err } = await communique(['ask', 'countries-met', '--set', 'country=Chille', '--json'])
  expect({ code, err }).toEqual({ code: 2, err: '' })
  expect(JSON.parse(out)).toEqual({ error: [expect.objectContaining({ code: 'unknown-value' })] })
})

test('a broken question is listed with its reason, and keeps none of the others away', async () => {
  const folder = await givenQuestions({
    'who-came': '#+ summary: Who came?\nPREFIX cmq: <https://w3id.org/communique/ns#>\nSELECT ?p { ?p a cmq:Person }\n',
    unclosed: '#+ summary: Not closed\nSELECT ?p {\n  ?p ?q ?r\n',
    headless: '#+ summary: [\nASK {}\n',
    curly: '#+ summary: Curly quotes\nASK { ?p ?q “Kim” }\n',
  })
  const list = await communique(['ask'], { cwd: folder })
  expect(list.code).toBe(0)
  expect(list.out).toContain('  who-came  Who came?')
  expect(list.out).toMatch(/^unclosed cannot be asked:\n {2}queries\/unclosed\.rq:\d+:\d+: .+/m)
  expect(list.out).toMatch(/^headless cannot be asked:\n {2}queries\/headless\.rq:1: the #\+ header is not valid YAML/m)
  expect((await communique(['ask', 'who-came', '--format', 'csv'], { cwd: folder })).out.split('\r\n')).toHaveLength(6)
  const broken = await communique(['ask', 'unclosed'], { cwd: folder })
  expect(broken).toMatchObject({ code: 1, out: '' })
  expect(broken.err).toMatch(/error\[query-syntax\] queries\/unclosed\.rq:2:11: .+\n 2 \| SELECT \?p \{\n +\| +\^/)
  const curly = await communique(['ask', 'curly'], { cwd: folder })
  expect(curly.err).toMatch(/queries\/curly\.rq:2:13: quotation marks are straight in SPARQL\n(.*\n)+ {2}write "Kim"$/m)
})

describe('a format', () => {
  const next = async (format: string, ...options: string[]): Promise<string> => {
    const { code, out, err } = await communique(['ask', 'next-session', '--format', format, ...options])
    expect(code).toBe(0)
    const isNoted = ['markdown', 'json'].includes(format)
    expect(err).toBe(isNoted ? '' : 'note: 1 of 2 events is announced, not held.\n')
    return out
  }
  const SESSION = `${ID}interpol-general-assembly-session-90`

  test('csv and tsv: the columns of the query, and with --cite one of claims', async () => {
    const values = `${SESSION},${ID}india,next year,${ID}interpol-general-assembly-session-89`
    expect(await next('csv')).toBe(`session,plannedIn,time,follows\r\n${values}\r\n`)
    expect(await next('csv', '--no-cite')).toBe(await next('csv'))
    expect(await next('csv', '--cite')).toBe(`session,plannedIn,time,follows,sources\r\n${values},s16-1\r\n`)
    const [head, row] = (await next('tsv', '--cite')).split('\n')
    expect(head).toBe('?session\t?plannedIn\t?time\t?follows\t?sources')
    expect(row).toBe(`<${SESSION}>\t<${ID}india>\t"next year"@en\t<${ID}interpol-general-assembly-session-89>\t"s16-1"`)
    expect(await next('tsv')).toBe(`${head!.replace('\t?sources', '')}\n${row!.replace('\t"s16-1"', '')}\n`)
  })

  test('srj and xml: the same', async () => {
    const { head, results } = JSON.parse(await next('srj')) as { head: object; results: { bindings: object[] } }
    expect(head).toEqual({ vars: ['session', 'plannedIn', 'time', 'follows'] })
    expect(results.bindings).toEqual([
      {
        session: { type: 'uri', value: SESSION },
        plannedIn: { type: 'uri', value: `${ID}india` },
        time: { type: 'literal', value: 'next year', 'xml:lang': 'en' },
        follows: { type: 'uri', value: `${ID}interpol-general-assembly-session-89` },
      },
    ])
    const cited = JSON.parse(await next('srj', '--cite')) as { results: { bindings: object[] } }
    expect(cited.results.bindings).toEqual([{ ...results.bindings[0], sources: { type: 'literal', value: 's16-1' } }])
    const xml = await next('xml')
    expect(xml).toContain('<binding name="time"><literal xml:lang="en">next year</literal></binding>')
    expect(xml).not.toContain('sources')
    expect(await next('xml', '--cite')).toContain('<binding name="sources"><literal>s16-1</literal></binding>')
    expect(await next('xml', '--no-cite')).toBe(xml)
  })

  test('json, ndjson: values with labels, sources, notes; --json is --format json', async () => {
    const json = JSON.parse(await next('json')) as { rows: { values: object; sources: object[] }[]; notes: object[] }
    expect(json).toMatchObject({ form: 'SELECT', question: 'next-session', layer: 'stated', complete: true })
    expect(json.rows).toHaveLength(1)
    expect(json.rows[0]!.values).toMatchObject({ plannedIn: { type: 'uri', value: `${ID}india`, label: 'India' } })
    expect(json.rows[0]!.sources).toContainEqual(
      expect.objectContaining({ id: 's16-1', sentence: 16, status: 'Plan', quote: expect.stringContaining('next year') }),
    )
    expect(json.notes).toEqual([{ code: 'planned', text: '1 of 2 events is announced, not held.' }])
    expect((await communique(['ask', 'next-session', '--json'])).out).toBe(await next('json', '--cite'))
    expect(JSON.parse(await next('json', '--no-cite')).rows).toEqual([{ values: json.rows[0]!.values, sources: [] }])
    expect(JSON.parse(await next('ndjson'))).toEqual(json.rows[0])
    expect(JSON.parse(await next('ndjson', '--no-cite'))).toEqual({ values: json.rows[0]!.values, sources: [] })
  })

  test('markdown: a table with footnotes', async () => {
    const markdown = await next('markdown')
    expect(markdown).toContain('| India | next year | 89th session of the Interpol General Assembly | [^s16-1] |')
    expect(markdown).toContain('\n[^s16-1]: ')
    expect(await next('markdown', '--no-cite')).not.toContain('s16-1')
  })

  test('turtle: triples, and with --cite a comment behind each', async () => {
    const text = 'CONSTRUCT { ?person a cmq:Elected } { ?person cmq:isElectedTo ?post }'
    const prefixes = '@prefix cmq: <https://w3id.org/communique/ns#> .\n@prefix id: <https://w3id.org/communique/id/> .\n'
    const plain = await query(text, '--format', 'turtle')
    expect(plain).toEqual({ code: 0, err: '', out: `${prefixes}\nid:ahmed-nasser-al-raisi a cmq:Elected .\n` })
    const cited = await query(text, '--format', 'ttl', '--cite')
    expect(cited.out).toBe(`${prefixes}\nid:ahmed-nasser-al-raisi a cmq:Elected . # [s12-1]\n`)
  })

  test('--full-iris shows IRIs in the place of labels', async () => {
    const { out } = await communique(['ask', 'next-session', '--format', 'records', '--full-iris'])
    expect(out).toContain(`planned in: <${ID}india>\n`)
  })
})
