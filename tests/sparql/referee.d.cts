import type { Algebra } from '../../src/sparql/algebra.ts'

export function refereeAlgebra(
  text: string,
  options?: { readonly baseIRI?: string; readonly prefixes?: Readonly<Record<string, string>> },
): Algebra
