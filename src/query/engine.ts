import { createRequire } from 'node:module'
import type { NamedNode, Quad, Source, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { ResultStream } from '#comunica'
import { requireCached } from '../code-cache.ts'
import { CommuniqueError } from '../error.ts'
import { quadKey } from '../rdf/term.ts'
import { SyntaxFault } from '../sparql/syntax/fault.ts'
import { parseText } from '../sparql/syntax/parser.ts'
import type { QuadLookup } from '../store/dataset.ts'
import { type Algebra, nodesOf, projectedVariables } from './algebra.ts'
import { bindVariables } from './binding.ts'
import { BindingsSource } from './bindings-source.ts'
import { existing, lowerGraphs } from './graph.ts'
import { refuseDeepAlgebra, refuseHugeText, tooDeep } from './limits.ts'
import { optionalsLast, repaired, scoped } from './repair.ts'
import { isService, type QueryService } from './service.ts'
import { refusal, syntaxError } from './syntax-error.ts'

/** A row of a SELECT: variable names without `?`, in the order of the head; a variable without a value is absent. */
export type Solution = ReadonlyMap<string, Term>

/**
 * What a query is asked of: a dataset of ours, `n3.Store`, any RDF/JS Source; or an engine elsewhere, which
 * is asked algebra. Blank nodes in solutions are the source's own.
 */
export type QuerySource = QuadLookup | Source | QueryService

export type { Algebra }

/** The four forms of a query. @see SPARQL 1.1 Query Language, 16 (Query Forms) */
export type QueryForm = 'SELECT' | 'ASK' | 'CONSTRUCT' | 'DESCRIBE'

/** What answers, e.g. `comunica 5.4.1`. */
export function engineName(): string {
  return `comunica ${comunica().version}`
}

export interface ParseOptions {
  /** The IRI that relative IRIs of the text start from, unless the text has a `BASE`. */
  readonly baseIRI?: string | undefined
  /** Prefixes that the text may use without declaring them. */
  readonly prefixes?: Readonly<Record<string, string>> | undefined
  /** Where the text comes from, for messages. */
  readonly file?: string | undefined
}

export interface QueryOptions extends ParseOptions {
  /** Variables that have their value before the query starts, as SHACL's pre-bound variables do. */
  readonly bindings?: Solution | undefined
  /** Stops the work between two solutions; nothing stops a single long step, see `isolation.ts`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Parses a query.
 *
 * @returns its algebra; the text's own `BASE` is kept in the root's `metadata.baseIRI`, because the function `IRI()` needs it
 * @throws CommuniqueError `query-syntax` or `undeclared-prefix` with the place of the fault, `query-too-long`, `query-too-deep`
 * @see SPARQL 1.1 Query Language, 18.2 (Translation to the SPARQL Algebra); 1.2 syntax is accepted
 * @example (await parseQuery('ASK { ?s ?p ?o }')).type // 'ask'
 */
export async function parseQuery(text: string, options: ParseOptions = {}): Promise<Algebra> {
  const { prefixes = {}, file } = options
  refuseHugeText(text, file)
  try {
    const { algebra, baseIRI } = parseText(text, options)
    refuseDeepAlgebra(algebra, text, file)
    return baseIRI === undefined ? algebra : { ...algebra, metadata: { baseIRI } }
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(text, file, error)
    throw error instanceof SyntaxFault ? syntaxError(error, text, file, prefixes) : error
  }
}

/**
 * Asks a SELECT query.
 *
 * @returns its solutions; in a defined order only with `ORDER BY`
 * @throws CommuniqueError as `parseQuery`; `query-refused` for an update, a SERVICE or another form than SELECT; `query-failed`
 */
export async function select(source: QuerySource, query: string | Algebra, options: QueryOptions = {}): Promise<Solution[]> {
  const found: Solution[] = []
  for await (const solution of solutions(source, query, options)) found.push(solution)
  return found
}

/** As `select`, one solution after the other: whoever stops reading stops the work. */
export async function* solutions(
  source: QuerySource,
  query: string | Algebra,
  options: QueryOptions = {},
): AsyncGenerator<Solution, void, undefined> {
  if (isService(source) && typeof query !== 'string') {
    yield* source.solutions(query, options.signal)
    return
  }
  const { engine, algebra, context } = await prepare(source, query, options, ['project'])
  const variables = projectedVariables(algebra)
  const stream = await failing(() => engine.queryBindings(algebra, context))
  for await (const bindings of itemsOf(stream, options.signal)) {
    const solution = new Map<string, Term>()
    for (const name of variables) {
      const term = bindings.get(name)
      if (term !== undefined) solution.set(name, term)
    }
    yield solution
  }
}

/** Asks an ASK query. Throws as `select` does. */
export async function ask(source: QuerySource, query: string | Algebra, options: QueryOptions = {}): Promise<boolean> {
  if (isService(source) && typeof query !== 'string') return source.ask(query, options.signal)
  const { engine, algebra, context } = await prepare(source, query, options, ['ask'])
  const { signal } = options
  if (signal === undefined) return failing(() => engine.queryBoolean(algebra, context))
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    const answered = failing(() => engine.queryBoolean(algebra, context))
    answered.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Asks a CONSTRUCT or DESCRIBE query: its quads, each once. Throws as `select` does. */
export async function construct(source: QuerySource, query: string | Algebra, options: QueryOptions = {}): Promise<Quad[]> {
  const found: Quad[] = []
  for await (const quad of quads(source, query, options)) found.push(quad)
  return found
}

/** As `construct`, one quad after the other. */
export async function* quads(
  source: QuerySource,
  query: string | Algebra,
  options: QueryOptions = {},
): AsyncGenerator<Quad, void, undefined> {
  const { engine, algebra, context } = await prepare(source, query, options, ['construct', 'describe'])
  const stream = await failing(() => engine.queryQuads(algebra, context))
  const seen = new Set<string>()
  for await (const quad of itemsOf(stream, options.signal)) {
    const key = quadKey(quad)
    if (!seen.has(key)) yield quad
    seen.add(key)
  }
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

/** The engine's plan for a query, for people to read: `logical` before, `physical` after the choice of joins. */
export async function explain(
  source: QuerySource,
  query: string | Algebra,
  mode: 'logical' | 'physical',
  options: QueryOptions = {},
): Promise<string> {
  const { engine, algebra, context } = await prepare(source, query, options, ['project', 'ask', 'construct', 'describe'])
  const { data } = await failing(() => engine.explain(algebra, { ...context }, mode))
  return typeof data === 'string' ? data : JSON.stringify(data, null, 2)
}

/** Turns algebra back into the text of a query, without prefixes. */
export async function queryText(algebra: Algebra): Promise<string> {
  const { generate } = comunica()
  return generate(algebra)
}

/** The faults that keep an algebra from being asked here: updates, and SERVICE, which would leave the machine. */
export function refusals(algebra: Algebra): string[] {
  const found = new Set<string>()
  for (const { type } of nodesOf(algebra)) {
    if (type === 'service') found.add('SERVICE is not allowed: a query stays within the graph it is asked of')
    if (updateTypes.has(type)) found.add('an update is not a query: graphs change only where they are written')
  }
  return [...found]
}

const updateTypes: ReadonlySet<string> = new Set([
  ...['nop', 'compositeupdate', 'deleteinsert', 'load', 'clear', 'create', 'drop', 'add', 'move', 'copy'],
])

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

async function prepare(source: QuerySource, query: string | Algebra, options: QueryOptions, forms: readonly string[]) {
  const parsed = typeof query === 'string' ? await parseQuery(query, options) : query
  const where = options.file === undefined ? undefined : { file: options.file }
  const [refused] = refusals(parsed)
  if (refused !== undefined && typeof query === 'string') throw refusal(refused, query, options.file)
  const mend = refused?.startsWith('SERVICE') ? 'allow its host, with --allow <host>' : undefined
  if (refused !== undefined) throw new CommuniqueError('query-refused', { what: refused, where, mend })
  const form = formOf(parsed)
  if (!forms.includes(form)) {
    const [expected, found] = [forms.map(name => formNames[name]).join(' or '), formNames[form] ?? form]
    throw new CommuniqueError('query-refused', { what: `a ${expected} query is asked for, this is ${found}`, where })
  }
  const metadata = parsed.metadata as { readonly baseIRI?: string } | undefined
  const baseIRI = metadata?.baseIRI ?? options.baseIRI
  const engine = sharedEngine()
  const context = {
    sources: [askable(source)],
    nonLexicalComparison: true,
    // The usual one has room for a thousand types, which is made for each query.
    '@comunica/utils-expression-evaluator:superTypeProvider': { cache: new Map(), discoverer: () => 'term' },
    ...(baseIRI === undefined ? {} : { baseIRI }),
  }
  const asked = repaired(withoutMetadata(parsed))
  const bound = options.bindings === undefined ? asked : bindVariables(asked, options.bindings)
  return { engine, context, algebra: optionalsLast(await lowerGraphs(scoped(bound), () => namedGraphs(bound, context))) }
}

/** The names of the graphs that a query sees: those of its `FROM NAMED`, else all. */
async function namedGraphs(algebra: Algebra, context: Parameters<Engine['queryBindings']>[1]): Promise<NamedNode[]> {
  const clauses = [...nodesOf(algebra)].filter(({ type }) => type === 'from')
  if (clauses.length > 0) return clauses.flatMap(({ named }) => named as NamedNode[])
  const stream = await sharedEngine().queryBindings(existing(DataFactory.variable('name')), context)
  return (await stream.toArray()).map(bindings => bindings.get('name') as NamedNode)
}

const formNames: Readonly<Record<string, QueryForm>> = {
  project: 'SELECT',
  ask: 'ASK',
  construct: 'CONSTRUCT',
  describe: 'DESCRIBE',
}

/** The form of a query; undefined for an update. */
export function queryForm(algebra: Algebra): QueryForm | undefined {
  return formNames[formOf(algebra)]
}

/** The node that tells the form of a query: `project`, `ask`, `construct` or `describe`. */
function formOf(algebra: Algebra): string {
  for (const { type } of nodesOf(algebra)) if (type in formNames) return type
  return algebra.type
}

function withoutMetadata({ metadata: _, ...algebra }: Algebra): Algebra {
  return algebra as Algebra
}

/** The face by which the engine asks a source. */
function askable(source: QuerySource): object {
  return 'getQuads' in source ? new BindingsSource(source, comunica()) : source
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failure(error)
  }
}

function failure(error: unknown): CommuniqueError {
  if (error instanceof CommuniqueError) return error
  return new CommuniqueError('query-failed', { what: error instanceof Error ? error.message : String(error), cause: error })
}
