import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchClaims } from '../../src/comparison/claims.ts'
import { readProject } from '../../src/project/project.ts'
import { CLAIMS } from '../cli/given.ts'
import { givenProject, replacing, root } from '../given.ts'
import { compared, toldOf } from './given.ts'

const CHANGED = 'data/interpol-ga-89/claims.md'

/** What is told when the claims are edited so. */
async function toldWhen(edit: (text: string) => string): Promise<string[]> {
  return toldOf(await compared(root, await givenProject({ [CHANGED]: edit })))
}

test('a statement taken out of a claim: the claim with its sentence, and what no longer follows', async () => {
  const edit = replacing('id:vietnam, id:chile, id:belarus', 'id:vietnam, id:belarus')
  expect(await toldWhen(edit)).toEqual([
    'Claims: 1 changed',
    '~ s11-1 The Russian delegation held working meetings with colleagues from ten named countries',
    expect.stringMatching(/^ {4}\[11\] On the sidelines of the session, .*, were discussed\.$/),
    '    - statement: working meetings — meets colleagues from — Chile',
    '    - so stated: delegation of the Russian Federation — met colleagues from — Chile',
    'Statements: 2 removed, those of one claim above',
  ])
})

test('a claim put in above others is new; those below it are the same under other numbers', async () => {
  const added = `# Sentence 1

## The session was in the Republic of Turkey

> Istanbul (Republic of Turkey)

\`\`\`turtle
id:interpol-general-assembly-session-89 cmq:isHeldIn id:turkey .
\`\`\`
`
  const told = await toldWhen(replacing('# Sentence 1\n', added))
  expect(told.slice(0, 9)).toEqual([
    'Claims: 1 added, 5 moved',
    '+ s1-1 The session was in the Republic of Turkey',
    expect.stringMatching(/^ {4}\[1\] In the period from 23 to 25 November, /),
    '    + kind: claim',
    '    + quote: “Istanbul (Republic of Turkey)”',
    '    + voice: the author of the document',
    '    + status: Asserted',
    '    + statement: 89th session of the Interpol General Assembly — is held in — Republic of Turkey',
    '    + so stated: 89th session of the Interpol General Assembly — is held in country — Republic of Turkey',
  ])
  expect(told.slice(9)).toEqual([
    ...[1, 2, 3, 4, 5].map(number => expect.stringContaining(`= s1-${number + 1} (was s1-${number}) `)),
    'Statements: 2 added, 1 removed, those of one claim above',
    '- 89th session of the Interpol General Assembly — is held in country — Republic of Turkey (inferred)',
  ])
})

test('a claim withdrawn says why, and its statements go', async () => {
  const told = await toldWhen(
    replacing('> Istanbul (Republic of Turkey)\n', '> Istanbul (Republic of Turkey)\n- withdrawn: a test\n'),
  )
  expect(told.slice(0, 5)).toEqual([
    'Claims: 1 changed',
    '~ s1-5 Istanbul lies in the Republic of Turkey',
    expect.stringMatching(/^ {4}\[1\] /),
    '    - kind: claim',
    '    + kind: withdrawn',
  ])
  expect(told).toContain('    + reason: a test')
  expect(told).toContain('    - statement: Istanbul — is located in — Republic of Turkey')
})

test('status, voice, title and words of a claim, each before and after', async () => {
  const told = await toldWhen(text =>
    replacing(
      '## The forum lasted three days\n\n> The three-day forum\n',
      '## It took three days\n\n> three-day forum\n- status: Evaluation\n- voice: id:interpol\n',
    )(text),
  )
  expect(told.filter(line => /^ {4}[-+] (?!so|statement)/.test(line))).toEqual([
    '    - title: The forum lasted three days',
    '    + title: It took three days',
    '    - quote: “The three-day forum”',
    '    + quote: “three-day forum”',
    '    - voice: the author of the document',
    '    + voice: Interpol',
    '    - status: Asserted',
    '    + status: Evaluation',
  ])
  expect(told).toContain('    - so stated: 89th session of the Interpol General Assembly — duration in days — 3')
})

test('claims are known by what they say, whatever their numbers and their order', async () => {
  const project = await readProject(root)
  const [document] = project.documents
  const { claims } = document!
  expect(claims.length).toBeGreaterThan(40)
  fc.assert(
    fc.property(fc.shuffledSubarray([...claims], { minLength: claims.length }), shuffled => {
      const renumbered = shuffled.map((claim, index) => ({ ...claim, id: claims[index]!.id }))
      const matched = matchClaims(project, { ...project, documents: [{ ...document!, claims: renumbered }] })
      expect(matched).toHaveLength(claims.length)
      for (const [before, after] of matched) expect({ ...after, id: before!.id }).toEqual(before)
    }),
    { numRuns: 10 },
  )
})

test('there and back is the mirror: what was added is removed', async () => {
  const folder = await givenProject({
    [CLAIMS]: text => replacing('id:vietnam, id:chile', 'id:vietnam')(replacing('## The forum lasted', '## It lasted')(text)),
    'data/dataset.ttl': replacing('"0.1.0"', '"0.2.0"'),
  })
  const [there, back] = [await compared(root, folder), await compared(folder, root)]
  const swapped = { '+': '-', '-': '+' } as Record<string, string>
  const mirrored = toldOf(there).map(line => line.replace(/^ *[-+]/, mark => mark.slice(0, -1) + swapped[mark.at(-1)!]))
  const plain = (lines: readonly string[]) =>
    lines.map(line => line.replace(/added|removed/g, 'gone or come').replace(/^~ .*/, '~')).sort()
  expect(mirrored.length).toBeGreaterThan(8)
  expect(plain(toldOf(back))).toEqual(plain(mirrored))
})
