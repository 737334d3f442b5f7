import type { Quad, Term } from '@rdfjs/types'
import { type Prefixes, shorten } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import type { QuadLookup, Wanted } from '../store/quad-lookup.ts'
import { type Algebra, termsOf } from './algebra.ts'

/** One kind of question to the store, as often as it was asked. */
export interface Step {
  /** The pattern: what the query itself names as written, `*` for any, `•` for a value that another pattern gave. */
  readonly pattern: string
  readonly graph: string
  readonly lookups: number
  readonly quads: number
}

/** A lookup that keeps a record of what it is asked, in the order in which each kind of pattern came first. */
export class Trace implements QuadLookup {
  readonly #lookup: QuadLookup
  readonly #named: ReadonlySet<string>
  readonly #prefixes: Prefixes
  readonly #steps = new Map<string, { pattern: string; graph: string; lookups: number; quads: number }>()

  constructor(lookup: QuadLookup, algebra: Algebra, prefixes: Prefixes) {
    this.#lookup = lookup
    this.#named = new Set([...termsOf(algebra)].map(termKey))
    this.#prefixes = prefixes
  }

  getQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Quad[] {
    return [...this.readQuads(subject, predicate, object, graph)]
  }

  *readQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): Generator<Quad> {
    const pattern = [subject, predicate, object].map(term => this.#text(term)).join(' ')
    const name = graph?.termType === 'DefaultGraph' ? 'the layer' : graph === null ? 'any graph' : this.#text(graph)
    const step = this.#steps.get(`${pattern} ${name}`) ?? { pattern, graph: name, lookups: 0, quads: 0 }
    this.#steps.set(`${pattern} ${name}`, step)
    step.lookups++
    for (const quad of this.#lookup.readQuads(subject, predicate, object, graph)) {
      step.quads++
      yield quad
    }
  }

  countQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: Wanted): number {
    return this.#lookup.countQuads(subject, predicate, object, graph)
  }

  get steps(): readonly Step[] {
    return [...this.#steps.values()]
  }

  #text(term: Term | null): string {
    if (term === null) return '*'
    if (!this.#named.has(termKey(term))) return '•'
    return term.termType === 'NamedNode' ? shorten(term.value, this.#prefixes) : termText(term, this.#prefixes)
  }
}
