import type { Quad, Term } from '@rdfjs/types'
import { termKey, tripleKey } from '../rdf/term.ts'
import type { Algebra } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'

/**
 * The triples of a graph by which a property path leads from one term to another: those of every way, so that without them
 * there is none. Nodes that are followed are bounded.
 *
 * @param path the `predicate` of a `path` node of the algebra
 * @returns none where the path has no length, or where there is no way
 * @see SPARQL 1.1 Query Language, 9.3 (Cycles) and 18.4 (Property Path Patterns)
 */
export function pathTriples(lookup: QuadLookup, graph: Term, path: Algebra, from: Term, to: Term): Quad[] {
  const found = new Map<string, Quad>()
  walk({ lookup, graph, found }, path, from, to)
  return [...found.values()]
}

interface Walk {
  readonly lookup: QuadLookup
  readonly graph: Term
  readonly found: Map<string, Quad>
}

function walk(at: Walk, path: Algebra, from: Term, to: Term): void {
  const { type, input, path: inner } = path as Algebra & { readonly input: Algebra[]; readonly path: Algebra }
  switch (type) {
    case 'link':
    case 'nps':
      for (const quad of edges(at, path, from, to)) at.found.set(tripleKey(quad), quad)
      return
    case 'inv':
      walk(at, inner, to, from)
      return
    case 'alt':
      for (const part of input) walk(at, part, from, to)
      return
    case 'seq': {
      const [first, rest] = [input[0]!, sequence(input.slice(1))]
      const ends = new Set(reached(at, rest, to, true).map(termKey))
      for (const middle of reached(at, first, from, false)) {
        if (!ends.has(termKey(middle))) continue
        walk(at, first, from, middle)
        walk(at, rest, middle, to)
      }
      return
    }
    case 'ZeroOrOnePath':
      walk(at, inner, from, to)
      return
    default: {
      // Steps between what can be reached from the start and what can reach the end.
      const ends = closure(at, inner, to, true)
      const closing = new Set(ends.map(termKey))
      for (const one of closure(at, inner, from, false))
        for (const other of reached(at, inner, one, false)) if (closing.has(termKey(other))) walk(at, inner, one, other)
    }
  }
}

function sequence(input: readonly Algebra[]): Algebra {
  return input.length === 1 ? input[0]! : { type: 'seq', input }
}

/** The terms that one walk along a path leads to; backwards, those that it leads from. */
function reached(at: Walk, path: Algebra, from: Term, isBackward: boolean): Term[] {
  const { type, input, path: inner } = path as Algebra & { readonly input: Algebra[]; readonly path: Algebra }
  switch (type) {
    case 'link':
    case 'nps':
      return unique(
        (isBackward ? edges(at, path, null, from) : edges(at, path, from, null)).map(({ subject, object }) =>
          isBackward ? subject : object,
        ),
      )
    case 'inv':
      return reached(at, inner, from, !isBackward)
    case 'alt':
      return unique(input.flatMap(part => reached(at, part, from, isBackward)))
    case 'seq':
      return (isBackward ? [...input].reverse() : input).reduce<Term[]>(
        (terms, part) => unique(terms.flatMap(term => reached(at, part, term, isBackward))),
        [from],
      )
    case 'ZeroOrOnePath':
      return unique([from, ...reached(at, inner, from, isBackward)])
    case 'OneOrMorePath':
      return unique(reached(at, inner, from, isBackward).flatMap(term => closure(at, inner, term, isBackward)))
    default:
      return closure(at, inner, from, isBackward)
  }
}

/** The start and all that any number of walks lead to. */
function closure(at: Walk, path: Algebra, from: Term, isBackward: boolean): Term[] {
  const found = new Map([[termKey(from), from]])
  for (const term of found.values())
    for (const next of reached(at, path, term, isBackward)) if (!found.has(termKey(next))) found.set(termKey(next), next)
  return [...found.values()]
}

function edges({ lookup, graph }: Walk, path: Algebra, from: Term | null, to: Term | null): Quad[] {
  if (from?.termType === 'Literal') return []
  if (path.type === 'link') return lookup.getQuads(from, path.iri as Term, to, graph)
  const excluded = path.iris as readonly Term[]
  return lookup.getQuads(from, null, to, graph).filter(({ predicate }) => !excluded.some(iri => iri.equals(predicate)))
}

function unique(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map(term => [termKey(term), term])).values()]
}
