import { CommuniqueError } from '../error.ts'
import { type Algebra, isNode } from './algebra.ts'
import { type Bracket, brackets, locate, tokens } from './query-text.ts'

/** The longest text that is parsed, in UTF-16 code units. */
export const LONGEST_TEXT = 1_000_000

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
    const [length, most] = [text.length, LONGEST_TEXT].map(number => number.toLocaleString('en'))
    throw new CommuniqueError('query-too-long', {
      what: `the query has ${length} characters, and at most ${most} are read`,
      where: file === undefined ? undefined : { file },
      mend: 'put long lists into the data, or ask several queries',
    })
  }
  if (text.length > DEEPEST_TEXT && (deepest(text)?.depth ?? 0) > DEEPEST_TEXT) throw tooDeep(text, file)
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
  const { start, image } = deepest(text)?.token ?? { start: 0, image: ' ' }
  return new CommuniqueError('query-too-deep', {
    what: 'the query has too many parts within each other, or in one chain',
    where: { ...(file === undefined ? {} : { file }), ...locate(text, start), length: image.length },
    mend: 'write VALUES or IN for a long list of alternatives, and one group for nested ones',
    cause,
  })
}

function deepest(text: string): Bracket | undefined {
  let found: Bracket | undefined
  for (const bracket of brackets(tokens(text))) if ((bracket?.depth ?? 0) > (found?.depth ?? 0)) found = bracket
  return found
}
