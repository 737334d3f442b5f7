import { expect, test } from 'vitest'
import divergences from './divergences.json' with { type: 'json' }
import { calls, SIGNATURES } from './generated.ts'
import { comunicaOf, text, valuesOf } from './given.ts'

/** How many calls are made of each signature; CI makes more. */
const MOST = Math.ceil(Number(process.env.GENERATED_CASES ?? 300) / 10)

interface Outcome {
  readonly call: string
  readonly comunica: string
  readonly ours: string
}

async function outcomesOf(expressions: readonly string[]): Promise<Outcome[]> {
  const [ours, theirs] = [await valuesOf(expressions), await comunicaOf(expressions)]
  return expressions.map((call, index) => ({ call, comunica: text(theirs[index]), ours: text(ours[index]) }))
}

/** What a divergence's `where` is tested with. */
function line({ call, comunica, ours }: Outcome): string {
  return `${call} comunica ${comunica} ours ${ours}`
}

test('functions give what Comunica gives, but where its answer is known to be wrong', async () => {
  const unknown: string[] = []
  let same = 0
  for (const signature of SIGNATURES) {
    for (const outcome of await outcomesOf(calls(signature, MOST))) {
      if (outcome.comunica === outcome.ours) same++
      else if (!divergences.some(({ where }) => new RegExp(where, 'u').test(line(outcome)))) unknown.push(line(outcome))
    }
  }
  expect(unknown).toEqual([])
  expect(same).toBeGreaterThan(SIGNATURES.length * MOST * 0.5)
}, 300_000)

test.each(divergences)('$verdict', async ({ call, comunica, specification, where }) => {
  const [outcome] = await outcomesOf([call])
  expect(outcome).toEqual({ call, comunica, ours: specification })
  expect(line(outcome!)).toMatch(new RegExp(where, 'u'))
})
