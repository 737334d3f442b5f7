import { execFile, spawnSync } from 'node:child_process'
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/comparison/comparison.ts'
import { givenProject, root } from '../given.ts'
import { CLAIMS, communique, givenFolder, withoutChile } from './given.ts'

const run = promisify(execFile)

test('equal folders: one line with how much was compared, exit 0', async () => {
  const { code, out, err } = await communique(['diff', '.'], { columns: 300 })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(
    /^\. and what stands here now are equal; compared: 17 sentences, .* claims, \d+ statements, \d+ questions, .* files of rules and shapes\.\n$/,
  )
})

test('a claim that was changed, as text and as JSON; exit 3', async () => {
  const folder = await givenProject({ [CLAIMS]: withoutChile })
  const [text, json] = await Promise.all(
    [['--limit', '2'], ['--json']].map(options => communique(['diff', '.', folder, '--no-questions', ...options])),
  )
  expect(text!.out.split('\n').slice(0, 3)).toEqual([
    'Claims: 1 changed',
    '~ s11-1 The Russian delegation held working meetings with colleagues from ten',
    '  named countries',
  ])
  expect(text!.out).toContain(
    '\n    - statement: working meetings — meets colleagues from — Chile\n  … 1 more lines: see --limit\n',
  )
  const { equal, before, parts } = JSON.parse(json!.out) as Comparison
  expect({ equal, before }).toEqual({ equal: false, before: { name: '.', faults: [] } })
  expect(parts.questions).toBeUndefined()
  expect(parts.claims!.changes).toEqual([
    {
      change: 'changed',
      name: 's11-1',
      title: 'The Russian delegation held working meetings with colleagues from ten named countries',
      sentence: { number: 11, text: expect.stringMatching(/^On the sidelines of the session, /) },
      fields: [{ field: 'statement', removed: ['working meetings — meets colleagues from — Chile'], added: [] }],
    },
  ])
  const documented = /```json\n([\s\S]*?)```/.exec(await readFile(join(root, 'docs/diff.md'), 'utf8'))![1]!
  const [change] = (JSON.parse(documented) as Comparison).parts.claims!.changes
  expect({ ...change, sentence: parts.claims!.changes[0]!.sentence }).toEqual(parts.claims!.changes[0])
  expect([text, json].map(outcome => outcome!.code)).toEqual([3, 3])
})

test('RDF files: what came and went; the same under other labels is equal; what cannot be compared is wrong usage', async () => {
  const cwd = await givenFolder()
  const prefix = '@prefix : <https://example.org/> .'
  await writeFile(join(cwd, 'one.ttl'), `${prefix} :a :p _:x . _:x :q 1 .`)
  await writeFile(join(cwd, 'other.ttl'), `${prefix} :a :p [ :q 1 ] ; :r "\u001b[31m" .`)
  await writeFile(join(cwd, 'empty.nq'), '')
  await writeFile(join(cwd, 'broken.ttl'), ':a :p')
  const diff = (...args: string[]) => communique(['diff', ...args], { cwd })
  expect((await diff('one.ttl', 'one.ttl')).out).toBe('one.ttl and one.ttl are equal; compared: 2 quads.\n')
  expect(await diff('one.ttl', 'other.ttl')).toMatchObject({
    code: 3,
    out: 'RDF, by subject: 1 changed\n~ :a\n    + :r: "\\u001B[31m"\n\none.ttl and other.ttl differ; compared: 2 and 3 quads.\n',
  })
  const markdown = '<details><summary><code>~</code> :a</summary>\n\n```diff\n+ :r: "\\u001B[31m"\n```\n'
  expect((await diff('one.ttl', 'other.ttl', '-f', 'markdown')).out).toContain(markdown)
  expect(await diff('empty.nq', 'empty.nq')).toMatchObject({ code: 1, err: expect.stringContaining('error[looked-at-nothing]') })
  expect(await diff('one.ttl', 'broken.ttl')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error\[.*\] broken\.ttl:1:\d+: /),
  })
  expect(await diff('one.ttl')).toMatchObject({ code: 2, err: expect.stringContaining('error[states-unlike]') })
  expect(await diff('nothing', 'one.ttl')).toMatchObject({ code: 2, err: expect.stringContaining('error[unknown-state]') })
})

describe.runIf(isHere('git'))('git revisions', () => {
  test('a revision is compared with what stands in the folder, also within a larger repository; nothing is left behind', async () => {
    const cwd = await givenProject({ 'one.txt': 'not of the project' })
    const git = (...args: string[]) => run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd })
    await symlink('/etc/hostname', join(cwd, 'data', 'link.txt'))
    await git('init', '--quiet')
    await git('add', '.')
    await git('commit', '--quiet', '--message', 'one')
    await git('tag', 'v1')
    const claims = join(cwd, CLAIMS)
    await writeFile(claims, withoutChile(await readFile(claims, 'utf8')))
    const before = await readdir(tmpdir())
    const { code, out } = await communique(['diff', 'v1', '--no-questions'], { cwd: join(cwd, 'data') })
    expect(code).toBe(3)
    expect(out).toContain('v1 and what stands here now differ')
    expect((await readdir(tmpdir())).filter(name => /^communique-revision-/.test(name) && !before.includes(name))).toEqual([])
    await git('commit', '--quiet', '--all', '--message', 'two')
    expect((await communique(['diff', 'v1', 'HEAD', '--no-questions'], { cwd })).out).toContain('\n~ s11-1 ')
    const wrong = await communique(['diff', 'HEAD~9'], { cwd })
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('error[unknown-state] "HEAD~9" is no project folder') })
  })
})

/** Whether a program is here; that it is not is announced. */
function isHere(name: string): boolean {
  const found = spawnSync(name, ['--version']).status === 0
  if (!found) console.warn(`${name} is not here: what needs it was NOT RUN`)
  return found
}
