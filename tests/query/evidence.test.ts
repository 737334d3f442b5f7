import { expect, test } from 'vitest'
import { construct, parseQuery, queryForm, type Solution, select } from '../../src/query/engine.ts'
import { evidenceOf } from '../../src/query/evidence.ts'
import { shorten } from '../../src/rdf/prefixes.ts'
import { given, PREFIX } from './given.ts'

const DATA = `
  :e1 a :Election ; :elects :ada ; :fills :chair . :e2 a :Election ; :elects :bob .
  :ada :knows :bob . :bob :knows :cyd . :cyd :knows :ada . :cyd :knows :dan .
  :chair :of :club . :ada :age 30 . :bob :age 40 .
  :g { :ada :likes :bob } :h { :bob :likes :ada }`

/** For each row, in their order, the triples of its evidence as words. */
async function evidence(query: string, options = {}): Promise<string[]> {
  const store = given(DATA)
  const algebra = await parseQuery(PREFIX + query)
  const form = queryForm(algebra)
  const rows = form === 'ASK' ? [new Map()] : form === 'CONSTRUCT' ? await triples(query) : await select(store, algebra)
  const found = await evidenceOf(store, algebra, rows, options)
  const word = (value: string): string =>
    shorten(value, { '': 'http://example.org/', rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' })
  return found.map(({ quads, isCapped }) =>
    [
      ...quads
        .map(q =>
          [q.subject, q.predicate, q.object, q.graph]
            .map(term => word(term.value))
            .join(' ')
            .trim(),
        )
        .sort(),
      ...(isCapped ? ['…'] : []),
    ].join(', '),
  )
}

async function triples(query: string): Promise<Solution[]> {
  const quads = await construct(given(DATA), PREFIX + query)
  return quads.map(
    ({ subject, predicate, object }) =>
      new Map([
        ['subject', subject],
        ['predicate', predicate],
        ['object', object],
      ]),
  )
}

test.each([
  ['a pattern', 'SELECT ?p { :e1 :elects ?p }', [':e1 :elects :ada']],
  ['DISTINCT has every way to the row', 'SELECT DISTINCT ?t { ?e a ?t }', [':e1 rdf:type :Election, :e2 rdf:type :Election']],
  [
    'an OPTIONAL that matched nothing adds nothing',
    'SELECT ?e ?post { ?e :elects ?p OPTIONAL { ?e :fills ?post } } ORDER BY ?e',
    [':e1 :elects :ada, :e1 :fills :chair', ':e2 :elects :bob'],
  ],
  [
    'only the branch of a UNION that gave the row',
    'SELECT ?x { { ?x :fills :chair } UNION { ?x :of :club } } ORDER BY ?x',
    [':chair :of :club', ':e1 :fills :chair'],
  ],
  ['EXISTS', 'SELECT ?p { ?e :elects ?p FILTER EXISTS { ?e :fills ?post } }', [':e1 :elects :ada, :e1 :fills :chair']],
  [
    'EXISTS with a condition on what is outside',
    'SELECT ?p { ?p :age ?a FILTER EXISTS { ?other :age ?b FILTER(?b > ?a) } }',
    [':ada :age 30, :bob :age 40'],
  ],
  [
    'EXISTS as one of two ways',
    'SELECT ?p { ?p :age ?a FILTER(?a > 35 || EXISTS { ?e :elects ?p ; :fills ?x }) } ORDER BY ?p',
    [':ada :age 30, :e1 :elects :ada, :e1 :fills :chair', ':bob :age 40'],
  ],
  [
    'NOT EXISTS and MINUS rest on what is there',
    'SELECT ?e { ?e :elects ?p FILTER NOT EXISTS { ?e :fills ?x } MINUS { ?p :age 30 } }',
    [':e2 :elects :bob'],
  ],
  ['GRAPH names the graph', 'SELECT ?g { GRAPH ?g { :ada :likes ?x } }', [':ada :likes :bob :g']],
  ['GRAPH without a pattern rests on the graph', 'SELECT * { GRAPH :h {} }', [':bob :likes :ada :h']],
  [
    'FROM makes a named graph the default',
    'SELECT ?x FROM :g FROM :h { ?x :likes ?y } ORDER BY ?x',
    [':ada :likes :bob :g', ':bob :likes :ada :h'],
  ],
  ['a sequence', 'SELECT ?o { :e1 :fills/:of ?o }', [':chair :of :club, :e1 :fills :chair']],
  [
    'one or more steps, a circle included',
    'SELECT ?o { :ada :knows+ ?o FILTER(?o = :dan) }',
    [':ada :knows :bob, :bob :knows :cyd, :cyd :knows :ada, :cyd :knows :dan'],
  ],
  ['zero steps rest on nothing', 'SELECT ?o { :dan :knows* ?o }', ['']],
  ['an inverse, an alternative, a negated set', 'SELECT ?x { :club ^:of|!:knows ?x }', [':chair :of :club']],
  ['VALUES and BIND add nothing', 'SELECT ?n { VALUES ?p { :ada } ?p :age ?a BIND(?a + 1 AS ?n) }', [':ada :age 30']],
  ['a group', 'SELECT ?t (COUNT(?e) AS ?n) { ?e a ?t } GROUP BY ?t', [':e1 rdf:type :Election, :e2 rdf:type :Election']],
  [
    'a group whose key is not shown',
    'SELECT (SUM(?a) AS ?n) { ?p :age ?a } GROUP BY ?p ORDER BY ?n',
    [':ada :age 30', ':bob :age 40'],
  ],
  ['a count of nothing', 'SELECT (COUNT(*) AS ?n) { ?x :missing ?y }', ['']],
  [
    'an aggregate in a sub-SELECT',
    'SELECT ?p ?n { ?p :age ?a { SELECT (COUNT(?e) AS ?n) { ?e :elects ?x } } FILTER(?a < ?n * 20) }',
    [':ada :age 30, :e1 :elects :ada, :e2 :elects :bob'],
  ],
  [
    'a sub-SELECT that keeps a variable to itself',
    'SELECT ?p ?e { ?p :age ?a { SELECT DISTINCT ?p { ?e :elects ?p } } VALUES ?e { 1 } } ORDER BY ?p',
    [':ada :age 30, :e1 :elects :ada', ':bob :age 40, :e2 :elects :bob'],
  ],
  [
    'LIMIT in a sub-SELECT',
    'SELECT ?o { { SELECT ?p { ?p :age ?a } ORDER BY ?a LIMIT 1 } ?p :knows ?o }',
    [':ada :age 30, :ada :knows :bob'],
  ],
  ['LIMIT and OFFSET', 'SELECT ?p { ?p :age ?a } ORDER BY ?a LIMIT 1 OFFSET 1', [':bob :age 40']],
  ['ASK', 'ASK { :ada :knows ?x }', [':ada :knows :bob']],
  [
    'CONSTRUCT, triple by triple',
    'CONSTRUCT { ?p :won ?post . ?p :isIn ?e } { ?e :elects ?p OPTIONAL { ?e :fills ?post } }',
    [':e1 :elects :ada, :e1 :fills :chair', ':e1 :elects :ada, :e1 :fills :chair', ':e2 :elects :bob'],
  ],
  ['CONSTRUCT of blank nodes', 'CONSTRUCT { [] :elected ?p } { ?e :elects ?p }', [':e1 :elects :ada', ':e2 :elects :bob']],
  ['CONSTRUCT with LIMIT', 'CONSTRUCT { ?e :elected ?p } { ?e :elects ?p } ORDER BY ?p LIMIT 1', [':e1 :elects :ada']],
  ['ASK with LIMIT', 'ASK { ?p :knows ?x } LIMIT 1', [':ada :knows :bob, :bob :knows :cyd, :cyd :knows :ada, :cyd :knows :dan']],
  ['a value that differs each time', 'SELECT ?p (RAND() AS ?r) { :e1 :elects ?p }', [':e1 :elects :ada']],
])('%s', async (_, query, expected) => {
  expect(await evidence(query)).toEqual(expected)
})

test('more derivations than the cap allows are said', async () => {
  expect(await evidence('SELECT ?t { ?e a ?t } LIMIT 1', { witnesses: 1 })).toEqual([':e1 rdf:type :Election, …'])
})

test('a triple term that is matched', async () => {
  const store = given(':r :says <<( :a :b 1 )>> .')
  const algebra = await parseQuery(`${PREFIX}SELECT ?x { ?r :says <<( :a :b ?x )>> }`)
  const [evidence] = await evidenceOf(store, algebra, await select(store, algebra))
  expect(evidence?.quads).toEqual(store.getQuads(null, null, null, null))
})
