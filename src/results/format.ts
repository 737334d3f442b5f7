import type { Answer, QueryForm } from '../answers/answer.ts'
import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import { withPlainBlankNodes } from './blank-nodes.ts'
import { writeCsv } from './csv.ts'
import { writeJson, writeNdjson } from './json.ts'
import { writeMarkdown } from './markdown.ts'
import { writeRecords } from './records.ts'
import { writeSrj } from './srj.ts'
import { writeTable } from './table.ts'
import { writeTsv } from './tsv.ts'
import { writeTurtle } from './turtle.ts'
import { writeXml } from './xml.ts'

/** How an answer is to be written; each format heeds what concerns it. */
export interface WriteOptions {
  /** Citations in a standard format: a last column `sources`; in Turtle a comment behind each triple. */
  readonly cite?: boolean | undefined
  /** Columns of a line for people: 80 unless told. */
  readonly width?: number | undefined
  /** Text in a style, where the place it goes to has styles; the text itself otherwise. */
  readonly style?: ((style: 'bold' | 'dim' | 'cyan', text: string) => string) | undefined
  /** IRIs in full where people would otherwise read a label. */
  readonly fullIris?: boolean | undefined
}

/** An answer as pieces of text, made as they are asked for. */
export type Writer = (answer: Answer, options?: WriteOptions) => Iterable<string>

/** A way to write an answer. */
export interface ResultFormat {
  readonly name: string
  readonly mediaType: string
  /** Of a file, without the dot; as good as the name for `formatOf`. */
  readonly extension: string
  readonly standard?: { readonly title: string; readonly url: string } | undefined
  /** The forms of query whose answers it can write. */
  readonly forms: readonly QueryForm[]
  readonly write: Writer
}

const ROWS = ['SELECT'] as const
const TRIPLES = ['CONSTRUCT', 'DESCRIBE'] as const
const ALL = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'] as const

const CSV_AND_TSV = {
  title: 'SPARQL 1.1 Query Results CSV and TSV Formats',
  url: 'https://www.w3.org/TR/sparql11-results-csv-tsv/',
}

/**
 * Every result format: its row here and a file beside it. Those for people come first, the first is the usual one.
 *
 * @example FORMATS.find(({ extension }) => extension === 'srx').name // 'xml'
 */
export const FORMATS: readonly ResultFormat[] = (
  [
    { name: 'table', mediaType: 'text/plain', extension: 'txt', forms: ALL, write: writeTable },
    { name: 'records', mediaType: 'text/plain', extension: 'txt', forms: ALL, write: writeRecords },
    { name: 'markdown', mediaType: 'text/markdown', extension: 'md', forms: ALL, write: writeMarkdown },
    { name: 'json', mediaType: 'application/json', extension: 'json', forms: ALL, write: writeJson },
    { name: 'ndjson', mediaType: 'application/x-ndjson', extension: 'ndjson', forms: [...ROWS, ...TRIPLES], write: writeNdjson },
    {
      name: 'srj',
      mediaType: 'application/sparql-results+json',
      extension: 'srj',
      standard: { title: 'SPARQL 1.2 Query Results JSON Format', url: 'https://www.w3.org/TR/sparql12-results-json/' },
      forms: [...ROWS, 'ASK'],
      write: writeSrj,
    },
    {
      name: 'xml',
      mediaType: 'application/sparql-results+xml',
      extension: 'srx',
      standard: { title: 'SPARQL 1.2 Query Results XML Format', url: 'https://www.w3.org/TR/sparql12-results-xml/' },
      forms: [...ROWS, 'ASK'],
      write: writeXml,
    },
    {
      name: 'csv',
      mediaType: 'text/csv',
      extension: 'csv',
      standard: CSV_AND_TSV,
      forms: ROWS,
      write: writeCsv,
    },
    {
      name: 'tsv',
      mediaType: 'text/tab-separated-values',
      extension: 'tsv',
      standard: CSV_AND_TSV,
      forms: ROWS,
      write: writeTsv,
    },
    {
      name: 'turtle',
      mediaType: 'text/turtle',
      extension: 'ttl',
      standard: { title: 'RDF 1.2 Turtle', url: 'https://www.w3.org/TR/rdf12-turtle/' },
      forms: TRIPLES,
      write: writeTurtle,
    },
  ] satisfies ResultFormat[]
).map(format => ({ ...format, write: (answer, options) => format.write(withPlainBlankNodes(answer), options) }))

/**
 * The format with a name, or with the extension of its files.
 *
 * @param form of the query whose answer it is to write, where that is known
 * @throws CommuniqueError `unknown-format` with the nearest name; `format-form` with the formats that can write such an answer
 * @example formatOf('md').name // 'markdown'
 */
export function formatOf(name: string, form?: QueryForm): ResultFormat {
  const format = FORMATS.find(known => known.name === name) ?? FORMATS.find(known => known.extension === name)
  const fitting = FORMATS.filter(({ forms }) => form === undefined || forms.includes(form)).map(known => known.name)
  if (format === undefined)
    throw new CommuniqueError('unknown-format', { what: `there is no format "${name}"`, mend: suggestion(name, fitting) })
  if (form === undefined || fitting.includes(format.name)) return format
  throw new CommuniqueError('format-form', {
    what: `${format.name} cannot hold the answer: ${GIVES[form]}`,
    mend: `use ${fitting.join(', ')}`,
  })
}

const GIVES: Readonly<Record<QueryForm, string>> = {
  SELECT: 'a SELECT gives rows',
  ASK: 'an ASK gives yes or no',
  CONSTRUCT: 'a CONSTRUCT gives triples',
  DESCRIBE: 'a DESCRIBE gives triples',
}
