import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NamedNode, Term } from '@rdfjs/types'
import { Parser, Store } from 'n3'
import { namespace } from '../../src/rdf/namespace.ts'
import { rdf } from '../../src/rdf/vocabulary.ts'

export const mf = namespace('http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#')

/** The W3C suites, and under which IRI each of their folders is published. */
const suites: Readonly<Record<string, { readonly base: string; readonly repository: string }>> = {
  'rdf-tests': { base: 'https://w3c.github.io/rdf-tests/', repository: 'w3c/rdf-tests' },
  'data-shapes': { base: 'https://w3c.github.io/data-shapes/', repository: 'w3c/data-shapes' },
  'json-ld-api': { base: 'https://w3c.github.io/json-ld-api/', repository: 'w3c/json-ld-api' },
  'rdf-canon': { base: 'https://w3c.github.io/rdf-canon/', repository: 'w3c/rdf-canon' },
}

/** One test of a manifest: `node` with its description in `graph`, the manifest that names it. */
export interface ManifestEntry {
  /** Stable and readable, for test titles and the list of known failures: `core/node/and-001#and-001`. */
  readonly id: string
  readonly node: Term
  readonly type: string
  readonly graph: Store
  /** IRI of the manifest, base of the relative IRIs in it. */
  readonly manifest: string
}

/** Where the suites lie: `W3C_DIR`, else beside the repository. Undefined when they are not there. */
export function suitesFolder(): string | undefined {
  const folder = process.env.W3C_DIR ?? fileURLToPath(new URL('../../../shared/w3c', import.meta.url))
  return existsSync(folder) ? folder : undefined
}

/**
 * What to say when a suite cannot be run.
 *
 * @throws Error if the environment says that it must (`COMMUNIQUE_SUITES=required`)
 */
export function announceMissing(suite: string): string {
  const { repository } = suites[suite]!
  const message = `The W3C suite ${suite} was NOT RUN: clone https://github.com/${repository} into a folder and set W3C_DIR to the folder that has it.`
  if (process.env.COMMUNIQUE_SUITES === 'required') throw new Error(message)
  return message
}

/**
 * Reads a manifest with all it includes.
 *
 * @param iri canonical IRI of the manifest, under a base of the table above
 * @returns its entries, in order, those of included manifests first
 */
export function manifestEntries(iri: string, root = iri.slice(0, iri.lastIndexOf('/') + 1)): ManifestEntry[] {
  const graph = new Store(new Parser({ format: 'text/turtle', baseIRI: iri }).parse(suiteFile(iri)))
  const [manifest] = graph.getSubjects(rdf.type, mf('Manifest'), null)
  if (manifest === undefined) throw new Error(`${iri} describes no manifest`)
  const included = graph.getObjects(manifest, mf('include'), null).flatMap(node => listOrNode(graph, node))
  const entries = graph.getObjects(manifest, mf('entries'), null).flatMap(head => list(graph, head))
  return [
    ...included.flatMap(({ value }) => manifestEntries(value, root)),
    ...entries.map(node => ({
      id: idOf(node.value, iri, root),
      node,
      type: graph.getObjects(node as NamedNode, rdf.type, null)[0]?.value ?? '',
      graph,
      manifest: iri,
    })),
  ]
}

/**
 * The text of a file of a suite.
 *
 * @throws Error for an IRI that is in no suite: nothing is ever fetched
 */
export function suiteFile(iri: string): string {
  const folder = suitesFolder()
  if (folder === undefined) throw new Error('the suites are not there: set W3C_DIR')
  const [document = ''] = iri.split('#')
  for (const [name, { base }] of Object.entries(suites)) {
    if (document.startsWith(base))
      return readFileSync(`${folder}/${name}/${decodeURIComponent(document.slice(base.length))}`, 'utf8')
  }
  throw new Error(`${iri} is in no suite`)
}

/** Below the root the IRI of the test; some suites name their tests by IRIs of elsewhere: then the manifest's folder. */
function idOf(test: string, manifest: string, root: string): string {
  if (test.startsWith(root))
    return test
      .slice(root.length)
      .replace(/\.ttl\b/, '')
      .replace(/\/manifest(?=#)/, '')
  const folder = manifest.slice(root.length).replace(/\/?manifest[^/]*$/, '')
  return `${folder}${test.slice(test.lastIndexOf('#'))}`
}

/** The items of an RDF list. */
export function list(graph: Store, head: Term): Term[] {
  const items: Term[] = []
  for (let node: Term | undefined = head; node !== undefined && !node.equals(rdf.nil); ) {
    items.push(...graph.getObjects(node as NamedNode, rdf.first, null))
    node = graph.getObjects(node as NamedNode, rdf.rest, null)[0]
  }
  return items
}

/** The suites include manifests by a list or one by one. */
function listOrNode(graph: Store, node: Term): Term[] {
  return node.equals(rdf.nil) || graph.countQuads(node as NamedNode, rdf.first, null, null) > 0 ? list(graph, node) : [node]
}
