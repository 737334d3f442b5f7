import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Fault } from '../../src/error.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject, replacing, root } from '../given.ts'
import { CLAIMS, faultsOf } from './given.ts'

/** A fault put into the claims file, and what the check must say of it. */
const SEEDED: readonly (readonly [title: string, from: string, to: string, expected: Partial<Record<keyof Fault, unknown>>])[] = [
  [
    'a quote with a wrong word',
    '> and a number of other countries',
    '> and a number of other nations',
    {
      code: 'quote-not-found',
      claim: 's11-2',
      sentence: 11,
      mend: expect.stringContaining('a number of other countries'),
      where: expect.objectContaining({ line: expect.any(Number) }),
    },
  ],
  ['a quote that occurs twice', '> Photo: Interpol Twitter', '> Interpol', { code: 'quote-not-unique' }],
  [
    'a quote over a sentence end',
    '> Photo: Interpol Twitter',
    '> Republic of India.\n>\n> Photo: Interpol',
    { code: 'quote-crosses-sentences' },
  ],
  [
    'a misspelt property',
    'cmq:electsPerson',
    'cmq:electPerson',
    { code: 'unknown-term', claim: 's12-1', sentence: 12, mend: 'did you mean cmq:electsPerson?' },
  ],
  [
    'a misspelt class',
    'a cmq:Election',
    'a cmq:Elektion',
    { code: 'unknown-term', claim: 's12-1', mend: 'did you mean cmq:Election?' },
  ],
  [
    'an undeclared prefix',
    'cmq:photoCredit',
    'cmqq:photoCredit',
    { code: 'undeclared-prefix', claim: 's17-1', sentence: 17, where: expect.objectContaining({ column: 4 }) },
  ],
  [
    'a missing dot',
    'cmq:electsPerson id:ahmed-nasser-al-raisi ;',
    'cmq:electsPerson id:ahmed-nasser-al-raisi',
    { code: 'turtle-syntax', claim: 's12-1', sentence: 12 },
  ],
  ['a blank node', 'id:count-of-member-countries a', '[] a', { code: 'blank-node', claim: 's14-1' }],
  [
    'an unknown status',
    '- status: Plan',
    '- status: Planed',
    { code: 'unknown-status', claim: 's16-1', mend: 'did you mean "Plan"?' },
  ],
  ['a voice that is no thing', '- voice: id:kim-jong-young', '- voice: Kim', { code: 'bad-reference' }],
  ['an unknown field', '- left out: points', '- leftout: points', { code: 'unknown-field' }],
  [
    'an inference from an unknown claim',
    '- inferred from: s1-1, s1-2',
    '- inferred from: s1-1, s99-1',
    { code: 'unknown-claim', claim: 'i1' },
  ],
  [
    'a negative count',
    'cmq:countValue 160',
    'cmq:countValue -160',
    { code: 'shape-violated', claim: 's2-2', sentence: 2, quote: expect.stringContaining('160 countries') },
  ],
  ['a count in words', 'cmq:countValue 195', 'cmq:countValue "195"', { code: 'shape-violated', claim: 's14-1', sentence: 14 }],
  ['a wrong duration', 'cmq:durationDays 3', 'cmq:durationDays 4', { code: 'shape-violated', sentence: expect.any(Number) }],
  [
    'a session that follows itself by two',
    'cmq:ordinal 90',
    'cmq:ordinal 91',
    { code: 'shape-violated', claim: 's16-1', sentence: 16 },
  ],
  [
    'an election without a post',
    'cmq:fillsPost id:president-of-interpol .',
    'cmq:hasTopic id:cybercrime .',
    { code: 'shape-violated', claim: 's12-1', sentence: 12 },
  ],
  [
    'a person who is also a place',
    'id:kim-jong-young a cmq:Person',
    'id:kim-jong-young a cmq:Person, cmq:City',
    { code: 'shape-violated', claim: 's6-1', sentence: 6 },
  ],
  [
    'a planned session that is held',
    'cmq:isPlannedIn id:india',
    'cmq:isHeldIn id:india',
    { code: 'must-not-claim', what: 'the graph says (stated, inferred, linked): The 90th session was held' },
  ],
  [
    'ten meetings',
    'id:working-meetings-beside-session-89 cmq:isCompleteList false',
    'id:ten a cmq:Count ; cmq:countsFor id:working-meetings-beside-session-89 ; cmq:countValue 10 .\nid:working-meetings-beside-session-89 cmq:isCompleteList false',
    { code: 'must-not-claim' },
  ],
  [
    'a name that the quote does not have',
    'cmq:nameAsWritten "Kim Jong-young"@en',
    'cmq:nameAsWritten "Kim Jong Yang"@en',
    { code: 'text-not-quoted', claim: 's6-1', sentence: 6, where: expect.objectContaining({ column: expect.any(Number) }) },
  ],
  [
    'a voice misspelt',
    '- voice: id:kim-jong-young',
    '- voice: id:kim-jong-yung',
    { code: 'lone-name', claim: 's6-3', mend: 'did you mean "kim-jong-young"?' },
  ],
  [
    'a thing misspelt',
    'cmq:admitsTo id:interpol',
    'cmq:admitsTo id:interpl',
    { code: 'lone-name', claim: 's13-1', where: expect.objectContaining({ column: 16 }) },
  ],
  [
    'a reviewer of whom nothing is known',
    'checked by: reviewer',
    'checked by: revewer',
    { code: 'unknown-agent', mend: expect.stringContaining('did you mean "reviewer"?') },
  ],
  [
    'a name in another language',
    'cmq:nameAsWritten "Kim Jong-young"@en',
    'cmq:nameAsWritten "Kim Jong-young"@ko',
    { code: 'text-language', claim: 's6-1' },
  ],
  [
    'a person in whom a session is held, by the claim that says so',
    'cmq:isPlannedIn id:india',
    'cmq:isPlannedIn id:kim-jong-young',
    { code: 'shape-violated', claim: 's16-1', sentence: 16 },
  ],
  [
    'a voice of what the curator adds',
    '- because: The text calls it an Organization',
    '- voice: id:kim-jong-young\n- because: The text calls it an Organization',
    { code: 'field-out-of-place', claim: 'c1', what: 'a classification has no "voice"' },
  ],
  ['two voices', '- voice: id:kim-jong-young', '- voice: id:kim-jong-young\n- voice: id:igor-zubov', { code: 'field-twice' }],
  [
    'claims that nobody checked',
    'checked by: reviewer\n',
    '',
    { code: 'claims-header', what: expect.stringContaining('checked by') },
  ],
  [
    'words that nobody quotes',
    "- left out: reporting words; that the words which follow are Erdogan's is recorded as their voice",
    '- withdrawn: no reason',
    { code: 'words-left-out', sentence: 4, what: expect.stringContaining('saying that') },
  ],
]

type Seed = (typeof SEEDED)[number]

const text = readFileSync(join(root, CLAIMS), 'utf8')
const blockAt = (index: number): number => text.slice(0, index).split('\n## ').length

/** Seeded together, as far as they are not in one block: all faults of a file are told at once. */
const GROUPS: Seed[][] = []
for (const seed of SEEDED) {
  const block = ([, from]: Seed): number => blockAt(text.indexOf(from))
  const group = GROUPS.find(others => others.length < 6 && others.every(other => block(other) !== block(seed)))
  if (group === undefined) GROUPS.push([seed])
  else group.push(seed)
}
const found = new Map<Seed[], ReturnType<typeof faultsOfGroup>>()

test.each(GROUPS.flatMap(group => group.map(seed => [seed[0], seed, group] as const)))(
  '%s is named',
  async (_title, [, , to, expected], group) => {
    if (!found.has(group)) found.set(group, faultsOfGroup(group))
    const { seeded, faults } = await found.get(group)!
    expect(faults).toContainEqual(expect.objectContaining(expected))
    if (expected.claim === undefined) return
    const lines = seeded.split('\n')
    const line = seeded.slice(0, seeded.indexOf(to)).split('\n').length
    const blockOf = (line: number): number => lines.findLastIndex((other, index) => index < line && other.startsWith('## '))
    const [fault] = faults.filter(({ claim, code }) => claim === expected.claim && code === expected.code)
    expect(blockOf(fault!.where!.line!)).toBe(blockOf(line))
  },
)

async function faultsOfGroup(seeds: readonly Seed[]) {
  const seed = (text: string): string => seeds.reduce((changed, [, from, to]) => replacing(from, to)(changed), text)
  const folder = await givenProject({ [CLAIMS]: seed })
  return { seeded: await readFile(join(folder, CLAIMS), 'utf8'), faults: await faultsOf(folder) }
}

test('a claim that is withdrawn keeps its number, and its statements and words are gone', async () => {
  const folder = await givenProject({
    [CLAIMS]: replacing(
      '> International Criminal Police Organization – Interpol\n',
      '> words that the text had once\n- withdrawn: the text was corrected\n',
    ),
  })
  const { documents, faults } = await readProject(folder)
  expect(faults).toEqual([])
  const ids = documents[0]!.claims
    .filter(({ title }) => /full and short name|Istanbul lies/.test(title))
    .map(({ id, kind }) => [id, kind])
  expect(ids).toEqual([
    ['s1-4', 'withdrawn'],
    ['s1-5', 'claim'],
  ])
})
