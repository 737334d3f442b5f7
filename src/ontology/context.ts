import { CommuniqueError } from '../error.ts'
import { expand, PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import type { Term } from './terms.ts'

/** A JSON-LD document that holds a context only. */
export interface ContextDocument {
  readonly '@context': Readonly<Record<string, string | number | { readonly '@id': string; readonly '@type': string }>>
}

/**
 * The JSON-LD context of an ontology: every prefix and every term by its name. Values of object properties are IRIs, values
 * of a typed datatype property have that type. Texts with a language, and values whose type varies, carry language or
 * type themselves, so that nothing is lost in either direction.
 *
 * @param terms of one ontology or of several, whose names must differ
 * @throws CommuniqueError `name-taken` if two terms, or a term and a prefix, have the same name
 * @see JSON-LD 1.1, 9.15 (Context Definitions)
 */
export function jsonldContext(terms: readonly Term[], prefixes: Prefixes = PREFIXES): ContextDocument {
  const context: Record<string, string | number | { '@id': string; '@type': string }> = { '@version': 1.1, ...prefixes }
  for (const term of terms) {
    if (Object.hasOwn(context, term.name)) {
      throw new CommuniqueError('name-taken', {
        what: `the name "${term.name}" of <${term.iri}> already stands for another term or prefix`,
        mend: 'rename the term, or make a context for each ontology',
      })
    }
    const iri = shorten(term.iri, prefixes)
    const type = valueType(term, prefixes)
    context[term.name] = type === undefined ? iri : { '@id': iri, '@type': type }
  }
  return { '@context': context }
}

const anyType: ReadonlySet<string> = new Set([expand('rdf:langString'), expand('rdfs:Literal')])

function valueType({ kind, range }: Term, prefixes: Prefixes): string | undefined {
  if (kind === 'objectProperty') return '@id'
  const [datatype] = range
  if (kind !== 'datatypeProperty' || range.length !== 1 || datatype === undefined || anyType.has(datatype)) return undefined
  return shorten(datatype, prefixes)
}
