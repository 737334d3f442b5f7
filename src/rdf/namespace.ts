import { DataFactory, type NamedNode } from 'n3'

/** A namespace as a function from local name to IRI: `cmq('Claim')`. */
export type Namespace = (name: string) => NamedNode

/** @example namespace('http://example.org/')('a').value // 'http://example.org/a' */
export function namespace(iri: string): Namespace {
  return name => DataFactory.namedNode(iri + name)
}
