import { CommuniqueError } from '../error.ts'
import { type Algebra, isNode } from '../sparql/algebra.ts'
import { type Bracket, brackets, locate, type Token, tokens } from './query-text.ts'

/** The longest text that is parsed, in UTF-16 code units. */
export const LONGEST_TEXT = 1_000_000

/** How deep algebra may be. `1 || 1 || …` has no brackets, yet each link of the chain stands within the next. */
export const DEEPEST_ALGEBRA = 1000

/**
 * Keeps from the parser what would take it too long.
 *
 * @throws CommuniqueError `query-too-long`
 */
export function refuseHugeText(text: string, file: string | undefined): void {
  if (text.length <= LONGEST_TEXT) return
  const what = `the query has more than ${LONGEST_TEXT.toLocaleString('en')} characters`
  const where = file === undefined ? undefined : { file }
  throw new CommuniqueError('query-too-long', { what, where, mend: 'put long lists into the data, or ask several queries' })
}

/**
 * Keeps from all who walk through algebra what they could not stand.
 *
 * @throws CommuniqueError `query-too-deep`
 */
export function refuseDeepAlgebra(algebra: Algebra, text: string, file: string | undefined): void {
  // Each level is at least a character of the text.
  if (text.length <= DEEPEST_ALGEBRA) return
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
