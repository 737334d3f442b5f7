import { parse as parseYaml } from 'yaml'
import { CommuniqueError } from '../error.ts'

/**
 * The keys of a `#+` header in YAML, e.g. `summary`; empty when a file has none. A byte order mark, CRLF and tabs are
 * survived.
 *
 * @throws CommuniqueError `query-header`
 * @example readHeader('#+ summary: Who was elected\nSELECT ?x {}', 'q.rq').summary // 'Who was elected'
 */
export function readHeader(text: string, file: string): Readonly<Record<string, unknown>> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const numbers = lines.flatMap((line, index) => (line.startsWith('#+') ? [index] : []))
  const header = numbers.map(index =>
    lines[index]!.slice(2)
      .replace(/^[ \t]/, '')
      .replace(/\t/g, '  '),
  )
  try {
    const value: unknown = parseYaml(header.join('\n'), { maxAliasCount: 0 })
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
  } catch (cause) {
    const place = (cause as { linePos?: [{ line: number }] }).linePos?.[0].line ?? 1
    const line = (numbers[Math.min(place, numbers.length) - 1] ?? 0) + 1
    throw new CommuniqueError('query-header', {
      what: 'the #+ header is not valid YAML',
      where: { file, line, text: lines[line - 1] ?? '' },
      mend: 'write lines like "#+ summary: what it asks"',
      cause,
    })
  }
}
