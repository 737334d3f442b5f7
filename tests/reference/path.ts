import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { termKey } from '../../src/rdf/term.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { matches } from './pattern.ts'
import { distinct, join, restricted, type Solution } from './solution.ts'

/**
 * The solutions of `x path y`, where each end is a variable or a term, one definition after the other.
 *
 * @see SPARQL 1.1 Query Language, 18.4 (Property Path Patterns)
 */
export function pathSolutions(x: Term, path: Algebra, y: Term, active: readonly Quad[]): Solution[] {
  const along = (quads: readonly Quad[]): Solution[] => quads.flatMap(quad => matches([x, y], [quad.subject, quad.object]))
  switch (path.type) {
    case 'link':
      return along(active.filter(({ predicate }) => predicate.equals(path.iri as Term)))
    case 'nps':
      return along(active.filter(({ predicate }) => !(path.iris as Term[]).some(iri => iri.equals(predicate))))
    case 'inv':
      return pathSolutions(y, path.path as Algebra, x, active)
    case 'alt':
      return (path.input as Algebra[]).flatMap(part => pathSolutions(x, part, y, active))
    case 'seq': {
      const [first, ...rest] = path.input as [Algebra, ...Algebra[]]
      if (rest.length === 0) return pathSolutions(x, first, y, active)
      const middle = freshVariable()
      const both = join(pathSolutions(x, first, middle, active), pathSolutions(middle, { ...path, input: rest }, y, active))
      return both.map(solution => restricted(solution, namesOf(x, y)))
    }
    case 'ZeroOrOnePath':
      return distinct([...zeroLength(x, y, active), ...pathSolutions(x, path.path as Algebra, y, active)])
    case 'ZeroOrMorePath':
    case 'OneOrMorePath':
      return repeated(x, path, y, active)
    default:
      throw new Error(`the reference does not know the path ${path.type}`)
  }
}

function zeroLength(x: Term, y: Term, active: readonly Quad[]): Solution[] {
  const ends = x.termType !== 'Variable' ? [x] : y.termType !== 'Variable' ? [y] : nodesOf(active)
  return ends.flatMap(node => matches([x, y], [node, node]))
}

function repeated(x: Term, path: Algebra, y: Term, active: readonly Quad[]): Solution[] {
  if (x.termType === 'Variable' && y.termType !== 'Variable')
    return repeated(y, { ...path, path: { type: 'inv', path: path.path } }, x, active)
  const starts = x.termType === 'Variable' ? nodesOf(active) : [x]
  return starts.flatMap(start => reached(start, path, active).flatMap(end => matches([x, y], [start, end])))
}

/** All that a path leads to, each once: the procedure ALP. */
function reached(start: Term, { type, path }: Algebra, active: readonly Quad[]): Term[] {
  const step = freshVariable()
  const next = (node: Term): Term[] =>
    pathSolutions(node, path as Algebra, step, active).map(solution => solution.get(step.value)!)
  const visited = new Map<string, Term>()
  const visit = (node: Term): void => {
    if (visited.has(termKey(node))) return
    visited.set(termKey(node), node)
    next(node).forEach(visit)
  }
  if (type === 'ZeroOrMorePath') visit(start)
  else next(start).forEach(visit)
  return [...visited.values()]
}

function nodesOf(active: readonly Quad[]): Term[] {
  return [...new Map(active.flatMap(({ subject, object }) => [subject, object]).map(term => [termKey(term), term])).values()]
}

let count = 0

/** A variable with a name that no query can have. */
function freshVariable(): Term {
  return DataFactory.variable(`path ${count++}`)
}

function namesOf(...terms: readonly Term[]): string[] {
  return terms.filter(({ termType }) => termType === 'Variable').map(({ value }) => value)
}
