import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import type { Comparison } from './comparison.ts'
import { writeMarkdown } from './markdown.ts'
import { writeText } from './text.ts'

/** How a comparison is to be written; each format heeds what concerns it. */
export interface WriteOptions {
  /** Most lines of a section; all unless told. */
  readonly limit?: number | undefined
  /** Columns of a line: 80 unless told. */
  readonly width?: number | undefined
  /** Text in a style, where the place it goes to has some. */
  readonly style?: ((style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string) | undefined
}

/** A way to write a comparison. */
export interface ComparisonFormat {
  readonly name: string
  readonly mediaType: string
  readonly write: (comparison: Comparison, options?: WriteOptions) => Iterable<string>
}

/**
 * Every format: its row here and a file beside it. The first is the usual one.
 *
 * @example COMPARISON_FORMATS.map(({ name }) => name) // ['text', 'markdown', 'json']
 */
export const COMPARISON_FORMATS: readonly ComparisonFormat[] = [
  { name: 'text', mediaType: 'text/plain', write: writeText },
  { name: 'markdown', mediaType: 'text/markdown', write: writeMarkdown },
  { name: 'json', mediaType: 'application/json', write: comparison => [`${JSON.stringify(comparison, null, 2)}\n`] },
]

/**
 * The format with a name.
 *
 * @throws CommuniqueError `unknown-format` with the nearest name
 * @example comparisonFormat('markdown').mediaType // 'text/markdown'
 */
export function comparisonFormat(name: string): ComparisonFormat {
  const format = COMPARISON_FORMATS.find(known => known.name === name)
  if (format !== undefined) return format
  const names = COMPARISON_FORMATS.map(known => known.name)
  throw new CommuniqueError('unknown-format', { what: `there is no format "${name}"`, mend: suggestion(name, names) })
}
