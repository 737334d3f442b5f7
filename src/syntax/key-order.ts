/**
 * The order of texts by their code units, as JavaScript compares them. Many that begin alike, as IRIs do, are put in order some
 * letters at a time, as numbers, behind what they have in common: a half of the time that comparing them takes.
 *
 * @param end the letter that each text is thought to end with, if any: with `>`, `urn:a1` comes before `urn:a`
 * @returns the places of the texts in `keys`
 * @example keyOrder(['urn:b', 'urn:a']) // [1, 0]
 */
export function keyOrder(keys: readonly string[], end = ''): Uint32Array {
  const order = new Uint32Array(keys.length)
  for (let place = 0; place < order.length; place++) order[place] = place
  sortRange({ keys, order, end }, 0, order.length, 0)
  return order
}

export function compareKeys(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

interface Sorting {
  readonly keys: readonly string[]
  readonly order: Uint32Array
  readonly end: string
}

/** Letters of a number, seven bits each: what is left of the 53 that numbers have is for the place. */
const LETTERS = 4
const BITS = 7
/** Stands for all letters that have no number of their own: what has it is compared whole. */
const OTHER = (1 << BITS) - 1

/** @param start how many letters the texts have in common, at least */
function sortRange(sorting: Sorting, from: number, to: number, start: number): void {
  const { keys, order } = sorting
  const size = to - from
  if (size <= FEW || size > 2 ** (53 - LETTERS * BITS)) {
    sortWhole(sorting, from, to)
    return
  }
  const places = order.slice(from, to)
  const common = commonEnd(keys, places, start)
  const last = sorting.end === '' ? 0 : sorting.end.charCodeAt(0) + 1
  const numbers = new Float64Array(size)
  for (let index = 0; index < size; index++) numbers[index] = lettersAt(keys[places[index]!]!, common, last) * size + index
  numbers.sort()
  for (let first = 0, end = 0; first < size; first = end) {
    const letters = Math.floor(numbers[first]! / size)
    for (; end < size && numbers[end]! < (letters + 1) * size; end++) order[from + end] = places[numbers[end]! - letters * size]!
    // Texts that have ended are the same.
    if (end === first + 1 || (letters & OTHER) === 0) continue
    if (hasOther(letters)) sortWhole(sorting, from + first, from + end)
    else sortRange(sorting, from + first, from + end, common + LETTERS)
  }
}

function lettersAt(key: string, start: number, last: number): number {
  let letters = 0
  for (let at = start; at < start + LETTERS; at++) {
    const code = at < key.length ? key.charCodeAt(at) + 1 : at === key.length ? last : 0
    letters = (letters << BITS) | Math.min(code, OTHER)
  }
  return letters
}

function hasOther(letters: number): boolean {
  for (let rest = letters; rest !== 0; rest >>>= BITS) if ((rest & OTHER) === OTHER) return true
  return false
}

/** How many letters texts have in common, of which the first `from` are known to be. */
function commonEnd(keys: readonly string[], places: Uint32Array, from: number): number {
  const first = keys[places[0]!]!
  let end = first.length
  for (let index = 1; index < places.length && end > from; index++) {
    const key = keys[places[index]!]!
    let at = from
    while (at < end && first.charCodeAt(at) === key.charCodeAt(at)) at++
    end = at
  }
  return end
}

function sortWhole({ keys, order, end }: Sorting, from: number, to: number): void {
  sortFew(order, from, to, (one, other) => compareKeys(keys[one]! + end, keys[other]! + end))
}

/** Up to so many the plainest way to sort is the fastest. */
const FEW = 24

/** Sorts the numbers from one place to another, in place. */
export function sortFew(numbers: Uint32Array, from: number, to: number, compare: (one: number, other: number) => number): void {
  if (to - from > FEW) {
    numbers.subarray(from, to).sort(compare)
    return
  }
  for (let index = from + 1; index < to; index++) {
    const number = numbers[index]!
    let hole = index
    for (; hole > from && compare(numbers[hole - 1]!, number) > 0; hole--) numbers[hole] = numbers[hole - 1]!
    numbers[hole] = number
  }
}
