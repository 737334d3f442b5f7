import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import {
  type Algebra,
  certainlyBound,
  inScope,
  isNode,
  mapNodes,
  mapParts,
  nodesOf,
  renamed,
  variablesOf,
} from '../sparql/algebra.ts'

/**
 * A query as the engine has to be asked so that it answers rightly. Each repair names the wrong answer it keeps away; each has a
 * test. Other wrong answers are kept away by the engine's config (see `comunica.entry.cjs`) and by `graph.ts`.
 */
export function repaired(algebra: Algebra): Algebra {
  return mapNodes(algebra, node => groupKept(conditionMoved(circlesFound(reducedToDistinct(node)))))
}

/**
 * A query in which the variable of a condition that its own group does not know is another's name: it has no value there, but
 * Comunica gives it the one that stands outside, when it binds an OPTIONAL or a group from there. Of EXISTS nothing is changed.
 */
export function scoped(node: Algebra): Algebra {
  const within = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(within)
    return isNode(part) && part.type !== 'expression' ? scoped(part) : part
  }
  const copy = mapParts(node, within)
  if (!CONDITIONED.has(node.type) || node.expression === undefined) return copy
  const known = new Set([node.input].flat().flatMap(input => inScope(input as Algebra)))
  const strangers = variablesOf(node.expression).filter(name => !known.has(name))
  if (strangers.length === 0) return copy
  const names = new Map(strangers.map(name => [name, `${name}_unknown`]))
  return Object.assign(copy, { expression: renamed(node.expression, names) })
}

/**
 * A query in which an OPTIONAL is asked behind what stands beside its group, where that gives the same: Comunica asks the two sides
 * of a join one by one, and those of `GRAPH ?a { … OPTIONAL { … } } GRAPH ?b { … }` have seldom much in common by themselves. It is
 * the same where what the two share has a value before the OPTIONAL is asked. To be asked when GRAPH is lowered.
 */
export function optionalsLast(algebra: Algebra): Algebra {
  return mapNodes(algebra, node => {
    if (node.type !== 'join') return node
    const inputs = (node.input as Algebra[]).flatMap(input => (input.type === 'join' ? (input.input as Algebra[]) : input))
    const index = inputs.findIndex(({ type }) => type === 'leftjoin')
    if (index < 0) return node
    const [left, right] = inputs[index]!.input as [Algebra, Algebra]
    const others = inputs.filter((_, other) => other !== index)
    const known = certainlyBound(left)
    const beside = new Set(others.flatMap(inScope))
    if (variablesOf([right, inputs[index]!.expression]).some(name => beside.has(name) && !known.has(name))) return node
    return { ...inputs[index]!, input: [optionalsLast({ type: 'join', input: [left, ...others] }), right] }
  })
}

const CONDITIONED: ReadonlySet<string> = new Set(['filter', 'leftjoin', 'extend'])

/** Comunica's REDUCED loses rows that differ only in language; DISTINCT is among the answers that REDUCED may give. */
function reducedToDistinct(node: Algebra): Algebra {
  return node.type === 'reduced' ? { ...node, type: 'distinct' } : node
}

/**
 * Comunica compares the two ends of a path only where it has one step, so that `?x :p+ ?x` misses circles through other nodes:
 * the end becomes a variable of its own that must be the same term.
 */
function circlesFound(node: Algebra): Algebra {
  const { type, subject, object } = node as Algebra & { readonly subject: Term; readonly object: Term }
  if (type !== 'path' || subject.termType !== 'Variable' || !subject.equals(object)) return node
  const end = DataFactory.variable(`${subject.value}_end`)
  const args = [subject, end].map(term => ({ type: 'expression', subType: 'term', term }))
  const isSame = { type: 'expression', subType: 'operator', operator: 'sameterm', args }
  return {
    type: 'filter',
    input: Object.assign(
      mapParts(node, part => part),
      { object: end },
    ),
    expression: isSame,
  }
}

/**
 * Comunica takes an aggregate without GROUP BY for as many rows as there are to aggregate, and a join with none for empty: a count
 * of 0 in a sub-SELECT takes the whole answer with it. As the optional part of the unit solution it is one row, as it should be.
 */
function groupKept(node: Algebra): Algebra {
  if (node.type !== 'group' || (node.variables as readonly Term[]).length > 0) return node
  return { type: 'leftjoin', input: [{ type: 'bgp', patterns: [] }, node] }
}

/**
 * Comunica fails on an OPTIONAL that has both a condition and a part which it cannot bind from outside, such as an aggregate or BIND.
 * Where the condition speaks only of what that part certainly binds, or of what the other side does not know, it can be asked there.
 */
function conditionMoved(node: Algebra): Algebra {
  if (node.type !== 'leftjoin' || node.expression === undefined) return node
  const [left, right] = node.input as [Algebra, Algebra]
  if (![...nodesOf(right)].some(({ type }) => UNBINDABLE.has(type))) return node
  const bound = certainlyBound(right)
  const known = new Set(inScope(left))
  if (variablesOf(node.expression).some(name => known.has(name) && !bound.has(name))) return node
  const { expression, ...rest } = node
  return { ...rest, input: [left, { type: 'filter', input: right, expression }] } as unknown as Algebra
}

const UNBINDABLE: ReadonlySet<string> = new Set(['extend', 'group', 'leftjoin', 'minus'])
