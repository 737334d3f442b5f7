import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'

/**
 * One text for equal terms, from which the term can be read again: the key of a term in a dictionary. The first character tells
 * the kind: `<` IRI, `_` blank node, `"` string, `@` string with language, `^` other literal, `?` variable, `[` triple; the default
 * graph is empty.
 *
 * @example termText(literal('chat', 'fr')) // '@fr chat'
 */
export function termText(term: Term): string {
  switch (term.termType) {
    case 'NamedNode':
      return `<${term.value}`
    case 'BlankNode':
      return `_${term.value}`
    case 'Variable':
      return `?${term.value}`
    case 'DefaultGraph':
      return ''
    case 'Quad':
      return `[${JSON.stringify([term.subject, term.predicate, term.object].map(termText))}`
    case 'Literal': {
      const { value, language, direction, datatype } = term
      if (language !== '') return `@${language.toLowerCase()}${direction ? `--${direction}` : ''} ${value}`
      return datatype.value === XSD_STRING ? `"${value}` : `^${datatype.value} ${value}`
    }
  }
}

/** The term of such a text. */
export function termOf(text: string): Term {
  const rest = text.slice(1)
  switch (text[0]) {
    case '<':
      return DataFactory.namedNode(rest)
    case '_':
      return DataFactory.blankNode(rest)
    case '?':
      return DataFactory.variable(rest)
    case '"':
      return DataFactory.literal(rest)
    case undefined:
      return DataFactory.defaultGraph()
    case '[': {
      const [subject, predicate, object] = (JSON.parse(rest) as string[]).map(termOf)
      return quadOf(subject!, predicate!, object!)
    }
    default: {
      const space = rest.indexOf(' ')
      const [kind, value] = [rest.slice(0, space), rest.slice(space + 1)]
      if (text[0] === '^') return DataFactory.literal(value, DataFactory.namedNode(kind))
      const [language = '', direction] = kind.split('--')
      return DataFactory.literal(value, direction === undefined ? language : ({ language, direction } as never))
    }
  }
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'
