import { execFile } from 'node:child_process'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../given.ts'

const run = promisify(execFile)
const readme = await readFile(join(root, 'README.md'), 'utf8')

/** What a shell would run for the words after `communique`. */
async function communique(words: string): Promise<string> {
  const command = `"${process.execPath}" dist/cli.cjs ${words} 2>&1; true`
  return (await run('bash', ['-c', command], { cwd: root, env: { ...process.env, COLUMNS: '80' } })).stdout
}

test('each answer that the README shows is the answer given', async () => {
  const shown = [...readme.matchAll(/^\$ communique (.*)\n([\s\S]*?)^```/gm)]
  expect(shown.length).toBeGreaterThanOrEqual(4)
  for (const [, command, answer] of shown) expect(await communique(command!)).toBe(answer)
})

test('each command that the README shows answers', async () => {
  const commands = [...readme.matchAll(/^npx communique (.*?)(?:\s+#.*)?$/gm)].map(([, command]) => command!)
  expect(commands.length).toBeGreaterThanOrEqual(10)
  for (const command of commands) expect(await communique(command)).not.toMatch(/error\[/)
})

test('the program in the README runs', async () => {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readme)!
  const folder = await mkdtemp(join(root, 'dist', 'readme-'))
  try {
    await writeFile(join(folder, 'program.mjs'), program!)
    const { stdout } = await run(process.execPath, [join(folder, 'program.mjs')], { cwd: root })
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^\d{3,} true$/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  'README.md',
  'data/README.md',
  'CONTRIBUTING.md',
  'docs/errors.md',
  'docs/diff.md',
  'docs/linking.md',
  'docs/store.md',
])('each link of %s to a file leads to one', async file => {
  const text = await readFile(join(root, file), 'utf8')
  for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g))
    await access(join(root, dirname(file), target!))
})
