import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { codeOf } from '../../src/linking/identifier.ts'
import type { Kind, SourceRecord } from '../../src/linking/record.ts'
import { fileSource } from '../../src/linking/source.ts'

/** Data that others have published; `OPENDATA_DIR`, else beside the repository. */
export const OPENDATA = process.env.OPENDATA_DIR ?? fileURLToPath(new URL('../../../shared/opendata', import.meta.url))
const isHere = existsSync(OPENDATA)

if (!isHere) {
  const message = 'Linking was NOT TESTED against open data: set OPENDATA_DIR to the folder that has it.'
  if (process.env.COMMUNIQUE_SUITES === 'required') throw new Error(message)
  console.warn(message)
}

/** Tests that need the open data; passed over where it is not. */
export const withOpenData = describe.skipIf(!isHere)

/** The records of one file of the open data; each file is read once. */
export function recordsOf(file: string): Promise<readonly SourceRecord[]> {
  const found = read.get(file) ?? fileSource(join(OPENDATA, file), file).records([])
  read.set(file, found)
  return found
}
const read = new Map<string, Promise<readonly SourceRecord[]>>()

/** The record of a file that has an IRI. */
export async function recordOf(file: string, iri: string): Promise<SourceRecord | undefined> {
  const found = byIRI.get(file) ?? new Map((await recordsOf(file)).map(record => [record.iri, record]))
  byIRI.set(file, found)
  return found.get(iri)
}
const byIRI = new Map<string, Map<string, SourceRecord>>()

/** A pair of records of two files that a key of both says to be one thing, or a record whose other one is not to be found. */
export interface Case {
  readonly half: 'A' | 'B' | 'C'
  readonly group: string
  readonly kind: Kind
  /** By which names the thing goes: those that are told of it in this language, or all. */
  readonly names: 'en' | 'preferred' | 'all'
  /** Whether the thing keeps its codes, apart from the key that makes the pair. */
  readonly codes: 'kept' | 'hidden'
  readonly file: string
  readonly iri: string
  readonly targetFile: string
  /** What it is in the target's file; empty when it is not there. */
  readonly target: string
  /** What was taken out of the target's file on purpose, so that nothing is left to find. */
  readonly removed: string
}

const COLUMNS = ['half', 'group', 'kind', 'names', 'codes', 'file', 'iri', 'targetFile', 'target', 'removed'] as const
const SEED = 'communique linking reference 1'

const PEOPLE = 'gazetteer/people-wikidata-2015.ttl'
const KOREA = 'gazetteer/people-korea-assembly-2018.ttl'
const ORGANIZATIONS = 'gazetteer/organizations-wikidata-nsi.ttl'
const POSITIONS = 'gazetteer/positions-igos-opensanctions.ttl'
const CITIES = 'gazetteer/cities-geonames-15000.ttl'
const PLACES = 'gazetteer/places-whosonfirst-fm-tr.ttl'
const COUNTRIES = 'countries/countries-wikidata-shaped.ttl'
const TERRITORIES = 'countries/territories-names.ttl'
const REGIONS = 'countries/regions-country-coder.ttl'
const LCC = 'countries/lcc-ISO3166-1-CountryCodes.ttl'
const FACTBOOK = 'countries/factbook-memberships.ttl'
const BBC = 'links/dbpedia-bbc-things.nt'

/**
 * The reference set: records of two files are one thing when they have the same key, whatever their names are.
 *
 * | group | thing | is found in | key |
 * |---|---|---|---|
 * | countries-iso | LCC, by all its English, French and local names | territories | ISO 3166-1 alpha-2 |
 * | countries-fips | World Factbook, by its English name | countries | FIPS 10-4 in country-codes.csv |
 * | territories | territories, with their codes | regions | QID |
 * | cities | localities of Who's On First | GeoNames cities | GeoNames id |
 * | people | BBC things by the title of their DBpedia page | politicians of 2015 | page of the English Wikipedia |
 * | bodies | intergovernmental bodies | organizations | QID |
 *
 * Halves A and B were drawn and committed before the matcher; on A it was tuned. Looked at for the first time, B gave 426 of 440
 * first, 193 of 194 absent ones "no match" (a misspelled name was too strong), and of 100 that the tool accepted one that the key
 * says is wrong: an upstream QID of Svalbard at what its name, ISO code and page call Svalbard and Jan Mayen. Both were mended,
 * the latter here: pairs whose ISO codes lead elsewhere than their key are disputed, and left out. C is what comes next in the same
 * order, drawn after that; it gave 303 of 307 first and 378 of 379 "no match" (Johann Lamont for John Lamont, to be reviewed), which
 * made the rule that a person is not known by a name that is only like another.
 *
 * Traps without a pair: provinces that have a city's name, historical territories, bodies and Korean deputies that the other
 * file does not have, and in every group an eighth of the targets, a quarter of the people, taken out of the other file.
 */
export async function drawReference(): Promise<Case[]> {
  return [...(await drawPart(false)), ...(await drawPart(true))]
}

/** Halves A and B, or those that come next in the same order. */
async function drawPart(isNext: boolean): Promise<Case[]> {
  const cases: Omit<Case, 'half'>[] = []
  const part = <T>(list: readonly T[], size: number): T[] => (isNext ? list.slice(size, 2 * size) : list.slice(0, size))
  const draw = async (options: {
    group: string
    kind: (record: SourceRecord) => Kind
    names: Case['names']
    codes?: Case['codes']
    file: string
    targetFile: string
    pairs: number
    absent?: number
    out: number
    keys: (record: SourceRecord) => readonly string[]
    targetKeys: (record: SourceRecord) => readonly string[]
    wanted?: (record: SourceRecord) => boolean
    isAbsent?: (record: SourceRecord) => boolean
  }): Promise<void> => {
    const {
      group,
      names,
      codes = 'hidden',
      file,
      targetFile,
      keys,
      targetKeys,
      wanted = () => true,
      isAbsent = () => true,
    } = options
    const targets = new Map<string, SourceRecord[]>()
    for (const record of await recordsOf(targetFile))
      for (const key of targetKeys(record)) targets.set(key, [...(targets.get(key) ?? []), record])
    const byIso = new Map<string, SourceRecord[]>()
    for (const record of await recordsOf(targetFile))
      for (const code of iso2(record)) byIso.set(code, [...(byIso.get(code) ?? []), record])
    const found = [...(await recordsOf(file))].filter(wanted).map(record => ({
      record,
      target: [...new Set(keys(record).flatMap(key => targets.get(key) ?? []))],
    }))
    const shuffled = found.sort((a, b) => (rank(group + a.record.iri) < rank(group + b.record.iri) ? -1 : 1))
    const common = (record: SourceRecord) => ({
      group,
      kind: options.kind(record),
      names,
      codes,
      file,
      iri: record.iri,
      targetFile,
    })
    // A key that names two things of the other file decides nothing.
    const pairs = part(
      shuffled.filter(({ target }) => target.length === 1),
      options.pairs,
    )
    pairs.forEach(({ record, target: [target] }, index) => {
      const isOut = index < options.out
      // The codes of one record may lie in two of the other file: such a pair is disputed, by whatever key it was found.
      const others = iso2(record).flatMap(code => byIso.get(code) ?? [])
      if (others.length > 0 && !others.includes(target!)) return
      cases.push({ ...common(record), target: isOut ? '' : target!.iri, removed: isOut ? target!.iri : '' })
    })
    const absent = part(
      shuffled.filter(({ record, target }) => target.length === 0 && isAbsent(record)),
      options.absent ?? 0,
    )
    for (const { record } of absent) cases.push({ ...common(record), target: '', removed: '' })
  }
  const qid = (record: SourceRecord) => record.codes.filter(code => code.startsWith('wikidata:'))
  const country = (): Kind => 'country'

  await draw({
    ...{ group: 'countries-iso', kind: country, names: 'all', file: LCC, targetFile: TERRITORIES, pairs: 160, out: 20 },
    ...{ keys: iso2, targetKeys: iso2 },
  })
  const fips = await fipsCodes()
  await draw({
    ...{ group: 'countries-fips', kind: country, names: 'preferred', file: FACTBOOK, targetFile: COUNTRIES, pairs: 160, out: 20 },
    ...{ keys: (record: SourceRecord) => fips.get(record.iri.slice(-2).toUpperCase()) ?? [], targetKeys: qid },
  })
  const isos = new Set((await recordsOf(REGIONS)).flatMap(iso2))
  await draw({
    ...{ group: 'territories', kind: (record: SourceRecord) => record.kinds[0] ?? 'region', names: 'en', codes: 'kept' },
    ...{ file: TERRITORIES, targetFile: REGIONS, pairs: 240, absent: 60, out: 30, keys: qid, targetKeys: qid },
    // Sources hold some codes of one territory under two QIDs: those are no clean absences.
    isAbsent: (record: SourceRecord) => !iso2(record).some(code => isos.has(code)),
  })
  const geonames = (record: SourceRecord) => record.codes.filter(code => code.startsWith('geonames:'))
  await draw({
    ...{ group: 'cities', kind: () => 'city', names: 'preferred', file: PLACES, targetFile: CITIES, pairs: 240, out: 30 },
    ...{ keys: geonames, targetKeys: geonames, wanted: (record: SourceRecord) => record.kinds.includes('city') },
  })
  await draw({
    ...{
      group: 'provinces',
      kind: () => 'region',
      names: 'preferred',
      file: PLACES,
      targetFile: CITIES,
      pairs: 0,
      absent: 60,
      out: 0,
    },
    ...{ keys: geonames, targetKeys: geonames, wanted: (record: SourceRecord) => record.kinds.includes('region') },
  })
  const page = (record: SourceRecord) => record.codes.filter(code => code.startsWith('wikipedia:'))
  await draw({
    ...{ group: 'people', kind: () => 'person', names: 'all', file: BBC, targetFile: PEOPLE, pairs: 240, out: 60 },
    ...{ keys: page, targetKeys: page },
  })
  await draw({
    ...{ group: 'deputies', kind: () => 'person', names: 'en', file: KOREA, targetFile: PEOPLE, pairs: 0, absent: 60, out: 0 },
    ...{ keys: () => [], targetKeys: () => [] },
  })
  await draw({
    ...{ group: 'bodies', kind: () => 'organization', names: 'en', file: POSITIONS, targetFile: ORGANIZATIONS, pairs: 20 },
    ...{ absent: 60, out: 2, keys: qid, targetKeys: qid, wanted: (record: SourceRecord) => !record.kinds.includes('post') },
  })
  // What is taken out of a file is out for every thing that is looked for there.
  const out = new Set(cases.map(({ targetFile, removed }) => `${targetFile} ${removed}`))
  return cases.map(found => {
    const isGone = out.has(`${found.targetFile} ${found.target}`) && found.target !== ''
    const { target, removed } = isGone ? { target: '', removed: found.target } : found
    const half = rank(`half ${target || removed || found.iri}`) < '8' ? 'A' : 'B'
    return { half: isNext ? 'C' : half, ...found, target, removed }
  })
}

function iso2({ codes }: SourceRecord): string[] {
  return codes.filter(code => /^iso:[A-Z]{2}$/.test(code))
}

/** A thing's place in an order that nobody chose. */
function rank(text: string): string {
  return createHash('sha256').update(`${SEED} ${text}`).digest('hex')
}

/** The QIDs of countries by their FIPS 10-4 codes, of which the World Factbook's addresses are made. */
async function fipsCodes(): Promise<Map<string, string[]>> {
  const lines = (await readFile(join(OPENDATA, 'countries/country-codes.csv'), 'utf8')).split(/\r?\n/)
  const cells = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell!)
  const head = cells(lines[0]!)
  const [fips, qid] = [head.indexOf('FIPS'), head.indexOf('wikidata_id')]
  return new Map(
    lines.slice(1).flatMap(line => {
      const row = cells(line)
      return row[fips] && row[qid] ? [[row[fips], [codeOf(row[qid])]] as const] : []
    }),
  )
}

/** The cases as they are committed: identifiers, no data. */
export function referenceText(cases: readonly Case[]): string {
  const rows = cases.map(found => COLUMNS.map(column => found[column]).join('\t'))
  return `${[COLUMNS.join('\t'), ...rows].join('\n')}\n`
}

/** The cases that are committed. */
export async function readReference(): Promise<Case[]> {
  const [, ...rows] = (await readFile(fileURLToPath(new URL('reference.tsv', import.meta.url)), 'utf8')).trimEnd().split('\n')
  return rows.map(row => {
    const cells = row.split('\t')
    return Object.fromEntries(COLUMNS.map((column, index) => [column, cells[index]])) as unknown as Case
  })
}
