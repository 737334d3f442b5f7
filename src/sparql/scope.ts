import type { Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { type Algebra, isNode, isTerm, mapParts, renamed, termsOf, variablesOf } from './algebra.ts'

/**
 * Algebra in which one name is one variable, wherever it stands, and every triple pattern carries the graph that it is asked in:
 * names that a sub-SELECT keeps to itself, and names that a condition does not know, have become names of their own.
 *
 * Nodes that SPARQL's algebra does not have: `block`, a sub-SELECT that has to be evaluated by itself (GROUP BY, LIMIT, DISTINCT);
 * `graphnames`, the names of the named graphs; `same`, two variables that must have the same value. A `filter`, `extend`, `leftjoin`
 * and `minus` has the `graph` that it is asked in.
 *
 * @see SPARQL 1.1 Query Language, 18.2.1 (Variable Scope), 18.6 (Evaluation of a Graph Pattern)
 */
export function scoped(node: Algebra): Algebra {
  return new Scope().pattern(node, DEFAULT_GRAPH, new Set())
}

/** A sub-SELECT by itself. Its own names are told apart: `columns` says which name outside is which name inside. */
export interface Block extends Algebra {
  readonly type: 'block'
  readonly input: Algebra
  readonly columns: readonly (readonly [outside: Variable, inside: Variable])[]
  /** Those of its columns that have their value before, as those outside of EXISTS may. */
  readonly given: ReadonlySet<string>
  /** The graph that it is asked in, if that is a variable. */
  readonly parameters: readonly Variable[]
}

const DEFAULT_GRAPH = DataFactory.defaultGraph()

class Scope {
  #count = 0

  /** @param known variables that have their values before, as those outside of EXISTS */
  pattern(node: Algebra, graph: Term, known: ReadonlySet<string>): Algebra {
    const input = node.input as Algebra
    const inputs = node.input as readonly Algebra[]
    switch (node.type) {
      case 'bgp':
        return { type: 'bgp', patterns: (node.patterns as Algebra[]).map(pattern => inGraph(pattern, graph)) }
      case 'path':
        return inGraph(node, graph)
      case 'pattern':
        return { type: 'bgp', patterns: [inGraph(node, graph)] }
      case 'values':
        return node
      case 'join':
      case 'union':
        return { type: node.type, input: inputs.map(part => this.pattern(part, graph, known)) }
      case 'minus': {
        const around = (node.graphScopeVar as Term | undefined) ?? graph
        return { type: 'minus', input: inputs.map(part => this.pattern(part, graph, known)), graph: around }
      }
      case 'graph':
        return this.#graph(node, known)
      case 'filter':
      case 'extend':
        return this.#stage(node, this.pattern(input, graph, known), graph, known)
      case 'leftjoin': {
        const [left, right] = inputs.map(part => this.pattern(part, graph, known)) as [Algebra, Algebra]
        if (node.expression === undefined) return { type: 'leftjoin', input: [left, right], graph }
        const expression = this.expression(node.expression as Algebra, [left, right], graph, known)
        return { type: 'leftjoin', input: [left, right], expression, graph }
      }
      case 'project':
        return this.#select(node, graph, known)
      case 'distinct':
      case 'reduced':
      case 'slice':
      case 'orderby':
      case 'group':
        return this.#block(node, graph, known)
      default:
        throw new Unsupported(node.type)
    }
  }

  /** What stands above a graph pattern in a query: its modifiers. */
  modifiers(node: Algebra, graph: Term, known: ReadonlySet<string>): Algebra {
    const input = node.input as Algebra
    switch (node.type) {
      case 'slice':
      case 'distinct':
      case 'reduced':
        return { ...node, input: this.modifiers(input, graph, known) }
      case 'project': {
        const isModified = input.type === 'orderby' || isAggregated(input)
        return { ...node, input: isModified ? this.modifiers(input, graph, known) : this.pattern(input, graph, known) }
      }
      case 'orderby': {
        const lowered = isAggregated(input) ? this.modifiers(input, graph, known) : this.pattern(input, graph, known)
        const expressions = (node.expressions as Algebra[]).map(one => this.expression(one, [lowered], graph, known))
        return { type: 'orderby', input: lowered, expressions }
      }
      case 'filter':
      case 'extend': {
        if (!isAggregated(input)) return this.pattern(node, graph, known)
        return this.#stage(node, this.modifiers(input, graph, known), graph, known)
      }
      case 'group': {
        const lowered = this.pattern(input, graph, known)
        const aggregates = (node.aggregates as Algebra[]).map(aggregate => {
          const expression = this.expression(aggregate.expression as Algebra, [lowered], graph, known)
          return { ...aggregate, expression }
        })
        return { type: 'group', input: lowered, variables: node.variables, aggregates }
      }
      default:
        return this.pattern(node, graph, known)
    }
  }

  /** A FILTER or BIND over what it stands above. */
  #stage(node: Algebra, input: Algebra, graph: Term, known: ReadonlySet<string>): Algebra {
    const expression = this.expression(node.expression as Algebra, [input], graph, known)
    const { type, variable } = node
    return type === 'extend' ? { type, input, expression, graph, variable } : { type, input, expression, graph }
  }

  /** An expression; a variable that neither the patterns beside it know nor those outside of its EXISTS has no value. */
  expression(expression: Algebra, beside: readonly Algebra[], graph: Term, known: ReadonlySet<string>): Algebra {
    const isSeen = (name: string): boolean => known.has(name) || beside.some(part => bindingOf(part).possible.has(name))
    const strangers = variablesOf(expression).filter(name => !isSeen(name))
    const own = strangers.length === 0 ? expression : (renamed(expression, this.#fresh(strangers)) as Algebra)
    if (!hasExistence(own)) return own
    const within = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(within)
      if (!isNode(part)) return part
      if (part.subType === 'existence') {
        const seen = new Set([...known, ...beside.flatMap(one => [...bindingOf(one).possible])])
        return { ...part, input: this.pattern(part.input as Algebra, graph, seen) }
      }
      return mapParts(part, within)
    }
    return within(own) as Algebra
  }

  /** A sub-SELECT without modifiers is a group whose other variables have names of their own. */
  #select(node: Algebra, graph: Term, known: ReadonlySet<string>): Algebra {
    const input = node.input as Algebra
    if (isAggregated(input)) return this.#block(node, graph, known)
    return this.pattern(
      this.#withOwnNames(
        input,
        (node.variables as Variable[]).map(({ value }) => value),
      ),
      graph,
      known,
    )
  }

  #block(node: Algebra, graph: Term, known: ReadonlySet<string>): Algebra {
    const names = node.type === 'group' ? [...bindingOf(node).possible] : projectedOf(node)
    const inside = this.#fresh([...names, ...variablesOf(node)])
    const given = new Set(names.filter(name => known.has(name)))
    const input = this.modifiers(renamed(node, inside) as Algebra, graph, new Set([...given].map(name => inside.get(name)!)))
    const parameters = graph.termType === 'Variable' ? [graph] : []
    const columns = names.map(name => [DataFactory.variable(name), DataFactory.variable(inside.get(name)!)] as const)
    return { type: 'block', input, columns, given, parameters } satisfies Block
  }

  #withOwnNames(node: Algebra, shared: readonly string[]): Algebra {
    const own = variablesOf(node).filter(name => !shared.includes(name))
    return own.length === 0 ? node : (renamed(node, this.#fresh(own)) as Algebra)
  }

  #graph(node: Algebra, known: ReadonlySet<string>): Algebra {
    const name = node.name as Term
    const input = node.input as Algebra
    // A pattern that speaks of the name itself is asked in a graph whose name is compared afterwards.
    const isSpokenOf = name.termType === 'Variable' && [...termsOf(input)].some(term => mentions(term, name))
    const graph = isSpokenOf ? DataFactory.variable(`${name.value}.graph${this.#count++}`) : name
    const lowered = this.pattern(input, graph, known)
    const parts = [
      ...(carriesGraph(lowered, graph) ? [] : [{ type: 'graphnames', name: graph }]),
      lowered,
      ...(isSpokenOf ? [{ type: 'same', variables: [name, graph] }] : []),
    ]
    return parts.length === 1 ? lowered : { type: 'join', input: parts }
  }

  #fresh(names: readonly string[]): Map<string, string> {
    const suffix = this.#count++
    // No query can have a name with a full stop.
    return new Map(names.map(name => [name, `${name}.${suffix}`]))
  }
}

/** What a query has above its pattern, lowered as a whole. */
export function scopedQuery(node: Algebra): Algebra {
  return new Scope().modifiers(node, DEFAULT_GRAPH, new Set())
}

/**
 * Thrown for what another engine has to do.
 *
 * @example new Unsupported('SERVICE').message // 'SERVICE is not evaluated here'
 */
export class Unsupported extends Error {
  constructor(what: string) {
    super(`${what} is not evaluated here`)
  }
}

/** A pattern with the graph that it is asked in. Comunica has no GRAPH in its algebra: there each pattern has its own. */
function inGraph(node: Algebra, graph: Term): Algebra {
  const { type, subject, predicate, object } = node
  const own = node.graph as Term | undefined
  return { type, subject, predicate, object, graph: own === undefined || own.termType === 'DefaultGraph' ? graph : own }
}

function mentions(term: Term, name: Term): boolean {
  if (term.termType === 'Quad') return [term.subject, term.predicate, term.object].some(part => mentions(part, name))
  return term.equals(name)
}

/** Whether a FILTER or BIND stands above GROUP BY: as HAVING, or as a part of the head. */
export function isAggregated({ type, input }: Algebra): boolean {
  if (type === 'group' || type === 'orderby') return true
  return (type === 'extend' || type === 'filter') && isAggregated(input as Algebra)
}

/** The variables of the head below DISTINCT and LIMIT. */
export function projectedOf(node: Algebra): string[] {
  if (node.type === 'project') return (node.variables as Variable[]).map(({ value }) => value)
  return isNode(node.input) ? projectedOf(node.input) : []
}

function hasExistence(expression: Algebra): boolean {
  if (expression.subType === 'existence') return true
  return ((expression.args as Algebra[] | undefined) ?? []).some(hasExistence)
}

/** Whether every solution comes with a triple of the graph. */
function carriesGraph(node: Algebra, graph: Term): boolean {
  const inputs = [node.input].flat().filter(isNode)
  switch (node.type) {
    case 'bgp':
      return (node.patterns as Algebra[]).some(pattern => isTerm(pattern.graph) && pattern.graph.equals(graph))
    case 'join':
      return inputs.some(input => carriesGraph(input, graph))
    case 'union':
      return inputs.every(input => carriesGraph(input, graph))
    case 'filter':
    case 'extend':
    case 'leftjoin':
    case 'minus':
      return carriesGraph(inputs[0]!, graph)
    case 'graphnames':
      return (node.name as Term).equals(graph)
    default:
      return false
  }
}

/** Variables that may have a value in a solution of a pattern, and those that have one in each. */
export interface Binding {
  readonly possible: ReadonlySet<string>
  readonly certain: ReadonlySet<string>
}

const bindings = new WeakMap<Algebra, Binding>()

/** Of a pattern that is `scoped`, or of one that is not yet. */
export function bindingOf(node: Algebra): Binding {
  // To keep those of triple patterns would cost more than to compute them.
  if (node.type === 'pattern') return ofPattern(node)
  let binding = bindings.get(node)
  if (binding === undefined) {
    binding = computed(node)
    bindings.set(node, binding)
  }
  return binding
}

function computed(node: Algebra): Binding {
  const { input } = node
  const inputs = Array.isArray(input) ? input.map(bindingOf) : isNode(input) ? [bindingOf(input)] : NONE
  const [first = NOTHING, second = NOTHING] = inputs
  switch (node.type) {
    case 'bgp':
    case 'path':
    case 'graphnames':
    case 'same':
    case 'destructured': {
      const names = new Set(node.type === 'bgp' ? variablesOf(node.patterns) : variablesOf(Object.values(node)))
      return { possible: names, certain: names }
    }
    case 'values': {
      const rows = node.bindings as readonly Record<string, Term>[]
      const names = (node.variables as Variable[]).map(({ value }) => value)
      return { possible: new Set(names), certain: new Set(names.filter(name => rows.every(row => row[name] !== undefined))) }
    }
    case 'join':
      return { possible: union(inputs.map(({ possible }) => possible)), certain: union(inputs.map(({ certain }) => certain)) }
    case 'union':
      return {
        possible: union(inputs.map(({ possible }) => possible)),
        certain: new Set([...first.certain].filter(name => inputs.every(({ certain }) => certain.has(name)))),
      }
    case 'leftjoin':
      return { possible: union([first.possible, second.possible]), certain: first.certain }
    case 'extend':
      return { possible: union([first.possible, [(node.variable as Term).value]]), certain: first.certain }
    case 'graph':
      return {
        possible: union([first.possible, variablesOf(node.name)]),
        certain: union([first.certain, variablesOf(node.name)]),
      }
    case 'project':
      return within(
        first,
        (node.variables as Variable[]).map(({ value }) => value),
      )
    case 'group': {
      const keys = within(
        first,
        (node.variables as Variable[]).map(({ value }) => value),
      )
      return {
        possible: union([keys.possible, (node.aggregates as Algebra[]).map(({ variable }) => (variable as Term).value)]),
        certain: keys.certain,
      }
    }
    case 'block': {
      const outside = (names: ReadonlySet<string>): string[] =>
        (node as Block).columns.flatMap(([{ value }, inside]) => (names.has(inside.value) ? [value] : []))
      const parameters = (node as Block).parameters.map(({ value }) => value)
      return { possible: union([outside(first.possible), parameters]), certain: union([outside(first.certain), parameters]) }
    }
    default:
      return first
  }
}

function ofPattern({ subject, predicate, object, graph }: Algebra): Binding {
  const names = new Set<string>()
  for (const term of [subject, predicate, object, graph] as Term[]) {
    if (term.termType === 'Variable') names.add(term.value)
    else if (term.termType === 'Quad') for (const name of variablesOf(term)) names.add(name)
  }
  return { possible: names, certain: names }
}

const NONE: readonly Binding[] = []
const NOTHING: Binding = { possible: new Set(), certain: new Set() }

function union(sets: readonly Iterable<string>[]): Set<string> {
  const all = new Set<string>()
  for (const set of sets) for (const name of set) all.add(name)
  return all
}

function within({ possible, certain }: Binding, names: readonly string[]): Binding {
  return {
    possible: new Set(names.filter(name => possible.has(name))),
    certain: new Set(names.filter(name => certain.has(name))),
  }
}
