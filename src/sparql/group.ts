import type { Algebra } from '../query/algebra.ts'
import { type Accumulator, accumulator } from './aggregate.ts'
import { divide } from './arithmetic.ts'
import type { Expressions } from './expression.ts'
import { integerLiteral } from './literal.ts'
import type { Counting, Operator } from './operator.ts'
import type { Registers } from './registers.ts'
import { RowSet } from './rows.ts'
import type { TermIds } from './term-ids.ts'
import type { Watch } from './watch.ts'

/** An aggregate of a GROUP BY: what it is made of, and the register that it goes to. */
export interface Aggregate {
  readonly node: Algebra
  readonly slot: number
  /** The registers by which COUNT(DISTINCT *) tells solutions apart. */
  readonly all: readonly number[]
}

/**
 * One solution for each different key; without a key one for all there is, even for none.
 *
 * @see SPARQL 1.1 Query Language, 18.5 (Aggregation)
 */
export class Group implements Operator {
  readonly #values: Uint32Array
  readonly #input: Operator
  readonly #keys: readonly number[]
  readonly #slots: readonly number[]
  readonly #tallies: readonly (() => Tally)[]
  readonly #ids: TermIds
  readonly #isRowCount: boolean
  readonly #watch: Watch
  #groups = new RowSet(0)
  #found: (readonly Tally[])[] = []
  #row = 0

  constructor(
    registers: Registers,
    ids: TermIds,
    input: Operator,
    keys: readonly number[],
    aggregates: readonly Aggregate[],
    expressions: Expressions,
  ) {
    this.#values = registers.values
    this.#watch = registers.watch
    this.#ids = ids
    this.#input = input
    this.#keys = keys
    this.#slots = [...keys, ...aggregates.map(({ slot }) => slot)]
    this.#tallies = aggregates.map(aggregate => tallyOf(aggregate, registers, ids, expressions))
    this.#isRowCount = keys.length === 0 && aggregates.every(({ node }) => isRowCount(node))
  }

  open(): void {
    this.#row = 0
    this.#groups = new RowSet(this.#keys.length)
    this.#found = []
    this.#input.open()
    const counting = this.#input as Partial<Counting>
    if (this.#isRowCount && counting.count !== undefined) {
      const count = counting.count()
      this.#found.push(this.#slots.map(() => new RowCount(count)))
      return
    }
    while (this.#input.next()) {
      const number = this.#groups.numberOf(this.#values, this.#keys)
      this.#watch.keep(this.#found.length)
      this.#found[number] ??= this.#tallies.map(tally => tally())
      for (const tally of this.#found[number]) tally.add()
    }
    if (this.#keys.length === 0) this.#found[0] ??= this.#tallies.map(tally => tally())
  }

  next(): boolean {
    if (this.#row === this.#found.length) {
      this.close()
      return false
    }
    const row = this.#row++
    let [column, at] = [0, row * this.#keys.length]
    for (; column < this.#keys.length; column++) this.#values[this.#slots[column]!] = this.#groups.rows.ids[at++]!
    for (const tally of this.#found[row]!) this.#values[this.#slots[column++]!] = tally.result(this.#ids)
    return true
  }

  close(): void {
    for (const slot of this.#slots) this.#values[slot] = 0
    this.#row = this.#found.length
  }
}

/** What an aggregate has found of one group. */
interface Tally {
  add(): void
  /** The id of the result; 0 for an error. */
  result(ids: TermIds): number
}

class RowCount implements Tally {
  #count: number

  constructor(count = 0) {
    this.#count = count
  }

  add(): void {
    this.#count++
  }

  result(ids: TermIds): number {
    return countId(this.#count, ids)
  }
}

function isRowCount({ aggregator, expression, distinct }: Algebra): boolean {
  return aggregator === 'count' && (expression as Algebra).subType === 'wildcard' && distinct !== true
}

function tallyOf({ node, all }: Aggregate, { values }: Registers, ids: TermIds, expressions: Expressions): () => Tally {
  const { aggregator, distinct, separator } = node as Algebra & { readonly aggregator: Parameters<typeof accumulator>[0] }
  const isWild = (node.expression as Algebra).subType === 'wildcard'
  if (isWild) return distinct === true ? () => new DifferentRows(values, all) : () => new RowCount()
  const id = expressions.id(node.expression as Algebra)
  if (aggregator === 'count') return distinct === true ? () => new DifferentValues(id) : () => new ValueCount(id)
  if (distinct !== true && (aggregator === 'sum' || aggregator === 'avg')) return () => new Sum(id, ids, aggregator === 'avg')
  const options = separator === undefined ? {} : { separator: separator as string }
  return () => new Accumulated(id, ids, accumulator(aggregator, options), distinct === true)
}

class DifferentRows implements Tally {
  readonly #values: Uint32Array
  readonly #slots: readonly number[]
  readonly #seen: RowSet

  constructor(values: Uint32Array, slots: readonly number[]) {
    this.#values = values
    this.#slots = slots
    this.#seen = new RowSet(slots.length)
  }

  add(): void {
    this.#seen.add(this.#values, this.#slots)
  }

  result(ids: TermIds): number {
    return countId(this.#seen.rows.count, ids)
  }
}

class DifferentValues implements Tally {
  readonly #id: () => number
  readonly #seen = new Set<number>()

  constructor(id: () => number) {
    this.#id = id
  }

  add(): void {
    const id = this.#id()
    if (id !== 0) this.#seen.add(id)
  }

  result(ids: TermIds): number {
    return countId(this.#seen.size, ids)
  }
}

class ValueCount implements Tally {
  readonly #id: () => number
  #count = 0

  constructor(id: () => number) {
    this.#id = id
  }

  add(): void {
    if (this.#id() !== 0) this.#count++
  }

  result(ids: TermIds): number {
    return countId(this.#count, ids)
  }
}

/** A sum or an average, of whole numbers without a term for each. */
class Sum implements Tally {
  readonly #id: () => number
  readonly #ids: TermIds
  readonly #isAverage: boolean
  /** Of what are no whole numbers. */
  readonly #others = accumulator('sum')
  #integers = 0
  #count = 0

  constructor(id: () => number, ids: TermIds, isAverage: boolean) {
    this.#id = id
    this.#ids = ids
    this.#isAverage = isAverage
  }

  add(): void {
    const id = this.#id()
    const value = id === 0 ? Number.NaN : this.#ids.integerOf(id)
    this.#count++
    if (Number.isNaN(value)) this.#others.add(id === 0 ? undefined : this.#ids.termOf(id))
    else if (Number.isSafeInteger(this.#integers + value)) this.#integers += value
    else {
      this.#others.add(integerLiteral(this.#integers))
      this.#integers = value
    }
  }

  result(ids: TermIds): number {
    if (this.#integers !== 0) this.#others.add(integerLiteral(this.#integers))
    this.#integers = 0
    const sum = this.#others.result()
    const term = this.#isAverage && this.#count > 0 ? sum && divide(sum, integerLiteral(this.#count)) : sum
    return term === undefined ? 0 : ids.idOf(term)
  }
}

class Accumulated implements Tally {
  readonly #id: () => number
  readonly #ids: TermIds
  readonly #accumulator: Accumulator
  readonly #seen: Set<number> | undefined

  constructor(id: () => number, ids: TermIds, accumulator: Accumulator, isDistinct: boolean) {
    this.#id = id
    this.#ids = ids
    this.#accumulator = accumulator
    this.#seen = isDistinct ? new Set() : undefined
  }

  add(): void {
    const id = this.#id()
    if (this.#seen?.has(id)) return
    this.#seen?.add(id)
    this.#accumulator.add(id === 0 ? undefined : this.#ids.termOf(id))
  }

  result(ids: TermIds): number {
    const term = this.#accumulator.result()
    return term === undefined ? 0 : ids.idOf(term)
  }
}

function countId(count: number, ids: TermIds): number {
  return ids.idOf(integerLiteral(count))
}
