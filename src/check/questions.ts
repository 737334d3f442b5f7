import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import { type Algebra, certainlyBound, inScope, isNode, nodesOf, variablesOf } from '../query/algebra.ts'
import { readCatalogue } from '../questions/catalogue.ts'
import { type Parameter, parameterRows } from '../questions/parameter.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { cmq, rdf } from '../rdf/vocabulary.ts'
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
      ({ type, input }) =>
        type === 'join' && (input as Algebra[]).some(part => !within(part, row) && certainlyBound(part).has(name)),
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
    if (node.type === 'filter' && variablesOf(node.expression).includes(name) && !inScope(node.input as Algebra).includes(name))
      found.push([`a FILTER uses ?${name} where it has no value`, `repeat ${rowText} in the group of the FILTER`])
    const branches =
      node.type === 'union' ? (node.input as Algebra[]) : node.type === 'project' && node !== outermost(algebra) ? [node] : []
    for (const branch of branches)
      if (variablesOf(branch).includes(name) && !rows.some(row => within(branch, row)) && !isRowOutside(algebra, branch, rows))
        found.push([
          `a ${node.type === 'union' ? 'branch of a UNION' : 'sub-SELECT'} uses ?${name} without its row`,
          `repeat ${rowText} in it`,
        ])
  }
  return found
}

/** Whether a row is joined with a branch from outside: enough for patterns, which are joined by their values. */
function isRowOutside(algebra: Algebra, branch: Algebra, rows: readonly Algebra[]): boolean {
  if (branch.type === 'project') return false
  const usesInFilter = [...nodesOf(branch)].some(
    ({ type, expression }) => type === 'filter' && variablesOf(expression).length > 0,
  )
  return !usesInFilter && rows.some(row => [...nodesOf(algebra)].includes(row))
}

function outermost(algebra: Algebra): Algebra | undefined {
  return [...nodesOf(algebra)].find(({ type }) => type === 'project')
}

/** Whether an expression has `!BOUND(?name)`. */
function isUnboundAllowed(expression: unknown, name: string): boolean {
  return [...nodesOf(expression)].some(({ operator, args }) => {
    const [inner] = (args as Algebra[] | undefined) ?? []
    return operator === '!' && inner?.operator === 'bound' && variablesOf(inner).includes(name)
  })
}

/** Variables that name a graph and are not known to be a claim, an inference or a plain statement, nor the graph that says so. */
function untiedGraphs(algebra: Algebra): string[] {
  const patterns = [...nodesOf(algebra)].filter(({ type }) => type === 'pattern')
  const isTyped = (subject: unknown, { predicate, object }: Algebra): boolean =>
    (predicate as Term).equals(rdf.type) && STATEMENTS.some(kind => kind.equals(object as Term)) && subject !== undefined
  const statements = patterns.filter(pattern => isTyped(pattern.subject, pattern)).map(({ subject }) => (subject as Term).value)
  return [...nodesOf(algebra)].flatMap(({ type, name, input }) => {
    if (type !== 'graph' || (name as Term).termType !== 'Variable') return []
    const { value } = name as Term
    const tells = [...nodesOf(input)].some(node => isNode(node) && node.type === 'pattern' && isTold(node))
    return statements.includes(value) || tells ? [] : [value]
  })
}

/** Whether a triple pattern stands in provenance graphs alone. */
function isTold({ predicate, object }: Algebra): boolean {
  return (
    (predicate as Term).equals(rdf.type) && [...STATEMENTS, cmq.Passage, cmq.Communique].some(kind => kind.equals(object as Term))
  )
}

const STATEMENTS = [cmq.Claim, cmq.Inference, cmq.PlainStatement]

function placeOf(text: string, variable: string | undefined): { line?: number; column?: number; text?: string } {
  if (variable === undefined) return {}
  const lines = text.split(/\r?\n/)
  const word = new RegExp(`[?$]${variable}\\b`)
  const index = lines.findIndex(line => !line.startsWith('#') && word.test(line))
  return index < 0 ? {} : { line: index + 1, column: lines[index]!.search(word) + 1, text: lines[index]! }
}
