import { CommuniqueError } from '../error.ts'
import { type Algebra, isNode } from './algebra.ts'
import { type Bracket, brackets, locate, type Token, tokens } from './query-text.ts'

/** The longest text that is parsed, in UTF-16 code units. */
export const LONGEST_TEXT = 1_000_000

/** The longest word outside of strings and IRIs: the parser looks for a colon behind it, once for each of its letters. */
export const LONGEST_WORD = 1000

/** How many brackets may stand within each other. The parser can do with somewhat more braces, and with fewer parentheses. */
export const DEEPEST_TEXT = 200

/** How deep algebra may be. `1 || 1 || …` has no brackets, yet each link of the chain stands within the next. */
export const DEEPEST_ALGEBRA = 1000

/**
 * Keeps from the parser what it could not stand.
 *
 * @throws CommuniqueError `query-too-long`, `query-too-deep`
 */
export function refuseHugeText(text: string, file: string | undefined): void {
  if (text.length > LONGEST_TEXT) {
    const what = `the query has more than ${LONGEST_TEXT.toLocaleString('en')} characters`
    const where = file === undefined ? undefined : { file }
    throw new CommuniqueError('query-too-long', { what, where, mend: 'put long lists into the data, or ask several queries' })
  }
  if (text.length <= DEEPEST_TEXT) return
  const read = tokens(text)
  if ((deepest(read)?.depth ?? 0) > DEEPEST_TEXT) throw tooDeep(text, file)
  const word = longWord(read)
  if (word === undefined) return
  throw new CommuniqueError('query-too-long', {
    what: `a word has more than ${LONGEST_WORD.toLocaleString('en')} characters`,
    where: { ...(file === undefined ? {} : { file }), ...locate(text, word.start) },
    mend: 'write quotation marks around a text',
  })
}

/** The first of the adjacent tokens that make a long word: letters, digits, dots and hyphens. */
function longWord(read: readonly Token[]): Token | undefined {
  let [first, end] = [read[0], 0]
  return (
    read.find(token => {
      const isPart = /^(\w+|-1|[.-])$/.test(token.shape)
      if (!isPart || token.start !== end) first = token
      end = token.end
      return isPart && end - first!.start > LONGEST_WORD
    }) && first
  )
}

/**
 * Keeps from all who walk through algebra what they could not stand.
 *
 * @throws CommuniqueError `query-too-deep`
 */
export function refuseDeepAlgebra(algebra: Algebra, text: string, file: string | undefined): void {
  const left: [part: unknown, depth: number][] = [[algebra, 0]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [part, depth] = next
    if (depth > DEEPEST_ALGEBRA) throw tooDeep(text, file)
    for (const child of Object.values(part as object)) {
      if (Array.isArray(child)) left.push([child, depth])
      else if (isNode(child)) left.push([child, depth + 1])
    }
  }
}

/** The error for what is too deep, with the innermost bracket as its place; a parser tells it by the end of its stack (`cause`). */
export function tooDeep(text: string, file: string | undefined, cause?: unknown): CommuniqueError {
  const { start, image } = deepest(tokens(text))?.token ?? { start: 0, image: ' ' }
  return new CommuniqueError('query-too-deep', {
    what: 'the query has too many parts within each other, or in one chain',
    where: { ...(file === undefined ? {} : { file }), ...locate(text, start), length: image.length },
    mend: 'write VALUES or IN for a long list of alternatives, and one group for nested ones',
    cause,
  })
}

function deepest(read: readonly Token[]): Bracket | undefined {
  let found: Bracket | undefined
  for (const bracket of brackets(read)) if ((bracket?.depth ?? 0) > (found?.depth ?? 0)) found = bracket
  return found
}
