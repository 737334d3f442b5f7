import { expect, test } from 'vitest'
import { faultOf } from '../remote/given.ts'
import { asking, COUNTRIES, endpointOf, knowing, rowsOf, services, WIKIDATA } from './given.ts'

test('what stands beside a SERVICE is asked here first, and its values go along in one request', async () => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT ?country ?capital { ?country :is ?item SERVICE <${server.url}> { ?item wdt:P36 ?capital } }`
  const answer = await asking(knowing(COUNTRIES), query, { services: services([server]) })
  expect(rowsOf(answer)).toEqual([':chile wd:Q2887', ':serbia wd:Q3711'])
  expect(server.queries()).toEqual([
    expect.stringMatching(/^SELECT \?item \?capital WHERE \{\s+VALUES \?item \{[^}]+Q298[^}]+\}/),
  ])
  expect(server.queries()[0]).not.toContain('Q142')
  expect(answer).toMatchObject({ complete: true, notes: [{ code: 'federated' }] })
})

test('without a host that is allowed a SERVICE is refused, and nothing is sent', async () => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT * { ?country :is ?item SERVICE <${server.url}> { ?item wdt:P36 ?capital } }`
  expect((await faultOf(asking(knowing(COUNTRIES), query))).code).toBe('query-refused')
  const none = asking(knowing(COUNTRIES), query, { services: { allow: ['example.org'], allowPrivate: true } })
  expect((await faultOf(none)).code).toBe('remote-refused')
  const isPrivate = asking(knowing(COUNTRIES), query, { services: { allow: [server.host] } })
  expect((await faultOf(isPrivate)).what).toContain('127.0.0.1 is an address of this machine')
  expect(server.connections()).toBe(0)
})

test('a thousand values go in two requests, not in a thousand', async () => {
  const things = Array.from({ length: 1000 }, (_, index) => `:t${index} :is :w${index} .`).join('\n')
  const server = await endpointOf(things.replaceAll(':t', ':w').replaceAll(':is :w', ':says :x'))
  const query = `SELECT ?t ?x { ?t :is ?w SERVICE <${server.url}> { ?w :says ?x } }`
  const answer = await asking(knowing(things), query, { services: services([server]) })
  expect(answer.rows).toHaveLength(1000)
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST'])
})

test('where nothing is known beside it, nothing is asked', async () => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT * { ?country :was ?item SERVICE <${server.url}> { ?item wdt:P36 ?capital } }`
  expect((await asking(knowing(COUNTRIES), query, { services: services([server]) })).rows).toEqual([])
  expect(server.connections()).toBe(0)
})

test.each([
  ['OPTIONAL', 'OPTIONAL { SERVICE <S> { ?item wdt:P36 ?capital } }', [':chile wd:Q2887', ':serbia wd:Q3711', ':turkey -']],
  [
    'OPTIONAL within the SERVICE',
    'SERVICE <S> { ?item wdt:P297 ?code OPTIONAL { ?item :none ?capital } }',
    [':chile -', ':serbia -'],
  ],
  ['MINUS', 'MINUS { SERVICE <S> { ?item wdt:P36 ?x } }', [':turkey -']],
  ['FILTER EXISTS', 'FILTER EXISTS { SERVICE <S> { ?item wdt:P297 "CL" } }', [':chile -']],
  ['FILTER NOT EXISTS', 'FILTER NOT EXISTS { SERVICE <S> { ?item wdt:P297 "CL" } }', [':serbia -', ':turkey -']],
  ['UNION', '{ SERVICE <S> { ?item wdt:P36 ?capital } } UNION { ?item :none ?capital }', [':chile wd:Q2887', ':serbia wd:Q3711']],
  ['a path', 'SERVICE <S> { ?item wdt:P36/rdfs:label ?capital }', [':chile "Santiago"@en', ':serbia "Belgrade"@en']],
  ['blank nodes', 'SERVICE <S> { ?item wdt:P36 [ rdfs:label ?capital ] }', [':chile "Santiago"@en', ':serbia "Belgrade"@en']],
  [
    'a sub-SELECT beside',
    '{ SELECT ?item { ?c :is ?item } ORDER BY ?item LIMIT 1 } SERVICE <S> { ?item wdt:P36 ?capital }',
    [':chile wd:Q2887'],
  ],
  [
    'a sub-SELECT around',
    '{ SELECT ?item (COUNT(?x) AS ?capital) { SERVICE <S> { ?item wdt:P36 ?x } } GROUP BY ?item }',
    [':chile 1', ':serbia 1'],
  ],
  [
    'two, of which one needs the other',
    'SERVICE <S> { ?city rdfs:label ?capital } SERVICE <S> { ?item wdt:P36 ?city }',
    [':chile "Santiago"@en', ':serbia "Belgrade"@en'],
  ],
  ['a pattern without variables', 'SERVICE <S> { wd:Q142 wdt:P297 "FR" }', [':chile -', ':serbia -', ':turkey -']],
])('the answer is that of the standard: %s', async (_, pattern, rows) => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT ?country ?capital { ?country :is ?item ${pattern.replaceAll('S>', `${server.url}>`)} }`
  expect(rowsOf(await asking(knowing(COUNTRIES), query, { services: services([server]) }))).toEqual(rows)
})

test('an OPTIONAL does not become narrower by what stands around it', async () => {
  const server = await endpointOf(':a :p :five .')
  const query = `SELECT ?x ?y { VALUES ?y { :one } { :a :q ?x OPTIONAL { SERVICE <${server.url}> { :a :p ?y } } } }`
  expect(rowsOf(await asking(knowing(':a :q :b .'), query, { services: services([server]) }))).toEqual([])
})

test('blank nodes of ours are no values for another server, and those of two answers are not mixed up', async () => {
  const server = await endpointOf('_:x :says "theirs" . wd:Q403 :knows _:x .')
  const [knows, says] = ['?item :knows ?x', '?x :says ?said'].map(pattern => `SERVICE <${server.url}> { ${pattern} }`)
  const query = `SELECT ?item ?said { ?t :is ?item ${knows} ${says} }`
  expect(rowsOf(await asking(knowing(':serbia :is wd:Q403, [] .'), query, { services: services([server]) }))).toEqual([])
})

test('within one answer a blank node stays itself from row to row', async () => {
  const server = await endpointOf('wd:Q403 :knows _:x . wd:Q298 :knows _:x .')
  const query = `SELECT (COUNT(DISTINCT ?x) AS ?n) { ?t :is ?item SERVICE <${server.url}> { ?item :knows ?x } }`
  expect(rowsOf(await asking(knowing(COUNTRIES), query, { services: services([server]) }))).toEqual(['1'])
})

test('CONSTRUCT and ASK reach across, too', async () => {
  const server = await endpointOf(WIKIDATA)
  const pattern = `?country :is ?item SERVICE <${server.url}> { ?item wdt:P297 ?code }`
  const triples = await asking(knowing(COUNTRIES), `CONSTRUCT { ?country :code ?code } WHERE { ${pattern} }`, {
    services: services([server]),
  })
  expect(rowsOf(triples)).toEqual([':chile :code "CL"', ':serbia :code "RS"'])
  expect((await asking(knowing(COUNTRIES), `ASK { ${pattern} }`, { services: services([server]) })).rows).toHaveLength(1)
})

test('a variable names endpoints: each that the query itself names and the caller allows', async () => {
  const [one, other] = [await endpointOf('wd:Q403 :says "one" .'), await endpointOf('wd:Q403 :says "other" .')]
  const query = `SELECT ?at ?said {
    VALUES ?at { <${one.url}> <${other.url}> } ?country :is ?item SERVICE ?at { ?item :says ?said } }`
  const both = services([one, other])
  expect(rowsOf(await asking(knowing(COUNTRIES), query, { services: both }))).toEqual(
    [`<${one.url}> "one"`, `<${other.url}> "other"`].sort(),
  )
  expect((await faultOf(asking(knowing(COUNTRIES), query, { services: services([one]) }))).code).toBe('remote-refused')
  const unbound = 'SELECT * { SERVICE ?at { ?item :says ?said } }'
  expect((await faultOf(asking(knowing(COUNTRIES), unbound, { services: both }))).what).toBe(
    '?at has no value where it names a SERVICE',
  )
})

test('a SERVICE within a SERVICE is not sent', async () => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT * { SERVICE <${server.url}> { ?item wdt:P36 ?c SERVICE <http://127.0.0.1:1/> { ?c rdfs:label ?l } } }`
  expect((await faultOf(asking(knowing(COUNTRIES), query, { services: services([server]) }))).code).toBe('query-refused')
  expect(server.connections()).toBe(0)
})

test('a row tells which endpoint it rests on, and when that said so', async () => {
  const server = await endpointOf(WIKIDATA)
  const query = `SELECT ?country ?capital { ?country :is ?item OPTIONAL { SERVICE <${server.url}> { ?item wdt:P36 ?capital } } }`
  const answer = await asking(knowing(COUNTRIES), query, { services: services([server]), cite: true })
  const said = `${server.url} ${server.host}, ${new Date().toISOString().slice(0, 10)}`
  const told = answer.rows.map(({ values, sources }) => [
    values.has('capital'),
    ...sources.filter(({ status }) => status === 'Service').map(({ claim, voice }) => `${claim} ${voice}`),
  ])
  expect(told.sort()).toEqual([[false], [true, said], [true, said]])
})

test('F21: two endpoints that disagree stay apart, each with its own number', async () => {
  const [factbook, article] = [await endpointOf(':interpol :members 189 .'), await endpointOf(':interpol :members 195 .')]
  const [theirs, ours] = [factbook, article].map(({ url }, index) => `SERVICE <${url}> { :interpol :members ?n${index} }`)
  const answer = await asking(knowing(''), `SELECT ?n0 ?n1 { ${theirs} ${ours} }`, {
    services: services([factbook, article]),
    cite: true,
  })
  expect(rowsOf(answer)).toEqual(['189 195'])
  expect(answer.rows[0]!.sources.map(({ claim }) => claim)).toEqual([factbook.url, article.url])
  expect(answer.notes.map(({ text }) => text).join()).toContain('1 row in 1 request')
})
