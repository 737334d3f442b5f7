import type { Term } from '@rdfjs/types'
import type { Solution } from './solution.ts'

/** The one solution in which some terms with variables are some others; none if they cannot be. */
export function matches(wanted: readonly Term[], terms: readonly Term[]): Solution[] {
  const found = new Map<string, Term>()
  return wanted.every((term, index) => isMatched(term, terms[index]!, found)) ? [found] : []
}

function isMatched(wanted: Term, term: Term, found: Map<string, Term>): boolean {
  if (wanted.termType === 'Variable') {
    const known = found.get(wanted.value)
    found.set(wanted.value, term)
    return known === undefined || known.equals(term)
  }
  if (wanted.termType !== 'Quad' || term.termType !== 'Quad') return wanted.equals(term)
  return (['subject', 'predicate', 'object'] as const).every(place => isMatched(wanted[place], term[place], found))
}
