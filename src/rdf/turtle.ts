import type { Quad, Term } from '@rdfjs/types'
import { PREFIXES, type Prefixes, shorten } from './prefixes.ts'
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
 * @see RDF 1.2 Turtle, 6.5 (Grammar): literal and tripleTerm
 * @example termText(literal('Interpol', 'en'), {}) // '"Interpol"@en'
 */
export function termText(term: Term, prefixes: Prefixes): string {
  if (term.termType === 'Quad')
    return `<<( ${[term.subject, term.predicate, term.object].map(part => termText(part, prefixes)).join(' ')} )>>`
  if (term.termType === 'Literal') {
    const { value, language, direction, datatype } = term
    if (language !== '') return `${turtleString(value)}@${language}${direction ? `--${direction}` : ''}`
    if (SHORTHAND.get(datatype.value)?.test(value)) return value
    return datatype.equals(xsd.string) ? turtleString(value) : `${turtleString(value)}^^${termText(datatype, prefixes)}`
  }
  if (term.termType === 'BlankNode') return `_:${term.value}`
  if (term.termType === 'Variable') return `?${term.value}`
  const short = shorten(term.value, prefixes)
  return short === term.value ? `<${term.value}>` : short
}

/** What needs neither quotation marks nor datatype. @see RDF 1.2 Turtle, 2.5.2 (Numbers) and 2.5.3 (Booleans) */
export const SHORTHAND: ReadonlyMap<string, RegExp> = new Map([
  [`${PREFIXES.xsd}integer`, /^[+-]?\d+$/],
  [`${PREFIXES.xsd}decimal`, /^[+-]?\d*\.\d+$/],
  [`${PREFIXES.xsd}double`, /^[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+$/],
  [`${PREFIXES.xsd}boolean`, /^(true|false)$/],
])

/**
 * A text between quotation marks, escaped as in canonical N-Triples.
 *
 * @see RDF 1.2 N-Triples, 4 (A Canonical form of N-Triples)
 * @example turtleString('\t') // '"\\t"'
 */
export function turtleString(text: string): string {
  return NEEDS_ESCAPE.test(text) ? `"${text.replace(new RegExp(NEEDS_ESCAPE, 'g'), escapeOf)}"` : `"${text}"`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be escaped
const NEEDS_ESCAPE = /["\\\0-\x1f\x7f\ufffe\uffff]/

/** The escape of a character within a text. */
export function escapeOf(character: string): string {
  const short = '\b\t\n\f\r"\\'.indexOf(character)
  if (short >= 0) return `\\${'btnfr"\\'[short]}`
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
