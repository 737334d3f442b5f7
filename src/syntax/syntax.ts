import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'

/** A way to write RDF down. */
export interface Syntax {
  readonly name: string
  readonly title: string
  readonly mediaType: string
  /** Of files, without the dot; the first is the usual one. */
  readonly extensions: readonly string[]
  /** Address of the standard. */
  readonly standard: string
  readonly canRead: boolean
  readonly canWrite: boolean
  /** Whether it carries named graphs. */
  readonly graphs: boolean
  /** Whether it carries triple terms and directions of text, which are new in RDF 1.2. */
  readonly tripleTerms: boolean
}

const RDF12 = { canRead: true, canWrite: true, tripleTerms: true } as const

/**
 * Every syntax of RDF that is read or written: one row here.
 *
 * @example SYNTAXES.filter(({ graphs }) => graphs).map(({ name }) => name) // ['trig', 'nquads', 'jsonld']
 */
export const SYNTAXES: readonly Syntax[] = [
  {
    ...RDF12,
    name: 'turtle',
    title: 'Turtle',
    mediaType: 'text/turtle',
    extensions: ['ttl'],
    standard: 'https://www.w3.org/TR/rdf12-turtle/',
    graphs: false,
  },
  {
    ...RDF12,
    name: 'trig',
    title: 'TriG',
    mediaType: 'application/trig',
    extensions: ['trig'],
    standard: 'https://www.w3.org/TR/rdf12-trig/',
    graphs: true,
  },
  {
    ...RDF12,
    name: 'ntriples',
    title: 'N-Triples',
    mediaType: 'application/n-triples',
    extensions: ['nt'],
    standard: 'https://www.w3.org/TR/rdf12-n-triples/',
    graphs: false,
  },
  {
    ...RDF12,
    name: 'nquads',
    title: 'N-Quads',
    mediaType: 'application/n-quads',
    extensions: ['nq'],
    standard: 'https://www.w3.org/TR/rdf12-n-quads/',
    graphs: true,
  },
  {
    name: 'jsonld',
    title: 'JSON-LD',
    mediaType: 'application/ld+json',
    extensions: ['jsonld', 'json'],
    standard: 'https://www.w3.org/TR/json-ld11/',
    canRead: true,
    canWrite: true,
    graphs: true,
    tripleTerms: false,
  },
  {
    name: 'rdfxml',
    title: 'RDF/XML',
    mediaType: 'application/rdf+xml',
    extensions: ['rdf', 'owl', 'xml'],
    standard: 'https://www.w3.org/TR/rdf12-xml/',
    canRead: true,
    canWrite: false,
    graphs: false,
    tripleTerms: true,
  },
]

/**
 * The syntax with a name, a media type, the extension of its files, or the name of such a file.
 *
 * @throws CommuniqueError `unknown-syntax` with the nearest name
 * @example syntaxOf('data/graph.nq').name // 'nquads'
 * @example syntaxOf('text/turtle; charset=utf-8').name // 'turtle'
 */
export function syntaxOf(name: string): Syntax {
  const mediaType = name.replace(/\s*;.*/s, '').toLowerCase()
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const found =
    SYNTAXES.find(syntax => syntax.name === name || syntax.mediaType === mediaType) ??
    SYNTAXES.find(({ extensions }) => extensions.includes(extension))
  if (found !== undefined) return found
  const names = SYNTAXES.map(syntax => syntax.name)
  throw new CommuniqueError('unknown-syntax', { what: `there is no syntax "${name}"`, mend: suggestion(name, names) })
}
