import { spaceOf } from './identifier.ts'
import type { SourceRecord } from './record.ts'

/** A thing and the codes of what it is said to be. */
export type Coded = Pick<SourceRecord, 'key' | 'codes'>

/** Two identifiers of one space that links make one thing, though a space has one for each. */
export interface Contradiction {
  readonly codes: readonly string[]
  /** Keys of the records whose links lead from one to the other. */
  readonly through: readonly string[]
  /** Whether one record links to both, or several do only together. */
  readonly isDirect: boolean
}

/** Codes of which one thing has several by right: that of two letters and that of three, old and new numbers. */
const SEVERAL = /^(?:iso|m49|isni|viaf|freebase):/

/**
 * Where links of records, taken together and as transitive as `owl:sameAs` is, hold one what a space of identifiers holds apart: one
 * thing with two targets, two countries that become one. In the order of the records.
 *
 * @see OWL 2, 9.6.1 (Individual Equality)
 * @example contradictions([]) // []
 */
export function contradictions(records: readonly Coded[]): Contradiction[] {
  const parents = new Map<string, string>()
  const root = (code: string): string => {
    let at = code
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) at = up
    if (at !== code) parents.set(code, at)
    return at
  }
  for (const { key, codes } of records)
    for (const code of codes) if (!SEVERAL.test(code) && root(code) !== root(key)) parents.set(root(code), root(key))
  const clusters = new Map<string, { codes: Set<string>; through: Set<string> }>()
  const found: Contradiction[] = []
  for (const { key, codes } of records) {
    const own = codes.filter(code => !SEVERAL.test(code))
    const cluster = clusters.get(root(key)) ?? { codes: new Set(), through: new Set() }
    for (const code of own) cluster.codes.add(code)
    if (own.length > 1) cluster.through.add(key)
    clusters.set(root(key), cluster)
    for (const pair of sameSpace(own)) found.push({ codes: pair, through: [key], isDirect: true })
  }
  const told = new Set(found.map(({ codes }) => codes.join(' ')))
  for (const { codes, through } of clusters.values())
    for (const pair of sameSpace([...codes]))
      if (!told.has(pair.join(' '))) found.push({ codes: pair, through: [...through], isDirect: false })
  return found
}

/** The codes that share a space, where there are several. */
function sameSpace(codes: readonly string[]): string[][] {
  const spaces = new Map<string, string[]>()
  for (const code of codes) spaces.set(spaceOf(code), [...(spaces.get(spaceOf(code)) ?? []), code])
  return [...spaces.values()].filter(list => list.length > 1).map(list => list.sort())
}
