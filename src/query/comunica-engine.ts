import { createRequire } from 'node:module'
import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { ResultStream } from '#comunica'
import { requireCached } from '../code-cache.ts'
import { type Algebra, nodesOf, projectedVariables } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import { type Asked, failure } from './asked.ts'
import { BindingsSource } from './bindings-source.ts'
import type { QuerySource, Solution } from './engine.ts'
import { existing, lowerGraphs } from './graph.ts'
import { type StreamOf, streamsOver } from './lazy-iterator.ts'
import { optionalsLast, repaired, scoped } from './repair.ts'
import { StoreSource } from './store-source.ts'

/** What answers, e.g. `comunica 5.4.1`. */
export function comunicaName(): string {
  return `comunica ${comunica().version}`
}

/** The solutions of a SELECT. */
export async function* comunicaSolutions(source: QuerySource, asked: Asked): AsyncGenerator<Solution, void, undefined> {
  const { engine, algebra, context } = await prepare(source, asked)
  const variables = projectedVariables(algebra)
  const stream = await failing(() => engine.queryBindings(algebra, context))
  for await (const bindings of itemsOf(stream, asked.signal)) {
    const solution = new Map<string, Term>()
    for (const name of variables) {
      const term = bindings.get(name)
      if (term !== undefined) solution.set(name, term)
    }
    yield solution
  }
}

/** The answer of an ASK. */
export async function comunicaAnswer(source: QuerySource, asked: Asked): Promise<boolean> {
  const { engine, algebra, context } = await prepare(source, asked)
  const { signal } = asked
  if (signal === undefined) return failing(() => engine.queryBoolean(algebra, context))
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    const answered = failing(() => engine.queryBoolean(algebra, context))
    answered.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The quads of a CONSTRUCT or DESCRIBE, some perhaps more than once. */
export async function* comunicaQuads(source: QuerySource, asked: Asked): AsyncGenerator<Quad, void, undefined> {
  const { engine, algebra, context } = await prepare(source, asked)
  yield* itemsOf(await failing(() => engine.queryQuads(algebra, context)), asked.signal)
}

/** Turns algebra back into the text of a query, without prefixes. */
export function generatedText(algebra: Algebra): string {
  return comunica().generate(algebra)
}

/** What a stream of the engine gives, with its errors as ours; the stream ends with the loop that reads it. */
async function* itemsOf<T>(stream: ResultStream<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
  const stop = (): void => stream.destroy(signal?.reason instanceof Error ? signal.reason : new Error('stopped'))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    signal?.throwIfAborted()
    for await (const item of stream) {
      yield item
      signal?.throwIfAborted()
    }
    signal?.throwIfAborted()
  } catch (error) {
    throw signal?.aborted ? signal.reason : failure(error)
  } finally {
    signal?.removeEventListener('abort', stop)
    stream.destroy()
  }
}

type Comunica = typeof import('#comunica')
type Engine = InstanceType<Comunica['QueryEngine']>

/** The engine's one file, loaded when first needed. By `require`, since `import` of CommonJS searches the file for export names. */
function comunica(): Comunica {
  loaded ??= requireCached(requireHere.resolve('#comunica')) as Comunica
  return loaded
}

const requireHere = createRequire(import.meta.url)
let loaded: Comunica | undefined

/** One engine a process: it is dear to make and keeps nothing of a query. */
let shared: Engine | undefined
function sharedEngine(): Engine {
  shared ??= new (comunica().QueryEngine)()
  return shared
}

async function prepare(source: QuerySource, { algebra: asked, baseIRI, engine: choice }: Asked) {
  const engine = sharedEngine()
  const context = {
    ...(choice !== 'comunica' && source instanceof QuadStore ? takingPlans(source) : { sources: [askable(source)] }),
    nonLexicalComparison: true,
    // The usual one has room for a thousand types, which is made for each query.
    '@comunica/utils-expression-evaluator:superTypeProvider': { cache: new Map(), discoverer: () => 'term' },
    ...(baseIRI === undefined ? {} : { baseIRI }),
  }
  const algebra = repaired(asked)
  return { engine, context, algebra: optionalsLast(await lowerGraphs(scoped(algebra), () => namedGraphs(algebra, context))) }
}

/** The names of the graphs that a query sees: those of its `FROM NAMED`, else all. */
async function namedGraphs(algebra: Algebra, context: Parameters<Engine['queryBindings']>[1]): Promise<NamedNode[]> {
  const clauses = [...nodesOf(algebra)].filter(({ type }) => type === 'from')
  if (clauses.length > 0) return clauses.flatMap(({ named }) => named as NamedNode[])
  const stream = await sharedEngine().queryBindings(existing(DataFactory.variable('name')), context)
  return (await stream.toArray()).map(bindings => bindings.get('name') as NamedNode)
}

/** A store of ours for a query that our own engine cannot answer: it takes those parts that it can. */
function takingPlans(store: QuadStore) {
  return { '@comunica/bus-query-operation:querySources': [{ source: new StoreSource(store, streamOf()) }] }
}

/** The face by which the engine asks a source for quads. */
function askable(source: QuerySource): object {
  return 'getQuads' in source ? new BindingsSource(source, streamOf()) : source
}

function streamOf(): StreamOf {
  streams ??= streamsOver(comunica().AsyncIterator)
  return streams
}
let streams: StreamOf | undefined

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failure(error)
  }
}
