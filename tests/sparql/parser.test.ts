import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namespace } from '../../src/rdf/namespace.ts'
import { type Algebra, nodesOf, variablesOf } from '../../src/sparql/algebra.ts'
import { SyntaxFault } from '../../src/sparql/syntax/fault.ts'
import { parseText } from '../../src/sparql/syntax/parser.ts'
import { announceMissing, manifestEntries, mf, suiteFile, suitesFolder } from '../conformance/manifest.ts'
import { cases } from '../query/generated.ts'
import { canonical } from './canonical.ts'
import { refereeAlgebra } from './referee.cjs'

const qt = namespace('http://www.w3.org/2001/sw/DataAccess/tests/test-query#')
const ut = namespace('http://www.w3.org/2009/sparql/tests/test-update#')

const parse = (text: string, baseIRI?: string): Algebra => parseText(text, { baseIRI }).algebra

function expectAgreement(text: string, baseIRI?: string): void {
  const theirs = refereeAlgebra(text, baseIRI === undefined ? {} : { baseIRI })
  const ours = parse(text, baseIRI)
  // Of an update ours tells the kind only.
  if (isUpdate(ours)) expect(ours.type).toBe(theirs.type)
  else expect(canonical(ours)).toBe(canonical(theirs))
}

const isUpdate = ({ type }: Algebra): boolean =>
  /^(nop|compositeupdate|deleteinsert|load|clear|create|drop|add|move|copy)$/.test(type)

/** Files of the suites that Traqula reads wrongly: it cuts `:c:d` at the second colon, and keeps the backslash of `:c\,d`. */
const REFEREE_IS_WRONG = /syntax-query\/(syn-pname-0[45679]|qname-escape-03)\.rq$/

describe('the W3C suites', () => {
  if (suitesFolder() === undefined) {
    test('the suites are there, or their absence is announced', () => console.warn(announceMissing('rdf-tests')))
    return
  }
  const entries = ['sparql10/manifest.ttl', 'sparql11/manifest-all.ttl', 'sparql12/manifest.ttl'].flatMap(path =>
    manifestEntries(`https://w3c.github.io/rdf-tests/sparql/${path}`),
  )
  const texts = (isMeant: (type: string) => boolean): Set<string> =>
    new Set(
      entries
        .filter(({ type }) => isMeant(type))
        .flatMap(({ graph, node }) => {
          const [action] = graph.getObjects(node as never, mf('action'), null)
          const named = [qt('query'), ut('request')].flatMap(part => graph.getObjects(action as never, part, null))
          return named.length > 0 ? named : [action!]
        })
        .map(({ value }) => value)
        .filter(iri => /\.r[qu]$/.test(iri)),
    )

  test('every text that is right comes to the algebra that Traqula gives', () => {
    const right = [...texts(type => !/Negative.*Syntax/.test(type))]
    expect(right.length).toBeGreaterThan(1000)
    for (const iri of right.filter(iri => !REFEREE_IS_WRONG.test(iri))) {
      try {
        expectAgreement(suiteFile(iri), iri)
      } catch (cause) {
        throw new Error(`${iri}\n${suiteFile(iri)}`, { cause })
      }
    }
  })

  test('every text that is wrong is refused with a place in it', () => {
    const wrong = [...texts(type => /Negative.*Syntax/.test(type))]
    expect(wrong.length).toBeGreaterThan(190)
    for (const iri of wrong) {
      const text = suiteFile(iri)
      expect(() => parse(text, iri), text).toThrow(SyntaxFault)
    }
  })
})

test('every saved question comes to the algebra that Traqula gives', () => {
  const folder = fileURLToPath(new URL('../../queries/', import.meta.url))
  const files = readdirSync(folder).filter(file => file.endsWith('.rq'))
  expect(files.length).toBeGreaterThan(50)
  for (const file of files) expectAgreement(readFileSync(folder + file, 'utf8'))
})

test.each([
  ['queries', { paths: true, graph: true }],
  ['queries without negation', { paths: true, graph: true, isMonotone: true }],
])('generated %s come to the algebra that Traqula gives', (_, options) => {
  fc.assert(
    fc.property(cases(options), ({ query }) => {
      const text = `PREFIX : <http://example.org/> ${query}`
      const theirs = outcome(() => refereeAlgebra(text))
      // It overlooks a second value for a variable behind AS.
      const ours = outcome(() => parse(text))
      if (ours !== 'wrong' || theirs === 'wrong') expect(ours).toBe(theirs)
    }),
    { numRuns: Number(process.env.GENERATED_CASES ?? 300), seed: 89 },
  )
})

function outcome(work: () => Algebra): string {
  try {
    return canonical(work())
  } catch {
    return 'wrong'
  }
}

/** What the suites have little of. */
test.each([
  'SELECT * { ?s ?p (1 [ <x:p> 2 ] ()) . [ <x:q> ?o ] . ( ?a ) <x:r> [] }',
  'SELECT * { ?s <x:a>/(^<x:b>|!(<x:c>|^<x:d>|a))+/<x:e>? ?o }',
  'SELECT * { ?s (<x:a>|<x:b>)|<x:c> ?o . ?o ^(<x:a>/<x:b>)/<x:c> ?t }',
  'SELECT (?a + COUNT(?b) AS ?c) (count( ?b ) * 2 AS ?d) { ?a <x:p> ?b } GROUP BY ?a HAVING(COUNT(?b) > 1) (SUM(?b) < 9) ORDER BY DESC(SUM(?b)) ?a',
  'SELECT ?x { ?y <x:p> ?z } GROUP BY (STR(?y) AS ?x) LCASE(?z) (?y) LIMIT 3 OFFSET 2',
  'SELECT * { ?s ?p ?o FILTER(?o -1 * 2 - -3 > +4 || !(?o NOT IN (1, 2.5, .5e1)) && ?o < 3) }',
  'SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?q ?r FILTER(?r = ?o) } FILTER(!EXISTS { ?s ?p 1 }) ?o ?q ?t }',
  'SELECT * { ?s ?p ?o OPTIONAL { { ?o ?q ?r FILTER(?r) } } OPTIONAL { ?o ?q ?r FILTER(?r) FILTER(?q) } } VALUES (?s ?o) { (UNDEF 1) ("a"@EN-gb UNDEF) }',
  'SELECT * { { ?s ?p ?o } UNION { { ?s ?p 1 } UNION { ?s ?p 2 } } { { ?s ?q ?t } ?t ?r ?v } MINUS { ?s ?x ?y } GRAPH ?g { ?a ?b ?c } SERVICE SILENT <x:s> { ?d ?e ?f } }',
  'CONSTRUCT { _:a <x:p> [ <x:q> ?o ] } FROM <x:g> FROM NAMED <x:h> { _:a ?p ?o } LIMIT 0',
  'CONSTRUCT WHERE { _:a ?p [] }',
  'DESCRIBE ?s <x:y> { ?s ?p ?o } ORDER BY ?s OFFSET 1',
  'DESCRIBE * { ?s ?p ?o }',
  'DESCRIBE <x:y>',
  'ASK FROM <x:g> { ?s ?p "\\u00e9\\n\'" , """a"b""", \'\'\'c\'\'\' , true, <x:\\u00e9> }',
  'SELECT (GROUP_CONCAT(DISTINCT ?a; SEPARATOR=", ") AS ?b) (SAMPLE(?a) AS ?c) (COUNT(DISTINCT *) AS ?n) { ?a ?p ?o }',
  'SELECT REDUCED ?a { SELECT DISTINCT ?a { ?a ?p ?o } ORDER BY ?a LIMIT 1 }',
  'SELECT * { << ?s ?p ?o ~ ?r >> <x:q> << <x:a> a <<( ?s ?p 1 )>> >> . ?s ?p ?o ~ <x:r> {| <x:s> 1 ; <x:t> 2 |} {| ?u ?v |} }',
  'SELECT (TRIPLE(?s, ?p, ?o) AS ?t) (<<( ?s a "x"@en--ltr )>> AS ?u) { ?s ?p ?o }',
])('%s comes to the algebra that Traqula gives', text => expectAgreement(text))

describe('where Traqula is wrong', () => {
  test.each([
    ['a prefixed name has more than one colon', 'PREFIX : <x:> ASK { :a:b ?p ?o }', 'x:a:b'],
    ['a backslash in a prefixed name is not part of it', 'PREFIX : <x:> ASK { :a\\,b ?p ?o }', 'x:a,b'],
    ['a decimal number begins with its point', 'ASK { .5 ?p ?o }', '.5'],
  ])('%s', (_, text, subject) => {
    const [pattern] = [...nodesOf(parse(text))].filter(({ type }) => type === 'pattern')
    expect((pattern!.subject as { value: string }).value).toBe(subject)
  })

  test('white space between NOT and EXISTS may be any', () => {
    expect(canonical(parse('ASK { FILTER NOT\n\tEXISTS { ?s ?p ?o } }'))).toBe(
      canonical(refereeAlgebra('ASK { FILTER NOT EXISTS { ?s ?p ?o } }')),
    )
  })

  test('generated variables of a query are not those of another part of it', () => {
    const names = variablesOf(parse('SELECT * { ?x <x:a>/<x:b> ?y { SELECT ?y { ?y <x:c> ?v } } ?y <x:d>/<x:e> ?z }'))
    expect(new Set(names).size).toBe(6)
  })

  test('an empty CONSTRUCT WHERE is the empty pattern', () => {
    expect(parse('CONSTRUCT WHERE {}')).toMatchObject({ input: { type: 'bgp', patterns: [] } })
  })

  test.each([
    ['a second value for a variable', 'SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }'],
    ['a column of VALUES that stands twice', 'SELECT * { VALUES (?x ?x) { (1 1) } }'],
    ['a variable beside an aggregate other than COUNT', 'SELECT ?x (SUM(?y) AS ?n) { ?x ?p ?y }'],
    ['a variable beside an aggregate in one expression', 'SELECT (?x + SUM(?y) AS ?n) { ?x ?p ?y }'],
    ['a name behind AS that GROUP BY has', 'SELECT (1 AS ?x) { ?x ?p ?y } GROUP BY ?x'],
    ['a label in a pattern and in a sub-SELECT', 'SELECT * { _:a ?p ?o { SELECT * { _:a ?q ?r } } }'],
  ])('%s is refused', (_, text) => {
    expect(() => refereeAlgebra(text)).not.toThrow()
    expect(() => parse(text)).toThrow(SyntaxFault)
  })
})

test('generated names are none of the text', () => {
  const algebra = parse('SELECT * { ?g_0 ?var0 [ <x:p>/<x:q> _:a ] }')
  expect(new Set(variablesOf(algebra.input)).size).toBe(5)
})

test.each([
  ['a name', 'a'],
  ['a name with points', 'a.'],
  ['a name with hyphens', 'a-'],
  ['quotation marks', '"'],
  ['angle brackets', '<'],
  ['backslashes in a string', '"\\\\'],
  ['question marks', '?'],
  ['signs', '+'],
  ['blank nodes', '[] '],
  ['points', ':a........'],
  ['groups', '{ ?s ?p ?o } '],
  ['triples between groups', '{} ?s ?p ?o '],
  ['annotations', '~ _:a '],
])('a text of 500,000 characters is read in a time that grows with it: %s', (_, part) => {
  const start = performance.now()
  outcome(() => parse(`ASK { ?s ?p ${part.repeat(500_000 / part.length)} }`))
  outcome(() => parse(`PREFIX : <x:> ASK { ?s ?p ?o ; ?p${part.repeat(500_000 / part.length)} }`))
  outcome(() => parse(`PREFIX : <x:> ASK { ?s ?p ?o ${part.repeat(500_000 / part.length)} }`))
  expect(performance.now() - start).toBeLessThan(10_000)
})
