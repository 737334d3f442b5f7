import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { type Algebra, isNode, nodesOf, variablesOf } from '../sparql/algebra.ts'
import { describedDataset } from '../sparql/dataset.ts'
import type { Plan } from '../sparql/evaluation.ts'
import { bindingOf, projectedOf } from '../sparql/scope.ts'
import type { RunLimits } from '../sparql/watch.ts'
import type { Wanted } from '../store/quad-lookup.ts'
import type { QuadStore } from '../store/quad-store.ts'
import type { ItemStream, StreamOf } from './lazy-iterator.ts'
import { parsed } from './parse.ts'
import { planOf } from './plan.ts'
import { SolutionBindings } from './solution-bindings.ts'

/** What Comunica knows of a query while it works on it, by name. */
export interface ActionContext {
  getRaw(name: string): unknown
}

const KEYS = {
  text: '@comunica/actor-init-query:queryString',
  format: '@comunica/actor-init-query:queryFormat',
  query: '@comunica/actor-init-query:query',
  baseIRI: '@comunica/actor-init-query:baseIRI',
  sources: '@comunica/bus-query-operation:querySources',
  isUnion: '@comunica/bus-query-operation:unionDefaultGraph',
}

/** What a source can do, as Comunica's `FragmentSelectorShape`. */
export interface SelectorShape {
  readonly type: 'disjunction'
  readonly children: readonly object[]
}

/**
 * A store as Comunica asks a source that takes whole plans (its `IQuerySource`). If the store is all that is asked and our engine can
 * answer the query, it is handed over as a whole, as its text; else as many of its parts as can be evaluated by themselves.
 */
export class StoreSource {
  readonly referenceValue: QuadStore
  readonly #streamOf: StreamOf
  readonly #limits: RunLimits
  readonly #shapes = new WeakMap<Algebra, SelectorShape>()
  #read: { readonly text: string; readonly baseIRI: string | undefined; readonly algebra: Algebra } | undefined
  #union: { readonly version: number; readonly store: QuadStore } | undefined

  /** @param streamOf makes streams as the engine has them */
  constructor(store: QuadStore, streamOf: StreamOf, limits: RunLimits = {}) {
    this.referenceValue = store
    this.#limits = limits
    this.#streamOf = streamOf
  }

  /** Of 0 to 1: it finds no more than what is asked for. */
  async getFilterFactor(): Promise<number> {
    return 1
  }

  async getSelectorShape(context: ActionContext): Promise<SelectorShape> {
    const query = context.getRaw(KEYS.query) as Algebra
    if (isAssigned(query)) return shapeOf(TYPES)
    if (isAlone(context) && !isAboveAsk(query) && this.#plan(query, context) !== undefined) return shapeOf(TYPES)
    let shape = this.#shapes.get(query)
    if (shape === undefined) {
      shape = shapeOf(isRearranged(query) ? ['pattern'] : partTypes(query, this.referenceValue))
      this.#shapes.set(query, shape)
    }
    return shape
  }

  queryBindings(operation: Algebra, context: ActionContext): ItemStream<SolutionBindings> {
    const { possible, certain } = bindingOf(operation)
    const names = isQuery(operation) ? projectedOf(operation) : [...possible]
    return this.#stream(this.#bindings(operation, context), {
      cardinality: cardinalityOf(operation, this.#storeFor(context)),
      variables: names.map(name => ({ variable: DataFactory.variable(name), canBeUndef: !certain.has(name) })),
    })
  }

  queryQuads(operation: Algebra, context: ActionContext): ItemStream<Quad> {
    return this.#stream(this.#quads(operation, context), { cardinality: estimate(this.referenceValue.size) })
  }

  async queryBoolean(operation: Algebra, context: ActionContext): Promise<boolean> {
    return this.#planned(operation, context).ask(this.#limits)
  }

  async queryVoid(): Promise<void> {
    throw new CommuniqueError('query-refused', { what: 'an update is not a query: the store changes by its own methods only' })
  }

  toString(): string {
    return 'communique'
  }

  *#bindings(operation: Algebra, context: ActionContext): Generator<SolutionBindings> {
    for (const solution of this.#planned(operation, context).solutions(this.#limits)) yield new SolutionBindings(solution)
  }

  *#quads(operation: Algebra, context: ActionContext): Generator<Quad> {
    // Comunica makes a DESCRIBE of several things a union of CONSTRUCTs.
    if (operation.type === 'union' && textOf(context) === undefined)
      for (const input of operation.input as Algebra[]) yield* this.#quads(input, context)
    else yield* this.#planned(operation, context).quads(this.#limits)
  }

  #stream<T>(items: Iterable<T>, metadata: object): ItemStream<T> {
    const stream = this.#streamOf(items)
    stream.setProperty('metadata', { state: ALWAYS_VALID, ...metadata })
    return stream
  }

  #planned(operation: Algebra, context: ActionContext): Plan {
    const plan = this.#plan(operation, context)
    if (plan === undefined) throw new CommuniqueError('query-failed', { what: `${operation.type} is not evaluated here` })
    return plan
  }

  /** The text is better than what it was made to: Comunica's algebra knows of graphs only where there are patterns in them. */
  #plan(operation: Algebra, context: ActionContext): Plan | undefined {
    const text = textOf(context)
    const baseIRI = context.getRaw(KEYS.baseIRI) as string | undefined
    const algebra = text === undefined ? selecting(operation) : this.#parsed(text, baseIRI)
    return planOf(this.#storeFor(context), algebra, { baseIRI })
  }

  #parsed(text: string, baseIRI: string | undefined): Algebra {
    if (this.#read?.text !== text || this.#read.baseIRI !== baseIRI)
      this.#read = { text, baseIRI, algebra: parsed(text, { baseIRI }) }
    return this.#read.algebra
  }

  /** The store; where the default graph is to be the union of all graphs, a copy in which it is. */
  #storeFor(context: ActionContext): QuadStore {
    const store = this.referenceValue
    if (context.getRaw(KEYS.isUnion) !== true) return store
    if (this.#union?.version !== store.version) {
      const named = [...store.graphNames()].map(id => store.dictionary.termOf(id))
      this.#union = { version: store.version, store: describedDataset(store, [DataFactory.defaultGraph(), ...named], named) }
    }
    return this.#union.store
  }
}

/** Nodes of Comunica's algebra that our engine evaluates. Updates, SERVICE and those that Comunica has for itself are none. */
const TYPES: readonly string[] = [
  ...['pattern', 'bgp', 'path', 'values', 'join', 'leftjoin', 'union', 'minus', 'filter', 'extend', 'graph'],
  ...['group', 'orderby', 'project', 'distinct', 'reduced', 'slice', 'from', 'ask', 'construct'],
]

function shapeOf(types: readonly string[]): SelectorShape {
  return { type: 'disjunction', children: types.map(type => ({ type: 'operation', operation: { operationType: 'type', type } })) }
}

const ALWAYS_VALID = { valid: true, invalidate: () => undefined, addInvalidateListener: () => undefined }

/** The text of a query that is asked as a whole. */
function textOf(context: ActionContext): string | undefined {
  const { language } = (context.getRaw(KEYS.format) as { readonly language?: string } | undefined) ?? {}
  return language === 'sparql' ? (context.getRaw(KEYS.text) as string | undefined) : undefined
}

function isAlone(context: ActionContext): boolean {
  return (context.getRaw(KEYS.sources) as readonly unknown[] | undefined)?.length === 1
}

/** Whether it is settled which source answers which part. */
function isAssigned(query: Algebra): boolean {
  for (const { metadata } of nodesOf(query))
    if ((metadata as { readonly scopedSource?: unknown } | undefined)?.scopedSource !== undefined) return true
  return false
}

/** Whether FROM or LIMIT stands above ASK: then Comunica would ask for solutions. */
function isAboveAsk({ type, input }: Algebra): boolean {
  return WITHIN.has(type) && ((input as Algebra).type === 'ask' || isAboveAsk(input as Algebra))
}

function isQuery({ type, input }: Algebra): boolean {
  return FORMS.has(type) || (WITHIN.has(type) && isQuery(input as Algebra))
}

const FORMS: ReadonlySet<string> = new Set(['project', 'ask', 'construct', 'describe'])
/** What may stand above the form of a query. */
const WITHIN: ReadonlySet<string> = new Set(['from', 'slice', 'distinct', 'reduced'])

/** A part of a query as a query. */
function selecting(operation: Algebra): Algebra {
  if (isQuery(operation)) return operation
  const variables = [...bindingOf(operation).possible].map(name => DataFactory.variable(name))
  return { type: 'project', variables, input: operation }
}

/**
 * Whether Comunica, which puts values into one side of a join, does so with parts that it takes to pieces: a filter and a SELECT, where
 * it forgets whose a part below them was.
 */
function isRearranged(node: Algebra, isWithin = false): boolean {
  if (node.type === 'leftjoin' && node.expression !== undefined) return true
  if (isWithin && (node.type === 'filter' || node.type === 'project')) return true
  const inputs = [node.input].flat().filter(isNode)
  return inputs.some(input => isRearranged(input, isWithin || inputs.length > 1))
}

/**
 * The types of nodes that are taken as parts of a query: those of which all in it can be evaluated alone. Some never are: where a
 * source takes filters, Comunica moves them to patterns that it believes to be concerned, and loses those of no pattern; where it may
 * ASK whether a pattern has a match at all, and it has none within NOT EXISTS, the query has no answer.
 */
function partTypes(query: Algebra, store: QuadStore): string[] {
  const withheld = new Set(['filter', 'ask'])
  for (const node of nodesOf(query)) if (TYPES.includes(node.type) && !isEvaluatedAlone(node, store)) withheld.add(node.type)
  return TYPES.filter(type => !withheld.has(type))
}

/** Whether the expressions of a node are known, and speak neither of patterns, which are perhaps others' as well, nor of the run. */
function isEvaluatedAlone(node: Algebra, store: QuadStore): boolean {
  const expressions = [node.expression, node.expressions, node.aggregates].filter(part => part !== undefined)
  if (expressions.length === 0) return true
  for (const { subType, operator } of nodesOf(expressions)) if (subType === 'existence' || OF_THE_RUN.has(operator)) return false
  const input = Array.isArray(node.input) ? node.input.map(() => UNIT) : UNIT
  return planOf(store, selecting({ ...node, input }), { baseIRI: undefined }) !== undefined
}

const OF_THE_RUN: ReadonlySet<unknown> = new Set(['bnode', 'now'])
const UNIT: Algebra = { type: 'bgp', patterns: [] }

interface Cardinality {
  readonly type: 'exact' | 'estimate'
  readonly value: number
}

function estimate(value: number): Cardinality {
  return { type: 'estimate', value }
}

/** How many solutions a part of a query has, more or less, by which Comunica orders joins: never 0 where there may be one. */
function cardinalityOf(node: Algebra, store: QuadStore): Cardinality {
  const inputs = (): number[] => [node.input ?? node.patterns].flat().map(part => cardinalityOf(part as Algebra, store).value)
  switch (node.type) {
    case 'pattern':
      return patternCardinality(node, store)
    case 'bgp':
    case 'join':
      return estimate(inputs().reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY))
    case 'union':
      return estimate(inputs().reduce((sum, count) => sum + count, 0))
    case 'values':
      return { type: 'exact', value: (node.bindings as readonly unknown[]).length }
    case 'slice':
      return estimate(Math.min((node.length as number | undefined) ?? Number.POSITIVE_INFINITY, ...inputs()))
    case 'leftjoin':
    case 'minus':
    case 'filter':
    case 'extend':
    case 'project':
    case 'distinct':
    case 'reduced':
    case 'orderby':
      return estimate(inputs()[0]!)
    case 'group':
      return estimate(Math.max(1, ...inputs()))
    default:
      return estimate(store.size + 1)
  }
}

function patternCardinality(pattern: Algebra, store: QuadStore): Cardinality {
  const terms = [pattern.subject, pattern.predicate, pattern.object, pattern.graph] as Term[]
  const wanted = terms.map(term => (variablesOf(term).length > 0 ? null : term)) as [Wanted, Wanted, Wanted, Wanted]
  const names = terms.flatMap(variablesOf)
  const isOpen = terms.some((term, part) => wanted[part] === null && (part === 3 || term.termType === 'Quad'))
  const isExact = !isOpen && new Set(names).size === names.length
  return { type: isExact ? 'exact' : 'estimate', value: store.countQuads(...wanted) }
}
