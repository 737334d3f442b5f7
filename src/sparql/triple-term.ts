import type { Quad, Term } from '@rdfjs/types'
import type { Operator } from './operator.ts'
import type { Registers } from './registers.ts'
import type { TermIds } from './term-ids.ts'

/** A triple term that is known, matched with one that has variables. */
export class Destructured implements Operator {
  readonly #registers: Registers
  readonly #ids: TermIds
  readonly #slot: number
  readonly #pattern: Quad
  #set: number[] = []
  #isOpen = false

  constructor(registers: Registers, ids: TermIds, slot: number, pattern: Quad) {
    this.#registers = registers
    this.#ids = ids
    this.#slot = slot
    this.#pattern = pattern
    // The registers of its variables have to be there before the plan runs.
    for (const part of [pattern.subject, pattern.predicate, pattern.object]) this.#reserve(part)
  }

  open(): void {
    this.#set = []
    this.#isOpen = this.#matches(this.#pattern, this.#ids.termOf(this.#registers.values[this.#slot]!))
  }

  next(): boolean {
    if (!this.#isOpen) {
      this.close()
      return false
    }
    this.#isOpen = false
    return true
  }

  close(): void {
    for (const slot of this.#set) this.#registers.values[slot] = 0
    this.#set = []
    this.#isOpen = false
  }

  #reserve(term: Term): void {
    if (term.termType === 'Variable') this.#registers.slotOf(term.value)
    if (term.termType === 'Quad') for (const part of [term.subject, term.predicate, term.object]) this.#reserve(part)
  }

  #matches(pattern: Term, term: Term): boolean {
    if (pattern.termType === 'Quad') {
      return (
        term.termType === 'Quad' &&
        this.#matches(pattern.subject, term.subject) &&
        this.#matches(pattern.predicate, term.predicate) &&
        this.#matches(pattern.object, term.object)
      )
    }
    if (pattern.termType !== 'Variable') return pattern.equals(term)
    const slot = this.#registers.slotOf(pattern.value)
    const { values } = this.#registers
    const [known, id] = [values[slot]!, this.#ids.idOf(term)]
    if (known !== 0) return known === id
    values[slot] = id
    this.#set.push(slot)
    return true
  }
}
