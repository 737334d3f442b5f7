import type { Encoding } from './encoding.ts'

/** Places of the parts of a quad in an encoding. */
export const [SUBJECT, PREDICATE, OBJECT, GRAPH] = [0, 1, 2, 3]

/** By which ranks quads are sorted, the most important part first; objects of what is equal so far are compared one by one. */
export interface Order {
  readonly by: readonly { readonly part: number; readonly ranks: Uint32Array }[]
  compareObjects(one: number, other: number): number
}

/** The positions of quads by the ranks of their parts. A few passes over the quads do it, whatever their number. */
export function sortedByRank({ quads, size, values }: Encoding, by: Order['by']): Uint32Array {
  let order: Uint32Array = new Uint32Array(size)
  for (let position = 0; position < size; position++) order[position] = position
  for (const { part, ranks } of [...by].reverse()) order = countingSorted(order, quads, part, ranks, values.length)
  return order
}

/** The positions of quads in an order, each quad once. Objects, which are mostly different, are compared only where they decide. */
export function sorted(encoding: Encoding, { by, compareObjects }: Order): Uint32Array {
  const { quads, size } = encoding
  const order = sortedByRank(encoding, by)
  const hasGraphs = by.some(({ part }) => part === GRAPH)
  const compare = (one: number, other: number): number =>
    compareObjects(quads[one * 4 + OBJECT]!, quads[other * 4 + OBJECT]!) ||
    (hasGraphs ? 0 : compareObjects(quads[one * 4 + GRAPH]!, quads[other * 4 + GRAPH]!))
  let kept = 0
  for (let from = 0, to = 0; from < size; from = to) {
    const first = order[from]! * 4
    for (to = from + 1; to < size; to++) {
      const at = order[to]! * 4
      if (quads[at] !== quads[first] || quads[at + 1] !== quads[first + 1]) break
      if (hasGraphs && quads[at + 3] !== quads[first + 3]) break
    }
    order[kept++] = order[from]!
    if (to === from + 1) continue
    const tied = order.slice(from, to).sort(compare)
    order[kept - 1] = tied[0]!
    for (let index = 1; index < tied.length; index++)
      if (compare(tied[index]!, order[kept - 1]!) !== 0) order[kept++] = tied[index]!
  }
  return order.subarray(0, kept)
}

function countingSorted(order: Uint32Array, quads: Uint32Array, part: number, ranks: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 2)
  for (let index = 0; index < order.length; index++) {
    const rank = ranks[quads[order[index]! * 4 + part]!]!
    starts[rank + 1] = starts[rank + 1]! + 1
  }
  for (let rank = 0; rank <= count; rank++) starts[rank + 1] = starts[rank + 1]! + starts[rank]!
  const result = new Uint32Array(order.length)
  for (let index = 0; index < order.length; index++) {
    const position = order[index]!
    const rank = ranks[quads[position * 4 + part]!]!
    result[starts[rank]!] = position
    starts[rank] = starts[rank]! + 1
  }
  return result
}

/** The rank, from 0, of each term that stands in a place, by its number and then by its key. */
export function ranked(
  { quads, size, values }: Encoding,
  part: number,
  keyOf: (id: number) => string,
  numberOf: (id: number) => number = () => 0,
): Uint32Array {
  const ranks = new Uint32Array(values.length)
  const [keys, numbers] = [new Array<string | undefined>(values.length), new Float64Array(values.length)]
  const ids: number[] = []
  for (let at = part; at < size * 4; at += 4) {
    const id = quads[at]!
    if (keys[id] !== undefined) continue
    keys[id] = keyOf(id)
    numbers[id] = numberOf(id)
    ids.push(id)
  }
  ids.sort((one, other) => numbers[one]! - numbers[other]! || compareKeys(keys[one]!, keys[other]!))
  for (let rank = 0; rank < ids.length; rank++) ranks[ids[rank]!] = rank
  return ranks
}

export function compareKeys(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A text whose order by code units, which is that of JavaScript, is that of the given text by code points. */
export function codePointKey(text: string): string {
  return /[\ud800-\uffff]/.test(text) ? text.replace(/[\ud800-\uffff]/g, swapped) : text
}

/** Moves surrogates, of which characters beyond U+FFFF are made, behind all others. */
function swapped(unit: string): string {
  const code = unit.charCodeAt(0)
  return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800)
}

/**
 * As `codePointKey`, with numbers within the text by their value: a person writes s2 before s10.
 *
 * @example ['s10', 's9', 's1'].sort((a, b) => compareKeys(naturalKey(a), naturalKey(b))) // ['s1', 's9', 's10']
 */
export function naturalKey(text: string): string {
  return codePointKey(text).replace(/\d+/g, digits => String.fromCharCode(0x2f + Math.min(digits.length, 0xd000)) + digits)
}
