import { readFile } from 'node:fs/promises'
import { Parser, type Quad } from 'n3'
import { CommuniqueError } from '../error.ts'
import { decodeUtf8 } from '../file.ts'
import type { Prefixes } from '../rdf/prefixes.ts'
import { syntaxOf } from '../syntax/syntax.ts'

/**
 * The quads of an RDF file and the prefixes that it declares.
 *
 * @param shown what the file is called in faults
 * @throws CommuniqueError `missing-file`, `unknown-syntax`, `invalid-utf8`, `turtle-syntax` with the line
 */
export async function readRdfFile(
  path: string,
  shown: string,
): Promise<{ readonly quads: readonly Quad[]; readonly prefixes: Prefixes }> {
  const { mediaType } = syntaxOf(shown)
  const bytes = await readFile(path).catch(cause => {
    throw new CommuniqueError('missing-file', { what: 'this file cannot be read', where: { file: shown }, cause })
  })
  const prefixes: Record<string, string> = {}
  try {
    const parser = new Parser({ format: mediaType, baseIRI: 'urn:file:' })
    const quads = parser.parse(decodeUtf8(bytes, shown), null, (prefix, iri) => {
      prefixes[prefix] = typeof iri === 'string' ? iri : iri.value
    })
    return { quads, prefixes }
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof CommuniqueError) throw cause
    const line = Number(/on line (\d+)/.exec(cause.message)?.[1] ?? 1)
    throw new CommuniqueError('turtle-syntax', { what: cause.message, where: { file: shown, line }, cause })
  }
}
