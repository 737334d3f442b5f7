import fc from 'fast-check'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { prepare } from '../../src/query/prepare.ts'
import { QuadStore } from '../../src/store/quad-store.ts'

const { namedNode, literal, blankNode, quad } = DataFactory
const XSD = 'http://www.w3.org/2001/XMLSchema#'

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'é', '中', '😀', ' '), maxLength: 5 })
const object = fc.oneof(
  text.map(value => literal(value)),
  text.map(value => literal(value, 'fr')),
  fc.tuple(text, fc.constantFrom('token', 'anyURI', 'integer')).map(([value, type]) => literal(value, namedNode(XSD + type))),
  text.map(value => namedNode(`urn:${value}`)),
  fc.constant(blankNode('a')),
)
/** With what is no text that goes with others, and what is no pattern. */
const sought = fc.oneof(
  text.map(value => JSON.stringify(value)),
  fc.constantFrom('"a"@fr', '1', '"["', '"^[a-b]+"', '"b.*a$"'),
)

test('what is looked for in the bytes of a store is found where the functions find it', () => {
  fc.assert(
    fc.property(
      fc.array(object, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('CONTAINS', 'STRSTARTS', 'STRENDS', 'REGEX'),
      fc.constantFrom('?o', 'STR(?o)'),
      sought,
      fc.boolean(),
      (objects, name, value, told, isNegated) => {
        const store = QuadStore.of(objects.map(one => quad(namedNode('urn:s'), namedNode('urn:p'), one)))
        const condition = `${isNegated ? '!' : ''}${name}(${value}, ${told})`
        const found = (query: string): unknown[] => [...prepare(store, query).solutions()].map(row => row.get('o'))
        const byBytes = found(`SELECT ?o { ?s ?p ?o FILTER(${condition}) }`)
        expect(byBytes).toEqual(found(`SELECT ?o { ?s ?p ?o BIND(${condition} AS ?holds) FILTER(?holds) }`))
        expect(byBytes).toEqual(
          found(`SELECT ?o { ?s ?p ?o BIND(${told} AS ?told) FILTER(${condition.replace(told, '?told')}) }`),
        )
      },
    ),
    { numRuns: 3000 },
  )
})
