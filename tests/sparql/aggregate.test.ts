import type { Term } from '@rdfjs/types'
import fc from 'fast-check'
import { Store } from 'n3'
import { expect, test } from 'vitest'
import { select } from '../../src/query/engine.ts'
import { type Aggregator, accumulator } from '../../src/sparql/aggregate.ts'
import { text, valuesOf } from './given.ts'

/** What an aggregate gives for the values of expressions; an error where one is written so. */
async function aggregate(aggregator: Aggregator, ...expressions: string[]): Promise<string> {
  const gathered = accumulator(aggregator)
  for (const term of (await valuesOf(['0', ...expressions.map(one => (one === 'error' ? '1 / 0' : one))])).slice(1))
    gathered.add(term)
  return text(gathered.result())
}

test.each<[Aggregator, string[], string]>([
  ['count', ['1', '"a"', 'error'], '2'],
  ['count', [], '0'],
  ['sum', ['1', '2'], '3'],
  ['sum', ['1', '2.2'], '3.2'],
  ['sum', ['0.1', '0.2'], '0.3'],
  ['sum', ['2e-1', '0.2'], '4.0E-1'],
  ['sum', ['9007199254740993', '1'], '9007199254740994'],
  ['sum', ['1', '"2"'], 'error'],
  ['sum', ['1', 'error'], 'error'],
  ['sum', [], '0'],
  ['avg', ['1', '2'], '1.5'],
  ['avg', ['1', '2', '2'], '1.666666666666666667'],
  ['avg', ['1e2', '2e3'], '1.05E3'],
  ['avg', ['"1"^^xsd:float', '2'], '"1.5E0"^^xsd:float'],
  ['avg', ['1', '<urn:a>'], 'error'],
  ['avg', [], '0'],
  ['min', ['2', '1.5', '"1"'], '1.5'],
  ['max', ['2', '1.5', '"1"'], '"1"'],
  ['min', ['"b"', '"a"@en'], '"a"@en'],
  ['min', ['<urn:b>', '<urn:a>', '1'], '<urn:a>'],
  ['max', ['"2024-01-01"^^xsd:date', '"2023-12-31"^^xsd:date'], '"2024-01-01"^^xsd:date'],
  ['max', ['1', 'error'], 'error'],
  ['max', [], 'error'],
  ['sample', ['error', '7'], '7'],
  ['sample', [], 'error'],
  ['group_concat', ['"a"', '"b"@en', '3', '<urn:a>'], '"a b 3 urn:a"'],
  ['group_concat', ['"a"', 'BNODE()'], 'error'],
  ['group_concat', ['"a"', 'error'], 'error'],
  ['group_concat', [], '""'],
])('%s of %j is %s', async (aggregator, values, expected) => {
  expect(await aggregate(aggregator, ...values)).toBe(expected)
})

test('what stands between joined texts may be anything', () => {
  const gathered = accumulator('group_concat', { separator: ', ' })
  for (const value of ['a', 'b']) gathered.add({ termType: 'NamedNode', value } as Term)
  expect(text(gathered.result())).toBe('"a, b"')
})

const AGGREGATORS: readonly Aggregator[] = ['count', 'sum', 'avg', 'min', 'max', 'group_concat']
/** In canonical form, because Comunica gives the sum of one number as it stands. */
const NUMBERS = ['1', '-7', '1.5', '0.25', '2.0E3', '"INF"^^xsd:double', '"1.5E0"^^xsd:float']
const DATES = ['"2024-02-29Z"^^xsd:date', '"2024-03-01+10:00"^^xsd:date', '"1999-12-31Z"^^xsd:date']
const STRINGS = ['"a"', '"b"', '"ab"', '""']

/** What Comunica makes of a column of values; UNDEF for none. */
async function comunicaOf(values: readonly string[]): Promise<string[]> {
  const heads = AGGREGATORS.map(name => `(${name}(?x) AS ?${name})`).join(' ')
  const prefix = 'PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>'
  const [solution] = await select(new Store(), `${prefix} SELECT ${heads} { VALUES ?x { ${values.join(' ')} } }`)
  return AGGREGATORS.map(name => text(solution?.get(name)))
}

async function oursOf(values: readonly string[]): Promise<string[]> {
  const terms = values.map(value => (value === 'UNDEF' ? 'error' : value))
  return Promise.all(AGGREGATORS.map(name => aggregate(name, ...terms)))
}

test('aggregates of one kind of values are those of Comunica', async () => {
  const column = fc.oneof(...[NUMBERS, DATES, STRINGS].map(pool => fc.array(fc.constantFrom(...pool), { maxLength: 4 })))
  for (const values of fc.sample(column, { numRuns: 40, seed: 89 })) {
    const rounded = (texts: string[]): string[] => texts.map(one => one.replace(/(\.\d{12})\d+/, '$1'))
    expect([values, ...rounded(await oursOf(values))]).toEqual([values, ...rounded(await comunicaOf(values))])
  }
}, 60_000)

/** Where Comunica is known to be wrong. @see SPARQL 1.1 Query Language, 18.5.1 */
test.each([
  ['MIN and MAX are of terms of all kinds', ['<urn:a>', '<urn:b>'], 'min', 'error', '<urn:a>'],
  ['a variable without value is an error of SUM', ['1', 'UNDEF'], 'sum', '1', 'error'],
  ['a variable without value is an error of GROUP_CONCAT', ['"a"', 'UNDEF'], 'group_concat', '"a"', 'error'],
] as const)('%s: %j', async (_, values, aggregator, comunica, specification) => {
  const index = AGGREGATORS.indexOf(aggregator)
  expect((await comunicaOf(values))[index]).toBe(comunica)
  expect((await oursOf(values))[index]).toBe(specification)
})
