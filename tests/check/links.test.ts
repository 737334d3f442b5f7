import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkLinks } from '../../src/check/links.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject, replacing, root } from '../given.ts'

const LINKS = 'data/links.sssom.tsv'

test('the links of the article hold', async () => {
  const { looked, faults } = checkLinks(await readProject(root))
  expect(looked).toBeGreaterThan(40)
  expect(faults).toEqual([])
})

test.each([
  ['a thing that is none of ours', 'id:chile\t', 'id:chili\t', 'the first is no thing of this project'],
  [
    'a person by one key',
    '\tname|country\tagent:communique\tagent:link-reviewer\t2026-11-29\thttps://github.com/tijmenb',
    '\tname\tagent:communique\tagent:link-reviewer\t2026-11-29\thttps://github.com/tijmenb',
    'a person needs two keys',
  ],
  [
    'a reviewer of whom nothing is known',
    'accepted\t0.71\tname\tagent:communique\tagent:link-reviewer',
    'accepted\t0.71\tname\tagent:communique\tagent:nobody',
    'nobody who is described',
  ],
  ['two countries that are one', 'lcc:Chile\t', 'lcc:China\t', 'is said to be the same'],
  ['an individual that matches', 'id:chile\tChile\towl:sameAs', 'id:chile\tChile\tskos:exactMatch', 'only concepts match'],
])('%s is told', async (_, from, to, what) => {
  const project = await readProject(await givenProject({ [LINKS]: replacing(from, to) }))
  expect(checkLinks(project).faults).toContainEqual(
    expect.objectContaining({ code: 'link-doubtful', what: expect.stringContaining(what) }),
  )
})

test('one target under two spellings is one', async () => {
  const text = await readFile(join(root, LINKS), 'utf8')
  const row = text.split('\n').find(line => line.startsWith('id:chile') && line.includes('wd:'))!
  const twin = row.replace('id:chile\tChile', 'id:serbia\tSerbia').replace('wd:Q298', 'https://www.wikidata.org/wiki/Q298')
  const project = await readProject(await givenProject({ [LINKS]: old => `${old}${twin}\n` }))
  expect(
    checkLinks(project)
      .faults.map(({ what }) => what)
      .join('\n'),
  ).toContain('is said to be the same')
})
