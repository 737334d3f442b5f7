import fc from 'fast-check'

/** A few hundred triples in three graphs, as TriG, and the parts of a group that is asked of them, which may stand in any order. */
export interface GraphCase {
  readonly trig: readonly string[]
  readonly parts: readonly string[]
  /** Where the group is asked. */
  readonly graph: '' | 'GRAPH ?g' | 'GRAPH :g'
}

const VARIABLES = ['?a', '?b', '?c', '?d', '?e']

/** Few things have many triples, and many few: the square of what is even makes small numbers frequent. */
const skewed = (count: number): fc.Arbitrary<number> =>
  fc.nat({ max: 999 }).map(even => Math.floor((count * even * even) / 1_000_000))
const node = skewed(25).map(number => `:n${number}`)
const predicate = skewed(4).map(number => `:p${number}`)
const number = fc.nat({ max: 9 }).map(String)
const variable = fc.constantFrom(...VARIABLES)
/** Stands for one of the variables that have been used before. */
const known = fc.nat({ max: 4 })
const operator = fc.constantFrom('=', '!=', '!=')

const triple = fc.tuple(
  fc.constantFrom('', '', ':g', ':h'),
  node,
  predicate,
  fc.oneof({ weight: 6, arbitrary: node }, { weight: 1, arbitrary: number }),
)

const pattern = fc.record({
  start: known,
  verb: fc.oneof(
    { weight: 14, arbitrary: predicate },
    { weight: 2, arbitrary: variable },
    { weight: 1, arbitrary: predicate.map(name => `${name}+`) },
  ),
  end: fc.oneof({ weight: 12, arbitrary: variable }, { weight: 2, arbitrary: node }, { weight: 1, arbitrary: number }),
  isTurned: fc.boolean(),
})

/** What else stands in the group, of variables that have been used. */
const other = fc.oneof(
  fc.tuple(known, operator, known).map(
    ([a, sign, b]) =>
      (of: Of) =>
        `FILTER(${of(a)} ${sign} ${of(b)})`,
  ),
  fc.tuple(known, node).map(
    ([a, term]) =>
      (of: Of) =>
        `FILTER(${of(a)} != ${term})`,
  ),
  fc.tuple(known, number).map(
    ([a, most]) =>
      (of: Of) =>
        `FILTER(!ISLITERAL(${of(a)}) || ${of(a)} < ${most})`,
  ),
  fc.tuple(known, predicate, variable).map(
    ([a, verb, end]) =>
      (of: Of) =>
        `FILTER NOT EXISTS { ${of(a)} ${verb} ${end} }`,
  ),
  fc.tuple(known, node, node, node).map(
    ([a, ...nodes]) =>
      (of: Of) =>
        `FILTER(${of(a)} IN (${nodes.join(', ')}))`,
  ),
  fc.tuple(known, node, node, node).map(
    ([a, ...nodes]) =>
      (of: Of) =>
        `VALUES ${of(a)} { ${nodes.join(' ')} }`,
  ),
  fc.tuple(known, predicate, variable, predicate).map(
    ([a, verb, end, back]) =>
      (of: Of) =>
        `{ ${of(a)} ${verb} ${end} } UNION { ${end} ${back} ${of(a)} }`,
  ),
)
type Of = (known: number) => string

/**
 * One to six patterns, each of which has a variable in common with one before it, so that circles come about; with conditions, and now
 * and then VALUES, UNION or a path.
 */
export function graphCases(): fc.Arbitrary<GraphCase> {
  const triples = fc.array(triple, { minLength: 300, maxLength: 450, size: 'max' })
  const patterns = fc.array(pattern, { minLength: 1, maxLength: 6, size: 'max' })
  const graph = fc.constantFrom('' as const, '' as const, 'GRAPH ?g' as const, 'GRAPH :g' as const)
  return fc.tuple(triples, patterns, fc.array(other, { maxLength: 2 }), graph).map(([terms, joined, others, where]) => {
    const seen = [VARIABLES[0]!]
    const of = (index: number): string => seen[index % seen.length]!
    const parts = joined.map(({ start, verb, end, isTurned }) => {
      const first = of(start)
      for (const name of [verb, end]) if (name.startsWith('?') && !seen.includes(name)) seen.push(name)
      const isAround = isTurned && !/^\d/.test(end)
      return isAround ? `${end} ${verb} ${first} .` : `${first} ${verb} ${end} .`
    })
    const trig = new Set(terms.map(([name, ...triple]) => `${name} { ${triple.join(' ')} }`.trim()))
    return { trig: [...trig], parts: [...parts, ...others.map(make => make(of))], graph: where }
  })
}
