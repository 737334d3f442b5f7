import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { resolveIRI } from '../../rdf/iri.ts'
import { quadOf } from '../../rdf/term.ts'
import { termFault } from '../../rdf/term-fault.ts'
import type { FunctionTable, SparqlFunction } from '../functions.ts'
import { booleanLiteral, datatypeOf, languageLiteral, RDF, stringLiteral } from '../literal.ts'
import { isSameTerm, termValue } from '../value.ts'
import { plainText } from './string.ts'

const isIRI: SparqlFunction = ([term]) => booleanLiteral(term!.termType === 'NamedNode')

/** Without a base a reference that is relative is an error, and so is a text that no IRI can have. */
const iri: SparqlFunction = ([term], { baseIRI }) => {
  if (term!.termType === 'NamedNode') return term
  const text = plainText(term!)
  return text === undefined ? undefined : sound(DataFactory.namedNode(resolveIRI(text, baseIRI) ?? ''))
}

/** Functions on RDF terms. @see SPARQL 1.1 Query Language, 17.4.2; SPARQL 1.2 Query Language, 17.4.2 and 17.4.6 (triple terms) */
export const termFunctions: FunctionTable = {
  sameterm: ([a, b]) => booleanLiteral(isSameTerm(a!, b!)),
  isiri: isIRI,
  isuri: isIRI,
  isblank: ([term]) => booleanLiteral(term!.termType === 'BlankNode'),
  isliteral: ([term]) => booleanLiteral(term!.termType === 'Literal'),
  isnumeric: ([term]) => booleanLiteral(termValue(term!)?.kind === 'number'),
  istriple: ([term]) => booleanLiteral(term!.termType === 'Quad'),
  haslang: ([term]) => booleanLiteral(term!.termType === 'Literal' && term!.language !== ''),
  haslangdir: ([term]) => booleanLiteral(term!.termType === 'Literal' && Boolean(term!.direction)),
  str: ([term]) => (term!.termType === 'Literal' || term!.termType === 'NamedNode' ? stringLiteral(term!.value) : undefined),
  lang: ([term]) => (term!.termType === 'Literal' ? stringLiteral(term!.language) : undefined),
  langdir: ([term]) => (term!.termType === 'Literal' ? stringLiteral(term!.direction ?? '') : undefined),
  datatype: ([term]) => (term!.termType === 'Literal' ? DataFactory.namedNode(datatypeOf(term!)) : undefined),
  iri,
  uri: iri,
  bnode: ([label], context) => {
    const text = label && plainText(label)
    return label !== undefined && text === undefined ? undefined : context.bnode(text)
  },
  strdt: ([term, datatype]) => {
    const text = plainText(term!)
    return text === undefined || datatype!.termType !== 'NamedNode'
      ? undefined
      : sound(DataFactory.literal(text, datatype as never))
  },
  strlang: ([term, language]) => tagged(term!, language!, ''),
  strlangdir: ([term, language, direction]) => {
    const text = plainText(direction!)
    return text === 'ltr' || text === 'rtl' ? tagged(term!, language!, text) : undefined
  },
  uuid: () => DataFactory.namedNode(`urn:uuid:${crypto.randomUUID()}`),
  struuid: () => stringLiteral(crypto.randomUUID()),
  triple: ([subject, predicate, object]) =>
    (subject!.termType === 'NamedNode' || subject!.termType === 'BlankNode') && predicate!.termType === 'NamedNode'
      ? quadOf(subject!, predicate!, object!)
      : undefined,
  subject: ([term]) => (term!.termType === 'Quad' ? term!.subject : undefined),
  predicate: ([term]) => (term!.termType === 'Quad' ? term!.predicate : undefined),
  object: ([term]) => (term!.termType === 'Quad' ? term!.object : undefined),
}

function tagged(term: Term, language: Term, direction: string): Term | undefined {
  const [text, tag] = [plainText(term), plainText(language)]
  return text === undefined || !tag ? undefined : sound(languageLiteral(text, tag, direction))
}

/** The term, if it is one. A datatype that asks for a language is an error without one. */
function sound(term: Term): Term | undefined {
  return termFault(term) === undefined && !(term.termType === 'Literal' && lacksLanguage(datatypeOf(term), term.language))
    ? term
    : undefined
}

function lacksLanguage(datatype: string, language: string): boolean {
  return language === '' && (datatype === `${RDF}langString` || datatype === `${RDF}dirLangString`)
}
