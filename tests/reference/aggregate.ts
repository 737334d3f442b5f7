import type { Term } from '@rdfjs/types'
import { termKey } from '../../src/rdf/term.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { calculated, number, order, string } from './expression.ts'
import { distinct, restricted, type Solution, solutionKey } from './solution.ts'

/**
 * One solution for each different key; without a key one for all there is.
 *
 * @param termOf the value of an expression in a solution; undefined for an error
 * @see SPARQL 1.1 Query Language, 18.5.1 (Aggregate Algebra)
 */
export function grouped(
  { variables, aggregates }: Algebra,
  rows: readonly Solution[],
  termOf: (expression: Algebra, solution: Solution) => Term | undefined,
): Solution[] {
  const names = (variables as Term[]).map(({ value }) => value)
  const groups = new Map<string, { key: Solution; rows: Solution[] }>()
  if (names.length === 0) groups.set('', { key: new Map(), rows: [] })
  for (const row of rows) {
    const key: Solution = new Map(names.flatMap(name => (row.has(name) ? [[name, row.get(name)!] as const] : [])))
    const group = groups.get(solutionKey(key)) ?? { key, rows: [] }
    group.rows.push(row)
    groups.set(solutionKey(key), group)
  }
  return [...groups.values()].map(group => {
    const found = new Map(group.key)
    for (const aggregate of aggregates as Algebra[]) {
      const value = aggregated(aggregate, group.rows, termOf)
      if (value !== undefined) found.set((aggregate.variable as Term).value, value)
    }
    return found
  })
}

function aggregated(
  { aggregator, expression, distinct: isDistinct, separator }: Algebra,
  rows: readonly Solution[],
  termOf: (expression: Algebra, solution: Solution) => Term | undefined,
): Term | undefined {
  const { subType, variables } = expression as Algebra
  if (subType === 'wildcard') {
    const names = isDistinct ? (variables as Term[]).map(({ value }) => value) : []
    return number(isDistinct ? distinct(rows.map(row => restricted(row, names))).length : rows.length, true)
  }
  const all = rows.map(row => termOf(expression as Algebra, row))
  const values = isDistinct ? [...new Map(all.map(value => [value && termKey(value), value])).values()] : all
  const known = values.filter(value => value !== undefined)
  if (aggregator === 'count') return number(known.length, true)
  if (aggregator === 'sample') return known[0]
  // An error of one is an error of all.
  if (known.length < values.length) return undefined
  switch (aggregator) {
    case 'sum':
      return sum(known)
    case 'avg': {
      const total = sum(known)
      return total && number(Number(total.value) / Math.max(known.length, 1), known.length === 0)
    }
    case 'min':
      return known.sort(order)[0]
    case 'max':
      return known.sort(order).at(-1)
    case 'group_concat': {
      const texts = known.map(value => (value.termType === 'Literal' || value.termType === 'NamedNode' ? value.value : undefined))
      return texts.includes(undefined) ? undefined : string(texts.join(separator as string))
    }
    default:
      throw new Error(`the reference does not know the aggregate ${aggregator}`)
  }
}

function sum(values: readonly Term[]): Term | undefined {
  return values.reduce<Term | undefined>((total, value) => total && calculated('+', total, value), number(0, true))
}
