import { execFile, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { readProject } from '../../src/project/project.ts'
import { findThing } from '../../src/project/thing.ts'
import { givenProject, root } from '../given.ts'
import { communique, environment, givenFolder, program } from './given.ts'

const run = promisify(execFile)

/** A folder with a `communique` for PATH. */
const bin = mkdtempSync(join(tmpdir(), 'communique-bin-'))
writeFileSync(join(bin, 'communique'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`)
chmodSync(join(bin, 'communique'), 0o755)
afterAll(() => rmSync(bin, { recursive: true, force: true }))
const env = { ...environment(), PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: bin, TERM: 'dumb' }

/** What bash puts on the line, which it breaks into words itself. */
async function inBash(words: readonly string[], cwd = root): Promise<string[]> {
  const script = `source <(communique completion bash); source <(communique completion bash); COMP_WORDS=(communique "$@"); COMP_CWORD=$#
_communique communique; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = await run('bash', ['--norc', '-c', script, 'bash', ...words], { env, cwd })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(line => line !== '')
}

const SAME: readonly (readonly [typed: string, expected: readonly string[]])[] = [
  ['art', ['article']],
  ['ask who-was-', ['who-was-admitted', 'who-was-elected']],
  ['test who-was-e', ['who-was-elected']],
  ['ask --form', ['--format']],
  ['ask who-was-elected --no', ['--no-cite']],
  ['ask --format n', ['ndjson']],
  ['ask -f xm', ['xml']],
  ['query --layer inf', ['inferred']],
  ['--color a', ['always', 'auto']],
  ['ask --tag star', ['starter']],
  ['ask countries-met --set c', ['country=']],
  ['show kim', ['kim-jong-young']],
  ['why kim-jong-young isCalledHolderOf president-of-i', ['president-of-interpol']],
  ['article int', ['interpol-ga-89']],
  ['help dra', ['draft', 'draw']],
  ['draw election', ['election-of-the-president-of-interpol', 'election-picture']],
  ['draw describe-thing --set t', ['thing=']],
  ['draw --format s', ['svg']],
  ['describe --format j', ['json']],
  ['describe --ontology -f h', ['html']],
  ['diff --format m', ['markdown']],
  ['completion f', ['fish']],
  ['--project nowhere show ki', []],
]

test.each(SAME)('bash completes "communique %s" to %j', async (typed, expected) => {
  expect((await inBash(typed.split(' '))).sort()).toEqual(expected)
})

test('bash breaks words at "=": only what comes behind it is given', async () => {
  expect(await inBash(['ask', '--format', '=', 'x'])).toEqual(['xml'])
  expect((await inBash(['ask', '--layer', '='])).sort()).toEqual(['inferred', 'linked', 'stated'])
  expect(await inBash(['ask', '--layer=i'])).toEqual(['--layer=inferred'])
  expect(await inBash(['ask', 'countries-met', '--set', 'country', '=', 'c'])).toEqual([])
})

test('an option that was given is not offered again, unless it may be repeated; behind "--" there are no options', async () => {
  const offered = await inBash(['ask', 'who-says-what', '--set', 'speaker', '=', 'any', '-f', 'json', '--'])
  expect(offered).toContain('--set')
  expect(offered).not.toContain('--format')
  expect(await inBash(['show', '--', '--'])).toEqual([])
})

test('names are those of the project that the words name, or of this folder; else those of the package', async () => {
  const folder = await givenProject({
    'queries/who-came.rq': '#+ summary: "Who came?"\n#+ tags: [arrivals]\nSELECT ?x {}\n',
    'data/second/article.txt': 'A second text.',
  })
  expect(await inBash(['ask', 'who'], folder)).toEqual(['who-came'])
  expect(await inBash(['--project', folder, 'ask', '--tag', ''])).toEqual(['arrivals'])
  expect(await inBash(['article', ''], join(folder, 'data'))).toEqual(['interpol-ga-89', 'second'])
  const empty = await givenFolder()
  expect(await inBash(['ask', 'who-was-e'], empty)).toEqual(['who-was-elected'])
})

test('a name that a shell would take apart or obey is not offered', async () => {
  const names = ['$(touch pwned)', 'a b', "it's", '`id`', 'a;b', '*', 'good', '\u001b[31mred']
  const folder = await givenProject(Object.fromEntries(names.map(name => [`queries/${name}.rq`, '#+ summary: \u001b[31m?\n'])))
  expect(await inBash(['ask', ''], folder)).toEqual(['good'])
  expect((await communique(['completion', 'zsh', '--', 'ask', ''], { cwd: folder })).out).toBe('good\t\\u001b[31m?\n')
})

test('every thing that is offered can be shown', async () => {
  const project = await readProject(root)
  const things = await inBash(['show', ''])
  expect(things.length).toBeGreaterThan(50)
  for (const thing of things) expect(findThing(project, thing).value).toBe(`${project.baseIRI}id/${thing}`)
})

test('zsh and fish are told what each word is', async () => {
  const { out } = await communique(['completion', 'fish', '--', 'ask', ''])
  expect(out.split('\n')).toContain('who-was-elected\tWho was elected, and to which post?')
  expect((await communique(['completion', 'zsh', '--', 'ask', 'countries-met', '--set', ''])).out).toBe('country=\tCountry met\n')
  expect((await communique(['completion', 'zsh', '--', ''])).out).toContain('check\tthe one gate')
})

test('a shell that is not known is wrong usage, and the three are named', async () => {
  expect(await communique(['completion', 'tcsh'])).toEqual({
    code: 2,
    out: '',
    err: 'error[unknown-shell] there is no completion for "tcsh"\n  there is one for bash, zsh, fish\n',
  })
})

test('a key is answered without the engine and without the graph: all that is kept of it is the code of this command', async () => {
  const folder = await givenProject({ 'data/dataset.ttl': 'this is no Turtle' })
  const home = await givenFolder()
  const { out } = await communique(['completion', 'fish', '--', 'show', ''], { cwd: folder, env: { XDG_CACHE_HOME: home } })
  expect(out.split('\n')).toContain('kim-jong-young')
  expect((await readdir(join(home, 'communique'))).sort()).toEqual([
    expect.stringMatching(/^others\.cjs-completion-.*\.code$/),
    expect.stringMatching(/^program\.cjs-completion-.*\.code$/),
  ])
})

/** Whether a program is here; that it is not is announced. */
function isHere(name: string, ...args: string[]): boolean {
  const found = spawnSync(name, args).status === 0
  if (!found) console.warn(`${name} is not here: what needs it was NOT RUN`)
  return found
}

describe.runIf(isHere('fish', '--version'))('fish', () => {
  const inFish = async (line: string): Promise<string[]> => {
    const script = `communique completion fish | source; complete -C '${line}'`
    return (await run('fish', ['--no-config', '-c', script], { env, cwd: root })).stdout.split('\n').filter(text => text !== '')
  }

  test.each(SAME)('completes "communique %s" to %j', async (typed, expected) => {
    // fish offers words that have the letters in their middle only where none begins with them.
    expect((await inFish(`communique ${typed}`)).map(text => text.split('\t')[0]).sort()).toEqual(expected)
  })

  test('shows what each word is, and values behind "="', async () => {
    expect(await inFish('communique ask who-was-e')).toEqual(['who-was-elected\tWho was elected, and to which post?'])
    expect(await inFish('communique ask --format=x')).toEqual(['--format=xml\tapplication/sparql-results+xml'])
    expect(await inFish('communique query tests/cl')).toEqual(['tests/cli/'])
  })
})

const PTY = isHere('script', '-qec', 'true', '/dev/null')

/** What a person sees in a terminal who types into a shell; each line is typed when the one before has been answered. */
async function typed(shell: string, lines: readonly string[]): Promise<string> {
  const child = spawn('script', ['-qec', `env PS1='ready> ' ${shell}`, '/dev/null'], { env, cwd: root })
  let seen = ''
  child.stdout.on('data', data => {
    seen += String(data)
  })
  for (const [index, line] of lines.entries()) {
    await expect.poll(() => seen.split('ready>').length - 1, { timeout: 20_000 }).toBeGreaterThan(index)
    child.stdin.write(line)
  }
  await new Promise(resolve => child.on('exit', resolve))
  return stripVTControlCharacters(seen)
}

describe.runIf(PTY)('a TAB in a terminal', () => {
  test('bash', async () => {
    const seen = await typed('bash --norc --noprofile -i', [
      'source <(communique completion bash)\n',
      'communique ask countries-m\t--set c\tChile --form\tcs\t\n',
      'communique ask --lay\t\b=inf\twho-was-e\t -f tsv\n',
      'communique query tests/cli/gi\t\b; exit\n',
    ])
    expect(seen).toContain('country,delegation')
    expect(seen).toMatch(/http.*chile/)
    expect(seen).toContain('?person\t?post')
    expect(seen).toContain('tests/cli/given.ts')
  })

  test.runIf(isHere('zsh', '--version'))('zsh', async () => {
    const seen = await typed('zsh -f -i', [
      'source <(communique completion zsh)\n',
      'communique ask countries-m\t--set c\tChile --form\tcs\t\n',
      'communique ask --lay\t\b=inf\twho-was-e\t -f tsv\n',
      'communique ask who-was-\t\t\t\u0015exit\n',
    ])
    expect(seen).toContain('country,delegation')
    expect(seen).toMatch(/http.*chile/)
    expect(seen).toContain('?person\t?post')
    expect(seen).toContain('who-was-elected   -- Who was elected, and to which post?')
  })
})
