import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { givenProject, replacing } from '../given.ts'
import { communique } from './given.ts'

test('bare communique shows the commands and succeeds', async () => {
  const { code, out } = await communique([])
  expect(code).toBe(0)
  for (const name of ['article', 'show', 'check', 'why', 'draft']) expect(out).toContain(name)
})

test('in an empty folder the article that ships with the package is shown', async () => {
  const { code, out, err } = await communique(['article'], { cwd: await mkdtemp(join(tmpdir(), 'empty-')) })
  expect(code).toBe(0)
  expect(err).toBe('no project here: this is the article that ships with communique\n')
  expect(out).toContain('[17] Photo: Interpol Twitter')
})

test('a folder within a project is that project; a data folder without dataset.ttl is told how to become one', async () => {
  const folder = await givenProject()
  expect((await communique(['check'], { cwd: join(folder, 'data/interpol-ga-89') })).code).toBe(0)
  await rm(join(folder, 'data/dataset.ttl'))
  const { code, err } = await communique(['check'], { cwd: folder })
  expect(code).toBe(1)
  expect(err).toContain('error[no-project]')
})

test('a first article in an empty folder: draft, write a claim, check', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'empty-'))
  await mkdir(join(folder, 'data/opening'), { recursive: true })
  await writeFile(join(folder, 'data/opening/article.txt'), 'Ada Muster opened the fair.')
  expect((await communique(['draft', 'data/opening'], { cwd: folder })).out).toContain('1 sentence laid out')
  const claims = join(folder, 'data/opening/claims.md')
  await writeFile(
    claims,
    `${await readFile(claims, 'utf8')}
## Ada Muster opened the fair

> Ada Muster opened the fair

\`\`\`turtle
id:ada-muster a cmq:Person ;
  cmq:nameAsWritten "Ada Muster"@en .
id:opening a cmq:Event ;
  cmq:nameAsWritten "opened the fair"@en .
\`\`\`
`,
  )
  const { code, out } = await communique(['check'], { cwd: folder })
  expect(out).toContain('Everything checked holds.')
  expect(code).toBe(0)
  expect((await communique(['show', 'ada-muster'], { cwd: folder })).out).toContain('[s1-1] “Ada Muster opened the fair”')
})

test('JSON has the sources of the contract: claim, sentence, start, end, quote, voice, status', async () => {
  const { out } = await communique(['why', 'kim-jong-young', 'isCalledHolderOf', '--json'])
  const [answer] = (JSON.parse(out) as { answers: { sources: { rule: string; premises: object[] }[] }[] }).answers
  const [source] = answer!.sources
  expect(source?.rule).toContain('called')
  expect(source?.premises[0]).toMatchObject({
    claim: 'https://w3id.org/communique/doc/interpol-ga-89/claim/s6-1',
    sentence: 6,
    start: 848,
    end: 881,
    quote: 'Interpol President Kim Jong-young',
    status: 'Asserted',
  })
})

test('a pipe gets no colour, and data no control characters', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': replacing('## The photo is credited', '## The\u001b[31m photo is credited'),
  })
  const { out } = await communique(['article', '--claims', '--project', folder])
  expect(out).toContain('\\u001b')
  expect(out).not.toContain('\u001b')
})

test('colour is for terminals, and what data hold is never colour', async () => {
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': replacing('## The photo is credited', '## The\u001b[31m photo is credited'),
  })
  const { out } = await communique(['article', '--claims', '--color', 'always', '--project', folder])
  expect(out).toContain('\u001b[36m [17]\u001b[39m Photo: Interpol Twitter')
  expect(out).toContain('The\\u001b[31m photo is credited')
  const { err } = await communique(['show', 'nobody-at-all', '--color', 'always'])
  expect(err).toContain('\u001b[31merror[unknown-thing]\u001b[39m')
  expect((await communique(['show', 'nobody-at-all'])).err).toMatch(/^error\[unknown-thing\]/)
})

test.each([40, 60, 80, 120])('at %i columns no line of words is longer', async columns => {
  for (const args of [['article'], ['show', 'kim-jong-young'], ['why', 's12-1']]) {
    const { out } = await communique(args, { columns })
    const words = out.split('\n').filter(line => line.includes(' ') && !/https?:|^id:/.test(line))
    expect(words.length).toBeGreaterThan(1)
    for (const line of words) expect([...line].length, line).toBeLessThanOrEqual(columns)
  }
})

test('a wrong name is answered with the nearest, exit 1; wrong usage is exit 2; a fault found by check exit 3', async () => {
  expect(await communique(['show', 'kim-jong-yung'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('did you mean "kim-jong-young"?'),
  })
  expect((await communique(['shwo'])).code).toBe(2)
  expect((await communique(['check', '--nonsense'])).code).toBe(2)
  const folder = await givenProject({
    'data/interpol-ga-89/claims.md': replacing('> Photo: Interpol Twitter', '> Photo: Interpol Twiter'),
  })
  const { code, out } = await communique(['check', '--project', folder])
  expect(code).toBe(3)
  expect(out).toMatch(
    /error\[quote-not-found\] data\/interpol-ga-89\/claims\.md:\d+:3: the quote "Photo: Interpol Twiter" is not in the text/,
  )
  expect(out).toContain('the nearest words are "Photo: Interpol Twitter" (2854–2877)')
})

test('check --json says how much each check looked at', async () => {
  const { code, out } = await communique(['check', '--json'])
  const report = JSON.parse(out) as { passed: boolean; checks: { name: string; looked: number }[] }
  expect(code).toBe(0)
  expect(report.passed).toBe(true)
  for (const { looked, name } of report.checks) expect(looked, name).toBeGreaterThan(0)
})
