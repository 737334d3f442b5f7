import type { Term } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory, Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { compare, effectiveBoolean, isEqual, numberOf, order, ranks } from '../../src/sparql/value.ts'
import { argumentsOf } from './generated.ts'
import { expectValues, text, valuesOf } from './given.ts'

test('what counts as true: true, numbers but 0 and NaN, strings but the empty one', () =>
  expectValues(`
    !!true                     -> true
    !!"0"^^xsd:boolean         -> false
    !!0.0                      -> false
    !!"NaN"^^xsd:double        -> false
    !!-1                       -> true
    !!""                       -> false
    !!"false"                  -> true
    !!"a"@en                   -> error
    !!"yes"^^xsd:boolean       -> error
    !!"x"^^xsd:integer         -> error
    !!"2024-01-01"^^xsd:date   -> error
    !!<urn:a>                  -> error`))

describe('= compares values', () => {
  test('of known types, which differ where their kinds do', () =>
    expectValues(`
      (1 = 1.0)                                        -> true
      (9007199254740993 = 9007199254740992)            -> false
      (9007199254740993 = 9007199254740992e0)          -> true
      ("01"^^xsd:byte = "+1"^^xsd:integer)             -> true
      (-0e0 = 0)                                       -> true
      ("NaN"^^xsd:double = "NaN"^^xsd:double)          -> false
      (true = "1"^^xsd:boolean)                        -> true
      (true = 1)                                       -> false
      ("a" = "a"^^xsd:token)                           -> true
      ("a"@en = "a"@EN)                                -> true
      ("a"@en = "a")                                   -> false
      ("a"@en--ltr = "a"@en)                           -> false
      ("1" = 1)                                        -> false
      ("P1Y"^^xsd:duration = "P12M"^^xsd:yearMonthDuration)      -> true
      ("P1D"^^xsd:dayTimeDuration = "PT24H"^^xsd:duration)       -> true
      ("P30D"^^xsd:duration = "P1M"^^xsd:duration)               -> false`))

  test('of dates, which may lie 14 hours off where only one has a time zone', () =>
    expectValues(`
      ("2024-01-01T12:00:00Z"^^xsd:dateTime = "2024-01-01T13:00:00+01:00"^^xsd:dateTime)  -> true
      ("1999-12-31T24:00:00"^^xsd:dateTime = "2000-01-01T00:00:00"^^xsd:dateTime)         -> true
      ("24:00:00"^^xsd:time = "00:00:00"^^xsd:time)                                       -> true
      ("21:30:00+10:30"^^xsd:time = "06:00:00-05:00"^^xsd:time)                           -> true
      ("2024-01-01"^^xsd:date = "2024-01-01Z"^^xsd:date)                                  -> error
      ("2024-01-01"^^xsd:date = "2024-01-03Z"^^xsd:date)                                  -> false
      ("2024-01-01T00:00:00"^^xsd:dateTime = "2024-01-01"^^xsd:date)                      -> false
      ("2024"^^xsd:gYear = "2024"^^xsd:gYear)                                             -> true
      ("2024"^^xsd:gYear = "2024Z"^^xsd:gYear)                                            -> error`))

  test('of unknown ones only where they are the same', () =>
    expectValues(`
      ("a"^^<urn:t> = "a"^^<urn:t>)                    -> true
      ("a"^^<urn:t> = "b"^^<urn:t>)                    -> error
      ("a"^^<urn:t> = "a")                             -> error
      ("a"^^<urn:t> = "a"@en)                          -> false
      ("x"^^xsd:integer = "x"^^xsd:integer)            -> true
      ("x"^^xsd:integer = 1)                           -> error
      ("200"^^xsd:byte = 200)                          -> error
      (<urn:a> = "urn:a")                              -> false`))

  test('of triples place by place', () =>
    expectValues(`
      (<<( <urn:a> <urn:b> 1 )>> = <<( <urn:a> <urn:b> 1.0 )>>)                         -> true
      (<<( <urn:a> <urn:b> 1 )>> = <<( <urn:a> <urn:b> 2 )>>)                           -> false
      (<<( <urn:a> <urn:b> "a"^^<urn:t> )>> = <<( <urn:a> <urn:b> "b"^^<urn:t> )>>)     -> error
      (<<( <urn:a> <urn:b> "a"^^<urn:t> )>> = <<( <urn:c> <urn:b> "b"^^<urn:t> )>>)     -> false`))
})

test('< knows numbers, plain strings, booleans, dates and durations of one type', () =>
  expectValues(`
    (1 < 1.5)                                          -> true
    ("NaN"^^xsd:double < 1)                            -> false
    ("NaN"^^xsd:double >= 1)                           -> false
    ("INF"^^xsd:double > 99999999999999999999)         -> true
    ("a" < "b")                                        -> true
    ("Z" < "a")                                        -> true
    ("\uFF5E" < "👨")                                  -> true
    ("a"@en < "b"@en)                                  -> error
    (false < true)                                     -> true
    ("2024-01-01"^^xsd:date < "2024-01-02"^^xsd:date)  -> true
    ("-0002-01-01"^^xsd:date < "-0001-01-01"^^xsd:date) -> true
    ("2024-01-01T10:00:00"^^xsd:dateTime < "2024-01-01T12:00:00Z"^^xsd:dateTime)         -> error
    ("2024-01-01T10:00:00"^^xsd:dateTime < "2024-01-03T12:00:00Z"^^xsd:dateTime)         -> true
    ("PT26H"^^xsd:dayTimeDuration > "P1D"^^xsd:dayTimeDuration)                          -> true
    ("P13M"^^xsd:yearMonthDuration > "P1Y"^^xsd:yearMonthDuration)                       -> true
    ("P30D"^^xsd:duration < "P1M"^^xsd:duration)       -> error
    ("2024"^^xsd:gYear < "2025"^^xsd:gYear)            -> error
    (1 < "2")                                          -> error
    (<urn:a> < <urn:b>)                                -> error`))

test('a number is given as a double', async () => {
  const terms = await valuesOf(['1.50', '"x"^^xsd:integer', '"1"', '"-INF"^^xsd:float', '<urn:a>'])
  expect(terms.map(term => numberOf(term!))).toEqual([1.5, undefined, undefined, -Infinity, undefined])
})

describe('the order of ORDER BY', () => {
  test('blank nodes, IRIs, literals by kind and value, triples', () => {
    const terms = new Parser({ format: 'Turtle', blankNodePrefix: '' })
      .parse(`@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:s> <urn:p> <<( <urn:a> <urn:b> 2 )>>, "b"@en, "b", "a"@fr, "a"^^<urn:t>, "2024-01-01"^^xsd:date, true, 10, 9.5,
          "NaN"^^xsd:double, <urn:b>, <urn:a>, _:x, "x"^^xsd:integer, <<( <urn:a> <urn:b> 1 )>>, "12:00:00"^^xsd:time .`)
      .map(({ object }) => object)
    expect(terms.sort(order).map(text)).toEqual([
      '_:x',
      ...['<urn:a>', '<urn:b>'],
      ...['"NaN"^^xsd:double', '9.5', '10', '"a"@fr', '"b"', '"b"@en', 'true'],
      ...['"12:00:00"^^xsd:time', '"2024-01-01"^^xsd:date', '"x"^^xsd:integer', '"a"^^<urn:t>'],
      ...['<<( <urn:a> <urn:b> 1 )>>', '<<( <urn:a> <urn:b> 2 )>>'],
    ])
  })

  test('may be asked for as places, which equal values share', async () => {
    const terms = (await valuesOf(['"b"', '2', '<urn:a>', '"a"@en', '2.0', '"a"'])) as Term[]
    expect([...ranks(terms)]).toEqual([4, 1, 0, 3, 1, 2])
    expect([...ranks([])]).toEqual([])
  })

  test('equal values are left to the next condition', async () => {
    const [one, same, also] = await valuesOf(['1', '1.0', '"1"^^xsd:float'])
    expect([order(one!, same!), order(same!, also!)]).toEqual([0, 0])
  })

  test('is total, and is that of < where there is one', async () => {
    const terms = (await valuesOf([...argumentsOf('any'), ...EDGES])) as Term[]
    const sign = (a: Term, b: Term): number => Math.sign(order(a, b))
    const term = fc.constantFrom(...terms)
    fc.assert(
      fc.property(term, term, term, (a, b, c) => {
        expect(sign(a, b) + sign(b, a)).toBe(0)
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBe(Math.min(sign(a, b), sign(b, c)))
        const difference = compare(a, b)
        if (difference !== undefined && difference !== 0 && !Number.isNaN(difference))
          expect(sign(a, b)).toBe(Math.sign(difference))
      }),
      { numRuns: 20_000, seed: 89 },
    )
  })
})

/** Numbers that meet as doubles or floats, and times that only a zone tells apart. */
const EDGES = [
  ...['9007199254740992', '9007199254740993.5', '9007199254740992e0', '9007199254740994', '"9007199254740993"^^xsd:float'],
  ...['0.1e0', '0.10000000149011612', '0.10000000149011612e0', '0.1000000000000000055511151231257827', '16777216', '16777217'],
  ...['"2024-02-29T12:30:45.250000001Z"^^xsd:dateTime', '"2024-02-29T22:30:45Z"^^xsd:dateTime', '"12:30:45+14:00"^^xsd:time'],
]

test('a value is that of the term, whoever made it', () => {
  const foreign = { ...DataFactory.literal('a', 'en'), termType: 'Literal', value: 'a', language: 'EN', direction: '' }
  const term = {
    ...foreign,
    datatype: DataFactory.namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'),
    equals: () => false,
  } as unknown as Term
  expect(isEqual(term, DataFactory.literal('a', 'en'))).toBe(true)
  expect(effectiveBoolean(term)).toBeUndefined()
})
