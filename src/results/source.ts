import type { Source } from '../project/source.ts'

/** A source as indented lines: rule, premises, sentences. */
export function sourceLines(source: Source, indent = ''): string[] {
  const lines = [`${indent}${sourceLine(source)}`]
  if (source.assumption !== undefined) lines.push(`${indent}  assuming: ${source.assumption}`)
  for (const premise of source.premises ?? []) lines.push(...sourceLines(premise, `${indent}  `))
  return lines
}

/** A source as one line, without its premises. */
export function sourceLine(source: Source): string {
  const { sentence, quote, start, end, status, voice, rule, reason, certainty } = source
  const id = sourceId(source)
  if (quote !== undefined) {
    const manner = status === 'Asserted' ? '' : `, ${status}`
    return `[${sentence}] “${quote}” (${start}–${end}, ${id}${manner}; says ${voice})`
  }
  if (status === 'Source') return `source: ${voice} <${source.claim}>`
  if (status === 'PlainStatement') return `in short: ${rule}`
  const how = certainty === undefined ? '' : `, ${certainty.replace('Certainty', '').toLowerCase()} certainty`
  if (rule !== undefined) return `inferred${how}: ${rule}`
  return `curator (${id}${status === 'Inference' ? `, inferred${how}` : ''}): ${reason ?? ''}`
}

/** What `communique why` takes: the last part of the claim's IRI. An outside source has its whole IRI. */
export function sourceId({ claim, status }: Source): string {
  return status === 'Source' ? claim : claim.slice(claim.lastIndexOf('/') + 1)
}
