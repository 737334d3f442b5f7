import type { NamedNode, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { type Algebra, isNode, mapNodes, mapParts, nodesOf, variablesOf } from '../sparql/algebra.ts'
import { bindVariables } from './binding.ts'
import { refusals } from './engine.ts'
import { hasClosure } from './graph.ts'

/**
 * A query as it is asked of an engine elsewhere. Servers do not agree on what the default graph holds: with some it is the union of
 * all graphs, in which reported speech would be fact, and `FROM` empties the named graphs of others. So every pattern names its
 * graph: what would see the default graph is asked within that of a layer. A parameter with one value is a constant, since some
 * servers answer a path, or answer it in time, only from a constant. ASK is a SELECT that has a row or none.
 *
 * @param layer the name of the graph that holds the layer
 * @returns algebra without default graph, to be asked of any engine, ours included
 * @throws CommuniqueError `query-refused` for an update, a SERVICE, and FROM
 * @example travelling(await parseQuery('SELECT * { ?s ?p ?o }'), namedNode('urn:layer')).input.type // 'graph'
 */
export function travelling(algebra: Algebra, layer: NamedNode): Algebra {
  const [refused] = refusals(algebra)
  if (refused !== undefined) throw new CommuniqueError('query-refused', { what: refused })
  if ([...nodesOf(algebra)].some(({ type }) => type === 'from'))
    throw new CommuniqueError('query-refused', {
      what: 'FROM is not sent to a server: what it makes of the named graphs differs',
      mend: 'write GRAPH <…> { … } around the patterns',
    })
  const plain = mapNodes(algebra, node => constantsKept(withoutOpenRow(asSelect(node))))
  return inLayer(grouped(walkedAlone(plain), false), layer)
}

/** Whether there is a solution: not every server answers an ASK as the standard wants it. */
function asSelect(node: Algebra): Algebra {
  if (node.type !== 'ask') return node
  const variable = DataFactory.variable('yes')
  const input = { type: 'extend', input: node.input, variable, expression: termExpression(DataFactory.literal('1', xsd.integer)) }
  return { type: 'slice', input: { type: 'project', variables: [variable], input }, start: 0, length: 1 }
}

function termExpression(term: Term): Algebra {
  return { type: 'expression', subType: 'term', term }
}

/** A row without value adds nothing to what it is joined with, and not every server reads UNDEF. */
function withoutOpenRow(node: Algebra): Algebra {
  const isOpen = (part: Algebra): boolean => isSingle(part) && Object.keys(rowOf(part)).length === 0
  if (node.type !== 'join' || !(node.input as Algebra[]).some(isOpen)) return node
  const rest = (node.input as Algebra[]).filter(part => !isOpen(part))
  return rest.length === 1 ? rest[0]! : { ...node, input: rest }
}

/** Where a row with one value stands beside triple patterns and paths, these have the value itself; the row stays. */
function constantsKept(node: Algebra): Algebra {
  if (node.type !== 'join') return node
  const parts = (node.input as Algebra[]).flatMap(part => (part.type === 'join' ? (part.input as Algebra[]) : part))
  const values = new Map(parts.filter(isSingle).flatMap(part => Object.entries(rowOf(part))))
  return { ...node, input: parts.map(part => (PLAIN.has(part.type) ? bindVariables(part, values) : part)) }
}

function isSingle({ type, bindings }: Algebra): boolean {
  return type === 'values' && (bindings as object[]).length === 1
}

function rowOf({ bindings }: Algebra): Readonly<Record<string, Term>> {
  return (bindings as Record<string, Term>[])[0]!
}

const PLAIN: ReadonlySet<string> = new Set(['bgp', 'path'])

/**
 * A path of any length from a constant has a SELECT of its own, with a limit that no answer reaches, so that it is walked before it
 * is joined. Virtuoso 7.2 joins first where a random sample tells it to; then it walks between two ends that it knows, and compares
 * one of them with a column that nothing has written: rows are lost or double, in some runs.
 */
function walkedAlone(node: Algebra): Algebra {
  const { type, name } = node
  if (type === 'expression') return node
  if (isWalk(node)) {
    const variables = variablesOf(node).map(variable => DataFactory.variable(variable))
    return { type: 'slice', input: { type: 'project', input: node, variables }, start: 0, length: NO_LIMIT }
  }
  if (type !== 'graph') return mapParts(node, part => eachNode(part, walkedAlone))
  const isNamed = (name as Term).termType === 'NamedNode'
  return isNamed && [...nodesOf(node)].some(isWalk) ? inLayer(walkedAlone(node.input as Algebra), name as NamedNode) : node
}

function isWalk(node: Algebra): boolean {
  return node.type === 'path' && hasClosure(node) && variablesOf(node).length === 1
}

const NO_LIMIT = 1_000_000_000

/** A group that stands beside other patterns, as in a witness query, has a SELECT of its own in the text. */
function grouped(node: Algebra, isSelected: boolean): Algebra {
  const isWithin = SELECTING.has(node.type) && (isSelected || node.type === 'project')
  const copy = mapParts(node, part => eachNode(part, child => grouped(child, isWithin)))
  if (node.type !== 'group' || isSelected) return copy
  const keys = copy.variables as Variable[]
  const aggregates = copy.aggregates as (Algebra & { readonly variable: Variable })[]
  const inner = ({ value }: Variable): Variable => DataFactory.variable(`${value}_inner`)
  const named = aggregates.map(one => ({ ...one, variable: inner(one.variable) }))
  const shown = aggregates.reduce<Algebra>(
    (input, { variable }) => ({ type: 'extend', input, variable, expression: termExpression(inner(variable)) }),
    { ...copy, aggregates: named },
  )
  return { type: 'project', input: shown, variables: [...keys, ...aggregates.map(({ variable }) => variable)] }
}

/** What may stand between a SELECT and its GROUP BY. */
const SELECTING: ReadonlySet<string> = new Set(['project', 'orderby', 'extend', 'filter'])

/** Puts what sees the default graph within a graph: as much as possible at once, so that the server joins it as it likes. */
function inLayer(node: Algebra, name: NamedNode): Algebra {
  if (node.type === 'graph') return node
  if (PLAIN.has(node.type) ? !isUnit(node) : isOfOneGraph(node)) return { type: 'graph', name, input: node }
  return mapParts(node, part => eachNode(part, child => inLayer(child, name)))
}

function isUnit({ type, patterns }: Algebra): boolean {
  return type === 'bgp' && (patterns as readonly unknown[]).length === 0
}

/** Whether a group speaks of one graph alone. A sub-SELECT has its GRAPH within: not every server lets it stand in one. */
function isOfOneGraph(node: Algebra): boolean {
  return GROUPS.has(node.type) && ![...nodesOf(node)].some(part => APART.has(part.type) || isUnit(part))
}

const GROUPS: ReadonlySet<string> = new Set(['join', 'leftjoin', 'filter', 'union', 'minus', 'extend'])
const APART: ReadonlySet<string> = new Set(['graph', 'project', 'group', 'orderby', 'distinct', 'slice', 'values'])

/** A part of a node with its nodes changed; triple patterns are left as they are. */
function eachNode(part: unknown, change: (node: Algebra) => Algebra): unknown {
  if (Array.isArray(part)) return part.map(item => eachNode(item, change))
  return isNode(part) && part.type !== 'pattern' ? change(part) : part
}
