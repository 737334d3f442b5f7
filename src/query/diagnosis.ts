import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import { type Algebra, isNode, nodesOf, termsOf, variablesOf } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import { bindVariables } from './binding.ts'
import type { Finding, Place } from './finding.ts'
import { distinct, Inquiry, isGround, isNamed, type Triple } from './inquiry.ts'
import { inputsOf, isConnected, namesIn, type Part, partsOf, patternOf, together } from './part.ts'
import { plainForm, resemblances } from './resemblance.ts'

/** How many examples are given. */
const MAX_EXAMPLES = 3

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
  found.push(...(await queryFindings(inquiry, algebra, DataFactory.defaultGraph())))
  const cut = spine.find(({ type }) => type === 'slice')
  if (found.length > 0 || cut === undefined || !(await inquiry.holds(cut.input as Algebra))) return found
  return [{ code: 'cut-off', pattern: cut.length === 0 ? 'LIMIT 0' : `OFFSET ${cut.start}` }]
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
