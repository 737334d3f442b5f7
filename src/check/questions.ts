import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import { readCatalogue } from '../questions/catalogue.ts'
import { type Parameter, parameterRows } from '../questions/parameter.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { cmq, rdf } from '../rdf/vocabulary.ts'
import { type Algebra, certainlyBound, inScope, isNode, mapNodes, nodesOf, variablesOf } from '../sparql/algebra.ts'
import type { Finding } from './finding.ts'

/**
 * The saved questions of a project: each can be read, says what it asks, gives its parameters rows by which a call can set them,
 * and ties the graphs that it asks of to claims, since a server shows layers and system graphs, too.
 */
export async function checkQuestions({ root }: Project): Promise<Finding> {
  const { questions, broken } = await readCatalogue(join(root, 'queries'))
  const faults = [...broken.flatMap(question => question.faults), ...questions.flatMap(questionFaults)]
  return { looked: questions.length + broken.length, unit: 'questions', faults, isOptional: true }
}

/** What would make a question answer wrongly when it is called, or on another engine. */
export function questionFaults(question: SavedQuestion): Fault[] {
  const { file, text, name, summary, parameters, algebra } = question
  const fault = (what: string, mend: string, variable?: string): Fault => ({
    code: 'question-rule',
    what,
    where: { file, ...placeOf(text, variable) },
    mend,
  })
  return [
    ...(summary === name
      ? [fault('the question has no summary', 'begin the file with "#+ summary: the question in words"')]
      : []),
    ...parameters.flatMap(parameter =>
      parameterFaults(parameter, algebra).map(([what, mend]) => fault(what, mend, parameter.name)),
    ),
    ...untiedGraphs(algebra).map(variable =>
      fault(
        `the graph ?${variable} can be any graph: layers and system graphs, too`,
        `tie it: ?${variable} a cmq:Claim, in the provenance graph`,
        variable,
      ),
    ),
  ]
}

type Complaint = readonly [what: string, mend: string]

function parameterFaults({ name, default: values, isOptional }: Parameter, algebra: Algebra): Complaint[] {
  const rows = parameterRows(algebra, name)
  const within = (node: Algebra, wanted: Algebra): boolean => [...nodesOf(node)].includes(wanted)
  const found: Complaint[] = []
  const rowText = `VALUES ?${name} { … }`
  if (rows.some(row => (row.bindings as readonly object[]).length !== 1))
    found.push([`${rowText} does not have one row`, 'give one default: the row is the default value, or UNDEF'])
  if (new Set(rows.map(row => JSON.stringify(row.bindings))).size > 1)
    found.push([`the rows of ?${name} differ`, 'give each the same default'])
  if (values.length === 0 && !isOptional)
    found.push([`?${name} is UNDEF by default, but not declared so`, 'add "any: true" to the parameter, or give a default'])
  for (const row of rows) {
    const around = [...nodesOf(algebra)].filter(node => node !== row && within(node, row))
    const isRequired = around.some(
      ({ type, input }) => type === 'join' && (input as Algebra[]).some(part => !within(part, row) && binds(part, name)),
    )
    const isGuarded = around.some(({ type, expression }) => type === 'filter' && isUnboundAllowed(expression, name))
    const isOpen = around.some(({ type, input }) => ['leftjoin', 'minus'].includes(type) && within((input as Algebra[])[1]!, row))
    if ((!isRequired && !isGuarded) || isOpen)
      found.push([
        `?${name} stands in no pattern that must match`,
        `use it in one beside its row, or write FILTER(!BOUND(?${name}) || …)`,
      ])
  }
  for (const node of nodesOf(algebra)) {
    const verb = VERBS[node.type]
    if (verb !== undefined && variablesOf(node.expression).includes(name) && !inScope(node.input as Algebra).includes(name))
      found.push([`a ${verb} uses ?${name} where it has no value`, `repeat ${rowText} in the group of the ${verb}`])
    const branches =
      node.type === 'union' ? (node.input as Algebra[]) : node.type === 'project' && node !== outermost(algebra) ? [node] : []
    for (const branch of branches)
      if (
        variablesOf(branch).includes(name) &&
        !rows.some(row => within(branch, row)) &&
        !isRowOutside(algebra, node, branch, rows)
      )
        found.push([
          `a ${node.type === 'union' ? 'branch of a UNION' : 'sub-SELECT'} uses ?${name} without its row`,
          `repeat ${rowText} in it`,
        ])
  }
  return found
}

const VERBS: Readonly<Record<string, string>> = { filter: 'FILTER', extend: 'BIND' }

/** Whether a variable has a value in every solution of a pattern, in whatever graph it is asked. */
function binds(pattern: Algebra, name: string): boolean {
  const graphless = mapNodes(pattern, node =>
    node.type === 'graph' ? { type: 'join', input: [node.input, { type: 'bgp', patterns: [node.name] }] } : node,
  )
  return certainlyBound(graphless).has(name)
}

/** Whether a row is joined with a branch of a UNION from outside: enough for patterns, which are joined by their values. */
function isRowOutside(algebra: Algebra, union: Algebra, branch: Algebra, rows: readonly Algebra[]): boolean {
  if (branch === union) return false
  const has = (part: Algebra, wanted: Algebra): boolean => [...nodesOf(part)].includes(wanted)
  const usesInFilter = [...nodesOf(branch)].some(
    ({ type, expression }) => type === 'filter' && variablesOf(expression).length > 0,
  )
  const isBeside = ({ type, input }: Algebra): boolean =>
    ['join', 'leftjoin', 'minus'].includes(type) &&
    (input as Algebra[]).some(part => has(part, union)) &&
    (input as Algebra[]).some(part => !has(part, union) && rows.some(row => has(part, row)))
  return !usesInFilter && [...nodesOf(algebra)].some(isBeside)
}

/** The SELECT that is the query itself; the other forms have none. */
function outermost(algebra: Algebra): Algebra | undefined {
  let node = algebra
  while (AROUND.has(node.type)) node = node.input as Algebra
  return node
}

const AROUND: ReadonlySet<string> = new Set(['from', 'describe', 'slice', 'distinct', 'reduced', 'orderby'])

/** Whether an expression has `!BOUND(?name)`. */
function isUnboundAllowed(expression: unknown, name: string): boolean {
  return [...nodesOf(expression)].some(({ operator, args }) => {
    const [inner] = (args as Algebra[] | undefined) ?? []
    return operator === '!' && inner?.operator === 'bound' && variablesOf(inner).includes(name)
  })
}

/**
 * Variables that name a graph and are not known to be a claim, an inference or a plain statement, nor the graph that says so. What
 * only an OPTIONAL, a MINUS, an EXISTS or another branch says of a variable ties it there and nowhere else.
 *
 * @param tied variables that are known around the part
 */
function untiedGraphs(part: unknown, tied: readonly string[] = []): string[] {
  if (Array.isArray(part)) return part.flatMap(child => untiedGraphs(child, tied))
  if (!isNode(part)) return []
  const { type, name, input, variables } = part
  const shown = type === 'project' || type === 'group' ? variablesOf(variables) : tied
  const within = [...tied.filter(variable => shown.includes(variable)), ...certainOf(part, tiedBy)]
  const isOpen = type === 'graph' && (name as Term).termType === 'Variable' && !within.includes((name as Term).value)
  const open = isOpen && certainOf(input as Algebra, toldBy).size === 0 ? [(name as Term).value] : []
  return [...open, ...Object.values(part).flatMap(child => untiedGraphs(child, within))]
}

/** What triple patterns say that every solution of a pattern has matched. */
function certainOf(node: Algebra, said: (pattern: Algebra) => string[]): Set<string> {
  const inputs = (Array.isArray(node.input) ? node.input : [node.input]).filter(isNode).map(input => certainOf(input, said))
  const [first = new Set<string>()] = inputs
  switch (node.type) {
    case 'bgp':
      return new Set((node.patterns as Algebra[]).flatMap(said))
    case 'join':
      return new Set(inputs.flatMap(found => [...found]))
    case 'union':
      return new Set([...first].filter(one => inputs.every(found => found.has(one))))
    case 'project':
    case 'group':
      return new Set([...first].filter(one => one === TOLD || variablesOf(node.variables).includes(one)))
    default:
      return first
  }
}

const TOLD = ''
const tiedBy = (pattern: Algebra): string[] => (isTyped(pattern, STATEMENTS) ? variablesOf(pattern.subject) : [])
const toldBy = (pattern: Algebra): string[] => (isTyped(pattern, TELLING) ? [TOLD] : [])

function isTyped({ predicate, object }: Algebra, classes: readonly Term[]): boolean {
  return (predicate as Term).equals(rdf.type) && classes.some(one => one.equals(object as Term))
}

const STATEMENTS = [cmq.Claim, cmq.Inference, cmq.PlainStatement]
/** What stands in provenance graphs alone. */
const TELLING = [...STATEMENTS, cmq.Passage, cmq.Communique]

function placeOf(text: string, variable: string | undefined): { line?: number; column?: number; text?: string } {
  if (variable === undefined) return {}
  const lines = text.split(/\r?\n/)
  const word = new RegExp(`[?$]${variable}\\b`)
  const index = lines.findIndex(line => !line.startsWith('#') && word.test(line))
  return index < 0 ? {} : { line: index + 1, column: lines[index]!.search(word) + 1, text: lines[index]! }
}
