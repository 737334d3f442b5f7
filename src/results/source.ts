import type { Source } from '../project/source.ts'

/** A source as indented lines: rule, premises, sentences with the words they are read with. */
export function sourceLines(source: Source, indent = ''): string[] {
  const lines = [`${indent}${sourceLine(source)}`]
  for (const { quote, start, end } of source.readWith ?? [])
    lines.push(`${indent}  read with “${quote.replace(/\s+/g, ' ')}” (${start}–${end})`)
  if (source.assumption !== undefined) lines.push(`${indent}  assuming: ${source.assumption}`)
  for (const premise of source.premises ?? []) lines.push(...sourceLines(premise, `${indent}  `))
  return lines
}

/** A source as one line, without its premises: `[s12-1] “words” (2278–2426; says the author of the document)`. */
export function sourceLine(source: Source): string {
  const { quote, start, end, status, voice, rule, reason, certainty } = source
  const how = certainty === undefined ? '' : `, ${certainty.replace('Certainty', '').toLowerCase()} certainty`
  if (status === 'Source' || status === 'Service') return `source: ${voice} <${source.claim}>`
  if (rule !== undefined) return status === 'PlainStatement' ? `in short: ${rule}` : `inferred${how}: ${rule}`
  if (quote === undefined) return `[${source.id}] curator${how}: ${reason ?? ''}`
  return `[${source.id}] “${quote.replace(/\s+/g, ' ')}” (${start}–${end}; ${status === 'Asserted' ? '' : `${status}; `}says ${voice})`
}
