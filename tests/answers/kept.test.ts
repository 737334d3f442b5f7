import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NamedNode, Term } from '@rdfjs/types'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openCompiled } from '../../src/answers/compiled.ts'
import { describeDataset } from '../../src/project/description.ts'
import { draftDocument } from '../../src/project/draft.ts'
import type { CompiledGraph } from '../../src/project/knowledge-graph.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { claimsOf, sourceOf } from '../../src/project/source.ts'
import { findThing } from '../../src/project/thing.ts'
import { cmq, rdf } from '../../src/rdf/vocabulary.ts'
import { articleReport, claimReport } from '../../src/results/article.ts'
import { thingReport } from '../../src/results/thing.ts'
import { CLAIMS } from '../check/given.ts'
import { replacing, root } from '../given.ts'

/** Where what was kept lies. */
let cache: string
/**
 * Two articles; of the first one claim was withdrawn, and one quotes words that are not there: what is read of
 * the files each time, what was compiled of it when nothing was kept, what was kept then.
 */
let project: Project
let [first, kept]: CompiledGraph[] = []

beforeAll(async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'communique-'))
  const folder = join(temporary, 'project')
  cache = join(temporary, 'cache')
  await cp(join(root, 'data'), join(folder, 'data'), { recursive: true })
  const claims = await readFile(join(folder, CLAIMS), 'utf8')
  const changed = replacing('> Photo: Interpol Twitter', '> Photo: Interpol Twiter')(claims)
  await writeFile(join(folder, CLAIMS), `${changed}\n## Some\n\n> and a number of other countries\n\n- withdrawn: said twice\n`)
  const [second, article] = [join(folder, 'data/interpol-ga-90'), join(root, 'tests/project/articles/interpol-ga-90')]
  await mkdir(second)
  await copyFile(join(article, 'article.txt'), join(second, 'article.txt'))
  await draftDocument(second)
  await cp(article, second, { recursive: true })
  // Only a program that was built keeps anything.
  vi.stubGlobal('__BUILD__', 'tests')
  vi.stubEnv('XDG_CACHE_HOME', cache)
  project = await readProject(folder)
  first = (await openCompiled(folder)).graph
  kept = (await openCompiled(folder)).graph
  return () => rm(temporary, { recursive: true })
})
afterAll(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

/** As a text that tells of no order: premises have none, nor has what one claim says of a thing. */
function unordered(value: unknown): string {
  return JSON.stringify(value, (_, part) => (Array.isArray(part) ? part.map(unordered).sort() : part))
}

/** All that has a name in the graph. */
function things({ store }: CompiledGraph): NamedNode[] {
  const terms: Term[] = [...store.getSubjects(null, null, null), ...store.getObjects(null, null, null)]
  return [...new Map(terms.flatMap(term => (term.termType === 'NamedNode' ? [[term.value, term]] : []))).values()]
}

describe('what was kept tells the same as the first time, and as the files', () => {
  test('of every document, whole', () => {
    expect(project.documents.map(({ name }) => name)).toEqual(['interpol-ga-89', 'interpol-ga-90'])
    expect(project.documents.flatMap(({ claims }) => claims).map(({ kind }) => kind)).toContain('withdrawn')
    expect(project.faults.map(({ code }) => code)).toContain('quote-not-found')
    expect(kept!.documents.map(document => ({ ...document }))).toEqual(project.documents)
    for (const document of project.documents) {
      const same = kept!.documents.find(({ name }) => name === document.name)!
      expect(articleReport(kept!, same)).toEqual(articleReport(project, document))
    }
  })

  test('of every claim, by its id and by its IRI', () => {
    const why = (graph: CompiledGraph, name: string) =>
      claimsOf(graph, name).map(({ claim, document }) => [claimReport(graph, document, claim), sourceOf(graph, claim.iri)])
    const names = project.documents.flatMap(({ claims }) => claims.flatMap(({ id, iri }) => [id, iri.value]))
    expect(names.length).toBeGreaterThan(100)
    for (const name of names) {
      expect(why(kept!, name), name).toEqual(why(first!, name))
      expect(unordered(why(kept!, name)), name).toBe(unordered(why(project, name)))
    }
    expect(why(kept!, 's99-1')).toEqual([])
  })

  test('of every plain statement and inference, down to the sentences', () => {
    const found = [cmq.PlainStatement, cmq.Inference].flatMap(kind => project.store.getSubjects(rdf.type, kind, null))
    expect(found.length).toBeGreaterThan(300)
    for (const statement of found) {
      expect(sourceOf(kept!, statement)).toEqual(sourceOf(first!, statement))
      expect(unordered(sourceOf(kept!, statement))).toBe(unordered(sourceOf(project, statement)))
    }
  })

  test('of every thing', () => {
    const all = things(project)
    expect(all.length).toBeGreaterThan(900)
    for (const thing of all) {
      expect(thingReport(kept!, thing), thing.value).toEqual(thingReport(first!, thing))
      expect(unordered(thingReport(kept!, thing)), thing.value).toBe(unordered(thingReport(project, thing)))
    }
  })

  test('of what has no such name', () => {
    const fault = (graph: CompiledGraph, name: string): unknown => {
      try {
        return findThing(graph, name)
      } catch (error) {
        return error
      }
    }
    for (const name of ['', 'nobody', 'kim-jong-yung', 'cmq:Persn', 'https://nowhere.example/']) {
      expect(fault(kept!, name), name).toMatchObject({ code: 'unknown-thing' })
      expect(fault(kept!, name), name).toEqual(fault(project, name))
    }
  })

  test('of the dataset', () => {
    expect(describeDataset(kept!)).toEqual(describeDataset(project))
  })
})

test('claims come first, in their order, then plain statements, then inferences', () => {
  const { statements } = thingReport(kept!, findThing(kept!, 'admission-of-micronesia'))
  const about = statements.filter(({ subject }) => subject.endsWith('/admission-of-micronesia'))
  const order = about.map(({ sources: [source] }) => source!.id.replace('interpol-ga-89/', '').replace(/-[0-9a-f]{8}$/, ''))
  const claims = ['s13-1', 'c6', 'c7']
  const plain = ['label', 'member-count-after', 'super-type']
  const inferences = ['i2', 'bounds-during', 'elected-by-assembly', 'member-count-before']
  expect([...new Set(order)]).toEqual([...claims, ...plain, ...inferences])
})

test('one file is kept of them', async () => {
  expect((await readdir(join(cache, 'communique'))).filter(name => name.endsWith('.graph'))).toHaveLength(1)
})
