import { access, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataFactory, type NamedNode, type Quad, Store } from 'n3'
import { CommuniqueError, type Fault, throwFaults } from '../error.ts'
import { cmq, dcterms, prov, rdf, rdfs, voidNs } from '../rdf/namespace.ts'
import { readTurtle } from '../rdf/read.ts'
import { type Application, applyRules } from '../reasoning/closure.ts'
import { type Rule, readRules } from '../reasoning/rule.ts'
import { type CommuniqueDocument, documentQuads, readDocument } from './document.ts'

const { defaultGraph, literal, namedNode, quad } = DataFactory

/** What plain patterns see: `stated` is the default graph, `inferred` adds what rules and the curator inferred. */
export const LAYERS = ['stated', 'inferred'] as const
export type Layer = (typeof LAYERS)[number]

const CORE_BASE = 'https://w3id.org/communique/'

/** A project folder, read and put together. Nothing is evaluated again after it is built. */
export interface Project {
  readonly root: string
  /** IRI under which the project's things lie, from `void:uriSpace` of `data/dataset.ttl`. */
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
  readonly documents: readonly CommuniqueDocument[]
  /** All graphs: default (stated), claims, provenance, plain statements, inferences, layers, ontology, about. */
  readonly store: Store
  readonly ontologyFiles: readonly OntologyFile[]
  readonly plainRules: readonly Rule[]
  readonly rules: readonly Rule[]
  /** Folders of shapes, queries and the like: the package's own, then the project's. */
  readonly ontologyFolders: readonly string[]
  readonly faults: readonly Fault[]
  /** The triples of a layer, in the default graph. */
  layer(name: Layer): Quad[]
}

export interface OntologyFile {
  readonly file: string
  readonly core: boolean
  readonly quads: readonly Quad[]
}

/**
 * Opens a project folder (`data/`, and `ontology/`, `queries/` if it has its own).
 *
 * @throws CommuniqueError with all faults of all files; `no-project` when the folder is none
 */
export async function openProject(folder = '.'): Promise<Project> {
  const project = await readProject(folder)
  throwFaults(project.faults)
  return project
}

/** As `openProject`, but gives the project with its faults instead of throwing them: what `check` looks at. */
export async function readProject(folder: string): Promise<Project> {
  const root = resolve(folder)
  const faults: Fault[] = []
  const dataset = await readDataset(root, faults)
  const baseIRI = dataset.quads.find(({ predicate }) => predicate.equals(voidNs('uriSpace')))?.object.value ?? CORE_BASE
  const ontologyFolders = [...new Set([join(packageRoot(), 'ontology'), join(root, 'ontology')])]
  const ontologyFiles = await readOntology(root, ontologyFolders, faults)
  const prefixes = await projectPrefixes(baseIRI, ontologyFiles)
  const documents: CommuniqueDocument[] = []
  for (const name of (await readdir(join(root, 'data'), { withFileTypes: true }))
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()) {
    if (!(await exists(join(root, 'data', name, 'article.txt')))) continue
    const document = await readDocument(join(root, 'data', name), { root, baseIRI, prefixes }, faults)
    if (document) documents.push(document)
  }
  if (documents.length === 0 && faults.length === 0) {
    throw new CommuniqueError('no-documents', {
      what: 'no folder in data/ holds an article.txt',
      where: { file: 'data' },
      mend: 'make one: put your text at data/my-article/article.txt, then run "communique draft data/my-article"',
    })
  }
  const store = new Store()
  for (const { quads } of ontologyFiles)
    store.addQuads(
      quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, namedNode(`${CORE_BASE}ontology`))),
    )
  store.addQuads(
    dataset.quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, namedNode(`${baseIRI}about`))),
  )
  for (const document of documents) store.addQuads(documentQuads(document))

  const plainRules = await rulesOf(ontologyFolders, 'plain')
  const rules = await rulesOf(ontologyFolders, 'rules')
  for (const rule of [...plainRules, ...rules]) describeRule(rule, store)
  record(await applyRules(store, plainRules, { fixpoint: false }), 'plain', store, documents, baseIRI)
  const inferred = new Store(store.getQuads(null, null, null, null))
  for (const document of documents) {
    for (const claim of document.claims) if (claim.kind === 'inference') inferred.addQuads([...claim.quads])
  }
  record(await applyRules(inferred, rules, { fixpoint: true }), 'inference', store, documents, baseIRI)
  const layer = (name: Layer): Quad[] => layerQuads(store, name)
  for (const name of LAYERS) {
    const graph = namedNode(`${baseIRI}layer/${name}`)
    store.addQuads(layer(name).map(({ subject, predicate, object }) => quad(subject, predicate, object, graph)))
  }
  return { root, baseIRI, prefixes, documents, store, ontologyFiles, plainRules, rules, ontologyFolders, faults, layer }
}

/** The folder of this package: where the core ontology and the article that ships with it lie. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!(folder.endsWith('/src') || folder.endsWith('/dist')) && folder !== dirname(folder)) folder = dirname(folder)
  return dirname(folder)
}

/** Writes applications of rules into graphs of their own and what they rest on into the provenance graph. */
function record(
  applications: readonly Application[],
  kind: 'plain' | 'inference',
  store: Store,
  documents: readonly CommuniqueDocument[],
  baseIRI: string,
): void {
  const holders = new Map<string, NamedNode[]>()
  const key = (triple: Quad): string =>
    `${triple.subject.value}\n${triple.predicate.value}\n${triple.object.termType}\n${triple.object.value}`
  const hold = (triple: Quad, graph: NamedNode): void => {
    const list = holders.get(key(triple)) ?? []
    if (!list.some(other => other.equals(graph))) list.push(graph)
    holders.set(key(triple), list)
  }
  const stated = new Set<string>()
  for (const triple of store.getQuads(null, null, null, defaultGraph())) stated.add(key(triple))
  for (const held of store.getQuads(null, null, null, null)) {
    const graph = held.graph.value
    if (/\/doc\/[^/]+\/(claim|plain)\//.test(graph) && stated.has(key(held)) && isStatedGraph(store, graph))
      hold(held, held.graph as NamedNode)
    else if (/\/doc\/[^/]+\/inference\//.test(graph)) hold(held, held.graph as NamedNode)
  }
  const graphOf = new Map<Application, NamedNode>()
  for (const application of applications) {
    const premise = application.premises.map(triple => holders.get(key(triple))?.[0]?.value).find(value => value !== undefined)
    const document = documents.find(({ iri }) => premise?.startsWith(`${iri}/`)) ?? documents[0]
    const graph = namedNode(`${document?.iri ?? `${baseIRI}doc`}/${kind}/${application.name}`)
    graphOf.set(application, graph)
    for (const conclusion of application.conclusions) hold(conclusion, graph)
  }
  for (const [application, graph] of graphOf) {
    const provenance = namedNode(graph.value.replace(/\/(plain|inference)\/[^/]+$/, '/provenance'))
    const add = (predicate: NamedNode, object: Quad['object']): void => {
      store.addQuad(quad(graph, predicate, object, provenance))
    }
    add(rdf('type'), cmq(kind === 'plain' ? 'PlainStatement' : 'Inference'))
    add(cmq('appliesRule'), namedNode(`${CORE_BASE}rule/${application.rule.name}`))
    add(cmq('isVoicedBy'), namedNode(`${CORE_BASE}agent/communique`))
    for (const triple of application.premises) {
      for (const holder of holders.get(key(triple)) ?? []) if (!holder.equals(graph)) add(prov('wasDerivedFrom'), holder)
    }
    if (kind === 'inference') {
      add(cmq('hasCertainty'), cmq(application.rule.certainty))
      if (application.rule.assumption !== undefined) add(cmq('assumption'), literal(application.rule.assumption, 'en'))
    }
    for (const { subject, predicate, object } of application.conclusions) {
      store.addQuad(quad(subject, predicate, object, graph))
      if (kind === 'plain') store.addQuad(quad(subject, predicate, object, defaultGraph()))
    }
  }
}

function isStatedGraph(store: Store, graph: string): boolean {
  if (graph.includes('/plain/')) return true
  const statuses = store.getObjects(namedNode(graph), cmq('hasClaimStatus'), null)
  const voices = store.getObjects(namedNode(graph), cmq('isVoicedBy'), null)
  const author = `${graph.replace(/\/claim\/[^/]+$/, '')}/author`
  return (
    statuses.some(status => status.value === cmq('Classification').value) ||
    (voices.some(voice => voice.value === author) &&
      statuses.some(status => [cmq('Asserted').value, cmq('Plan').value].includes(status.value)))
  )
}

function layerQuads(store: Store, layer: Layer): Quad[] {
  const quads = new Store(store.getQuads(null, null, null, defaultGraph()))
  if (layer === 'inferred') {
    for (const inference of store.getSubjects(rdf('type'), cmq('Inference'), null)) {
      for (const { subject, predicate, object } of store.getQuads(null, null, null, inference))
        quads.addQuad(quad(subject, predicate, object))
    }
  }
  return quads.getQuads(null, null, null, null)
}

function describeRule(rule: Rule, store: Store): void {
  const iri = namedNode(`${CORE_BASE}rule/${rule.name}`)
  const graph = namedNode(`${CORE_BASE}ontology`)
  store.addQuad(quad(iri, rdf('type'), cmq('Rule'), graph))
  store.addQuad(quad(iri, rdfs('label'), literal(rule.summary, 'en'), graph))
  store.addQuad(quad(iri, dcterms('description'), literal(rule.text), graph))
  if (rule.assumption !== undefined) store.addQuad(quad(iri, cmq('assumption'), literal(rule.assumption, 'en'), graph))
}

async function readDataset(root: string, faults: Fault[]): Promise<{ quads: readonly Quad[] }> {
  const file = 'data/dataset.ttl'
  const text = await readFile(join(root, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new CommuniqueError('no-project', {
      what: `${relative(process.cwd(), root) || '.'} is not a project folder: it has no ${file}`,
      mend: 'give another folder with --project DIR, or make data/dataset.ttl (see "How to add an article" in data/README.md)',
    })
  })
  const result = readTurtle(text, { file, baseIRI: CORE_BASE })
  faults.push(...result.faults)
  return result
}

async function readOntology(root: string, folders: readonly string[], faults: Fault[]): Promise<OntologyFile[]> {
  const files: OntologyFile[] = []
  for (const [index, folder] of folders.entries()) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter(entry => entry.endsWith('.ttl')).sort()) {
      const path = join(folder, name)
      const file = index === 0 && !path.startsWith(root) ? `(package) ontology/${name}` : relative(root, path)
      const result = readTurtle(await readFile(path, 'utf8'), { file, baseIRI: CORE_BASE })
      faults.push(...result.faults)
      files.push({ file, core: index === 0, quads: result.quads })
    }
  }
  return files
}

async function projectPrefixes(baseIRI: string, files: readonly OntologyFile[]): Promise<Record<string, string>> {
  const { PREFIXES } = await import('../rdf/prefixes.ts')
  const prefixes: Record<string, string> = { ...PREFIXES, id: `${baseIRI}id/` }
  for (const { quads } of files) {
    for (const { subject, predicate, object } of quads) {
      if (predicate.value !== 'http://purl.org/vocab/vann/preferredNamespacePrefix') continue
      const uri = quads.find(
        other => other.subject.equals(subject) && other.predicate.value === 'http://purl.org/vocab/vann/preferredNamespaceUri',
      )
      if (uri) prefixes[object.value] = uri.object.value
    }
  }
  return prefixes
}

async function rulesOf(folders: readonly string[], kind: 'plain' | 'rules'): Promise<Rule[]> {
  return (await Promise.all(folders.map(folder => readRules(join(folder, kind))))).flat()
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Whether a folder looks like a project. */
export async function isProject(folder: string): Promise<boolean> {
  return stat(join(folder, 'data', 'dataset.ttl')).then(
    found => found.isFile(),
    () => false,
  )
}
