import type { Quad, Term } from '@rdfjs/types'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { sourceOf, statementKind } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { tripleText } from '../rdf/turtle.ts'
import { cmq } from '../rdf/vocabulary.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import type { AnswerRow, Note } from './answer.ts'

/** Of every empty answer. */
export const NO_ANSWER: Note = { code: 'no-answer', text: '"No answer in this article" is not "the answer is no".' }

/** What a reader must know of a query whatever it answers: that it rests on absence, or counts. */
export function queryNotes({ prefixes }: KnowledgeGraph, algebra: Algebra): Note[] {
  const absent = [...nodesOf(algebra)].flatMap(node => absences(node)).map(pattern => patternText(pattern, prefixes))
  const counts = [...nodesOf(algebra)].some(({ aggregator }) => aggregator === 'count')
  return [
    ...[...new Set(absent)].map(text => ({
      code: 'absence',
      text: `Rests on the absence of ${text} - on what the graph does not say.`,
    })),
    ...(counts ? [{ code: 'count', text: 'Counts what the text names, no more.' }] : []),
  ]
}

function absences({ type, subType, input, not }: Algebra): Algebra[] {
  if (type === 'minus') return [(input as Algebra[])[1]!]
  return subType === 'existence' && not === true ? [input as Algebra] : []
}

function patternText(pattern: Algebra, prefixes: Readonly<Record<string, string>>): string {
  const triples = [...nodesOf(pattern)].filter(({ type }) => type === 'pattern') as unknown as Quad[]
  const shown = triples.map(triple => tripleText(triple, prefixes))
  const isPath = [...nodesOf(pattern)].some(({ type }) => type === 'path')
  return shown.length === 0 || isPath ? 'a pattern' : `{ ${shown.join(' . ')} }`
}

/** What a reader must know of the rows: lists that are open, events that are only announced, rows that rest on inferences. */
export class RowNotes {
  readonly #graph: KnowledgeGraph
  readonly #isGrowing: boolean
  /** IRIs in rows, and of what they rest on; claims that plain statements rest on. */
  readonly #values = new Set<string>()
  readonly #things = new Set<string>()
  readonly #claims = new Set<string>()
  #rows = 0
  #inferred = 0
  #linked = 0
  #uncited = 0
  #capped = 0

  /** @param isGrowing whether more of the dataset may come with each row, as from a server */
  constructor(graph: KnowledgeGraph, isGrowing: boolean) {
    this.#graph = graph
    this.#isGrowing = isGrowing
  }

  see(row: AnswerRow, evidence: readonly Quad[] | undefined, isCapped: boolean): void {
    this.#rows++
    for (const { termType, value } of row.values.values()) if (termType === 'NamedNode') this.#values.add(value)
    if (evidence === undefined) return
    for (const { subject, object } of evidence) {
      this.#things.add(subject.value)
      if (object.termType === 'NamedNode') this.#things.add(object.value)
    }
    for (const { status, premises = [] } of row.sources)
      if (status === 'PlainStatement') for (const { claim } of premises) this.#claims.add(claim)
    if (row.sources.some(({ status }) => status === 'Inference')) this.#inferred++
    if (row.sources.some(({ status }) => status === 'Link')) this.#linked++
    if (row.sources.length === 0) this.#uncited++
    if (isCapped) this.#capped++
  }

  notes(witnesses: number): Note[] {
    const { openText, openOf, isPlanned } = this.#told()
    const statuses = [...this.#values].flatMap(value => isPlanned.get(value) ?? [])
    const planned = statuses.filter(status => status).length
    const events = `${planned} of ${statuses.length} ${statuses.length === 1 ? 'event' : 'events'}`
    // What is said in short can be of a list, too.
    const lists = new Set([...this.#things, ...[...this.#claims].flatMap(claim => openOf.get(claim) ?? [])])
    const rows = (count: number, one: string, several: string): string =>
      `${count} of ${this.#rows} ${this.#rows === 1 ? 'row' : 'rows'} ${count === 1 ? one : several}`
    const counted = [
      { count: planned, code: 'planned', text: `${events} ${planned === 1 ? 'is' : 'are'} announced, not held.` },
      {
        count: this.#inferred,
        code: 'inferred',
        text: `${rows(this.#inferred, 'rests', 'rest')} on an inference, not on the text alone.`,
      },
      {
        count: this.#linked,
        code: 'linked',
        text: `${rows(this.#linked, 'rests', 'rest')} on a link to another source, not on the text.`,
      },
      {
        count: this.#uncited,
        code: 'no-witness',
        text: `${rows(this.#uncited, 'rests', 'rest')} on no sentence: no witness was found.`,
      },
      {
        count: this.#capped,
        code: 'witnesses-capped',
        text: `${rows(this.#capped, 'has', 'have')} more than the ${witnesses} derivations that were looked at.`,
      },
    ]
    return [
      ...[...lists].flatMap(list => openText(list) ?? []).map(text => ({ code: 'open-list', text })),
      ...counted.flatMap(({ count, code, text }) => (count === 0 ? [] : [{ code, text }])),
    ]
  }

  #told(): Told {
    if (this.#isGrowing) return toldIn(this.#graph)
    const known = told.get(this.#graph.store) ?? toldIn(this.#graph)
    told.set(this.#graph.store, known)
    return known
  }
}

/** What a dataset says of lists and events, by their IRIs. */
interface Told {
  /** Why a list is open, in words; undefined if it is not. */
  readonly openText: (list: string) => string | undefined
  /** By the name of a graph the open lists of which something is said there. */
  readonly openOf: ReadonlyMap<string, readonly string[]>
  readonly isPlanned: ReadonlyMap<string, boolean>
}

/** Of datasets that do not change. */
const told = new WeakMap<object, Told>()

function toldIn(graph: KnowledgeGraph): Told {
  const { store } = graph
  const lists = store.getQuads(null, cmq.isCompleteList, null, null).filter(({ object }) => object.value === 'false')
  const open = new Map(lists.flatMap(({ subject }) => (subject.termType === 'NamedNode' ? [[subject.value, subject]] : [])))
  const texts = new Map<string, string>()
  const openOf = new Map<string, string[]>()
  for (const list of open.values()) {
    const about = new Set(store.getQuads(list, null, null, null).map(quad => quad.graph.value))
    for (const name of about) openOf.set(name, [...(openOf.get(name) ?? []), list.value])
  }
  const isPlanned = new Map<string, boolean>()
  for (const { subject, object } of store.getQuads(null, cmq.hasEventStatus, null, null))
    isPlanned.set(subject.value, isPlanned.get(subject.value) !== false && object.equals(cmq.Planned))
  const openText = (list: string): string | undefined => {
    const term = open.get(list)
    if (term !== undefined && !texts.has(list)) texts.set(list, textOf(graph, term))
    return texts.get(list)
  }
  return { openText, openOf, isPlanned }
}

/** Why an open list is open. */
function textOf(graph: KnowledgeGraph, list: Term): string {
  const claim = graph.store
    .getQuads(list, cmq.isCompleteList, null, null)
    .map(quad => quad.graph)
    .find(name => statementKind(graph, name) === 'Claim')
  const source = claim && sourceOf(graph, claim)
  const words = source?.quote === undefined ? '' : `: “${source.quote}” [${source.id}]`
  return `The list of ${labelOf(graph, list)} is open${words}.`
}
