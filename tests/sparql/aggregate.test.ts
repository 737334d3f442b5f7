import type { Term } from '@rdfjs/types'
import { expect, test } from 'vitest'
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
