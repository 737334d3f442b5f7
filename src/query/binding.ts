import type { Term, Variable } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'
import { type Algebra, isNode, isTerm, mapParts } from '../sparql/algebra.ts'

/**
 * Gives variables their values before a query is evaluated: everywhere, in nested groups, filters and sub-SELECTs alike, which
 * a `VALUES` row does not reach. In a head and in GROUP BY the variable stays, with the value in every solution.
 *
 * @param values terms by variable name; a blank node means that node of the graph
 * @returns a new algebra
 * @see SHACL, Appendix A (Pre-binding of Variables in SPARQL Queries)
 */
export function bindVariables(algebra: Algebra, values: ReadonlyMap<string, Term>): Algebra {
  return bound(algebra, values) as Algebra
}

function bound(part: unknown, values: ReadonlyMap<string, Term>): unknown {
  if (Array.isArray(part)) return part.map(item => bound(item, values))
  if (isNode(part)) return boundNode(part, values)
  if (isTerm(part)) return boundTerm(part, values)
  return part
}

function boundNode(node: Algebra, values: ReadonlyMap<string, Term>): unknown {
  const within = (part: unknown) => bound(part, values)
  if (node.type === 'values') return node
  if (node.type === 'project' || node.type === 'group') {
    const input = joinedWith(node.variables as readonly Variable[], values, within(node.input) as Algebra)
    return { ...node, input, ...('aggregates' in node ? { aggregates: within(node.aggregates) } : {}) }
  }
  if (node.type === 'extend') return { ...node, input: within(node.input), expression: within(node.expression) }
  if (node.subType === 'aggregate') return { ...node, expression: within(node.expression) }
  if (node.subType === 'operator' && node.operator === 'bound' && isAmong(node.args, values)) {
    return { type: 'expression', subType: 'term', term: DataFactory.literal('true', xsdBoolean) }
  }
  return mapParts(node, within)
}

const xsdBoolean = DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#boolean')

function boundTerm(term: Term, values: ReadonlyMap<string, Term>): Term {
  if (term.termType === 'Variable') return values.get(term.value) ?? term
  if (term.termType !== 'Quad') return term
  const [subject, predicate, object] = [term.subject, term.predicate, term.object].map(part => boundTerm(part, values))
  return quadOf(subject!, predicate!, object!)
}

/** The input with one row of values beside it, for the variables that are to be seen outside. */
function joinedWith(variables: readonly Variable[], values: ReadonlyMap<string, Term>, input: Algebra): Algebra {
  const row = variables.flatMap(({ value: name }) => (values.has(name) ? [[name, values.get(name)] as const] : []))
  if (row.length === 0) return input
  const seen = variables.filter(({ value: name }) => values.has(name))
  return { type: 'join', input: [{ type: 'values', variables: seen, bindings: [Object.fromEntries(row)] }, input] }
}

function isAmong(args: unknown, values: ReadonlyMap<string, Term>): boolean {
  const [argument] = args as readonly { readonly term?: Term }[]
  return argument?.term?.termType === 'Variable' && values.has(argument.term.value)
}
