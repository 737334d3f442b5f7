import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, type Quad } from 'n3'
import { readTerms, type Term } from '../../src/ontology/terms.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { root } from '../given.ts'

const prefixes = Object.entries({ ...PREFIXES, '': 'https://example.org/' })
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('')

/** Triples in Turtle with the prefixes of the project; `:` stands for `https://example.org/`. */
export function given(turtle: string): Quad[] {
  return new Parser().parse(prefixes + turtle)
}

/** The terms that a Turtle text declares. */
export function givenTerms(turtle: string): Term[] {
  return readTerms(given(turtle))
}

/** A file of this repository. */
export function committed(file: string): Promise<string> {
  return readFile(join(root, file), 'utf8')
}

/** The terms of our own ontology, without what others' vocabularies add to them. */
export async function ownTerms(): Promise<Term[]> {
  return readTerms(new Parser().parse(await committed('ontology/communique.ttl')))
}
