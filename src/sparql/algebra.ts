import type { Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'

/**
 * A node of SPARQL algebra: plain data with a `type` (`project`, `join`, `bgp`, `expression`, ...), as the parser gives it.
 * Terms are RDF/JS terms; the triple patterns of a `bgp` are at once nodes (`type: 'pattern'`) and quads.
 *
 * @see SPARQL 1.1 Query Language, 18.2
 */
export interface Algebra {
  readonly type: string
  readonly subType?: string
  readonly [part: string]: unknown
}

/**
 * Every node of the tree, parents before children.
 *
 * @example [...nodesOf(await parseQuery('ASK { ?s ?p ?o }'))].map(node => node.type) // ['ask', 'bgp', 'pattern']
 */
export function* nodesOf(part: unknown): Generator<Algebra> {
  if (Array.isArray(part)) for (const item of part) yield* nodesOf(item)
  if (!isNode(part)) return
  yield part
  for (const child of Object.values(part)) yield* nodesOf(child)
}

/** Every term in a tree, or in a part of one, as often as it stands there. */
export function termsOf(part: unknown): Term[] {
  const found: Term[] = []
  collectTerms(part, found)
  return found
}

function collectTerms(part: unknown, found: Term[]): void {
  if (typeof part !== 'object' || part === null) return
  if (Array.isArray(part)) for (const item of part) collectTerms(item, found)
  else if (isNode(part)) for (const name in part) collectTerms(part[name], found)
  else if (isTerm(part)) found.push(part)
}

/** A copy of the tree in which every node is what `change` makes of it, children before parents. */
export function mapNodes(algebra: Algebra, change: (node: Algebra) => Algebra): Algebra {
  const mapped = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(mapped)
    return isNode(part) ? change(mapParts(part, mapped)) : part
  }
  return mapped(algebra) as Algebra
}

/** A copy of one node with each of its parts changed. A pattern stays a quad: what it inherits is copied with it. */
export function mapParts(node: Algebra, change: (part: unknown) => unknown): Algebra {
  const copy = Object.create(Object.getPrototypeOf(node))
  for (const [name, part] of Object.entries(node)) copy[name] = change(part)
  return copy
}

/** The variables of a SELECT in the order of its head (`SELECT *`: in alphabetical order); none for the other forms. */
export function projectedVariables(algebra: Algebra): string[] {
  for (const { type, variables } of nodesOf(algebra)) {
    if (type === 'project') return (variables as readonly Variable[]).map(variable => variable.value)
    if (type === 'ask' || type === 'construct' || type === 'describe') return []
  }
  return []
}

/** The names of all variables in a tree, or in a part of one, as often as they stand there. */
export function variablesOf(part: unknown): string[] {
  const found: string[] = []
  for (const term of termsOf(part)) collectNames(term, found)
  return found
}

function collectNames(term: Term, found: string[]): void {
  if (term.termType === 'Variable') found.push(term.value)
  else if (term.termType === 'Quad') for (const part of [term.subject, term.predicate, term.object]) collectNames(part, found)
}

/** The variables that a pattern can give a value: what a sub-SELECT keeps to itself is not among them. */
export function inScope(node: Algebra): string[] {
  if (node.type === 'project') return variablesOf(node.variables)
  const inputs = (Array.isArray(node.input) ? node.input : [node.input]).filter(isNode)
  if (inputs.length === 0) return variablesOf(node)
  return [...inputs.flatMap(inScope), ...variablesOf([node.name, node.variable, node.variables, node.aggregates])]
}

/** The variables that have a value in every solution of a pattern. */
export function certainlyBound(node: Algebra): Set<string> {
  const inputs = (Array.isArray(node.input) ? node.input : [node.input]).filter(isNode).map(certainlyBound)
  const [first = new Set<string>()] = inputs
  switch (node.type) {
    case 'bgp':
    case 'path':
      return new Set(variablesOf(node))
    case 'join':
      return new Set(inputs.flatMap(names => [...names]))
    case 'union':
      return new Set([...first].filter(name => inputs.every(names => names.has(name))))
    case 'values':
      return new Set(
        variablesOf(node.variables).filter(name =>
          (node.bindings as Record<string, Term>[]).every(row => row[name] !== undefined),
        ),
      )
    case 'project':
    case 'group':
      return new Set(variablesOf(node.variables).filter(name => first.has(name)))
    case 'graph':
      return new Set([...first, ...variablesOf(node.name)])
    case 'leftjoin':
    case 'minus':
    case 'filter':
    case 'extend':
    case 'distinct':
    case 'orderby':
    case 'slice':
      return first
    default:
      return new Set()
  }
}

export function isNode(part: unknown): part is Algebra {
  return typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string'
}

export function isTerm(part: unknown): part is Term {
  return typeof part === 'object' && part !== null && 'termType' in part
}

/** A tree, or a part of one, with other names for some variables. */
export function renamed(part: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(part)) return part.map(item => renamed(item, names))
  if (isNode(part)) {
    if (part.type === 'values') return renamedValues(part, names)
    return mapParts(part, child => renamed(child, names))
  }
  if (!isTerm(part)) return part
  if (part.termType === 'Variable') return DataFactory.variable(names.get(part.value) ?? part.value)
  if (part.termType !== 'Quad') return part
  const [subject, predicate, object] = [part.subject, part.predicate, part.object].map(term => renamed(term, names))
  return quadOf(subject as Term, predicate as Term, object as Term)
}

function renamedValues(node: Algebra, names: ReadonlyMap<string, string>): Algebra {
  const bindings = (node.bindings as Record<string, Term>[]).map(row =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [names.get(name) ?? name, term])),
  )
  return { ...node, variables: renamed(node.variables, names) as Variable[], bindings }
}

/** The term that an expression is; undefined for one that is more. */
export function termIn(expression: Algebra): Term | undefined {
  return expression.subType === 'term' ? (expression.term as Term) : undefined
}
