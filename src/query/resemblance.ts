import type { Literal, NamedNode, Term } from '@rdfjs/types'
import { nearestName } from '../nearest.ts'

/** A literal of the data that only looks like the wanted one: `spelling` is case, accents or outer spaces. */
export interface Resemblance {
  readonly wanted: Literal
  readonly found: Literal
  readonly difference: 'language' | 'datatype' | 'spelling'
}

/** How many IRIs are given that may have been meant. */
const MAX_NEAR = 3

/** How a literal of the data differs from a wanted one that looks the same; with `isWithin` it may be a part of it. */
export function resemblances(wanted: Term, found: Term, isWithin = false): Resemblance[] {
  if (wanted.termType !== 'Literal' || found.termType !== 'Literal' || wanted.equals(found)) return []
  const [want, have] = [plainForm(wanted.value), plainForm(found.value)]
  if (wanted.value === found.value)
    return [{ wanted, found, difference: wanted.language === found.language ? 'datatype' : 'language' }]
  const isAlike = want === have || (isWithin && have.includes(want) && !found.value.includes(wanted.value))
  return isAlike ? [{ wanted, found, difference: 'spelling' }] : []
}

export function plainForm(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase()
}

/**
 * The IRIs most like a wrong one. In its namespace - `http` or `https` - that with the same or the nearest name, else those
 * whose names have the wrong one in them.
 *
 * @example nearestIRIs(namedNode('https://schema.org/person'), [namedNode('http://schema.org/Person')]) // [namedNode('http://schema.org/Person')]
 */
export function nearestIRIs(wrong: NamedNode, candidates: readonly NamedNode[]): NamedNode[] {
  const [namespace, name] = plainIRI(wrong)
  const siblings = new Map<string, NamedNode>()
  for (const candidate of candidates) {
    const [other, sibling] = plainIRI(candidate)
    if (other === namespace && !candidate.equals(wrong)) siblings.set(sibling, candidate)
  }
  const near = siblings.has(name) ? name : nearestName(name, siblings.keys())
  const containing = [...siblings.keys()].filter(other => name.length > 3 && other.includes(name))
  const names = near === undefined ? containing.sort((a, b) => a.length - b.length) : [near]
  return names.slice(0, MAX_NEAR).map(other => siblings.get(other)!)
}

function plainIRI({ value }: NamedNode): [namespace: string, name: string] {
  const plain = value
    .replace(/^https?:\/\/|[/#]$/g, '')
    .replace(/_|%20/g, '-')
    .toLowerCase()
  const end = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('#')) + 1
  return [plain.slice(0, end), plain.slice(end)]
}
