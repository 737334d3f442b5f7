import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../src/answers/open.ts'
import { checkOutside } from '../../src/check/outside.ts'
import { compareWithOutside, type OutsideComparison, type OutsideOptions } from '../../src/outside/comparison.ts'
import { readProject } from '../../src/project/project.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { communique } from '../cli/given.ts'
import { givenProject, replacing, root } from '../given.ts'
import { faultOf } from '../remote/given.ts'

const project = await openProject(root)
const compare = (options?: OutsideOptions) => compareWithOutside(project, options)

/** Statement by statement: claim, our object, verdict, theirs, day. */
function tableOf({ statements }: OutsideComparison): string[] {
  const words = (term: Parameters<typeof termText>[0]): string => termText(term, project.prefixes)
  return statements.flatMap(({ triple, sources, outside }) =>
    outside.map(({ verdict, theirs, source }) =>
      [sources[0]!.id, words(triple.object), verdict, theirs.map(words).join(', '), source.date].join(' | '),
    ),
  )
}

describe('beside our statements', () => {
  test('195 members stand beside 195 of Interpol itself and 189 of the World Factbook, and none is merged', async () => {
    const before = project.store.size
    const found = await compare({ thing: 'count-of-member-countries' })
    expect(tableOf(found)).toEqual([
      's14-1 | 195 | agrees | 195 | 2021-11-23',
      expect.stringMatching(/^s14-1 \| 195 \| differs \| 189 \| 20/),
    ])
    const [{ sources, outside }] = found.statements as [(typeof found.statements)[number]]
    expect(sources[0]!.quote).toBe('Thus, the number of member countries of the Organization increased to 195')
    expect(outside[1]!.source.name).toBe('factbook-memberships.ttl, commit 8662a8b')
    expect(project.store.size).toBe(before)
  })

  test('Kim Jong-young is called Kim Jong Yang elsewhere', async () => {
    const found = await compare({ thing: 'Kim Jong-young' })
    expect(tableOf(found)).toEqual([
      's6-1 | "Kim Jong-young"@en | differs | "Kim Jong Yang"@en | 2021-11-23',
      's6-1 | "Kim Jong-young"@en | differs | "Kim Jong Yang"@it | 2021-11-26',
    ])
  })

  test('the Republic of Turkey is called so by one source, and Türkiye by another', async () => {
    const verdicts = tableOf(await compare({ thing: 'turkey' })).map(line => line.split(' | ').slice(2, 4).join(' '))
    expect(verdicts).toEqual(['agrees "the Republic of Turkey"@en', 'differs "Türkiye"@en'])
  })

  test('marks, case, articles and the order of words tell no names apart', async () => {
    const erdogan = tableOf(await compare({ thing: 'recep-tayyip-erdogan' }))
    expect(erdogan.every(line => line.includes('| agrees | "Recep Tayyip Erdoğan"@en |'))).toBe(true)
    expect(tableOf(await compare({ thing: 'micronesia' })).map(line => line.split(' | ')[2])).toEqual(['agrees', 'agrees'])
  })

  test('a source that was asked and says nothing is silent, which is not the same as "no"', async () => {
    const found = await compare({ thing: 'president-of-interpol' })
    expect(tableOf(found)).toContainEqual(expect.stringMatching(/^s6-1 \| id:interpol \| silent \| {2}\| 20/))
  })

  test('of what nobody was asked there is no line, and reported speech is compared with nothing', async () => {
    const { statements, counts, complete } = await compare()
    expect(counts.agrees + counts.differs + counts.silent).toBe(statements.flatMap(({ outside }) => outside).length)
    expect(complete).toBe(true)
    expect(statements.some(({ triple }) => triple.predicate.value.endsWith('#obligation'))).toBe(false)
    const starts = statements.map(({ sources }) => sources[0]!.start!)
    expect(starts).toEqual([...starts].sort((one, other) => one - other))
    for (const { sources } of statements) expect(sources.every(({ quote }) => quote !== undefined)).toBe(true)
  })
})

describe('statements recorded of others', () => {
  const withOutside = (edit: (text: string) => string) => givenProject({ 'data/outside.trig': edit })

  test('have a source and a day, or are refused with the file', async () => {
    const folder = await withOutside(replacing('dcterms:date "2021-11-25"^^xsd:date', 'dcterms:created "2021-11-25"^^xsd:date'))
    expect((await faultOf(compareWithOutside(await openProject(folder)))).code).toBe('outside-source')
    const { faults } = await checkOutside(await readProject(folder))
    expect(faults).toMatchObject([{ code: 'outside-source', where: { file: 'data/outside.trig' } }])
  })

  test('speak of things and properties of claims, or check tells', async () => {
    const folder = await withOutside(replacing('id:admission-of-micronesia cmq:admits', 'id:admission-of-nauru cmq:admits'))
    const { faults, looked } = await checkOutside(await readProject(folder))
    expect(looked).toBeGreaterThan(10)
    expect(faults.map(({ code }) => code)).toEqual(['outside-unknown', 'outside-unknown'])
    expect(faults[0]!.what).toContain('id:admission-of-nauru')
  })

  test('are in no layer and answer no question', () => {
    const name = DataFactory.literal('Kim Jong Yang', 'en')
    expect(project.store.countQuads(null, null, name, null)).toBe(0)
  })

  test('need not be there', async () => {
    const folder = await givenProject()
    await rm(join(folder, 'data/outside.trig'))
    expect(await checkOutside(await readProject(folder))).toMatchObject({ looked: 0, faults: [], isOptional: true })
    expect((await compareWithOutside(await openProject(folder))).statements).toEqual([])
  })
})

describe('communique compare', () => {
  test('says agrees, differs or silent with source and day, our sentence beside it, and exits 3 where something differs', async () => {
    const { code, out, err } = await communique(['compare', 'count-of-member-countries'], { columns: 120 })
    expect({ code, err }).toEqual({ code: 3, err: '' })
    expect(out).toContain('[s14-1] “Thus, the number of member countries')
    expect(out).toMatch(/agrees +195 - Interpol, release/)
    expect(out).toMatch(/differs +189 - factbook-memberships\.ttl, commit 8662a8b/)
    expect(out).toContain('1 statement beside what others say: 1 agrees, 1 differs, 0 silent. Nothing is merged.')
  })

  test('exits 0 where nothing differs', async () => {
    expect(await communique(['compare', 'istanbul'])).toMatchObject({ code: 0, out: expect.stringContaining('1 agrees') })
  })

  test('gives JSON and Markdown', async () => {
    const json = JSON.parse((await communique(['compare', 'kim-jong-young', '--json'])).out)
    expect(json.counts).toEqual({ agrees: 0, differs: 2, silent: 0 })
    expect(json.statements[0].outside[0]).toMatchObject({
      verdict: 'differs',
      theirs: [{ type: 'literal', value: 'Kim Jong Yang', 'xml:lang': 'en' }],
      source: { date: '2021-11-23', iri: expect.stringContaining('https://www.interpol.int/') },
    })
    const { out } = await communique(['compare', 'kim-jong-young', '-f', 'markdown'])
    expect(out.split('\n').filter(line => line.startsWith('| Kim'))).toHaveLength(2)
  })
})
