import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer, AnswerRow } from '../answers/answer.ts'
import { inTextOrder, type Source } from '../project/source.ts'
import { humanized } from './words.ts'

/** What rows rest on, each thing once under a short name: for marks beside the rows and footnotes below them. */
export interface Citations {
  /** Claims under their ids, in the order of the text, then those of the curator; rules and outside sources under letters. */
  readonly footnotes: ReadonlyMap<string, Source>
  /** The mark of a row. */
  of(sources: readonly Source[]): Mark
  /** The name of what is cited. */
  nameOf(source: Source): string
}

/** What is said beside a row. */
export interface Mark {
  readonly claims: readonly string[]
  /** Letters of rules and outside sources. */
  readonly others: readonly string[]
  readonly isInferred: boolean
}

/** The citations of rows. Plain statements are seen through: what they shorten stands for them. */
export function citations(rows: readonly AnswerRow[]): Citations {
  const cited = [
    ...within(
      rows.flatMap(({ sources }) => sources),
      true,
    ),
  ]
  const claims = cited.filter(hasOwnName).sort(inTextOrder)
  const footnotes = new Map(claims.map(source => [source.id, source]))
  const letters = new Map<string, string>()
  for (const source of cited.filter(one => !hasOwnName(one))) {
    if (letters.has(kindOf(source))) continue
    letters.set(kindOf(source), letter(letters.size))
    footnotes.set(letters.get(kindOf(source))!, source)
  }
  const nameOf = (source: Source): string => (hasOwnName(source) ? source.id : letters.get(kindOf(source))!)
  return {
    footnotes,
    nameOf,
    of: sources => {
      const own = [...within(sources)]
      return {
        claims: own.filter(hasOwnName).sort(inTextOrder).map(nameOf),
        others: [...new Set(own.filter(source => !hasOwnName(source)).map(nameOf))],
        isInferred: own.some(({ status }) => status === 'Inference'),
      }
    },
  }
}

/** The ids of all that a row rests on, as a standard format cites it: each inference, and the claims that it comes down to. */
export function citedIds(sources: readonly Source[]): string[] {
  return [...within(sources)].map(({ id }) => id)
}

/** Claims, inferences and outside sources behind sources, each once; with `deep` also what the curator infers from. */
function* within(sources: readonly Source[], deep = false, seen = new Set<string>()): Generator<Source> {
  for (const source of sources) {
    if (seen.has(source.claim)) continue
    seen.add(source.claim)
    if (source.status !== 'PlainStatement') yield source
    if (deep || source.rule !== undefined) yield* within(source.premises ?? [], deep, seen)
  }
}

/** Whether `communique why` knows it by its id. */
function hasOwnName({ rule, status }: Source): boolean {
  return rule === undefined && status !== 'Source' && status !== 'Service'
}

/** One rule is cited once for each certainty, however often it is applied. */
function kindOf({ claim, rule, certainty }: Source): string {
  return rule === undefined ? claim : `${rule}\n${certainty}`
}

/** `a` to `z`, then `a1` to `z1` ... */
function letter(index: number): string {
  return `${String.fromCharCode(97 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26)}`
}

/**
 * The words of a footnote: the quote, with its voice if that is not the author's and its status if it is not plainly asserted;
 * or why the curator says so; or the rule.
 *
 * @param plain what makes text safe where it is to stand
 * @param refer what stands for a premise of the curator's
 */
export function footnoteText(source: Source, plain: (text: string) => string, refer: (premise: Source) => string): string {
  const { claim, status, quote, voice, isAuthors, reason = '', rule, certainty, assumption, premises = [] } = source
  if (status === 'Link') return plain(`link: ${reason} (reviewed by ${voice})`)
  if (status === 'Source' || status === 'Service') return plain(`source: ${voice} <${claim}>`)
  if (quote !== undefined) {
    const manner = [...(status === 'Asserted' ? [] : [humanized(status)]), ...(isAuthors ? [] : [`says ${voice}`])]
    return plain(`“${quote}”${manner.length === 0 ? '' : ` (${manner.join(', ')})`}`)
  }
  if (status !== 'Inference') return plain(`curator: ${reason}`)
  const how = [
    ...(certainty === undefined ? [] : [humanized(certainty)]),
    ...(assumption === undefined ? [] : [`assuming: ${assumption}`]),
  ]
  const manner = how.length === 0 ? '' : ` (${how.join('; ')})`
  if (rule !== undefined) return plain(`inferred by: ${rule}${manner}`)
  return `${plain(`inferred by the curator${manner}: ${reason}`)}${premises.length === 0 ? '' : ` — from ${premises.map(refer).join(' ')}`}`
}

/**
 * The table of an answer for a standard format: its own, or with a last column `sources` of the ids of what each row rests on,
 * a literal. Where a column has that name already, `sources_2`.
 */
export function bindings(
  { columns, rows }: Answer,
  cite = false,
): { readonly columns: readonly string[]; readonly rows: Iterable<ReadonlyMap<string, Term>> } {
  if (!cite) return { columns, rows: valuesOf(rows) }
  let name = 'sources'
  for (let number = 2; columns.includes(name); number++) name = `sources_${number}`
  return { columns: [...columns, name], rows: valuesOf(rows, name) }
}

function* valuesOf(rows: readonly AnswerRow[], column?: string): Generator<ReadonlyMap<string, Term>> {
  for (const { values, sources } of rows) {
    const ids = column === undefined ? [] : citedIds(sources)
    yield ids.length === 0 ? values : new Map<string, Term>([...values, [column!, DataFactory.literal(ids.join(' '))]])
  }
}
