import type { Bindings, Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Solution } from '../sparql/evaluation.ts'

/** A solution as RDF/JS has it, for Comunica: without a table to be copied for each. */
export class SolutionBindings implements Bindings {
  readonly type = 'bindings'
  readonly #solution: Solution

  constructor(solution: Solution) {
    this.#solution = solution
  }

  get size(): number {
    return this.#solution.size
  }

  has(key: Variable | string): boolean {
    return this.#solution.has(nameOf(key))
  }

  get(key: Variable | string): Term | undefined {
    return this.#solution.get(nameOf(key))
  }

  set(key: Variable | string, value: Term): Bindings {
    return new SolutionBindings(new Map(this.#solution).set(nameOf(key), value))
  }

  delete(key: Variable | string): Bindings {
    const rest = new Map(this.#solution)
    rest.delete(nameOf(key))
    return new SolutionBindings(rest)
  }

  *keys(): Generator<Variable> {
    for (const name of this.#solution.keys()) yield DataFactory.variable(name)
  }

  values(): Iterable<Term> {
    return this.#solution.values()
  }

  *[Symbol.iterator](): Generator<[Variable, Term]> {
    for (const [name, term] of this.#solution) yield [DataFactory.variable(name), term]
  }

  forEach(visit: (value: Term, key: Variable) => void): void {
    for (const [variable, term] of this) visit(term, variable)
  }

  equals(other: Bindings | null | undefined): boolean {
    if (other?.size !== this.size) return false
    for (const [name, term] of this.#solution) if (!term.equals(other.get(name))) return false
    return true
  }

  filter(holds: (value: Term, key: Variable) => boolean): Bindings {
    return new SolutionBindings(
      new Map([...this].filter(([variable, term]) => holds(term, variable)).map(([{ value }, term]) => [value, term])),
    )
  }

  /** Itself where nothing changes: Comunica asks of each term of each solution whether it is a blank node. */
  map(change: (value: Term, key: Variable) => Term): Bindings {
    let changed: Map<string, Term> | undefined
    for (const [name, term] of this.#solution) {
      const other = change(term, DataFactory.variable(name))
      if (other === term) continue
      changed ??= new Map(this.#solution)
      changed.set(name, other)
    }
    return changed === undefined ? this : new SolutionBindings(changed)
  }

  merge(other: Bindings): Bindings | undefined {
    for (const [name, term] of this.#solution) if (!(other.get(name)?.equals(term) ?? true)) return undefined
    return this.mergeWith(term => term, other)
  }

  mergeWith(merger: (own: Term, other: Term, key: Variable) => Term, other: Bindings): Bindings {
    // Comunica's own carry more than terms.
    if ('contextHolder' in other) return other.mergeWith((theirs, own, key) => merger(own, theirs, key), this)
    const merged = new Map(this.#solution)
    for (const [variable, term] of other) {
      const own = merged.get(variable.value)
      merged.set(variable.value, own === undefined || own.equals(term) ? term : merger(own, term, variable))
    }
    return new SolutionBindings(merged)
  }

  toString(): string {
    return JSON.stringify(Object.fromEntries(this.#solution), null, 2)
  }
}

function nameOf(key: Variable | string): string {
  return typeof key === 'string' ? key : key.value
}
