import type { Literal, NamedNode } from '@rdfjs/types'
import { DataFactory } from 'n3'

export const XSD = 'http://www.w3.org/2001/XMLSchema#'
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

const datatypes = new Map<string, NamedNode>()

export const TRUE = typedLiteral('true', 'boolean')
export const FALSE = typedLiteral('false', 'boolean')

export function booleanLiteral(value: boolean): Literal {
  return value ? TRUE : FALSE
}

export function stringLiteral(text: string): Literal {
  return DataFactory.literal(text)
}

export function integerLiteral(value: number | bigint): Literal {
  return typedLiteral(String(value), 'integer')
}

/** A literal of a datatype of XML Schema. @example typedLiteral('2024', 'gYear').datatype.value // `${XSD}gYear` */
export function typedLiteral(text: string, name: string): Literal {
  let datatype = datatypes.get(name)
  if (datatype === undefined) {
    datatype = DataFactory.namedNode(XSD + name)
    datatypes.set(name, datatype)
  }
  return DataFactory.literal(text, datatype as never)
}

/** A literal with a language and, where it is not empty, a base direction; with neither a plain string. */
export function languageLiteral(text: string, language: string, direction: string): Literal {
  if (language === '') return DataFactory.literal(text)
  return DataFactory.literal(text, direction === '' ? language : ({ language, direction } as never))
}

/** The IRI of a literal's datatype. n3's literals give it without making a term of it. */
export function datatypeOf(literal: Literal): string {
  return (literal as { readonly datatypeString?: string }).datatypeString ?? literal.datatype.value
}
