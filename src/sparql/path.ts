import type { Term } from '@rdfjs/types'
import type { QuadStore } from '../store/quad-store.ts'
import { lowerBound, type TripleIndex } from '../store/triple-index.ts'
import type { Algebra } from './algebra.ts'
import type { Operator } from './operator.ts'
import type { PatternSlots } from './pattern.ts'
import type { Registers } from './registers.ts'
import type { Watch } from './watch.ts'

/**
 * A property path with ids for its IRIs. `flip` is a path that is walked against its direction.
 *
 * @see SPARQL 1.1 Query Language, 9.1 (Property Path Syntax), 18.4 (Property Path Patterns)
 */
type Path =
  | { readonly type: 'link'; readonly id: number }
  | { readonly type: 'not'; readonly ids: ReadonlySet<number> }
  | { readonly type: 'flip'; readonly path: Path }
  | { readonly type: 'seq' | 'alt'; readonly parts: readonly Path[] }
  | { readonly type: 'closure'; readonly path: Path; readonly hasNone: boolean; readonly hasMany: boolean }

function pathOf(node: Algebra, idOf: (term: Term) => number): Path {
  const parts = (): Path[] => (node.input as Algebra[]).map(part => pathOf(part, idOf))
  const part = (): Path => pathOf(node.path as Algebra, idOf)
  switch (node.type) {
    case 'link':
      return { type: 'link', id: idOf(node.iri as Term) }
    case 'nps':
      return { type: 'not', ids: new Set((node.iris as Term[]).map(idOf)) }
    case 'inv':
      return { type: 'flip', path: part() }
    case 'seq':
    case 'alt':
      return { type: node.type, parts: parts() }
    case 'OneOrMorePath':
      return { type: 'closure', path: part(), hasNone: false, hasMany: true }
    case 'ZeroOrMorePath':
      return { type: 'closure', path: part(), hasNone: true, hasMany: true }
    case 'ZeroOrOnePath':
      return { type: 'closure', path: part(), hasNone: true, hasMany: false }
    default:
      throw new Error(`a path knows no ${node.type}`)
  }
}

/**
 * How often a path leads from a term that is not in the graph to itself. A path of no length is one of any term that stands at an end of
 * it, and of a variable, as between the steps of a sequence, only for the nodes of the graph.
 *
 * @see SPARQL 1.1 Query Language, 18.4 (ZeroLengthPath, and ALP for what is repeated)
 */
function loops(path: Path, isFromTerm: boolean, isToTerm: boolean): number {
  switch (path.type) {
    case 'link':
    case 'not':
      return 0
    case 'flip':
      return loops(path.path, isToTerm, isFromTerm)
    case 'alt':
      return path.parts.reduce((sum, part) => sum + loops(part, isFromTerm, isToTerm), 0)
    case 'seq': {
      const last = path.parts.length - 1
      return path.parts.reduce((all, part, at) => all * loops(part, at === 0 && isFromTerm, at === last && isToTerm), 1)
    }
    case 'closure':
      if (path.hasNone) return isFromTerm || isToTerm ? 1 : 0
      return Math.min(1, loops(path.path, isFromTerm, isToTerm && !isFromTerm))
  }
}

/** The pairs of nodes that a path leads from and to in a graph; the graph must be known when it is opened. */
export class PathScan implements Operator {
  readonly #values: Uint32Array
  readonly #slots: PatternSlots
  readonly #store: QuadStore
  readonly #path: Path
  readonly #watch: Watch
  /** How often a term that is not in the graph is an end, which other patterns may give, or the path itself. */
  readonly #loops: number
  #walk: Walk | undefined
  /** Starts that are left, each with all it leads to; undefined where one end is known. */
  #starts: Iterator<number> | undefined
  #start = 0
  #ends: readonly number[] = []
  #next = 0
  #from = 0
  #to = 0
  #isFromKnown = true
  #isToKnown = true

  constructor(
    store: QuadStore,
    { values, watch }: Registers,
    slots: PatternSlots,
    { subject, predicate, object }: Algebra,
    idOf: (term: Term) => number,
  ) {
    this.#store = store
    this.#values = values
    this.#watch = watch
    this.#slots = slots
    this.#path = pathOf(predicate as Algebra, idOf)
    const [isFromTerm, isToTerm] = [subject, object].map(end => (end as Term).termType !== 'Variable') as [boolean, boolean]
    this.#loops = loops(this.#path, isFromTerm, isToTerm)
  }

  open(): void {
    const values = this.#values
    const [subject, , object, graph] = this.#slots
    const isForward = values[subject] !== 0 || values[object] === 0
    if (this.#walk?.graph !== values[graph]) this.#walk = new Walk(this.#store, values[graph]!, this.#watch)
    this.#from = isForward ? subject : object
    this.#to = isForward ? object : subject
    this.#isFromKnown = values[this.#from] !== 0
    this.#isToKnown = values[this.#to] !== 0
    this.#next = 0
    if (this.#isFromKnown) {
      this.#starts = undefined
      this.#start = values[this.#from]!
      const isNode = this.#walk!.hasNode(this.#start)
      this.#ends = isNode ? this.#walk!.ends(this.#path, this.#start, isForward) : Array(this.#loops).fill(this.#start)
    } else {
      this.#starts = this.#walk!.starts(this.#path, true).values()
      this.#ends = []
    }
  }

  next(): boolean {
    const values = this.#values
    // One variable at both ends is known at one of them as soon as it is at the other.
    const isCircle = this.#from === this.#to
    for (;;) {
      while (this.#next < this.#ends.length) {
        const end = this.#ends[this.#next++]!
        if (this.#isToKnown && values[this.#to] !== end) continue
        if (!this.#isFromKnown) {
          if (isCircle && this.#start !== end) continue
          values[this.#from] = this.#start
        }
        if (!this.#isToKnown) values[this.#to] = end
        return true
      }
      const start = this.#starts?.next()
      if (start === undefined || start.done) break
      this.#start = start.value
      this.#ends = this.#walk!.ends(this.#path, this.#start, true)
      this.#next = 0
    }
    this.close()
    return false
  }

  close(): void {
    if (!this.#isFromKnown) this.#values[this.#from] = 0
    if (!this.#isToKnown) this.#values[this.#to] = 0
    this.#ends = []
    this.#starts = undefined
  }
}

/** Walks in one graph. */
class Walk {
  readonly graph: number
  readonly #spo: TripleIndex
  readonly #pos: TripleIndex
  readonly #store: QuadStore
  readonly #watch: Watch

  constructor(store: QuadStore, graph: number, watch: Watch) {
    this.graph = graph
    this.#store = store
    this.#watch = watch
    this.#spo = store.index(graph, 'spo')
    this.#pos = store.index(graph, 'pos')
  }

  hasNode(id: number): boolean {
    if (this.#spo.startOf(id) < this.#spo.startOf(id + 1)) return true
    const objects = this.#store.index(this.graph, 'osp')
    return objects.startOf(id) < objects.startOf(id + 1)
  }

  /** Where a path leads from a node, as often as it does so; for a closure each once. */
  ends(path: Path, node: number, isForward: boolean): readonly number[] {
    this.#watch.tick()
    switch (path.type) {
      case 'link': {
        const [index, one, other] = isForward ? [this.#spo, node, path.id] : [this.#pos, path.id, node]
        const [first, last] = [index.startOf(one), index.startOf(one + 1)]
        const from = lowerBound(index.second, other, first, last)
        const to = lowerBound(index.second, other + 1, from, last)
        return from === to ? NOWHERE : Array.from(index.third.subarray(from, to))
      }
      case 'not': {
        const index = isForward ? this.#spo : this.#store.index(this.graph, 'osp')
        const [predicates, ends] = isForward ? [index.second, index.third] : [index.third, index.second]
        const found: number[] = []
        for (let row = index.startOf(node); row < index.startOf(node + 1); row++)
          if (!path.ids.has(predicates[row]!)) found.push(ends[row]!)
        return found
      }
      case 'flip':
        return this.ends(path.path, node, !isForward)
      case 'alt':
        return path.parts.flatMap(part => this.ends(part, node, isForward))
      case 'seq':
        return (isForward ? path.parts : path.parts.toReversed()).reduce<readonly number[]>(
          (nodes, part) =>
            nodes.length === 1 ? this.ends(part, nodes[0]!, isForward) : nodes.flatMap(one => this.ends(part, one, isForward)),
          [node],
        )
      case 'closure':
        return this.#closure(path, node, isForward)
    }
  }

  #closure({ path, hasNone, hasMany }: Path & { readonly type: 'closure' }, node: number, isForward: boolean): readonly number[] {
    const seen = new Set<number>()
    if (hasNone) seen.add(node)
    for (const end of this.ends(path, node, isForward)) seen.add(end)
    // A set gives what is added to it while it is read.
    if (hasMany)
      for (const one of seen) if (one !== node || !hasNone) for (const end of this.ends(path, one, isForward)) seen.add(end)
    return [...seen]
  }

  /** Nodes among which are all that a path leads from. */
  starts(path: Path, isForward: boolean): ReadonlySet<number> {
    switch (path.type) {
      case 'link': {
        const column = isForward ? this.#pos.third : this.#pos.second
        return new Set(column.subarray(this.#pos.startOf(path.id), this.#pos.startOf(path.id + 1)))
      }
      case 'not':
        return this.#nodes(isForward, !isForward)
      case 'flip':
        return this.starts(path.path, !isForward)
      case 'seq':
        return this.starts(isForward ? path.parts[0]! : path.parts.at(-1)!, isForward)
      case 'alt':
        return new Set(path.parts.flatMap(part => [...this.starts(part, isForward)]))
      case 'closure':
        return path.hasNone ? this.#nodes(true, true) : this.starts(path.path, isForward)
    }
  }

  #nodes(subjects: boolean, objects: boolean): Set<number> {
    const { first, third, from, to } = this.#spo
    const found = new Set<number>()
    for (let row = from; row < to; row++) {
      if (subjects) found.add(first[row]!)
      if (objects) found.add(third[row]!)
    }
    return found
  }
}

const NOWHERE: readonly number[] = []
