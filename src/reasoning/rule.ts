import { basename } from 'node:path'
import type { Quad } from 'n3'
import { parse as parseYaml } from 'yaml'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import { readTexts } from '../file.ts'
import { suggestion } from '../nearest.ts'
import type { Algebra } from '../query/algebra.ts'
import { parseQuery } from '../query/engine.ts'

/** How far an inference can be relied on. Local names of terms. */
export const CERTAINTIES = ['HighCertainty', 'MediumCertainty'] as const
export type Certainty = (typeof CERTAINTIES)[number]

/** A rule: one CONSTRUCT query in a file, with its name and what it takes for granted. */
export interface Rule {
  /** File name without extension; the rule's IRI is `…/rule/{name}`. */
  readonly name: string
  readonly file: string
  readonly text: string
  readonly summary: string
  readonly assumption?: string | undefined
  readonly certainty: Certainty
  /** What it concludes: triple patterns. */
  readonly template: readonly Quad[]
  /** What it looks for. */
  readonly where: Algebra
}

/**
 * The keys of a `#+` header in YAML, e.g. `summary`; empty when a file has none. A byte order mark, CRLF and tabs are
 * survived.
 *
 * @throws CommuniqueError `query-header`
 * @example readHeader('#+ summary: Who was elected\nSELECT ?x {}', 'q.rq').summary // 'Who was elected'
 */
export function readHeader(text: string, file: string): Readonly<Record<string, unknown>> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const header = lines.filter(line => line.startsWith('#+')).map(line => line.slice(2).replace(/^ /, '').replace(/\t/g, '  '))
  try {
    const value: unknown = parseYaml(header.join('\n'), { maxAliasCount: 0 })
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
  } catch (cause) {
    const line = (cause as { linePos?: [{ line: number }] }).linePos?.[0].line ?? 1
    throw new CommuniqueError('query-header', {
      what: 'the #+ header is not valid YAML',
      where: { file, line, text: lines[line - 1] ?? '' },
      mend: 'write lines like "#+ summary: what it asks"',
      cause,
    })
  }
}

/**
 * Reads all rules of a folder, sorted by name; none when the folder does not exist.
 *
 * @param shown how the folder is called in faults
 * @param faults gets the faults of rules that cannot be used; the others work on
 */
export async function readRules(folder: string, shown: string, faults: Fault[]): Promise<Rule[]> {
  const files = await readTexts(folder, shown, '.rq', faults)
  const rules = files.map(({ file, text }) => collectFaults(faults, () => readRule(text, basename(file, '.rq'), file)))
  return (await Promise.all(rules)).filter(rule => rule !== undefined)
}

/**
 * Reads one rule.
 *
 * @throws CommuniqueError `query-header`, `unknown-certainty`, `rule-form` for what is no CONSTRUCT, and as `parseQuery`
 */
export async function readRule(text: string, name: string, file: string): Promise<Rule> {
  const header = readHeader(text, file)
  const wanted = String(header.certainty ?? 'HighCertainty')
  const certainty = CERTAINTIES.find(known => known === wanted)
  if (certainty === undefined) {
    const what = `"${wanted}" is not a certainty`
    throw new CommuniqueError('unknown-certainty', { what, where: { file }, mend: suggestion(wanted, CERTAINTIES) })
  }
  const algebra = await parseQuery(text, { file })
  if (algebra.type !== 'construct')
    throw new CommuniqueError('rule-form', {
      what: `rule "${name}" is not a CONSTRUCT query`,
      where: { file },
      mend: 'write CONSTRUCT { conclusion } WHERE { premises }',
    })
  return {
    name,
    file,
    text,
    summary: String(header.summary ?? name),
    assumption: header.assumption === undefined ? undefined : String(header.assumption),
    certainty,
    template: algebra.template as Quad[],
    where: algebra.input as Algebra,
  }
}
