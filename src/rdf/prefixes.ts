import { CommuniqueError } from '../error.ts'

/** The one table of prefixes. A project adds those of its own modules, and sets `id` to its own base. */
export const PREFIXES = {
  cmq: 'https://w3id.org/communique/ns#',
  id: 'https://w3id.org/communique/id/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  oa: 'http://www.w3.org/ns/oa#',
  org: 'http://www.w3.org/ns/org#',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'http://schema.org/',
  sem: 'http://semanticweb.cs.vu.nl/2009/11/sem/',
  sh: 'http://www.w3.org/ns/shacl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  time: 'http://www.w3.org/2006/time#',
  vann: 'http://purl.org/vocab/vann/',
  void: 'http://rdfs.org/ns/void#',
  vs: 'http://www.w3.org/2003/06/sw-vocab-status/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** Namespaces by their prefix. */
export type Prefixes = Readonly<Record<string, string>>

const localName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u

/**
 * The prefixed name of an IRI, by the longest namespace that fits.
 *
 * @returns the IRI itself where no namespace fits, or where what is left is not a name that Turtle takes without an escape
 * @see RDF 1.2 Turtle, 2.4 (Prefixed names)
 * @example shorten('http://www.w3.org/2002/07/owl#Class') // 'owl:Class'
 */
export function shorten(iri: string, prefixes: Prefixes = PREFIXES): string {
  let best: readonly [prefix: string, namespace: string] | undefined
  for (const entry of Object.entries(prefixes)) {
    if (iri.startsWith(entry[1]) && entry[1].length > (best?.[1].length ?? 0)) best = entry
  }
  if (best === undefined) return iri
  const name = iri.slice(best[1].length)
  return localName.test(name) ? `${best[0]}:${name}` : iri
}

/**
 * The IRI of a prefixed name.
 *
 * @throws CommuniqueError `undeclared-prefix` if the name has no prefix of the table
 * @example expand('cmq:Person') // 'https://w3id.org/communique/ns#Person'
 */
export function expand(name: string, prefixes: Prefixes = PREFIXES): string {
  const colon = name.indexOf(':')
  const prefix = name.slice(0, Math.max(colon, 0))
  const namespace = colon < 0 || !Object.hasOwn(prefixes, prefix) ? undefined : prefixes[prefix]
  if (namespace !== undefined) return namespace + name.slice(colon + 1)
  throw new CommuniqueError('undeclared-prefix', {
    what: colon < 0 ? `"${name}" has no prefix` : `prefix "${prefix}:" is not declared`,
    mend: `use one of ${Object.keys(prefixes).join(', ')}`,
  })
}
