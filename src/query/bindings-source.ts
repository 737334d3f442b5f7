import type { Quad, Term, Variable } from '@rdfjs/types'
import type { ArrayIterator, Bindings } from '#comunica'
import type { QuadLookup, Wanted } from '../store/dataset.ts'

interface BindingsFactory {
  bindings(entries: [Variable, Term][]): Bindings
}

/** A lookup as the engine asks it: for bindings, so that no quad is made into a stream first. */
export class BindingsSource {
  readonly #lookup: QuadLookup
  readonly #ArrayIterator: typeof ArrayIterator

  /** @param engine whose streams it gives */
  constructor(lookup: QuadLookup, engine: { readonly ArrayIterator: typeof ArrayIterator }) {
    this.#lookup = lookup
    this.#ArrayIterator = engine.ArrayIterator
  }

  match(...pattern: Parameters<QuadLookup['getQuads']>): Quad[] {
    return this.#lookup.getQuads(...pattern)
  }

  countQuads(...pattern: Parameters<QuadLookup['countQuads']>): number {
    return this.#lookup.countQuads(...pattern)
  }

  matchBindings(factory: BindingsFactory, ...pattern: [Term, Term, Term, Term]): ArrayIterator<Bindings> {
    const [subject, predicate, object, graph] = pattern.map(wanted) as [Wanted, Wanted, Wanted, Wanted]
    const found = this.#lookup.getQuads(subject, predicate, object, graph).flatMap(quad => {
      const entries = new Map<string, [Variable, Term]>()
      const terms = [quad.subject, quad.predicate, quad.object, quad.graph]
      return pattern.every((part, index) => unify(part, terms[index]!, entries)) ? factory.bindings([...entries.values()]) : []
    })
    return new this.#ArrayIterator(found, { autoStart: false })
  }
}

/** What a part of a pattern looks up: itself, if there is no variable in it. */
function wanted(term: Term): Wanted {
  if (term.termType === 'Variable') return null
  if (term.termType !== 'Quad') return term
  return [term.subject, term.predicate, term.object].some(part => wanted(part) === null) ? null : term
}

function unify(pattern: Term, term: Term, entries: Map<string, [Variable, Term]>): boolean {
  if (pattern.termType === 'Variable') {
    const known = entries.get(pattern.value)
    if (known === undefined) entries.set(pattern.value, [pattern, term])
    return known === undefined || known[1].equals(term)
  }
  if (pattern.termType !== 'Quad') return pattern.equals(term)
  return (
    term.termType === 'Quad' &&
    unify(pattern.subject, term.subject, entries) &&
    unify(pattern.predicate, term.predicate, entries) &&
    unify(pattern.object, term.object, entries)
  )
}
