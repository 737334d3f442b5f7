import { BLANK_NODE } from '../store/dictionary.ts'
import type { Encoding } from './encoding.ts'

/** The blank nodes that can be written without a label. */
export interface Nesting {
  /** Those that stand within the one quad that has them as object, and where their own quads begin in the order. */
  readonly nested: ReadonlyMap<number, number>
  /** The items of each list, by its head, which is nested as well. */
  readonly lists: ReadonlyMap<number, readonly number[]>
  /** The blank nodes that lists are made of, heads included: they are not written at all. */
  readonly cells: ReadonlySet<number>
  /** Those of which something is said and to which nothing refers. */
  readonly unnamed: ReadonlySet<number>
}

export const NOTHING_NESTED: Nesting = { nested: new Map(), lists: new Map(), cells: new Set(), unnamed: new Set() }

/** Brackets within brackets: with more, people and parsers lose their way, and a blank node gets a label. */
const DEEPEST = 8

/** A blank node with one place to stand: the quad that refers to it, and where its own quads are. */
interface Candidate {
  readonly user: number
  readonly start: number
}

/**
 * Finds the blank nodes that Turtle writes as `[ ... ]` and `( ... )`, and JSON-LD as objects without `@id` and `@list`.
 *
 * @param order of the quads, those of one graph and subject side by side
 * @see RDF 1.2 Turtle, 2.7 (Blank Nodes) and 2.8 (Collections)
 */
export function nesting(
  encoding: Encoding,
  order: Uint32Array,
  ids: { readonly first: number; readonly rest: number; readonly nil: number },
): Nesting {
  if (encoding.blankNodes.length === 0) return NOTHING_NESTED
  const { candidates, unnamed } = candidatesOf(encoding, order)
  const lists = new Map<number, readonly number[]>()
  const heads = new Map<number, number>()
  const at = (index: number, part: number): number => encoding.quads[order[index]! * 4 + part]!
  const isCell = (id: number): boolean => {
    const start = candidates.get(id)?.start
    if (start === undefined || start + 1 >= order.length || at(start + 1, 0) !== id) return false
    const isLonger = start + 2 < order.length && at(start + 2, 0) === id
    return !isLonger && at(start, 1) === ids.first && at(start + 1, 1) === ids.rest
  }
  for (const [head, { user, start }] of candidates) {
    if (!isCell(head) || (at(user, 1) === ids.rest && isCell(at(user, 0)))) continue
    const items = [at(start, 2)]
    const path = [head]
    let next = at(start + 1, 2)
    for (; isCell(next); next = at(candidates.get(next)!.start + 1, 2)) {
      items.push(at(candidates.get(next)!.start, 2))
      path.push(next)
    }
    if (next !== ids.nil) continue
    lists.set(head, items)
    for (const cell of path) heads.set(cell, head)
  }
  const parent = (id: number): number => {
    const subject = at(candidates.get(id)!.user, 0)
    return heads.get(subject) ?? subject
  }
  const nested = new Map<number, number>()
  for (const [id, depth] of depths(
    [...candidates.keys()].filter(id => (heads.get(id) ?? id) === id),
    parent,
  )) {
    if (depth > 0) nested.set(id, candidates.get(id)!.start)
    else lists.delete(id)
  }
  const cells = new Set<number>()
  for (const [cell, head] of heads) {
    if (!lists.has(head)) continue
    cells.add(cell)
    nested.set(cell, candidates.get(cell)!.start)
  }
  return { nested, lists, cells, unnamed }
}

function candidatesOf({ kinds, quads, triples }: Encoding, order: Uint32Array) {
  const [users, starts] = [new Map<number, number>(), new Map<number, number>()]
  const MANY = -1
  for (const parts of triples.values()) for (const id of parts) if (kinds[id] === BLANK_NODE) users.set(id, MANY)
  for (let index = 0; index < order.length; index++) {
    const [subject, , object, graph] = quads.subarray(order[index]! * 4, order[index]! * 4 + 4) as unknown as number[]
    if (kinds[graph!] === BLANK_NODE) users.set(graph!, MANY)
    if (kinds[object!] === BLANK_NODE) users.set(object!, users.has(object!) ? MANY : index)
    if (kinds[subject!] !== BLANK_NODE) continue
    const before = index === 0 ? undefined : order[index - 1]! * 4
    if (before !== undefined && quads[before] === subject && quads[before + 3] === graph) continue
    starts.set(subject!, starts.has(subject!) ? MANY : index)
  }
  const candidates = new Map<number, Candidate>()
  for (const [id, user] of users) {
    const start = starts.get(id) ?? order.length
    if (user === MANY || start === MANY) continue
    if (start === order.length || quads[order[start]! * 4 + 3] === quads[order[user]! * 4 + 3])
      candidates.set(id, { user, start })
  }
  const unnamed = new Set([...starts].filter(([id, start]) => start !== MANY && !users.has(id)).map(([id]) => id))
  return { candidates, unnamed }
}

/** How deep each blank node would stand in brackets; 0 for one that cannot: where brackets are too many, or lead back to itself. */
function depths(ids: readonly number[], parent: (id: number) => number): Map<number, number> {
  const known = new Map<number, number>()
  const isCandidate = new Set(ids)
  for (const id of ids) {
    const path: number[] = []
    const isOnPath = new Set<number>()
    let node = id
    for (; isCandidate.has(node) && !known.has(node) && !isOnPath.has(node); node = parent(node)) {
      path.push(node)
      isOnPath.add(node)
    }
    if (isOnPath.has(node)) known.set(node, 0)
    for (const each of path.reverse()) {
      if (known.has(each)) continue
      const depth = (known.get(parent(each)) ?? 0) + 1
      known.set(each, depth > DEEPEST ? 0 : depth)
    }
  }
  return known
}
