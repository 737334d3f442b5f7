import type { Quad, Term } from '@rdfjs/types'
import { type Prefixes, shorten } from './prefixes.ts'
import { rdf, xsd } from './vocabulary.ts'

/**
 * A triple as one line of Turtle without its end.
 *
 * @see RDF 1.2 Turtle, 2 (Turtle Language)
 */
export function tripleText({ subject, predicate, object }: Quad, prefixes: Prefixes): string {
  const verb = predicate.equals(rdf.type) ? 'a' : termText(predicate, prefixes)
  return `${termText(subject, prefixes)} ${verb} ${termText(object, prefixes)}`
}

/**
 * A term as Turtle writes it: a prefixed name where a prefix fits, numbers and truth values bare.
 *
 * @example termText(literal('Interpol', 'en'), {}) // '"Interpol"@en'
 */
export function termText(term: Term, prefixes: Prefixes): string {
  if (term.termType === 'Literal') {
    if (term.language !== '') return `${turtleString(term.value)}@${term.language}`
    if (term.datatype.equals(xsd.integer) && /^[+-]?\d+$/.test(term.value)) return term.value
    if (term.datatype.equals(xsd.boolean) && /^(true|false)$/.test(term.value)) return term.value
    return term.datatype.equals(xsd.string)
      ? turtleString(term.value)
      : `${turtleString(term.value)}^^${termText(term.datatype, prefixes)}`
  }
  if (term.termType === 'BlankNode') return `_:${term.value}`
  const short = shorten(term.value, prefixes)
  return short === term.value ? `<${term.value}>` : short
}

/** A text between quotation marks, escaped. @see RDF 1.2 Turtle, 2.5.1 (Quoted Literals) */
export function turtleString(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')
  return `"${escaped}"`
}
