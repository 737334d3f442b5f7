import type { BaseQuad, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'

/**
 * One text for equal terms, different for others: a key for maps and sets.
 *
 * @see RDF 1.2 Concepts, 3.3 (Literals): language tags are equal whatever their case
 * @example termKey(literal('chat', 'fr')) === termKey(literal('chat', 'en')) // false
 */
export function termKey(term: Term): string {
  if (term.termType === 'Literal') {
    const { datatype, language, direction, value } = term
    return `Literal ${datatype.value} ${language.toLowerCase()}${direction ? `--${direction}` : ''} ${value}`
  }
  if (term.termType === 'Quad') return `Quad ${tripleKey(term)}`
  return `${term.termType} ${term.value}`
}

/** The terms of a list, each once. */
export function distinctTerms(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map(term => [termKey(term), term])).values()]
}

/** One text for equal triples, whatever their graph. */
export function tripleKey({ subject, predicate, object }: Pick<BaseQuad, 'subject' | 'predicate' | 'object'>): string {
  return [subject, predicate, object].map(termKey).join('\n')
}

/** One text for equal quads. */
export function quadKey(quad: BaseQuad): string {
  return `${tripleKey(quad)}\n${termKey(quad.graph)}`
}

/**
 * A quad of terms whose places are known to be right, which their types do not say.
 *
 * @param graph the default graph unless told
 * @example quadOf(namedNode('urn:a'), namedNode('urn:b'), literal('c')).graph.termType // 'DefaultGraph'
 */
export function quadOf(subject: Term, predicate: Term, object: Term, graph?: Term): Quad {
  return DataFactory.quad(subject as never, predicate as never, object as never, graph as never) as Quad
}
