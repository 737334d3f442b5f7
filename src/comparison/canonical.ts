/// <reference path="./rdf-canonize.d.ts" />
import type { Quad } from '@rdfjs/types'
import { canonize } from 'rdf-canonize'
import { CommuniqueError } from '../error.ts'

/**
 * The canonical label of each blank node.
 *
 * @throws CommuniqueError `blank-nodes-alike` where too many of them are alike to be told apart in reasonable time
 * @see RDF Dataset Canonicalization (RDFC-1.0), 4 (Canonicalization)
 */
export async function canonicalLabels(quads: readonly Quad[]): Promise<ReadonlyMap<string, string>> {
  const canonicalIdMap = new Map<string, string>()
  try {
    await canonize(quads, { algorithm: 'RDFC-1.0', canonicalIdMap, maxWorkFactor: 3 })
    return canonicalIdMap
  } catch (cause) {
    const what = 'too many blank nodes are alike: they cannot be told apart in reasonable time'
    throw new CommuniqueError('blank-nodes-alike', { what, mend: 'give them names, or compare smaller files', cause })
  }
}
