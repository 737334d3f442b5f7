import { type Accumulator, type Aggregator, accumulator } from './aggregate.ts'
import type { Algebra } from './algebra.ts'
import { divide } from './arithmetic.ts'
import type { Expressions } from './expression.ts'
import { integerLiteral } from './literal.ts'
import { fromDecimal, numberLiteral } from './number.ts'
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
    return ids.integerId(this.#count)
  }
}

function isRowCount({ aggregator, expression, distinct }: Algebra): boolean {
  return aggregator === 'count' && (expression as Algebra).subType === 'wildcard' && distinct !== true
}

function tallyOf({ node, all }: Aggregate, { values }: Registers, ids: TermIds, expressions: Expressions): () => Tally {
  const { aggregator, distinct, separator } = node as Algebra & { readonly aggregator: Aggregator | 'min' | 'max' }
  const isWild = (node.expression as Algebra).subType === 'wildcard'
  if (isWild) return distinct === true ? () => new DifferentRows(values, all) : () => new RowCount()
  const id = expressions.id(node.expression as Algebra)
  if (aggregator === 'count') return distinct === true ? () => new DifferentValues(id) : () => new ValueCount(id)
  if (aggregator === 'min' || aggregator === 'max') return () => new Extreme(id, ids, aggregator === 'min' ? -1 : 1)
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
    return ids.integerId(this.#seen.rows.count)
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
    return ids.integerId(this.#seen.size)
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
    return ids.integerId(this.#count)
  }
}

/** The least or the greatest, of terms of all kinds, in the order of ORDER BY; with an error among them there is none. */
class Extreme implements Tally {
  readonly #id: () => number
  readonly #ids: TermIds
  readonly #sign: number
  #best = 0
  #hasFailed = false

  constructor(id: () => number, ids: TermIds, sign: 1 | -1) {
    this.#id = id
    this.#ids = ids
    this.#sign = sign
  }

  add(): void {
    const id = this.#id()
    if (id === 0) this.#hasFailed = true
    else if (this.#best === 0 || (id !== this.#best && this.#sign * this.#ids.order(id, this.#best) > 0)) this.#best = id
  }

  result(): number {
    return this.#hasFailed ? 0 : this.#best
  }
}

/** A sum or an average; of whole numbers and short decimals without a term for each. */
class Sum implements Tally {
  readonly #id: () => number
  readonly #ids: TermIds
  readonly #isAverage: boolean
  /** Of all that is not in the sums below. */
  readonly #others = accumulator('sum')
  #integers = 0
  /** The sum of decimals, times ten to the power of the scale. */
  #units = 0
  #scale = 0
  #hasDecimals = false
  #count = 0

  constructor(id: () => number, ids: TermIds, isAverage: boolean) {
    this.#id = id
    this.#ids = ids
    this.#isAverage = isAverage
  }

  add(): void {
    const id = this.#id()
    this.#count++
    const integer = id === 0 ? Number.NaN : this.#ids.integerOf(id)
    if (Number.isSafeInteger(this.#integers + integer)) this.#integers += integer
    else if (id === 0 || !this.#addDecimal(id)) this.#others.add(id === 0 ? undefined : this.#ids.termOf(id))
  }

  /** @returns whether it could be added without loss */
  #addDecimal(id: number): boolean {
    const scale = this.#ids.scaleOf(id)
    if (scale < 0) return false
    const larger = Math.max(scale, this.#scale)
    const before = this.#units * 10 ** (larger - this.#scale)
    const added = Math.round(this.#ids.numberOf(id) * 10 ** scale) * 10 ** (larger - scale)
    const units = before + added
    if (larger > MOST_DIGITS || Math.max(Math.abs(before), Math.abs(added), Math.abs(units)) > 10 ** MOST_DIGITS) return false
    this.#units = units
    this.#scale = larger
    this.#hasDecimals = true
    return true
  }

  result(ids: TermIds): number {
    if (this.#integers !== 0) this.#others.add(integerLiteral(this.#integers))
    if (this.#hasDecimals) this.#others.add(numberLiteral(fromDecimal({ units: BigInt(this.#units), scale: this.#scale })))
    this.#integers = 0
    this.#hasDecimals = false
    const sum = this.#others.result()
    const term = this.#isAverage && this.#count > 0 ? sum && divide(sum, integerLiteral(this.#count)) : sum
    return term === undefined ? 0 : ids.idOf(term)
  }
}

/** So many digits a double holds whatever they are. */
const MOST_DIGITS = 15

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
