import type { Encoding } from './encoding.ts'
import { keyOrder, sortFew } from './key-order.ts'

/** Places of the parts of a quad in an encoding. */
export const [SUBJECT, PREDICATE, OBJECT, GRAPH] = [0, 1, 2, 3]

/** The ranks of the terms in a place, by their ids, and how many there are. */
export interface Ranks {
  readonly ranks: Uint32Array
  readonly count: number
}

/** The ranks of the parts of quads; objects, which are mostly different, are compared only where the rest leaves it open. */
export interface Order {
  /** None where graphs come last. */
  readonly graphs: Ranks | undefined
  readonly subjects: Ranks
  readonly predicates: Ranks
  compareObjects(one: number, other: number): number
}

/** The positions of quads, each quad once: by graph, subject, predicate and object, or with the graph at the end. */
export function sorted(encoding: Encoding, { graphs, subjects, predicates, compareObjects }: Order): Uint32Array {
  const { quads, size } = encoding
  // By counting, in a pass over all quads; what is said of one subject is little, and compared.
  let order = countingSorted(encoding, undefined, SUBJECT, subjects)
  if (graphs && graphs.count > 1) order = countingSorted(encoding, order, GRAPH, graphs)
  const { ranks } = predicates
  const compare = (one: number, other: number): number =>
    ranks[quads[one * 4 + PREDICATE]!]! - ranks[quads[other * 4 + PREDICATE]!]! ||
    compareObjects(quads[one * 4 + OBJECT]!, quads[other * 4 + OBJECT]!) ||
    (graphs ? 0 : compareObjects(quads[one * 4 + GRAPH]!, quads[other * 4 + GRAPH]!))
  let kept = 0
  for (let from = 0, to = 0; from < size; from = to) {
    const first = order[from]! * 4
    for (to = from + 1; to < size; to++) {
      const at = order[to]! * 4
      if (quads[at] !== quads[first] || (graphs && quads[at + GRAPH] !== quads[first + GRAPH])) break
    }
    sortFew(order, from, to, compare)
    for (let index = from; index < to; index++)
      if (index === from || compare(order[index]!, order[kept - 1]!) !== 0) order[kept++] = order[index]!
  }
  return order.subarray(0, kept)
}

/** @param order of positions to keep where ranks are equal; that of the quads themselves if there is none */
function countingSorted(
  { quads, size, room }: Encoding,
  order: Uint32Array | undefined,
  part: number,
  { ranks, count }: Ranks,
): Uint32Array {
  const starts = room.numbers(count + 1)
  for (let at = part; at < size * 4; at += 4) starts[ranks[quads[at]!]! + 1]!++
  for (let rank = 1; rank <= count; rank++) starts[rank]! += starts[rank - 1]!
  const result = room.numbers(size)
  for (let index = 0; index < size; index++) {
    const position = order ? order[index]! : index
    result[starts[ranks[quads[position * 4 + part]!]!]!++] = position
  }
  return result
}

/** By what terms are put in order: by their number, then by their key, which is thought to end with a letter. */
export interface Keys {
  keyOf(id: number): string
  numberOf?(id: number): number
  readonly end?: string
}

/** The rank of each term that stands in a place. */
export function ranked({ quads, size, values, room }: Encoding, part: number, { keyOf, numberOf, end }: Keys): Ranks {
  const ranks = room.numbers(values.length)
  const [ids, keys, numbers]: [number[], string[], number[]] = [[], [], []]
  for (let at = part; at < size * 4; at += 4) {
    const id = quads[at]!
    if (ranks[id] !== 0) continue
    ranks[id] = 1
    ids.push(id)
    keys.push(keyOf(id))
    if (numberOf) numbers.push(numberOf(id))
  }
  const order = keyOrder(keys, end)
  if (numberOf) order.sort((one, other) => numbers[one]! - numbers[other]!)
  for (let rank = 0; rank < order.length; rank++) ranks[ids[order[rank]!]!] = rank
  return { ranks, count: order.length }
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
 * @example naturalKey('s9') < naturalKey('s10') // true
 */
export function naturalKey(text: string): string {
  const key = codePointKey(text)
  let [natural, done] = ['', 0]
  for (let from = key.search(DIGIT); from >= 0; ) {
    let to = from + 1
    while (isDigit(key.charCodeAt(to))) to++
    natural += key.slice(done, from) + String.fromCharCode(0x2f + Math.min(to - from, 0xd000))
    done = from
    const gap = key.slice(to).search(DIGIT)
    from = gap < 0 ? -1 : to + gap
  }
  return natural + key.slice(done)
}

const DIGIT = /\d/

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
