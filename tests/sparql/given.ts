import type { Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { expect } from 'vitest'
import { parseQuery, type Solution, select } from '../../src/query/engine.ts'
import { termKey } from '../../src/rdf/term.ts'
import { type Algebra, nodesOf } from '../../src/sparql/algebra.ts'
import { type FunctionContext, functions } from '../../src/sparql/functions.ts'
import { booleanLiteral } from '../../src/sparql/literal.ts'
import { compare, effectiveBoolean, isEqual } from '../../src/sparql/value.ts'

const PROLOGUE = `BASE <http://example.org/x/y>
  PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
  PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>`

const context: FunctionContext = {
  now: DataFactory.literal('2024-02-29T12:00:00Z', DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#dateTime')),
  baseIRI: 'http://example.org/x/y',
  bnode: label => DataFactory.blankNode(label ?? 'new'),
}

/** The values of expressions without variables, undefined for an error. */
export async function valuesOf(expressions: readonly string[]): Promise<(Term | undefined)[]> {
  const found = new Map<string, Term | undefined>()
  for (const node of nodesOf(await parseQuery(queryOf(expressions))))
    if (node.type === 'extend') found.set((node.variable as Term).value, valueOfExpression(node.expression as Algebra))
  return expressions.map((_, index) => found.get(`x${index}`))
}

/** What Comunica says of such expressions. */
export async function comunicaOf(expressions: readonly string[]): Promise<(Term | undefined)[]> {
  const [solution] = await select(new Store(), queryOf(expressions)).catch((): [Solution | undefined] => [undefined])
  if (solution !== undefined) return expressions.map((_, index) => solution.get(`x${index}`))
  // One that throws takes the others with it.
  return expressions.length === 1 ? [undefined] : (await Promise.all(expressions.map(one => comunicaOf([one])))).flat()
}

function queryOf(expressions: readonly string[]): string {
  return `${PROLOGUE} SELECT ${expressions.map((expression, index) => `(${expression} AS ?x${index})`).join(' ')} {}`
}

function valueOfExpression({ subType, term, operator, name, args }: Algebra): Term | undefined {
  if (subType === 'term') return term as Term
  const values = (args as Algebra[]).map(valueOfExpression)
  const [a, b] = values
  if (a === undefined ? values.length > 0 : values.includes(undefined)) return undefined
  const call = functions.get(subType === 'named' ? (name as Term).value : (operator as string))
  return call === undefined ? comparison(operator as string, a!, b!) : call(values as Term[], context)
}

function comparison(operator: string, a: Term, b: Term): Term | undefined {
  const equal = (): boolean | undefined => isEqual(a, b)
  const difference = (): number | undefined => compare(a, b)
  const judged = <T>(value: T | undefined, judge: (value: T) => boolean): Term | undefined =>
    value === undefined ? undefined : booleanLiteral(judge(value))
  switch (operator) {
    case '!':
      return judged(effectiveBoolean(a), value => !value)
    case '=':
      return judged(equal(), value => value)
    case '!=':
      return judged(equal(), value => !value)
    case '<':
      return judged(difference(), value => value < 0)
    case '>':
      return judged(difference(), value => value > 0)
    case '<=':
      return judged(difference(), value => value <= 0)
    case '>=':
      return judged(difference(), value => value >= 0)
    default:
      throw new Error(`no function ${operator}`)
  }
}

/** A term as SPARQL writes it; `error` for none. */
export function text(term: Term | undefined): string {
  if (term === undefined) return 'error'
  if (term.termType === 'Quad') return `<<( ${[term.subject, term.predicate, term.object].map(text).join(' ')} )>>`
  if (term.termType !== 'Literal') return term.termType === 'BlankNode' ? `_:${term.value}` : `<${term.value}>`
  const { value, language, direction, datatype } = term
  if (language !== '') return `${JSON.stringify(value)}@${language}${direction ? `--${direction}` : ''}`
  const type = datatype.value.replace('http://www.w3.org/2001/XMLSchema#', 'xsd:')
  if (type === 'xsd:string') return JSON.stringify(value)
  if (/^xsd:(integer|decimal|double|boolean)$/.test(type) && /^(true|false|[-\d.eE]+)$/.test(value)) return value
  return `${JSON.stringify(value)}^^${type.startsWith('xsd:') ? type : `<${type}>`}`
}

/** Each line is an expression, an arrow and its value, to the letter; `error` for none. */
export async function expectValues(lines: string): Promise<void> {
  const rows = lines
    .split('\n')
    .map(line => line.trim().split(/\s+->\s+/))
    .filter(([expression]) => expression !== '')
  const shown = async (expressions: readonly string[]): Promise<string[]> => (await valuesOf(expressions)).map(text)
  const actual = await shown(rows.map(([expression]) => expression!))
  const wanted = await Promise.all(rows.map(async ([, value]) => (value === 'error' ? value : (await shown([value!]))[0])))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.map(([expression], index) => `${expression} -> ${actual[index]}`)).toEqual(
    rows.map(([expression], index) => `${expression} -> ${wanted[index]}`),
  )
}

/** One text for equal terms, `error` for none. */
export function keyOf(term: Term | undefined): string {
  return term === undefined ? 'error' : termKey(term)
}
