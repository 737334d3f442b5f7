import { distance } from 'fastest-levenshtein'

/**
 * The name most like a wrong one, if one is near: at most two letters differ, or two fifths of a longer name.
 *
 * @example nearestName('cmq:electPerson', ['cmq:electsPerson', 'cmq:fillsPost']) // 'cmq:electsPerson'
 */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let cost = Math.max(2, Math.ceil(wrong.length * 0.4)) + 1
  for (const name of names) {
    const other = distance(wrong.toLowerCase(), name.toLowerCase())
    if (other < cost) [best, cost] = [name, other]
  }
  return best
}

/**
 * What to write instead of a wrong name, as a sentence.
 *
 * @example suggestion('Planed', ['Asserted', 'Plan']) // 'did you mean "Plan"?'
 */
export function suggestion(wrong: string, names: readonly string[]): string {
  const near = nearestName(wrong, names)
  return near === undefined ? `known are: ${names.slice(0, 12).join(', ')}` : `did you mean "${near}"?`
}
