import { expect, test } from 'vitest'
import { vocabularySource } from '../../src/ontology/vocabulary.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import * as vocabulary from '../../src/rdf/vocabulary.ts'
import { committed, givenTerms, ownTerms } from './given.ts'

/** The terms of others' vocabularies by prefix, as the build reads them from the `@vocabulary/` packages. */
async function knownVocabularies(): Promise<Record<string, { iri: string; terms: string[] }>> {
  return JSON.parse(await committed('dist/vocabularies.json'))
}

/** The constants of others' vocabularies by prefix: `void` is no name in TypeScript. */
const { cmq, voidNs, ...others } = vocabulary
const foreign: Readonly<Record<string, Readonly<Record<string, { value: string }>>>> = { ...others, void: voidNs }

test('a term becomes a constant with its definition as the comment', () => {
  const source = vocabularySource(givenTerms('cmq:Person a owl:Class ; skos:definition "Somebody */ named."@en .'))
  expect(source).toContain(`export const cmq = {
  /** Somebody * / named. */
  Person: namedNode('https://w3id.org/communique/ns#Person'),
} as const`)
})

test('each term of the ontology has its constant, and each constant its term', async () => {
  const terms = Object.fromEntries((await ownTerms()).map(({ name, iri }) => [name, iri]))
  const constants = Object.fromEntries(Object.entries(cmq).map(([name, { value }]) => [name, value]))
  expect(constants).toEqual(terms)
})

test('the committed constants are those of the ontology', async () => {
  expect(await committed('src/rdf/vocabulary.ts')).toBe(vocabularySource(await ownTerms()))
})

test('each constant of another vocabulary is a term of it', async () => {
  const known = await knownVocabularies()
  for (const [prefix, constants] of Object.entries(foreign)) {
    const unknown = Object.entries(constants)
      .filter(([name, { value }]) => value !== `${known[prefix]?.iri}${name}` || !known[prefix]?.terms.includes(name))
      .map(([name]) => `${prefix}:${name}`)
    expect(unknown).toEqual([])
  }
})

test("the prefixes of the project are those of others' vocabularies", async () => {
  const known = await knownVocabularies()
  const ours = Object.entries(PREFIXES).filter(([prefix]) => prefix !== 'cmq' && prefix !== 'id')
  for (const [prefix, iri] of ours) expect(known[prefix]?.iri, prefix).toBe(iri)
})

test.each([
  ['foaf', 'Person'],
  ['org', 'Post'],
  ['prov', 'Entity'],
  ['schema', 'Country'],
  ['sem', 'Event'],
  ['skos', 'Concept'],
  ['oa', 'TextQuoteSelector'],
])('%s:%s is known as a term of its vocabulary', async (prefix, name) => {
  expect((await knownVocabularies())[prefix]?.terms).toContain(name)
})

test('a term that only looks like one of schema.org is not known', async () => {
  expect((await knownVocabularies()).schema?.terms).not.toContain('PublicStatement')
})
