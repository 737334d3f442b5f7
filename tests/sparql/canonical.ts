import type { Term } from '@rdfjs/types'
import { termKey } from '../../src/rdf/term.ts'
import { isTerm } from '../../src/sparql/algebra.ts'

/** Algebra as text, the same for trees that differ only in generated names, which are those of their SELECT, and in the order of keys. */
export function canonical(algebra: unknown): string {
  let names = new Map<string, string>()
  const known = (kind: string, name: string): string => {
    const key = `${kind} ${name}`
    if (/^_*(e_|g_|var\d)/.test(name) && !names.has(key)) names.set(key, `${kind} generated ${names.size}`)
    return names.get(key) ?? key
  }
  const plain = (part: unknown): unknown => {
    if (isTerm(part)) return plainTerm(part)
    if (Array.isArray(part)) return part.map(plain)
    if (typeof part !== 'object' || part === null) return part
    const outer = names
    if ('type' in part && part.type === 'project') names = new Map()
    // Which variables COUNT(DISTINCT *) is of, Traqula leaves open.
    const isWildcard = 'subType' in part && part.subType === 'wildcard'
    const keys = Object.keys(part)
      .filter(key => !isWildcard || key !== 'variables')
      .sort()
    const copy = Object.fromEntries(keys.map(key => [key, plain((part as Record<string, unknown>)[key])]))
    names = outer
    return copy
  }
  const plainTerm = (term: Term): unknown => {
    if (term.termType === 'Quad') return [term.subject, term.predicate, term.object, term.graph].map(plainTerm)
    if (term.termType === 'Variable' || term.termType === 'BlankNode') return known(term.termType, term.value)
    return termKey(term)
  }
  return JSON.stringify(plain(algebra))
}
