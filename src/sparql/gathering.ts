import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { type Algebra, isNode, variablesOf } from './algebra.ts'
import type { Operator } from './operator.ts'
import { type Binding, bindingOf } from './scope.ts'

/** A part of a group that is planned as one step. */
export interface Item extends Binding {
  readonly node: Algebra
  /** Variables that must have a value before. */
  readonly requires: readonly string[]
  /** Variables whose value must be final before: they have one in each solution, or those that may give them one are done. */
  readonly needs: readonly string[]
  readonly after: readonly Item[]
  /** Whether all of these must be done before, because it has another value each time. */
  readonly isVolatile: boolean
  /** Whether it is done as soon as it can be. */
  readonly isCheck: boolean
  /** How many solutions it has for each one before it. */
  cost(known: Known): number
  /** @param known what is known when it runs */
  plan(known: () => Known): Operator
}

/** What is known before a step. */
export interface Known extends Binding {
  /** Variables that have one value only. */
  readonly constants: ReadonlyMap<string, number>
}

/**
 * Variables that have their value from the solution that an EXISTS is asked of, each with the one whose register keeps that value
 * as it was: itself, if it certainly has one, which then nothing changes.
 */
export type Given = ReadonlyMap<string, string>

/** What makes items of parts of a group. */
export interface ItemPlanner {
  /** What is joined with others. */
  item(node: Algebra, given?: Given): Item
  /** A pattern by itself, of whatever stands around it. */
  isolate(node: Algebra, graph: Term, given: Given): Item
  /** A condition, BIND, OPTIONAL or MINUS over what was gathered before it. */
  stage(node: Algebra, needs: readonly string[], after: readonly Item[], given: Given): Item
}

/** Takes a group to pieces: patterns that may be joined in any order, and what has to wait for them. */
export class Gathering {
  readonly #planner: ItemPlanner
  readonly #given: Given
  #names = 0
  /** Whether what is gathered has others beside it, by which its solutions become more. */
  #isJoined = false

  constructor(planner: ItemPlanner, given: Given) {
    this.#planner = planner
    this.#given = given
  }

  /** @param foreign variables that others may give a value */
  gather(node: Algebra, foreign: ReadonlySet<string>): Item[] {
    switch (node.type) {
      case 'bgp':
        return (node.patterns as Algebra[]).flatMap(pattern => this.#pattern(pattern))
      case 'path':
        return this.#pattern(node)
      case 'join': {
        const inputs = node.input as Algebra[]
        this.#isJoined ||= inputs.length > 1
        return inputs.flatMap(input => {
          const others = inputs.flatMap(other => (other === input ? [] : [...bindingOf(other).possible]))
          return this.gather(input, new Set([...foreign, ...others]))
        })
      }
      case 'filter':
        return this.#staged(node, node.input as Algebra, variablesOf(node.expression), foreign)
      case 'extend': {
        const names = variablesOf(node.expression)
        return this.#staged(node, node.input as Algebra, names, foreign, [(node.variable as Term).value])
      }
      case 'leftjoin':
      case 'minus': {
        const [left, right] = node.input as [Algebra, Algebra]
        const names = variablesOf([right, node.expression])
        return this.#staged(node, left, names, foreign, bindingOf(right).possible)
      }
      default:
        return [this.#planner.item(node, this.#given)]
    }
  }

  /**
   * What is done to the solutions of a pattern can be done later, among others, where the others cannot change what it sees: a value
   * of theirs is one that each solution of the pattern has anyway.
   */
  #staged(
    node: Algebra,
    input: Algebra,
    names: readonly string[],
    foreign: ReadonlySet<string>,
    own: Iterable<string> = [],
  ): Item[] {
    const { certain, possible } = bindingOf(input)
    const isSafe =
      names.every(name => !foreign.has(name) || certain.has(name) || this.#given.get(name) === name) &&
      !(this.#isJoined && isVolatile(node.expression))
    if (!isSafe) return [this.#planner.isolate(node, node.graph as Term, this.#given)]
    const items = this.gather(input, new Set([...foreign, ...own]))
    const needs = [...new Set(names)].filter(name => possible.has(name))
    if (node.type !== 'filter') return [...items, this.#planner.stage(node, needs, items, this.#given)]
    const conditions = conjuncts(node.expression as Algebra)
    const filters = conditions.map(expression => {
      const needed = [...new Set(variablesOf(expression))].filter(name => possible.has(name))
      return this.#planner.stage({ ...node, expression }, needed, items, this.#given)
    })
    const constants = conditions.flatMap(condition => constantOf(condition, certain) ?? [])
    return [...items, ...constants.map(values => this.#planner.item(values)), ...filters]
  }

  /** A triple term with variables is taken apart when it is known. */
  #pattern(pattern: Algebra): Item[] {
    const parts = [pattern.subject, pattern.object] as [Term, Term]
    const apart: Item[] = []
    const [subject, object] = parts.map(term => {
      if (term.termType !== 'Quad' || variablesOf(term).length === 0) return term
      const variable = DataFactory.variable(`triple:${apart.length}:${this.#names++}:${variablesOf(pattern).join(':')}`)
      apart.push(this.#planner.item({ type: 'destructured', variable, term }))
      return variable
    })
    if (apart.length === 0) return [this.#planner.item(pattern)]
    return [this.#planner.item({ ...pattern, subject, object }), ...apart]
  }
}

/** Whether an expression has another value each time. */
export function isVolatile(expression: unknown): boolean {
  if (!isNode(expression)) return false
  if (VOLATILE.has(expression.operator)) return true
  return Object.values(expression).some(part => (Array.isArray(part) ? part.some(isVolatile) : isVolatile(part)))
}

const VOLATILE: ReadonlySet<unknown> = new Set(['bnode', 'rand', 'uuid', 'struuid'])

/** The parts of a condition that must all hold. */
function conjuncts(expression: Algebra): Algebra[] {
  return expression.operator === '&&' ? (expression.args as Algebra[]).flatMap(conjuncts) : [expression]
}

/** `?x = <iri>` and `?x IN (<iri>, ...)` as values that can be looked up. */
function constantOf(condition: Algebra, certain: ReadonlySet<string>): Algebra | undefined {
  if (condition.operator !== '=' && condition.operator !== 'in' && condition.operator !== 'sameterm') return undefined
  const terms = (condition.args as Algebra[]).map(arg => (arg.subType === 'term' ? (arg.term as Term) : undefined))
  const [variables, values] = [
    terms.filter(term => term?.termType === 'Variable'),
    terms.filter(term => term?.termType === 'NamedNode'),
  ]
  if (variables.length !== 1 || values.length !== terms.length - 1) return undefined
  if (condition.operator === 'in' && terms[0] !== variables[0]) return undefined
  const name = variables[0]!.value
  if (!certain.has(name)) return undefined
  const different = [...new Map(values.map(value => [value!.value, value!])).values()]
  return { type: 'values', variables, bindings: different.map(value => ({ [name]: value })) }
}
