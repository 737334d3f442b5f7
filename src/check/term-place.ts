import { escapeRegExp } from '../article/quote.ts'
import type { Where } from '../error.ts'

/** A file as it is called in faults, with its text. */
export interface NamedText {
  readonly file: string
  readonly text: string
}

/** Where a term is described in one of several Turtle files: where a line begins with it, else where it first stands. */
export function whereInFiles(files: readonly NamedText[], name: string): Where | undefined {
  const word = escapeRegExp(name)
  for (const pattern of [new RegExp(`^${word}(?![\\w-])`, 'm'), new RegExp(`(?<![\\w-])${word}(?![\\w-])`)]) {
    for (const { file, text } of files) {
      const offset = text.search(pattern)
      if (offset < 0) continue
      const before = text.slice(0, offset).split('\n')
      const line = before.length
      return { file, line, column: before.at(-1)!.length + 1, text: text.split('\n')[line - 1]! }
    }
  }
  return undefined
}
