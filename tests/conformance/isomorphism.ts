import type { Quad, Term } from '@rdfjs/types'
import { canonize } from 'rdf-canonize'
import { termKey } from '../../src/rdf/term.ts'

/**
 * Whether two datasets are the same up to the labels of their blank nodes: by their canonical form, or, where RDFC-1.0 does
 * not reach (triple terms, directions of text), by a search for a bijection. Quads that are given twice count once.
 *
 * @see RDF 1.2 Concepts, 3.6 (Graph Comparison); RDF Dataset Canonicalization
 */
export async function areIsomorphic(first: readonly Quad[], second: readonly Quad[]): Promise<boolean> {
  const [one, other] = [unique(first), unique(second)]
  if (one.length !== other.length) return false
  if ([...one, ...other].some(({ object }) => isNew(object))) return hasBijection(one, other)
  return (await canonical(one)) === (await canonical(other))
}

function unique(quads: readonly Quad[]): Quad[] {
  return [...new Map(quads.map(quad => [quadText(quad, ({ value }) => `_:${value}`), quad])).values()]
}

function isNew(term: Term): boolean {
  return term.termType === 'Quad' || (term.termType === 'Literal' && (term.direction ?? '') !== '')
}

function canonical(quads: readonly Quad[]): Promise<string> {
  return canonize(quads, { algorithm: 'RDFC-1.0', maxWorkFactor: 3 })
}

/** Looks for names of the blank nodes on either side that make the same set of quads; only nodes used alike can be the same. */
function hasBijection(one: readonly Quad[], other: readonly Quad[]): boolean {
  const [uses, otherUses] = [usesOf(one), usesOf(other)]
  const nodes = [...uses.keys()].sort((a, b) => candidates(a).length - candidates(b).length)
  const wanted = new Set(other.map(quad => quadText(quad, ({ value }) => `_:${value}`)))
  return uses.size === otherUses.size && extend(new Map())

  function candidates(node: string): string[] {
    return [...otherUses].filter(([, use]) => use === uses.get(node)).map(([name]) => name)
  }

  function extend(names: ReadonlyMap<string, string>): boolean {
    const node = nodes[names.size]
    if (node === undefined) return one.every(quad => wanted.has(quadText(quad, ({ value }) => `_:${names.get(value)}`)))
    const taken = new Set(names.values())
    return candidates(node).some(name => !taken.has(name) && extend(new Map(names).set(node, name)))
  }
}

/** For each blank node the quads it is in, with every blank node written in the same way but itself. */
function usesOf(quads: readonly Quad[]): Map<string, string> {
  const nodes = new Set(quads.flatMap(quad => blankNodes(quad)))
  const use = (node: string): string =>
    quads
      .filter(quad => blankNodes(quad).includes(node))
      .map(quad => quadText(quad, ({ value }) => (value === node ? '_:this' : '_:')))
      .sort()
      .join('\n')
  return new Map([...nodes].map(node => [node, use(node)]))
}

function blankNodes(term: Term): string[] {
  if (term.termType === 'BlankNode') return [term.value]
  return term.termType === 'Quad' ? parts(term).flatMap(blankNodes) : []
}

function quadText(quad: Term, nameOf: (node: Term) => string): string {
  if (quad.termType === 'BlankNode') return nameOf(quad)
  if (quad.termType === 'Quad')
    return `<< ${parts(quad as Quad)
      .map(part => quadText(part, nameOf))
      .join(' ')} >>`
  return quad.termType === 'Literal' ? `${termKey(quad)} ${quad.direction ?? ''}` : termKey(quad)
}

function parts({ subject, predicate, object, graph }: { subject: Term; predicate: Term; object: Term; graph: Term }): Term[] {
  return [subject, predicate, object, graph]
}
