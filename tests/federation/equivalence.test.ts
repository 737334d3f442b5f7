import fc from 'fast-check'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { parseQuery, select } from '../../src/query/engine.ts'
import { type Algebra, inScope, mapNodes, nodesOf } from '../../src/sparql/algebra.ts'
import { asking, endpointOf, knowing, PREFIXES, rowsOf, services, storeOf } from './given.ts'

const HERE = ':a :p :b, :c . :b :p :c ; :q :a . :c :q :b, :d .'
const THERE = ':a :r :b, :d . :b :r :c ; :s :a . :d :s :a, :e . :c :r :a .'

const variable = fc.constantFrom('?x', '?y', '?z')
const triple = (...predicates: string[]) =>
  fc.tuple(fc.oneof(variable, fc.constant(':a')), fc.constantFrom(...predicates), variable).map(parts => `${parts.join(' ')} .`)
const filter = fc.tuple(variable, fc.constantFrom(':a', ':b')).map(([name, term]) => `FILTER(${name} != ${term})`)

/** Groups in which patterns of here stand beside, around and within those that are asked there. */
const { group } = fc.letrec<{ group: string; part: string }>(tie => ({
  group: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map(parts => parts.join('\n')),
  part: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    triple(':p', ':q'),
    fc.array(triple(':r', ':s'), { minLength: 1, maxLength: 2 }).map(parts => `SERVICE <S> { ${parts.join(' ')} }`),
    fc.tuple(triple(':r'), triple(':s')).map(([one, other]) => `SERVICE <S> { ${one} OPTIONAL { ${other} } }`),
    fc.tuple(triple(':r'), triple(':s')).map(([one, other]) => `SERVICE <S> { { ${one} } UNION { ${other} } }`),
    filter,
    fc.tuple(variable, fc.constantFrom(':a', ':b')).map(([name, term]) => `VALUES ${name} { ${term} :c }`),
    tie('group').map(inner => `OPTIONAL { ${inner} }`),
    tie('group').map(inner => `MINUS { ${inner} }`),
    tie('group').map(inner => `FILTER NOT EXISTS { ${inner} }`),
    tie('group').map(inner => `{ SELECT ?x ?y { ${inner} } ORDER BY ?x ?y LIMIT 2 }`),
    fc.tuple(tie('group'), tie('group')).map(([one, other]) => `{ ${one} } UNION { ${other} }`),
  ),
}))

test('what is sent along never changes the answer: it is as if each SERVICE were asked for everything', async () => {
  const server = await endpointOf(THERE)
  const [here, there] = [knowing(HERE), storeOf(THERE)]
  const property = fc.asyncProperty(group, async pattern => {
    const query = `SELECT ?x ?y ?z { ${pattern.replaceAll('<S>', `<${server.url}>`)} }`
    const asked = await parseQuery(query, { prefixes: PREFIXES })
    const wholly = await mapServices(asked, async input => {
      const names = [...new Set(inScope(input))].map(name => DataFactory.variable(name))
      const found = await select(there, { type: 'project', variables: names, input })
      return { type: 'values', variables: names, bindings: found.map(row => Object.fromEntries(row)) }
    })
    // What the engine cannot answer at all is no matter of SERVICE.
    const found = await select(here.store, wholly).catch(() => fc.pre(false))
    const expected = (found ?? []).map(values => ({ values, sources: [] }))
    const answer = await asking(here, query, { services: services([server]) })
    expect(rowsOf(answer)).toEqual(rowsOf({ rows: expected, columns: ['x', 'y', 'z'] }))
  })
  await fc.assert(property, { numRuns: 150, seed: 5 })
})

/** SERVICEs stand in no other here, so that both walks meet them in the same order. */
async function mapServices(algebra: Algebra, change: (input: Algebra) => Promise<Algebra>): Promise<Algebra> {
  const services = [...nodesOf(algebra)].filter(({ type }) => type === 'service')
  const changed = await Promise.all(services.map(({ input }) => change(input as Algebra)))
  return mapNodes(algebra, node => (node.type === 'service' ? changed.shift()! : node))
}
