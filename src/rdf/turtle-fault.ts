import type { Fault, Where } from '../error.ts'

/** What n3 tells of its errors; columns count from 0. */
interface ParserToken {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly endLine?: number
}

/** What to do about what n3 says. */
const MENDS: readonly (readonly [says: RegExp, mend: string])[] = [
  [/^prefix /, 'declare it, or use one of the prefixes of the project'],
  [/^Expected punctuation/, 'the statement before this is not ended: look for a missing "." or ";" on the line above'],
  [/^Unexpected ""|^Unexpected "'/, 'a text ends with the quotation marks it began with: three of them if it has several lines'],
  [/^Unexpected "</, 'an IRI has no spaces and ends with ">"'],
  [/ eof$/, 'the text ends within a statement'],
  [/subtag longer/, 'the parts of a language tag have at most eight letters'],
]

/**
 * An error of n3 as a fault of ours, with its column, which n3 does not tell.
 *
 * @param lineText the text of a line, by its number; undefined if it is not known any more
 * @see RDF 1.2 Turtle
 */
export function turtleFault(error: unknown, lineText: (line: number) => string | undefined): Fault & { where: Where } {
  const { message, context = {} } = error as Error & {
    context?: { line?: number; token?: ParserToken; previousToken?: ParserToken }
  }
  const { token, previousToken: before, line = 1 } = context
  const text = lineText(line)
  const from = before !== undefined && (before.endLine ?? before.line) === line ? before.end : 0
  const start = token?.start ?? from + (text?.slice(from).search(/\S|$/) ?? 0)
  const length = token !== undefined && token.endLine === undefined ? Math.max(1, token.end - token.start) : 1
  const said = message.replace(/ on line \d+\.?$/, '').slice(0, 200)
  const prefix = /^Undefined prefix "([^"]*):"/.exec(said)?.[1]
  const what = prefix === undefined ? said : `prefix "${prefix}:" is not declared`
  return {
    code: prefix === undefined ? 'turtle-syntax' : 'undeclared-prefix',
    what,
    where: { line, column: start + 1, length, ...(text === undefined ? {} : { text }) },
    mend: MENDS.find(([says]) => says.test(what))?.[1] ?? 'see the Turtle grammar: subject predicate object, ended by "."',
  }
}
