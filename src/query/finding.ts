import type { NamedNode, Term } from '@rdfjs/types'
import type { Solution } from './engine.ts'
import type { Resemblance } from './resemblance.ts'

/** Where a term stands in a query. */
export type Place = 'subject' | 'predicate' | 'object' | 'graph' | 'filter'

/**
 * One reason why a query has no answer. A `pattern` is text; nodes that a path or `[ … ]` leaves without a name are `_:` there.
 *
 * - `unknown-term`: nothing that the pattern can see has the term at that place; `graphs` have it there, `near` are like it
 * - `similar-literal`: the data has a literal that only looks like the wanted one
 * - `other-graph`: the pattern has matches, but only in `graphs`
 * - `no-match`: its terms are known but never stand together; `others` stand there when one of them is left open
 * - `no-join`: each of `patterns` matches, but they never agree on `variables`; none of them can be spared
 * - `filter`, `minus`: the condition takes away every solution, `example` among them
 * - `cut-off`: LIMIT or OFFSET leaves nothing of the solutions
 */
export type Finding = { readonly pattern: string } & (
  | { readonly code: 'unknown-term'; term: NamedNode; place: Place; graphs: readonly Term[]; near: readonly NamedNode[] }
  | { readonly code: 'similar-literal'; readonly resemblance: Resemblance }
  | { readonly code: 'other-graph'; readonly graphs: readonly Term[]; readonly predicate: Term }
  | { readonly code: 'no-match'; others: readonly { readonly place: Place; readonly terms: readonly Term[] }[] }
  | { readonly code: 'no-join'; patterns: readonly string[]; variables: readonly string[]; terms: readonly NamedNode[] }
  | { readonly code: 'filter' | 'minus'; readonly example: Solution; readonly resemblance?: Resemblance }
  | { readonly code: 'cut-off' }
)
