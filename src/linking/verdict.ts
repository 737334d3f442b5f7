import { CommuniqueError } from '../error.ts'
import { normalIri } from './identifier.ts'
import type { Mapping, MappingSet } from './mapping.ts'

/**
 * Verdicts with one more. A pair has one verdict at a time: what was unsure can be decided, what was decided has to be withdrawn
 * first, which stays in the history. So a pair that was rejected never comes back by itself.
 *
 * @throws CommuniqueError `link-decided` for a pair that was accepted or rejected before
 * @example withVerdict({ mappings: [], prefixes: {} }, project.links.mappings[0]).mappings.length // 1
 */
export function withVerdict(set: MappingSet, mapping: Mapping): MappingSet {
  const before = set.mappings.find(other => isSamePair(other, mapping) && other.verdict !== 'withdrawn')
  if (before !== undefined && before.verdict !== 'unsure' && before.verdict !== 'none')
    throw new CommuniqueError('link-decided', {
      what: `${before.subjectLabel} and <${before.object}> were ${before.verdict} on ${before.date}${before.comment === undefined ? '' : `: ${before.comment}`}`,
      mend: 'withdraw that first: communique link withdraw <thing> <target>',
    })
  const answered = (other: Mapping): boolean =>
    other === before ||
    (other.verdict === 'none' &&
      mapping.verdict === 'accepted' &&
      other.subject === mapping.subject &&
      other.source === mapping.source)
  return { ...set, mappings: [...set.mappings.filter(other => !answered(other)), mapping] }
}

/**
 * Verdicts in which one is withdrawn; it stays, with the day and the reason.
 *
 * @throws CommuniqueError `link-unknown` where there is none to withdraw
 * @example withdrawn(project.links, project.links.mappings[1].subject, project.links.mappings[1].object, '2026-12-01').mappings[1].verdict // 'withdrawn'
 */
export function withdrawn(set: MappingSet, subject: string, object: string, date: string, comment?: string): MappingSet {
  const found = set.mappings.filter(one => isSamePair(one, { subject, object }) && one.verdict !== 'withdrawn')
  if (found.length === 0)
    throw new CommuniqueError('link-unknown', {
      what: `nothing was decided of <${subject}> and <${object}>`,
      mend: 'see "communique link status"',
    })
  const why = (mapping: Mapping): string =>
    [`${mapping.verdict} on ${mapping.date}`, mapping.comment, comment].filter(Boolean).join('; ')
  return {
    ...set,
    mappings: set.mappings.map(one =>
      found.includes(one) ? { ...one, verdict: 'withdrawn' as const, date, comment: why(one) } : one,
    ),
  }
}

/**
 * Pairs that do not come back: those that were rejected.
 *
 * @example decidedPairs(project.links).length // 2
 */
export function decidedPairs({ mappings }: MappingSet): { readonly thing: string; readonly candidate: string }[] {
  return mappings.flatMap(({ subject, object, verdict }) =>
    object !== undefined && verdict === 'rejected' ? [{ thing: subject, candidate: object }] : [],
  )
}

function isSamePair(one: Pick<Mapping, 'subject' | 'object'>, other: Pick<Mapping, 'subject' | 'object'>): boolean {
  if (one.subject !== other.subject) return false
  return one.object === undefined || other.object === undefined
    ? one.object === other.object
    : normalIri(one.object) === normalIri(other.object)
}
