import { Parser, type Quad } from 'n3'
import type { Fault } from '../error.ts'
import { turtleFault } from './turtle-fault.ts'

export interface ReadOptions {
  readonly file: string
  readonly baseIRI: string
  readonly prefixes?: Readonly<Record<string, string>>
  /** Number of the text's first line within its file; 1 unless it is part of a larger file. */
  readonly firstLine?: number
}

export interface ReadResult {
  readonly quads: readonly Quad[]
  readonly prefixes: Readonly<Record<string, string>>
  readonly faults: readonly Fault[]
}

const MOST_FAULTS = 20

/**
 * Reads Turtle strictly and reports every fault, not the first: after one, reading goes on at the next line that
 * begins a statement. Blank nodes are refused, since what we author has none.
 *
 * @see RDF 1.2 Turtle
 */
export function readTurtle(text: string, { file, baseIRI, prefixes = {}, firstLine = 1 }: ReadOptions): ReadResult {
  const known: Record<string, string> = { ...prefixes }
  const quads: Quad[] = []
  const faults: Fault[] = []
  const lines = text.split('\n')
  let from = 0
  while (from < lines.length && faults.length < MOST_FAULTS) {
    const head = Object.entries(known)
      .map(([name, iri]) => `PREFIX ${name}: <${iri}> `)
      .join('')
    try {
      const parser = new Parser({ format: 'text/turtle', baseIRI })
      quads.push(
        ...parser.parse(`${head}\n${lines.slice(from).join('\n')}`, null, (name, iri) => {
          known[name] = typeof iri === 'string' ? iri : iri.value
        }),
      )
      break
    } catch (error) {
      // The first line of what was parsed are the prefixes.
      const { where, ...fault } = turtleFault(error, line => lines[from + line - 2])
      const at = from + where.line! - 2
      faults.push({ ...fault, where: { file, ...where, line: firstLine + at } })
      const next = lines.findIndex(
        (line, index) =>
          index > at && /^\S/.test(line) && /(^|[.;]\s*)$/.test((lines[index - 1] ?? '').trim()) && !/^[#\]).;,]/.test(line),
      )
      if (next < 0) break
      from = next
    }
  }
  return { quads, prefixes: known, faults }
}
