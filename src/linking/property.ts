import type { Term } from '@rdfjs/types'
import { codeOf } from './identifier.ts'
import type { Kind, Name, NameClass, Role } from './record.ts'

/** What is gathered of one thing while a source is read. */
export interface Draft {
  readonly iri: string
  names: Name[]
  kinds: Set<Kind>
  countries: Set<string>
  codes: Set<string>
  roles: Role[]
  birth?: string
  death?: string
  descriptions: string[]
  /** What it is, if no type says so. */
  hints: Set<Kind>
  /** Of a code that is a thing of its own: what it is a code of, and itself. */
  denotes?: string
  tag?: string
  /** Of a statement that somebody holds an office. */
  office?: { held?: string; from?: string; to?: string }
  statements: string[]
}

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
const birth: Read = (draft, { value }) => (draft.birth = value)
const death: Read = (draft, { value }) => (draft.death = value)

/** Every property that is read, by namespace, and what it tells. */
export const PROPERTIES: ReadonlyMap<string, Read> = new Map(
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
