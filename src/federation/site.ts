import type { NamedNode, Variable } from '@rdfjs/types'
import { type Algebra, certainlyBound, inScope, isNode, mapParts, nodesOf, variablesOf } from '../sparql/algebra.ts'

/** A `service` node of the algebra. */
export interface ServiceNode extends Algebra {
  readonly name: NamedNode | Variable
  readonly input: Algebra
  readonly silent: boolean
}

/** A SERVICE where it stands in a query. */
export interface Site {
  readonly node: ServiceNode
  /** Patterns whose solutions are all that those of the SERVICE can be joined with. */
  readonly context: readonly Algebra[]
  /** Conditions of FILTERs that every row with them has to meet. */
  readonly conditions: readonly Algebra[]
  /** Whether every row of the answer rests on it. */
  readonly isMandatory: boolean
}

/**
 * Every SERVICE of a query that stands in no other. Only what is sure not to change the answer is context: what an OPTIONAL or MINUS
 * stands behind, not what stands around it; nothing from outside a sub-SELECT.
 */
export function* sitesOf(
  part: unknown,
  context: readonly Algebra[] = [],
  isMandatory = true,
  conditions: readonly Algebra[] = [],
): Generator<Site> {
  if (Array.isArray(part)) for (const item of part) yield* sitesOf(item, context, isMandatory, conditions)
  if (!isNode(part)) return
  const input = part.input as Algebra
  const inputs = part.input as Algebra[]
  switch (part.type) {
    case 'service':
      yield { node: part as ServiceNode, context, isMandatory, conditions }
      return
    case 'join':
      for (const item of inputs) {
        const beside = inputs.filter(other => other !== item)
        yield* sitesOf(item, [...context, ...beside], isMandatory, conditions)
      }
      return
    case 'leftjoin':
    case 'minus':
      yield* sitesOf(inputs[0], context, isMandatory, conditions)
      yield* sitesOf([inputs[1], part.expression], [inputs[0]!], false, conditions)
      return
    case 'union':
      yield* sitesOf(inputs, context, false, conditions)
      return
    case 'filter':
      yield* sitesOf(input, context, isMandatory, [...conditions, ...conjuncts(part.expression as Algebra)])
      yield* sitesOf(part.expression, [input], false)
      return
    case 'extend':
      yield* sitesOf(input, context, isMandatory, conditions)
      yield* sitesOf(part.expression, [input], false)
      return
    case 'graph':
      for (const site of sitesOf(input, context, isMandatory, conditions)) {
        const within = site.context.map(pattern => (context.includes(pattern) ? pattern : { ...part, input: pattern }))
        yield { ...site, context: within }
      }
      return
    case 'project':
    case 'group':
    case 'slice':
      yield* sitesOf(input, [], isMandatory)
      return
    default:
      yield* sitesOf(Object.values(part), context, isMandatory)
  }
}

/** The conditions that a condition joins by "and". */
function conjuncts(condition: Algebra): Algebra[] {
  return condition.operator === '&&' ? (condition.args as Algebra[]).flatMap(conjuncts) : [condition]
}

/**
 * What of the context can be asked here and speaks, directly or through others, of what the SERVICE needs; and the variables whose
 * values it gives to it. Values that a FILTER would take away afterwards are not among them.
 */
export function knownBeside({ node, context, conditions }: Site): { pattern: Algebra; variables: readonly string[] } {
  const certain = certainlyBound(node.input)
  const wanted = node.name.termType === 'Variable' ? [...certain, node.name.value] : [...certain]
  const reached = new Set(wanted)
  const [chosen, rest] = [new Set<Algebra>(), context.flatMap(local)]
  const reachable = (): Algebra | undefined =>
    rest.find(pattern => !chosen.has(pattern) && inScope(pattern).some(name => reached.has(name)))
  for (let next = reachable(); next !== undefined; next = reachable()) {
    chosen.add(next)
    for (const name of inScope(next)) reached.add(name)
  }
  const joined: Algebra = { type: 'join', input: [...chosen] }
  const known = certainlyBound(joined)
  const isKnown = (condition: Algebra): boolean =>
    ![...nodesOf(condition)].some(({ subType }) => subType === 'existence') &&
    variablesOf(condition).every(name => known.has(name))
  const pattern = conditions
    .filter(isKnown)
    .reduce<Algebra>((input, expression) => ({ type: 'filter', input, expression }), joined)
  return { pattern, variables: [...new Set(wanted)].filter(name => known.has(name)).sort() }
}

/** A pattern without its SERVICEs, and without what could take away solutions that it would have with them. */
function local(node: Algebra): Algebra[] {
  if (![...nodesOf(node)].some(({ type }) => type === 'service')) return [node]
  const inputs = node.input as Algebra[]
  switch (node.type) {
    case 'join':
      return inputs.flatMap(local)
    case 'leftjoin':
    case 'minus':
      return local(inputs[0]!)
    case 'filter':
    case 'extend':
      return local(node.input as Algebra)
    case 'graph':
      return local(node.input as Algebra).map(input => ({ ...node, input }))
    default:
      return []
  }
}

/** A tree with another node in the place of one. */
export function substituted(part: unknown, node: Algebra, other: Algebra): unknown {
  if (part === node) return other
  if (Array.isArray(part)) return part.map(item => substituted(item, node, other))
  return isNode(part) ? mapParts(part, child => substituted(child, node, other)) : part
}
