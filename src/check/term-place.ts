import { escapeRegExp } from '../article/quote.ts'
import type { Where } from '../error.ts'
import type { TextFile } from '../file.ts'

/**
 * Where a term is described in one of several Turtle files: where a line begins with it, else where it first stands.
 *
 * @param name a prefixed name, or an IRI between angle brackets, which a file may write with a prefix of its own
 */
export function whereInFiles(files: readonly TextFile[], name: string): Where | undefined {
  const local = /[#/]([\w-]+)>$/.exec(name)?.[1]
  const words = [escapeRegExp(name), ...(local === undefined ? [] : [`[\\w-]*:${local}`])]
  for (const start of ['^', '(?<![\\w-])']) {
    for (const word of words) {
      for (const file of files) {
        const where = placeOf(file, new RegExp(`${start}${word}(?![\\w-])`, 'm'))
        if (where) return where
      }
    }
  }
  return undefined
}

function placeOf({ file, text }: TextFile, pattern: RegExp): Where | undefined {
  const offset = text.search(pattern)
  if (offset < 0) return undefined
  const before = text.slice(0, offset).split('\n')
  const line = before.length
  return { file, line, column: before.at(-1)!.length + 1, text: text.split('\n')[line - 1]! }
}
