import type { NamedNode, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { type Algebra, isNode, mapParts, nodesOf, termsOf } from '../sparql/algebra.ts'

/**
 * Turns `GRAPH` into patterns over quads, as the engine wants them. Where the pattern is plain, its parts carry the name of
 * the graph; else - a sub-SELECT, VALUES, MINUS, an empty group, or the variable used inside - the graphs are gone through
 * one by one, as the specification says it: a name that only travels with the patterns would get lost there, or be shared
 * where it must not.
 *
 * @param namedGraphs the names of all graphs; asked for only where they are needed
 * @see SPARQL 1.1 Query Language, 18.6 (Evaluation of a Graph Pattern)
 */
export async function lowerGraphs(algebra: Algebra, namedGraphs: () => Promise<readonly NamedNode[]>): Promise<Algebra> {
  const graphNodes = [...nodesOf(algebra)].filter(({ type }) => type === 'graph') as unknown as GraphNode[]
  if (graphNodes.length === 0) return algebra
  const isOpen = graphNodes.some(({ name, input }) => name.termType === 'Variable' && !isEmpty(input) && !isPlain(input, name))
  return lowered(algebra, undefined, isOpen ? await namedGraphs() : [])
}

interface GraphNode extends Algebra {
  readonly name: NamedNode | Variable
  readonly input: Algebra
}

function lowered(node: Algebra, active: Term | undefined, graphs: readonly NamedNode[]): Algebra {
  if (node.type === 'graph') return loweredGraph(node as GraphNode, graphs)
  const within = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(within)
    return isNode(part) ? lowered(part, active, graphs) : part
  }
  if (active === undefined) return mapParts(node, within)
  const copy = mapParts(node, within)
  return node.type === 'path' || node.type === 'pattern' ? Object.assign(copy, { graph: active }) : copy
}

function loweredGraph({ name, input }: GraphNode, graphs: readonly NamedNode[]): Algebra {
  if (isEmpty(input)) return existing(name)
  if (isPlain(input, name)) return lowered(input, name, graphs)
  if (name.termType === 'NamedNode') return { type: 'join', input: [existing(name), lowered(input, name, graphs)] }
  const alternatives = graphs.map(graph => {
    const within = lowered(input, graph, graphs)
    const term = { type: 'expression', subType: 'term', term: graph }
    // BIND where the pattern knows nothing of the name: the engine loses a count of 0 in a join.
    if (!speaksOf(input, name)) return { type: 'extend', input: within, variable: name, expression: term }
    const row = { type: 'values', variables: [name], bindings: [{ [name.value]: graph }] }
    return { type: 'join', input: [within, row] }
  })
  return alternatives.length === 0 ? { type: 'values', variables: [name], bindings: [] } : { type: 'union', input: alternatives }
}

/** One solution for each graph of that name: what the group without a pattern gives. */
export function existing(name: NamedNode | Variable): Algebra {
  const [subject, predicate, object] = ['s', 'p', 'o'].map(part => DataFactory.variable(`graph_${part}`))
  // The engine copies patterns by their own properties, so that this must be no n3 quad, which has getters.
  const pattern = { type: 'pattern', termType: 'Quad', value: '', subject, predicate, object, graph: name }
  const variables = name.termType === 'Variable' ? [name] : []
  return { type: 'distinct', input: { type: 'project', variables, input: { type: 'bgp', patterns: [pattern] } } }
}

function isEmpty({ type, patterns }: Algebra): boolean {
  return type === 'bgp' && (patterns as readonly unknown[]).length === 0
}

/** Whether each solution gets the graph from a pattern that every part shares, and nothing else speaks of the name. */
function isPlain(node: Algebra, name: Term): boolean {
  return !(name.termType === 'Variable' && (speaksOf(node, name) || hasClosure(node))) && carriesGraph(node)
}

/** Whether a path has steps without number: for a graph that is not known the engine finds them across all. */
export function hasClosure(node: Algebra): boolean {
  return [...nodesOf(node)].some(({ type }) => ['OneOrMorePath', 'ZeroOrMorePath', 'ZeroOrOnePath'].includes(type))
}

function speaksOf(node: Algebra, name: Term): boolean {
  return [...termsOf(node)].some(term => term.equals(name))
}

/** Whether every solution of a pattern comes with a triple of the graph that the pattern is asked in. */
export function carriesGraph(node: Algebra): boolean {
  const inputs = (Array.isArray(node.input) ? node.input : [node.input]).filter(isNode)
  switch (node.type) {
    case 'bgp':
      return !isEmpty(node)
    case 'path':
      return true
    case 'join':
      return inputs.some(carriesGraph) && inputs.every(input => input.type === 'values' || carriesGraph(input))
    case 'union':
      return inputs.every(carriesGraph)
    case 'leftjoin':
      return inputs.every(carriesGraph) && existsCarry(node.expression)
    case 'filter':
      return inputs.every(carriesGraph) && existsCarry(node.expression)
    case 'extend':
      return inputs.every(carriesGraph) && existsCarry(node.expression)
    default:
      return false
  }
}

/** The patterns of EXISTS within an expression are asked in the same graph. */
function existsCarry(expression: unknown): boolean {
  return [...nodesOf(expression)].every(({ subType, input }) => subType !== 'existence' || carriesGraph(input as Algebra))
}
