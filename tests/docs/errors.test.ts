import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { root } from '../given.ts'

test('every error code of the source is a heading of docs/errors.md, and every heading is a code', async () => {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(name => name.endsWith('.ts'))
  const source = (await Promise.all(files.map(name => readFile(join(root, 'src', name), 'utf8')))).join('\n')
  const codes = new Set(
    [...source.matchAll(/(?:\bcode: |CommuniqueError\(|\bfault\()'([a-z][a-z0-9]*(?:-[a-z0-9]+)*)'/g)].map(match => match[1]!),
  )
  const headings = new Set(
    [...(await readFile(join(root, 'docs/errors.md'), 'utf8')).matchAll(/^## (.+)$/gm)].map(match => match[1]!),
  )
  expect(codes.size).toBeGreaterThan(30)
  expect([...codes].filter(code => !headings.has(code))).toEqual([])
  const named = new Set([...source.matchAll(/['`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)['`]/g)].map(match => match[1]!))
  const built = (heading: string) => heading.startsWith('unknown-') && /unknown-\$\{name\}/.test(source)
  expect([...headings].filter(heading => !named.has(heading) && !built(heading))).toEqual([])
})

test('an error says what, where and how to mend in one line', () => {
  const error = new CommuniqueError('undeclared-prefix', {
    what: 'prefix "cmqq:" is not declared',
    where: { file: 'queries/elected.rq', line: 7, column: 3 },
    mend: 'did you mean "cmq:"?',
  })
  expect(error.message).toBe(
    'error[undeclared-prefix] queries/elected.rq:7:3: prefix "cmqq:" is not declared; did you mean "cmq:"?',
  )
})
