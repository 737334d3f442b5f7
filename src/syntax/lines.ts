import type { Literal } from '@rdfjs/types'
import { turtleString } from '../rdf/turtle.ts'
import { DEFAULT_GRAPH, type Encoding } from './encoding.ts'
import { codePointKey, compareKeys, PREDICATE, ranked, SUBJECT, sorted } from './order.ts'

/**
 * N-Quads, or N-Triples where all is in the default graph, in canonical form: a line a quad, in the order of code points.
 *
 * @see RDF 1.2 N-Triples, 4 (A Canonical form of N-Triples); RDF 1.2 N-Quads, 4
 */
export function* lines(encoding: Encoding): Generator<string> {
  const { terms, kinds, quads, triples } = encoding
  const texts: string[] = []
  const text = (id: number): string => {
    texts[id] ??= textOf(id)
    return texts[id]
  }
  const textOf = (id: number): string => {
    const term = terms[id]!
    if (term.termType === 'Quad') return `<<( ${triples.get(id)!.map(text).join(' ')} )>>`
    if (term.termType === 'Literal') return literalText(term)
    return term.termType === 'BlankNode' ? `_:${term.value}` : kinds[id] === DEFAULT_GRAPH ? '' : `<${term.value}>`
  }
  const keyOf = (id: number): string => codePointKey(text(id))
  const order = sorted(encoding, {
    by: [SUBJECT, PREDICATE].map(part => ({ part, ranks: ranked(encoding, part, keyOf) })),
    compareObjects: (one, other) => (one === other ? 0 : compareKeys(keyOf(one), keyOf(other))),
  })
  let piece = ''
  for (let index = 0; index < order.length; index++) {
    const at = order[index]! * 4
    const graph = text(quads[at + 3]!)
    piece += `${text(quads[at]!)} ${text(quads[at + 1]!)} ${text(quads[at + 2]!)}${graph === '' ? '' : ' '}${graph} .\n`
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** Characters of a piece of text: enough for few writes, little to hold. */
export const PIECE = 1 << 16

function literalText(literal: Literal): string {
  const { language, direction } = literal
  const string = turtleString(literal.value)
  if (language !== '') return `${string}@${language.toLowerCase()}${direction ? `--${direction}` : ''}`
  const datatype = literal.datatype.value
  return datatype === 'http://www.w3.org/2001/XMLSchema#string' ? string : `${string}^^<${datatype}>`
}
