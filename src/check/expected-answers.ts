import { readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer } from '../answers/answer.ts'
import { hasService } from '../answers/answering.ts'
import { type Asked, ask } from '../answers/ask.ts'
import { snapshotsOnly } from '../answers/services.ts'
import { surplus } from '../comparison/change.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { byValue } from '../endpoint/value.ts'
import { CommuniqueError, type Fault } from '../error.ts'
import { readText } from '../file.ts'
import type { Project } from '../project/project.ts'
import { readCatalogue } from '../questions/catalogue.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { readTurtle } from '../rdf/read.ts'
import { quadOf } from '../rdf/term.ts'
import { tripleText } from '../rdf/turtle.ts'
import { formatOf } from '../results/format.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import type { Finding } from './finding.ts'

/** How the answer of one question compares with the one that is expected. */
export interface ExpectedResult {
  readonly name: string
  /** The file with the expected answer, relative to the project. */
  readonly file: string
  readonly outcome: 'same' | 'different' | 'missing' | 'broken' | 'written'
  /** Why there is nothing to compare. */
  readonly reason?: string | undefined
  /** Rows that are expected and not there. */
  readonly missing: readonly string[]
  /** Rows that are there and not expected. */
  readonly surplus: readonly string[]
}

/** Every question of the project has an expected answer beside it, and gives it. */
export async function checkExpectedAnswers(project: Project): Promise<Finding> {
  const catalogue = await readCatalogue(join(project.root, 'queries'))
  const results = await testQuestions({ graph: project, catalogue }, project.root)
  // What is wrong with a question that cannot be asked, the check of questions tells.
  const cannot = catalogue.broken.map(({ name }) => name)
  const faults = results.filter(({ name, outcome }) => outcome !== 'same' && !cannot.includes(name)).map(faultOf)
  return {
    looked: results.length,
    unit: 'answers',
    faults: [...faults, ...(await strayFaults(project.root, results))],
    isOptional: true,
  }
}

function faultOf({ name, file, outcome, reason, missing, surplus }: ExpectedResult): Fault {
  if (outcome === 'missing') {
    const what = `the question "${name}" has no expected answer`
    return {
      code: 'answer-missing',
      what,
      where: { file },
      mend: `read the answer of "communique ask ${name}" against the text, then run "communique test ${name} --update"`,
    }
  }
  if (outcome === 'broken') {
    const what = `the answer of "${name}" cannot be compared with the expected one: ${reason}`
    return { code: 'answer-different', what, where: { file }, mend: `see "communique ask ${name}"` }
  }
  const rows = [...missing.map(row => `- ${row}`), ...surplus.map(row => `+ ${row}`)]
  const what = `the answer of "${name}" is not the expected one: ${rows.length === 0 ? reason : ''}${rows.slice(0, 3).join(' | ')}${rows.length > 3 ? ` … (${rows.length} rows)` : ''}`
  return {
    code: 'answer-different',
    what,
    where: { file },
    mend: `see "communique test ${name}"; if the answer is right, add --update`,
  }
}

/** Expected answers whose question is gone. */
async function strayFaults(root: string, results: readonly ExpectedResult[]): Promise<Fault[]> {
  const files = await readdir(join(root, 'queries')).catch(() => [])
  const known = new Set(results.map(({ name }) => name))
  return files
    .filter(file => /\.expected\.\w+$/.test(file) && !known.has(file.replace(/\.expected\.\w+$/, '')))
    .map(file => ({
      code: 'answer-stray',
      what: 'this expected answer belongs to no question',
      where: { file: `queries/${file}` },
      mend: 'rename it with its question, or remove it',
    }))
}

export interface TestOptions {
  readonly name?: string | undefined
  readonly update?: boolean
  readonly endpoint?: Endpoint | undefined
}

/**
 * Asks questions with their defaults and compares the answers with those beside them: solutions in their order, triples as a set.
 *
 * @param root the project folder, whose `queries/` holds the files
 * @param options.name only this question
 * @param options.update write the answers as the expected ones
 * @param options.endpoint the server whose answers are compared: by value, and where a question has a path as sets
 */
export async function testQuestions(
  asked: Asked,
  root: string,
  { name, update = false, endpoint }: TestOptions = {},
): Promise<ExpectedResult[]> {
  const { questions, broken } = asked.catalogue
  const results = questions
    .filter(question => name === undefined || question.name === name)
    // A SERVICE is not passed on: the server would ask in its own name.
    .filter(question => endpoint === undefined || !hasService(question.algebra))
    .map(question => testQuestion(asked, question, root, update, endpoint))
  const cannot = broken.filter(question => name === undefined || question.name === name)
  return [
    ...(await Promise.all(results)),
    ...cannot.map(({ name: one, file, faults }) => ({
      name: one,
      file,
      outcome: 'broken' as const,
      reason: faults[0]?.what,
      missing: [],
      surplus: [],
    })),
  ]
}

async function testQuestion(
  asked: Asked,
  question: SavedQuestion,
  root: string,
  update: boolean,
  endpoint: Endpoint | undefined,
): Promise<ExpectedResult> {
  const { name, form } = question
  const [format, extension] = form === 'SELECT' ? ['tsv', 'tsv'] : form === 'ASK' ? ['tsv', 'txt'] : ['turtle', 'ttl']
  const file = `queries/${name}.expected.${extension}`
  const result = { name, file, missing: [], surplus: [] }
  try {
    // What other servers say is expected to be what their snapshots hold.
    const services = snapshotsOnly(root)
    const answer = await ask(asked, name, {}, { cite: false, limit: Number.POSITIVE_INFINITY, services, endpoint })
    if (!answer.complete) return { ...result, outcome: 'broken', reason: answer.notes.at(-1)?.text }
    const text = form === 'ASK' ? `${answer.rows.length > 0}\n` : textOf(answer, format!)
    if (update) {
      await writeFile(`${join(root, file)}.new`, text)
      await rename(`${join(root, file)}.new`, join(root, file))
      return { ...result, outcome: 'written' }
    }
    const expected = await readText(join(root, file), file)
    if (expected === undefined) return { ...result, outcome: 'missing', reason: 'no expected answer' }
    const [wanted, found] = [expected, text].map(rows => rowsOf(rows, extension!, file))
    if (endpoint === undefined) return { ...result, ...difference(wanted!, found!) }
    const asValues = (rows: readonly string[]): readonly string[] => {
      const values = rows.map(row => row.split('\t').map(valueText).join('\t'))
      return hasPath(question.algebra) ? [...new Set(values)] : values
    }
    return { ...result, ...difference(asValues(wanted!), asValues(found!)) }
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    return { ...result, outcome: 'broken', reason: error.what }
  }
}

/** A field of a row by its value: numbers without superfluous digits, and truth values as servers write those they compute. */
function valueText(field: string): string {
  if (field === 'true' || field === 'false') return field === 'true' ? '1' : '0'
  const type = /^[+-]?\d+$/.test(field) ? 'integer' : /^[+-]?\d*\.\d+$/.test(field) ? 'decimal' : undefined
  return type === undefined ? field : byValue(DataFactory.literal(field, DataFactory.namedNode(PREFIXES.xsd + type))).value
}

function hasPath(algebra: Algebra): boolean {
  return [...nodesOf(algebra)].some(({ type }) => type === 'path')
}

function textOf(answer: Answer, format: string): string {
  return [...formatOf(format, answer.form).write(answer)].join('')
}

/** The rows of an answer as text: lines, or triples in alphabetical order. */
function rowsOf(text: string, extension: string, file: string): string[] {
  if (extension !== 'ttl') return text.replace(/\r?\n$/, '').split(/\r?\n/)
  const { quads, faults } = readTurtle(text, { file, baseIRI: 'urn:answer' })
  if (faults[0]) throw new CommuniqueError(faults[0].code, { ...faults[0], faults })
  const texts = quads.map(({ subject, predicate, object }) => {
    const triple = quadOf(asWritten(subject), predicate, asWritten(object))
    return tripleText(triple, {})
  })
  return texts.sort()
}

/** A blank node by the label that the text has for it: the parser puts a number before, another for each text. */
function asWritten(term: Term): Term {
  return term.termType === 'BlankNode' ? DataFactory.blankNode(term.value.replace(/^b\d+_/, '')) : term
}

function difference(
  expected: readonly string[],
  actual: readonly string[],
): Pick<ExpectedResult, 'outcome' | 'reason' | 'missing' | 'surplus'> {
  const [missing, more] = [surplus(expected, actual), surplus(actual, expected)]
  if (missing.length + more.length > 0) return { outcome: 'different', missing, surplus: more }
  const isInOrder = expected.every((row, index) => row === actual[index])
  return {
    outcome: isInOrder ? 'same' : 'different',
    reason: isInOrder ? undefined : 'the rows come in another order',
    missing,
    surplus: more,
  }
}
