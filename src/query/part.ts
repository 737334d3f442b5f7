import type { Term } from '@rdfjs/types'
import { type Algebra, inScope, isNode, variablesOf } from '../sparql/algebra.ts'

/** A condition that each solution of a group meets: a pattern, or an operator on the parts that it `covers`. */
export interface Part {
  readonly node: Algebra
  readonly graph: Term
  readonly covers: readonly Part[]
}

/** The parts of a group in the order written: what filters, extends or takes away stands after the parts that it works on. */
export function partsOf(node: Algebra, graph: Term): Part[] {
  const inputs = inputsOf(node)
  switch (node.type) {
    case 'bgp':
      return (node.patterns as readonly Algebra[]).map(pattern => ({ node: pattern, graph, covers: [] }))
    case 'graph':
      return inputs.flatMap(input => partsOf(input, node.name as Term))
    case 'join':
    case 'group':
      return inputs.flatMap(input => partsOf(input, graph))
    case 'filter':
    case 'minus':
    case 'leftjoin':
    case 'extend': {
      const covers = partsOf(inputs[0]!, graph)
      return [...covers, { node, graph, covers }]
    }
    default:
      return [{ node, graph, covers: [] }]
  }
}

/** One pattern for parts that must hold together. */
export function together(parts: readonly Part[]): Algebra {
  const covered = new Set(parts.flatMap(({ covers }) => covers))
  const input = parts.filter(part => !covered.has(part)).map(patternOf)
  return input.length === 1 ? input[0]! : { type: 'join', input }
}

export function patternOf({ node, graph }: Part): Algebra {
  const pattern = node.type === 'pattern' ? { type: 'bgp', patterns: [node] } : node
  return graph.termType === 'DefaultGraph' || node.type === 'values' ? pattern : { type: 'graph', name: graph, input: pattern }
}

/** Whether parts are tied to each other by variables. */
export function isConnected(parts: readonly Part[]): boolean {
  const reached = new Set(parts.slice(0, 1).flatMap(namesIn))
  for (let left = parts.slice(1); left.length > 0; ) {
    const rest = left.filter(part => !namesIn(part).some(name => reached.has(name)))
    if (rest.length === left.length) return false
    for (const part of left) if (!rest.includes(part)) for (const name of namesIn(part)) reached.add(name)
    left = rest
  }
  return true
}

export function inputsOf({ input }: Algebra): Algebra[] {
  return [input].flat().filter(isNode)
}

/** The names of the variables by which a part is tied to others, each once. */
export function namesIn({ node, graph }: Part): string[] {
  return [...new Set([...inScope(node), ...variablesOf(graph)])]
}
