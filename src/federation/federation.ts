import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import type { TextFile } from '../file.ts'
import { ask, queryText, type Solution, select } from '../query/engine.ts'
import { termKey } from '../rdf/term.ts'
import { RemoteCache } from '../remote/cache.ts'
import type { RemotePolicy } from '../remote/fetch.ts'
import { type Algebra, inScope, nodesOf } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { knownBeside, type ServiceNode, type Site, sitesOf, substituted } from './site.ts'
import { covers, type Snapshot, snapshotFor } from './snapshot.ts'
import { askEndpoint, type EndpointAnswer } from './sparql-endpoint.ts'

/** What a query with SERVICE may ask, and how. Plain data, so that it can go to a worker. */
export interface ServiceOptions extends Omit<RemotePolicy, 'cache' | 'signal'> {
  /** Most solutions that are taken from one answer; 100,000 unless told. */
  readonly rows?: number | undefined
  /** Folder in which answers are kept by the rules of HTTP; none are kept without. */
  readonly cache?: string | undefined
  /** Folder with snapshots, or their texts, which are asked when offline, or always with `fromSnapshots`. */
  readonly snapshots?: string | readonly TextFile[] | undefined
  readonly fromSnapshots?: boolean | undefined
  /** A server that is asked in the place of every endpoint: one that has a copy of what they have. */
  readonly mirror?: string | undefined
}

/** What one endpoint said to one SERVICE. */
export interface ServiceAnswer {
  readonly endpoint: string
  readonly solutions: readonly Solution[]
  readonly requests: number
  /** The most distant way by which a part of it was had. */
  readonly via: EndpointAnswer['via'] | 'snapshot'
  /** When the oldest part of it was had. */
  readonly date: Date
  readonly snapshot?: string | undefined
  /** The server that was asked in its place. */
  readonly mirror?: string | undefined
  /** Files that a mirror had, where the snapshot is of one: the endpoint itself has not said so. */
  readonly files?: readonly string[] | undefined
  /** Why an old answer was taken. */
  readonly because?: string | undefined
  /** Why these may not be all solutions. */
  readonly partial?: string | undefined
  /** The fault that SILENT leaves out of account. */
  readonly failure?: string | undefined
  /** Whether every row rests on it; else those do that have a value of `own`. */
  readonly isMandatory: boolean
  /** Variables that have their values from it alone. */
  readonly own: readonly string[]
  /** The variable that named the endpoint. */
  readonly named?: string | undefined
}

type Part = Omit<EndpointAnswer, 'columns'> & Pick<ServiceAnswer, 'snapshot' | 'files' | 'mirror'>

/** Asks one endpoint one query, without leaving the machine where that is possible. */
export type Asker = (endpoint: string, query: Algebra) => Promise<Part>

export interface FederationRun {
  readonly baseIRI?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Asks in another way for the solutions of a pattern, with what is known as VALUES: see `takeSnapshot`. */
  readonly askPattern?:
    | ((ask: Asker, endpoint: string, values: Algebra | undefined, pattern: Algebra) => Promise<Part>)
    | undefined
}

/**
 * Turns each SERVICE of a query into the solutions that its endpoint gives. What stands beside it in the query is asked here first, and
 * its values are sent along, many in one request; the query that is given back is asked here as any other. A SERVICE whose name is a
 * variable goes to each endpoint that the query itself names, if it may be asked. Where SILENT hides a fault, the rows are those of
 * the standard, and the answer tells.
 *
 * @throws CommuniqueError as `askEndpoint`; `query-refused` for a SERVICE within a SERVICE, or whose name has no value
 * @see SPARQL 1.1 Federated Query, 4 (SERVICE Semantics)
 */
export async function federate(
  lookup: QuadLookup,
  algebra: Algebra,
  options: ServiceOptions,
  run: FederationRun = {},
): Promise<{ algebra: Algebra; answers: readonly ServiceAnswer[] }> {
  const asker = askerOf(options, run)
  const answers: ServiceAnswer[] = []
  let asked = algebra
  for (let site = nextSite(asked); site !== undefined; site = nextSite(asked)) {
    const { node } = site
    refuseNested(node)
    const beside = knownBeside(site)
    const rows = beside.variables.length === 0 ? undefined : await rowsOf(lookup, algebra, beside, run)
    const variables = [...new Set(inScope(node.input))]
    const found: Record<string, Term>[] = []
    for (const [endpoint, given] of targetsOf(node, rows)) {
      const answer = await asking(endpoint, node, given, asker, run)
      const named = node.name.termType === 'Variable' ? { [node.name.value]: DataFactory.namedNode(endpoint) } : {}
      for (const solution of answer.solutions) found.push({ ...Object.fromEntries(solution), ...named })
      const own = variables.filter(name => !beside.variables.includes(name))
      answers.push({ ...answer, own, isMandatory: site.isMandatory, named: Object.keys(named)[0] })
    }
    const columns = [...variables, ...(node.name.termType === 'Variable' ? [node.name.value] : [])]
    const values = { type: 'values', variables: columns.map(name => DataFactory.variable(name)), bindings: found }
    asked = substituted(asked, node, values) as Algebra
  }
  return { algebra: asked, answers }
}

/** The SERVICE to be asked next: one that something is known beside, since it is asked for less. */
function nextSite(algebra: Algebra): Site | undefined {
  const sites = [...sitesOf(algebra)]
  const isNamed = ({ node }: Site): boolean => node.name.termType === 'NamedNode'
  const isReady = (site: Site): boolean => {
    const { variables } = knownBeside(site)
    return variables.length > 0 && (isNamed(site) || variables.includes(site.node.name.value))
  }
  return sites.find(isReady) ?? sites.find(isNamed) ?? sites[0]
}

function refuseNested({ input }: ServiceNode): void {
  if (![...nodesOf(input)].some(({ type }) => type === 'service')) return
  const what = 'a SERVICE within a SERVICE is not sent: one server would ask another for us'
  throw new CommuniqueError('query-refused', { what, mend: 'put the two beside each other' })
}

/** The different values that what stands beside a SERVICE gives to it, in a fixed order. What no other server can know is left out. */
async function rowsOf(
  lookup: QuadLookup,
  algebra: Algebra,
  { pattern, variables }: ReturnType<typeof knownBeside>,
  { baseIRI, signal }: FederationRun,
): Promise<Solution[]> {
  const project = { type: 'project', variables: variables.map(name => DataFactory.variable(name)), input: pattern }
  const distinct = { type: 'distinct', input: project }
  const from = [...nodesOf(algebra)].find(({ type }) => type === 'from')
  const query: Algebra = { ...(from === undefined ? distinct : { ...from, input: distinct }), metadata: algebra.metadata }
  const found = await select(lookup, query, { baseIRI, signal })
  const keyed = found
    .filter(row => [...row.values()].every(({ termType }) => termType !== 'BlankNode'))
    .map(row => ({ row, key: variables.map(name => termKey(row.get(name)!)).join('\n') }))
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row)
}

/** Each endpoint with the rows that are for it; without rows everything is asked for. */
function targetsOf({ name }: ServiceNode, rows: readonly Solution[] | undefined): Map<string, readonly Solution[] | undefined> {
  if (name.termType === 'NamedNode') return new Map([[name.value, rows]])
  const targets = new Map<string, Solution[]>()
  for (const row of rows ?? []) {
    const target = row.get(name.value)
    if (target === undefined) break
    targets.set(target.value, [...(targets.get(target.value) ?? []), new Map([...row].filter(([key]) => key !== name.value))])
  }
  if (targets.size > 0 || rows?.length === 0) return targets
  const what = `?${name.value} has no value where it names a SERVICE`
  throw new CommuniqueError('query-refused', { what, mend: `give it one: VALUES ?${name.value} { <…> }` })
}

/** Rows that are sent in one request. */
const ROWS_A_REQUEST = 500

/** One endpoint's answer to a SERVICE, for all rows. */
async function asking(
  endpoint: string,
  { input, silent }: ServiceNode,
  rows: readonly Solution[] | undefined,
  asker: Asker,
  { askPattern = (ask, at, values, pattern) => ask(at, queryOf(values, pattern)) }: FederationRun,
): Promise<Omit<ServiceAnswer, 'own' | 'isMandatory'>> {
  const parts: Part[] = []
  try {
    for (const values of batchesOf(rows)) parts.push(await askPattern(asker, endpoint, values, input))
  } catch (error) {
    if (!silent || !(error instanceof CommuniqueError)) throw error
    const failed = { endpoint, requests: parts.length + 1, via: 'network', date: new Date(), failure: error.what } as const
    return { ...failed, solutions: [new Map()] }
  }
  const [first] = parts
  const dates = parts.map(({ fetchedAt }) => fetchedAt.getTime())
  const hasChanged = parts.some(({ modified }) => modified !== first?.modified)
  return {
    endpoint,
    solutions: parts.flatMap(({ solutions }) => solutions),
    requests: parts.length,
    via:
      first?.snapshot === undefined ? (DISTANCES.findLast(via => parts.some(part => part.via === via)) ?? 'network') : 'snapshot',
    date: dates.length === 0 ? new Date() : new Date(Math.min(...dates)),
    snapshot: first?.snapshot,
    files: first?.files,
    mirror: first?.mirror,
    because: parts.find(({ because }) => because !== undefined)?.because,
    partial:
      parts.find(({ partial }) => partial !== undefined)?.partial ?? (hasChanged ? 'its data changed meanwhile' : undefined),
  }
}

const DISTANCES = ['network', 'cache', 'stale'] as const

/** Rows as VALUES, some at a time; rows without variables tell only that there are any. */
function batchesOf(rows: readonly Solution[] | undefined): (Algebra | undefined)[] {
  if (rows === undefined || (rows.length > 0 && rows[0]!.size === 0)) return [undefined]
  const starts = Array.from({ length: Math.ceil(rows.length / ROWS_A_REQUEST) }, (_, index) => index * ROWS_A_REQUEST)
  return starts.map(start => {
    const batch = rows.slice(start, start + ROWS_A_REQUEST)
    const variables = [...batch[0]!.keys()].map(name => DataFactory.variable(name))
    return { type: 'values', variables, bindings: batch.map(row => Object.fromEntries(row)) }
  })
}

/** The query for all variables of a pattern, with what is known as VALUES. */
export function queryOf(values: Algebra | undefined, pattern: Algebra): Algebra {
  const input = values === undefined ? pattern : { type: 'join', input: [values, pattern] }
  const variables = [...new Set(inScope(pattern))].map(name => DataFactory.variable(name))
  return variables.length === 0 ? { type: 'ask', input } : { type: 'project', variables, input }
}

let scopes = 0
/** Blank nodes of one answer are others than those of the next, whatever they are called. */
function scoped(part: Part): Part {
  const scope = ++scopes
  const own = (term: Term): Term =>
    term.termType === 'BlankNode' ? DataFactory.blankNode(`service${scope}_${term.value}`) : term
  return { ...part, solutions: part.solutions.map(solution => new Map([...solution].map(([name, term]) => [name, own(term)]))) }
}

/** Asks snapshots where that was told, else the network; never one again that failed. */
function askerOf(
  { cache, snapshots, fromSnapshots, mirror, ...policy }: ServiceOptions,
  { signal, baseIRI }: FederationRun,
): Asker {
  const kept = cache === undefined ? undefined : new RemoteCache(cache)
  const failures = new Map<string, CommuniqueError>()
  return async (endpoint, query) => {
    if (snapshots !== undefined && (fromSnapshots || policy.offline)) {
      const text = await queryText(query)
      const snapshot = await snapshotFor(snapshots, endpoint, text)
      if (snapshot !== undefined) return scoped(await askSnapshot(snapshot, query, text, { signal, baseIRI }))
    }
    const failure = failures.get(endpoint)
    if (failure !== undefined) throw failure
    try {
      return scoped({ ...(await askEndpoint(mirror ?? endpoint, query, { ...policy, cache: kept, signal })), mirror })
    } catch (error) {
      if (error instanceof CommuniqueError) failures.set(endpoint, error)
      throw error
    }
  }
}

async function askSnapshot(snapshot: Snapshot, query: Algebra, text: string, options: FederationRun): Promise<Part> {
  const { name, date, store, files } = snapshot
  const isYes = query.type === 'ask' && (await ask(store, query, options))
  const solutions = query.type === 'ask' ? (isYes ? [new Map()] : []) : await select(store, query, options)
  const isCovered = await covers(snapshot, text)
  const partial = isCovered ? undefined : 'it was made for other questions, or before the data changed'
  return { query: text, solutions, via: 'cache', fetchedAt: date, snapshot: name, files, partial }
}
