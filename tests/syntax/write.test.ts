import type { Quad } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Project, readProject } from '../../src/project/project.ts'
import { termKey } from '../../src/rdf/term.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { isIsomorphic } from '../../src/syntax/canonical.ts'
import { SYNTAXES } from '../../src/syntax/syntax.ts'
import { writeBytes } from '../../src/syntax/write.ts'
import { givenProject, replacing, root } from '../given.ts'
import { CONTEXT, given, written } from './given-written.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const WRITTEN = SYNTAXES.filter(({ canWrite }) => canWrite).map(({ name }) => name)

let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

describe('the layout', () => {
  const quads = given(`
    id:kim a cmq:Person, cmq:Agent ; rdfs:label "Kim"@en ; cmq:nameAsWritten "Kim Jong-young"@en .
    id:session-89 cmq:follows id:session-9 ; cmq:ordinal 89 ; cmq:statedBegin "--11-23"^^xsd:gMonthDay ;
      a cmq:AssemblySession ; dcterms:description "It met\\nfor \\"three\\" days." ; schema:keywords ( "police" 195 ) .
    id:session-9 a cmq:AssemblySession ; cmq:isCompleteList true ; schema:location [ schema:name "Istanbul" ] ;
      cmq:meetsColleaguesFrom id:argentina, id:belarus, id:chile, id:china, id:india, id:serbia, id:south-korea, id:uae, id:uzbekistan .
    id:claim { id:kim cmq:isCalledHolderOf id:president . [] rdf:reifies <<( id:kim a cmq:Person )>> . }`)

  test('of TriG: kinds and properties in the order of the ontology, then names, numbers within them by value', () => {
    expect(written(quads, { syntax: 'trig' })).toBe(`VERSION "1.2"
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/communique/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:kim a cmq:Person, cmq:Agent ;
  cmq:nameAsWritten "Kim Jong-young"@en ;
  rdfs:label "Kim"@en .

id:session-9 a cmq:AssemblySession ;
  cmq:meetsColleaguesFrom
    id:argentina,
    id:belarus,
    id:chile,
    id:china,
    id:india,
    id:serbia,
    id:south-korea,
    id:uae,
    id:uzbekistan ;
  cmq:isCompleteList true ;
  schema:location [ schema:name "Istanbul" ] .

id:session-89 a cmq:AssemblySession ;
  cmq:statedBegin "--11-23"^^xsd:gMonthDay ;
  cmq:ordinal 89 ;
  cmq:follows id:session-9 ;
  dcterms:description """It met
for "three" days.""" ;
  schema:keywords ( "police" 195 ) .

id:claim {
  id:kim cmq:isCalledHolderOf id:president .
  [] rdf:reifies <<( id:kim a cmq:Person )>> .
}
`)
  })

  test('of JSON-LD: the same order, by the names of the context that are used', () => {
    const plain = quads.filter(
      ({ object, predicate }) => object.termType !== 'Quad' && !/label|Colleagues|description/.test(predicate.value),
    )
    expect(written(plain, { syntax: 'jsonld', context: CONTEXT })).toBe(`{
  "@context": {
    "cmq": "https://w3id.org/communique/ns#",
    "id": "https://w3id.org/communique/id/",
    "schema": "http://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Agent": "cmq:Agent",
    "Person": "cmq:Person",
    "isCompleteList": { "@id": "cmq:isCompleteList", "@type": "xsd:boolean" },
    "statedBegin": "cmq:statedBegin",
    "AssemblySession": "cmq:AssemblySession",
    "ordinal": { "@id": "cmq:ordinal", "@type": "xsd:integer" },
    "follows": { "@id": "cmq:follows", "@type": "@id" },
    "nameAsWritten": "cmq:nameAsWritten",
    "isCalledHolderOf": { "@id": "cmq:isCalledHolderOf", "@type": "@id" }
  },
  "@graph": [
    {
      "@id": "id:kim",
      "@type": ["Person", "Agent"],
      "nameAsWritten": { "@value": "Kim Jong-young", "@language": "en" }
    },
    {
      "@id": "id:session-9",
      "@type": "AssemblySession",
      "isCompleteList": true,
      "schema:location": { "schema:name": "Istanbul" }
    },
    {
      "@id": "id:session-89",
      "@type": "AssemblySession",
      "statedBegin": { "@value": "--11-23", "@type": "xsd:gMonthDay" },
      "ordinal": 89,
      "follows": "id:session-9",
      "schema:keywords": { "@list": ["police", 195] }
    },
    {
      "@id": "id:claim",
      "@graph": [
        {
          "@id": "id:kim",
          "isCalledHolderOf": "id:president"
        }
      ]
    }
  ]
}
`)
  })

  test('of JSON-LD framed by a thing: what it refers to stands within it, once', () => {
    const knows = given(
      'id:a schema:knows id:b, id:c . id:b schema:knows id:c, id:a ; schema:name "B" . id:c schema:name "C" . id:d a id:D .',
    )
    const framed = written(knows, {
      syntax: 'jsonld',
      context: { id: CONTEXT.id!, schema: CONTEXT.schema! },
      things: [`${project.prefixes.id}a`],
    })
    expect(framed.slice(framed.indexOf('"@id": "id:a"'))).toBe(`"@id": "id:a",
  "schema:knows": [
    {
      "@id": "id:b",
      "schema:knows": [{ "@id": "id:a" }, { "@id": "id:c" }],
      "schema:name": "B"
    },
    {
      "@id": "id:c",
      "schema:name": "C"
    }
  ]
}
`)
  })

  test('of JSON-LD framed by several things: they stand side by side, and what is in a list is only named', () => {
    const quads = given(':a :p :b, ( :c ) ; :q [ :r :c ] . :b :p :a . :c :name "C" . :d :name "D" .')
    const framed = JSON.parse(written(quads, { syntax: 'jsonld', prefixes: {}, things: ['urn:a', 'urn:d'] }))
    expect(framed['@graph']).toEqual([
      {
        '@id': 'urn:a',
        'urn:p': [{ '@id': 'urn:b', 'urn:p': { '@id': 'urn:a' } }, { '@list': [{ '@id': 'urn:c' }] }],
        'urn:q': { 'urn:r': { '@id': 'urn:c', 'urn:name': 'C' } },
      },
      { '@id': 'urn:d', 'urn:name': 'D' },
    ])
    expect(() => written(quads, { syntax: 'jsonld', things: ['urn:e'] })).toThrow('error[unknown-thing]')
  })

  test('of Turtle with comments: every name it uses is declared, that of the empty list as well', () => {
    expect(
      written(given(':a :b () .'), { syntax: 'turtle', comment: () => 'said so' }),
    ).toBe(`@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .

<urn:a> <urn:b> rdf:nil . # said so
`)
  })

  test('of Turtle: numbers within triple terms are as bare as others, beside one of their type that cannot be', () => {
    expect(written(given(':a :b "x"^^xsd:integer, <<( :c :d 2 )>>, 3 .'), { syntax: 'turtle' })).toContain(
      '<urn:a> <urn:b> 3, "x"^^xsd:integer, <<( <urn:c> <urn:d> 2 )>> .',
    )
  })

  test('of lines: the order is that of code points, whatever the language of the machine', () => {
    const texts = ['\u{1F600}', '\uFF5E', 'ä', 'z', 'Z', '\u0001']
    const quads = texts.map(text => quad(namedNode('urn:s'), namedNode('urn:p'), literal(text)))
    expect(written(quads, { syntax: 'ntriples' })).toBe(
      ['Z', '\\u0001', 'z', 'ä', '\uFF5E', '\u{1F600}'].map(text => `<urn:s> <urn:p> "${text}" .\n`).join(''),
    )
  })
})

describe('the same bytes', () => {
  const quads = given(`
    :a :p [ :q 1, 2 ; :r [ :q "x"@en ] ], ( 1 [] ( ) ), _:shared ; a :C . _:shared :q _:other . _:other :q _:shared .
    :g { :a :p _:shared, "10", "9" ; :q 1.5e0, 01 . _:g :p :a } _:g { [] :p ( :a ) }`)

  test.each(WRITTEN)('of %s, in whatever order, how often and with whatever labels the quads come', syntax => {
    const some = SYNTAXES.find(({ name }) => name === syntax)!.graphs
      ? quads
      : quads.filter(({ graph }) => graph.termType === 'DefaultGraph')
    const expected = written(some, { syntax })
    fc.assert(
      fc.property(
        fc.shuffledSubarray(some, { minLength: some.length }),
        fc.array(fc.nat(some.length - 1)),
        fc.string(),
        (all, again, label) => {
          const renamed = <T extends Quad['subject'] | Quad['object'] | Quad['graph']>(term: T): T =>
            term.termType === 'BlankNode' ? (blankNode(`${label}${[...term.value].reverse().join('')}`) as unknown as T) : term
          const copies = [...again.map(index => some[index]!), ...all].map(({ subject, predicate, object, graph }) =>
            quad(renamed(subject) as never, predicate as never, renamed(object) as never, renamed(graph) as never),
          ) as unknown as Quad[]
          expect(written(copies, { syntax })).toBe(expected)
        },
      ),
      { numRuns: 50 },
    )
  })

  test.each(WRITTEN)('of %s, from an indexed dataset as from its quads', syntax => {
    const some = SYNTAXES.find(({ name }) => name === syntax)!.graphs
      ? quads
      : quads.filter(({ graph }) => graph.termType === 'DefaultGraph')
    expect([...written(some, { syntax })].join('')).toBe(written(QuadStore.of(some) as never, { syntax }))
  })

  test.each(WRITTEN)('of %s, in pieces of whole characters', syntax => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      quad(namedNode(`urn:s${index % 4000}`), namedNode(`urn:p${index % 3}`), literal(`\u{1f600} ${index}`)),
    ) as unknown as Quad[]
    const pieces = [...writeBytes(many, { syntax })]
    expect(pieces.length).toBeGreaterThan(1)
    const decoder = new TextDecoder('utf-8', { fatal: true })
    expect(pieces.map(piece => decoder.decode(piece)).join('')).toBe(written(many.reverse(), { syntax }))
  })

  test('blank nodes within triple terms are told apart by what is said of them', () => {
    const one = given(':a :p <<( _:x :q _:y )>> . _:x :name "x" . _:y :name "y" .')
    const other = given(':a :p <<( _:y :q _:x )>> . _:y :name "x" . _:x :name "y" .')
    const swapped = given(':a :p <<( _:y :q _:x )>> . _:x :name "x" . _:y :name "y" .')
    expect(written(one, { syntax: 'turtle' })).toBe(written(other, { syntax: 'turtle' }))
    expect(isIsomorphic(one, other)).toBe(true)
    expect(isIsomorphic(one, swapped)).toBe(false)
  })
})

describe('one changed claim of the article changes few lines', () => {
  test.each([
    ['turtle', 'stated'],
    ['jsonld', 'stated'],
    ['trig', 'dataset'],
    ['jsonld', 'dataset'],
  ])('of %s, %s', async (syntax, part) => {
    const folder = await givenProject({
      'data/interpol-ga-89/claims.md': replacing('cmq:countValue 195', 'cmq:countValue 196'),
    })
    const changed = await readProject(folder)
    const text = ({ layer, store }: Project): string => {
      const quads =
        part === 'stated'
          ? layer('stated')
          : store.getQuads(null, null, null, null).filter(({ graph }) => !graph.value.includes('/layer/'))
      return written(quads as Quad[], {
        syntax,
        prefixes: project.prefixes,
        ...(syntax === 'jsonld' ? { context: CONTEXT } : {}),
      })
    }
    const [before, after] = [text(project), text(changed)].map(whole => whole.split('\n'))
    expect(after!.filter(line => line.includes('196')).length).toBeGreaterThan(1)
    expect(changedLines(before!, after!)).toBeLessThanOrEqual(10)
  })
})

describe('what is refused, before anything is written', () => {
  const [s, p] = [namedNode('urn:s'), namedNode('urn:p')]
  test.each([
    [quad(s, p, namedNode('urn:a b')), 'the IRI "urn:a b", in the quad <urn:s> <urn:p> <urn:a b>'],
    [quad(s, p, namedNode('relative')), 'the IRI "relative"'],
    [quad(s, p, literal('a', namedNode('urn:<'))), 'the IRI "urn:<"'],
    [quad(s, p, literal('a', 'zh-classical')), 'the language tag "zh-classical"'],
    [quad(s, p, literal('\ud800')), String.raw`half of a character in "\ud800"`],
    [quad(s, p, quad(s, p, namedNode('urn:<')) as never), 'the IRI "urn:<"'],
    [quad(literal('a') as never, p, s), 'a Literal as the subject'],
    [quad(quad(s, p, s) as never, p, s), 'a Quad as the subject'],
    [quad(s, blankNode() as never, s), 'a BlankNode as the predicate'],
    [quad(s, p, DataFactory.variable('x') as never), 'a Variable as the object'],
    [quad(s, p, s, literal('g') as never), 'a Literal as the graph'],
    [quad(s, p, quad(literal('a') as never, p, s) as never), 'a Literal as the subject of a triple term'],
  ])('%#', (bad, words) => {
    for (const syntax of WRITTEN)
      expect(() => written([...given(':a :b :c .'), bad as unknown as Quad], { syntax })).toThrow(
        `error[invalid-term] no syntax can carry ${words}`,
      )
  })

  test('what a syntax cannot carry, with those that can', () => {
    const named = given(':g { :a :b :c }')
    for (const syntax of ['turtle', 'ntriples'])
      expect(() => written(named, { syntax })).toThrow(
        /error\[syntax-cannot-carry\] .* cannot carry named graphs; use trig, nquads, jsonld/,
      )
    for (const trig of [':a :b <<( :c :d :e )>> .', ':a :b "c"@en--ltr .'])
      expect(() => written(given(trig), { syntax: 'jsonld' })).toThrow(
        /error\[syntax-cannot-carry\] JSON-LD cannot carry .*; use turtle, trig, ntriples, nquads/,
      )
    expect(() => written(named, { syntax: 'rdfxml' })).toThrow('error[syntax-cannot-carry] RDF/XML is read here and not written')
  })

  test('more blank nodes than can be named, unless their own labels will do', () => {
    const many = Array.from({ length: 100_001 }, (_, index) => quad(s, p, blankNode(`x${index}`))) as unknown as Quad[]
    expect(() => written(many, { syntax: 'nquads' })).toThrow('error[too-many-blank-nodes] 100001 blank nodes')
    expect(written(many, { syntax: 'nquads', unstable: true })).toContain('_:x100000 .\n')
  })

  test('contexts that say more than the writer heeds, and IRIs that a context takes for another', () => {
    const quads = given(':a :b <schema:c> .')
    expect(() => written(quads, { syntax: 'jsonld', context: { '@vocab': 'urn:' } })).toThrow('error[foreign-context] "@vocab"')
    expect(() => written(quads, { syntax: 'jsonld' })).toThrow('error[foreign-context] with its prefix "schema"')
  })
})

test('every text and number comes out of the quotation marks of Turtle as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), texts => {
      const quads = texts.flatMap(text =>
        ['string', 'integer', 'decimal', 'double', 'boolean'].map(type =>
          quad(namedNode('urn:s'), namedNode('urn:p'), literal(text, namedNode(`http://www.w3.org/2001/XMLSchema#${type}`))),
        ),
      ) as unknown as Quad[]
      const read = given(written(quads, { syntax: 'turtle' }))
      expect(new Set(read.map(({ object }) => termKey(object)))).toEqual(new Set(quads.map(({ object }) => termKey(object))))
    }),
  )
})

/** How many lines of a text are others in another, by the shortest way to make one of the other: a line replaced is one. */
function changedLines(one: readonly string[], other: readonly string[]): number {
  // E. Myers, An O(ND) Difference Algorithm (1986): how far one gets on each diagonal with so many lines taken out or put in.
  const furthest = new Map([[1, 0]])
  for (let edits = 0; ; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [down, right] = [furthest.get(diagonal + 1) ?? -1, furthest.get(diagonal - 1) ?? -1]
      let x = diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1
      while (x < one.length && x - diagonal < other.length && one[x] === other[x - diagonal]) x++
      furthest.set(diagonal, x)
      if (x >= one.length && x - diagonal >= other.length) return (edits + Math.abs(one.length - other.length)) / 2
    }
  }
}
