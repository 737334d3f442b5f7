import type { Quad } from '@rdfjs/types'
import type { Environment } from 'rdf-ext'

/** The rdf-ext environment: namespaces, datasets, traversal. Half a second to import, so it is loaded only when asked for. */
export async function environment() {
  const { default: rdf } = await import('rdf-ext')
  return rdf
}

/** Quads as an rdf-ext dataset, each once. */
export async function toDataset(quads: Iterable<Quad>) {
  return (await environment()).dataset([...quads])
}

export type { Environment }
