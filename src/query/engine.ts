import type { Quad, Source, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { quadKey } from '../rdf/term.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import type { Plan } from '../sparql/evaluation.ts'
import type { PlanStep } from '../sparql/step.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { type Asked, failure } from './asked.ts'
import { bindVariables } from './binding.ts'
import { type EngineChoice, isOurs, planOf } from './plan.ts'
import { isService, type QueryService } from './service.ts'

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

/** What answers a query: `communique`, or e.g. `comunica 5.4.1`. */
export async function engineName(
  source: QuerySource,
  algebra: Algebra,
  choice?: EngineChoice,
  options: ParseOptions = {},
): Promise<string> {
  if (choice !== 'comunica' && isOurs(source, algebra, { baseIRI: baseOf(algebra, options) })) return 'communique'
  return (await import('./comunica-engine.ts')).comunicaName()
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
  /** Stops the work between two solutions. */
  readonly signal?: AbortSignal | undefined
  /** Seconds after which a step of our own engine stops that has taken long; what is one call, as REGEX, does not: see `isolation.ts`. */
  readonly timeout?: number | undefined
  /** `comunica` leaves all to Comunica; else it answers what our own engine cannot. */
  readonly engine?: EngineChoice | undefined
  /** Where the steps of the plan are put, which count what they do; Comunica puts none there. */
  readonly trace?: PlanStep[] | undefined
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
  return (await import('./parse.ts')).parsed(text, options)
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
  const asked = await readied(query, options, ['project'])
  const plan = planned(source, asked, options)
  if (plan !== undefined) yield* paced(plan.solutions(options), options.signal)
  else yield* (await import('./comunica-engine.ts')).comunicaSolutions(source, asked)
}

/** Asks an ASK query. Throws as `select` does. */
export async function ask(source: QuerySource, query: string | Algebra, options: QueryOptions = {}): Promise<boolean> {
  if (isService(source) && typeof query !== 'string') return source.ask(query, options.signal)
  const asked = await readied(query, options, ['ask'])
  const plan = planned(source, asked, options)
  return plan === undefined
    ? (await import('./comunica-engine.ts')).comunicaAnswer(source, asked)
    : failing(() => plan.ask(options), options.signal)
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
  const asked = await readied(query, options, ['construct', 'describe'])
  const plan = planned(source, asked, options)
  if (plan !== undefined) {
    yield* paced(plan.quads(options), options.signal)
    return
  }
  const { comunicaQuads } = await import('./comunica-engine.ts')
  const seen = new Set<string>()
  for await (const quad of comunicaQuads(source, asked)) {
    const key = quadKey(quad)
    if (!seen.has(key)) yield quad
    seen.add(key)
  }
}

/** Turns algebra back into the text of a query, without prefixes. */
export async function queryText(algebra: Algebra): Promise<string> {
  return (await import('./comunica-engine.ts')).generatedText(algebra)
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

/** A query that may be asked, and what it was made of. */
interface Readied extends Asked {
  /** What was given, by which a plan is kept; none where variables were given their values. */
  readonly given: Algebra | undefined
}

async function readied(query: string | Algebra, options: QueryOptions, forms: readonly string[]): Promise<Readied> {
  const parsed = typeof query === 'string' ? await parseQuery(query, options) : query
  const where = options.file === undefined ? undefined : { file: options.file }
  const [refused] = refusals(parsed)
  if (refused !== undefined && typeof query === 'string')
    throw (await import('./syntax-error.ts')).refusal(refused, query, options.file)
  const mend = refused?.startsWith('SERVICE') ? 'allow its host, with --allow <host>' : undefined
  if (refused !== undefined) throw new CommuniqueError('query-refused', { what: refused, where, mend })
  const form = formOf(parsed)
  if (!forms.includes(form)) {
    const [expected, found] = [forms.map(name => formNames[name]).join(' or '), formNames[form] ?? form]
    throw new CommuniqueError('query-refused', { what: `a ${expected} query is asked for, this is ${found}`, where })
  }
  const { bindings, signal, engine } = options
  return {
    algebra: bindings === undefined ? withoutMetadata(parsed) : bindVariables(withoutMetadata(parsed), bindings),
    given: bindings === undefined ? parsed : undefined,
    baseIRI: baseOf(parsed, options),
    signal,
    engine,
  }
}

/** What relative IRIs that a query computes start from: its own `BASE`, else that of the options. */
function baseOf({ metadata }: Algebra, options: ParseOptions): string | undefined {
  return (metadata as { readonly baseIRI?: string } | undefined)?.baseIRI ?? options.baseIRI
}

/** The plan of our own engine, unless Comunica answers. */
function planned(source: QuerySource, { algebra, given, baseIRI }: Readied, { engine, trace }: QueryOptions): Plan | undefined {
  return engine === 'comunica' ? undefined : planOf(source, given ?? algebra, { baseIRI, trace })
}

/** How long the work goes on without a pause, in which others may stop it. In seconds. */
const STRETCH = 0.01

/** Results of work that is not asynchronous, with a pause now and then; its errors as ours. */
async function* paced<T>(
  found: Generator<T, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  let [count, begin] = [0, process.uptime()]
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = failing(() => found.next(), signal)
      if (done) return
      yield value
      if (++count % 8 > 0 || process.uptime() - begin < STRETCH) continue
      await new Promise(resolve => setImmediate(resolve))
      begin = process.uptime()
    }
  } finally {
    found.return()
  }
}

function failing<T>(work: () => T, signal: AbortSignal | undefined): T {
  try {
    return work()
  } catch (error) {
    throw signal?.aborted ? signal.reason : failure(error)
  }
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
