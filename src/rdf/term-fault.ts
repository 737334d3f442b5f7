import type { Literal, Term } from '@rdfjs/types'

/**
 * What is wrong with a term so that no syntax can carry it, in words; undefined for a sound one. A writer that trusts its input
 * writes what no parser takes, or another graph.
 *
 * @see RDF 1.2 Concepts, 3.2 (IRIs) and 3.3 (Literals); BCP 47, 2.1 (Syntax of language tags)
 * @example termFault(namedNode('urn:a b')) // 'the IRI "urn:a b"'
 * @example termFault(literal('chat', 'zh-classical')) // 'the language tag "zh-classical"'
 */
export function termFault(term: Term): string | undefined {
  if (term.termType === 'NamedNode') return isIRI(term.value) ? undefined : named('the IRI', term.value)
  if (term.termType === 'Literal') return literalFault(term)
  if (term.termType === 'Quad') return [term.subject, term.predicate, term.object].map(termFault).find(fault => fault)
  return term.termType === 'Variable' ? `the variable ?${term.value}` : undefined
}

function literalFault({ value, language, direction, datatype }: Literal): string | undefined {
  if (LONE_SURROGATE.test(value)) return named('half of a character in', value)
  if (language !== '') {
    if (!LANGUAGE.test(language)) return named('the language tag', language)
    return direction && !/^(ltr|rtl)$/i.test(direction) ? named('the base direction', direction) : undefined
  }
  if (!isIRI(datatype.value)) return named('the IRI', datatype.value)
  return NEEDS_LANGUAGE.test(datatype.value) ? named('a text without the language that its datatype asks for,', value) : undefined
}

/** Whether a text is an IRI and no reference to one: it has a scheme, and no character that would end it. */
function isIRI(text: string): boolean {
  return IRI.test(text) && !LONE_SURROGATE.test(text)
}

const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\0-\x20<>"{}|^`\\]*$/
const LONE_SURROGATE = /\p{Surrogate}/u
const LANGUAGE = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/
const NEEDS_LANGUAGE = /^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#(langString|dirLangString)$/

function named(kind: string, text: string): string {
  return `${kind} ${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)}`
}
