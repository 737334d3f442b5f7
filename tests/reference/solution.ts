import type { Term } from '@rdfjs/types'
import { termKey } from '../../src/rdf/term.ts'

/** Terms by the names of variables; a variable without a value is absent. */
export type Solution = ReadonlyMap<string, Term>

export const NOTHING: Solution = new Map()

/** More than a product may have here: such a case is no test for the reference. */
export class TooMany extends Error {}

/** One text for equal solutions. */
export function solutionKey(solution: Solution): string {
  return [...solution]
    .map(([name, term]) => `${name}=${termKey(term)}`)
    .sort()
    .join(' ')
}

/** @see SPARQL 1.1 Query Language, 18.3 (Basic Graph Patterns), Compatible Mappings */
export function isCompatible(one: Solution, other: Solution): boolean {
  return [...one].every(([name, term]) => other.get(name)?.equals(term) ?? true)
}

/** @see SPARQL 1.1 Query Language, 18.5 (SPARQL Algebra), Join */
export function join(left: readonly Solution[], right: readonly Solution[]): Solution[] {
  const found = left.flatMap(one => right.filter(other => isCompatible(one, other)).map(other => new Map([...one, ...other])))
  if (found.length > 3000 || left.length * right.length > 1_000_000) throw new TooMany()
  return found
}

/** What a solution says of some variables. */
export function restricted(solution: Solution, names: readonly string[]): Solution {
  return new Map([...solution].filter(([name]) => names.includes(name)))
}

/** Each solution once. */
export function distinct(solutions: readonly Solution[]): Solution[] {
  return [...new Map(solutions.map(solution => [solutionKey(solution), solution])).values()]
}
