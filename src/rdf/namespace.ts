import { DataFactory, type NamedNode } from 'n3'

/** A namespace as a function from local name to IRI: `cmq('Claim')`. */
export type Namespace = (name: string) => NamedNode

/** @example namespace('http://example.org/')('a').value // 'http://example.org/a' */
export function namespace(iri: string): Namespace {
  return name => DataFactory.namedNode(iri + name)
}

export const cmq = namespace('https://w3id.org/communique/ns#')
export const rdf = namespace('http://www.w3.org/1999/02/22-rdf-syntax-ns#')
export const rdfs = namespace('http://www.w3.org/2000/01/rdf-schema#')
export const skos = namespace('http://www.w3.org/2004/02/skos/core#')
export const dcterms = namespace('http://purl.org/dc/terms/')
export const oa = namespace('http://www.w3.org/ns/oa#')
export const prov = namespace('http://www.w3.org/ns/prov#')
export const voidNs = namespace('http://rdfs.org/ns/void#')
export const xsd = namespace('http://www.w3.org/2001/XMLSchema#')
