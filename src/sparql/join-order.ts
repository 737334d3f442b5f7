import type { Term } from '@rdfjs/types'
import type { Algebra } from './algebra.ts'
import type { Item, Known } from './gathering.ts'
import type { Binding } from './scope.ts'

/** The part of a group that is done next: what only checks, as soon as it can, else what has the fewest solutions. */
export function nextOf(left: readonly Item[], known: Known): Item | undefined {
  let best: Item | undefined
  let least = Number.POSITIVE_INFINITY
  for (const item of left) {
    if (!isReady(item, known.certain, left)) continue
    if (item.isCheck) return item
    // What is alone is not weighed.
    const cost = left.length === 1 ? 0 : item.cost(known)
    if (best !== undefined && cost >= least) continue
    best = item
    least = cost
  }
  return best
}

/** Whether a part of a group can be done: all that it needs is there, or will not come any more. */
function isReady({ requires, needs, after, isVolatile }: Item, certain: ReadonlySet<string>, left: readonly Item[]): boolean {
  for (const name of requires) if (!certain.has(name)) return false
  if (isVolatile) for (const item of after) if (left.includes(item)) return false
  for (const name of needs)
    if (!certain.has(name)) for (const item of after) if (item.possible.has(name) && left.includes(item)) return false
  return true
}

/** The patterns that have one variable left, the same as one of them: they are done at once. None but for such a pattern. */
export function intersecting(item: Item, left: readonly Item[], known: Binding): readonly Item[] {
  const name = openIn(item.node, known)
  return name === undefined ? NONE : left.filter(({ node }) => openIn(node, known) === name)
}

const NONE: readonly never[] = []

/** The variable of a pattern that has no value yet, if that is one alone, stands once, and all else certainly has its value. */
function openIn({ type, subject, predicate, object, graph }: Algebra, { possible, certain }: Binding): string | undefined {
  if (type !== 'pattern' || isOpen(graph as Term, certain)) return undefined
  const isFirst = isOpen(subject as Term, certain)
  const isSecond = isOpen(predicate as Term, certain)
  const isThird = isOpen(object as Term, certain)
  if (Number(isFirst) + Number(isSecond) + Number(isThird) !== 1) return undefined
  const { value } = (isFirst ? subject : isSecond ? predicate : object) as Term
  return possible.has(value) ? undefined : value
}

function isOpen(term: Term, certain: ReadonlySet<string>): boolean {
  return term.termType === 'Variable' && !certain.has(term.value)
}
