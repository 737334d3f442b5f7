import type { Quad, Term } from '@rdfjs/types'
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

/** What classes, placetypes and feature codes are called. */
const KINDS = new Map(
  Object.entries({
    person: 'Person Q5',
    organization:
      'Organization Organisation Corporation Company GovernmentOrganization FormalOrganization IntergovernmentalOrganization GoverningBody GovernmentBody',
    country: 'Country country PCLI PCL PCLD PCLF PCLS',
    region: 'GeographicRegion AdministrativeArea region county localadmin',
    city: 'City Town locality',
    place: 'Place neighbourhood campus',
    post: 'Post Occupation Q4164871',
    topic: 'Concept Topic CrimeType DefinedTerm',
  } satisfies Record<Kind, string>).flatMap(([kind, names]) => names.split(' ').map(name => [name, kind as Kind] as const)),
)

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

type Read = (draft: Draft, object: Term) => unknown

const kind: Read = (draft, object) => {
  const found = kindOf(object.value)
  if (found !== undefined) draft.kinds.add(found)
}
const hint = (...kinds: readonly Kind[]): Read => {
  return draft => {
    for (const kind of kinds) draft.hints.add(kind)
  }
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
  return (draft, { value }) => draft.codes.add(`${scheme}:${value}`)
}
const country: Read = (draft, object) =>
  draft.countries.add(object.termType === 'NamedNode' ? codeOf(object.value) : object.value)
const office = (part: 'held' | 'from' | 'to'): Read => {
  return (draft, { value }) => {
    draft.office = { ...draft.office, [part]: part === 'held' ? value : value.slice(0, 10) }
  }
}
const legislature: Read = (draft, { value }) => {
  draft.countries.add(value)
  draft.roles.push({ office: 'member of a legislature' })
}
const [preferred, alternative] = [named('preferred'), named('alternative')]
const same: Read = (draft, { value }) => draft.codes.add(codeOf(value))
const [birth, death]: Read[] = [(draft, { value }) => (draft.birth = value), (draft, { value }) => (draft.death = value)]

/** Every property that is read, by namespace, and what it tells. */
const PROPERTIES: ReadonlyMap<string, Read> = new Map(
  Object.entries<Record<string, Read>>({
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#': { type: kind },
    'http://www.w3.org/2000/01/rdf-schema#': { label: preferred, seeAlso: same },
    'http://www.w3.org/2002/07/owl#': { sameAs: same },
    'http://www.w3.org/2004/02/skos/core#': {
      ...{ prefLabel: preferred, altLabel: alternative, hiddenLabel: named('weak'), notation: code('iso'), exactMatch: same },
    },
    'http://xmlns.com/foaf/0.1/': { name: preferred },
    ...Object.fromEntries(
      ['http://schema.org/', 'https://schema.org/'].map(schema => [
        schema,
        {
          ...{
            name: preferred,
            legalName: alternative,
            alternateName: alternative,
            sameAs: same,
            birthDate: birth,
            deathDate: death,
          },
          description: (draft: Draft, { value }: Term) => draft.descriptions.push(value),
          jobTitle: (draft: Draft, { value }: Term) => draft.roles.push({ office: value }),
        },
      ]),
    ),
    'http://www.geonames.org/ontology#': {
      ...{ name: preferred, alternateName: alternative, officialName: alternative, featureCode: kind, countryCode: country },
    },
    'http://www.wikidata.org/prop/direct/': {
      ...{ P31: kind, P17: country, P27: country, P569: birth, P570: death, P297: code('iso'), P298: code('iso') },
      ...{ P299: code('m49'), P2082: code('m49'), P1566: code('geonames'), P214: code('viaf'), P213: code('isni') },
      ...{ P227: code('gnd'), P244: code('lccn'), P268: code('bnf'), P646: code('freebase') },
    },
    'http://www.wikidata.org/prop/': { P39: (draft, { value }) => draft.statements.push(value) },
    'http://www.wikidata.org/prop/statement/': { P39: office('held') },
    'http://www.wikidata.org/prop/qualifier/': { P580: office('from'), P582: office('to') },
    'https://www.omg.org/spec/LCC/Countries/CountryRepresentation/': {
      ...{ isIndependent: independent, hasNumericRegionCode: code('m49'), hasEnglishShortName: alternative },
      ...{ hasFrenchShortName: alternative, hasLocalShortName: alternative, hasEnglishFullName: alternative },
      hasFrenchFullName: alternative,
    },
    'https://www.omg.org/spec/LCC/Languages/LanguageRepresentation/': {
      hasTag: (draft, { value }) => (draft.tag = value),
      denotes: (draft, { value }) => (draft.denotes = value),
    },
    // The terms that the converted files of open data have where their originals had columns.
    'https://example.org/opendata/': {
      ...{ placetype: kind, isIndependent: independent, countryCode: country, parentCode: country, legislatureOf: legislature },
      gecCode: hint('country', 'region'),
      isCountry: (draft, { value }) => draft.kinds.add(value === 'true' ? 'country' : 'region'),
      level: (draft, { value }) => value !== 'country' && draft.hints.add('region'),
      topic: (draft, { value }) => value === 'gov.igo' && draft.hints.add('organization'),
    },
  }).flatMap(([namespace, names]) => Object.entries(names).map(([name, read]) => [namespace + name, read] as const)),
)

/** The properties that are read, and those of them that give names: for asking an endpoint. */
export const READ_PROPERTIES: readonly string[] = [...PROPERTIES.keys()]
export const NAME_PROPERTIES: readonly string[] = READ_PROPERTIES.filter(property => /(?:label|name)$/i.test(property))
