import type { Quad } from '@rdfjs/types'

/**
 * Things from which all triples can be reached: first those that no other thing refers to, then of what is left - a circle - the
 * first, and so on.
 *
 * @returns IRIs, in the order of the triples
 * @example roots([quad(namedNode('urn:a'), namedNode('urn:p'), namedNode('urn:b')), quad(namedNode('urn:b'), namedNode('urn:p'), literal('c'))]) // ['urn:a']
 */
export function roots(triples: readonly Quad[]): string[] {
  const referred = new Map<string, string[]>()
  const inner = new Set<string>()
  for (const { subject, object } of triples) {
    const objects = referred.get(subject.value) ?? []
    referred.set(subject.value, objects)
    if (object.termType !== 'NamedNode' || object.equals(subject)) continue
    objects.push(object.value)
    inner.add(object.value)
  }
  const reached = new Set<string>()
  const reach = (iri: string): void => {
    for (const stack = [iri]; stack.length > 0; ) {
      const next = stack.pop()!
      if (reached.has(next)) continue
      reached.add(next)
      stack.push(...(referred.get(next) ?? []))
    }
  }
  const found = [...referred.keys()].filter(iri => !inner.has(iri))
  found.forEach(reach)
  for (const iri of referred.keys()) {
    if (reached.has(iri)) continue
    found.push(iri)
    reach(iri)
  }
  return found
}
