import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../given.ts'
import { CLAIMS, communique, givenCopy, givenQuestions, ID, withoutChile } from './given.ts'

test('all questions answer as expected', async () => {
  const { code, out, err } = await communique(['test'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^✓ who-was-elected$/m)
  expect(out).toMatch(/\n\n\d+ questions, all as expected\.\n$/)
  expect((await communique(['test', 'who-was-elected'])).out).toBe('✓ who-was-elected\n\n1 question, as expected.\n')
})

test('when a claim was changed: the rows that differ, exit 3; --update writes them down', async () => {
  const folder = await givenCopy({ [CLAIMS]: withoutChile })
  const row = `<${ID}chile>\t<${ID}delegation-of-russia>`
  const failed = await communique(['test', 'countries-met'], { cwd: folder })
  expect(failed).toEqual({
    code: 3,
    out: `✗ countries-met: different (queries/countries-met.expected.tsv)\n    - ${row}\n\n1 question, not as expected.\n`,
    err: '',
  })
  const all = await communique(['test', '--json'], { cwd: folder })
  const { passed, results } = JSON.parse(all.out) as { passed: boolean; results: { name: string; outcome: string }[] }
  expect({ code: all.code, passed }).toEqual({ code: 3, passed: false })
  const different = results.filter(({ outcome }) => outcome !== 'same').map(({ name }) => name)
  expect(different).toContain('countries-met')
  expect(different).not.toContain('who-was-elected')
  const updated = await communique(['test', 'countries-met', '--update'], { cwd: folder })
  expect(updated.code).toBe(0)
  expect(updated.out).toContain('✓ countries-met: written (queries/countries-met.expected.tsv)')
  const file = 'queries/countries-met.expected.tsv'
  const before = await readFile(join(root, file), 'utf8')
  expect(await readFile(join(folder, file), 'utf8')).toBe(before.replace(`${row}\n`, ''))
  expect((await communique(['test', 'countries-met'], { cwd: folder })).code).toBe(0)
  expect((await readdir(join(folder, 'queries'))).sort()).toEqual((await readdir(join(root, 'queries'))).sort())
})

test('a question that is broken or has no expected answer does not pass; nor do none', async () => {
  const folder = await givenQuestions({ unclosed: 'SELECT ?p {', fresh: '#+ summary: Fresh\nASK {}' })
  const { code, out } = await communique(['test'], { cwd: folder })
  expect(code).toBe(3)
  expect(out).toContain('✗ fresh: no expected answer (queries/fresh.expected.txt)\n')
  expect(out).toMatch(/^✗ unclosed: .+ \(queries\/unclosed\.rq\)$/m)
  expect(out).toMatch(/\n2 questions, 2 not as expected\.\n$/)
  expect((await communique(['test', 'frsh'], { cwd: folder })).err).toContain('did you mean "fresh"?')
  await rm(join(folder, 'queries'), { recursive: true })
  await mkdir(join(folder, 'queries'))
  expect(await communique(['test'], { cwd: folder })).toMatchObject({ code: 3, out: '\nNo question: nothing was compared.\n' })
})
