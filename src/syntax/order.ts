import type { Encoding } from './encoding.ts'
import { type ByteKeys, compareKeys, keyOrder, sortFew } from './key-order.ts'
import { Utf8Text } from './utf8-text.ts'

/** Places of the parts of a quad in an encoding. */
export const [SUBJECT, PREDICATE, OBJECT, GRAPH] = [0, 1, 2, 3]

/** The ranks of the terms in a place, by their ids, and how many there are. */
export interface Ranks {
  readonly ranks: Uint32Array
  readonly count: number
}

/** Puts the bytes by which something is sorted behind those of others: a term by its id, or the rest of the quad that begins at `at`. */
export type PutKey = (idOrAt: number, keys: Utf8Text) => void

/** In what order quads are: by the ranks of their parts, and by keys only where these leave it open, as objects are mostly different. */
export interface Order {
  /** None where graphs come last. */
  readonly graphs: Ranks | undefined
  readonly subjects: Ranks
  readonly predicates: Ranks
  /** None leaves what shares its predicate in the order given, even what is there twice. */
  readonly putRest: PutKey | undefined
}

/** The positions of quads, each quad once: by graph, subject, predicate and the rest, or with the graph in the rest. */
export function sorted(encoding: Encoding, { graphs, subjects, predicates, putRest }: Order): Uint32Array {
  const { quads, size } = encoding
  // By counting, in a pass over all quads; what is said of one subject is little, and compared.
  let order = countingSorted(encoding, undefined, SUBJECT, subjects)
  if (graphs && graphs.count > 1) order = countingSorted(encoding, order, GRAPH, graphs)
  const verbs = new Verbs(encoding, predicates)
  const keys = new Utf8Text()
  let isOnce = true
  for (let from = 0, to = 0; from < size; from = to) {
    to = groupEnd(quads, order, from, graphs !== undefined)
    const isRepeated = verbs.sort(order, from, to)
    if (!isRepeated || putRest === undefined) continue
    for (let start = from, end = from; start < to; start = end) {
      end = verbs.end(order, start, to)
      if (end === start + 1) continue
      sortByKeys(order, start, end, putRest, keys)
      for (let index = start + 1; index < end; index++)
        if (isSame(quads, order[index - 1]! * 4, order[index]! * 4)) isOnce = false
    }
  }
  return isOnce ? order : order.subarray(0, keepOnce(order, quads))
}

/** Where the positions of quads that share subject, and graph if that is asked, with that at `from` end. */
function groupEnd(quads: Uint32Array, order: Uint32Array, from: number, isByGraph: boolean): number {
  const first = order[from]! * 4
  let to = from + 1
  for (; to < order.length; to++) {
    const at = order[to]! * 4
    if (quads[at] !== quads[first] || (isByGraph && quads[at + GRAPH] !== quads[first + GRAPH])) break
  }
  return to
}

/** Up to so many quads are put in order one by one. */
const FEW_QUADS = 24

/** What is said of one thing, by predicate. */
class Verbs {
  readonly #quads: Uint32Array
  readonly #ranks: Uint32Array

  constructor({ quads }: Encoding, { ranks }: Ranks) {
    this.#quads = quads
    this.#ranks = ranks
  }

  /**
   * Sorts the positions from one place to another by the ranks of their predicates; those of one stay as they are.
   *
   * @returns whether a predicate may be there more than once
   */
  sort(order: Uint32Array, from: number, to: number): boolean {
    if (to - from > FEW_QUADS) {
      order.subarray(from, to).sort((one, other) => this.#rankAt(one) - this.#rankAt(other))
      return true
    }
    let isRepeated = false
    let last = this.#rankAt(order[from]!)
    for (let index = from + 1; index < to; index++) {
      const position = order[index]!
      const rank = this.#rankAt(position)
      if (rank > last) {
        last = rank
        continue
      }
      let hole = index
      for (; hole > from && this.#rankAt(order[hole - 1]!) > rank; hole--) order[hole] = order[hole - 1]!
      order[hole] = position
      isRepeated ||= hole > from && this.#rankAt(order[hole - 1]!) === rank
    }
    return isRepeated
  }

  /** Where those that share the predicate with that at `from` end. */
  end(order: Uint32Array, from: number, to: number): number {
    const predicate = this.#quads[order[from]! * 4 + PREDICATE]
    let end = from + 1
    while (end < to && this.#quads[order[end]! * 4 + PREDICATE] === predicate) end++
    return end
  }

  #rankAt(position: number): number {
    return this.#ranks[this.#quads[position * 4 + PREDICATE]!]!
  }
}

/** Sorts positions from one place to another by keys, which are put where those before were. */
function sortByKeys(order: Uint32Array, from: number, to: number, putKey: PutKey, text: Utf8Text): void {
  const size = to - from
  const isSmall = size < few.length
  const starts = isSmall ? fewStarts : new Uint32Array(size + 1)
  const keys = keysOf(size, starts, index => order[from + index]! * 4, putKey, text)
  const positions = isSmall ? few : new Uint32Array(size)
  for (let index = 0; index < size; index++) positions[index] = order[from + index]!
  if (isSmall) {
    for (let index = 0; index < size; index++) fewPlaces[index] = index
    sortFew(fewPlaces, 0, size, (one, other) => compareKeys(keys, one, other))
  }
  const places = isSmall ? fewPlaces : keyOrder(keys)
  for (let index = 0; index < size; index++) order[from + index] = positions[places[index]!]!
}

/** Where the many small ones are sorted. */
const [few, fewStarts, fewPlaces] = [new Uint32Array(16), new Uint32Array(16), new Uint32Array(16)]

function keysOf(size: number, starts: Uint32Array, of: (index: number) => number, putKey: PutKey, text: Utf8Text): ByteKeys {
  text.clear()
  for (let index = 0; index < size; index++) {
    putKey(of(index), text)
    starts[index + 1] = text.length
  }
  return { bytes: text.bytes, starts }
}

/** @returns how many positions are left when each quad is there once */
function keepOnce(order: Uint32Array, quads: Uint32Array): number {
  let kept = 0
  for (let index = 0; index < order.length; index++) {
    const [at, before] = [order[index]! * 4, kept === 0 ? -1 : order[kept - 1]! * 4]
    if (kept > 0 && isSame(quads, at, before)) continue
    order[kept++] = order[index]!
  }
  return kept
}

function isSame(quads: Uint32Array, at: number, other: number): boolean {
  return (
    quads[at + OBJECT] === quads[other + OBJECT] &&
    quads[at] === quads[other] &&
    quads[at + PREDICATE] === quads[other + PREDICATE] &&
    quads[at + GRAPH] === quads[other + GRAPH]
  )
}

/** @param order of positions to keep where ranks are equal; that of the quads themselves if there is none */
function countingSorted(
  { quads, size, room }: Encoding,
  order: Uint32Array | undefined,
  part: number,
  { ranks, count }: Ranks,
): Uint32Array {
  const starts = room.numbers(count + 1)
  const idOf = (index: number): number => quads[(order ? order[index]! : index) * 4 + part]!
  // What stands side by side is counted and moved at once.
  const endOf = (from: number): number => {
    const id = idOf(from)
    let to = from + 1
    while (to < size && idOf(to) === id) to++
    return to
  }
  for (let from = 0, to = 0; from < size; from = to) {
    to = endOf(from)
    starts[ranks[idOf(from)]! + 1]! += to - from
  }
  for (let rank = 1; rank <= count; rank++) starts[rank]! += starts[rank - 1]!
  const result = room.numbers(size)
  for (let from = 0, to = 0; from < size; from = to) {
    to = endOf(from)
    const rank = ranks[idOf(from)]!
    let place = starts[rank]!
    for (let index = from; index < to; index++) result[place++] = order ? order[index]! : index
    starts[rank] = place
  }
  return result
}

/** The rank of each term that stands in a place, perhaps only within a triple term. */
export function ranked({ seen, dictionary, room }: Encoding, part: number, putKey: PutKey): Ranks {
  const ids: number[] = []
  for (let id = 1; id <= dictionary.count; id++) if ((seen[id]! & (1 << part)) !== 0) ids.push(id)
  const keys = keysOf(ids.length, new Uint32Array(ids.length + 1), index => ids[index]!, putKey, new Utf8Text())
  const order = keyOrder(keys)
  const ranks = room.numbers(dictionary.count + 1)
  for (let rank = 0; rank < order.length; rank++) ranks[ids[order[rank]!]!] = rank
  return { ranks, count: order.length }
}

/** The terms in a place as they come, one perhaps before the others. */
export function rankedAsGiven({ quads, size, dictionary, room }: Encoding, part: number, first = 0): Ranks {
  const ranks = room.numbers(dictionary.count + 1).fill(size)
  ranks[first] = 0
  let count = 1
  for (let at = part; at < size * 4; at += 4) if (ranks[quads[at]!] === size) ranks[quads[at]!] = count++
  return { ranks, count }
}

/** A number in a key: what has a larger one comes behind. */
export function putNumber(number: number, keys: Utf8Text): void {
  keys.putByte(number >>> 24)
  keys.putByte(number >>> 16)
  keys.putByte(number >>> 8)
  keys.putByte(number)
}

/**
 * A text in a key, with numbers within it by their value: a person writes s2 before s10.
 *
 * @param words that hold the text as UTF-8 from `from` to before `to`
 */
export function putNatural(words: DataView, from: number, to: number, keys: Utf8Text): void {
  let start = from
  for (let at = from; at < to; at++) {
    if (!isDigit(words.getUint8(at))) continue
    keys.putText(words, start, at)
    start = at
    while (at < to && isDigit(words.getUint8(at))) at++
    // One of more digits is larger; 0 and 9 stand for one and for ten of them, so that letters stay behind.
    keys.put(String.fromCharCode(0x2f + Math.min(at - start, 0xd000)))
  }
  keys.putText(words, start, to)
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}
