import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError, type Fault } from '../../src/error.ts'
import type { Input } from '../../src/syntax/input.ts'
import { type ReadOptions, readQuadBatches, readQuads } from '../../src/syntax/read.ts'

export const BASE = 'http://example.org/base/'

/** The quads of a text called `a.<extension>`. */
export async function read(extension: string, input: Input, options: Partial<ReadOptions> = {}): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const quad of readQuads(input, { file: `a.${extension}`, baseIRI: BASE, ...options })) quads.push(quad)
  return quads
}

/** The quads of a text, one a line; names of the base are short, and blank nodes are numbered in order. */
export async function lines(extension: string, input: Input, options: Partial<ReadOptions> = {}): Promise<string[]> {
  const names = new Map<string, string>()
  const text = (term: Term): string => {
    if (term.termType === 'BlankNode') {
      if (!names.has(term.value)) names.set(term.value, `_:${names.size + 1}`)
      return names.get(term.value)!
    }
    if (term.termType === 'Literal')
      return `"${term.value}"${term.language && `@${term.language}`}${term.direction ? `--${term.direction}` : ''}`
    return term.value.replace(BASE, ':')
  }
  return (await read(extension, input, options)).map(({ subject, predicate, object, graph }) =>
    [subject, predicate, object, graph].map(text).join(' ').trim(),
  )
}

/** The fault of a text that cannot be read, and how many quads came before it. */
export async function fault(
  extension: string,
  input: Input,
  options: Partial<ReadOptions> = {},
): Promise<Fault & { quads: number; place: string }> {
  let quads = 0
  try {
    for await (const batch of readQuadBatches(input, { file: `a.${extension}`, baseIRI: BASE, ...options })) quads += batch.length
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    const { file, line, column } = error.where ?? {}
    return { ...error.faults[0]!, quads, place: `${file}:${line}:${column}` }
  }
  throw new Error(`there is no fault in ${quads} quads`)
}

/** Bytes that come piece by piece. */
export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** A long input that never lies in memory as a whole: a part many times, to about so many bytes. */
export async function* long(head: string, part: string, bytes: number, tail = ''): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head)
  const block = Buffer.from(part.repeat(Math.ceil(65_536 / part.length)))
  for (let sent = 0; sent < bytes; sent += block.length) yield block
  yield Buffer.from(tail)
}

/** A document of RDF/XML with what stands within its root element. */
export function rdfxml(body: string, doctype = ''): string {
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  return `<?xml version="1.0"?>\n${doctype}<rdf:RDF xmlns:rdf="${rdf}" xmlns="${BASE}">\n${body}\n</rdf:RDF>`
}
