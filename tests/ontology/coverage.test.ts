import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Term } from '../../src/ontology/terms.ts'
import { readProject } from '../../src/project/project.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { root } from '../given.ts'
import { committed, ownTerms } from './given.ts'

/** Terms that no statement about the article uses, and why they stand in the ontology all the same. */
const reserved: Readonly<Record<string, string>> = {
  hasTopic: 'above hasFocus and discusses: for a text that names a subject and not how it was treated',
  supersedes: 'between the statuses themselves; the plain rule event-status reads it',
  Postponed: 'what another communique may report of an event',
  Cancelled: 'what another communique may report of an event',
  hasCountQualifier: 'the article gives bare numbers; others write "about 470" or "more than 500"',
  CountQualifier: 'the kind of what hasCountQualifier leads to',
  Exactly: 'a value of hasCountQualifier',
  About: 'a value of hasCountQualifier',
  AtLeast: 'a value of hasCountQualifier',
  MoreThan: 'a value of hasCountQualifier',
  Statement: 'what claims, plain statements and inferences have in common',
  Rule: 'a rule is described where the ontology is, not among the statements about an article',
}

let terms: readonly Term[]
let usedByData: ReadonlySet<string>
beforeAll(async () => {
  terms = await ownTerms()
  const { store } = await readProject(root)
  const statements = store.getQuads(null, null, null, null).filter(({ graph }) => !graph.value.endsWith('/ontology'))
  const used = new Set(statements.flatMap(({ predicate, object }) => [nameOf(predicate.value), nameOf(object.value)]))
  // A concept that is used brings its class with it, and a scheme is used by its concepts.
  const concepts = terms.filter(({ kind, name }) => kind === 'concept' && used.has(name))
  usedByData = new Set([...used, ...concepts.flatMap(({ superTerms }) => superTerms.map(nameOf))])
})

test('the data of the article use every class, property and concept, save those reserved for a reason', () => {
  const unused = terms.filter(({ kind, name }) => kind !== 'scheme' && !usedByData.has(name)).map(({ name }) => name)
  expect(unused.sort()).toEqual(Object.keys(reserved).sort())
})

test('what the data do not use, a shape, a rule or another term needs', async () => {
  const needed = new Set([...(await namesIn('ontology/shapes')), ...(await namesIn('ontology/rules'))])
  for (const name of await namesIn('ontology/plain')) needed.add(name)
  for (const { domain, range, superTerms } of terms)
    for (const iri of [...domain, ...range, ...superTerms]) needed.add(nameOf(iri))
  expect(Object.keys(reserved).filter(name => !needed.has(name))).toEqual([])
})

test('a shape of the data speaks of every property that data have', async () => {
  const shapes = await namesIn('ontology/shapes')
  const isProperty = ({ kind }: Term): boolean => kind === 'objectProperty' || kind === 'datatypeProperty'
  const unshaped = terms.filter(term => isProperty(term) && !shapes.has(term.name)).map(({ name }) => name)
  expect(unshaped).toEqual(['supersedes'])
})

test('every scheme has at least two concepts to choose from', () => {
  const sizes = terms
    .filter(({ kind }) => kind === 'scheme')
    .map(({ iri, name }) => [name, terms.filter(({ scheme }) => scheme === iri).length] as const)
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.filter(([, size]) => size < 2)).toEqual([])
})

/** The name of a term of ours; of anything else the empty string. */
function nameOf(iri: string): string {
  return iri.startsWith(PREFIXES.cmq) ? iri.slice(PREFIXES.cmq.length) : ''
}

/** The names after `cmq:` in the files of a folder. */
async function namesIn(folder: string): Promise<Set<string>> {
  const files = (await readdir(join(root, folder))).filter(file => /\.(ttl|rq)$/.test(file))
  const texts = await Promise.all(files.map(file => committed(join(folder, file))))
  return new Set(texts.flatMap(text => [...text.matchAll(/\bcmq:(\w+)/g)].map(([, name]) => name!)))
}
