import type { Term } from '@rdfjs/types'
import type { Algebra } from './algebra.ts'
import type { Item, Known } from './gathering.ts'
import type { Operator } from './operator.ts'
import { bindingOf } from './scope.ts'
import type { PatternIds, Statistics } from './statistics.ts'

const NONE: readonly never[] = []

/** Bits of subject, predicate and object. */
const TRIPLE = 0b111

/** A triple pattern among what it is joined with. A class, as most items are such: they have one shape, and no functions of their own. */
export class PatternItem implements Item {
  readonly node: Algebra
  readonly possible: ReadonlySet<string>
  readonly certain: ReadonlySet<string>
  readonly requires = NONE
  readonly needs = NONE
  readonly after = NONE
  readonly isVolatile = false
  readonly isCheck = false
  readonly #terms: readonly Term[]
  /** Of constants; 0 of variables. */
  readonly #ids: PatternIds
  readonly #statistics: Statistics
  readonly #scan: (node: Algebra) => Operator
  /** For which parts known by then the cost was asked last, as long as none of them is a constant, and what it was. */
  #knownParts = -1
  #knownCost = 0

  constructor(node: Algebra, idOf: (term: Term) => number, statistics: Statistics, scan: (node: Algebra) => Operator) {
    const { possible, certain } = bindingOf(node)
    this.node = node
    this.possible = possible
    this.certain = certain
    this.#terms = [node.subject, node.predicate, node.object, node.graph] as Term[]
    const id = (term: unknown): number => ((term as Term).termType === 'Variable' ? 0 : idOf(term as Term))
    this.#ids = [id(node.subject), id(node.predicate), id(node.object), id(node.graph)]
    this.#statistics = statistics
    this.#scan = scan
  }

  cost(known: Known): number {
    let parts = 0
    let ids = this.#ids
    for (let index = 0; index < 4; index++) {
      if (this.#ids[index] !== 0) continue
      const { value } = this.#terms[index]!
      const constant = known.constants.size === 0 ? undefined : known.constants.get(value)
      if (constant !== undefined) ids = withId(ids, index, constant)
      else if (known.possible.has(value)) parts |= 1 << index
    }
    if (ids === this.#ids && parts === this.#knownParts) return this.#knownCost
    const found = this.#statistics.fanOut(ids, parts & TRIPLE)
    const cost = (parts & ~TRIPLE) === 0 ? found : found / 2
    if (ids !== this.#ids) return cost
    this.#knownParts = parts
    this.#knownCost = cost
    return cost
  }

  plan(): Operator {
    return this.#scan(this.node)
  }
}

function withId(ids: PatternIds, index: number, id: number): PatternIds {
  const changed = [...ids] as [number, number, number, number]
  changed[index] = id
  return changed
}
