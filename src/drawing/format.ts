import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import { writeDot } from './dot.ts'
import type { Drawing } from './drawing.ts'
import { writeMermaid } from './mermaid.ts'
import { writeSvg } from './svg.ts'

/** A way to write a drawing. */
export interface DrawingFormat {
  readonly name: string
  readonly mediaType: string
  /** Of a file, without the dot. */
  readonly extension: string
  readonly write: (drawing: Drawing) => string | Promise<string>
}

/**
 * Every format of drawings; the first is the usual one.
 *
 * @example DRAWING_FORMATS.map(({ name }) => name) // ['svg', 'dot', 'mermaid']
 */
export const DRAWING_FORMATS: readonly DrawingFormat[] = [
  { name: 'svg', mediaType: 'image/svg+xml', extension: 'svg', write: writeSvg },
  { name: 'dot', mediaType: 'text/vnd.graphviz', extension: 'dot', write: writeDot },
  { name: 'mermaid', mediaType: 'text/vnd.mermaid', extension: 'mmd', write: writeMermaid },
]

/**
 * The format with a name, or with the extension of its files.
 *
 * @throws CommuniqueError `unknown-format` with the nearest name
 * @example drawingFormatOf('mmd').name // 'mermaid'
 */
export function drawingFormatOf(name: string): DrawingFormat {
  const found = DRAWING_FORMATS.find(format => format.name === name || format.extension === name)
  if (found !== undefined) return found
  const names = DRAWING_FORMATS.map(format => format.name)
  throw new CommuniqueError('unknown-format', { what: `there is no format "${name}" of pictures`, mend: suggestion(name, names) })
}
