import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { type Source, sourceOf, statementKind } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { tripleText } from '../rdf/turtle.ts'
import { cmq } from '../rdf/vocabulary.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import type { AnswerRow, Note } from './answer.ts'

const { namedNode } = DataFactory

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
  readonly #open = new Map<string, string>()
  readonly #events = new Map<string, boolean>()
  readonly #premises = new Set<string>()
  #rows = 0
  #inferred = 0
  #linked = 0
  #uncited = 0
  #capped = 0

  constructor(graph: KnowledgeGraph) {
    this.#graph = graph
  }

  see(row: AnswerRow, evidence: readonly Quad[] | undefined, isCapped: boolean): void {
    this.#rows++
    for (const term of row.values.values()) if (term.termType === 'NamedNode') this.#seeTerm(term)
    if (evidence === undefined) return
    for (const { subject, object } of evidence) for (const term of [subject, object]) this.#seeList(term)
    for (const { status, premises = [] } of row.sources) if (status === 'PlainStatement') this.#seePremises(premises)
    if (row.sources.some(({ status }) => status === 'Inference')) this.#inferred++
    if (row.sources.some(({ status }) => status === 'Link')) this.#linked++
    if (row.sources.length === 0) this.#uncited++
    if (isCapped) this.#capped++
  }

  notes(witnesses: number): Note[] {
    const planned = [...this.#events.values()].filter(isPlanned => isPlanned).length
    const events = `${planned} of ${this.#events.size} ${this.#events.size === 1 ? 'event' : 'events'}`
    const rows = (count: number, one: string, several: string): string =>
      `${count} of ${this.#rows} ${this.#rows === 1 ? 'row' : 'rows'} ${count === 1 ? one : several}`
    const told = [
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
      ...[...this.#open.values()].map(text => ({ code: 'open-list', text })),
      ...told.flatMap(({ count, code, text }) => (count === 0 ? [] : [{ code, text }])),
    ]
  }

  #seeTerm(term: Term): void {
    if (this.#events.has(term.value)) return
    const statuses = this.#graph.store.getObjects(term, cmq.hasEventStatus, null)
    if (statuses.length > 0)
      this.#events.set(
        term.value,
        statuses.every(status => status.equals(cmq.Planned)),
      )
  }

  /** What is said in short can be of a list, too. */
  #seePremises(premises: readonly Source[]): void {
    for (const { claim } of premises) {
      if (this.#premises.has(claim)) continue
      this.#premises.add(claim)
      for (const { subject } of this.#graph.store.getQuads(null, null, null, namedNode(claim))) this.#seeList(subject)
    }
  }

  #seeList(term: Term): void {
    if (term.termType !== 'NamedNode' || this.#open.has(term.value)) return
    const [open] = this.#graph.store
      .getQuads(term, cmq.isCompleteList, null, null)
      .filter(({ object }) => object.value === 'false')
    if (open === undefined) return
    const claim = this.#graph.store
      .getQuads(term, cmq.isCompleteList, null, null)
      .map(({ graph }) => graph)
      .find(graph => statementKind(this.#graph, graph) === 'Claim')
    const source = claim && sourceOf(this.#graph, claim)
    const words = source?.quote === undefined ? '' : `: “${source.quote}” [${source.id}]`
    this.#open.set(term.value, `The list of ${labelOf(this.#graph, term)} is open${words}.`)
  }
}
