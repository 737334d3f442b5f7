import type { Quad, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { QuadStore } from '../store/quad-store.ts'
import { type Algebra, renamed, variablesOf } from './algebra.ts'
import { Expressions } from './expression.ts'
import type { FunctionContext } from './functions.ts'
import { Gathering, type Given, type Item, type ItemPlanner, isVolatile, type Known } from './gathering.ts'
import { Group } from './group.ts'
import { Intersection } from './intersection.ts'
import { intersecting, nextOf } from './join-order.ts'
import { Distinct, Ordered, Slice } from './modifiers.ts'
import { Copy, Extend, Filter, hasSolution, type Operator, Optional, Same, Sequence, Union, Unit } from './operator.ts'
import { PathScan } from './path.ts'
import { PatternScan, type PatternSlots } from './pattern.ts'
import { PatternItem } from './pattern-item.ts'
import type { Registers } from './registers.ts'
import { Rows } from './rows.ts'
import { type Binding, type Block, bindingOf, isAggregated, projectedOf, Unsupported } from './scope.ts'
import { type Statistics, statisticsOf } from './statistics.ts'
import { Counted, type PlanStep } from './step.ts'
import { Isolated, Table } from './table.ts'
import type { TermIds } from './term-ids.ts'
import { Destructured } from './triple-term.ts'

const NO_NAMES: ReadonlySet<string> = new Set()
const NONE_GIVEN: Given = new Map()
const NOTHING: Known = { possible: NO_NAMES, certain: NO_NAMES, constants: new Map() }

const NONE: readonly never[] = []

/** After all that is joined, in the order in which they stand. */
const LAST = 1e15

/** Turns algebra that is `scoped` into operators over registers. */
export class Planner implements ItemPlanner {
  readonly #store: QuadStore
  readonly #registers: Registers
  readonly #ids: TermIds
  readonly #context: FunctionContext
  readonly #statistics: Statistics
  /** What has to be forgotten before another run. */
  readonly isolated: Isolated[] = []
  /** What was planned, in the order in which it is done. */
  readonly steps: PlanStep[] = []
  readonly #isTraced: boolean
  readonly #constants = new Map<Term, number>()
  #depth = 0
  #names = 0
  readonly #scanOf = (node: Algebra): PatternScan => new PatternScan(this.#store, this.#registers, this.#patternSlots(node))
  readonly #idOfTerm = (term: Term): number => this.#idOf(term)

  /** @param isTraced whether the steps count what they do */
  constructor(store: QuadStore, registers: Registers, ids: TermIds, context: FunctionContext, isTraced: boolean) {
    this.#isTraced = isTraced
    this.#store = store
    this.#registers = registers
    this.#ids = ids
    this.#context = context
    this.#statistics = statisticsOf(store)
  }

  /** A query from its modifiers on. */
  query(node: Algebra, given = NONE_GIVEN, projected?: readonly string[], most?: number): Operator {
    const input = node.input as Algebra
    switch (node.type) {
      case 'slice': {
        const { start = 0, length } = node as { readonly start?: number; readonly length?: number }
        const wanted = length === undefined ? undefined : start + length
        return this.#noted(node, () => new Slice(this.#registers, this.query(input, given, projected, wanted), start, length))
      }
      case 'distinct':
      case 'reduced':
        return this.#noted(node, () => new Distinct(this.#registers, this.query(input, given), this.#slots(projectedOf(node))))
      case 'project':
        return this.query(
          input,
          given,
          (node.variables as Variable[]).map(({ value }) => value),
          most,
        )
      case 'orderby':
        return this.#noted(node, () => this.#ordered(node, given, projected, most))
      case 'filter':
      case 'extend':
        if (!isAggregated(input)) return this.pattern(node, onlyGiven(given), given, NO_NAMES)
        return new Sequence(this.#registers, [this.query(input, given), this.#step(node, () => bindingOf(input))])
      case 'group':
        return this.#noted(node, () => this.#grouped(node, given))
      default:
        return this.pattern(node, onlyGiven(given), given, NO_NAMES)
    }
  }

  #ordered(node: Algebra, given: Given, projected: readonly string[] | undefined, most: number | undefined): Ordered {
    const input = node.input as Algebra
    const before = this.query(input, given)
    const expressions = this.#expressions(() => bindingOf(input))
    const keys = (node.expressions as Algebra[]).map(expression => {
      const isDescending = expression.operator === 'desc'
      const key = isDescending || expression.operator === 'asc' ? (expression.args as Algebra[])[0]! : expression
      return { id: expressions.id(key), isDescending }
    })
    const names = projected ?? [...bindingOf(input).possible]
    return new Ordered(this.#registers, this.#ids, before, this.#slots(names), keys, most)
  }

  #grouped(node: Algebra, given: Given): Group {
    const input = node.input as Algebra
    const before = this.pattern(input, onlyGiven(given), given, NO_NAMES)
    const keys = this.#slots((node.variables as Variable[]).map(({ value }) => value))
    const aggregates = (node.aggregates as Algebra[]).map(aggregate => ({
      node: aggregate,
      slot: this.#registers.slotOf((aggregate.variable as Term).value),
      all: this.#slots(variablesOf((aggregate.expression as Algebra).variables)),
    }))
    const expressions = this.#expressions(() => bindingOf(input))
    return new Group(this.#registers, this.#ids, before, keys, aggregates, expressions)
  }

  /**
   * @param outer what may have a value when it is opened
   * @param foreign what others than the solution that an EXISTS is asked of may give a value
   */
  pattern(node: Algebra, outer: Known, given = NONE_GIVEN, foreign = outer.possible): Operator {
    const left = new Gathering(this, given).gather(node, foreign)
    const now = { possible: new Set(outer.possible), certain: new Set(outer.certain), constants: outer.constants }
    const steps: Operator[] = []
    // What may have a value while a step runs is all that the group gives; what certainly has one is known by then.
    let whole: ReadonlySet<string> | undefined
    const within = (): Known => {
      whole ??= new Set([...now.possible, ...left.flatMap(item => [...item.possible])])
      return { possible: whole, certain: new Set(now.certain), constants: now.constants }
    }
    while (left.length > 0) {
      const next = nextOf(left, now)
      if (next === undefined) {
        left.push(this.#missingGraph(left, now.certain))
        continue
      }
      const alike = intersecting(next, left, now)
      const cost = this.#isTraced ? next.cost(now) : undefined
      if (alike.length > 1) {
        const patterns = { type: 'intersection', input: alike.map(({ node }) => node) }
        steps.push(this.#noted(patterns, () => this.#intersection(alike, now.possible), cost))
      } else steps.push(this.#noted(next.node, () => next.plan(within), cost))
      for (const item of alike.length > 1 ? alike : [next]) {
        left.splice(left.indexOf(item), 1)
        for (const name of item.possible) now.possible.add(name)
        for (const name of item.certain) now.certain.add(name)
      }
      if (next.node.type === 'values') now.constants = this.#noting(next.node, now.constants)
    }
    return steps.length === 0 ? new Unit() : steps.length === 1 ? steps[0]! : new Sequence(this.#registers, steps)
  }

  /** The names of all graphs, for what has to be asked in a graph that nothing else gives. */
  #missingGraph(left: readonly Item[], certain: ReadonlySet<string>): Item {
    const graph = left.flatMap(({ requires }) => requires).find(name => !certain.has(name))
    if (graph === undefined) throw new Unsupported('a pattern that waits for itself')
    return this.item({ type: 'graphnames', name: DataFactory.variable(graph) })
  }

  #intersection(items: readonly Item[], bound: ReadonlySet<string>): Intersection {
    const name = [...items[0]!.possible].find(one => !bound.has(one))!
    const patterns = items.map(({ node }) => this.#patternSlots(node))
    return new Intersection(this.#store, this.#registers, this.#registers.slotOf(name), patterns)
  }

  /**
   * A pattern by itself, of whatever stands around it.
   *
   * @param graph where it is asked
   * @param columns what of it is wanted
   */
  isolate(node: Algebra, graph: Term, given: Given, columns: Iterable<string> = bindingOf(node).possible): Item {
    const parameters = namesIn(graph)
    const suffix = this.#names++
    const inside = new Map(variablesOf(node).flatMap(name => (parameters.includes(name) ? [] : [[name, `${name}:${suffix}`]])))
    const names = [...columns].filter(name => !parameters.includes(name))
    const plan = (): Isolated => {
      const [known, imports] = this.#imported(given, inside)
      const input = this.pattern(renamed(node, inside) as Algebra, onlyGiven(known), known, NO_NAMES)
      return this.#isolated(
        input,
        names,
        names.map(name => inside.get(name)!),
        parameters,
        imports,
      )
    }
    return { ...this.#alone(node), requires: parameters, plan }
  }

  /** What a pattern by itself knows of the solution that an EXISTS is asked of, and the registers that get its values. */
  #imported(
    given: Given,
    inside: ReadonlyMap<string, string>,
  ): readonly [Given, readonly (readonly [from: number, to: number])[]] {
    const known = new Map<string, string>()
    const imports: [number, number][] = []
    for (const [name, kept] of given) {
      const own = inside.get(name)
      if (own === undefined) continue
      known.set(own, kept === name ? own : `${own}:given`)
      for (const to of new Set([own, known.get(own)!])) imports.push([this.#registers.slotOf(kept), this.#registers.slotOf(to)])
    }
    return [known, imports]
  }

  /** What is joined with others. */
  item(node: Algebra, given = NONE_GIVEN): Item {
    switch (node.type) {
      case 'pattern':
        return new PatternItem(node, this.#idOfTerm, this.#statistics, this.#scanOf)
      case 'path': {
        const slots = (): PatternSlots => [
          this.#slotOf(node.subject as Term),
          0,
          this.#slotOf(node.object as Term),
          this.#slotOf(node.graph as Term),
        ]
        return {
          ...this.#alone(node),
          requires: namesIn(node.graph as Term),
          cost: known => this.#pathCost(node, known),
          plan: () => new PathScan(this.#store, this.#registers, slots(), node, term => this.#ids.idOf(term)),
        }
      }
      case 'destructured': {
        const { variable, term } = node as Algebra & { readonly variable: Variable; readonly term: Quad }
        return {
          ...this.#alone(node),
          requires: [variable.value],
          isCheck: true,
          plan: () => new Destructured(this.#registers, this.#ids, this.#slotOf(variable), term),
        }
      }
      case 'values':
        return { ...this.#alone(node), cost: known => valuesCost(node, known), plan: () => this.#values(node) }
      case 'union': {
        const inputs = node.input as Algebra[]
        return {
          ...this.#alone(node),
          cost: known => inputs.reduce((sum, input) => sum + this.#leastCost(input, known), 0),
          plan: known => new Union(inputs.map(input => this.pattern(input, known(), given))),
        }
      }
      case 'block': {
        const { input, columns, parameters } = node as Block
        const shared = parameters.map(({ value }) => value)
        const [outside, inside] = [0, 1].map(side => columns.map(column => column[side as 0 | 1].value)) as [string[], string[]]
        const plan = (): Isolated => {
          const names = outside.map((name, index) => [name, inside[index]!] as const)
          const [known, imports] = this.#imported(given, new Map(names.filter(([name]) => (node as Block).given.has(name))))
          return this.#isolated(this.query(input, known), outside, inside, shared, imports)
        }
        return { ...this.#alone(node), requires: shared, plan }
      }
      case 'graphnames':
        return {
          ...this.#alone(node),
          cost: ({ possible }) =>
            namesIn(node.name as Term).every(name => possible.has(name)) ? 0.5 : this.#store.graphNames().length,
          plan: () => this.#graphNames(node.name as Term),
        }
      case 'same': {
        const [one, other] = node.variables as [Variable, Variable]
        const slots = [this.#slotOf(one), this.#slotOf(other)] as const
        return { ...this.#alone(node), requires: [other.value], isCheck: true, plan: () => new Same(this.#registers, slots) }
      }
      default:
        throw new Unsupported(node.type)
    }
  }

  /** A condition, BIND, OPTIONAL or MINUS over what was gathered before it. */
  stage(node: Algebra, needs: readonly string[], after: readonly Item[], given: Given): Item {
    const own = ownBinding(node)
    return {
      node,
      ...own,
      requires: [],
      needs,
      after,
      isVolatile: isVolatile(node.expression),
      isCheck: node.type !== 'leftjoin',
      cost: () => LAST,
      plan: outer => this.#stageStep(node, outer, given),
    }
  }

  #stageStep(node: Algebra, outer: () => Known, given: Given): Operator {
    if (node.type === 'filter' || node.type === 'extend') return this.#step(node, outer)
    const [left, right] = node.input as [Algebra, Algebra]
    if (node.type === 'leftjoin') {
      const input = this.pattern(right, outer(), given)
      const condition = node.expression as Algebra | undefined
      return new Optional(this.#registers, input, condition && this.#expressions(outer).condition(condition))
    }
    const parameters = namesIn(node.graph as Term)
    const [one, other] = [bindingOf(left), bindingOf(right)]
    const shared = [...one.possible].filter(name => other.possible.has(name) && !parameters.includes(name))
    if (shared.length === 0) return new Unit()
    if (shared.every(name => one.certain.has(name) && other.certain.has(name))) {
      const input = this.pattern(right, outer(), given)
      return new Filter(() => !hasSolution(input))
    }
    const removed = this.isolate(right, node.graph as Term, given, shared).plan(() => NOTHING) as Isolated
    return new Filter(() => !removed.hasShared())
  }

  /** A FILTER or BIND. */
  #step(node: Algebra, outer: () => Binding): Operator {
    const expression = node.expression as Algebra
    if (node.type === 'filter') return new Filter(this.#expressions(outer).condition(expression))
    const slot = this.#registers.slotOf((node.variable as Term).value)
    return new Extend(this.#registers, slot, this.#expressions(outer).id(expression))
  }

  #expressions(outer: () => Binding): Expressions {
    const existing = (pattern: Algebra): Operator => this.#existing(pattern, outer())
    return new Expressions({ registers: this.#registers, ids: this.#ids, context: this.#context, existing })
  }

  /** The pattern of an EXISTS. What may have no value in the solution that it is asked of is kept apart, as others may give it one. */
  #existing(pattern: Algebra, { possible, certain }: Binding): Operator {
    const names = [...new Set(variablesOf(pattern))].filter(name => possible.has(name))
    const suffix = this.#names++
    const given = new Map(names.map(name => [name, certain.has(name) ? name : `${name}:given${suffix}`]))
    const foreign = new Set([...possible].filter(name => !given.has(name)))
    const input = this.pattern(pattern, { possible, certain, constants: NOTHING.constants }, given, foreign)
    const copies = names.filter(name => !certain.has(name)).map(name => this.#slots([name, given.get(name)!]))
    return copies.length === 0
      ? input
      : new Sequence(this.#registers, [new Copy(this.#registers, copies as [number, number][]), input])
  }

  #alone(node: Algebra): Item {
    const { possible, certain } = bindingOf(node)
    const cost = (known: Known): number => ([...possible].some(name => known.possible.has(name)) ? 2 : 30)
    const rest = { requires: NONE, needs: NONE, after: NONE, isVolatile: false, isCheck: false, plan: () => new Unit() }
    return { node, possible, certain, cost, ...rest }
  }

  #isolated(
    input: Operator,
    outside: readonly string[],
    inside: readonly string[],
    parameters: readonly string[],
    imports: readonly (readonly [from: number, to: number])[],
  ): Isolated {
    const table = new Isolated(
      this.#registers,
      input,
      this.#slots(outside),
      this.#slots(inside),
      this.#slots(parameters),
      imports,
    )
    this.isolated.push(table)
    return table
  }

  #patternSlots({ subject, predicate, object, graph }: Algebra): PatternSlots {
    const [first, second, third] = [subject, predicate, object].map(term => this.#slotOf(term as Term))
    return [first!, second!, third!, this.#slotOf(graph as Term)]
  }

  #values(node: Algebra): Table {
    const names = (node.variables as Variable[]).map(({ value }) => value)
    const bindings = node.bindings as readonly Record<string, Term>[]
    const rows = new Rows(names.length, Math.max(1, bindings.length))
    const places = names.map((_, index) => index)
    const row = new Uint32Array(names.length)
    for (const binding of bindings) {
      for (let index = 0; index < names.length; index++) {
        const term = binding[names[index]!]
        row[index] = term === undefined ? 0 : this.#ids.idOf(term)
      }
      rows.push(row, places)
    }
    return new Table(this.#registers, this.#slots(names), rows)
  }

  /** What is known of constants after one row of VALUES, too. */
  #noting(node: Algebra, constants: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const bindings = node.bindings as readonly Record<string, Term>[]
    if (bindings.length !== 1) return constants
    return new Map([...constants, ...Object.entries(bindings[0]!).map(([name, term]) => [name, this.#ids.idOf(term)] as const)])
  }

  #graphNames(name: Term): Table {
    const names = this.#store.graphNames()
    const rows = new Rows(1, names.length + 1)
    for (const graph of names) rows.push(Uint32Array.of(graph), [0])
    return new Table(this.#registers, [this.#slotOf(name)], rows)
  }

  #slots(names: readonly string[]): number[] {
    return names.map(name => this.#registers.slotOf(name))
  }

  #slotOf(term: Term): number {
    return term.termType === 'Variable' ? this.#registers.slotOf(term.value) : this.#registers.constant(this.#idOf(term))
  }

  /** The id of a constant. */
  #idOf(term: Term): number {
    let id = this.#constants.get(term)
    if (id === undefined) {
      id = term.termType === 'DefaultGraph' ? this.#store.defaultGraph : this.#ids.idOf(term)
      this.#constants.set(term, id)
    }
    return id
  }

  #pathCost({ subject, object, graph }: Algebra, { possible }: Known): number {
    const ends = [subject, object].filter(end => namesIn(end as Term).every(name => possible.has(name))).length
    if (ends > 0) return ends === 2 ? 0.5 : 10
    const term = graph as Term
    return 2 * this.#store.countTriples(term.termType === 'DefaultGraph' ? this.#store.defaultGraph : 1) + 100
  }

  #leastCost(node: Algebra, known: Known): number {
    const costs = new Gathering(this, NONE_GIVEN).gather(node, known.possible).map(item => item.cost(known))
    return costs.length === 0 ? 1 : Math.min(...costs)
  }

  /** A step, with what stands within it, in the order of work. */
  #noted(node: Algebra, plan: () => Operator, cost?: number): Operator {
    const step = { node, depth: this.#depth, estimate: cost === LAST ? undefined : cost, opened: 0, solutions: 0 }
    this.steps.push(step)
    this.#depth++
    const operator = plan()
    this.#depth--
    return this.#isTraced ? new Counted(operator, step) : operator
  }
}

/** What a stage gives by itself. */
function ownBinding(node: Algebra): Binding {
  if (node.type === 'extend') return { possible: new Set([(node.variable as Term).value]), certain: new Set() }
  if (node.type === 'leftjoin') return { possible: bindingOf((node.input as Algebra[])[1]!).possible, certain: new Set() }
  return { possible: new Set(), certain: new Set() }
}

function valuesCost(node: Algebra, { possible }: Known): number {
  const names = (node.variables as Variable[]).map(({ value }) => value)
  const count = (node.bindings as readonly unknown[]).length
  return names.length > 0 && names.every(name => possible.has(name)) ? Math.min(0.5, count) : count
}

/** What is known in a pattern by itself. */
function onlyGiven(given: Given): Known {
  const names = [...given.keys()]
  const certain = new Set(names.filter(name => given.get(name) === name))
  return { possible: new Set(names), certain, constants: NOTHING.constants }
}

function namesIn(term: Term): string[] {
  return term.termType === 'Variable' ? [term.value] : []
}
