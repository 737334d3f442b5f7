/// <reference path="./rdf-canonize.d.ts" />
import type { Quad } from '@rdfjs/types'
import { canonize } from 'rdf-canonize'
import { CommuniqueError } from '../error.ts'

/**
 * The canonical label of each blank node.
 *
 * @throws CommuniqueError `canonical-refused` where too many are alike, or stand beside triple terms, of which RDFC-1.0 does not tell
 * @see RDF Dataset Canonicalization (RDFC-1.0), 4 (Canonicalization)
 */
export async function canonicalLabels(quads: readonly Quad[]): Promise<ReadonlyMap<string, string>> {
  const canonicalIdMap = new Map<string, string>()
  try {
    if (quads.some(({ object }) => object.termType === 'Quad')) throw new Error('triple terms')
    await canonize(quads, { algorithm: 'RDFC-1.0', canonicalIdMap, maxWorkFactor: 3 })
    return canonicalIdMap
  } catch (cause) {
    const what = 'the blank nodes are so alike that telling them apart would take too long, or stand beside triple terms'
    throw new CommuniqueError('canonical-refused', { what, mend: 'give them IRIs', cause })
  }
}
