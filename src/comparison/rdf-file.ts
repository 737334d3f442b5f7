import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Quad } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import type { Prefixes } from '../rdf/prefixes.ts'
import { readQuadBatches } from '../syntax/read.ts'

/**
 * The quads of an RDF file and the prefixes that it declares.
 *
 * @param shown what the file is called in faults
 * @throws CommuniqueError `missing-file`, and as `readQuads`
 */
export async function readRdfFile(
  path: string,
  shown: string,
): Promise<{ readonly quads: readonly Quad[]; readonly prefixes: Prefixes }> {
  if (!(await stat(path).catch(() => undefined))?.isFile())
    throw new CommuniqueError('missing-file', { what: 'this file cannot be read', where: { file: shown } })
  const prefixes: Record<string, string> = {}
  const quads: Quad[] = []
  const onPrefix = (prefix: string, iri: string): void => {
    prefixes[prefix] = iri
  }
  for await (const batch of readQuadBatches(createReadStream(path), { file: shown, baseIRI: 'urn:file:', onPrefix }))
    for (const quad of batch) quads.push(quad)
  return { quads, prefixes }
}
