import { readFileSync } from 'node:fs'
import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import type { Context } from '../../src/syntax/jsonld-names.ts'
import { type WriteQuadsOptions, writeQuads } from '../../src/syntax/write.ts'
import { root } from '../given.ts'

const head = Object.entries({ ...PREFIXES, '': 'urn:' })
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}> `)
  .join('')

/** Quads from TriG, in which the usual prefixes are known and `:a` is `<urn:a>`. */
export function given(trig: string): Quad[] {
  return new Parser({ format: 'application/trig', baseIRI: 'urn:' }).parse(head + trig) as Quad[]
}

export const CONTEXT = JSON.parse(readFileSync(`${root}/ontology/context.jsonld`, 'utf8'))['@context'] as Context

export function written(quads: Iterable<Quad>, options: WriteQuadsOptions): string {
  return [...writeQuads(quads, options)].join('')
}
