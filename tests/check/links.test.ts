import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkLinks } from '../../src/check/links.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject, replacing, root } from '../given.ts'

const LINKS = 'data/links.sssom.tsv'

test('the links of the article hold', async () => {
  const { looked, faults } = await checkLinks(await readProject(root))
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
  [
    'a city that is a country',
    'id:chile\tChile\towl:sameAs\t\tlcc:Chile',
    'id:istanbul\tIstanbul\towl:sameAs\t\tlcc:Chile',
    'one is a city',
  ],
  ['a country that is an organization', 'lcc:Chile\t', 'ror:02cyaqf66\t', 'one is a country, the other a organization'],
  ['the page in the place of the item', 'wd:Q298\t', 'https://www.wikidata.org/wiki/Q298\t', 'as its source gives it out'],
  ['https in the place of http', 'wd:Q298\t', 'https://www.wikidata.org/entity/Q298\t', 'as its source gives it out'],
  ['a slash that lacks', 'https://sws.geonames.org/745044/', 'https://sws.geonames.org/745044', 'as its source gives it out'],
  [
    'a relation that links have not',
    'id:chile\tChile\towl:sameAs',
    'id:chile\tChile\towl:differentFrom',
    'is no relation of links',
  ],
  ['an individual that matches', 'id:chile\tChile\towl:sameAs', 'id:chile\tChile\tskos:exactMatch', 'only concepts match'],
])('%s is told', async (_, from, to, what) => {
  const project = await readProject(await givenProject({ [LINKS]: replacing(from, to) }))
  const { faults } = await checkLinks(project)
  expect(faults).toContainEqual(expect.objectContaining({ code: 'link-doubtful', what: expect.stringContaining(what) }))
  const lines = (await readFile(join(project.root, LINKS), 'utf8')).split('\n')
  for (const { where } of faults) expect(lines[where!.line! - 1]).toMatch(/\taccepted\t/)
})

test('one target under two spellings is one', async () => {
  const text = await readFile(join(root, LINKS), 'utf8')
  const row = text.split('\n').find(line => line.startsWith('id:chile') && line.includes('wd:'))!
  const twin = row.replace('id:chile\tChile', 'id:serbia\tSerbia').replace('wd:Q298', 'https://www.wikidata.org/wiki/Q298')
  const project = await readProject(await givenProject({ [LINKS]: old => `${old}${twin}\n` }))
  expect((await checkLinks(project)).faults.map(({ what }) => what).join('\n')).toContain('is said to be the same')
})

test('one thing with two items of Wikidata, from two sources, is two things', async () => {
  const text = await readFile(join(root, LINKS), 'utf8')
  const row = text.split('\n').find(line => line.startsWith('id:chile') && line.includes('lcc:'))!
  const other = row.replace('lcc:Chile', 'wd:Q142').replace('edmcouncil/LCC', 'opensanctions/rigour')
  const project = await readProject(await givenProject({ [LINKS]: old => `${old}${other}\n` }))
  const { faults } = await checkLinks(project)
  expect(faults).toMatchObject([{ what: expect.stringContaining('wikidata:Q142 and wikidata:Q298'), where: { file: LINKS } }])
  expect(faults[0]!.where!.line).toBeGreaterThan(15)
})

test('two countries that become one only by what a snapshot says of their targets are told', async () => {
  const outside = `@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix lcc: <https://www.omg.org/spec/LCC/Countries/ISO3166-1-CountryCodes/> .
    <urn:some> { <http://www.wikidata.org/entity/Q298> owl:sameAs lcc:Serbia . }`
  const project = await readProject(await givenProject({ 'data/snapshots/wrong.trig': outside }))
  const whats = (await checkLinks(project)).faults.map(({ what }) => what)
  expect(whats.some(what => what.includes('communique/id/chile') && what.includes('communique/id/serbia'))).toBe(true)
  expect(whats.some(what => what.includes('wikidata:Q298') && what.includes('wikidata:Q403'))).toBe(true)
})
