import type { Quad, Term, Variable } from '@rdfjs/types'
import type { Bindings } from '#comunica'
import type { QuadLookup, Wanted } from '../store/quad-lookup.ts'
import type { ItemStream, StreamOf } from './lazy-iterator.ts'

interface BindingsFactory {
  bindings(entries: [Variable, Term][]): Bindings
}

/** A lookup as the engine asks it: for bindings, so that no quad is made into a stream first. */
export class BindingsSource {
  readonly #lookup: QuadLookup
  readonly #streamOf: StreamOf

  /** @param streamOf makes streams as the engine has them */
  constructor(lookup: QuadLookup, streamOf: StreamOf) {
    this.#lookup = lookup
    this.#streamOf = streamOf
  }

  match(...pattern: Parameters<QuadLookup['getQuads']>): Quad[] {
    return this.#lookup.getQuads(...pattern)
  }

  countQuads(...pattern: Parameters<QuadLookup['countQuads']>): number {
    return this.#lookup.countQuads(...pattern)
  }

  matchBindings(factory: BindingsFactory, ...pattern: [Term, Term, Term, Term]): ItemStream<Bindings> {
    const [subject, predicate, object, graph] = pattern.map(wanted) as [Wanted, Wanted, Wanted, Wanted]
    const found = this.#lookup.readQuads(subject, predicate, object, graph)
    return this.#streamOf(isPlain(pattern) ? plainBindings(factory, pattern, found) : bindings(factory, pattern, found))
  }
}

/** Whether each variable stands once, and none in a triple term: then all that is looked up matches. */
function isPlain(pattern: readonly Term[]): boolean {
  const names = pattern.filter(({ termType }) => termType === 'Variable').map(({ value }) => value)
  return new Set(names).size === names.length && pattern.every(({ termType }) => termType !== 'Quad')
}

function* plainBindings(factory: BindingsFactory, pattern: readonly Term[], quads: Iterable<Quad>): Generator<Bindings> {
  const open = PARTS.flatMap((part, index) => {
    const term = pattern[index]!
    return term.termType === 'Variable' ? [{ part, variable: term }] : []
  })
  for (const quad of quads) yield factory.bindings(open.map(({ part, variable }) => [variable, quad[part]]))
}

function* bindings(factory: BindingsFactory, pattern: readonly Term[], quads: Iterable<Quad>): Generator<Bindings> {
  for (const quad of quads) {
    const entries = new Map<string, [Variable, Term]>()
    if (PARTS.every((part, index) => unify(pattern[index]!, quad[part], entries))) yield factory.bindings([...entries.values()])
  }
}

const PARTS = ['subject', 'predicate', 'object', 'graph'] as const

/** What a part of a pattern looks up: itself, if there is no variable in it. */
function wanted(term: Term): Wanted {
  if (term.termType === 'Variable') return null
  if (term.termType !== 'Quad') return term
  return [term.subject, term.predicate, term.object].some(part => wanted(part) === null) ? null : term
}

function unify(pattern: Term, term: Term, entries: Map<string, [Variable, Term]>): boolean {
  if (pattern.termType === 'Variable') {
    const known = entries.get(pattern.value)
    if (known === undefined) entries.set(pattern.value, [pattern, term])
    return known === undefined || known[1].equals(term)
  }
  if (pattern.termType !== 'Quad') return pattern.equals(term)
  return (
    term.termType === 'Quad' &&
    unify(pattern.subject, term.subject, entries) &&
    unify(pattern.predicate, term.predicate, entries) &&
    unify(pattern.object, term.object, entries)
  )
}
