import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CLAIMS, communique, givenCopy, givenFolder, withoutChile } from './given.ts'

/** A cache of its own, and a project. */
async function givenCache(): Promise<{ folder: string; kept: string; env: Record<string, string> }> {
  const cache = await givenFolder()
  return { folder: await givenCopy(), kept: join(cache, 'communique'), env: { XDG_CACHE_HOME: cache } }
}

test('a claim that is edited changes the next answer, and so does a question', async () => {
  const { folder, env } = await givenCache()
  const countries = async (): Promise<number> => {
    const { out, code } = await communique(['ask', 'countries-met', '--format', 'csv'], { cwd: folder, env })
    expect(code).toBe(0)
    return out.trim().split('\r\n').length - 1
  }
  expect([await countries(), await countries()]).toEqual([10, 10])
  const claims = join(folder, CLAIMS)
  const before = await readFile(claims, 'utf8')
  await writeFile(claims, withoutChile(before))
  expect([await countries(), await countries()]).toEqual([9, 9])
  await writeFile(claims, before)
  expect(await countries()).toBe(10)
  const question = join(folder, 'queries/countries-met.rq')
  await writeFile(question, `${await readFile(question, 'utf8')}LIMIT 3\n`)
  expect(await countries()).toBe(3)
})

test('of one project one graph is kept', async () => {
  const { folder, kept, env } = await givenCache()
  const ask = () => communique(['ask', 'who-was-elected'], { cwd: folder, env })
  await ask()
  await writeFile(join(folder, 'queries/another.rq'), 'ASK {}')
  await ask()
  expect((await readdir(kept)).filter(name => name.endsWith('.graph'))).toHaveLength(1)
})

test('a file that is damaged is not trusted: the answer is the same', async () => {
  const { folder, kept, env } = await givenCache()
  const ask = () => communique(['ask', 'who-was-elected'], { cwd: folder, env })
  const answer = await ask()
  expect(await ask()).toEqual(answer)
  const names = await readdir(kept)
  expect(names.map(name => /\.\w+$/.exec(name)![0]).sort()).toEqual(expect.arrayContaining(['.code', '.graph']))
  const damages: readonly ((bytes: Buffer) => Uint8Array)[] = [
    ...[0, 0.6].map(share => (bytes: Buffer) => {
      const damaged = Uint8Array.from(bytes)
      const place = Math.floor(share * (bytes.length - 1))
      damaged[place]! ^= 0xff
      return damaged
    }),
    bytes => bytes.subarray(0, bytes.length / 2),
  ]
  for (const damage of damages) {
    for (const name of names) await writeFile(join(kept, name), damage(await readFile(join(kept, name))))
    expect(await ask()).toEqual(answer)
  }
})

test('where nothing can be kept, the answer is the same', async () => {
  const file = join(await givenFolder(), 'no-folder')
  await writeFile(file, '')
  const { code, out, err } = await communique(['ask', 'who-was-elected'], { env: { XDG_CACHE_HOME: file } })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('[s12-1]')
})
