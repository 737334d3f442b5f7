import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Term } from '@rdfjs/types'
import { CommuniqueError, type Fault } from '../error.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { timeoutError } from '../sparql/watch.ts'
import { termOf, termText } from '../store/term-text.ts'
import type { AnswerRow } from './answer.ts'
import {
  type AnswerPart,
  type AskOptions,
  graphOfLayer,
  type Inquiry,
  milliseconds,
  mostSeconds,
  timeLimitNote,
} from './answering.ts'

/** What a worker is asked: the text of a query, or of a saved question with the values of its parameters. */
export interface Request {
  readonly text: string
  readonly question?: { readonly name: string; readonly summary: string } | undefined
  /** Terms as text. */
  readonly parameters?: ReadonlyMap<string, readonly string[]> | undefined
  readonly file?: string | undefined
  readonly prefixes: Readonly<Record<string, string>>
  readonly options: AskOptions
}

/**
 * Megabytes that a query may take. They are counted from outside, since a worker that reaches the limit of its own heap within one
 * large step, such as a long text, takes the process with it.
 */
const MOST_MEMORY = 1024

/** Seconds past its time after which a worker that does not stop by itself is ended. */
const GRACE = 0.3

/** An inquiry by the text of its query, which the worker parses. */
export type IsolatedInquiry = Omit<Inquiry, 'algebra' | 'text'> & { readonly text: string }

/**
 * Answers query text from outside in a worker. When its time is up, when the caller aborts or stops reading, the work ends at once,
 * whatever it does: a single regular expression can hold a thread for hours. Rows that have come when the time is up are an answer
 * that is not complete.
 *
 * @throws CommuniqueError as `parseQuery` and `answerParts`; `query-timeout`; `query-too-large` for one that takes too much memory
 */
export async function* isolatedParts(
  graph: KnowledgeGraph,
  { text, question, parameters }: IsolatedInquiry,
  { file, ...options }: AskOptions & { readonly file?: string | undefined } = {},
): AsyncGenerator<AnswerPart, void, undefined> {
  const { signal, ...plain } = options
  const timeout = mostSeconds(options)
  signal?.throwIfAborted()
  const worker = idle.get(graph.store) ?? startWorker(graph)
  idle.delete(graph.store)
  worker.ref()
  const before = memoryOfWorkers()
  const inbox = new Inbox()
  const fail = (error: unknown): void => inbox.fail(error)
  const abort = (): void => fail(signal?.reason)
  const late = timeoutError(timeout)
  const timer = setTimeout(() => fail(late), milliseconds(timeout + GRACE))
  const guard = setInterval(() => {
    if (memoryOfWorkers() - before > alive * MOST_MEMORY * 2 ** 20) fail(tooLarge())
  }, 50)
  const crashed = (error: Error): void => fail(crash(error))
  const ended = (): void => fail(new CommuniqueError('query-failed', { what: 'the worker that answers queries ended' }))
  worker.on('message', inbox.put).on('error', crashed).on('exit', ended)
  signal?.addEventListener('abort', abort, { once: true })
  let [isDone, hasRows] = [false, false]
  try {
    const values = parameters && new Map([...parameters].map(([name, terms]) => [name, terms.map(termText)]))
    const asked = question && { name: question.name, summary: question.summary }
    const request: Request = {
      text,
      file,
      prefixes: graph.prefixes,
      question: asked,
      parameters: values,
      options: { ...plain, timeout },
    }
    worker.postMessage(request)
    while (!isDone) {
      const message = await inbox.take()
      signal?.throwIfAborted()
      if (message.kind === 'fault') {
        isDone = true
        throw new CommuniqueError(message.code, { ...message.fault, faults: message.faults })
      }
      const part = decodePart(message)
      isDone = part.kind === 'tail'
      hasRows ||= part.kind === 'rows'
      yield part.kind === 'head' && parameters !== undefined ? { ...part, parameters } : part
    }
  } catch (error) {
    if (error !== late || !hasRows) throw error
    yield { kind: 'tail', notes: [timeLimitNote(timeout)], complete: false }
  } finally {
    clearTimeout(timer)
    clearInterval(guard)
    signal?.removeEventListener('abort', abort)
    worker.off('message', inbox.put).off('error', crashed).off('exit', ended)
    // One worker that is done waits for the next query; one that is not has nothing that anyone waits for.
    if (isDone && !idle.has(graph.store)) idle.set(graph.store, worker)
    else void worker.terminate()
    worker.unref()
  }
}

const idle = new WeakMap<object, Worker>()
const requireHere = createRequire(import.meta.url)

function startWorker(graph: KnowledgeGraph): Worker {
  const { store, baseIRI, prefixes, documents } = graphOfLayer(graph, 'stated')
  const names = documents.map(({ name, iri }) => ({ name, iri }))
  const worker = new Worker(requireHere.resolve('#worker'), {
    workerData: { image: store.image, baseIRI, prefixes, documents: names },
    resourceLimits: { maxOldGenerationSizeMb: 4 * MOST_MEMORY },
    // What Node was told for the program, such as `--input-type`, is not for this file.
    execArgv: [],
  })
  // Nobody waits for one that ends while it is idle, or while it is being ended; the error must not be the whole process's.
  worker.on('error', () => {})
  alive++
  worker.on('exit', () => {
    alive--
    if (idle.get(graph.store) === worker) idle.delete(graph.store)
  })
  return worker
}

let alive = 0
/** Bytes that the process holds besides what belongs to this thread. */
function memoryOfWorkers(): number {
  const { rss, heapTotal, external } = process.memoryUsage()
  return rss - heapTotal - external
}

function crash(error: Error & { readonly code?: string }): CommuniqueError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge(error)
  return new CommuniqueError('query-failed', { what: error.message, cause: error })
}

function tooLarge(cause?: Error): CommuniqueError {
  return new CommuniqueError('query-too-large', {
    what: `the query took more than ${MOST_MEMORY} MB of memory: the work was stopped`,
    mend: 'ask for less: patterns that share variables, a LIMIT inside',
    cause,
  })
}

/** Messages that have come, and whoever waits for the next. */
class Inbox {
  readonly #messages: Message[] = []
  #failure: { readonly error: unknown } | undefined
  #wake: (() => void) | undefined

  readonly put = (message: Message): void => {
    this.#messages.push(message)
    this.#wake?.()
  }

  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wake?.()
  }

  async take(): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift()
      if (message !== undefined) return message
      if (this.#failure !== undefined) throw this.#failure.error
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}

type Message =
  | EncodedPart
  | { readonly kind: 'fault'; readonly code: string; readonly fault: Fault; readonly faults?: readonly Fault[] }
type EncodedRow = { readonly values: readonly (readonly [string, string])[]; readonly sources: AnswerRow['sources'] }
type EncodedPart =
  | Exclude<AnswerPart, { readonly kind: 'rows' }>
  | { readonly kind: 'rows'; readonly rows: readonly EncodedRow[]; readonly labels: ReadonlyMap<string, string> }

/** A part as it goes from thread to thread: terms as text. */
export function encodePart(part: AnswerPart): EncodedPart {
  // The other side knows the values that it gave.
  if (part.kind === 'head') return { ...part, parameters: new Map() }
  if (part.kind !== 'rows') return part
  const rows = part.rows.map(({ values, sources }) => ({
    values: [...values].map(([name, term]) => [name, termText(term)] as const),
    sources,
  }))
  return { ...part, rows }
}

function decodePart(part: EncodedPart): AnswerPart {
  if (part.kind !== 'rows') return part
  const rows = part.rows.map(({ values, sources }) => ({
    values: new Map<string, Term>(values.map(([name, text]) => [name, termOf(text)])),
    sources,
  }))
  return { ...part, rows }
}
