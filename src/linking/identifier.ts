import type { Kind } from './record.ts'

/**
 * One form for the forms in which an IRI circulates: http and https, `www.`, percent-encoded and raw characters, a trailing
 * slash, the page of a Wikidata item and the item. For comparing only: what a source writes is kept beside it.
 *
 * @see RFC 3987, 5.3 (Comparison Ladder)
 * @example normalIri('https://www.wikidata.org/wiki/Q43') // 'http://www.wikidata.org/entity/Q43'
 * @example normalIri('http://sws.geonames.org/745044') // 'https://sws.geonames.org/745044/'
 * @example normalIri('http://dbpedia.org/page/Recep_Tayyip_Erdo%C4%9Fan') // 'http://dbpedia.org/resource/Recep_Tayyip_Erdoğan'
 */
export function normalIri(iri: string): string {
  const raw = decoded(iri)
  for (const [pattern, form] of FORMS) {
    const [, local] = pattern.exec(raw) ?? []
    if (local !== undefined) return form + local + (form.includes('geonames') ? '/' : '')
  }
  return raw.replace(/^https?:\/\/(?:www\.)?/i, 'https://').replace(/\/$/, '')
}

/** Whose identifiers we know by sight: how they are written, and the form that their source gives out. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [
    /^https?:\/\/(?:www\.|m\.)?wikidata\.org\/(?:entity|wiki(?:\/Special:EntityData)?)\/([QP]\d+)/i,
    'http://www.wikidata.org/entity/',
  ],
  [/^https?:\/\/(?:sws\.|www\.)?geonames\.org\/(\d+)/i, 'https://sws.geonames.org/'],
  [/^https?:\/\/dbpedia\.org\/(?:resource|page|data)\/(.+)$/i, 'http://dbpedia.org/resource/'],
  [/^https?:\/\/ror\.org\/(\w+)/i, 'https://ror.org/'],
]

/**
 * An IRI as a scheme and a value, so that a code in one source can be compared with an address in another. The page of the
 * English Wikipedia and the resource that DBpedia makes of it have one title, so they are one code.
 *
 * @example codeOf('http://www.wikidata.org/wiki/Q43') // 'wikidata:Q43'
 * @example codeOf('https://en.wikipedia.org/wiki/Recep_Tayyip_Erdo%C4%9Fan') // 'wikipedia:Recep_Tayyip_Erdoğan'
 * @example codeOf('http://example.org/a/') // 'https://example.org/a'
 */
export function codeOf(iri: string): string {
  const normal = normalIri(iri)
  for (const [start, scheme] of SCHEMES)
    if (normal.startsWith(start)) return `${scheme}:${normal.slice(start.length).replace(/\/$/, '')}`
  return normal
}

const SCHEMES: readonly (readonly [string, string])[] = [
  ['http://www.wikidata.org/entity/', 'wikidata'],
  ['https://sws.geonames.org/', 'geonames'],
  ['http://dbpedia.org/resource/', 'wikipedia'],
  ['https://en.wikipedia.org/wiki/', 'wikipedia'],
  ['https://ror.org/', 'ror'],
]

/**
 * The form in which the source of an identifier gives it out, where an IRI has another: a page, http for https, a slash that lacks.
 * Percent-encoded characters are no other form, since both circulate.
 *
 * @example formGivenOut('https://www.wikidata.org/wiki/Q43') // 'http://www.wikidata.org/entity/Q43'
 * @example formGivenOut('http://www.wikidata.org/entity/Q43') // undefined
 */
export function formGivenOut(iri: string): string | undefined {
  const normal = normalIri(iri)
  const isKnown = FORMS.some(([, form]) => normal.startsWith(form))
  return isKnown && normal !== decoded(iri) ? normal : undefined
}

/**
 * The page about a thing, for readers and search engines, where its identifier is no page.
 *
 * @example pageOf('http://www.wikidata.org/entity/Q43') // 'https://www.wikidata.org/wiki/Q43'
 * @example pageOf('https://ror.org/02cyaqf66') // 'https://ror.org/02cyaqf66'
 */
export function pageOf(iri: string): string {
  return iri
    .replace(/^https?:\/\/www\.wikidata\.org\/entity\//, 'https://www.wikidata.org/wiki/')
    .replace(/^https?:\/\/sws\.geonames\.org\/(\d+)\/?$/, 'https://www.geonames.org/$1')
    .replace(/^https?:\/\/dbpedia\.org\/resource\//, 'https://dbpedia.org/page/')
}

/**
 * What the identifiers of a space are of, where they are of one kind of thing.
 *
 * @example kindsOfSpace('https://ror.org/02cyaqf66') // ['organization']
 */
export function kindsOfSpace(iri: string): readonly Kind[] | undefined {
  const normal = normalIri(iri)
  return SPACES.find(([start]) => normal.startsWith(start))?.[1]
}

const SPACES: readonly (readonly [string, readonly Kind[]])[] = [
  ['https://ror.org/', ['organization']],
  ['https://sws.geonames.org/', ['country', 'region', 'city', 'place']],
  ['https://data.whosonfirst.org/', ['country', 'region', 'city', 'place']],
  ['https://omg.org/spec/LCC/Countries/ISO3166-1-CountryCodes/', ['country']],
  ['https://omg.org/spec/LCC/Countries/UN-M49-RegionCodes/', ['region']],
]

/**
 * The space of a code, within which a thing has one identifier; across spaces it may have many.
 *
 * @example spaceOf('wikidata:Q43') // 'wikidata:'
 */
export function spaceOf(code: string): string {
  return code.replace(/[^:/]*$/, '')
}

function decoded(iri: string): string {
  try {
    return decodeURI(iri).normalize('NFC')
  } catch {
    return iri
  }
}
