import type { Literal, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'
import { xsd } from '../rdf/vocabulary.ts'

const { literal } = DataFactory

/**
 * A term with its value written in one way: servers keep values rather than their spelling, `0.10` as `0.1` and `false` as `0`, and
 * take language tags for the same whatever their case.
 *
 * @see XML Schema Part 2: Datatypes, canonical representations; of those, whole and decimal numbers without superfluous digits
 * @example byValue(literal('0.10', namedNode('http://www.w3.org/2001/XMLSchema#decimal'))).value // '0.1'
 */
export function byValue(term: Term): Term {
  if (term.termType === 'Quad') return quadByValue(term as Quad)
  if (term.termType !== 'Literal') return term
  const { value, language, datatype, direction } = booleanInWords(term) as Literal
  if (language !== '') return literal(value, { language: language.toLowerCase(), direction: direction || undefined } as never)
  const kind = datatype.value.startsWith(XSD) ? datatype.value.slice(XSD.length) : ''
  if (FLOATING.has(kind) && !Number.isNaN(Number(value))) return literal(String(Number(value)), datatype as never)
  const [, sign, whole, part = ''] = (isDecimal(kind) && /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value)) || []
  if (whole === undefined) return literal(value, datatype as never)
  const digits = `${whole || '0'}${part === '' ? '' : `.${part}`}`
  return literal(`${sign === '-' && digits !== '0' ? '-' : ''}${digits}`, datatype as never)
}

/** A quad of terms by value. */
export function quadByValue({ subject, predicate, object, graph }: Quad): Quad {
  return quadOf(subject, predicate, byValue(object), graph)
}

/** `true` and `false` where a server writes `1` and `0`, which is lexically right and read by few. */
export function booleanInWords(term: Term): Term {
  if (term.termType !== 'Literal' || !term.datatype.equals(xsd.boolean) || !/^[01]$/.test(term.value)) return term
  return inWords(term)
}

/** `true` and `false` where a server writes what it has computed as the integers 1 and 0. */
export function numberInWords(term: Term): Term {
  return term.termType === 'Literal' && term.datatype.equals(xsd.integer) && /^[01]$/.test(term.value) ? inWords(term) : term
}

function inWords({ value }: Term): Literal {
  return literal(value === '1' ? 'true' : 'false', xsd.boolean)
}

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const FLOATING: ReadonlySet<string> = new Set(['double', 'float'])

function isDecimal(kind: string): boolean {
  return kind === 'decimal' || (/^(non|un|positive|negative|int|long|short|byte)\w*$/i.test(kind) && kind !== 'normalizedString')
}
