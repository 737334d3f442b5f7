import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Mapping, mappingsText, readMappings } from '../../src/linking/mapping.ts'
import { decidedPairs, withdrawn, withVerdict } from '../../src/linking/verdict.ts'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { root } from '../given.ts'

const TURKEY: Mapping = {
  subject: `${PREFIXES.id}turkey`,
  subjectLabel: 'Republic of Turkey',
  predicate: 'http://www.w3.org/2002/07/owl#sameAs',
  object: 'http://www.wikidata.org/entity/Q43',
  objectLabel: 'Türkiye',
  verdict: 'accepted',
  justification: 'semapv:MappingReview',
  confidence: 0.95,
  keys: ['name', 'country'],
  author: 'https://w3id.org/communique/agent/communique',
  reviewer: 'https://w3id.org/communique/agent/link-reviewer',
  date: '2026-11-29',
  source: 'https://example.org/countries',
  sourceVersion: '1',
  record: 'countries.ttl',
  tool: 'communique link',
  comment: undefined,
}
const set = (...mappings: Mapping[]) => ({ mappings, prefixes: readMappings('', 'f', PREFIXES).set.prefixes })

describe('SSSOM', () => {
  test('what is written is read again, and the same verdicts give the same bytes in any order', () => {
    const rejected: Mapping = {
      ...TURKEY,
      object: 'http://www.wikidata.org/entity/Q406',
      verdict: 'rejected',
      comment: 'the city',
    }
    const none: Mapping = { ...TURKEY, subject: `${PREFIXES.id}igor-zubov`, object: undefined, verdict: 'none', keys: [] }
    const text = mappingsText(set(TURKEY, rejected, none))
    expect(mappingsText(set(none, rejected, TURKEY))).toBe(text)
    const { set: again, faults } = readMappings(text, 'links.sssom.tsv', PREFIXES)
    expect(faults).toEqual([])
    expect(again.mappings).toEqual(expect.arrayContaining([TURKEY, rejected, none]))
    expect(text).toContain('\tNot\twd:Q406\t')
    expect(text).toContain('\tsssom:NoTermFound\t')
  })

  test('the verdicts of the article are as the program writes them', async () => {
    const text = await readFile(join(root, 'data/links.sssom.tsv'), 'utf8')
    const { set: verdicts } = readMappings(text, 'links.sssom.tsv', PREFIXES)
    expect(mappingsText(verdicts)).toBe(text)
    const count = (wanted: string): number => verdicts.mappings.filter(({ verdict }) => verdict === wanted).length
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    expect(readme).toContain(`${count('accepted')} links tie the article`)
    expect(readme).toContain(`${count('none')} things were looked for`)
  })

  test.each([
    ['accepted', 'acepted', 'there is no verdict "acepted"'],
    ['2026-11-29', 'yesterday', '"yesterday" is no day'],
    ['0.95', '95', 'the confidence "95" is not between 0 and 1'],
    ['owl:sameAs', 'owt:sameAs', 'prefix "owt:" is not declared'],
    ['owl:sameAs\t\t', 'owl:sameAs\tNot\t', 'predicate_modifier is "Not" where'],
    ['wd:Q43', '', 'object_id is empty'],
  ])('%s written as %s is told with its line', (from, to, what) => {
    const text = mappingsText(set(TURKEY)).replace(from, to)
    const { set: read, faults } = readMappings(text, 'links.sssom.tsv', PREFIXES)
    expect(read.mappings).toEqual([])
    expect(faults).toEqual([expect.objectContaining({ code: 'sssom-row', what: expect.stringContaining(what) })])
    expect(faults[0]!.where!.line).toBe(text.split('\n').findIndex(line => line.startsWith('id:turkey')) + 1)
  })
})

describe('a verdict', () => {
  test('stays: what was rejected does not come back, in whatever form its IRI is written', () => {
    const rejected = set({ ...TURKEY, verdict: 'rejected' })
    expect(decidedPairs(rejected)).toEqual([{ thing: TURKEY.subject, candidate: TURKEY.object }])
    const variant = { ...TURKEY, object: 'https://www.wikidata.org/wiki/Q43' }
    expect(() => withVerdict(rejected, variant)).toThrow(expect.objectContaining({ code: 'link-decided' }))
  })

  test('on what was unsure takes its place', () => {
    const { mappings } = withVerdict(set({ ...TURKEY, verdict: 'unsure' }), TURKEY)
    expect(mappings).toEqual([TURKEY])
  })

  test('that is withdrawn stays in the history, and the pair is open again', () => {
    const open = withdrawn(set(TURKEY), TURKEY.subject, TURKEY.object!, '2026-12-01', 'wrong country')
    expect(open.mappings).toEqual([
      { ...TURKEY, verdict: 'withdrawn', date: '2026-12-01', comment: 'accepted on 2026-11-29; wrong country' },
    ])
    expect(withVerdict(open, TURKEY).mappings).toHaveLength(2)
    expect(() => withdrawn(open, TURKEY.subject, TURKEY.object!, '2026-12-02')).toThrow(
      expect.objectContaining({ code: 'link-unknown' }),
    )
  })
})
