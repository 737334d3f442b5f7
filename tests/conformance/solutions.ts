import { Readable } from 'node:stream'
import type { Quad, Term } from '@rdfjs/types'
import { DataFactory, Parser, Store } from 'n3'
import { isomorphic } from 'rdf-isomorphic'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { SparqlJsonParser } from 'sparqljson-parse'
import { SparqlXmlParser } from 'sparqlxml-parse'
import type { Answer } from '../../src/answers/answer.ts'
import { namespace } from '../../src/rdf/namespace.ts'
import { rdf, xsd } from '../../src/rdf/vocabulary.ts'
import { formatOf } from '../../src/results/format.ts'
import { givenAnswer, row } from '../results/given.ts'
import { suiteFile } from './manifest.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const rs = namespace('http://www.w3.org/2001/sw/DataAccess/tests/result-set#')

/** What a query gives, or ought to give. */
export type Outcome =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'graph'; readonly quads: readonly Quad[] }
  | {
      readonly kind: 'solutions'
      readonly rows: readonly Row[]
      readonly ordered: boolean
      /** The head, where it is known and means something. */
      readonly columns?: readonly string[]
    }

/** A solution: term by variable. */
export type Row = ReadonlyMap<string, Term>

/** The triples of a suite's file. Blank nodes of different files never meet. */
export async function suiteQuads(iri: string): Promise<Quad[]> {
  const text = suiteFile(iri)
  if (/\.rdf$/.test(iri)) {
    const quads: Quad[] = []
    for await (const found of Readable.from([text]).pipe(new RdfXmlParser({ baseIRI: iri }))) quads.push(found)
    return quads
  }
  const format = /\.nt$/.test(iri) ? 'N-Triples' : /\.nq$/.test(iri) ? 'N-Quads' : /\.trig$/.test(iri) ? 'TriG' : 'Turtle'
  const prefix = `f${++files}_`
  return new Parser({ format, baseIRI: iri, blankNodePrefix: prefix }).parse(text)
}

let files = 0

/** What the result file of a test says. */
export async function expectedOutcome(iri: string, form: Outcome['kind']): Promise<Outcome> {
  const read = READERS.get(extensionOf(iri))
  if (read !== undefined) return read(suiteFile(iri))
  const quads = await suiteQuads(iri)
  const graph = new Store(quads as never)
  const [resultSet] = graph.getSubjects(rdf.type, rs('ResultSet'), null)
  if (resultSet === undefined) return { kind: 'graph', quads }
  const [value] = graph.getObjects(resultSet, rs('boolean'), null)
  if (value !== undefined || form === 'boolean') return { kind: 'boolean', value: value?.value === 'true' }
  const solutions = graph.getObjects(resultSet, rs('solution'), null)
  const indexOf = (node: Term): number => Number(graph.getObjects(node as never, rs('index'), null)[0]?.value ?? Number.NaN)
  const rows = solutions.sort((a, b) => indexOf(a) - indexOf(b)).map(node => rowOf(node, graph))
  return { kind: 'solutions', rows, ordered: solutions.some(node => !Number.isNaN(indexOf(node))) }
}

function rowOf(solution: Term, graph: Store): Row {
  const bindings = graph.getObjects(solution as never, rs('binding'), null)
  return new Map(
    bindings.map(binding => [
      graph.getObjects(binding, rs('variable'), null)[0]!.value,
      graph.getObjects(binding, rs('value'), null)[0]!,
    ]),
  )
}

/**
 * An outcome written by our writer of the format of a result file, and read again by somebody else's reader: what is compared
 * has gone through our formats. A result file in RDF stands for a graph only if it holds one; then our Turtle is read.
 */
export async function throughOurWriter(outcome: Outcome, iri: string, columns: readonly string[]): Promise<Outcome> {
  const extension = extensionOf(iri)
  const read = outcome.kind === 'graph' ? fromTurtle : READERS.get(extension)
  if (read === undefined) return outcome
  const answer = answerOf(outcome, columns)
  return read([...formatOf(outcome.kind === 'graph' ? 'turtle' : extension, answer.form).write(answer)].join(''))
}

function answerOf(outcome: Outcome, columns: readonly string[]): Answer {
  if (outcome.kind === 'boolean') return givenAnswer({ form: 'ASK', rows: outcome.value ? [row({})] : [] })
  if (outcome.kind === 'solutions') return givenAnswer({ columns, rows: outcome.rows.map(values => ({ values, sources: [] })) })
  const rows = outcome.quads.map(({ subject, predicate, object }) => row({ subject, predicate, object }))
  return givenAnswer({ form: 'CONSTRUCT', columns: ['subject', 'predicate', 'object'], rows })
}

/** Readers of results by the extension of their files; none of them is ours but for the splitting of lines into fields. */
const READERS = new Map<string, (text: string) => Outcome | Promise<Outcome>>([
  ['srx', fromXml],
  ['srj', fromJson],
  ['csv', fromCsv],
  ['tsv', fromTsv],
])

function extensionOf(iri: string): string {
  return iri.slice(iri.lastIndexOf('.') + 1)
}

function fromTurtle(text: string): Outcome {
  return { kind: 'graph', quads: new Parser({ format: 'text/turtle' }).parse(text) }
}

/** CSV tells strings and blank nodes, and of these only by how they begin. */
function fromCsv(text: string): Outcome {
  const termOf = (field: string): Term => (field.startsWith('_:') ? blankNode(field.slice(2)) : literal(field))
  return fromFields(csvLines(text), termOf)
}

/** Each field of a TSV is what Turtle takes for an object. */
function fromTsv(text: string): Outcome {
  const termOf = (field: string): Term => new Parser({ blankNodePrefix: '' }).parse(`<urn:s> <urn:p> ${field} .`)[0]!.object
  const [head = '', ...lines] = text.replace(/\n$/, '').split('\n')
  return fromFields(
    [head.replaceAll('?', ''), ...lines].map(line => line.split('\t')),
    termOf,
  )
}

function fromFields([columns = [], ...lines]: readonly (readonly string[])[], termOf: (field: string) => Term): Outcome {
  const rows = lines.map(
    fields => new Map(fields.flatMap((field, index) => (field === '' ? [] : [[columns[index]!, termOf(field)] as const]))),
  )
  return { kind: 'solutions', rows, ordered: false, columns }
}

/** The fields of each line. @see RFC 4180, 2 */
export function csvLines(text: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!)
    if (end === '') break
    if (end !== ',') lines.push([])
  }
  return text.endsWith('\n') ? lines.slice(0, -1) : lines
}

async function fromXml(text: string): Promise<Outcome> {
  const parser = new SparqlXmlParser()
  if (/<boolean>/.test(text)) {
    const value = await parser.parseXmlBooleanStream(Readable.from([text]))
    return { kind: 'boolean', value }
  }
  const rows: Row[] = []
  for await (const bindings of parser.parseXmlResultsStream(Readable.from([text])))
    rows.push(withoutMarks(bindings as unknown as Record<string, Term>))
  return { kind: 'solutions', rows, ordered: false }
}

function fromJson(text: string): Outcome {
  const parser = new SparqlJsonParser()
  const json: unknown = JSON.parse(text)
  if (typeof json === 'object' && json !== null && 'boolean' in json)
    return { kind: 'boolean', value: parser.parseJsonBoolean(json) }
  const rows = parser.parseJsonResults(json).map(withoutMarks)
  return { kind: 'solutions', rows, ordered: false }
}

/** The parsers write `?x` for the variable x. */
function withoutMarks(bindings: Readonly<Record<string, Term>>): Row {
  return new Map(Object.entries(bindings).map(([name, term]) => [name.replace(/^\?/, ''), term]))
}

/**
 * What differs between two outcomes, in words; undefined when nothing does. Solutions are multisets, and in order where the
 * expected ones are; blank nodes match by one bijection over the whole result; numbers and booleans by datatype and value;
 * language tags whatever their case.
 *
 * @param lax each solution as often as expected or less, but at least once (`mf:LaxCardinality`)
 */
export function difference(expected: Outcome, actual: Outcome, lax = false): string | undefined {
  if (expected.kind === 'boolean' && actual.kind === 'boolean')
    return expected.value === actual.value ? undefined : `${actual.value} instead of ${expected.value}`
  if (expected.kind === 'graph' && actual.kind === 'graph')
    return isomorphic(expected.quads.map(byValue), actual.quads.map(byValue))
      ? undefined
      : `another graph: ${actual.quads.length} triples instead of ${expected.quads.length}`
  if (expected.kind !== 'solutions' || actual.kind !== 'solutions') return `${actual.kind} instead of ${expected.kind}`
  const heads = [expected, actual].map(({ columns }) => [...(columns ?? [])].sort().join(' '))
  if (expected.columns && heads[0] !== heads[1]) return `columns ${heads[1]} instead of ${heads[0]}`
  const [wanted, found] = [expected.rows, actual.rows]
  const words = `${rowsText(found)}\ninstead of\n${rowsText(wanted)}`
  if (lax) return isLaxly(wanted, found) ? undefined : words
  if (wanted.length !== found.length) return words
  return isomorphic(asGraph(wanted, expected.ordered), asGraph(found, expected.ordered)) ? undefined : words
}

/** Solutions as a graph, in which two are the same just when the graphs are isomorphic. */
function asGraph(rows: readonly Row[], ordered: boolean): Quad[] {
  return rows.flatMap((row, index) => {
    const node = blankNode(`solution-${index}`)
    const bindings = [...row].map(([name, term]) => quad(node, namedNode(`urn:variable:${name}`), comparable(term) as never))
    const place = literal(String(ordered ? index : 0), xsd.integer)
    return [quad(node, namedNode('urn:place'), place), ...bindings]
  })
}

function isLaxly(wanted: readonly Row[], found: readonly Row[]): boolean {
  const count = (rows: readonly Row[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const row of rows) counts.set(rowText(row), (counts.get(rowText(row)) ?? 0) + 1)
    return counts
  }
  const [most, times] = [count(wanted), count(found)]
  return times.size === most.size && [...times].every(([row, number]) => number <= (most.get(row) ?? 0))
}

function byValue({ subject, predicate, object }: Quad): Quad {
  return quad(subject as never, predicate as never, comparable(object) as never)
}

const NUMERIC =
  /#(integer|decimal|float|double|nonNegativeInteger|positiveInteger|nonPositiveInteger|negativeInteger|long|int|short|byte|unsigned\w+)$/

/** The term with its value written in one way: `1.0` and `01.00` of a decimal, `1` and `true`. */
function comparable(term: Term): Term {
  if (term.termType === 'Quad')
    return quad(...([term.subject, term.predicate, term.object].map(comparable) as [never, never, never]))
  if (term.termType !== 'Literal') return term
  const { value, datatype, language } = term
  if (language !== '') return literal(value, { language: language.toLowerCase(), direction: term.direction ?? '' } as never)
  if (NUMERIC.test(datatype.value) && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    return literal(String(Number(value)), datatype as never)
  if (datatype.equals(xsd.boolean) && /^[01]$/.test(value)) return literal(value === '1' ? 'true' : 'false', datatype as never)
  return term
}

function rowsText(rows: readonly Row[]): string {
  return rows.length === 0
    ? '  (no solution)'
    : rows
        .map(row => `  ${rowText(row)}`)
        .sort()
        .join('\n')
}

function rowText(row: Row): string {
  return [...row]
    .map(([name, term]) => `?${name} = ${termText(comparable(term))}`)
    .sort()
    .join(', ')
}

function termText(term: Term): string {
  if (term.termType === 'Literal')
    return `"${term.value}"${term.language === '' ? `^^${term.datatype.value.replace(/^.*#/, '')}` : `@${term.language}`}`
  if (term.termType === 'Quad') return `<<${[term.subject, term.predicate, term.object].map(termText).join(' ')}>>`
  return term.termType === 'BlankNode' ? '_:' : `<${term.value}>`
}
