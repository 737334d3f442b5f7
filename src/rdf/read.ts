import { Parser, type Quad } from 'n3'
import type { Fault } from '../error.ts'

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
        ...parser.parse(head + lines.slice(from).join('\n'), null, (name, iri) => {
          known[name] = typeof iri === 'string' ? iri : iri.value
        }),
      )
      break
    } catch (error) {
      const fault = retell(error, lines, from, file, firstLine)
      faults.push(fault.fault)
      const next = lines.findIndex(
        (line, index) =>
          index > fault.index &&
          /^\S/.test(line) &&
          /(^|[.;]\s*)$/.test((lines[index - 1] ?? '').trim()) &&
          !/^[#\]).;,]/.test(line),
      )
      if (next < 0) break
      from = next
    }
  }
  return { quads, prefixes: known, faults }
}

function retell(
  error: unknown,
  lines: readonly string[],
  from: number,
  file: string,
  firstLine: number,
): { fault: Fault; index: number } {
  const message = error instanceof Error ? error.message : String(error)
  const context = (
    error as {
      context?: {
        line?: number
        token?: { value?: string; type?: string; prefix?: string }
        previousToken?: { line?: number; value?: string }
      }
    }
  ).context
  const index = Math.min(lines.length - 1, from + (context?.line ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1)) - 1)
  const text = lines[index] ?? ''
  const token = context?.token
  const spelled =
    token?.prefix !== undefined && token.prefix !== '' ? `${token.prefix}:${token.value ?? ''}` : (token?.value ?? '')
  const found = spelled === '' ? text.search(/\S|$/) : Math.max(0, text.indexOf(spelled))
  const prefix = /Undefined prefix "([^"]*):"/.exec(message)?.[1]
  const expected = /Expected punctuation/.test(message)
  const what =
    prefix !== undefined ? `prefix "${prefix}:" is not declared` : message.replace(/ on line \d+\.?$/, '').slice(0, 200)
  const mend =
    prefix !== undefined
      ? 'declare it, or use one of the prefixes of the project'
      : expected
        ? 'the statement before this is not ended: look for a missing "." or ";" on the line above'
        : 'see the Turtle grammar: subject predicate object, ended by "."'
  return {
    index,
    fault: {
      code: prefix === undefined ? 'turtle-syntax' : 'undeclared-prefix',
      what,
      where: { file, line: firstLine + index, column: found + 1, text },
      mend,
    },
  }
}
