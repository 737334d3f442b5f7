import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { rdf, xsd } from '../rdf/vocabulary.ts'
import type { Algebra } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { ask, queryText, type Solution, select } from './engine.ts'
import type { Finding, Place } from './finding.ts'
import { type Part, patternOf } from './part.ts'
import { nearestIRIs } from './resemblance.ts'

/** How often the engine is asked at most, and how many rows are looked through. */
const [MAX_ASKS, MAX_ROWS] = [64, 500]

const { defaultGraph, variable } = DataFactory

export type Triple = Readonly<Record<'subject' | 'predicate' | 'object', Term>>

const POSITIONS = ['subject', 'predicate', 'object', 'graph'] as const
type Position = (typeof POSITIONS)[number]

/** Where a term that stands at a place is looked for: who is known as a subject is known. */
const POSITIONS_OF: Readonly<Record<Place, readonly Position[]>> = {
  subject: ['subject', 'object'],
  predicate: ['predicate'],
  object: ['subject', 'object'],
  graph: ['graph'],
  filter: ['subject', 'predicate', 'object'],
}

/** What a diagnosis asks of source and engine, within the dataset that the query's FROM gives. */
export class Inquiry {
  readonly #source: QuadLookup
  readonly #prefixes: Prefixes
  readonly #root: Algebra
  #asksLeft = MAX_ASKS

  readonly #signal: AbortSignal | undefined

  constructor(source: QuadLookup, root: Algebra, prefixes: Prefixes, signal: AbortSignal | undefined) {
    this.#source = source
    this.#root = root
    this.#prefixes = prefixes
    this.#signal = signal
  }

  /** Whether a pattern has a solution; taken to have one if too much was asked, or what the engine cannot answer. */
  async holds(pattern: Algebra): Promise<boolean> {
    return (
      this.#asksLeft-- <= 0 ||
      ask(this.#source, this.#within({ type: 'ask', input: pattern }), { signal: this.#signal }).catch(() => true)
    )
  }

  async matches(part: Part): Promise<boolean> {
    return part.node.type === 'pattern' ? this.quads(part).length > 0 : this.holds(patternOf(part))
  }

  /** Some solutions of a pattern, each once. */
  async rows(input: Algebra, names: readonly string[]): Promise<Solution[]> {
    const variables = [...new Set(names)].map(name => variable(name))
    const distinct = { type: 'distinct', input: { type: 'project', variables, input } }
    const query = this.#within({ type: 'slice', start: 0, length: MAX_ROWS, input: distinct })
    return select(this.#source, query, { signal: this.#signal }).catch(() => [])
  }

  /** The quads that a triple pattern matches: with anything at the place `open`, where it is asked or in any graph (null). */
  quads(part: Part, open?: keyof Triple, within: Term | null = part.graph): Quad[] {
    const pattern = {
      ...(part.node as unknown as Triple),
      graph: within ?? defaultGraph(),
      ...(open && { [open]: variable('_') }),
    }
    const isSame = (quad: Quad, a: Position, b: Position) =>
      pattern[a].termType !== 'Variable' || !pattern[a].equals(pattern[b]) || quad[a].equals(quad[b])
    return this.#graphs(within)
      .flatMap(graph => this.#source.getQuads(ground(pattern.subject), ground(pattern.predicate), ground(pattern.object), graph))
      .filter(quad => within?.termType !== 'Variable' || quad.graph.termType !== 'DefaultGraph')
      .filter(quad => POSITIONS.every(a => POSITIONS.every(b => isSame(quad, a, b))))
  }

  /** The finding that nothing which can be seen from a graph has a term at a place; none if something has. */
  unknown(term: NamedNode, place: Place, pattern: string, from: Term = defaultGraph()): Finding[] {
    const places = POSITIONS_OF[place]
    const terms = places.map(at => POSITIONS.map(other => (other === at ? term : null)))
    const graphs = this.#graphs(place === 'graph' ? null : from)
    const isKnown = terms.some(([s, p, o, g]) => graphs.some(graph => this.#source.countQuads(s!, p!, o!, g ?? graph) > 0))
    if (isKnown || term.value.startsWith(PREFIXES.xsd)) return []
    const seen = graphs.flatMap(graph => this.#source.getQuads(null, null, null, graph))
    const near = nearestIRIs(term, distinct(seen.flatMap(quad => places.map(at => quad[at]))).filter(isNamed))
    const elsewhere = terms.flatMap(([s, p, o, g]) => this.#source.getQuads(s!, p!, o!, g!))
    return [{ code: 'unknown-term', pattern, term, place, graphs: distinct(elsewhere.map(quad => quad.graph)), near }]
  }

  /** A pattern as a person writes it: on one line, with short IRIs and bare numbers. */
  async write(pattern: Algebra): Promise<string> {
    return tidied(await queryText({ type: 'ask', input: pattern }), this.#prefixes)
  }

  /** A query of the same dataset and with the same base. */
  #within(input: Algebra): Algebra {
    const { type, metadata } = this.#root
    return { ...(type === 'from' ? { ...this.#root, input } : input), ...(metadata !== undefined && { metadata }) }
  }

  /** The graphs that `GRAPH` with a name or a variable, or no `GRAPH`, looks into; null for all. */
  #graphs(graph: Term | null): readonly (Term | null)[] {
    const from = this.#root.type === 'from' ? (this.#root as unknown as Readonly<Record<'default' | 'named', Term[]>>) : undefined
    if (graph?.termType === 'DefaultGraph') return from?.default ?? [graph]
    return graph?.termType === 'Variable' ? (from?.named ?? [null]) : [graph]
  }
}

/** What a person spells differently from the engine. */
const SPELLED =
  /(?<quoted>"(?:[^"\\]|\\.)*")(?:\^\^<(?<datatype>[^>]*)>)?|<(?<iri>[^<>\s"{}|^`\\]*)>|\?(?<hidden>var|g_)(?=\d)|\((?<opening>\s+)|(?<closing>\s+(?=[),])|\s+\.(?=\s+\}))|\s+/g

const TYPE_VERB = new RegExp(` <${rdf.type.value}> (?=[?<"])`, 'g')

function tidied(text: string, prefixes: Prefixes): string {
  const short = (iri: string): string => (shorten(iri, prefixes) === iri ? `<${iri}>` : shorten(iri, prefixes))
  const respelled = (...match: readonly unknown[]): string => {
    const { quoted, datatype, iri, hidden, opening, closing } = match.at(-1) as Readonly<Record<string, string | undefined>>
    if (quoted !== undefined && BARE.has(datatype)) return quoted.slice(1, -1)
    if (quoted !== undefined)
      return datatype === undefined || datatype === xsd.string.value ? quoted : `${quoted}^^${short(datatype)}`
    if (iri !== undefined) return short(iri)
    if (hidden !== undefined) return `_:${hidden[0]}`
    return opening !== undefined ? '(' : closing !== undefined ? '' : ' '
  }
  return text
    .replace(TYPE_VERB, ' a ')
    .replace(SPELLED, respelled)
    .replace(/^ASK WHERE \{ (.*) \}$/, '$1')
    .replace(/^(\S+ )\((\S+)\)( \S+)$/, '$1$2$3')
    .replace(/(FILTER|HAVING) \(\((.*)\)\)$/, '$1 ($2)')
    .replace(/(FILTER|HAVING) \(/, '$1(')
}

const BARE: ReadonlySet<string | undefined> = new Set([xsd.integer.value, xsd.boolean.value, `${PREFIXES.xsd}decimal`])

/** Terms each once, in an order that does not depend on the source. */
export function distinct<T extends Term>(terms: readonly T[]): T[] {
  return [...new Map(terms.map(term => [termKey(term), term] as const)).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, term]) => term)
}

export function isGround({ termType }: Term): boolean {
  return termType !== 'Variable' && termType !== 'Quad'
}

function ground(term: Term): Term | null {
  return isGround(term) ? term : null
}

export function isNamed(term: Term): term is NamedNode {
  return term.termType === 'NamedNode'
}
