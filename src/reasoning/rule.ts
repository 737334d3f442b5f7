import { basename } from 'node:path'
import type { Quad } from 'n3'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import { readTexts } from '../file.ts'
import { suggestion } from '../nearest.ts'
import { parseQuery } from '../query/engine.ts'
import { readHeader } from '../query/header.ts'
import type { Algebra } from '../sparql/algebra.ts'

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
