import type { Quad, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadKey, quadOf } from '../rdf/term.ts'
import type { QuadStore } from '../store/quad-store.ts'
import { type Algebra, variablesOf } from './algebra.ts'
import { describedDataset } from './dataset.ts'
import type { FunctionContext } from './functions.ts'
import type { Operator } from './operator.ts'
import { Planner } from './planner.ts'
import { Registers, RegistersFull } from './registers.ts'
import { type Binding, bindingOf, projectedOf, scopedQuery, Unsupported } from './scope.ts'
import type { PlanStep } from './step.ts'
import type { Isolated } from './table.ts'
import { TermIds } from './term-ids.ts'
import { type RunLimits, Watch } from './watch.ts'

/** A solution: terms by variable name, without `?`; a variable without a value is absent. */
export type Solution = ReadonlyMap<string, Term>

export interface PlanOptions {
  /** What relative IRIs that the query computes start from. */
  readonly baseIRI?: string | undefined
  /** Whether the steps count what they do. */
  readonly isTraced?: boolean | undefined
}

/**
 * A query that is planned for a store: kept, it runs again and again. One run at a time.
 *
 * @throws Unsupported for what another engine has to do: SERVICE, updates, functions that are not known
 * @example new Plan(QuadStore.of([]), await parseQuery('SELECT ?s { ?s ?p ?o }')).variables // ['s']
 */
export class Plan {
  /** The variables of the head. */
  readonly variables: readonly string[]
  /** In the order in which they are done. */
  readonly steps: readonly PlanStep[]
  readonly #store: QuadStore
  readonly #root: Operator
  readonly #registers: Registers
  readonly #slots: readonly number[]
  readonly #ids: TermIds
  readonly #ownTerms: number
  readonly #isolated: readonly Isolated[]
  readonly #context: Context
  readonly #form: Algebra
  #isRunning = false

  constructor(source: QuadStore, algebra: Algebra, options: PlanOptions = {}) {
    const [store, asked] = described(source, algebra)
    this.#form = formOf(asked)
    const query = queryOf(asked)
    const form = this.#form
    this.#store = store
    this.#context = new Context(options.baseIRI)
    const lowered = scopedQuery(query)
    this.variables = form.type === 'project' ? projectedOf(lowered) : shownOf(form, bindingOf(query))
    for (let room = 64; ; room *= 4) {
      try {
        this.#registers = new Registers(room, new Watch())
        this.#ids = new TermIds(store.dictionary)
        const planner = new Planner(store, this.#registers, this.#ids, this.#context, options.isTraced === true)
        this.#root = planner.query(lowered)
        this.#slots = this.variables.map(name => this.#registers.slotOf(name))
        this.#isolated = planner.isolated
        this.steps = planner.steps
        break
      } catch (error) {
        if (!(error instanceof RegistersFull)) throw error
      }
    }
    this.#ownTerms = this.#ids.localCount
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /**
   * The solutions of a SELECT; whoever stops reading stops the work.
   *
   * @throws CommuniqueError `query-timeout`, `query-too-large` where the work takes more than it may; the signal's reason
   */
  *solutions(limits: RunLimits = {}): Generator<Solution, void, undefined> {
    for (const row of this.#rows(limits)) {
      const solution = new Map<string, Term>()
      for (let index = 0; index < row.length; index++)
        if (row[index] !== 0) solution.set(this.variables[index]!, this.#ids.termOf(row[index]!))
      yield solution
    }
  }

  /** Whether the pattern of an ASK has a solution. Throws as `solutions` does. */
  ask(limits: RunLimits = {}): boolean {
    for (const _ of this.#rows(limits)) return true
    return false
  }

  /** The triples of a CONSTRUCT or DESCRIBE, each once. Throws as `solutions` does. */
  *quads(limits: RunLimits = {}): Generator<Quad, void, undefined> {
    const seen = new Set<string>()
    for (const quad of this.#form.type === 'describe' ? this.#described(limits) : this.#constructed(limits)) {
      const key = quadKey(quad)
      if (!seen.has(key)) yield quad
      seen.add(key)
    }
  }

  *#constructed(limits: RunLimits): Generator<Quad> {
    const template = this.#form.template as Quad[]
    let count = 0
    for (const solution of this.solutions(limits)) {
      count++
      const blanks = new Map<string, Term>()
      for (const triple of template) {
        const quad = instance(triple, solution, label => {
          const blank = blanks.get(label) ?? DataFactory.blankNode(`c${count}_${label}`)
          blanks.set(label, blank)
          return blank
        })
        if (quad !== undefined) yield quad
      }
    }
  }

  *#described(limits: RunLimits): Generator<Quad> {
    const terms = this.#form.terms as Term[]
    const found = new Map<string, Term>()
    for (const term of terms) if (term.termType === 'NamedNode') found.set(`<${term.value}`, term)
    if (this.variables.length > 0)
      for (const solution of this.solutions(limits))
        for (const term of solution.values()) found.set(`${term.termType} ${term.value}`, term)
    for (const term of found.values())
      if (term.termType === 'NamedNode' || term.termType === 'BlankNode')
        yield* this.#store.readQuads(term, null, null, DataFactory.defaultGraph())
  }

  /** The ids of the head's variables; the same array each time. */
  *#rows(limits: RunLimits): Generator<Uint32Array, void, undefined> {
    if (this.#isRunning) throw new Error('the plan is running')
    this.#isRunning = true
    const { values, watch } = this.#registers
    const row = new Uint32Array(this.#slots.length)
    const slots = this.#slots
    let isDone = false
    try {
      watch.begin(limits)
      this.#context.begin()
      for (const table of this.#isolated) table.reset()
      this.#root.open()
      while (this.#root.next()) {
        watch.tick()
        this.#context.row++
        for (let index = 0; index < slots.length; index++) row[index] = values[slots[index]!]!
        yield row
      }
      isDone = true
    } catch (error) {
      this.#registers.reset()
      isDone = true
      throw error
    } finally {
      if (!isDone) this.#root.close()
      this.#ids.truncate(this.#ownTerms)
      this.#isRunning = false
    }
  }
}

/** The dataset that a query describes by FROM, and the query without it. */
function described(store: QuadStore, algebra: Algebra): readonly [QuadStore, Algebra] {
  if (algebra.type !== 'from') return [store, algebra]
  return [describedDataset(store, algebra.default as Term[], algebra.named as Term[]), algebra.input as Algebra]
}

/** What functions know of the query that they are part of. */
class Context implements FunctionContext {
  readonly baseIRI?: string
  row = 0
  #now: Term | undefined
  #blanks = new Map<string, Term>()
  #count = 0

  constructor(baseIRI: string | undefined) {
    if (baseIRI !== undefined) this.baseIRI = baseIRI
  }

  /** The same for the whole of a run. */
  get now(): Term {
    this.#now ??= nowTerm()
    return this.#now
  }

  begin(): void {
    this.#now = undefined
    this.#blanks.clear()
  }

  /** A new node; for one label the same node in one solution. */
  bnode(label?: string): Term {
    const key = `${this.row} ${label}`
    const known = label === undefined ? undefined : this.#blanks.get(key)
    if (known !== undefined) return known
    const blank = DataFactory.blankNode(`f${nextQuery}_${this.#count++}`)
    if (label !== undefined) this.#blanks.set(key, blank)
    return blank
  }
}

const nextQuery = 0

function nowTerm(): Term {
  return DataFactory.literal(new Date().toISOString(), DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#dateTime'))
}

/** The node that says what form of query it is. */
function formOf(algebra: Algebra): Algebra {
  switch (algebra.type) {
    case 'project':
    case 'ask':
    case 'construct':
    case 'describe':
      return algebra
    case 'slice':
    case 'distinct':
    case 'reduced':
      return formOf(algebra.input as Algebra)
    default:
      throw new Unsupported(algebra.type)
  }
}

/** The pattern of a query with its modifiers, which stand above its form. */
function queryOf(algebra: Algebra): Algebra {
  if (algebra.type === 'project') return algebra
  const input = algebra.input as Algebra
  return algebra === formOf(algebra) ? input : { ...algebra, input: queryOf(input) }
}

/** The variables that a CONSTRUCT or DESCRIBE needs of its pattern. */
function shownOf({ type, terms, template }: Algebra, { possible }: Binding): string[] {
  const names = variablesOf(type === 'describe' ? terms : type === 'construct' ? (template as Quad[]) : [])
  // What a sub-SELECT keeps to itself has no value outside, though it may be all of the pattern.
  return [...new Set(names)].filter(name => possible.has(name))
}

/** A triple of a template with the values of a solution; undefined if one is missing or cannot stand there (16.2). */
function instance(triple: Quad, solution: Solution, blank: (label: string) => Term): Quad | undefined {
  const valueIn = (term: Term): Term | undefined => {
    if (term.termType === 'Variable') return solution.get((term as Variable).value)
    if (term.termType === 'BlankNode') return blank(term.value)
    return term.termType === 'Quad' ? instance(term as Quad, solution, blank) : term
  }
  const [subject, predicate, object] = [triple.subject, triple.predicate, triple.object].map(valueIn)
  if (subject === undefined || predicate === undefined || object === undefined) return undefined
  const isTriple = (subject.termType === 'NamedNode' || subject.termType === 'BlankNode') && predicate.termType === 'NamedNode'
  return isTriple ? quadOf(subject, predicate, object) : undefined
}
