import type { Quad, Term } from '@rdfjs/types'
import { rdf } from '../rdf/vocabulary.ts'
import { codeOf, normalIri } from './identifier.ts'

/** What things are, as far as linking tells them apart. */
export type Kind = 'person' | 'organization' | 'country' | 'region' | 'city' | 'place' | 'post' | 'topic'

/** How good a name is, in the eyes of its source: one of a preferred class says more than an old, foreign or noisy one. */
export type NameClass = 'preferred' | 'alternative' | 'weak'

/** A name, as its source writes it; the language tag as written too, empty when there is none. */
export interface Name {
  readonly text: string
  readonly language: string
  readonly class: NameClass
}

/** An office that somebody holds, in words; from when to when, as far as it is told. */
export interface Role {
  readonly office: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What is known of something by which it can be told from others. */
export interface Described {
  readonly iri: string
  readonly names: readonly Name[]
  /** All that it may be taken for; none when it is not told. */
  readonly kinds: readonly Kind[]
  /** ISO 3166-1 codes, identifiers (`wikidata:Q43`) or names of countries, as they are given. */
  readonly countries: readonly string[]
  /** Scheme and value, such as `iso:TR`, `geonames:298795`, `wikidata:Q43`. */
  readonly codes: readonly string[]
  readonly roles: readonly Role[]
  readonly birth?: string | undefined
  readonly death?: string | undefined
  readonly description: string
}

/** A state of a source: a file and the hash of its bytes, a service and its address. */
export interface SourceVersion {
  readonly name: string
  readonly version?: string | undefined
}

/** What a source says of one thing. Its `iri` is as the source writes it; `key` is the form by which it is compared. */
export interface SourceRecord extends Described {
  readonly key: string
  readonly sources: readonly SourceVersion[]
}

/**
 * What quads say of things, by the properties of the table below; others are passed over. Things without a name are none:
 * but a resource of DBpedia is named by its address.
 *
 * @example records([quad(namedNode('urn:a'), namedNode('http://xmlns.com/foaf/0.1/name'), literal('Ann', 'en'))], { name: 'a.ttl' })[0].names[0].text // 'Ann'
 */
export function records(quads: Iterable<Quad>, source: SourceVersion): SourceRecord[] {
  const builder = new RecordBuilder()
  builder.add(quads)
  return builder.records(source)
}

interface Draft {
  readonly iri: string
  names: Name[]
  kinds: Set<Kind>
  countries: Set<string>
  codes: Set<string>
  roles: Role[]
  birth?: string
  death?: string
  descriptions: string[]
  hints: Set<Kind>
  denotes?: string
  tag?: string
  office?: { held?: string; from?: string; to?: string }
  statements: string[]
}

/** Gathers records while a source is read; the quads of one thing may lie apart. */
export class RecordBuilder {
  readonly #drafts = new Map<string, Draft>()

  /** Takes what some quads say. */
  add(quads: Iterable<Quad>): void {
    for (const { subject, predicate, object } of quads) {
      const read = PROPERTIES.get(predicate.value)
      if (read !== undefined) read(this.#draft(subject.value), object)
    }
  }

  /** The records so far, in the order in which their things were first spoken of. */
  records(source: SourceVersion): SourceRecord[] {
    const drafts = this.#drafts
    for (const { denotes, tag } of drafts.values())
      if (denotes !== undefined && tag !== undefined) drafts.get(denotes)?.codes.add(`iso:${tag}`)
    const found: SourceRecord[] = []
    for (const draft of drafts.values()) {
      if (draft.denotes !== undefined || draft.office !== undefined) continue
      const record = recordOf(draft, drafts, source)
      if (record.names.length > 0) found.push(record)
    }
    return found
  }

  #draft(iri: string): Draft {
    let draft = this.#drafts.get(iri)
    if (draft === undefined) {
      draft = {
        ...{ iri, names: [], kinds: new Set(), countries: new Set(), codes: new Set(), roles: [] },
        ...{ descriptions: [], hints: new Set(), statements: [] },
      }
      this.#drafts.set(iri, draft)
    }
    return draft
  }
}

/** Two records of one thing, from two places, as one. */
export function merged(one: SourceRecord, other: SourceRecord): SourceRecord {
  const both = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])]
  return {
    ...{ iri: one.iri, key: one.key, names: [...one.names, ...other.names], kinds: both(one.kinds, other.kinds) },
    ...{
      countries: both(one.countries, other.countries),
      codes: both(one.codes, other.codes),
      roles: [...one.roles, ...other.roles],
    },
    ...{ birth: one.birth ?? other.birth, death: one.death ?? other.death, sources: [...one.sources, ...other.sources] },
    description: both([one.description], [other.description])
      .filter(text => text !== '')
      .join('; '),
  }
}

/** The name that a person is shown: of those that the source thinks best of, the English one. */
export function labelOf({ names }: Pick<SourceRecord, 'names'>): string {
  const best = CLASSES.map(nameClass => names.filter(name => name.class === nameClass)).find(list => list.length > 0)!
  return (best.find(({ language }) => language === 'en') ?? best[0]!).text
}

const CLASSES = ['preferred', 'alternative', 'weak'] as const

function recordOf(draft: Draft, drafts: ReadonlyMap<string, Draft>, source: SourceVersion): SourceRecord {
  const { iri, names, codes, descriptions } = draft
  const key = codeOf(iri)
  const [, title] = names.length === 0 ? (/^https?:\/\/dbpedia\.org\/resource\/(.+)/.exec(normalIri(iri)) ?? []) : []
  if (title !== undefined) {
    const [, text = title, qualifier] = /^(.*?)_\((.*)\)$/.exec(title) ?? []
    names.push({ text: text.replaceAll('_', ' '), language: 'en', class: 'alternative' })
    if (qualifier !== undefined) descriptions.push(qualifier.replaceAll('_', ' '))
  }
  const description = descriptions.join('; ')
  const kinds = draft.kinds.size > 0 ? draft.kinds : draft.hints
  if (kinds.size === 0) for (const [words, kind] of KIND_WORDS) if (words.test(description)) kinds.add(kind)
  // Dependent territories have such codes as well.
  if (!kinds.has('country') && [...codes].some(code => /^iso:[A-Z]{2,3}$/.test(code))) kinds.add('country').add('region')
  codes.add(key)
  return {
    ...{
      iri,
      key,
      names,
      kinds: specificKinds(kinds),
      countries: [...draft.countries],
      codes: [...codes],
      description,
      sources: [source],
    },
    ...{ birth: draft.birth, death: draft.death },
    roles: [...draft.roles, ...draft.statements.flatMap(statement => roleOf(drafts.get(statement)?.office, drafts))],
  }
}

/** An office that a statement of Wikidata gives, by the name that the same source gives it. */
function roleOf(office: Draft['office'], drafts: ReadonlyMap<string, Draft>): Role[] {
  const held = office?.held
  return held === undefined ? [] : [{ office: drafts.get(held)?.names[0]?.text ?? held, from: office?.from, to: office?.to }]
}

/** What a description tells, when no type does: whole words, in the order in which they decide nothing but add. */
const KIND_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/\bflag|emblem|symbol|coat of arms/i, 'topic'],
  [/^(?!.*\b(?:flag|company|agency|organi[sz]ation|office)\b).*\b(?:country|sovereign state|island nation)\b/i, 'country'],
  [/^(?!.*\b(?:flag|company|agency|organi[sz]ation|office)\b).*\b(?:city|town|municipality|commune)\b/i, 'city'],
  [
    /\b(?:company|agency|organi[sz]ation|ministry|department|operator|retailer|chain|brand|bank|university|police|union)\b/i,
    'organization',
  ],
]

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...(['Person', 'Q5'] as const).map(name => [name, 'person'] as const),
  ...(
    ['Organization', 'Organisation', 'Corporation', 'GovernmentOrganization', 'FormalOrganization', 'GoverningBody'] as const
  ).map(name => [name, 'organization'] as const),
  ...(['IntergovernmentalOrganization', 'GovernmentBody', 'Agency', 'Company'] as const).map(
    name => [name, 'organization'] as const,
  ),
  ...(['Country', 'country', 'PCLI', 'PCL', 'PCLD', 'PCLF', 'PCLS'] as const).map(name => [name, 'country'] as const),
  ...(['GeographicRegion', 'AdministrativeArea', 'region', 'county', 'localadmin'] as const).map(
    name => [name, 'region'] as const,
  ),
  ...(['City', 'locality', 'Town'] as const).map(name => [name, 'city'] as const),
  ...(['neighbourhood', 'campus', 'Place'] as const).map(name => [name, 'place'] as const),
  ...(['Post', 'Q4164871', 'Occupation'] as const).map(name => [name, 'post'] as const),
  ...(['Concept', 'Topic', 'CrimeType', 'DefinedTerm'] as const).map(name => [name, 'topic'] as const),
])

/**
 * The kind that the name of a class, the end of its IRI or a feature code of GeoNames stands for.
 *
 * @example kindOf('http://schema.org/Person') // 'person'
 * @example kindOf('http://www.geonames.org/ontology#P.PPLA') // 'city'
 */
export function kindOf(type: string): Kind | undefined {
  const [, local = type] = /[#/]([^#/]+)$/.exec(type) ?? []
  if (local.startsWith('P.')) return 'city'
  if (local.startsWith('A.')) return KINDS.get(local.slice(2)) ?? 'region'
  return KINDS.get(local)
}

/**
 * Each kind once, without what a closer one says better.
 *
 * @example specificKinds(['place', 'city', 'city']) // ['city']
 */
export function specificKinds(kinds: Iterable<Kind>): Kind[] {
  const all = [...new Set(kinds)]
  return all.some(kind => kind === 'country' || kind === 'city' || kind === 'region') ? all.filter(kind => kind !== 'place') : all
}

type Read = (draft: Draft, object: Term) => void

const kind: Read = (draft, object) => {
  const found = kindOf(object.value)
  if (found !== undefined) draft.kinds.add(found)
}
const independent: Read = ({ kinds }, { value }) => {
  kinds.add('country')
  if (value !== 'Yes' && value !== 'true') kinds.add('region')
}
const named = (nameClass: NameClass): Read => {
  return (draft, object) => {
    if (object.termType === 'Literal') draft.names.push({ text: object.value, language: object.language, class: nameClass })
  }
}
const code = (scheme: string): Read => {
  return (draft, { value }) => {
    draft.codes.add(`${scheme}:${value}`)
  }
}
const same: Read = (draft, { value }) => {
  draft.codes.add(codeOf(value))
}
const country: Read = (draft, object) => {
  draft.countries.add(object.termType === 'NamedNode' ? codeOf(object.value) : object.value)
}
const office = (part: 'held' | 'from' | 'to'): Read => {
  return (draft, { value }) => {
    draft.office = { ...draft.office, [part]: part === 'held' ? value : value.slice(0, 10) }
  }
}
const described: Read = (draft, { value }) => {
  draft.descriptions.push(value)
}

const RDFS = 'http://www.w3.org/2000/01/rdf-schema#'
const SKOS = 'http://www.w3.org/2004/02/skos/core#'
const GN = 'http://www.geonames.org/ontology#'
const WDT = 'http://www.wikidata.org/prop/direct/'
const WD = 'http://www.wikidata.org/prop/'
const LCC = 'https://www.omg.org/spec/LCC/Countries/CountryRepresentation/'
const LANGUAGES = 'https://www.omg.org/spec/LCC/Languages/LanguageRepresentation/'
/** The terms that the converted files of open data have where their originals had columns. */
const DATA = 'https://example.org/opendata/'

/** Every property that is read, and what it tells. */
const PROPERTIES: ReadonlyMap<string, Read> = new Map<string, Read>([
  [rdf.type.value, kind],
  [`${WDT}P31`, kind],
  [`${GN}featureCode`, kind],
  [`${DATA}placetype`, kind],
  [`${DATA}isCountry`, (draft, { value }) => draft.kinds.add(value === 'true' ? 'country' : 'region')],
  ...[`${DATA}isIndependent`, `${LCC}isIndependent`].map(property => [property, independent] as const),
  [`${DATA}level`, (draft, { value }) => value !== 'country' && draft.hints.add('region')],
  [`${DATA}gecCode`, ({ hints }) => hints.add('country').add('region')],
  [`${DATA}topic`, (draft, { value }) => value === 'gov.igo' && draft.hints.add('organization')],
  ...[`${RDFS}label`, `${SKOS}prefLabel`, `${GN}name`].map(property => [property, named('preferred')] as const),
  ...['EnglishShortName', 'FrenchShortName', 'LocalShortName', 'EnglishFullName', 'FrenchFullName'].map(
    name => [`${LCC}has${name}`, named('alternative')] as const,
  ),
  ...[`${SKOS}altLabel`, `${GN}alternateName`, `${GN}officialName`].map(property => [property, named('alternative')] as const),
  [`${SKOS}hiddenLabel`, named('weak')],
  ...['P297', 'P298'].map(property => [`${WDT}${property}`, code('iso')] as const),
  ...['P299', 'P2082'].map(property => [`${WDT}${property}`, code('m49')] as const),
  ...['P1566:geonames', 'P214:viaf', 'P213:isni', 'P227:gnd', 'P244:lccn', 'P268:bnf', 'P646:freebase'].map(pair => {
    const [property, scheme] = pair.split(':') as [string, string]
    return [`${WDT}${property}`, code(scheme)] as const
  }),
  [`${SKOS}notation`, code('iso')],
  [`${LCC}hasNumericRegionCode`, code('m49')],
  [`${LANGUAGES}hasTag`, (draft, { value }) => (draft.tag = value)],
  [`${LANGUAGES}denotes`, (draft, { value }) => (draft.denotes = value)],
  ...[`${SKOS}exactMatch`, 'http://www.w3.org/2002/07/owl#sameAs', `${RDFS}seeAlso`].map(property => [property, same] as const),
  ...[`${DATA}countryCode`, `${GN}countryCode`, `${WDT}P17`, `${WDT}P27`, `${DATA}parentCode`].map(
    property => [property, country] as const,
  ),
  [
    `${DATA}legislatureOf`,
    (draft, { value }) => {
      draft.countries.add(value)
      draft.roles.push({ office: 'member of a legislature' })
    },
  ],
  [`${WD}P39`, (draft, { value }) => draft.statements.push(value)],
  [`${WD}statement/P39`, office('held')],
  [`${WD}qualifier/P580`, office('from')],
  [`${WD}qualifier/P582`, office('to')],
  [`${WDT}P569`, (draft, { value }) => (draft.birth = value)],
  [`${WDT}P570`, (draft, { value }) => (draft.death = value)],
  ...['http://schema.org/', 'https://schema.org/'].flatMap(schema => [
    [`${schema}name`, named('preferred')] as const,
    ...[`${schema}legalName`, `${schema}alternateName`].map(property => [property, named('alternative')] as const),
    [`${schema}description`, described] as const,
    [`${schema}sameAs`, same] as const,
    [`${schema}jobTitle`, (draft: Draft, { value }: Term) => draft.roles.push({ office: value })] as const,
    [`${schema}birthDate`, (draft: Draft, { value }: Term) => (draft.birth = value)] as const,
    [`${schema}deathDate`, (draft: Draft, { value }: Term) => (draft.death = value)] as const,
  ]),
  ['http://xmlns.com/foaf/0.1/name', named('preferred')],
])

/** The properties by which a source gives names, and all that are read: for asking an endpoint. */
export const READ_PROPERTIES: readonly string[] = [...PROPERTIES.keys()]
