import type { Quad } from '@rdfjs/types'
import type DatasetExt from 'rdf-ext/lib/Dataset.js'

/** The rdf-ext environment: factories, namespaces, datasets, traversal. */
export type Environment = typeof import('rdf-ext').default

/**
 * The rdf-ext environment. Half a second to import, so it is loaded only when asked for.
 *
 * @example (await environment()).namedNode('urn:a').value // 'urn:a'
 */
export async function environment(): Promise<Environment> {
  return (await import('rdf-ext')).default
}

/**
 * Quads as an rdf-ext dataset, each once.
 *
 * @example (await toDataset([quad(namedNode('a'), namedNode('b'), literal('c'))])).size // 1
 */
export async function toDataset(quads: Iterable<Quad>): Promise<DatasetExt> {
  return (await environment()).dataset([...quads])
}
