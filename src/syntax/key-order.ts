/**
 * The order of texts by their code units, as JavaScript compares them. Many that begin alike, as IRIs do, are put in order some
 * letters at a time, as numbers, behind what they have in common: a half of the time that comparing them takes.
 *
 * @param end the letter that each text is thought to end with, if any: with `>`, `urn:a1` comes before `urn:a`
 * @returns the places of the texts in `keys`
 * @example [...keyOrder(['urn:b', 'urn:a'])] // [1, 0]
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

/** Letters that a number can tell apart; the last stands for all others, and what has it is compared whole. */
const LETTERS = 128
const OTHER = LETTERS - 1

/** @param start how many letters the texts have in common, at least */
function sortRange(sorting: Sorting, from: number, to: number, start: number): void {
  const { keys, order } = sorting
  const size = to - from
  if (size <= FEW) {
    sortWhole(sorting, from, to)
    return
  }
  const places = order.slice(from, to)
  const common = commonEnd(keys, places, start)
  const last = sorting.end === '' ? 0 : sorting.end.charCodeAt(0) + 1
  // A number holds some letters, and behind them the place.
  const count = Math.floor((53 - Math.ceil(Math.log2(size))) / Math.log2(LETTERS))
  const numbers = new Float64Array(size)
  for (let index = 0; index < size; index++) numbers[index] = lettersAt(keys[places[index]!]!, common, count, last) * size + index
  numbers.sort()
  for (let first = 0, end = 0; first < size; first = end) {
    const letters = Math.floor(numbers[first]! / size)
    for (; end < size && numbers[end]! < (letters + 1) * size; end++) order[from + end] = places[numbers[end]! - letters * size]!
    if (end === first + 1) continue
    if (hasOther(letters)) sortWhole(sorting, from + first, from + end)
    // Texts that have ended are the same.
    else if (letters % LETTERS !== 0) sortRange(sorting, from + first, from + end, common + count)
  }
}

function lettersAt(key: string, start: number, count: number, last: number): number {
  let letters = 0
  for (let at = start; at < start + count; at++) {
    const code = at < key.length ? key.charCodeAt(at) + 1 : at === key.length ? last : 0
    // What comes behind it must not matter.
    if (code >= OTHER) return (letters * LETTERS + OTHER) * LETTERS ** (start + count - 1 - at)
    letters = letters * LETTERS + code
  }
  return letters
}

function hasOther(letters: number): boolean {
  for (let rest = letters; rest !== 0; rest = Math.floor(rest / LETTERS)) if (rest % LETTERS === OTHER) return true
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
  sortFew(order, from, to, (one, other) => compareEnded(keys[one]!, keys[other]!, end))
}

/** Compares two texts as if each had the letter behind it. */
function compareEnded(one: string, other: string, end: string): number {
  if (end !== '' && one.length !== other.length) {
    if (other.startsWith(one)) return end <= other[one.length]! ? -1 : 1
    if (one.startsWith(other)) return end <= one[other.length]! ? 1 : -1
  }
  return compareKeys(one, other)
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
