import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer } from '../answers/answer.ts'
import { CommuniqueError } from '../error.ts'
import type { Prefixes } from '../rdf/prefixes.ts'
import { termFault } from '../rdf/term-fault.ts'
import { termText } from '../rdf/turtle.ts'
import { encode } from '../syntax/encoding.ts'
import { layoutAsGiven } from '../syntax/layout.ts'
import { turtle } from '../syntax/turtle.ts'
import { Utf8Text } from '../syntax/utf8-text.ts'
import { citedIds } from './citation.ts'
import type { WriteOptions } from './format.ts'

/**
 * Triples as Turtle, a triple a line: by subject in the order of their first triple, types first. Only prefixes in use are
 * declared. With `cite` each line ends in a comment with the ids of what the triple rests on.
 *
 * @throws CommuniqueError `invalid-term` for a term that Turtle cannot carry, before anything is written
 * @see RDF 1.2 Turtle, 2 (Turtle Language)
 */
export function* writeTurtle({ rows, prefixes }: Answer, { cite }: WriteOptions = {}): Generator<string> {
  const quads = rows.map(({ values }) => {
    const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(name => values.get(name))
    return DataFactory.quad(subject as never, predicate as never, object as never) as Quad
  })
  const comment = (row: number): string =>
    cite === true
      ? citedIds(rows[row]!.sources)
          .map(id => `[${id.replace(/\s+/g, ' ')}]`)
          .join(' ')
      : ''
  const encoding = encode(quads)
  for (const piece of turtle(layoutAsGiven(encoding), prefixes, new Utf8Text(true), comment)) yield Buffer.from(piece).toString()
  encoding.room.leave()
}

/**
 * A term as Turtle writes it, or none.
 *
 * @throws CommuniqueError `invalid-term` for an IRI or a language tag with characters that would end it, such as a blank
 * @see RDF 1.2 Turtle, 6.5 (Grammar): IRIREF and LANG_DIR
 * @example turtleTerm(literal('5.50', namedNode('http://www.w3.org/2001/XMLSchema#decimal')), {}) // '5.50'
 */
export function turtleTerm(term: Term, prefixes: Prefixes): string {
  const fault = termFault(term)
  if (fault === undefined) return termText(term, prefixes)
  const what = `Turtle cannot carry ${fault}`
  throw new CommuniqueError('invalid-term', { what, mend: 'use another format, such as json; or mend the query that makes it' })
}
