import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { type Algebra, certainlyBound, inScope, isNode, isTerm, nodesOf, renamed, variablesOf } from '../sparql/algebra.ts'
import { carriesGraph } from './graph.ts'

/** A triple pattern or path of a query, where it was asked, and what must have a value for it to have taken part. */
export interface Atom {
  /** A `pattern` or `path` of the algebra; `any` stands for all triples of the graph. */
  readonly node: Algebra
  /** The names of graphs, or the variable that has the name; several where FROM merges them into the default graph. */
  readonly graphs: readonly Term[]
  readonly guards: readonly string[]
}

/** The pattern of an EXISTS that has to be asked again for each witness, because it speaks of values from outside. */
export interface Nested {
  readonly witness: WitnessPattern
  readonly guards: readonly string[]
}

/** A pattern whose solutions are the derivations of a row: each tells by its values which triples were matched. */
export interface WitnessPattern {
  readonly pattern: Algebra
  readonly atoms: readonly Atom[]
  readonly nested: readonly Nested[]
  /** Whether it has the very solutions of what was asked. */
  readonly isAlike: boolean
}

/**
 * The witness pattern of a graph pattern: the same, but sub-SELECTs show all their variables, the rows that an aggregate was made
 * of stand beside it, and marks tell which branch of a UNION and which OPTIONAL took part.
 *
 * @param graphs what the pattern sees as the default graph
 */
export function witnessPattern(pattern: Algebra, graphs: readonly Term[] = [DataFactory.defaultGraph()]): WitnessPattern {
  const widening = new Widening(pattern)
  const widened = widening.widen(pattern, { graphs, guards: [] })
  return { pattern: widened, atoms: widening.atoms, nested: widening.nested, isAlike: widening.isAlike }
}

/** What has fewer solutions, or fewer variables, than the pattern in it. */
const REDUCING: ReadonlySet<string> = new Set(['distinct', 'reduced', 'orderby', 'slice', 'project', 'group'])

const ANY_TRIPLE: Algebra = { type: 'any' }

interface Place {
  readonly graphs: readonly Term[]
  readonly guards: readonly string[]
}

class Widening {
  readonly atoms: Atom[] = []
  readonly nested: Nested[] = []
  isAlike = true
  /** How often each variable stands where it can get a value: what does so in one part alone is that part's own. */
  readonly #occurrences: Map<string, number>
  readonly #taken: ReadonlySet<string>
  #marks = 0

  constructor(pattern: Algebra) {
    this.#occurrences = countOf(binding(pattern))
    this.#taken = new Set(variablesOf(pattern))
  }

  widen(node: Algebra, place: Place): Algebra {
    const input = node.input as Algebra
    const inputs = node.input as Algebra[]
    if (REDUCING.has(node.type)) this.isAlike = false
    switch (node.type) {
      case 'bgp':
        for (const pattern of node.patterns as Algebra[]) this.atoms.push({ node: pattern, ...place })
        return node
      case 'path':
        this.atoms.push({ node, ...place })
        return node
      case 'join':
        return { ...node, input: inputs.map(part => this.widen(part, place)) }
      case 'union':
        return { ...node, input: inputs.map(part => this.#marked(part, place).node) }
      case 'leftjoin': {
        const [left, right] = inputs as [Algebra, Algebra]
        const optional = this.#marked(right, place)
        const within = { ...place, guards: [...place.guards, optional.guard] }
        return this.#withExistences({ ...node, input: [this.widen(left, place), optional.node] }, node, within)
      }
      case 'minus':
        return { ...node, input: [this.widen(inputs[0]!, place), inputs[1]!] }
      case 'filter':
      case 'extend':
        return this.#withExistences({ ...node, input: this.widen(input, place) }, node, place)
      case 'graph':
        // Where no triple of the graph is asked for in every case, the graph has at least to be there.
        if (!carriesGraph(input)) this.atoms.push({ node: ANY_TRIPLE, ...place, graphs: [node.name as Term] })
        return { ...node, input: this.widen(input, { ...place, graphs: [node.name as Term] }) }
      case 'distinct':
      case 'reduced':
      case 'orderby':
        return this.widen(input, place)
      case 'slice':
        return { type: 'join', input: [node, this.widen(input, place)] }
      case 'project':
        return this.widen(this.#hidden(input, variablesOf(node.variables)), place)
      case 'group':
        // Only without GROUP BY is there a row that nothing was found for.
        return { type: (node.variables as unknown[]).length > 0 ? 'join' : 'leftjoin', input: [node, this.widen(input, place)] }
      default:
        return node
    }
  }

  /** The pattern of a sub-SELECT with names of their own for the variables that it keeps to itself. */
  #hidden(input: Algebra, shown: readonly string[]): Algebra {
    const names = new Map<string, string>()
    const counts = countOf(binding(input))
    for (const name of new Set(variablesOf(input))) {
      if (shown.includes(name)) continue
      names.set(name, this.#fresh(name))
      this.#occurrences.set(names.get(name)!, counts.get(name) ?? 0)
    }
    return renamed(input, names) as Algebra
  }

  /** A part that may not take part, and the variable by whose value one sees that it did: one of its own, or a mark beside it. */
  #marked(part: Algebra, place: Place, outside: readonly string[] = []): { node: Algebra; guard: string } {
    const own = countOf(binding(part))
    const isOwn = (name: string): boolean => own.get(name) === this.#occurrences.get(name) && !outside.includes(name)
    const ownGuard = [...certainlyBound(part)].find(isOwn)
    const guard = ownGuard ?? this.#fresh('mark')
    const widened = this.widen(part, { ...place, guards: [...place.guards, guard] })
    if (ownGuard !== undefined) return { node: widened, guard }
    this.isAlike = false
    const variable = DataFactory.variable(guard)
    const row = { type: 'values', variables: [variable], bindings: [{ [guard]: DataFactory.literal('1') }] }
    return { node: { type: 'join', input: [widened, row] }, guard }
  }

  /** What EXISTS found beside the pattern that it is a condition of. */
  #withExistences(widened: Algebra, original: Algebra, place: Place): Algebra {
    const outside = inScope(original)
    const bound = certainlyBound(original)
    return existences(original.expression).reduce((pattern, inner) => {
      // A value that is not always there would be given one by what stands beside it.
      if (speaksOfOutside(inner) || variablesOf(inner).some(name => outside.includes(name) && !bound.has(name))) {
        const [name] = place.graphs
        const isNamed = place.graphs.length === 1 && name?.termType !== 'DefaultGraph'
        const asked = isNamed ? { type: 'graph', name, input: inner } : inner
        this.nested.push({ witness: witnessPattern(asked, place.graphs), guards: place.guards })
        return pattern
      }
      this.isAlike = false
      return { type: 'leftjoin', input: [pattern, this.#marked(this.#hidden(inner, outside), place, outside).node] }
    }, widened)
  }

  #fresh(name: string): string {
    const fresh = `${name}_${++this.#marks}`
    return this.#taken.has(fresh) ? this.#fresh(name) : fresh
  }
}

/** The patterns that an expression wants to exist: not those under a NOT. */
function existences(expression: unknown, isNegated = false): Algebra[] {
  if (Array.isArray(expression)) return expression.flatMap(part => existences(part, isNegated))
  if (!isNode(expression)) return []
  if (expression.subType === 'existence') return (expression.not === true) !== isNegated ? [] : [expression.input as Algebra]
  const negates = expression.operator === '!'
  return existences(expression.args, isNegated !== negates)
}

/** Whether a pattern cannot be asked beside the other: some part of it needs a value that only the outside gives. */
function speaksOfOutside(pattern: Algebra): boolean {
  return [...nodesOf(pattern)].some(({ type, input, expression }) => {
    if (OPAQUE.has(type)) return true
    if (type !== 'filter' && type !== 'extend') return false
    const known = new Set(inScope(input as Algebra))
    return variablesOf(expression).some(name => !known.has(name))
  })
}

const OPAQUE: ReadonlySet<string> = new Set(['minus', 'leftjoin', 'project', 'group', 'slice', 'distinct', 'reduced'])

/** The names of variables as often as they stand in patterns and heads, where they get their values; not in conditions. */
function binding(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(binding)
  if (!isNode(part)) return isTerm(part) ? variablesOf(part) : []
  return part.type === 'expression' ? [] : Object.values(part).flatMap(binding)
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
