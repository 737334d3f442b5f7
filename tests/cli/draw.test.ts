import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Drawing } from '../../src/drawing/drawing.ts'
import { readXml } from '../drawing/given.ts'
import { root } from '../given.ts'
import { communique, givenCopy, givenFolder, givenQuestions } from './given.ts'

test('draw: the article as the picture that is committed, the same on every run', async () => {
  const { code, out, err } = await communique(['draw'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(await readFile(join(root, 'docs/article.svg'), 'utf8'))
  expect(readXml(out).elements).toContain('desc')
})

test.each([
  ['dot', /^digraph "Igor Zubov" \{\n/],
  ['mermaid', /^---\ntitle: "Igor Zubov"\n---\nflowchart LR\n/],
  ['mmd', /^---\ntitle: "Igor Zubov"\n---\nflowchart LR\n/],
  ['svg', /^<svg .*\n<title id="drawing-title">Igor Zubov<\/title>\n/],
])('draw <thing> --format %s', async (format, expected) => {
  const { code, out } = await communique(['draw', 'igor-zubov', '--format', format])
  expect(code).toBe(0)
  expect(out).toMatch(expected)
  expect((await communique(['draw', 'Igor Zubov', '-f', format])).out).toBe(out)
})

test('draw <question>: the triples it gives, with the values of its parameters; --json as data', async () => {
  const of = async (...words: string[]): Promise<Drawing> => JSON.parse((await communique(['draw', ...words, '--json'])).out)
  const picture = await of('election-picture')
  expect(picture.title).toBe('What does an election look like as a picture?')
  expect(picture.arrows.map(({ label }) => label)).toContain('elects person')
  const chile = await of('describe-thing', '--set', 'thing=chile')
  expect(chile.boxes.map(({ label }) => label)).toEqual(['Chile'])
})

test.each([
  [['election-pictur', '--set', 'x=1'], '[unknown-question] there is no saved question', 'did you mean "election-picture"?'],
  [['interpl'], '[unknown-thing] nothing in this project is called "interpl"', 'did you mean "interpol"?'],
  [['who-was-elected'], '[format-form] the answer to "who-was-elected" is no triples', 'draw one of as-geonames-places-it,'],
  [['interpol', '--format', 'png'], '[unknown-format] there is no format "png" of pictures', 'svg'],
  [['describe-thing', '--set', 'thin=chile'], '[unknown-parameter]', 'did you mean "thing"?'],
])('%j is wrong usage: %s', async (args, what, mend) => {
  const { code, out, err } = await communique(['draw', ...args])
  expect({ code: code === 1 || code === 2, out }).toEqual({ code: true, out: '' })
  expect(err).toContain(`error${what}`)
  expect(err).toContain(mend)
})

test('an answer without triples is an empty picture, which is said', async () => {
  const text = 'PREFIX cmq: <https://w3id.org/communique/ns#>\nCONSTRUCT { ?a cmq:aim ?c } WHERE { ?a cmq:supersedes ?c }\n'
  const cwd = await givenQuestions({ nothing: `#+ summary: What is there?\n${text}` })
  const { code, out, err } = await communique(['draw', 'nothing'], { cwd })
  expect(code).toBe(0)
  expect(readXml(out).elements).not.toContain('path')
  expect(err).toContain('note: "No answer in this article" is not "the answer is no".')
})

test('a broken question says what is wrong with it', async () => {
  const cwd = await givenQuestions({ broken: '#+ summary: Broken?\nCONSTRUCT {\n' })
  const { code, err } = await communique(['draw', 'broken'], { cwd })
  expect(code).toBe(1)
  expect(err).toContain('queries/broken.rq:2')
})

test('-o writes the file whole, in the place of an older one; and nothing at all where it cannot', async () => {
  const cwd = await givenFolder()
  await writeFile(join(cwd, 'picture.svg'), 'older')
  const { code, out, err } = await communique(['draw', '-o', 'picture.svg', '--project', root], { cwd })
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'wrote picture.svg\n' })
  expect(await readFile(join(cwd, 'picture.svg'), 'utf8')).toBe(await readFile(join(root, 'docs/article.svg'), 'utf8'))
  for (const file of ['missing/picture.svg', '.', 'picture.svg/x']) {
    const failed = await communique(['draw', '-o', file, '--project', root], { cwd })
    expect({ code: failed.code, out: failed.out }).toEqual({ code: 1, out: '' })
    expect(failed.err).toContain(`error[cannot-write] ${file}: the file cannot be written`)
  }
  await communique(['draw', 'no-such-thing-at-all', '-o', 'other.svg', '--project', root], { cwd })
  expect(await readdir(cwd)).toEqual(['picture.svg'])
})

test('a project of one’s own is drawn with what it says', async () => {
  const cwd = await givenCopy({
    'data/interpol-ga-89/claims.md': text =>
      text.replaceAll('skos:prefLabel "India"@en', 'skos:prefLabel "In<d>ia & \\"co\\""@en'),
  })
  await symlink(join(root, 'ontology'), join(cwd, 'ontology'))
  const { code, out } = await communique(['draw'], { cwd })
  expect(code).toBe(0)
  expect(readXml(out).texts.join('')).toContain('In<d>ia & "co"')
})
