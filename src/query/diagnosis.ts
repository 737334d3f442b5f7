import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { nearestName } from '../nearest.ts'
import { PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { rdf, xsd } from '../rdf/vocabulary.ts'
import { type Algebra, inScope, isNode, nodesOf, termsOf, variablesOf } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { bindVariables } from './binding.ts'
import { ask, queryText, type Solution, select } from './engine.ts'

/** Where a term stands in a query. */
export type Place = 'subject' | 'predicate' | 'object' | 'graph' | 'filter'

/** A literal of the data that only looks like the wanted one: `spelling` is case, accents or outer spaces. */
export interface Resemblance {
  readonly wanted: Literal
  readonly found: Literal
  readonly difference: 'language' | 'datatype' | 'spelling'
}

/**
 * One reason why a query has no answer. A `pattern` is text; nodes that a path or `[ … ]` leaves without a name are `_:` there.
 *
 * - `unknown-term`: nothing that the pattern can see has the term at that place; `graphs` have it there, `near` are like it
 * - `similar-literal`: the data has a literal that only looks like the wanted one
 * - `other-graph`: the pattern has matches, but only in `graphs`
 * - `no-match`: its terms are known but never stand together; `others` stand there when one of them is left open
 * - `no-join`: each of `patterns` matches, but they never agree on `variables`; none of them can be spared
 * - `filter`, `minus`: the condition takes away every solution, `example` among them
 * - `cut-off`: LIMIT or OFFSET leaves nothing of the solutions
 */
export type Finding = { readonly pattern: string } & (
  | { readonly code: 'unknown-term'; term: NamedNode; place: Place; graphs: readonly Term[]; near: readonly NamedNode[] }
  | { readonly code: 'similar-literal'; readonly resemblance: Resemblance }
  | { readonly code: 'other-graph'; readonly graphs: readonly Term[]; readonly predicate: Term }
  | { readonly code: 'no-match'; others: readonly { readonly place: Place; readonly terms: readonly Term[] }[] }
  | { readonly code: 'no-join'; patterns: readonly string[]; variables: readonly string[]; terms: readonly NamedNode[] }
  | { readonly code: 'filter' | 'minus'; readonly example: Solution; readonly resemblance?: Resemblance }
  | { readonly code: 'cut-off' }
)

/** How often the engine is asked at most, how many rows are looked through, how many examples are given. */
const [MAX_ASKS, MAX_ROWS, MAX_EXAMPLES] = [64, 500, 3]

/**
 * Finds out why a query has no answer, with a bounded number of questions to the engine.
 *
 * @param source what was asked
 * @param algebra of a query that gave no row, no triple, `false`, or a count of 0
 * @param prefixes shorten the IRIs in the texts of the findings
 * @returns reasons in the order of the query; none where none was found
 * @example (await diagnose({ getQuads: () => [], countQuads: () => 0 }, await parseQuery('ASK { ?s <urn:p> ?o }')))[0].code // 'unknown-term'
 */
export async function diagnose(
  source: QuadLookup,
  algebra: Algebra,
  prefixes: Prefixes = PREFIXES,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const inquiry = new Inquiry(source, algebra, prefixes, signal)
  const spine = spineOf(algebra)
  const described = spine.flatMap(({ type, terms }) => (type === 'describe' ? (terms as Term[]).filter(isNamed) : []))
  const found = described.flatMap(term => inquiry.unknown(term, 'subject', `DESCRIBE ${shorten(term.value, prefixes)}`))
  found.push(...(await queryFindings(inquiry, algebra, defaultGraph())))
  const cut = spine.find(({ type }) => type === 'slice')
  if (found.length > 0 || cut === undefined || !(await inquiry.holds(cut.input as Algebra))) return found
  return [{ code: 'cut-off', pattern: cut.length === 0 ? 'LIMIT 0' : `OFFSET ${cut.start}` }]
}

const { defaultGraph, variable } = DataFactory

/** A condition that each solution of a group meets: a pattern, or an operator on the parts that it `covers`. */
interface Part {
  readonly node: Algebra
  readonly graph: Term
  readonly covers: readonly Part[]
}

/** The parts of a group in the order written: what filters, extends or takes away stands after the parts that it works on. */
function partsOf(node: Algebra, graph: Term): Part[] {
  const inputs = inputsOf(node)
  switch (node.type) {
    case 'bgp':
      return (node.patterns as readonly Algebra[]).map(pattern => ({ node: pattern, graph, covers: [] }))
    case 'graph':
      return inputs.flatMap(input => partsOf(input, node.name as Term))
    case 'join':
    case 'group':
      return inputs.flatMap(input => partsOf(input, graph))
    case 'filter':
    case 'minus':
    case 'leftjoin':
    case 'extend': {
      const covers = partsOf(inputs[0]!, graph)
      return [...covers, { node, graph, covers }]
    }
    default:
      return [{ node, graph, covers: [] }]
  }
}

/** One pattern for parts that must hold together. */
function together(parts: readonly Part[]): Algebra {
  const covered = new Set(parts.flatMap(({ covers }) => covers))
  const input = parts.filter(part => !covered.has(part)).map(patternOf)
  return input.length === 1 ? input[0]! : { type: 'join', input }
}

function patternOf({ node, graph }: Part): Algebra {
  const pattern = node.type === 'pattern' ? { type: 'bgp', patterns: [node] } : node
  return graph.termType === 'DefaultGraph' || node.type === 'values' ? pattern : { type: 'graph', name: graph, input: pattern }
}

const MODIFIERS = new Set(['from', 'slice', 'distinct', 'reduced', 'project', 'orderby', 'ask', 'construct', 'describe'])
const NOTHING: Algebra = { type: 'bgp', patterns: [] }

/** The form of a query, its modifiers and conditions from outside in, down to what it groups or to its pattern. */
function spineOf(node: Algebra): Algebra[] {
  const isOuter = MODIFIERS.has(node.type) || node.type === 'extend' || node.type === 'filter'
  return isOuter && isNode(node.input) ? [node, ...spineOf(node.input)] : [node]
}

/** What leaves a query or a sub-SELECT empty: what it groups, else its pattern with all conditions. */
async function queryFindings(inquiry: Inquiry, query: Algebra, graph: Term): Promise<Finding[]> {
  const spine = spineOf(query)
  const grouping = spine.find(({ type }) => type === 'group')
  const found = grouping === undefined ? [] : await groupFindings(inquiry, partsOf(grouping, graph))
  const pattern = spine.find(({ type }) => !MODIFIERS.has(type)) ?? NOTHING
  return found.length > 0 ? found : groupFindings(inquiry, partsOf(pattern, graph))
}

/** What leaves a group empty: parts that match nothing by themselves, else the fewest that match nothing together. */
async function groupFindings(inquiry: Inquiry, parts: readonly Part[]): Promise<Finding[]> {
  const simple = parts.filter(({ covers }) => covers.length === 0)
  const dead = await inEach(simple, async part => ((await inquiry.matches(part)) ? [] : partFindings(inquiry, part)))
  if (dead.length > 0 || parts.length === 0 || (await inquiry.holds(together(parts)))) return dead
  // The first part with which those before it have no solution left.
  let [first, last] = [0, parts.length - 1]
  while (first < last) {
    const middle = (first + last) >>> 1
    if (await inquiry.holds(together(parts.slice(0, middle + 1)))) first = middle + 1
    else last = middle
  }
  const breaking = parts[last]!
  if (breaking.covers.length > 0 && !(await inquiry.matches(breaking))) return partFindings(inquiry, breaking)
  const before = parts.slice(0, last).filter(part => !breaking.covers.includes(part))
  return joinFindings(inquiry, await fewest(inquiry, before, breaking))
}

async function inEach<Item>(items: readonly Item[], find: (item: Item) => Promise<Finding[]>): Promise<Finding[]> {
  const found: Finding[] = []
  for (const item of items) found.push(...(await find(item)))
  return found
}

/** Of parts that hold together but not with one more: that one with a single other, else with as few as need be. */
async function fewest(inquiry: Inquiry, before: readonly Part[], breaking: Part): Promise<readonly Part[]> {
  let set = [...before, breaking]
  const pairs = before.map(part => () => [part, breaking])
  const spared = before.map(part => () => set.filter(other => other !== part))
  for (const reduced of [...pairs, ...spared]) {
    const smaller = reduced()
    // Parts that share no variable are never at odds, and asking for their product can take long.
    if (smaller.length < set.length && isConnected(smaller) && !(await inquiry.holds(together(smaller)))) set = smaller
  }
  return set
}

function isConnected(parts: readonly Part[]): boolean {
  const reached = new Set(parts.slice(0, 1).flatMap(namesIn))
  for (let left = parts.slice(1); left.length > 0; ) {
    const rest = left.filter(part => !namesIn(part).some(name => reached.has(name)))
    if (rest.length === left.length) return false
    for (const part of left) if (!rest.includes(part)) for (const name of namesIn(part)) reached.add(name)
    left = rest
  }
  return true
}

async function joinFindings(inquiry: Inquiry, set: readonly Part[]): Promise<Finding[]> {
  const values = set.find(({ node }) => node.type === 'values')
  if (values !== undefined) {
    // A row of VALUES fails as its terms would fail in the patterns.
    const rows = (values.node.bindings as readonly Readonly<Record<string, Term>>[]).slice(0, MAX_EXAMPLES)
    const others = set.filter(part => part !== values)
    const bound = rows.map(row => others.map(part => ({ ...part, node: bindVariables(part.node, new Map(Object.entries(row))) })))
    const found = await inEach(bound, parts => groupFindings(inquiry, parts))
    if (found.length > 0) return found
  }
  const branches = set.flatMap(({ node, graph }) =>
    node.type === 'union' ? inputsOf(node).map(branch => partsOf(branch, graph)) : [],
  )
  const patterns = await Promise.all(set.map(part => inquiry.write(patternOf(part))))
  const names = set.flatMap(namesIn)
  const variables = [...new Set(names.filter((name, index) => names.indexOf(name) < index))]
  const terms = [...termsOf(set.map(({ node }) => node))].filter(isNamed)
  const disagreement: Finding = { code: 'no-join', pattern: patterns.join(' . '), patterns, variables, terms }
  return [...(await inEach(branches, parts => groupFindings(inquiry, parts))), disagreement]
}

/** Why a part has no solution, although what it works on has some. */
async function partFindings(inquiry: Inquiry, part: Part): Promise<Finding[]> {
  const found = await reasons(inquiry, part)
  return found.length > 0 ? found : [{ code: 'no-match', pattern: await inquiry.write(patternOf(part)), others: [] }]
}

async function reasons(inquiry: Inquiry, part: Part): Promise<Finding[]> {
  const { node, graph } = part
  const [input = NOTHING, removed = NOTHING] = inputsOf(node)
  switch (node.type) {
    case 'pattern':
    case 'path':
      return tripleFindings(inquiry, part)
    case 'union':
      return inEach(inputsOf(node), branch => groupFindings(inquiry, partsOf(branch, graph)))
    case 'filter': {
      const all = node.expression as Algebra
      const conditions = conjuncts(all).map(expression => ({ ...part, node: { ...node, expression } }))
      const alone = await inEach(conditions, async other =>
        (await inquiry.matches(other)) ? [] : filterFindings(inquiry, other),
      )
      return alone.length > 0 ? alone : filterFindings(inquiry, part)
    }
    case 'minus': {
      const pattern = await inquiry.write({ type: 'minus', input: [NOTHING, removed] })
      const [example = new Map()] = await inquiry.rows(patternOf({ ...part, node: input }), variablesOf(input))
      return [{ code: 'minus', pattern, example }]
    }
    default:
      return MODIFIERS.has(node.type) ? queryFindings(inquiry, node, graph) : []
  }
}

/** Why a triple pattern or a path matches nothing: another graph has it, a term is unknown there, or a literal a little different. */
async function tripleFindings(inquiry: Inquiry, part: Part): Promise<Finding[]> {
  const { node, graph } = part as Part & { readonly node: Triple }
  const pattern = await inquiry.write(patternOf(part))
  const unknownGraph = isNamed(graph) ? inquiry.unknown(graph, 'graph', pattern) : []
  if (unknownGraph.length > 0) return unknownGraph
  const isPath = node.type === 'path'
  const graphs = isPath ? [] : distinct(inquiry.quads(part, undefined, null).map(quad => quad.graph))
  if (graphs.length > 0) return [{ code: 'other-graph', pattern, graphs, predicate: node.predicate }]
  const steps = isPath
    ? [...nodesOf(node.predicate)].filter(({ type }) => type === 'link').map(({ iri }) => iri as Term)
    : [node.predicate]
  const unknown = (place: Place) => (term: Term) => (isNamed(term) ? inquiry.unknown(term, place, pattern, graph) : [])
  const found = [...steps.flatMap(unknown('predicate')), ...unknown('subject')(node.subject), ...unknown('object')(node.object)]
  if (found.length > 0 || isPath) return found
  const instead = (place: keyof Triple) =>
    isGround(node[place]) ? distinct(inquiry.quads(part, place).map(quad => quad[place])) : []
  const [resemblance] = instead('object').flatMap(other => resemblances(node.object, other))
  if (resemblance !== undefined) return [{ code: 'similar-literal', pattern, resemblance }]
  const others = (['subject', 'predicate', 'object'] as const).map(place => {
    const terms = instead(place)
    const near = terms.filter(({ value }) => plainForm(value).includes(plainForm(node[place].value)))
    return { place, terms: [...near, ...terms.filter(term => !near.includes(term))].slice(0, MAX_EXAMPLES) }
  })
  return [{ code: 'no-match', pattern, others: others.filter(({ terms }) => terms.length > 0) }]
}

/** The terms of a condition that nothing has, else a solution that it does not let through. */
async function filterFindings(inquiry: Inquiry, part: Part): Promise<Finding[]> {
  const { input, expression } = part.node as Algebra & { readonly input: Algebra }
  const isHaving = spineOf(input).some(({ type }) => type === 'group')
  const text = await inquiry.write({ type: 'filter', input: isHaving ? input : NOTHING, expression })
  const pattern = /HAVING.*/s.exec(text)?.[0] ?? text
  const operands = [...nodesOf(expression)]
  const constants = operands.filter(({ subType }) => subType === 'term').map(({ term }) => term as Term)
  const unknown = constants.filter(isNamed).flatMap(term => inquiry.unknown(term, 'filter', pattern, part.graph))
  if (unknown.length > 0) return unknown
  const isWithin = operands.some(({ operator }) => WITHIN.has(operator as string))
  const rows = await inquiry.rows(patternOf({ ...part, node: input }), variablesOf(expression))
  const examples = rows.flatMap(example => {
    const alike = [...example.values()].flatMap(value => constants.flatMap(term => resemblances(term, value, isWithin)))
    return alike.map(resemblance => ({ example, resemblance }))
  })
  examples.sort((a, b) => a.resemblance.found.value.length - b.resemblance.found.value.length)
  return [{ code: 'filter', pattern, ...(examples[0] ?? { example: rows[0] ?? new Map() }) }]
}

const WITHIN: ReadonlySet<string> = new Set(['contains', 'strstarts', 'strends', 'regex'])

function conjuncts(expression: Algebra): Algebra[] {
  return expression.operator === '&&' ? (expression.args as readonly Algebra[]).flatMap(conjuncts) : [expression]
}

/** How a literal of the data differs from a wanted one that looks the same; with `isWithin` it may be a part of it. */
function resemblances(wanted: Term, found: Term, isWithin = false): Resemblance[] {
  if (wanted.termType !== 'Literal' || found.termType !== 'Literal' || wanted.equals(found)) return []
  const [want, have] = [plainForm(wanted.value), plainForm(found.value)]
  if (wanted.value === found.value)
    return [{ wanted, found, difference: wanted.language === found.language ? 'datatype' : 'language' }]
  const isAlike = want === have || (isWithin && have.includes(want) && !found.value.includes(wanted.value))
  return isAlike ? [{ wanted, found, difference: 'spelling' }] : []
}

function plainForm(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase()
}

/**
 * The IRIs most like a wrong one. In its namespace - `http` or `https` - that with the same or the nearest name, else those
 * whose names have the wrong one in them.
 *
 * @example nearestIRIs(namedNode('https://schema.org/person'), [namedNode('http://schema.org/Person')]) // [namedNode('http://schema.org/Person')]
 */
export function nearestIRIs(wrong: NamedNode, candidates: readonly NamedNode[]): NamedNode[] {
  const [namespace, name] = plainIRI(wrong)
  const siblings = new Map<string, NamedNode>()
  for (const candidate of candidates) {
    const [other, sibling] = plainIRI(candidate)
    if (other === namespace && !candidate.equals(wrong)) siblings.set(sibling, candidate)
  }
  const near = siblings.has(name) ? name : nearestName(name, siblings.keys())
  const containing = [...siblings.keys()].filter(other => name.length > 3 && other.includes(name))
  const names = near === undefined ? containing.sort((a, b) => a.length - b.length) : [near]
  return names.slice(0, MAX_EXAMPLES).map(other => siblings.get(other)!)
}

function plainIRI({ value }: NamedNode): [namespace: string, name: string] {
  const plain = value
    .replace(/^https?:\/\/|[/#]$/g, '')
    .replace(/_|%20/g, '-')
    .toLowerCase()
  const end = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('#')) + 1
  return [plain.slice(0, end), plain.slice(end)]
}

type Triple = Readonly<Record<'subject' | 'predicate' | 'object', Term>>

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
class Inquiry {
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

function inputsOf({ input }: Algebra): Algebra[] {
  return [input].flat().filter(isNode)
}

/** The names of the variables by which a part is tied to others, each once. */
function namesIn({ node, graph }: Part): string[] {
  return [...new Set([...inScope(node), ...variablesOf(graph)])]
}

/** Terms each once, in an order that does not depend on the source. */
function distinct<T extends Term>(terms: readonly T[]): T[] {
  return [...new Map(terms.map(term => [termKey(term), term] as const)).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, term]) => term)
}

function isGround({ termType }: Term): boolean {
  return termType !== 'Variable' && termType !== 'Quad'
}

function ground(term: Term): Term | null {
  return isGround(term) ? term : null
}

function isNamed(term: Term): term is NamedNode {
  return term.termType === 'NamedNode'
}
