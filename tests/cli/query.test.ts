import { execFile, spawn } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../given.ts'
import { communique, environment, givenFolder, givenQuestions, ID, type Outcome, program, query } from './given.ts'

const PERSONS = 'SELECT ?person { ?person a cmq:Person } ORDER BY ?person'
const FOUR_PERSONS = ['ahmed-nasser-al-raisi', 'igor-zubov', 'kim-jong-young', 'recep-tayyip-erdogan']
const MANY_ROWS = 'SELECT ?a ?b { ?a ?p ?q . ?b ?r ?s } LIMIT 20000'
const ENDLESS = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }'
const CATASTROPHIC = 'SELECT ?x { VALUES ?x { 1 } FILTER(REGEX("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")) }'

const asCsv = ['--format', 'csv', '--no-cite']
const four = `person\r\n${FOUR_PERSONS.map(name => `${ID}${name}\r\n`).join('')}`

test('takes the text of -e, of a file, of - and of a pipe; prefixes of the project need not be declared', async () => {
  const file = join(await givenFolder(), 'persons.rq')
  await writeFile(file, PERSONS)
  expect(await query(PERSONS, ...asCsv)).toEqual({ code: 0, out: four, err: '' })
  expect((await communique(['query', file, ...asCsv])).out).toBe(four)
  expect((await communique(['query', '-', ...asCsv], { input: `\uFEFF${PERSONS}` })).out).toBe(four)
  expect((await communique(['query', ...asCsv], { input: PERSONS })).out).toBe(four)
})

test('no text, no such file, bytes that are no text', async () => {
  const none = { code: 2, out: '', err: expect.stringContaining('error[no-query] there is no query\n') }
  expect(await communique(['query'])).toEqual(none)
  expect(await query(' \n')).toEqual(none)
  expect(await communique(['query', 'no-such.rq'])).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('error[missing-file] no-such.rq: there is no such file\n'),
  })
  expect((await communique(['query'], { input: Buffer.from([0x41, 0xff]) })).err).toMatch(
    /^error\[invalid-utf8\] \(stdin\):1:2: byte 0xff at offset 1/,
  )
})

test('what cannot be read is told, and is no fault of the program', async () => {
  expect(await communique(['query', 'data'])).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('error[missing-file] data: it is a folder\n'),
  })
})

test('a mistake is shown with its line and a caret', async () => {
  const { code, out, err } = await communique(['query', '-'], { input: 'SELECT ?p\nWHERE { ?p a cmq:Person ;; ?q }\n' })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^error\[query-syntax\] \(stdin\):2:\d+: .+\n 2 \| WHERE \{ \?p a cmq:Person ;; \?q \}\n {3}\| +\^+\n/)
  const undeclared = await query('SELECT ?p { ?p a cmqq:Person }')
  expect(undeclared.code).toBe(1)
  expect(undeclared.err).toMatch(/^error\[undeclared-prefix\] 1:18: prefix "cmqq:" is not declared\n.+\n {3}\| {18}\^{5}\n/)
  expect(undeclared.err).toContain('did you mean "cmq:"?')
})

test.each(['INSERT DATA { <a:> <b:> <c:> }', 'DROP ALL', 'SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }'])(
  'refuses %s',
  async text => {
    expect(await query(text)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^error\[query-refused\] /) })
  },
)

test('an answer without rows is an answer: exit 0, and why it is empty', async () => {
  const { code, out, err } = await query('SELECT ?p { ?p a cmq:Persn }')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('No answer in this article.')
  expect(out).toContain('note: cmq:Persn is not in the data; did you mean cmq:Person?')
  const csv = await query('SELECT ?p { ?p a cmq:Persn }', '--format', 'csv')
  expect(csv).toMatchObject({ code: 0, out: 'p\r\n', err: expect.stringContaining('note: cmq:Persn is not in the data') })
})

test('--limit was asked for: exit 0 and a note; the limit that nobody asked for: exit 4', async () => {
  const limited = await query(PERSONS, '--limit', '1')
  expect(limited.code).toBe(0)
  expect(limited.out).toMatch(/note: .*there are more\.\n/)
  expect(await query(PERSONS, '--limit', '4')).toMatchObject({ code: 0, out: expect.not.stringContaining('there are more') })
  const all = await query(MANY_ROWS, ...asCsv)
  expect(all.code).toBe(4)
  expect(all.out.trim().split('\r\n')).toHaveLength(10_001)
  expect(all.err).toContain('note: These are the first 10000 rows; there are more.\n')
  expect((await query(MANY_ROWS, ...asCsv, '--limit', '20000')).out.trim().split('\r\n')).toHaveLength(20_001)
})

test('--explain tells the plan on stderr, step by step', async () => {
  const text = 'SELECT ?p ?n { ?p a cmq:Person . ?p rdfs:label ?n }'
  const { code, out, err } = await query(text, '--explain', ...asCsv)
  expect(code).toBe(0)
  expect(out.split('\r\n')).toHaveLength(6)
  expect(err).toMatch(/^\nThe plan of communique, in the order of work\n {2}step +expected +times +solutions +in\n/)
  expect(err).toMatch(/^ {2}\?p rdf:type cmq:Person +4 +1 +4$/m)
  expect(err).toMatch(/^ {2}4 rows$/m)
  expect((await query(text, '--explain', '--engine', 'comunica', ...asCsv)).err).toMatch(/The plan of comunica [\d.]+/)
  expect(await query(text, '--engine', 'jena')).toMatchObject({ code: 2, err: expect.stringContaining('error[unknown-engine]') })
})

describe('time', () => {
  /** Milliseconds until a run has ended, and how it ended; a run that does not end by itself is killed and has no code. */
  async function timed(args: readonly string[], cwd = root): Promise<Outcome & { readonly time: number }> {
    const begin = performance.now()
    const outcome = await new Promise<Outcome>(resolve => {
      const settings = { cwd, env: environment(), maxBuffer: 2 ** 28, timeout: 7000, killSignal: 'SIGKILL' } as const
      const child = execFile(process.execPath, [program, ...args], settings, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? Number.NaN), out, err })
      })
      child.stdin!.end()
    })
    return { ...outcome, time: performance.now() - begin }
  }

  const TIMED_OUT = { code: 1, out: '', err: expect.stringMatching(/^error\[query-timeout\] no answer within 1 s: /) }

  test.each([
    ['a join without end', ENDLESS],
    ['a regular expression without end', CATASTROPHIC],
  ])('--timeout ends a query: %s', async (_, text) => {
    const args = ['query', '-e', PERSONS]
    const startUp = Math.max((await timed(args)).time, (await timed(args)).time)
    const { time, ...outcome } = await timed(['query', '-e', text, '--timeout', '1'])
    expect(outcome).toEqual(TIMED_OUT)
    expect(time).toBeLessThan(1500 + 2 * startUp)
  })

  test.each([
    ['a join without end', ENDLESS],
    ['a regular expression without end', CATASTROPHIC],
  ])('--timeout ends a saved question: %s', async (_, text) => {
    const folder = await givenQuestions({ endless: `#+ summary: Endless\n${text}\n` })
    const { time, ...outcome } = await timed(['ask', 'endless', '--timeout', '1'], folder)
    expect(outcome).toEqual(TIMED_OUT)
    expect(time).toBeLessThan(6000)
  })

  test('rows that were found in time are shown: exit 4', async () => {
    const text = ENDLESS.replace('(COUNT(*) AS ?n)', '?a')
    const args = ['query', '-e', text, '--limit', '99999999', '--no-cite', '--format', 'csv']
    const { code, out, err } = await timed([...args, '--timeout', '2'])
    expect(code).toBe(4)
    expect(out.split('\r\n').length).toBeGreaterThan(500)
    expect(err).toContain('note: The time of 2 s was up: there may be more rows.')
  })

  test('a limit of more days than a timer can wait for is kept', async () => {
    const { code, err } = await query(PERSONS, '--timeout', '9999999')
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test.each([
    ['query, a join', ['query', '-e', ENDLESS]],
    ['query, a regular expression', ['query', '-e', CATASTROPHIC]],
    ['ask, a join', ['ask', 'join']],
    ['ask, a regular expression', ['ask', 'regex']],
  ])('Ctrl-C ends it at once with 130, and leaves nothing behind: %s', async (_, args) => {
    const folder = await givenQuestions({ join: `#+ summary: J\n${ENDLESS}\n`, regex: `#+ summary: R\n${CATASTROPHIC}\n` })
    await communique(['ask'], { cwd: folder })
    const temporary = await givenFolder()
    const env = { ...environment(), TMPDIR: temporary }
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise<number>(resolve =>
      child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!])),
    )
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (said += String(data)))
    await new Promise(resolve => setTimeout(resolve, 1200))
    const begin = performance.now()
    child.kill('SIGINT')
    const late = new Promise<string>(resolve => setTimeout(resolve, 3000, 'still running'))
    expect(await Promise.race([ended, late])).toBe(130)
    expect(performance.now() - begin).toBeLessThan(1000)
    expect(said).toBe('')
    expect(await readdir(temporary)).toEqual([])
  })
})
