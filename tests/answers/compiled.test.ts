import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ask } from '../../src/answers/ask.ts'
import { openCompiled } from '../../src/answers/compiled.ts'
import { openProject } from '../../src/answers/open.ts'
import { CLAIMS } from '../check/given.ts'
import { replacing, root } from '../given.ts'

// What is kept is kept by the program: the name of its build is in the key, and sources that run as they are have none.

describe('a graph that was compiled once', () => {
  test('is kept for its user alone, and answers the same the next time', async () => {
    const { folder, cache } = await given()
    const first = await communique(['ask', '--all', '--tag', 'starter', '--json'], folder, cache)
    const kept = await keptIn(cache)
    expect(kept).toHaveLength(1)
    const second = await communique(['ask', '--all', '--tag', 'starter', '--json'], folder, cache)
    expect(second).toEqual(first)
    expect(second.out.length).toBeGreaterThan(10_000)
    expect(await keptIn(cache)).toEqual(kept)
    const [mode, folderMode] = await Promise.all([stat(join(cache, 'communique', kept[0]!)), stat(join(cache, 'communique'))])
    expect([mode.mode & 0o777, folderMode.mode & 0o777]).toEqual([0o600, 0o700])
  })

  test('is not read from the project again', async () => {
    const [{ folder, cache }, other] = [await given(), await given()]
    expect(await members(folder, cache)).toBe('195')
    await edit(other.folder, CLAIMS, replacing('cmq:countValue 195', 'cmq:countValue 196'))
    expect(await members(other.folder, other.cache)).toBe('196')
    const [[mine], [others]] = [await keptIn(cache), await keptIn(other.cache)]
    await cp(join(other.cache, 'communique', others!), join(cache, 'communique', mine!))
    expect(await members(folder, cache)).toBe('196')
    for (const args of [
      ['why', 's14-1'],
      ['show', 'count-of-member-countries'],
      ['article', '--claims'],
    ])
      expect((await communique(args, folder, cache)).out).toMatch(/\b196\b/)
  })

  test.each([
    [0, 'why s12-1'],
    [0, 'why kim-jong-young isCalledHolderOf --json'],
    [1, 'why s99-1'],
    [1, 'why chile isLocated'],
    [1, 'why chile isLocatedIn turkey --json'],
    [0, 'show kim-jong-young --color always'],
    [1, 'show kim-jong-yung'],
    [0, 'article --claims'],
    [1, 'article interpol-ga-90 --json'],
    [0, 'describe --json'],
  ])('exit %i of %s is the same: the first time, from what is kept, where that is damaged', async (code, line) => {
    const { folder, cache } = await given()
    const args = line.split(' ')
    const first = await communique(args, folder, cache)
    expect(first).toMatchObject({ code })
    const [name] = await keptIn(cache)
    expect(await communique(args, folder, cache)).toEqual(first)
    await writeFile(join(cache, 'communique', name!), 'damage')
    expect(await communique(args, folder, cache)).toEqual(first)
    expect(await keptIn(cache)).toEqual([name])
  })

  test('answers every question as expected', async () => {
    const { folder, cache } = await given()
    await members(folder, cache)
    const { code, out } = await communique(['test'], folder, cache)
    expect(out).toMatch(/\d\d questions, all as expected\.$/m)
    expect(code).toBe(0)
  })

  test('tells of questions that are broken, as before', async () => {
    const { folder, cache } = await given()
    await writeFile(join(folder, 'queries/broken.rq'), '#+ summary: Who?\n#+ layer: stted\nSELECT * { ?x ?y ?z }')
    const [first, second] = [await communique(['ask'], folder, cache), await communique(['ask'], folder, cache)]
    expect(first.out).toContain('"stted" is no layer; did you mean "stated"?')
    expect(second).toEqual(first)
    expect(await communique(['ask', 'broken'], folder, cache)).toMatchObject({
      code: 1,
      err: expect.stringContaining('"stted" is no layer'),
    })
  })
})

describe('a change of the project changes the answer', () => {
  const claim = replacing('cmq:countValue 195', 'cmq:countValue 196')
  const question = replacing('?organization ?members ?after', '?organization (?members + 1 AS ?more) ?after')
  const rule = replacing('cmq:memberCountAfter ?', 'cmq:memberCountAfter 7 ; cmq:memberCountBefore ?')

  test('of a claim, of a question, of a rule', async () => {
    const { folder, cache } = await given()
    expect(await members(folder, cache)).toBe('195')
    const why = async () => (await communique(['why', 's14-1'], folder, cache)).out
    expect(await why()).toContain('cmq:countValue 195')
    const kept = await keptIn(cache)
    await edit(folder, CLAIMS, claim)
    expect(await why()).toContain('cmq:countValue 196')
    expect(await members(folder, cache)).toBe('196')
    await edit(folder, 'queries/how-many-members.rq', question)
    expect(await members(folder, cache)).toBe('197')
    await edit(folder, 'ontology/plain/member-count-after.rq', rule)
    expect(await members(folder, cache)).toBe('8')
    const now = await keptIn(cache)
    expect(now).toHaveLength(1)
    expect(now).not.toEqual(kept)
  })

  test('of a file or folder that lies elsewhere, too', async () => {
    const { folder, cache } = await given()
    const elsewhere = await temporary()
    for (const [index, file] of [CLAIMS, 'queries/how-many-members.rq', 'ontology/plain'].entries()) {
      await rename(join(folder, file), join(elsewhere, String(index)))
      await symlink(join(elsewhere, String(index)), join(folder, file))
    }
    expect(await members(folder, cache)).toBe('195')
    await edit(elsewhere, '0', claim)
    expect(await members(folder, cache)).toBe('196')
    await edit(elsewhere, '1', question)
    expect(await members(folder, cache)).toBe('197')
    await edit(elsewhere, '2/member-count-after.rq', rule)
    expect(await members(folder, cache)).toBe('8')
  })

  test('a folder that holds itself is gone through once', async () => {
    const { folder, cache } = await given()
    for (const [target, name] of [
      [folder, 'project'],
      ['nowhere', 'nowhere'],
      ['itself', 'itself'],
    ] as const)
      await symlink(target, join(folder, 'data', name))
    expect(await members(folder, cache)).toBe('195')
  })

  test('a file that was added or renamed, too', async () => {
    const { folder, cache } = await given()
    await members(folder, cache)
    await rename(join(folder, 'queries/how-many-members.rq'), join(folder, 'queries/members.rq'))
    expect(await communique(['ask', 'how-many-members'], folder, cache)).toMatchObject({
      code: 2,
      err: expect.stringContaining('unknown-question'),
    })
    await writeFile(join(folder, 'queries/new.rq'), '#+ summary: New?\nASK {}')
    expect((await communique(['ask', 'new'], folder, cache)).code).toBe(0)
  })

  test('that leaves the size and the time of a file as they were, too; what was written a moment ago is read in any case', async () => {
    const { folder, cache } = await given()
    expect(await members(folder, cache)).toBe('195')
    await settled(folder, cache)
    const { atime, mtime, size } = await stat(join(folder, CLAIMS))
    await edit(folder, CLAIMS, claim)
    await utimes(join(folder, CLAIMS), atime, mtime)
    expect(await stat(join(folder, CLAIMS))).toMatchObject({ mtime, size })
    expect(await members(folder, cache)).toBe('196')
    await edit(folder, CLAIMS, replacing('cmq:countValue 196', 'cmq:countValue 197'))
    expect(await members(folder, cache)).toBe('197')
  })

  test('of which files there are, too, though none of them was written', async () => {
    const { folder, cache } = await given()
    const elsewhere = await temporary()
    const [name, question] = ['queries/how-many-members.rq', join(elsewhere, 'question')]
    await settled(folder, cache)
    await rename(join(folder, name), question)
    expect(await communique(['ask', 'how-many-members'], folder, cache)).toMatchObject({ code: 2 })
    await rename(question, join(folder, name))
    expect(await members(folder, cache)).toBe('195')
    await settled(folder, cache)
    await rename(join(folder, 'queries'), join(elsewhere, 'queries'))
    await writeFile(join(folder, 'data/new.txt'), '')
    expect(await members(folder, cache)).toBe('195')
  })

  test('what answers do not depend on changes nothing', async () => {
    const { folder, cache } = await given()
    await members(folder, cache)
    const kept = await keptIn(cache)
    await writeFile(join(folder, 'queries/how-many-members.expected.tsv'), 'something else')
    await writeFile(join(folder, 'queries/README.md'), 'something else')
    expect(await members(folder, cache)).toBe('195')
    expect(await keptIn(cache)).toEqual(kept)
  })
})

describe('what was kept is ignored', () => {
  test('when it is not whole', async () => {
    const { folder, cache } = await given()
    await members(folder, cache)
    const [name] = await keptIn(cache)
    const file = join(cache, 'communique', name!)
    const bytes = await readFile(file)
    const damaged: readonly Buffer[] = [
      Buffer.alloc(0),
      bytes.subarray(0, bytes.length / 2),
      Buffer.from(bytes.map((byte, index) => (index === 3000 ? byte ^ 1 : byte))),
      Buffer.from('{"graph":{}}'.repeat(100)),
    ]
    for (const damage of damaged) {
      await writeFile(file, damage)
      expect(await members(folder, cache)).toBe('195')
      // Written anew; a number that each dictionary draws for itself takes some bytes more or less.
      expect(Math.abs((await readFile(file)).length - bytes.length)).toBeLessThan(32)
    }
  })

  test('when what is known of the files is not whole', async () => {
    const { folder, cache } = await given()
    const file = await settled(folder, cache)
    const bytes = await readFile(file)
    for (const damage of [Buffer.alloc(0), Buffer.alloc(8), bytes.subarray(0, 500), Buffer.from(bytes).fill('0', 4, 70)]) {
      await writeFile(file, damage)
      expect(await members(folder, cache)).toBe('195')
      expect(await readFile(file)).toEqual(bytes)
    }
  })

  test('where it cannot be written, which costs time and nothing else', async () => {
    const { folder } = await given()
    const file = join(await temporary(), 'file')
    await writeFile(file, '')
    expect(await members(folder, file)).toBe('195')
    expect(await members(folder, file)).toBe('195')
  })
})

test('several programs that begin at once do not disturb each other', async () => {
  const { folder, cache } = await given()
  expect(await Promise.all(Array.from({ length: 4 }, () => members(folder, cache)))).toEqual(['195', '195', '195', '195'])
  const names = await readdir(join(cache, 'communique'))
  expect(names.filter(name => !/\.(graph|code|files)$/.test(name))).toEqual([])
  expect(await members(folder, cache)).toBe('195')
})

test('each project is kept by itself', async () => {
  const [one, other] = [await given(), await given()]
  await edit(other.folder, CLAIMS, replacing('cmq:countValue 195', 'cmq:countValue 196'))
  for (const _ of ['first', 'second']) {
    expect(await members(one.folder, one.cache)).toBe('195')
    expect(await members(other.folder, one.cache)).toBe('196')
  }
  expect(await keptIn(one.cache)).toHaveLength(2)
})

test('a project with faults is compiled with their number; what can be answered is', async () => {
  const { folder } = await given()
  await edit(folder, CLAIMS, replacing('> Photo: Interpol Twitter', '> Photo: Interpol Twiter'))
  expect(await openCompiled(folder)).toMatchObject({ faultCount: 1 })
})

test('the library keeps nothing, and compiles the same', async () => {
  const cache = await temporary()
  const script = `import { openProject } from '${join(root, 'dist/index.js')}'
    const project = await openProject('${root}')
    console.log((await project.query('SELECT ?who { ?e cmq:electsPerson ?who }')).rows.length, (await project.ask('who-was-elected')).rows.length)`
  expect(await run(process.execPath, ['--input-type=module', '-e', script], { XDG_CACHE_HOME: cache })).toEqual({
    code: 0,
    out: '1 1\n',
    err: '',
  })
  expect(await readdir(cache)).toEqual([])

  const [compiled, project] = [await openCompiled(root), await openProject(root)]
  expect(compiled.faultCount).toBe(0)
  for (const name of ['who-was-elected', 'who-says-what', 'timeline', 'describe-held-session'])
    expect(JSON.stringify(await ask(compiled, name)), name).toBe(JSON.stringify(await project.ask(name)))
})

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

function run(file: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd = root): Promise<Outcome> {
  return new Promise(resolve => {
    const options = { cwd, env: { ...process.env, FORCE_COLOR: undefined, COLUMNS: '80', ...env }, maxBuffer: 2 ** 26 }
    execFile(file, args, options, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
  })
}

function communique(args: readonly string[], folder: string, cache: string): Promise<Outcome> {
  return run(process.execPath, [join(root, 'dist/cli.cjs'), ...args], { XDG_CACHE_HOME: cache }, folder)
}

/** How many members a project says that Interpol has. */
async function members(folder: string, cache: string): Promise<string | undefined> {
  const { out, err } = await communique(['ask', 'how-many-members', '--format', 'tsv'], folder, cache)
  expect(err).toBe('')
  return out.split('\n')[1]?.split('\t')[1]
}

/**
 * Asks until the files are old enough for what the file system says of them to be kept.
 *
 * @returns the file in which it is
 */
async function settled(folder: string, cache: string): Promise<string> {
  const known = async (): Promise<string | undefined> =>
    (await readdir(join(cache, 'communique')).catch(() => [])).find(name => name.endsWith('.files'))
  await rm(join(cache, 'communique', (await known()) ?? 'none'), { force: true })
  while ((await known()) === undefined) expect(await members(folder, cache)).toBe('195')
  return join(cache, 'communique', (await known())!)
}

/** Names of the graphs that are kept. */
async function keptIn(cache: string): Promise<string[]> {
  return (await readdir(join(cache, 'communique'))).filter(name => name.endsWith('.graph'))
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A copy of this repository's project with its own vocabulary and questions, and an empty cache. */
async function given(): Promise<{ folder: string; cache: string }> {
  const [folder, cache] = [await temporary(), await temporary()]
  for (const name of ['data', 'ontology', 'queries']) {
    await mkdir(join(folder, name))
    await cp(join(root, name), join(folder, name), { recursive: true })
  }
  return { folder, cache }
}

async function edit(folder: string, file: string, change: (text: string) => string): Promise<void> {
  await writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8')))
}
