import { type Dirent, readdirSync, readFileSync, realpathSync, rmSync, type Stats, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import type { Term } from '@rdfjs/types'
import { ArticleText } from '../article/text.ts'
import { cacheFolder, keepNoCode, readWhole, writeWhole } from '../code-cache.ts'
import type { MappingSet } from '../linking/mapping.ts'
import { packageRoot } from '../project/core.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { CompiledGraph } from '../project/knowledge-graph.ts'
import type { Catalogue } from '../questions/catalogue.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { isNode, isTerm } from '../sparql/algebra.ts'
import { QuadStore, type StoreImage } from '../store/quad-store.ts'
import { termOf, termText } from '../store/term-text.ts'
import { graphOfLayer } from './answering.ts'
import type { Asked } from './ask.ts'

declare const __BUILD__: string | undefined

/** A project as answers need it, with the number of faults of its files. */
export interface CompiledProject extends Asked {
  readonly graph: CompiledGraph
  readonly faultCount: number
}

/**
 * The graph, the documents and the questions of a project folder. What was read and derived once is kept in the user's cache
 * directory, under a key of the content of every file and of this build: when anything changes, it is read again; when the file is
 * damaged, too. Answers are never kept.
 *
 * @throws CommuniqueError as `readProject`
 */
export async function openCompiled(folder: string): Promise<CompiledProject> {
  const root = resolve(folder)
  const build = typeof __BUILD__ === 'string' ? __BUILD__ : undefined
  const cache = build === undefined ? undefined : new Cache(root, build)
  const found = cache?.read()
  if (found !== undefined) return revived(found)
  keepNoCode()
  const [{ readProject }, { readCatalogue }] = await Promise.all([
    import('../project/project.ts'),
    import('../questions/catalogue.ts'),
  ])
  const project = await readProject(root)
  const catalogue = await readCatalogue(queriesOf(root))
  const { baseIRI, prefixes, links, documents, faults } = project
  const { store } = graphOfLayer(project, 'stated')
  const compiled = { graph: { baseIRI, prefixes, links, documents, store }, catalogue, faultCount: faults.length }
  cache?.write(kept(compiled))
  return compiled
}

/** The questions of a project: its own, or where it has no folder for them those of the package. */
export function queriesOf(root: string): string {
  const own = join(root, 'queries')
  return namesIn(own) === undefined ? join(packageRoot(), 'queries') : own
}

/** What lies in the file. */
interface Kept extends Omit<CompiledGraph, 'store' | 'links' | 'documents'> {
  readonly image: StoreImage
  readonly faultCount: number
  readonly documents: readonly Omit<CommuniqueDocument, (typeof DOCUMENT)[number]>[]
  readonly catalogue: Pick<Catalogue, 'broken'> & {
    readonly questions: readonly Omit<SavedQuestion, (typeof QUESTION)[number]>[]
  }
  /** What is read only once it is asked for, as JSON with terms as text: the links, then the rest of each document and question. */
  readonly rest: Uint8Array
  /** Where these end in it. */
  readonly ends: readonly number[]
}

/** What most answers need of few questions, and of no document. */
const LINKS = ['mappings', 'prefixes', 'licence'] as const
const DOCUMENT = ['folder', 'language', 'noteLanguage', 'sha256', 'article', 'passages', 'claims', 'metadata'] as const
const QUESTION = ['text', 'description', 'parameters', 'algebra'] as const

function revived({ image, faultCount, documents, catalogue, rest, ends, ...names }: Kept): CompiledProject {
  const bytes = Buffer.from(rest.buffer, rest.byteOffset, rest.length)
  const texts = ends.map((end, index) => () => bytes.toString('utf8', ends[index - 1] ?? 0, end))
  const [ofLinks, ofDocuments, ofQuestions] = [texts[0]!, texts.slice(1), texts.slice(1 + documents.length)]
  const graph = {
    ...names,
    links: withRest<MappingSet>({}, LINKS, ofLinks),
    documents: documents.map((document, index) => withRest<CommuniqueDocument>(document, DOCUMENT, ofDocuments[index]!)),
    store: QuadStore.from(image),
  }
  const questions = catalogue.questions.map((question, index) => withRest<SavedQuestion>(question, QUESTION, ofQuestions[index]!))
  return { graph, catalogue: { ...catalogue, questions }, faultCount }
}

/** An object with the rest of its properties, which are read of their JSON once one of them is asked for. */
function withRest<T extends object>(some: Partial<T>, names: readonly (keyof T & string)[], json: () => string): T {
  let rest: T | undefined
  const get = (name: keyof T): unknown => {
    rest ??= decoded(JSON.parse(json())) as T
    return rest[name]
  }
  const properties = names.map(name => [name, { enumerable: true, get: () => get(name) }] as const)
  return Object.defineProperties(some, Object.fromEntries(properties)) as T
}

function restOf<T extends object>(whole: T, names: readonly (keyof T & string)[]): Buffer {
  return Buffer.from(JSON.stringify(encoded(Object.fromEntries(names.map(name => [name, whole[name]])))))
}

function kept({ graph: { links, documents, store, ...names }, catalogue, faultCount }: CompiledProject): Kept {
  const { questions, broken } = catalogue
  const texts = [
    restOf(links, LINKS),
    ...documents.map(document => restOf(document, DOCUMENT)),
    ...questions.map(question => restOf(question, QUESTION)),
  ]
  let end = 0
  return {
    ...names,
    image: graphOfLayer({ ...names, documents, store }, 'stated').store.sortedImage,
    faultCount,
    documents: documents.map(({ name, iri }) => ({ name, iri })),
    catalogue: { broken, questions: questions.map(({ text, description, parameters, algebra, ...question }) => question) },
    rest: Buffer.concat(texts),
    ends: texts.map(text => (end += text.length)),
  }
}

class Cache {
  readonly #folder = cacheFolder()
  /** What the names of all files of this project begin with; those of another may, too. */
  readonly #name: string
  readonly #file: string

  constructor(root: string, build: string) {
    this.#name = crc32(root).toString(16).padStart(8, '0')
    this.#file = join(this.#folder, `${this.#name}-${this.#fingerprint(root, build).slice(0, 24)}.graph`)
  }

  read(): Kept | undefined {
    const bytes = readWhole(this.#file)
    return bytes && (deserialize(bytes) as Kept)
  }

  /** Keeps it, in the place of what was kept of this folder before. */
  write(content: Kept): void {
    writeWhole(this.#file, serialize(content))
    const isOld = ({ name }: { name: string }): boolean =>
      name.startsWith(`${this.#name}-`) && join(this.#folder, name) !== this.#file
    for (const { name } of (namesIn(this.#folder) ?? []).filter(isOld)) rmSync(join(this.#folder, name), { force: true })
  }

  /**
   * A hash of every file that a project is read from, of Node's version, of the build and of where both lie. It is kept with what the file system says
   * of the files and their folders, and computed again when that is not what it was.
   */
  #fingerprint(root: string, build: string): string {
    const whose = `${process.version} ${build} ${packageRoot()} ${root}`
    const kept = join(this.#folder, `${this.#name}.files`)
    const [known, owner, ...states] = readWhole(kept)?.toString().split('\0') ?? []
    if (owner === whose && states.every(isUnchanged)) return known!
    const now = Date.now()
    const seen = new Map<string, Stats | undefined>()
    const own = ['data', 'ontology', 'queries'].map(name => join(root, name))
    for (const folder of new Set([...own, join(packageRoot(), 'ontology'), queriesOf(root)])) lookAt(folder, seen)
    const { createHash } = process.getBuiltinModule('node:crypto')
    const hash = createHash('sha256').update(whose)
    for (const [path, stats] of seen) if (stats?.isFile()) hash.update(`\0${path}\0`).update(readFileSync(path))
    const fingerprint = hash.digest('hex')
    // What was written a moment ago may be written again without any sign of it in the file system.
    const isSettled = (stats: Stats | undefined): boolean =>
      (stats?.ctimeMs ?? 0) < now - SETTLED && (stats?.mtimeMs ?? 0) < now - SETTLED
    if ([...seen.values()].every(isSettled))
      writeWhole(kept, Buffer.from([fingerprint, whose, ...[...seen].map(([path, stats]) => stateOf(path, stats))].join('\0')))
    return fingerprint
  }
}

/** Milliseconds after which the next change of a file has another time, on any file system. */
const SETTLED = 2000

/** A path with what the file system says of it: another after each change, and where something else lies there. */
function stateOf(path: string, stats: Stats | undefined): string {
  if (stats === undefined) return `- ${path}`
  return `${stats.size},${stats.mtimeMs},${stats.ctimeMs},${stats.ino} ${path}`
}

function isUnchanged(state: string): boolean {
  const path = state.slice(state.indexOf(' ') + 1)
  return stateOf(path, statsOf(path)) === state
}

/**
 * Looks at a file, or at a folder and all in it.
 *
 * @param seen gets what is found
 * @param folders those that were looked into, by their real names: links can go in a circle
 */
function lookAt(path: string, seen: Map<string, Stats | undefined>, folders = new Set<string>()): void {
  const stats = statsOf(path)
  seen.set(path, stats)
  if (!stats?.isDirectory()) return
  const folder = realpathSync.native(path)
  if (folders.has(folder)) return
  folders.add(folder)
  for (const entry of namesIn(path) ?? [])
    if (!(entry.isFile() && IGNORED.test(entry.name))) lookAt(path + sep + entry.name, seen, folders)
}

/** What the file system says of a file, or of what a link leads to; undefined where there is nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** What answers do not depend on. */
const IGNORED = /\.(expected\.\w+|svg|jsonld)$|^README\.md$/

function namesIn(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return undefined
  }
}

/** The same data with terms and articles as text, so that it can be written to a file. */
function encoded(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(encoded)
  if (typeof part !== 'object' || part === null) return part
  if (isTerm(part) && !isNode(part)) return { [TERM]: termText(part as Term) }
  if (part instanceof ArticleText) return { [ARTICLE]: part.text }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, encoded(value)]))
}

function decoded(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(decoded)
  if (typeof part !== 'object' || part === null) return part
  const { [TERM]: term, [ARTICLE]: article } = part as Record<string, string>
  if (term !== undefined) return termOf(term)
  if (article !== undefined) return new ArticleText(article)
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, decoded(value)]))
}

const [TERM, ARTICLE] = ['\u0000term', '\u0000article'] as const
