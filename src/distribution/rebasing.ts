import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { CORE_BASE } from '../project/core.ts'
import { quadOf } from '../rdf/term.ts'
import { voidNs } from '../rdf/vocabulary.ts'

/** A change of IRIs from one base to another. */
export interface Rebasing {
  iri(iri: string): string
  quad(quad: Quad): Quad
  /** New IRIs by the old ones, of the quads that were changed so far. */
  readonly iris: ReadonlyMap<string, string>
}

/**
 * Puts a base IRI in the place of another: that of things, documents, claims, graphs, agents. The vocabulary and its rules keep
 * their names, since they are what others know them by.
 *
 * @throws CommuniqueError `base-iri` unless the new base is an absolute IRI that ends in `/` or `#`
 * @example rebasing('https://w3id.org/communique/', 'https://example.org/').iri('https://w3id.org/communique/id/chile') // 'https://example.org/id/chile'
 */
export function rebasing(from: string, to: string): Rebasing {
  if (!/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*[/#]$/i.test(to))
    throw new CommuniqueError('base-iri', {
      what: `"${to}" is no base for IRIs`,
      mend: 'give an absolute IRI that ends in / or #, such as https://example.org/communique/',
    })
  const iris = new Map<string, string>()
  const iri = (name: string): string => {
    if (!name.startsWith(from) || KEPT.some(kept => name.startsWith(kept))) return name
    return to + name.slice(from.length)
  }
  const term = (old: Term): Term => {
    if (old.termType === 'NamedNode') {
      const changed = iri(old.value)
      if (changed !== old.value) iris.set(old.value, changed)
      return DataFactory.namedNode(changed)
    }
    return old.termType === 'Quad' ? quad(old as Quad) : old
  }
  const quad = (old: Quad): Quad => {
    const object = old.predicate.equals(voidNs.uriSpace) && old.object.value === from ? DataFactory.literal(to) : old.object
    return quadOf(term(old.subject), term(old.predicate), term(object), term(old.graph))
  }
  return { iri, quad, iris }
}

const KEPT = [`${CORE_BASE}ns#`, `${CORE_BASE}ontology`, `${CORE_BASE}rule/`]
