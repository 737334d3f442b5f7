import type { Term } from '@rdfjs/types'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { CommuniqueError } from '../error.ts'
import type { ServiceAnswer, ServiceOptions } from '../federation/federation.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import type { Layer } from '../project/layer.ts'
import { layerIRI } from '../project/layer.ts'
import { labelOf } from '../project/thing.ts'
import { engineName, type QueryForm, queryForm } from '../query/engine.ts'
import { columnsOf, evaluate, queryOfRows } from '../query/evaluation.ts'
import { MOST_WITNESSES } from '../query/evidence.ts'
import type { EngineChoice } from '../query/plan.ts'
import type { Prefixes } from '../rdf/prefixes.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import { type PlanStep, stepText } from '../sparql/step.ts'
import { timeoutError } from '../sparql/watch.ts'
import { QuadStore } from '../store/quad-store.ts'
import type { Answer, AnswerRow, Note, Step } from './answer.ts'
import { Citer } from './citation.ts'
import { NO_ANSWER, queryNotes, RowNotes } from './notes.ts'
import { isWhole, serviceNotes, serviceSources } from './services.ts'

/** How a question or query is asked. */
export interface AskOptions {
  /** What plain patterns see: `stated` unless the question or the call says otherwise. */
  readonly layer?: Layer | undefined
  /** Whether rows come with their sources; yes unless told not to. */
  readonly cite?: boolean | undefined
  /** Most rows; 10,000 unless told. */
  readonly limit?: number | undefined
  /** Most seconds; 30 unless told, 180 with `services`. */
  readonly timeout?: number | undefined
  /** Most derivations of one row that are looked at for its sources; 1,000 unless told. */
  readonly witnesses?: number | undefined
  /** Whether the answer tells what was asked of the store; its rows come without sources then. */
  readonly explain?: boolean | undefined
  /** `comunica` instead of our own engine, which leaves to it what it cannot do. */
  readonly engine?: EngineChoice | undefined
  /** The server that answers in the place of our engine; `explain` is about ours. */
  readonly endpoint?: Endpoint | undefined
  /** What a SERVICE may ask, and how; without it a query with SERVICE is refused. */
  readonly services?: ServiceOptions | undefined
  readonly signal?: AbortSignal | undefined
}

export const MOST_ROWS = 10_000

/** Seconds that an answer may take; other servers are given more. */
export function mostSeconds({ timeout, services }: AskOptions): number {
  return timeout ?? (services === undefined ? 30 : 180)
}

/** What is asked: a query as algebra. */
export interface Inquiry {
  readonly algebra: Algebra
  /** The text, if it is one of the asker's own: notes use its prefixes. */
  readonly text?: string | undefined
  readonly question?: { readonly name: string; readonly summary: string } | undefined
  readonly parameters?: ReadonlyMap<string, readonly Term[]> | undefined
}

/** An answer as it comes: first its head, then rows, then its tail. */
export type AnswerPart =
  | ({ readonly kind: 'head' } & AnswerHead)
  | { readonly kind: 'rows'; readonly rows: readonly AnswerRow[]; readonly labels: ReadonlyMap<string, string> }
  | {
      readonly kind: 'tail'
      readonly notes: readonly Note[]
      readonly complete: boolean
      readonly steps?: readonly Step[] | undefined
    }

export type AnswerHead = Omit<Answer, 'rows' | 'labels' | 'notes' | 'complete' | 'steps'>

/**
 * Answers a query from a graph, with the sources of each row.
 *
 * @throws CommuniqueError `query-refused` for an update, or for a SERVICE without `services`; as `federate`; `query-failed`,
 * `query-timeout` before the first row
 */
export async function* answerParts(
  graph: KnowledgeGraph,
  inquiry: Inquiry,
  options: AskOptions = {},
): AsyncGenerator<AnswerPart, void, undefined> {
  const { question, parameters = new Map() } = inquiry
  const {
    layer = 'stated',
    explain = false,
    cite = !explain,
    limit = MOST_ROWS,

    witnesses = MOST_WITNESSES,
    services,
    engine,
  } = options
  const timeout = mostSeconds(options)
  const form = formOf(inquiry.algebra)
  const remote = options.endpoint?.graphOf(graph, layer)
  const asked = remote ?? graphOfLayer(graph, layer)
  const queryOfHead = hasService(inquiry.algebra) ? inquiry.algebra : queryOfRows(inquiry.algebra, cite)
  yield {
    kind: 'head',
    form,
    question: question?.name,
    summary: question?.summary,
    layer,
    parameters,
    columns: columnsOf(inquiry.algebra),
    prefixes: graph.prefixes,
    isCited: cite,
    engine: remote?.name ?? (await engineName(asked.store, queryOfHead, engine, graph)),
  }
  const citer = new Citer(asked, layer)
  const rowNotes = new RowNotes(asked, remote !== undefined)
  const timer = AbortSignal.timeout(milliseconds(timeout))
  const signal = options.signal === undefined ? timer : AbortSignal.any([options.signal, timer])
  let [algebra, said]: [Algebra, readonly ServiceAnswer[]] = [inquiry.algebra, []]
  if (services !== undefined && remote === undefined && hasService(algebra)) {
    const { federate } = await import('../federation/federation.ts')
    const run = { baseIRI: graph.baseIRI, signal }
    const federated = federate(asked.store, algebra, services, run).catch((error: unknown) => {
      throw timer.aborted && !(options.signal?.aborted ?? false) ? timeoutError(timeout) : error
    })
    ;({ algebra, answers: said } = await federated)
  }
  const trace: PlanStep[] | undefined = explain ? [] : undefined
  const evaluation = { cite, limit, witnesses, signal, timeout, baseIRI: graph.baseIRI, engine, trace }
  const batches = evaluate(remote ?? asked.store, algebra, evaluation)
  let [count, zero, complete, late] = [0, true, true, false]
  try {
    for (let next = await batches.next(); ; next = await batches.next()) {
      if (next.done) {
        complete = next.value
        break
      }
      await remote?.learn(next.value, signal)
      const labels = new Map<string, string>()
      const rows = next.value.map(({ values, evidence }): AnswerRow => {
        const row = { values, sources: evidence ? [...citer.sourcesOf(evidence.quads), ...serviceSources(said, values)] : [] }
        rowNotes.see(row, evidence?.quads, evidence?.isCapped ?? false)
        for (const term of values.values()) if (term.termType === 'NamedNode') labels.set(term.value, labelOf(asked, term))
        zero &&= values.size > 0 && [...values.values()].every(({ value }) => value === '0')
        return row
      })
      count += rows.length
      yield { kind: 'rows', rows, labels }
      options.signal?.throwIfAborted()
    }
  } catch (error) {
    // A long step looks at the clock by itself: no timer goes off meanwhile.
    const isLate = error instanceof CommuniqueError ? error.code === 'query-timeout' : timer.aborted
    if (!isLate || options.signal?.aborted) throw error
    if (count === 0) throw timeoutError(timeout)
    ;[complete, late] = [false, true]
  } finally {
    await batches.return(false)
  }
  const isEmpty = complete && (count === 0 || (count === 1 && zero && isCount(algebra)))
  // What others did not say cannot be looked for here.
  const empty = async (): Promise<Note[]> =>
    said.length > 0 || remote !== undefined
      ? [NO_ANSWER]
      : (await import('./hints.ts')).emptyAnswerNotes(asked, asked.store, algebra, { layer, text: inquiry.text, signal })
  const notes = [
    ...(isEmpty ? await empty() : []),
    ...(count === 0 ? [] : [...queryNotes(graph, algebra), ...rowNotes.notes(witnesses)]),
    ...(late ? [timeLimitNote(timeout)] : []),
    ...(remote?.partial === undefined ? [] : [{ code: 'server-limit', text: `There may be more: ${remote.partial}.` }]),
    ...(complete || late
      ? []
      : [
          {
            code: 'row-limit',
            text: limit === 1 ? 'This is the first row; there are more.' : `These are the first ${limit} rows; there are more.`,
          },
        ]),
    ...serviceNotes(said),
  ]
  yield {
    kind: 'tail',
    notes,
    complete: complete && isWhole(said) && remote?.partial === undefined,
    steps: trace?.map(step => stepOf(step, graph.prefixes)),
  }
}

function stepOf(step: PlanStep, prefixes: Prefixes): Step {
  const { text, graph } = stepText(step, prefixes)
  const { depth, estimate, opened, solutions } = step
  return { text: '  '.repeat(depth) + text, graph, expected: estimate, times: opened, solutions }
}

export function timeLimitNote(timeout: number): Note {
  return { code: 'time-limit', text: `The time of ${timeout} s was up: there may be more rows.` }
}

/** For a timer, which can wait for 24 days and no longer. */
export function milliseconds(seconds: number): number {
  return Math.min(seconds * 1000, 2 ** 31 - 1)
}

/** Whether a query asks other servers. */
export function hasService(algebra: Algebra): boolean {
  return [...nodesOf(algebra)].some(({ type }) => type === 'service')
}

function isCount(algebra: Algebra): boolean {
  return [...nodesOf(algebra)].some(({ aggregator }) => aggregator === 'count')
}

function formOf(algebra: Algebra): QueryForm {
  const form = queryForm(algebra)
  if (form !== undefined) return form
  if (algebra.type === 'nop' || (Array.isArray(algebra.updates) && algebra.updates.length === 0))
    throw new CommuniqueError('query-syntax', {
      what: 'the text has no query',
      mend: 'write SELECT, ASK, CONSTRUCT or DESCRIBE behind the prefixes',
    })
  throw new CommuniqueError('query-refused', { what: 'an update is not a query: graphs change only where they are written' })
}

/** The graph with a layer in the place of its default graph, indexed once. */
export function graphOfLayer(graph: KnowledgeGraph, layer: Layer): KnowledgeGraph & { readonly store: QuadStore } {
  const known = layers.get(graph.store) ?? new Map<Layer, QuadStore>()
  layers.set(graph.store, known)
  const stated = known.get('stated') ?? indexed(graph)
  known.set('stated', stated)
  const store = known.get(layer) ?? stated.withDefaultGraph(layerIRI(graph.baseIRI, layer))
  known.set(layer, store)
  return { ...graph, store }
}

const layers = new WeakMap<object, Map<Layer, QuadStore>>()

function indexed({ store }: KnowledgeGraph): QuadStore {
  return store instanceof QuadStore ? store : QuadStore.of(store.getQuads(null, null, null, null))
}

/** An answer that is awaited whole, or read row by row: whoever stops reading stops the work. */
export class Answering implements PromiseLike<Answer>, AsyncIterable<AnswerRow> {
  readonly #parts: () => AsyncGenerator<AnswerPart, void, undefined>
  readonly #signal: AbortSignal | undefined

  constructor(parts: () => AsyncGenerator<AnswerPart, void, undefined>, signal?: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for
  then<Result = Answer, Failure = never>(
    fulfilled?: ((answer: Answer) => Result | PromiseLike<Result>) | null,
    rejected?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#whole().then(fulfilled, rejected)
  }

  /** The parts as they come: head, rows, tail. */
  parts(): AsyncGenerator<AnswerPart, void, undefined> {
    return this.#parts()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnswerRow, void, undefined> {
    for await (const part of this.#parts()) {
      for (const row of part.kind === 'rows' ? part.rows : []) {
        this.#signal?.throwIfAborted()
        yield row
      }
    }
  }

  async #whole(): Promise<Answer> {
    let head: AnswerHead | undefined
    const [rows, labels]: [AnswerRow[], Map<string, string>] = [[], new Map()]
    for await (const part of this.#parts()) {
      if (part.kind === 'head') head = part
      else if (part.kind === 'tail')
        return { ...(head as AnswerHead), rows, labels, notes: part.notes, complete: part.complete, steps: part.steps }
      else {
        rows.push(...part.rows)
        for (const [iri, label] of part.labels) labels.set(iri, label)
      }
    }
    throw new CommuniqueError('query-failed', { what: 'the answer broke off' })
  }
}
