import { Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import type { CommuniqueError } from '../../src/error.ts'
import { validate } from '../../src/validation/validate.ts'

const prologue = `
  PREFIX : <http://example.org/>
  PREFIX sh: <http://www.w3.org/ns/shacl#>
  PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
  PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
  PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>`

function given(trig: string) {
  return new Parser({ format: 'TriG', baseIRI: 'http://example.org/' }).parse(prologue + trig)
}

const people = given(':anna a :Person ; :name "Anna"@en ; :age 40 . :boris a :Person ; :age -3 .')

/** Shapes whose queries may use the prefix `:`. */
const declared = ': sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/" ] .'

function faultsOf(shapes: string) {
  return validate(people, given(shapes)).then(
    () => [],
    (error: CommuniqueError) =>
      error.faults.map(({ code, what, mend }) => `${code}: ${what}${mend === undefined ? '' : `; ${mend}`}`),
  )
}

test('a report tells the node, the property, the value and the words of the shape', async () => {
  const shapes = given(`:Aged a sh:NodeShape ; sh:targetClass :Person ;
    sh:property :age-is-positive .
    :age-is-positive sh:path :age ; sh:minInclusive 0 ; sh:severity sh:Warning ;
      sh:message "возраст"@ru, "an age is not negative"@en .`)
  const report = await validate(people, shapes)
  expect(report.conforms).toBe(false)
  expect(report.results).toHaveLength(1)
  const [result] = report.results
  expect(result).toMatchObject({
    focusNode: { value: 'http://example.org/boris' },
    path: { value: 'http://example.org/age' },
    value: { value: '-3' },
    message: 'an age is not negative',
    severity: { value: 'http://www.w3.org/ns/shacl#Warning' },
    shape: { value: 'http://example.org/age-is-positive' },
    constraintComponent: { value: 'http://www.w3.org/ns/shacl#MinInclusiveConstraintComponent' },
  })
  expect((await validate(people, shapes, { language: 'ru' })).results[0]?.message).toBe('возраст')
  expect(new Store([...report.dataset] as never).countQuads(null, 'http://www.w3.org/ns/shacl#result', null, null)).toBe(1)
})

test('the counts say what was looked at', async () => {
  const shapes = given(
    ':S a sh:NodeShape ; sh:targetClass :Person ; sh:nodeKind sh:IRI ; sh:property [ sh:path :age ; sh:datatype xsd:integer ; sh:maxCount 1 ] .',
  )
  expect((await validate(people, shapes)).counts).toEqual({ shapes: 1, focusNodes: 2, constraints: 6 })
})

test('no shapes, and shapes that reach no node, are visible in the counts', async () => {
  expect((await validate(people, [])).counts).toEqual({ shapes: 0, focusNodes: 0, constraints: 0 })
  const unreached = given(':S a sh:NodeShape ; sh:targetClass :Robot ; sh:property [ sh:path :name ; sh:minCount 1 ] .')
  expect((await validate(people, unreached)).counts).toEqual({ shapes: 1, focusNodes: 0, constraints: 0 })
})

test('a canary shape fails, on an empty graph too', async () => {
  const canary = given(':Canary sh:targetNode :canary ; sh:property [ sh:path :sings ; sh:minCount 1 ] .')
  expect((await validate(people, canary)).conforms).toBe(false)
  expect((await validate([], canary)).conforms).toBe(false)
})

test('quads of several graphs are read as one graph, each triple once', async () => {
  const data = given(':anna :name "Anna" . :g { :anna :name "Anna" } :h { :anna a :Person }')
  const shapes = given(
    ':S a sh:NodeShape ; sh:targetClass :Person ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:maxCount 1 ] .',
  )
  expect(await validate(data, shapes)).toMatchObject({ conforms: true, counts: { focusNodes: 1 } })
})

test('subclasses are those of the data', async () => {
  const shapes = ':S a sh:NodeShape ; sh:targetClass :Agent ; sh:property [ sh:path :name ; sh:minCount 1 ] .'
  const subclass = ':Person rdfs:subClassOf :Agent .'
  expect((await validate([...people, ...given(subclass)], given(shapes))).counts.focusNodes).toBe(2)
  expect((await validate(people, given(shapes + subclass))).counts.focusNodes).toBe(0)
})

test('a severity of ones own is kept, and counts as a fault inside sh:not as well', async () => {
  const shapes =
    given(`:S sh:targetNode :boris ; sh:node :Named . :Named sh:severity :Grave ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:severity :Grave ] .
    :T sh:targetNode :boris ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:severity :Grave ] .`)
  const { results } = await validate(people, shapes)
  expect(results.map(({ severity }) => severity.value).sort()).toEqual([
    'http://example.org/Grave',
    'http://www.w3.org/ns/shacl#Violation',
  ])
})

test('paths of any depth are walked, and told as SPARQL writes them', async () => {
  const data = given(':a :p :b . :b :q :c . :c :p :d . :x :r :a .')
  const shapes = given(`:S sh:targetNode :a ; sh:property [ sh:in ( :a ) ;
    sh:path [ sh:zeroOrMorePath [ sh:alternativePath ( ( :p :q ) [ sh:inversePath :r ] ) ] ] ] .`)
  const { results } = await validate(data, shapes)
  expect(results.map(({ value }) => value?.value).sort()).toEqual(['http://example.org/c', 'http://example.org/x'])
  const [p, q, r] = ['p', 'q', 'r'].map(name => `<http://example.org/${name}>`)
  expect(results[0]?.pathText).toBe(`((${p}/${q})|(^${r}))*`)
})

test('languages are matched as tags, not as letters', async () => {
  const shapes = given(':S sh:targetNode :a ; sh:property [ sh:path :name ; sh:languageIn ( "en" ) ] .')
  const { results } = await validate(given(':a :name "1"@en, "2"@EN-gb, "3"@enx, "4" .'), shapes)
  expect(results.map(({ value }) => value?.value).sort()).toEqual(['3', '4'])
})

describe('constraints in SPARQL', () => {
  test('each solution is a fault; other constraints of the shape are evaluated beside it', async () => {
    const shapes = given(`${declared} :S sh:targetClass :Person ; sh:property :P .
      :P sh:path :age ; sh:datatype xsd:string ;
        sh:sparql [ sh:message "{$this} is {?value}" ; sh:prefixes : ; sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value < 0) }" ],
                  [ sh:message "young" ; sh:prefixes : ; sh:select "SELECT $this { $this :age ?age FILTER(?age < 18) }" ] .`)
    const { results, counts } = await validate(people, shapes)
    expect(results.map(({ message }) => message).sort()).toEqual([
      '<http://example.org/boris> is "-3"^^<http://www.w3.org/2001/XMLSchema#integer>',
      'Value does not have datatype {$datatype}'.replace('{$datatype}', '<http://www.w3.org/2001/XMLSchema#string>'),
      'Value does not have datatype {$datatype}'.replace('{$datatype}', '<http://www.w3.org/2001/XMLSchema#string>'),
      'young',
    ])
    expect(counts.constraints).toBe(6)
  })

  test('the value is the focus node of a node shape; the path is what the query says', async () => {
    const shapes = given(`${declared} :S sh:targetClass :Person ;
      sh:sparql [ sh:prefixes : ; sh:select "SELECT $this (:name AS ?path) { FILTER NOT EXISTS { $this :name ?n } }" ] .`)
    const [result] = (await validate(people, shapes)).results
    expect(result).toMatchObject({ value: { value: 'http://example.org/boris' }, path: { value: 'http://example.org/name' } })
  })

  test('queries see the shapes graph and the current shape', async () => {
    const shapes = given(`${declared} :S sh:targetClass :Person ; :limit 18 ;
      sh:sparql [ sh:prefixes : ; sh:select "SELECT $this ?value { $this :age ?value GRAPH $shapesGraph { $currentShape :limit ?limit } FILTER(?value < ?limit) }" ] .`)
    expect((await validate(people, shapes)).results.map(({ value }) => value?.value)).toEqual(['-3'])
  })

  test('a grouped query and blank nodes as focus nodes are evaluated', async () => {
    const shapes = given(`${declared} :S sh:targetClass :Box ;
      sh:sparql [ sh:prefixes : ; sh:select "SELECT $this (COUNT(?x) AS ?value) { $this :holds ?x } GROUP BY $this HAVING (COUNT(?x) > 1)" ] .`)
    const { results } = await validate(given('[] a :Box ; :holds 1, 2 . [] a :Box ; :holds 1 . [] a :Box .'), shapes)
    expect(results.map(({ value }) => value?.value)).toEqual(['2'])
  })

  test('a target selects focus nodes', async () => {
    const shapes = given(
      `${declared} :S sh:target [ a sh:SPARQLTarget ; sh:prefixes : ; sh:select "SELECT ?this { ?this :age ?a FILTER(?a < 0) }" ] ; sh:property [ sh:path :name ; sh:minCount 1 ] .`,
    )
    const { results, counts } = await validate(people, shapes)
    expect(counts).toMatchObject({ shapes: 1, focusNodes: 1 })
    expect(results).toHaveLength(1)
  })

  test('a deactivated constraint gives no results', async () => {
    const shapes = given(':S sh:targetClass :Person ; sh:sparql [ sh:deactivated true ; sh:select "SELECT $this {}" ] .')
    expect(await validate(people, shapes)).toMatchObject({ conforms: true, counts: { focusNodes: 2, constraints: 0 } })
  })

  test('a failure that a query reports is an error', async () => {
    const shapes = given(':S sh:targetClass :Person ; sh:sparql [ sh:select "SELECT $this (true AS ?failure) {}" ] .')
    await expect(validate(people, shapes)).rejects.toMatchObject({ code: 'query-failed' })
  })
})

describe('constraint components declared in SPARQL', () => {
  const component = `${declared}
    :AtLeast a sh:ConstraintComponent ;
      sh:parameter [ sh:path :atLeast ], [ sh:path :unless ; sh:optional true ] ;
      sh:validator [ sh:message "{$value} is below {$atLeast}" ; sh:ask "ASK { FILTER($value >= $atLeast || (BOUND($unless) && $value = $unless)) }" ] .`

  test('ASK is asked of each value node, with the parameters bound', async () => {
    const shapes = given(`${component} :S sh:targetClass :Person ; sh:property [ sh:path :age ; :atLeast 18 ] .`)
    const { results, counts } = await validate(people, shapes)
    expect(results).toMatchObject([{ value: { value: '-3' }, constraintComponent: { value: 'http://example.org/AtLeast' } }])
    expect(results[0]?.message).toBe(
      '"-3"^^<http://www.w3.org/2001/XMLSchema#integer> is below "18"^^<http://www.w3.org/2001/XMLSchema#integer>',
    )
    expect(counts.constraints).toBe(2)
  })

  test('an optional parameter may be given', async () => {
    const shapes = given(`${component} :S sh:targetClass :Person ; sh:property [ sh:path :age ; :atLeast 18 ; :unless -3 ] .`)
    expect((await validate(people, shapes)).conforms).toBe(true)
  })

  test('SELECT is asked of each focus node, once for each value of its one parameter', async () => {
    const shapes = given(`${declared}
      :Lacks a sh:ConstraintComponent ; sh:parameter [ sh:path :lacks ] ;
        sh:nodeValidator [ sh:select "SELECT $this ?value { $this $lacks ?value }" ] ;
        sh:propertyValidator [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value = $lacks) }" ] .
      :S sh:targetNode :anna ; :lacks :name, :age ; sh:property [ sh:path :age ; :lacks 40, 50 ] .`)
    const { results, counts } = await validate(people, shapes)
    expect(results.map(({ value }) => value?.value).sort()).toEqual(['40', '40', 'Anna'])
    expect(counts.constraints).toBe(4)
  })
})

describe('what cannot be evaluated is an error, never a pass', () => {
  const sparql = (query: string) =>
    `${declared} :S sh:targetClass :Person ; sh:sparql [ sh:prefixes : ; sh:select """${query}""" ] .`

  test.each([
    [
      'a misspelled parameter',
      ':S sh:targetClass :Person ; sh:property [ sh:path :name ; sh:minCont 1 ] .',
      'bad-shapes: sh:minCont is not a property of SHACL; did you mean sh:minCount?',
    ],
    [
      'a misspelled target',
      ':S a sh:NodeShape ; sh:targetClas :Person .',
      'bad-shapes: sh:targetClas is not a property of SHACL; did you mean sh:targetClass?',
    ],
    [
      'a count that is no number',
      ':S sh:targetClass :Person ; sh:property [ sh:path :name ; sh:minCount "one" ] .',
      'sh:minCount must be an integer',
    ],
    ['a node kind that is none', ':S sh:targetClass :Person ; sh:nodeKind sh:Iri .', 'sh:nodeKind must be a node kind'],
    ['a list that is none', ':S sh:targetClass :Person ; sh:in :a .', 'sh:in must be a list'],
    [
      'a pattern that is none',
      ':S sh:targetClass :Person ; sh:property [ sh:path :name ; sh:pattern "(" ] .',
      'is not a regular expression',
    ],
    [
      'two values where one is evaluated',
      ':S sh:targetClass :Person ; sh:property [ sh:path :name ; sh:pattern "a", "b" ] .',
      'unsupported-constraint: the property shape of <http://example.org/name> has 2 values of sh:pattern',
    ],
    [
      'a path that is none',
      ':S sh:targetClass :Person ; sh:property [ sh:path [ :a :b ] ; sh:minCount 1 ] .',
      'bad-shapes: <http://example.org/S>: sh:path is not a property path',
    ],
    [
      'JavaScript',
      ':S sh:targetClass :Person ; sh:js [ sh:jsFunctionName "f" ] .',
      'unsupported-constraint: <http://example.org/S>: sh:js',
    ],
    [
      'rules',
      ':S sh:targetClass :Person ; sh:rule [ a sh:TripleRule ] .',
      'unsupported-constraint: <http://example.org/S>: sh:rule',
    ],
    ['an entailment regime', ': sh:entailment <http://www.w3.org/ns/entailment/RDFS> .', 'unsupported-constraint'],
    [
      'malformed SPARQL',
      sparql('SELECT $this { $this :age }'),
      'bad-shapes: <http://example.org/S>: sh:select: the value of :age is missing',
    ],
    ['an undeclared prefix', sparql('SELECT $this { $this x:age 1 }'), 'prefix "x:" is not declared'],
    [
      'MINUS',
      sparql('SELECT $this { $this :age ?a MINUS { $this :name ?n } }'),
      'bad-shapes: <http://example.org/S>: sh:select: MINUS',
    ],
    ['VALUES', sparql('SELECT $this { $this :age ?a VALUES ?a { 1 } }'), 'VALUES is not allowed'],
    [
      'SERVICE',
      sparql('SELECT $this { SERVICE <http://example.org/sparql> { $this :age ?a } }'),
      'unsupported-constraint: <http://example.org/S>: sh:select: SERVICE',
    ],
    ['a bound variable bound again', sparql('SELECT $this { BIND(1 AS $this) }'), 'AS ?this'],
    [
      'a sub-SELECT that drops a bound variable',
      sparql('SELECT $this { { SELECT ?a { $this :age ?a } } }'),
      'a sub-SELECT must project $this',
    ],
    ['ASK where SELECT is wanted', sparql('ASK { $this :age 1 }'), 'its text is not a SELECT query'],
    [
      'a SPARQL constraint without a query',
      ':S sh:targetClass :Person ; sh:sparql [ sh:ask "ASK {}" ] .',
      'a SPARQL constraint without sh:select',
    ],
    [
      'a component without a validator in SPARQL',
      ':C a sh:ConstraintComponent ; sh:parameter [ sh:path :c ] . :S sh:targetClass :Person ; :c 1 .',
      'has no validator in SPARQL',
    ],
    [
      'a component with a name that SPARQL cannot have',
      ':C a sh:ConstraintComponent ; sh:parameter [ sh:path <c-d> ] .',
      'bad-shapes: <http://example.org/C>: a constraint component needs',
    ],
  ])('%s', async (_, shapes, fault) => {
    expect(await faultsOf(shapes)).toContainEqual(expect.stringContaining(fault))
  })

  test('all faults are told together', async () => {
    const faults = await faultsOf(
      `${sparql('SELECT $this { ?x :age ?a MINUS { ?x :name ?n } BIND(1 AS $this) }')} :T sh:minCont 1 ; sh:nodeKind :x ; sh:js [] .`,
    )
    expect(faults).toHaveLength(5)
  })

  test('a function that the engine does not know', async () => {
    await expect(validate(people, given(sparql('SELECT $this { $this :age ?a FILTER(:older(?a)) }')))).rejects.toMatchObject({
      code: 'query-failed',
    })
  })
})
