import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject, replacing, root } from '../given.ts'
import { CLAIMS, faultsOf } from './given.ts'

const { namedNode, quad, literal } = DataFactory

test('the article passes, and each check says how much it looked at', async () => {
  const report = await check(await readProject(root))
  expect(report.checks.flatMap(({ faults }) => faults)).toEqual([])
  expect(report.passed).toBe(true)
  for (const { looked, name } of report.checks) expect(looked, name).toBeGreaterThan(0)
})

test('a copy of this repository is a project by itself, with its own core', async () => {
  const folder = await givenProject()
  await cp(join(root, 'ontology'), join(folder, 'ontology'), { recursive: true })
  const project = await readProject(folder)
  expect(project.ontology.folders.map(({ shown }) => shown)).toEqual(['ontology'])
  expect((await check(project)).passed).toBe(true)
})

test('one wrong letter in a quote is one fault: the words meant are gone on with', async () => {
  const folder = await givenProject({ [CLAIMS]: replacing('> Istanbul (Republic of Turkey)', '> Istambul (Republic of Turkey)') })
  expect(await faultsOf(folder)).toEqual([
    expect.objectContaining({ code: 'quote-not-found', quote: 'Istambul (Republic of Turkey)' }),
  ])
})

test('a fault that several checks find is told once, and each of them fails', async () => {
  const folder = await givenProject({ [CLAIMS]: replacing('cmq:countValue 160', 'cmq:countValue -160') })
  const { checks } = await check(await readProject(folder))
  const faults = checks.flatMap(found => found.faults.map(({ what, where }) => `${what} ${where?.line}`))
  expect(new Set(faults).size).toBe(faults.length)
  expect(checks.find(({ name }) => name === 'shapes of the stated layer')!.repeated).toBeGreaterThan(0)
})

test('a dataset that says nothing of itself is named', async () => {
  const folder = await givenProject({ 'data/dataset.ttl': '' })
  const incomplete = (await readProject(folder)).faults.filter(({ code }) => code === 'dataset-incomplete')
  expect(incomplete.map(({ what }) => what)).toContain('the dataset states no void:uriSpace')
  expect(incomplete).toHaveLength(6)
})

test('several faults of one file are told at once', async () => {
  const folder = await givenProject({
    [CLAIMS]: text =>
      replacing(
        'cmq:electsPerson',
        'cmqq:electsPerson',
      )(replacing('cmq:admitsTo', 'cmqq:admitsTo')(replacing('> Photo: Interpol Twitter', '> Photo: nobody')(text))),
  })
  expect((await readProject(folder)).faults.length).toBeGreaterThanOrEqual(3)
})

test('a triple in the stated layer that nobody claims is named, and so is one that only a speaker says', async () => {
  const project = await readProject(root)
  const id = (slug: string) => namedNode(`https://w3id.org/communique/id/${slug}`)
  const cmq = (name: string) => namedNode(`https://w3id.org/communique/ns#${name}`)
  project.store.addQuad(quad(id('kim-jong-young'), cmq('attends'), id('interpol-general-assembly-session-89')))
  project.store.addQuad(
    quad(id('istanbul'), cmq('characterization'), literal('the oldest city where civilizations were meeting', 'en')),
  )
  const found = (await check(project)).checks.find(({ name }) => name === 'stated layer')!.faults.map(({ code }) => code)
  expect(found.sort()).toEqual(['attributed-leaked', 'stated-without-ground'])
})

test('at least 20 must-not-claim questions are asked, each false and each true once its falsehood is put in', async () => {
  const files = await readdir(join(root, 'data/interpol-ga-89/must-not-claim'))
  expect(files.length).toBeGreaterThanOrEqual(20)
  const folder = await givenProject({
    'data/interpol-ga-89/must-not-claim/blind.rq':
      '#+ summary: never\n#+ falsehood: id:a cmq:attends id:b .\n\nPREFIX id: <https://w3id.org/communique/id/>\nASK { id:b ?p id:c }',
  })
  expect(await faultsOf(folder)).toEqual([expect.objectContaining({ code: 'question-blind' })])
})

test('an empty or missing folder is told what was expected and how to make it', async () => {
  await expect(readProject('/nonexistent-project')).rejects.toThrow(/not a project folder.*data\/dataset.ttl/)
  const folder = await givenProject({}, { bare: true })
  await expect(readProject(folder)).rejects.toThrow(/no folder in data\/ holds an article.txt.*communique draft/)
})
