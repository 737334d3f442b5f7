import fc from 'fast-check'

/** A query of a small grammar and the dataset it is asked of, both as text. */
export interface Case {
  readonly trig: string
  readonly query: string
}

const NODES = [':a', ':b', ':c', ':d']
const PREDICATES = [':p', ':q', ':r']
const LITERALS = ['1', '2', '3', '"x"', '"x"@en', '"y"']
const GRAPHS = [':g', ':h']
const VARIABLES = ['?x', '?y', '?z', '?v', '?w']

const node = fc.constantFrom(...NODES)
const predicate = fc.constantFrom(...PREDICATES)
const object = fc.constantFrom(...NODES, ...LITERALS)
const variable = fc.constantFrom(...VARIABLES)

const triple = fc.tuple(node, predicate, object).map(parts => `${parts.join(' ')} .`)

/** A default graph and two named graphs, neither of which is empty: engines differ on whether an empty graph is there. */
const dataset = (size: { readonly minLength: number; readonly maxLength: number }): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(triple, size).map(lines => [...new Set(lines)].join('\n')),
      fc.array(triple, { minLength: 1, maxLength: 5 }),
      fc.array(triple, { minLength: 1, maxLength: 5 }),
    )
    .map(([own, g, h]) => `${own}\n:g { ${g.join(' ')} }\n:h { ${h.join(' ')} }`)

/** Parts that may be left out of the grammar where engines are known to differ. */
export interface Options {
  readonly paths: boolean
  readonly graph: boolean
  /** Only what more triples cannot take an answer from. */
  readonly isMonotone?: boolean
}

/** Queries over a handful of variables, nested at most three deep: SELECT * of a group, with or without DISTINCT. */
export function cases({ paths, graph, isMonotone = false }: Options): fc.Arbitrary<Case> {
  const path = fc.constantFrom(':p/:q', ':p|:q', '^:p', ':p+', '(:p|:q)+', '!(:p|:r)', '!^:p', ':p/^:q', '(:p/:q)+')
  const verb = paths ? fc.oneof({ weight: 3, arbitrary: predicate }, { weight: 1, arbitrary: path }) : predicate
  const pattern = fc
    .tuple(
      fc.oneof(variable, node),
      fc.oneof({ weight: 4, arbitrary: verb }, { weight: 1, arbitrary: variable }),
      fc.oneof(variable, object),
    )
    .map(parts => `${parts.join(' ')} .`)
  const comparison = fc
    .tuple(variable, fc.constantFrom('=', '<', '>='), fc.oneof(variable, fc.constantFrom('1', '2', '"x"')))
    .map(parts => parts.join(' '))
  const test = fc.oneof(
    comparison,
    variable.map(name => `BOUND(${name})`),
    ...(isMonotone ? [] : [variable.map(name => `!BOUND(${name})`)]),
    variable.map(name => `ISLITERAL(${name})`),
    fc.tuple(comparison, comparison).map(([one, other]) => `(${one} || ${other})`),
  )
  const { group } = fc.letrec<{ group: string; part: string }>(tie => {
    const inner = tie('group')
    const parts = [
      // The first is taken where no deeper nesting is allowed.
      { weight: 6, arbitrary: pattern },
      ...(isMonotone ? [] : openEnded(inner, pattern)),
      { weight: 1, arbitrary: fc.tuple(inner, inner).map(([one, other]) => `{ ${one} } UNION { ${other} }`) },
      { weight: 2, arbitrary: test.map(text => `FILTER(${text})`) },
      { weight: 1, arbitrary: pattern.map(text => `FILTER EXISTS { ${text} }`) },
      { weight: 1, arbitrary: inner.map(text => `{ ${text} }`) },
      { weight: 1, arbitrary: fc.tuple(variable, object).map(([name, term]) => `VALUES ${name} { ${term} :a }`) },
      { weight: 1, arbitrary: fc.tuple(variable, inner).map(([name, text]) => `{ SELECT DISTINCT ${name} { ${text} } }`) },
      ...(graph
        ? [
            {
              weight: 2,
              arbitrary: fc.tuple(fc.constantFrom(...GRAPHS, '?g'), inner).map(([name, text]) => `GRAPH ${name} { ${text} }`),
            },
          ]
        : []),
    ]
    return {
      part: fc.oneof({ maxDepth: 2, depthSize: 'small' }, ...parts),
      group: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map(texts => texts.join(' ')),
    }
  })
  const query = fc.tuple(fc.boolean(), group).map(([distinct, text]) => `SELECT ${distinct ? 'DISTINCT ' : ''}* { ${text} }`)
  return fc.record({ trig: dataset(isMonotone ? { minLength: 14, maxLength: 28 } : { minLength: 0, maxLength: 7 }), query })
}

/** Parts by which more triples can take an answer away. */
function openEnded(
  inner: fc.Arbitrary<string>,
  pattern: fc.Arbitrary<string>,
): { weight: number; arbitrary: fc.Arbitrary<string> }[] {
  return [
    { weight: 2, arbitrary: inner.map(text => `OPTIONAL { ${text} }`) },
    { weight: 1, arbitrary: inner.map(text => `MINUS { ${text} }`) },
    { weight: 1, arbitrary: pattern.map(text => `FILTER NOT EXISTS { ${text} }`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(variable, inner)
        .map(([name, text]) => `{ SELECT ${name} (COUNT(*) AS ?n) { ${text} } GROUP BY ${name} }`),
    },
    { weight: 1, arbitrary: inner.map(text => `{ SELECT (COUNT(*) AS ?m) { ${text} } }`) },
  ]
}
