import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import { root } from '../given.ts'
import { communique } from './given.ts'

test.each([
  ['docs/void.ttl', []],
  ['docs/ontology.md', ['--ontology']],
  ['docs/ontology.html', ['--ontology', '--format', 'html']],
])('%s is what describe %j writes', async (file, words) => {
  const { code, out, err } = await communique(['describe', ...words])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(await readFile(join(root, file), 'utf8'))
})

test('--json gives the description as data', async () => {
  const { counts, documents } = JSON.parse((await communique(['describe', '--json'])).out)
  expect(documents).toEqual(['https://w3id.org/communique/doc/interpol-ga-89'])
  expect(counts.triples).toBe(
    new Parser().parse((await communique(['query', '-e', 'CONSTRUCT WHERE { ?s ?p ?o }', '-f', 'turtle'])).out).length,
  )
})

test.each([
  [['--format', 'html'], 'there is no format "html" here\n  known are: turtle, json\n'],
  [['--ontology', '--format', 'turtle'], 'there is no format "turtle" here\n  known are: markdown, html\n'],
])('describe %j is wrong usage', async (words, told) => {
  const { code, out, err } = await communique(['describe', ...words])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe(`error[unknown-format] ${told}`)
})
