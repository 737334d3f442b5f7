import { Reconciler, type Reconciliation } from '../../src/linking/reconcile.ts'
import type { Thing } from '../../src/linking/thing.ts'
import { type Case, recordOf, recordsOf } from './reference.ts'

/** What became of a case. */
export interface Outcome {
  readonly found: Case
  readonly result: Reconciliation
}

/** Reconciles each case against the file that it is looked for in, from which what was to be taken out is taken out. */
export async function reconcileCases(cases: readonly Case[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const file of new Set(cases.map(({ targetFile }) => targetFile))) {
    const here = cases.filter(({ targetFile }) => targetFile === file)
    const removed = new Set(here.map(found => found.removed))
    const reconciler = new Reconciler((await recordsOf(file)).filter(({ iri }) => !removed.has(iri)))
    for (const found of here) outcomes.push({ found, result: reconciler.reconcile(await thingOf(found), { automatic: true }) })
  }
  return outcomes
}

/** The thing of a case: the names and the kind that its record has, without the key by which the pair was made. */
async function thingOf({ file, iri, kind, names, codes }: Case): Promise<Thing> {
  const record = (await recordOf(file, iri))!
  const chosen = record.names.filter(name => {
    if (names === 'preferred') return name.class === 'preferred'
    return names === 'all' || (name.language === 'en' && name.class !== 'weak')
  })
  return {
    ...{ iri, names: chosen, kinds: [kind], countries: record.countries, roles: record.roles },
    ...{ birth: record.birth, description: record.description },
    codes: codes === 'kept' ? record.codes.filter(code => code.startsWith('iso:')) : [],
  }
}

/** The figures of a half: how many there are, and how many are right. */
export function figures(outcomes: readonly Outcome[]): Record<string, number> {
  const present = outcomes.filter(({ found }) => found.target !== '')
  const absent = outcomes.filter(({ found }) => found.target === '')
  const automatic = outcomes.filter(({ result }) => result.verdict === 'automatic')
  const isRight = ({ found, result }: Outcome) => result.candidates[0]?.iri === found.target
  const count = (list: readonly Outcome[], is: (outcome: Outcome) => boolean) => list.filter(is).length
  return {
    pairs: outcomes.length,
    present: present.length,
    firstRight: count(present, outcome => outcome.result.verdict !== 'no match' && isRight(outcome)),
    amongFive: count(present, ({ found, result }) => result.candidates.slice(0, 5).some(({ iri }) => iri === found.target)),
    absent: absent.length,
    absentNoMatch: count(absent, ({ result }) => result.verdict === 'no match'),
    automatic: automatic.length,
    automaticWrong: count(automatic, outcome => !isRight(outcome)),
    matchWrong: count(outcomes, outcome => outcome.result.verdict === 'match' && !isRight(outcome)),
  }
}
