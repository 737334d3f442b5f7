import { expect, test } from 'vitest'
import { drawReference, referenceText, withOpenData } from './reference.ts'

withOpenData('the reference set', () => {
  test('is what its method draws', { timeout: 60_000 }, async () => {
    const cases = await drawReference()
    expect(cases.length).toBeGreaterThan(300)
    await expect(referenceText(cases)).toMatchFileSnapshot('reference.tsv')
  })
})
