import { expect, test } from 'vitest'
import { givenTerms, ownTerms } from './given.ts'

test('a term is read with its words, its ends and its super-terms', () => {
  const [person, knows] = givenTerms(`
    :Person a owl:Class ; rdfs:subClassOf foaf:Person .
    :knows a owl:ObjectProperty ; rdfs:subPropertyOf foaf:knows ;
      rdfs:label "knows"@en ;
      skos:definition "Ties somebody to whom they have met."@en ;
      skos:example "Ada and Bob."@en ;
      skos:scopeNote "Not by hearsay."@en ;
      rdfs:domain :Person ; rdfs:range :Person ;
      vs:term_status "stable" .`)
  expect(person).toMatchObject({ kind: 'class', superTerms: ['http://xmlns.com/foaf/0.1/Person'], domain: [], example: '' })
  expect(knows).toEqual({
    iri: 'https://example.org/knows',
    name: 'knows',
    kind: 'objectProperty',
    label: 'knows',
    definition: 'Ties somebody to whom they have met.',
    example: 'Ada and Bob.',
    scopeNote: 'Not by hearsay.',
    domain: ['https://example.org/Person'],
    range: ['https://example.org/Person'],
    superTerms: ['http://xmlns.com/foaf/0.1/knows'],
    status: 'stable',
    deprecated: false,
  })
})

test('the members of a union stand side by side', () => {
  const [, begin] = givenTerms(`
    :Event a owl:Class .
    :begin a owl:DatatypeProperty ; rdfs:range xsd:date ;
      rdfs:domain [ a owl:Class ; owl:unionOf ( :Event [ owl:unionOf ( :Tenure :Membership ) ] ) ] .`)
  expect(begin!.domain).toEqual(['https://example.org/Event', 'https://example.org/Tenure', 'https://example.org/Membership'])
})

test('a concept names its scheme and its class, but not that it is a concept', () => {
  const [scheme, held] = givenTerms(`
    :Statuses a skos:ConceptScheme .
    :Held a :Status , skos:Concept ; skos:inScheme :Statuses .`)
  expect(scheme!.kind).toBe('scheme')
  expect(held).toMatchObject({ kind: 'concept', scheme: scheme!.iri, superTerms: ['https://example.org/Status'] })
})

test('the English words come first, else those there are', () => {
  const [person, place] = givenTerms(`
    :Person a owl:Class ; rdfs:label "personne"@fr , "person"@en-GB .
    :Place a owl:Class ; rdfs:label "lieu"@fr .`)
  expect([person!.label, place!.label]).toEqual(['person', 'lieu'])
})

test('what is neither class, property, scheme nor concept is no term; neither is what has no IRI', () => {
  const terms = givenTerms(`
    :ontology a owl:Ontology .
    :ada a :Person .
    [] a owl:Class .
    :Person a owl:Class ; owl:deprecated true .`)
  expect(terms.map(({ name, deprecated }) => [name, deprecated])).toEqual([['Person', true]])
})

test('the ontology declares each term once, with label, definition, example and status', async () => {
  const terms = await ownTerms()
  expect(terms.length).toBeGreaterThan(100)
  expect(new Set(terms.map(({ iri }) => iri)).size).toBe(terms.length)
  for (const { name, kind, label, definition, example, status } of terms) {
    expect(label, `label of ${name}`).not.toBe('')
    expect(definition, `definition of ${name}`).toMatch(/^[A-Z].*\.$/)
    expect(status, `status of ${name}`).toMatch(/^(stable|testing|unstable|archaic)$/)
    if (kind !== 'scheme') expect(example, `example of ${name}`).not.toBe('')
  }
})
