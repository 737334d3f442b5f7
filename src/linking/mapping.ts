import { parse, stringify } from 'yaml'
import type { Fault } from '../error.ts'
import { expand, type Prefixes, shorten } from '../rdf/prefixes.ts'

/**
 * What was decided of a pair; `none`: looked for in a source, and not found.
 *
 * @example VERDICTS.length // 5
 */
export const VERDICTS = ['accepted', 'rejected', 'unsure', 'withdrawn', 'none'] as const
export type Verdict = (typeof VERDICTS)[number]

/** A thing of ours and one of another source, and what was decided of them. */
export interface Mapping {
  readonly subject: string
  readonly subjectLabel: string
  /** IRI of the relation, e.g. that of `owl:sameAs`. */
  readonly predicate: string
  /** Absent where nothing was found. */
  readonly object?: string | undefined
  readonly objectLabel: string
  readonly verdict: Verdict
  /** Term of semapv, e.g. `semapv:MappingReview`. */
  readonly justification: string
  /** Trust in the mapping, from 0 to 1. */
  readonly confidence?: number | undefined
  /** What of the two agrees, each independent of the others: `name`, `country`, `iso3166`, `geonames` ... */
  readonly keys: readonly string[]
  /** Who or what proposed it, and who decided: IRIs of agents. */
  readonly author?: string | undefined
  readonly reviewer?: string | undefined
  /** The day, as `2026-11-29`. */
  readonly date: string
  /** The source, its version, and the file and record in it. */
  readonly source: string
  readonly sourceVersion: string
  readonly record: string
  readonly tool?: string | undefined
  readonly comment?: string | undefined
}

/** The verdicts of a project, as they lie in `data/links.sssom.tsv`. */
export interface MappingSet {
  readonly mappings: readonly Mapping[]
  readonly prefixes: Prefixes
  /** IRI of the licence of the set. */
  readonly licence?: string | undefined
  /** On which lines the mappings that were read stand. */
  readonly lines?: ReadonlyMap<Mapping, number> | undefined
}

/** Prefixes of sources, beside those of the project. */
const CURIES: Prefixes = {
  dbpedia: 'http://dbpedia.org/resource/',
  lcc: 'https://www.omg.org/spec/LCC/Countries/ISO3166-1-CountryCodes/',
  ror: 'https://ror.org/',
  semapv: 'https://w3id.org/semapv/vocab/',
  sssom: 'https://w3id.org/sssom/',
  wd: 'http://www.wikidata.org/entity/',
}

const NOT_FOUND = 'sssom:NoTermFound'

/** The columns in the order of the file: SSSOM's slots, and two of our own. */
const COLUMNS = [
  ...['subject_id', 'subject_label', 'predicate_id', 'predicate_modifier', 'object_id', 'object_label'],
  ...['mapping_justification', 'verdict', 'confidence', 'keys', 'author_id', 'reviewer_id', 'mapping_date'],
  ...['object_source', 'object_source_version', 'record', 'mapping_tool', 'comment'],
] as const
type Row = Partial<Record<(typeof COLUMNS)[number], string>>

const REQUIRED = [
  'subject_id',
  'predicate_id',
  'object_id',
  'mapping_justification',
  'verdict',
  'mapping_date',
  'object_source',
] as const

/**
 * Reads verdicts.
 *
 * @returns the mappings of all sound lines, and a fault for each other
 * @example readMappings('', 'links.sssom.tsv', project.prefixes).faults // []
 * @see SSSOM 1.1, TSV; `verdict`, `keys` and `record` are extension slots, `predicate_modifier` is `Not` where a pair was rejected
 */
export function readMappings(text: string, file: string, prefixes: Prefixes): { set: MappingSet; faults: readonly Fault[] } {
  const faults: Fault[] = []
  const fault = (line: number, what: string, mend?: string): void => {
    faults.push({ code: 'sssom-row', what, where: { file, line }, mend })
  }
  const lines = text.split(/\r?\n/)
  const isHead = (line: string): boolean => line.startsWith('#')
  const head = lines
    .filter(isHead)
    .map(line => line.slice(1))
    .join('\n')
  const described = headOf(head, problem => fault(1, problem, 'see the head of the file that "communique link" writes'))
  const known = {
    ...prefixes,
    ...CURIES,
    agent: `${prefixes.id?.replace(/id\/$/, '')}agent/`,
    ...described.curie_map,
  }
  const body = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line !== '' && !isHead(line))
  const columns = body[0]?.line.split('\t') ?? []
  const missing = REQUIRED.filter(name => !columns.includes(name))
  if (body.length > 0 && missing.length > 0) fault(body[0]!.number, `the columns ${missing.join(', ')} are missing`)
  const places = new Map<Mapping, number>()
  for (const { line, number } of body.slice(1)) {
    const cells = line.split('\t')
    const row = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])) as Row
    const lacking = REQUIRED.filter(name => (row[name] ?? '') === '')
    if (lacking.length > 0) fault(number, `${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} empty`)
    else
      try {
        places.set(mappingOf(row, known), number)
      } catch (error) {
        fault(number, error instanceof Error ? error.message : String(error))
      }
  }
  return { set: { mappings: [...places.keys()], prefixes: known, licence: described.license, lines: places }, faults }
}

interface Head {
  readonly curie_map?: Readonly<Record<string, string>>
  readonly license?: string
}

function headOf(head: string, fault: (what: string) => void): Head {
  try {
    return (parse(head) ?? {}) as Head
  } catch (error) {
    fault(`the head is no YAML: ${(error as Error).message.split('\n')[0]}`)
    return {}
  }
}

function mappingOf(row: Row, prefixes: Prefixes): Mapping {
  const iri = (name: string | undefined): string => (/^[a-z]+:\/\//i.test(name ?? '') ? name! : expand(name ?? '', prefixes))
  const optional = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text)
  const verdict = VERDICTS.find(name => name === row.verdict)
  if (verdict === undefined) throw new Error(`there is no verdict "${row.verdict}": use ${VERDICTS.join(', ')}`)
  if (!/^\d{4}-\d\d-\d\d$/.test(row.mapping_date!)) throw new Error(`"${row.mapping_date}" is no day such as 2026-11-29`)
  if ((row.predicate_modifier === 'Not') !== (verdict === 'rejected'))
    throw new Error('predicate_modifier is "Not" where the verdict is "rejected", and nowhere else')
  if ((row.object_id === NOT_FOUND) !== (verdict === 'none'))
    throw new Error(`object_id is ${NOT_FOUND} where the verdict is "none", and nowhere else`)
  const confidence = optional(row.confidence)
  if (confidence !== undefined && !(Number(confidence) >= 0 && Number(confidence) <= 1))
    throw new Error(`the confidence "${confidence}" is not between 0 and 1`)
  const agent = (name: string | undefined): string | undefined => (optional(name) === undefined ? undefined : iri(name))
  return {
    subject: iri(row.subject_id),
    subjectLabel: row.subject_label ?? '',
    predicate: iri(row.predicate_id),
    object: verdict === 'none' ? undefined : iri(row.object_id),
    objectLabel: row.object_label ?? '',
    verdict,
    justification: row.mapping_justification!,
    confidence: confidence === undefined ? undefined : Number(confidence),
    keys: (row.keys ?? '').split('|').filter(key => key !== ''),
    author: agent(row.author_id),
    reviewer: agent(row.reviewer_id),
    date: row.mapping_date!,
    source: iri(row.object_source),
    sourceVersion: row.object_source_version ?? '',
    record: row.record ?? '',
    tool: optional(row.mapping_tool),
    comment: optional(row.comment),
  }
}

/**
 * Verdicts as text: a line for each, in the order of things, then of what they were compared with, then of days.
 *
 * @param more slots of the set, besides its id, licence and prefixes
 * @example mappingsText(project.links).includes('kim-jong-young') // true
 */
export function mappingsText({ mappings, prefixes, licence }: MappingSet, more: Readonly<Record<string, string>> = {}): string {
  const short = (iri: string | undefined): string => (iri === undefined ? '' : shorten(iri, prefixes))
  const rows = mappings.map(
    (mapping): Row => ({
      subject_id: short(mapping.subject),
      subject_label: mapping.subjectLabel,
      predicate_id: short(mapping.predicate),
      predicate_modifier: mapping.verdict === 'rejected' ? 'Not' : '',
      object_id: mapping.object === undefined ? NOT_FOUND : short(mapping.object),
      object_label: mapping.objectLabel,
      mapping_justification: mapping.justification,
      verdict: mapping.verdict,
      confidence: mapping.confidence?.toFixed(2) ?? '',
      keys: mapping.keys.join('|'),
      author_id: short(mapping.author),
      reviewer_id: short(mapping.reviewer),
      mapping_date: mapping.date,
      object_source: short(mapping.source),
      object_source_version: mapping.sourceVersion,
      record: mapping.record,
      mapping_tool: mapping.tool ?? '',
      comment: mapping.comment ?? '',
    }),
  )
  const line = (row: Row): string => COLUMNS.map(name => (row[name] ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')
  const used = Object.entries(prefixes).filter(([prefix]) =>
    rows.some(row => Object.values(row).some(cell => cell.startsWith(`${prefix}:`))),
  )
  const slots = {
    mapping_set_id: `${prefixes.id?.replace(/id\/$/, '') ?? ''}links`,
    ...more,
    license: licence ?? 'https://creativecommons.org/publicdomain/zero/1.0/',
    curie_map: Object.fromEntries(used.sort(([one], [other]) => (one < other ? -1 : 1))),
    extension_definitions: ['verdict', 'keys', 'record'].map(name => ({ slot_name: name })),
  }
  const head = stringify(slots, { lineWidth: 0 })
  const sorted = [...new Set(rows.map(line))].sort((one, other) => (one < other ? -1 : 1))
  const comments = head
    .trimEnd()
    .split('\n')
    .map(text => `#${text}\n`)
  return `${comments.join('')}${COLUMNS.join('\t')}\n${sorted.map(text => `${text}\n`).join('')}`
}
