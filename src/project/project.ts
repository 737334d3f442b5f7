import { access, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Quad, Store } from 'n3'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import { readText, readTexts, type TextFile } from '../file.ts'
import { type MappingSet, readMappings } from '../linking/mapping.ts'
import { expand, PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import { readTurtle } from '../rdf/read.ts'
import { vann, voidNs } from '../rdf/vocabulary.ts'
import { type Rule, readRules } from '../reasoning/rule.ts'
import { CORE_BASE, packageRoot } from './core.ts'
import { buildDataset, graphQuads, type Ingredients } from './dataset.ts'
import { type CommuniqueDocument, readDocument } from './document.ts'
import { type Layer, layerIRI } from './layer.ts'

/** A project folder, read and put together. */
export interface Project {
  /** The folder, absolute. */
  readonly root: string
  /** IRI under which the project's things lie, from `void:uriSpace` of `data/dataset.ttl`. */
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
  readonly documents: readonly CommuniqueDocument[]
  readonly ontology: Ontology
  /** What was decided of pairs of a thing and one of another source: `data/links.sssom.tsv`. */
  readonly links: MappingSet
  /** The whole dataset: default graph (stated layer), claims, provenance, plain statements, inferences, layers, ontology, about. */
  readonly store: Store
  /** Every fault of every file that was read. */
  readonly faults: readonly Fault[]
  /** The triples of a layer, in the default graph, each once. */
  layer(name: Layer): Quad[]
  /** The dataset as it would be if some documents were all there are. */
  datasetOf(documents: readonly CommuniqueDocument[]): Promise<Store>
}

/** The vocabulary, its shapes and its rules: those that ship with the package, then the project's own. */
export interface Ontology {
  /** Folders with `*.ttl`, `shapes/`, `plain/`, `rules/`, `must-not-claim/`, and how they are called in faults. */
  readonly folders: readonly { readonly folder: string; readonly shown: string }[]
  readonly files: readonly OntologyFile[]
  readonly plainRules: readonly Rule[]
  readonly rules: readonly Rule[]
}

/** A Turtle file of an ontology; `file` is relative to the project, or `(package) ontology/…`. */
export interface OntologyFile extends TextFile {
  readonly quads: readonly Quad[]
}

/**
 * Reads a project folder (`data/`, and `ontology/` if it has its own) with the faults of all its files.
 *
 * @throws CommuniqueError `no-project` when the folder is none, `no-documents` when it is empty
 * @example await readProject('/nowhere').catch(error => error.code) // 'no-project'
 */
export async function readProject(folder: string): Promise<Project> {
  const root = resolve(folder)
  const faults: Fault[] = []
  const about = await readAbout(root, faults)
  const baseIRI = about.find(({ predicate }) => predicate.equals(voidNs.uriSpace))?.object.value ?? CORE_BASE
  const ontology = await readOntology(root, faults)
  const prefixes = { ...PREFIXES, id: `${baseIRI}id/`, ...ownPrefixes(ontology) }
  const links = await readLinks(root, prefixes, faults)
  const sources = await readSources(root, faults)
  const documents = await readDocuments(root, { baseIRI, prefixes }, faults)
  const ingredients: Ingredients = {
    baseIRI,
    documents,
    about,
    mappings: links.mappings,
    sources,
    ontology: ontology.files.flatMap(({ quads }) => quads),
    plainRules: ontology.plainRules,
    rules: ontology.rules,
  }
  const store = await buildDataset(ingredients)
  return {
    root,
    baseIRI,
    prefixes,
    documents,
    ontology,
    links,
    store,
    faults,
    layer: name => graphQuads(store, layerIRI(baseIRI, name)),
    datasetOf: chosen => buildDataset({ ...ingredients, documents: chosen }),
  }
}

const ABOUT = 'data/dataset.ttl'

async function readAbout(root: string, faults: Fault[]): Promise<readonly Quad[]> {
  const text = await readText(join(root, ABOUT), ABOUT)
  if (text === undefined)
    throw new CommuniqueError('no-project', {
      what: `${relative(process.cwd(), root) || '.'} is not a project folder: it has no ${ABOUT}`,
      mend: 'give another folder with --project DIR; or save a text as data/my-article/article.txt and run "communique draft data/my-article"',
    })
  const { quads, faults: found } = readTurtle(text, { file: ABOUT, baseIRI: CORE_BASE })
  faults.push(...found)
  for (const name of REQUIRED) {
    if (quads.some(({ predicate }) => predicate.value === expand(name))) continue
    faults.push({
      code: 'dataset-incomplete',
      what: `the dataset states no ${name}`,
      where: { file: ABOUT },
      mend: 'add it to the dcat:Dataset there',
    })
  }
  return quads
}

/** What `data/dataset.ttl` must say of the dataset. */
const REQUIRED = ['dcterms:title', 'dcterms:creator', 'dcterms:license', 'dcterms:modified', 'owl:versionInfo', 'void:uriSpace']

/** The verdicts on links; a project need not have any. */
async function readLinks(root: string, prefixes: Prefixes, faults: Fault[]): Promise<MappingSet> {
  const text = await collectFaults(faults, () => readText(join(root, LINKS), LINKS))
  const { set, faults: found } = readMappings(text ?? '', LINKS, prefixes)
  faults.push(...found)
  return set
}

/** Where the verdicts on links lie. */
export const LINKS = 'data/links.sssom.tsv'

/** What is known of the sources that links lead to. */
async function readSources(root: string, faults: Fault[]): Promise<readonly Quad[]> {
  const file = 'data/sources.ttl'
  const text = await collectFaults(faults, () => readText(join(root, file), file))
  if (text === undefined) return []
  const { quads, faults: found } = readTurtle(text, { file, baseIRI: CORE_BASE })
  faults.push(...found)
  return quads
}

async function readOntology(root: string, faults: Fault[]): Promise<Ontology> {
  const own = join(root, 'ontology')
  // A project that has the core vocabulary itself, as a clone of this repository does, needs no other.
  const hasCore = await exists(join(own, 'communique.ttl'))
  const folders = [
    ...(hasCore ? [] : [{ folder: join(packageRoot(), 'ontology'), shown: '(package) ontology' }]),
    ...((await exists(own)) ? [{ folder: own, shown: 'ontology' }] : []),
  ]
  const files: OntologyFile[] = []
  for (const { folder, shown } of folders) {
    for (const { file, text } of await readTexts(folder, shown, '.ttl', faults)) {
      const { quads, faults: found } = readTurtle(text, { file, baseIRI: CORE_BASE })
      faults.push(...found)
      files.push({ file, text, quads })
    }
  }
  const rulesIn = async (kind: string): Promise<Rule[]> => {
    const read = folders.map(({ folder, shown }) => readRules(join(folder, kind), `${shown}/${kind}`, faults))
    return (await Promise.all(read)).flat()
  }
  const [plainRules, rules] = [await rulesIn('plain'), await rulesIn('rules')]
  faults.push(...nameFaults([...plainRules, ...rules]))
  return { folders, files, plainRules, rules }
}

/** Rules are known by their names, so two must not share one. */
function nameFaults(rules: readonly Rule[]): Fault[] {
  return rules.flatMap(({ name, file }, index) => {
    const first = rules.slice(0, index).find(other => other.name === name)
    if (first === undefined) return []
    const what = `the name "${name}" is that of another rule, ${first.file}`
    return [{ code: 'rule-name-taken', what, where: { file }, mend: 'rename the file' }]
  })
}

/** The prefixes that modules declare for themselves. */
function ownPrefixes({ files }: Ontology): Record<string, string> {
  const prefixes: Record<string, string> = {}
  for (const { quads } of files) {
    for (const { subject, object } of quads.filter(({ predicate }) => predicate.equals(vann.preferredNamespacePrefix))) {
      const uri = quads.find(other => other.subject.equals(subject) && other.predicate.equals(vann.preferredNamespaceUri))
      if (uri) prefixes[object.value] = uri.object.value
    }
  }
  return prefixes
}

async function readDocuments(
  root: string,
  context: { readonly baseIRI: string; readonly prefixes: Readonly<Record<string, string>> },
  faults: Fault[],
): Promise<CommuniqueDocument[]> {
  const documents: CommuniqueDocument[] = []
  const folders = (await readdir(join(root, 'data'), { withFileTypes: true })).filter(entry => entry.isDirectory())
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = join(root, 'data', name)
    if (!(await exists(join(folder, 'article.txt')))) continue
    const document = await readDocument(folder, { root, ...context }, faults)
    if (document) documents.push(document)
  }
  if (documents.length === 0 && faults.length === 0) {
    throw new CommuniqueError('no-documents', {
      what: 'no folder in data/ holds an article.txt',
      where: { file: 'data' },
      mend: 'make one: put your text at data/my-article/article.txt, then run "communique draft data/my-article"',
    })
  }
  return documents
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
