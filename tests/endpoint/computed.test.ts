import { expect, test } from 'vitest'
import { computedBooleans } from '../../src/endpoint/computed.ts'
import { parseQuery } from '../../src/query/engine.ts'

test.each([
  ['a comparison', '?s :p ?o BIND(?o > 1 AS ?b)', ['b']],
  ['a function that says yes or no', '?s :p ?o BIND(ISIRI(?o) || REGEX(STR(?o), "x") AS ?b)', ['b']],
  ['whether something exists', '?s :p ?o BIND(EXISTS { ?s :q ?o } AS ?b)', ['b']],
  ['what COALESCE and IF choose from booleans', 'BIND(COALESCE(1/0 = 1, IF(true, false, ?x = 1)) AS ?b)', ['b']],
  ['what has the value of such a variable', '?s :p ?o BIND(?o = 1 AS ?a) BIND(?a AS ?b)', ['a', 'b']],
  ['not a number', '?s :p ?o BIND(?o + 1 AS ?b)', []],
  ['not what is a boolean only now and then', '?s :p ?o BIND(IF(?o = 1, true, 0) AS ?b)', []],
  ['not what another alternative computes otherwise', '{ BIND(1 = 1 AS ?b) } UNION { BIND(1 AS ?b) }', []],
  ['not what the data may give, too', '{ BIND(1 = 1 AS ?b) } UNION { ?s :p ?b }', []],
])('a computed boolean: %s', async (_, pattern, expected) => {
  const query = await parseQuery(`SELECT * { ${pattern} }`, { prefixes: { '': 'urn:' } })
  expect([...computedBooleans(query)].sort()).toEqual(expected)
})
