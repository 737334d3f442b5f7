import { DataFactory, type NamedNode } from 'n3'

/** A namespace as a function from local name to IRI: `cmq('Claim')`. */
export type Namespace = (name: string) => NamedNode

/** @example namespace('http://example.org/')('a').value // 'http://example.org/a' */
export function namespace(iri: string): Namespace {
  return name => DataFactory.namedNode(iri + name)
}

// For the tests of shapes, until they too use the constants.
export const rdf = namespace('http://www.w3.org/1999/02/22-rdf-syntax-ns#')
export const rdfs = namespace('http://www.w3.org/2000/01/rdf-schema#')
