import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../given.ts'

const run = promisify(execFile)

test('the program of docs/store.md runs', async () => {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(await readFile(join(root, 'docs', 'store.md'), 'utf8'))!
  const folder = await mkdtemp(join(root, 'dist', 'store-'))
  try {
    await writeFile(join(folder, 'program.mjs'), program!)
    const { stdout } = await run(process.execPath, [join(folder, 'program.mjs')], { cwd: root })
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, 3).every(line => line.startsWith('https://w3id.org/communique/id/'))).toBe(true)
    expect(lines.slice(3)).toEqual(['true', expect.stringContaining('ORDER BY'), 'true true', 'true', 'true'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
