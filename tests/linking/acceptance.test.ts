import { expect, test } from 'vitest'
import { figures, reconcileCases } from './evaluation.ts'
import { readReference, withOpenData } from './reference.ts'

/** What B and C gave when each was looked at for the first time stands at `drawReference`. */
withOpenData('reconciliation on the reference set', () => {
  test.each(['B', 'C'] as const)('part %s', { timeout: 120_000 }, async half => {
    const cases = (await readReference()).filter(found => found.half === half)
    const outcomes = await reconcileCases(cases)
    const found = figures(outcomes)
    const bound =
      found.automatic === 0 ? '' : `; by the tool: wrong below ${(300 / found.automatic!).toFixed(1)} % with 95 % certainty`
    console.info(`part ${half}: ${JSON.stringify(found)}${bound}`)
    expect(found.automaticWrong).toBe(0)
    expect(found.firstRight! / found.present!).toBeGreaterThanOrEqual(0.95)
    expect(found.amongFive! / found.present!).toBeGreaterThanOrEqual(0.97)
    expect(found.absentNoMatch).toBe(found.absent)
    expect(outcomes.filter(({ result }) => result.candidates.some(({ reasons }) => reasons.length < 2))).toEqual([])
    if (half === 'B') expect(found).toMatchObject({ pairs: 633, present: 438, absent: 195, automatic: 99 })
  })
})
