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

/** What Turtle takes behind the colon without an escape; it may be empty. */
const localName = (() => {
  const base =
    'A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
  const within = `${base}0-9_\\u00B7\\u0300-\\u036F\\u203F\\u2040-`
  return new RegExp(`^(?:[${base}0-9_](?:[.${within}]*[${within}])?)?$`, 'u')
})()

/**
 * The prefixed name of an IRI, by the longest namespace that fits.
 *
 * @returns the IRI itself where no namespace fits, or where what is left is not a name that Turtle takes without an escape
 * @see RDF 1.2 Turtle, 2.4 (Prefixed names) and 6.5 (Grammar): PN_LOCAL
 * @example shorten('http://www.w3.org/2002/07/owl#Class') // 'owl:Class'
 */
export function shorten(iri: string, prefixes: Prefixes = PREFIXES): string {
  return shortener(prefixes)(iri)
}

/** As `shorten`, for many IRIs: the prefixes are looked at once. */
export function shortener(prefixes: Prefixes): (iri: string) => string {
  const known = longestFirst(prefixes)
  return iri => {
    const found = known.find(({ namespace }) => iri.startsWith(namespace))
    const local = found && iri.slice(found.namespace.length)
    return local !== undefined && isLocalName(local) ? `${found!.prefix}:${local}` : iri
  }
}

/** A prefix and what it stands for. */
export interface Prefix {
  readonly prefix: string
  readonly namespace: string
}

/** The prefixes of a table: the first whose namespace an IRI begins with is the one to write it with. */
export function longestFirst(prefixes: Prefixes): readonly Prefix[] {
  return Object.entries(prefixes)
    .map(([prefix, namespace]) => ({ prefix, namespace }))
    .sort((one, other) => other.namespace.length - one.namespace.length)
}

/** Whether Turtle takes a text behind a prefix as it is. */
export function isLocalName(text: string): boolean {
  return localName.test(text)
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
