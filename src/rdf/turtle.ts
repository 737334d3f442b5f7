import type { Literal, Quad, Term } from '@rdfjs/types'
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
    if (isBare(term)) return value
    return datatype.equals(xsd.string) ? turtleString(value) : `${turtleString(value)}^^${termText(datatype, prefixes)}`
  }
  if (term.termType === 'BlankNode') return `_:${term.value}`
  if (term.termType === 'Variable') return `?${term.value}`
  const short = shorten(term.value, prefixes)
  return short === term.value ? `<${term.value}>` : short
}

/**
 * The IRIs that stand in a term as Turtle writes it: its own, those of a triple term, a datatype unless it goes without saying.
 *
 * @example writtenIRIs(literal('5', namedNode('http://www.w3.org/2001/XMLSchema#integer'))) // []
 */
export function writtenIRIs(term: Term): string[] {
  if (term.termType === 'NamedNode') return [term.value]
  if (term.termType === 'Quad') return [term.subject, term.predicate, term.object].flatMap(writtenIRIs)
  if (term.termType !== 'Literal' || term.language !== '' || isBare(term) || term.datatype.equals(xsd.string)) return []
  return [term.datatype.value]
}

/** Whether a literal needs neither quotation marks nor datatype. @see RDF 1.2 Turtle, 2.5.2 (Numbers) and 2.5.3 (Booleans) */
function isBare({ value, datatype }: Literal): boolean {
  return SHORTHAND.get(datatype.value)?.test(value) ?? false
}

const SHORTHAND: ReadonlyMap<string, RegExp> = new Map([
  [`${PREFIXES.xsd}integer`, /^[+-]?\d+$/],
  [`${PREFIXES.xsd}decimal`, /^[+-]?\d*\.\d+$/],
  [`${PREFIXES.xsd}double`, /^[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+$/],
  [`${PREFIXES.xsd}boolean`, /^(true|false)$/],
])

/** A text between quotation marks, escaped. @see RDF 1.2 Turtle, 2.5.1 (Quoted Literals) */
export function turtleString(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')
  return `"${escaped}"`
}
