import type { Term, Variable } from '@rdfjs/types'
import { xsd } from '../rdf/vocabulary.ts'
import { type Algebra, nodesOf, variablesOf } from '../sparql/algebra.ts'
import { isCondition } from '../sparql/expression.ts'

/**
 * The variables of a query that a computed boolean can be the value of, and nothing else. Virtuoso has no booleans of its own: it
 * writes what it computes to be true or false as the integers 1 and 0, and only the query says which was meant.
 *
 * @see SPARQL 1.1 Query Language, 17.3 (Operator Mapping)
 * @example computedBooleans(await parseQuery('SELECT ?b { ?s ?p ?o BIND(?o > 1 AS ?b) }')) // new Set(['b'])
 */
export function computedBooleans(query: Algebra): ReadonlySet<string> {
  const nodes = [...nodesOf(query)]
  const booleans = new Set<string>()
  const others = new Set(nodes.filter(({ type }) => GIVING.has(type)).flatMap(variablesOf))
  for (const { name } of nodes.filter(({ type }) => type === 'graph')) for (const one of variablesOf(name)) others.add(one)
  for (const { variable, expression } of nodes.filter(({ type }) => type === 'extend').reverse())
    (isBoolean(expression as Algebra, booleans) ? booleans : others).add((variable as Variable).value)
  return new Set([...booleans].filter(name => !others.has(name)))
}

/** What gives variables a value, besides BIND. */
const GIVING: ReadonlySet<string> = new Set(['pattern', 'path', 'values'])

function isBoolean(expression: Algebra, known: ReadonlySet<string>): boolean {
  const { subType, operator } = expression
  const args = (expression.args ?? []) as Algebra[]
  const areBoolean = (parts: readonly Algebra[]): boolean => parts.every(part => isBoolean(part, known))
  if (subType === 'term') {
    const term = expression.term as Term
    return term.termType === 'Variable' ? known.has(term.value) : term.termType === 'Literal' && term.datatype.equals(xsd.boolean)
  }
  if (subType === 'named') return xsd.boolean.equals(expression.name as Term)
  if (operator === 'if') return areBoolean(args.slice(1))
  if (operator === 'coalesce') return areBoolean(args)
  return isCondition(expression) || (subType === 'operator' && TESTS.has(operator as string))
}

/** The functions that say yes or no. */
const TESTS: ReadonlySet<string> = new Set([
  ...['isiri', 'isuri', 'isblank', 'isliteral', 'isnumeric', 'istriple', 'haslang', 'haslangdir'],
  ...['strstarts', 'strends', 'contains', 'langmatches', 'regex'],
])
