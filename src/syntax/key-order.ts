/** Texts in bytes, one after the other, by which things are put in order. */
export interface ByteKeys {
  readonly bytes: Uint8Array
  /** Where each begins; behind the last, where this ends. */
  readonly starts: Uint32Array
}

/**
 * The order of texts by their bytes, which for UTF-8 is that of code points. Many that begin alike, as IRIs do, are put in order some
 * bytes at a time, as numbers, behind what they have in common: a half of the time that comparing them takes.
 *
 * @returns the places of the texts in `keys`; those of equal texts ascending
 * @example [...keyOrder({ bytes: Buffer.from('ba'), starts: Uint32Array.of(0, 1, 2) })] // [1, 0]
 */
export function keyOrder(keys: ByteKeys): Uint32Array {
  const order = new Uint32Array(keys.starts.length - 1)
  for (let place = 0; place < order.length; place++) order[place] = place
  sortRange(keys, order, 0, order.length, 0)
  return order
}

/** What a number tells of a byte: its value and 1; 0 behind the end of the text. */
const BYTES = 257

/** @param start how many bytes the texts have in common, at least */
function sortRange(keys: ByteKeys, order: Uint32Array, from: number, to: number, start: number): void {
  const size = to - from
  if (size <= FEW) {
    sortFew(order, from, to, (one, other) => compareKeys(keys, one, other, start))
    return
  }
  const places = order.slice(from, to)
  const common = commonEnd(keys, places, start)
  // A number holds some bytes, and behind them the place.
  const count = Math.floor((53 - Math.ceil(Math.log2(size))) / Math.log2(BYTES))
  const numbers = new Float64Array(size)
  for (let index = 0; index < size; index++) numbers[index] = bytesAt(keys, places[index]!, common, count) * size + index
  numbers.sort()
  for (let first = 0, end = 0; first < size; first = end) {
    const bytes = Math.floor(numbers[first]! / size)
    for (; end < size && numbers[end]! < (bytes + 1) * size; end++) order[from + end] = places[numbers[end]! - bytes * size]!
    // Texts that have ended are the same.
    if (end > first + 1 && bytes % BYTES !== 0) sortRange(keys, order, from + first, from + end, common + count)
  }
}

function bytesAt({ bytes, starts }: ByteKeys, place: number, start: number, count: number): number {
  let number = 0
  const [from, end] = [starts[place]! + start, starts[place + 1]!]
  for (let at = from; at < from + count; at++) number = number * BYTES + (at < end ? bytes[at]! + 1 : 0)
  return number
}

/** How many bytes texts have in common, of which the first `from` are known to be. */
function commonEnd({ bytes, starts }: ByteKeys, places: Uint32Array, from: number): number {
  const first = starts[places[0]!]!
  let end = starts[places[0]! + 1]! - first
  for (let index = 1; index < places.length && end > from; index++) {
    const start = starts[places[index]!]!
    end = Math.min(end, starts[places[index]! + 1]! - start)
    let at = from
    while (at < end && bytes[first + at] === bytes[start + at]) at++
    end = at
  }
  return end
}

/** @param from how many bytes they have in common, at least */
export function compareKeys({ bytes, starts }: ByteKeys, one: number, other: number, from = 0): number {
  const [start, end] = [starts[one]!, starts[one + 1]!]
  const shift = starts[other]! - start
  const last = Math.min(end, starts[other + 1]! - shift)
  for (let at = start + from; at < last; at++) {
    const difference = bytes[at]! - bytes[at + shift]!
    if (difference !== 0) return difference
  }
  return end - start - (starts[other + 1]! - starts[other]!)
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
