import { Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { ask, construct, parseQuery, queryText, select } from '../../src/query/engine.ts'
import { nodesOf, projectedVariables } from '../../src/sparql/algebra.ts'

const prefixes = { '': 'http://example.org/' }

function given(turtle: string): Store {
  return new Store(new Parser({ format: 'TriG' }).parse(`PREFIX : <http://example.org/> ${turtle}`))
}

const delegations = given(`
  :delegation :represents :russia ; :isHeadedBy :zubov .
  :observers :represents :chile .`)

test('a SELECT gives its solutions, each a map from variable to term', async () => {
  const solutions = await select(
    delegations,
    'SELECT ?country ?head { ?d :represents ?country OPTIONAL { ?d :isHeadedBy ?head } }',
    {
      prefixes,
    },
  )
  const rows = solutions.map(solution => Object.fromEntries([...solution].map(([name, term]) => [name, term.value])))
  expect(rows).toHaveLength(2)
  expect(rows).toContainEqual({ country: 'http://example.org/russia', head: 'http://example.org/zubov' })
  expect(rows).toContainEqual({ country: 'http://example.org/chile' })
})

test('an ASK gives a boolean, from text or from algebra', async () => {
  const algebra = await parseQuery('ASK { :observers :represents :chile }', { prefixes })
  expect(await ask(delegations, algebra)).toBe(true)
  expect(await ask(delegations, 'ASK { :observers :represents :russia }', { prefixes })).toBe(false)
})

test('a CONSTRUCT gives each quad once', async () => {
  const quads = await construct(delegations, 'CONSTRUCT { :world :has ?p } WHERE { ?s ?p ?o }', { prefixes })
  expect(quads.map(quad => quad.object.value).sort()).toEqual(['http://example.org/isHeadedBy', 'http://example.org/represents'])
})

test('a DESCRIBE gives the quads of the thing', async () => {
  expect(await construct(delegations, 'DESCRIBE :delegation', { prefixes })).toHaveLength(2)
})

test('blank nodes that come out are those of the store', async () => {
  const store = given('_:a :knows _:b . _:b :name "Bea" .')
  const [solution] = await select(store, 'SELECT ?x { ?x :name ?n }', { prefixes })
  const blank = solution?.get('x')
  expect(blank?.termType).toBe('BlankNode')
  expect(store.match(blank as never).size).toBe(1)
  const [quad] = await construct(store, 'CONSTRUCT WHERE { ?x :name ?n }', { prefixes })
  expect(store.has(quad as never)).toBe(true)
})

test('quads of named graphs are seen through GRAPH only', async () => {
  const store = given(':a :p :b . :claim { :a :p :c }')
  expect(await select(store, 'SELECT ?o { :a :p ?o }', { prefixes })).toHaveLength(1)
  const [solution] = await select(store, 'SELECT ?g { GRAPH ?g { :a :p ?o } }', { prefixes })
  expect(solution?.get('g')?.value).toBe('http://example.org/claim')
})

test('paths, aggregates, functions and sub-SELECTs are evaluated', async () => {
  const store = given(':a :next :b . :b :next :c . :c :weight 2 . :b :weight 3 .')
  const query = `SELECT (SUM(?w) AS ?sum) (GROUP_CONCAT(?n ; separator=",") AS ?names) {
    { SELECT ?x ?w { :a :next+ ?x . ?x :weight ?w } ORDER BY ?x }
    BIND(STRAFTER(STR(?x), "org/") AS ?n)
  }`
  const [solution] = await select(store, query, { prefixes })
  expect(solution?.get('sum')?.value).toBe('5')
  expect(solution?.get('names')?.value).toBe('b,c')
})

test('a path from a variable to itself finds circles through other nodes', async () => {
  const store = given(':a :next :b . :b :next :a . :c :next :d .')
  const names = async (query: string) =>
    (await select(store, query, { prefixes })).map(row => [...row.values()].map(({ value }) => value.slice(-1)).join())
  expect((await names('SELECT * { ?x :next+ ?x }')).sort()).toEqual(['a', 'b'])
  expect((await names('SELECT ?x { ?x :next/:next ?x }')).sort()).toEqual(['a', 'b'])
  expect((await names('SELECT ?x { ?x (^:next|:self)+ ?x MINUS { :a :next ?x } }')).sort()).toEqual(['a'])
})

test.each([
  ['GRAPH :g { ?s :p|:q ?o }', ['a b', 'b c']],
  ['GRAPH ?g { ?s (:p|:q)+ ?o }', ['a b', 'a c', 'b c']],
  ['GRAPH :g { ?s ^(:p|:q) ?o }', ['b a', 'c b']],
  ['GRAPH :g { ?s !(:p|:r) ?o }', ['b c']],
])('a path with alternatives is walked within %s, whatever the default graph holds', async (pattern, expected) => {
  const store = given(':g { :a :p :b . :b :q :c }')
  const solutions = await select(store, `SELECT ?s ?o { ${pattern} } ORDER BY ?s ?o`, { prefixes })
  expect(solutions.map(row => [...row.values()].map(({ value }) => value.slice(-1)).join(' '))).toEqual(expected)
})

describe('GRAPH goes through the named graphs one by one', () => {
  const store = given(':a :p 0 . :g { :a :p 1 . :b :p 2 } :h { :c :q :g }')
  const rows = async (query: string) =>
    (await select(store, query, { prefixes }))
      .map(row => [...row].map(([name, { value }]) => `${name}=${value.slice(-1)}`).join(' '))
      .sort()

  test.each([
    ['an empty group has a solution for each graph', 'SELECT ?g { GRAPH ?g {} }', ['g=g', 'g=h']],
    ['an empty group has one solution in a graph that there is', 'SELECT (1 AS ?n) { GRAPH :g {} }', ['n=1']],
    ['and none in one that there is not', 'SELECT (1 AS ?n) { GRAPH :nowhere {} }', []],
    ['rows of VALUES belong to no graph', 'SELECT ?g ?x { GRAPH ?g { VALUES ?x { 7 } } }', ['g=g x=7', 'g=h x=7']],
    [
      'a sub-SELECT counts within each graph, and a count of nothing is 0',
      'SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }',
      ['g=g n=2', 'g=h n=0'],
    ],
    [
      'MINUS takes nothing away where no variable is shared',
      'SELECT ?g ?s { GRAPH ?g { ?s :q ?o MINUS { ?x :q ?y } } }',
      ['g=h s=c'],
    ],
    ['the variable of the graph is free inside', 'SELECT ?g ?s { GRAPH ?g { ?s :q ?g } }', []],
    ['FROM NAMED says which graphs there are', 'SELECT ?g FROM NAMED :h { GRAPH ?g {} }', ['g=h']],
    ['an optional part stays in the graph', 'SELECT ?g ?s ?o { GRAPH ?g { ?s :q ?x OPTIONAL { ?s :p ?o } } }', ['g=h s=c']],
  ])('%s', async (_, query, expected) => {
    expect(await rows(query)).toEqual(expected)
  })
})

test.each([
  ['{ SELECT (COUNT(*) AS ?n) { ?a :none ?b } } VALUES ?x { 1 }', 1],
  ['?s :represents ?o { SELECT (COUNT(*) AS ?n) { ?a :none ?b } }', 2],
  ['{ SELECT (COUNT(*) AS ?n) { ?a :none ?b } } { SELECT (MAX(?o) AS ?m) { ?s :none ?o } }', 1],
])('a count of 0 in a sub-SELECT does not take the answer with it: %s', async (pattern, expected) => {
  expect(await select(delegations, `SELECT * { ${pattern} }`, { prefixes })).toHaveLength(expected)
})

test('a filter does not reach into a sub-SELECT that has a variable of the same name for itself', async () => {
  const query = 'SELECT * { FILTER(?x = 1) { SELECT (COUNT(*) AS ?m) { ?x ?y ?z } } }'
  expect(await select(delegations, query, { prefixes })).toEqual([])
})

test('a column that stands twice in the head of VALUES is a fault', async () => {
  await expect(parseQuery('SELECT * { VALUES (?a ?a) { (1 1) } }')).rejects.toMatchObject({ code: 'query-syntax' })
})

test('REDUCED keeps literals that differ only in language', async () => {
  const store = given(':a :p "abc", "abc"@en .')
  expect(await select(store, 'SELECT REDUCED ?o { ?s ?p ?o }')).toHaveLength(2)
})

test('a function resolves relative IRIs against the BASE of the text', async () => {
  const [solution] = await select(given(''), 'BASE <http://example.org/x/> SELECT (IRI("y") AS ?i) {}')
  expect(solution?.get('i')?.value).toBe('http://example.org/x/y')
})

test('triple terms of RDF 1.2 are matched', async () => {
  const store = given(':r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( :a :p :b )>> .')
  const [solution] = await select(store, 'SELECT ?o { ?r ?q <<( :a :p ?o )>> }', { prefixes })
  expect(solution?.get('o')?.value).toBe('http://example.org/b')
})

describe('bound variables', () => {
  const store = given(':a :p 1 . :b :p 2 .')
  const bindings = new Map([['this', [...store.match(null, null, null)][0]!.subject]])
  const rows = async (query: string) =>
    (await select(store, query, { prefixes, bindings })).map(solution =>
      [...solution.values()].map(term => term.value.replace(/.*[/]/, '')),
    )

  test.each([
    ['a pattern and the head', 'SELECT $this ?v { $this :p ?v }', [['a', '1']]],
    ['a nested group', 'SELECT ?v { { { $this :p ?v } } }', [['1']]],
    ['a filter of a nested group', 'SELECT ?v { ?s :p ?v { ?s :p ?w FILTER(?s = $this) } }', [['1']]],
    ['BOUND', 'SELECT ?v { ?s :p ?v FILTER(BOUND($this) && ?s = $this) }', [['1']]],
    ['NOT EXISTS', 'SELECT ?v { ?s :p ?v FILTER NOT EXISTS { ?s :p ?w FILTER(?s = $this) } }', [['2']]],
    ['a sub-SELECT', 'SELECT $this ?v { { SELECT $this ?v { $this :p ?v } } }', [['a', '1']]],
    ['a group that there is', 'SELECT $this (COUNT(?v) AS ?n) { $this :p ?v } GROUP BY $this', [['a', '1']]],
    ['a group that there is not', 'SELECT $this (COUNT(?v) AS ?n) { $this :q ?v } GROUP BY $this', []],
    [
      'one branch of a UNION',
      'SELECT $this ?v { { $this :p ?v } UNION { :b :p ?v } }',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('reach %s', async (_, query, expected) => {
    expect((await rows(query)).sort()).toEqual(expected)
  })

  test('reach blank nodes, in patterns and in expressions', async () => {
    const blanks = given('_:a :p 1 . _:b :p 2 .')
    const node = [...blanks.match(null, null, null)][0]!.subject
    const solutions = await select(blanks, 'SELECT ?v ?w { $this :p ?v . ?x :p ?w FILTER(?x = $this) }', {
      prefixes,
      bindings: new Map([['this', node]]),
    })
    expect(solutions.map(solution => [...solution.values()].map(term => term.value))).toEqual([['1', '1']])
  })
})

describe('a fault of the text is told with its place', () => {
  const fault = async (text: string) =>
    parseQuery(text, { file: 'q.rq' }).then(
      () => 'none',
      error => (error as Error).message,
    )

  test.each([
    ['SELECT ?x {\n  ?x ?y \n}', 'error[query-syntax] q.rq:2:8: the value of ?y is missing'],
    ['SELECT ?x { ?x ?y ?z', 'error[query-syntax] q.rq:1:11: this "{" is never closed'],
    ['SELECT ?x {\n  ?x ?y "abc }', 'error[query-syntax] q.rq:2:9: the string that begins here is never closed'],
    ['# x:y\nSELECT ?x { ?x x:y "x:y" }', 'error[undeclared-prefix] q.rq:2:16: prefix "x:" is not declared'],
    ['SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }', 'error[query-syntax] q.rq:1:37: ?x already has a value here'],
    ['SELECT ?y { ?x ?p ?o } GROUP BY ?x', 'error[query-syntax] q.rq:1:8: ?y is neither grouped nor aggregated'],
  ])('%s', async (text, message) => {
    expect(await fault(text)).toContain(message)
  })
})

test.each([
  ['INSERT DATA { <x:a> <x:b> 1 }', 'an update is not a query'],
  ['DELETE WHERE { ?s ?p ?o }', 'an update is not a query'],
  ['LOAD <http://example.org/>', 'an update is not a query'],
  ['CLEAR ALL', 'an update is not a query'],
  ['SELECT * { ?s ?p ?o SERVICE <http://example.org/sparql> { ?s ?q ?r } }', 'SERVICE is not allowed'],
  ['SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE SILENT <http://example.org/sparql> { ?s ?q ?r } } }', 'SERVICE is not allowed'],
  ['ASK { ?s ?p ?o }', 'a SELECT query is asked for, this is ASK'],
])('%s is refused', async (query, what) => {
  await expect(select(delegations, query)).rejects.toMatchObject({ code: 'query-refused', what: expect.stringContaining(what) })
})

test('algebra lists its nodes and the columns of its head, and turns back into text', async () => {
  const algebra = await parseQuery('SELECT ?b ?a { ?a ?p ?b }')
  expect([...nodesOf(algebra)].map(node => node.type)).toEqual(['project', 'bgp', 'pattern'])
  expect(projectedVariables(algebra)).toEqual(['b', 'a'])
  const text = await queryText(algebra)
  expect(projectedVariables(await parseQuery(text))).toEqual(['b', 'a'])
})

test.each([
  ['ex:a:b', 'http://example.org/a:b'],
  ['ex:a\\,b', 'http://example.org/a,b'],
  ['ex:%2C', 'http://example.org/%2C'],
  ['ex:', 'http://example.org/'],
])('the prefixed name %s is %s', async (name, iri) => {
  const algebra = await parseQuery(`PREFIX ex: <http://example.org/> ASK { ?s ?p ${name} }`)
  const [{ object }] = (algebra.input as { patterns: [{ object: { value: string } }] }).patterns
  expect(object.value).toBe(iri)
})
