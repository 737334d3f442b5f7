import type { EventEmitter } from 'node:events'
import { Parser, type ParserOptions } from 'n3'
import type { CommuniqueError } from '../error.ts'
import { turtleFault } from '../rdf/turtle-fault.ts'
import type { PieceParser, Reading } from './read.ts'

/**
 * Turtle, TriG, N-Triples and N-Quads by n3, strictly of the one syntax.
 *
 * @see RDF 1.2 Turtle, TriG, N-Triples, N-Quads
 */
export function turtleParser(reading: Reading): PieceParser {
  const listeners: Record<string, (piece?: string) => void> = {}
  const source = { on: (event: string, listener: (piece?: string) => void) => (listeners[event] = listener) }
  new Parser(parserOptions(reading)).parse(source as unknown as EventEmitter, {
    onQuad: (error, quad) => {
      if (error) throw retold(error, reading)
      if (quad) reading.quad(quad)
    },
    onPrefix: (prefix, iri) => reading.prefix(prefix, typeof iri === 'string' ? iri : iri.value),
  })
  return { write: piece => listeners.data!(piece), end: () => listeners.end!() }
}

/** How n3 is to parse a document. */
export function parserOptions(reading: Pick<Reading, 'syntax' | 'baseIRI' | 'terms' | 'limits'>): ParserOptions {
  const { syntax, baseIRI, terms, limits } = reading
  // Labels as they are written: the factory makes them those of this document.
  const options = { format: syntax.mediaType, baseIRI, factory: terms, blankNodePrefix: '_:', maxTripleTermDepth: limits.depth }
  return options as ParserOptions
}

function retold(error: Error, reading: Reading): CommuniqueError {
  if (error.message.startsWith('Triple terms nested deeper')) {
    const { where } = turtleFault(error, line => reading.text.line(line))
    return reading.limit(`triple terms are nested deeper than ${reading.limits.depth} levels`, where)
  }
  const { code, what, where, mend = '' } = turtleFault(error, line => reading.text.line(line))
  return reading.fault(code, what, where, mend, error)
}
