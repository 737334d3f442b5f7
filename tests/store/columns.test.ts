import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Columns, type Row, sorted } from '../../src/store/columns.ts'

/** Some ids are small, so that rows share them; some so large that a row is no number. */
const id = fc.oneof(fc.nat(3), fc.nat(5000), fc.nat(1_000_000))
const row = fc.tuple(id, id, id, fc.nat(2))
const passes = fc.constantFrom([3, 2, 1, 0], [2, 1, 0], [1, 0], [2], [])

function columnsOf(rows: readonly Row[]): Columns {
  return [0, 1, 2, 3].map(part => Uint32Array.from(rows, row => row[part as 0])) as unknown as Columns
}

/** One pass after the other; equal rows keep their sequence. */
function plainlySorted(rows: readonly Row[], passes: readonly number[]): Row[] {
  return passes.reduce<Row[]>((result, pass) => result.sort((a, b) => a[pass as 0] - b[pass as 0]), [...rows])
}

test('rows are sorted by one column after the other, few and many, with small and with large ids', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), passes, fc.constantFrom(1, 1, 500), (rows, passes, times) => {
      const many = Array.from({ length: times }, () => rows).flat()
      // A pass over ids takes room for each that there could be.
      const small = many.map(([a, b, c, d]): Row => (times > 1 ? [a % 9000, b % 9000, c % 9000, d] : [a, b, c, d]))
      expect(sorted(columnsOf(small), passes)).toEqual(columnsOf(plainlySorted(small, passes)))
    }),
    { numRuns: 60 },
  )
})
