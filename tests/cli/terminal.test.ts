import { execFile } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../given.ts'
import { communique, environment, program, query } from './given.ts'

const ESC = '\u001b'
const OUR_STYLES = new RegExp(`${ESC}\\[(1|2|22|36|39)m`, 'g')

test('a pipe gets colour only when FORCE_COLOR or --color always asks for it', async () => {
  const text = async (env: Record<string, string>, ...options: string[]): Promise<string> => {
    const { out, err } = await communique(['ask', 'who-was-elected', ...options], { env })
    return out + err
  }
  const plain = await text({})
  expect(plain).not.toContain(ESC)
  expect(await text({ NO_COLOR: '1' })).toBe(plain)
  expect(await text({ FORCE_COLOR: '0' })).toBe(plain)
  expect(await text({ FORCE_COLOR: '1' }, '--color', 'never')).toBe(plain)
  const colored = await text({ FORCE_COLOR: '1', NO_COLOR: '1' })
  expect(colored).toContain(`${ESC}[1m`)
  expect(await text({}, '--color', 'always')).toBe(colored)
  expect(stripVTControlCharacters(colored)).toBe(plain)
  expect(await text({ FORCE_COLOR: '1' }, '--format', 'csv')).not.toContain(ESC)
})

test.each(['table', 'records'])('in a %s data cannot steer the terminal', async format => {
  for (const literal of ['"\\u001b[31m"', `"${ESC}[31m"`]) {
    const { code, out } = await query(`SELECT (${literal} AS ?x) {}`, '--format', format, '--color', 'always')
    expect(code).toBe(0)
    expect(out).toContain('\\u001b[31m')
    expect(out.replaceAll(OUR_STYLES, '')).not.toContain(ESC)
  }
  const { err } = await query(`SELECT ${ESC}[2J {}`)
  expect(err).toContain('\\u001b[2J')
  expect(err).not.toContain(ESC)
})

test('formats for programs keep every character of the data', async () => {
  const text = 'SELECT ("a\u200eb\\u0085c" AS ?x) {}'
  expect((await query(text, '--format', 'csv')).out).toBe('x\r\na\u200eb\u0085c\r\n')
  expect((await query(text, '--format', 'xml')).out).toContain('<literal>a\u200eb')
  for (const format of ['srj', 'json']) expect((await query(text, '--format', format)).out).not.toContain(ESC)
})

test('a pipe that is closed ends the program in silence', async () => {
  // More than a pipe holds.
  const text = 'SELECT ?a ?b { ?a ?p ?q . ?b ?r ?s } LIMIT 5000'
  const pipeline = `set -o pipefail; "$0" "$1" query --no-cite -e '${text}' | head -1`
  const outcome = await new Promise(resolve =>
    execFile('bash', ['-c', pipeline, process.execPath, program], { cwd: root, env: environment() }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, lines: out.split('\n').length - 1, err }),
    ),
  )
  expect(outcome).toEqual({ code: 0, lines: 1, err: '' })
})
