import type { Source } from '../project/source.ts'

/** A source as indented lines: rule, premises, sentences. */
export function sourceLines(source: Source, indent = ''): string[] {
  const name = source.claim.slice(source.claim.lastIndexOf('/') + 1)
  const lines: string[] = []
  if (source.quote !== undefined)
    lines.push(
      `${indent}[${source.sentence}] “${source.quote}” (${source.start}–${source.end}, ${name}${source.status === 'Asserted' ? '' : `, ${source.status}`}; says ${source.voice})`,
    )
  else if (source.status === 'Source') lines.push(`${indent}source: ${source.voice} <${source.claim}>`)
  else if (source.rule !== undefined)
    lines.push(`${indent}${source.status === 'PlainStatement' ? 'in short' : 'inferred'}: ${source.rule}`)
  else lines.push(`${indent}curator (${name}): ${source.reason ?? ''}`)
  if (source.assumption !== undefined) lines.push(`${indent}  assuming: ${source.assumption}`)
  for (const premise of source.premises ?? []) lines.push(...sourceLines(premise, `${indent}  `))
  return lines
}
