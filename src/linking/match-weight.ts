import type { CandidateIndex, Word } from './candidate-index.ts'
import { nameTokens, PARTICLES } from './name.ts'
import type { Kind, Name, NameClass, SourceRecord } from './record.ts'
import type { Thing } from './thing.ts'

/** What speaks for or against a candidate: log2 of how much likelier it makes it, and why, in words. */
export interface Reason {
  readonly feature: 'prior' | 'name' | 'name class' | 'kind' | 'country' | 'code' | 'date' | 'role' | 'description'
  readonly weight: number
  readonly words: string
  /** Whether it rules the candidate out, whatever else speaks for it. */
  readonly veto?: boolean
}

/** A candidate weighed: the reasons add up. */
export interface Weighed {
  readonly weight: number
  readonly reasons: readonly Reason[]
  /** Which keys agree, each independent of the others: of two, none can be wrong for the same cause. */
  readonly keys: readonly string[]
}

/**
 * The numbers of the matcher, in bits: 1 doubles the odds, -1 halves them. Chosen on half A of the reference set.
 *
 * @see I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage (1969)
 */
export const WEIGHTS = {
  /** How likely the thing is in the source at all, before anything is compared. */
  present: 1.5,
  /** What a word tells that names have or lack as it pleases their writers. */
  particle: 1,
  /** A word tells as much as it is rare, at most so much. */
  mostOfAWord: 15,
  /** Of what a word tells, the part that a word almost like it tells, for each part of likeness above one half. */
  almost: 1.2,
  /** Of what an initial tells, the part that is believed. */
  initial: 0.3,
  /** Of what a word tells, the part that speaks against when the other name lacks it; and at most. */
  missing: { person: { thing: 1, candidate: 0.3, most: 8 }, other: { thing: 0.8, candidate: 0.7, most: 9 } },
  nameClass: { preferred: 0, alternative: -0.5, weak: -4 } satisfies Record<NameClass, number>,
  countryMost: 6,
  code: 22,
  /** A page about something is often given for a thing that is only of that name: it counts, and is no key. */
  page: 8,
  codeDiffers: -15,
  birthDay: 12,
  birthYear: 5,
  birthDiffers: -12,
  role: 5,
  walk: 1,
  roleOver: -6,
  description: 0.7,
  descriptionMost: 2,
} as const

/** Codes of one family come from one list, so that they agree or err together. */
const FAMILIES: Readonly<Record<string, string>> = { iso: 'country code', m49: 'country code' }

/** Of these a thing has one only; two different ones are two things. */
const UNIQUE = new Set(['iso', 'm49', 'geonames', 'wikidata', 'viaf', 'isni', 'gnd', 'ror'])

/** What is said of nobody's country: no country, several. */
const NO_COUNTRY = new Set(['ZZ', 'EU', 'XX'])

/** Walks of life: somebody called by an office is not the footballer of the same name. */
const WALKS: readonly (readonly [string, RegExp])[] = [
  [
    'public office',
    /\b(?:president|minister|ministry|secretary|politician|deputy|senator|legislature|parliament|inspector|general|police|ambassador|judge|king|queen|governor|mayor)/i,
  ],
  [
    'sport',
    /\b(?:football|soccer|rugby|cricket|tennis|taekwondo|boxer|athlete|swimmer|cyclist|golfer|hockey|basketball|racing|gymnast|judoka|wrestler|snooker|darts)/i,
  ],
  ['the arts', /\b(?:actor|actress|singer|musician|band|rapper|composer|painter|director|comedian|author|novelist|poet|dj)\b/i],
  ['science', /\b(?:physicist|chemist|biologist|mathematician|scientist|astronaut|historian|economist)/i],
]

/** A thing with what its comparisons share. */
export interface Query {
  readonly thing: Thing
  readonly names: readonly { readonly name: Name; readonly words: readonly Word[] }[]
  /** ISO 3166-1 codes of its countries, where they could be found. */
  readonly countries: readonly string[]
}

/**
 * Weighs one record as a candidate for a thing.
 *
 * @param countries the codes of the record's countries
 */
export function weigh(query: Query, index: CandidateIndex, at: number, countries: readonly string[]): Weighed {
  const { thing } = query
  const record = index.records[at]!
  const prior = WEIGHTS.present - Math.log2(index.size)
  const name = weighName(query, index, at)
  const codes = weighCodes(thing, record)
  const reasons: Reason[] = [
    { feature: 'prior', weight: prior, words: `one of ${index.records.length.toLocaleString('en')} things, or none` },
    ...name.reasons,
    ...weighKinds(thing.kinds, record.kinds, index),
    ...weighCountries(query, record, countries, index),
    ...codes.reasons,
    ...weighDates(thing, record),
    ...weighRoles(thing, record),
    ...weighDescriptions(thing, record),
  ]
  const isBorn = reasons.some(({ feature, weight }) => feature === 'date' && weight === WEIGHTS.birthDay)
  const keys = [...(name.isKey ? ['name'] : []), ...codes.keys, ...(isBorn ? ['date of birth'] : [])]
  return { weight: reasons.reduce((sum, { weight }) => sum + weight, 0), reasons, keys }
}

/** The names that fit best. They are a key when each has all the words of the other and the source thinks well of the name. */
function weighName({ thing, names }: Query, index: CandidateIndex, at: number): { reasons: Reason[]; isKey: boolean } {
  const missing = thing.kinds.includes('person') ? WEIGHTS.missing.person : WEIGHTS.missing.other
  let best: { weight: number; isWhole: boolean; thing: Name; name: number } | undefined
  for (const { name: own, words } of names) {
    for (let name = index.nameStart[at]!; name < index.nameStart[at + 1]!; name++) {
      const { weight, isWhole } = compareNames(words, index, name, missing)
      const total = weight + WEIGHTS.nameClass[index.nameOf(at, name).class] + WEIGHTS.nameClass[own.class]
      if (best === undefined || total > best.weight) best = { weight: total, isWhole, thing: own, name }
    }
  }
  if (best === undefined) return { reasons: [], isKey: false }
  const candidate = index.nameOf(at, best.name)
  const ofClass = WEIGHTS.nameClass[candidate.class] + WEIGHTS.nameClass[best.thing.class]
  const language = candidate.language === '' ? '' : ` (${candidate.language})`
  const verb = best.isWhole ? 'is' : 'against'
  const reasons: Reason[] = [
    { feature: 'name', weight: best.weight - ofClass, words: `"${best.thing.text}" ${verb} "${candidate.text}"${language}` },
  ]
  if (ofClass < 0)
    reasons.push({ feature: 'name class', weight: ofClass, words: `the name is ${article(candidate.class)} one of the source` })
  return { reasons, isKey: best.isWhole && candidate.class !== 'weak' }
}

function compareNames(
  words: readonly Word[],
  index: CandidateIndex,
  name: number,
  missing: { thing: number; candidate: number; most: number },
): { weight: number; isWhole: boolean } {
  const left = [...index.words.subarray(index.wordStart[name]!, index.wordStart[name + 1]!)]
  const bitsOf = (text: string, bits: number): number =>
    Math.min(bits, PARTICLES.has(text) ? WEIGHTS.particle : WEIGHTS.mostOfAWord)
  const bitsAt = (id: number): number => bitsOf(index.vocabulary[id]!, index.bits(id))
  if (words.map(({ text }) => text).join('') === left.map(id => index.vocabulary[id]).join('')) {
    const total = left.reduce((sum, id) => sum + bitsAt(id), 0)
    return { weight: Math.max(total, Math.min(index.wholeBits(name), WEIGHTS.mostOfAWord)), isWhole: true }
  }
  let [found, lacking, against] = [0, 0, 0]
  let isWhole = true
  for (const { text, bits, like } of words) {
    const told = bitsOf(text, bits)
    let [most, place] = [0, -1]
    left.forEach((id, position) => {
      const similarity = like.get(id) ?? 0
      const isInitial = text.length === 1 ? index.vocabulary[id]!.startsWith(text) : index.vocabulary[id] === text[0]
      const part = similarity === 1 ? 1 : Math.max((similarity - 0.5) * WEIGHTS.almost, isInitial ? WEIGHTS.initial : 0)
      if (part > most) [most, place] = [part, position]
    })
    if (most < 1 && !PARTICLES.has(text)) isWhole = false
    if (place >= 0) {
      found += Math.min(told, bitsAt(left[place]!)) * most
      left.splice(place, 1)
    } else {
      lacking += told
      against += Math.min(told * missing.thing, missing.most)
    }
  }
  for (const id of left) against += Math.min(bitsAt(id) * missing.candidate, missing.most)
  // Words that go together are not independent: those that agree count by the part of the name that they are.
  const weight = found === 0 ? -against : (found * found) / (found + lacking) - against
  return { weight, isWhole: isWhole && left.every(id => PARTICLES.has(index.vocabulary[id]!)) }
}

function weighKinds(wanted: readonly Kind[], kinds: readonly Kind[], index: CandidateIndex): Reason[] {
  if (wanted.length === 0 || kinds.length === 0) return []
  const shared = kinds.filter(kind => wanted.includes(kind) || (kind === 'place' && wanted.some(isPlace)))
  if (shared.length > 0)
    return [{ feature: 'kind', weight: Math.max(0, index.kindBits(shared)), words: `both are ${article(shared.join(' and '))}` }]
  if (wanted.includes('place') && kinds.some(isPlace)) return []
  const words = `${article(wanted.join(' or '))} is not ${article(kinds.join(' or '))}`
  return [{ feature: 'kind', weight: 0, words, veto: true }]
}

function weighCountries(
  { thing, countries }: Query,
  record: SourceRecord,
  others: readonly string[],
  index: CandidateIndex,
): Reason[] {
  // What has a code as a country has is not told by what it belongs to.
  if (thing.kinds.includes('country') || record.codes.some(code => /^iso:[A-Z]{2,3}$/.test(code))) return []
  const [mine, theirs] = [countries, others].map(codes => codes.filter(code => !NO_COUNTRY.has(code))) as [string[], string[]]
  if (theirs.length === 0) return []
  if (mine.length === 0) {
    // Every country has a ministry of that name.
    const isTold = record.countries.length === 0 && !thing.kinds.includes('person')
    return isTold
      ? [{ feature: 'country', weight: 0, words: `of ${theirs.join(', ')} by its name, the other of none`, veto: true }]
      : []
  }
  const shared = mine.find(code => theirs.includes(code))
  if (shared === undefined)
    return [{ feature: 'country', weight: 0, words: `of ${mine.join(', ')}, not of ${theirs.join(', ')}`, veto: true }]
  const told = Math.max(
    ...(record.countries.length === 0 ? [Infinity] : record.countries.map(country => index.countryBits(country))),
  )
  return [{ feature: 'country', weight: Math.min(told, WEIGHTS.countryMost), words: `both are of ${shared}` }]
}

function weighCodes(thing: Thing, record: SourceRecord): { reasons: Reason[]; keys: string[] } {
  const reasons: Reason[] = []
  const keys = new Set<string>()
  for (const scheme of new Set(thing.codes.map(schemeOf))) {
    const [mine, theirs] = [thing, record].map(({ codes }) => codes.filter(code => schemeOf(code) === scheme)) as [
      string[],
      string[],
    ]
    const shared = mine.filter(code => theirs.includes(code))
    const family = FAMILIES[scheme] ?? scheme
    if (shared.length > 0) {
      const weight = scheme === 'wikipedia' ? WEIGHTS.page : WEIGHTS.code
      if (!keys.has(family)) reasons.push({ feature: 'code', weight, words: `both have ${shared.join(' and ')}` })
      if (scheme !== 'wikipedia') keys.add(family)
    } else if (UNIQUE.has(scheme) && theirs.some(code => mine.some(own => !isOtherLength(own, code)))) {
      const words = `${mine.join(', ')} against ${theirs.join(', ')}`
      reasons.push({ feature: 'code', weight: WEIGHTS.codeDiffers, words })
    }
  }
  return { reasons, keys: [...keys] }
}

function weighDates(thing: Thing, record: SourceRecord): Reason[] {
  const reasons: Reason[] = []
  const [mine, theirs] = [thing.birth?.slice(0, 10), record.birth?.slice(0, 10)]
  if (mine !== undefined && theirs !== undefined) {
    const isDay = mine === theirs && mine.length === 10
    const isYear = mine.slice(0, 4) === theirs.slice(0, 4) && (mine.length === 4 || theirs.length === 4)
    const weight = isDay ? WEIGHTS.birthDay : isYear ? WEIGHTS.birthYear : WEIGHTS.birthDiffers
    reasons.push({ feature: 'date', weight, words: isDay || isYear ? `both born ${theirs}` : `born ${mine}, not ${theirs}` })
  }
  const { at } = thing
  const veto = (words: string): number => reasons.push({ feature: 'date', weight: 0, words, veto: true })
  if (at !== undefined && record.death !== undefined && isBefore(record.death, at))
    veto(`died ${record.death.slice(0, 10)}, before ${at}`)
  if (at !== undefined && theirs !== undefined && isBefore(at, theirs)) veto(`born ${theirs}, after ${at}`)
  return reasons
}

function weighRoles(thing: Thing, record: SourceRecord): Reason[] {
  const [mine, theirs] = [thing.roles, record.roles].map(roles => roles.map(({ office }) => office)) as [string[], string[]]
  if (mine.length === 0) return []
  for (const { office, from, to } of record.roles) {
    const own = mine.find(other => isSameOffice(other, office))
    if (own === undefined) continue
    const { at } = thing
    const isOver = at !== undefined && ((to !== undefined && isBefore(to, at)) || (from !== undefined && isBefore(at, from)))
    if (isOver)
      return [{ feature: 'role', weight: WEIGHTS.roleOver, words: `${office} from ${from ?? '?'} to ${to ?? '?'}, not in ${at}` }]
    return [{ feature: 'role', weight: WEIGHTS.role, words: `both are ${office}` }]
  }
  const [own, other] = [walksOf(mine), walksOf([...theirs, record.description])]
  const shared = own.find(walk => other.includes(walk))
  if (shared !== undefined) return [{ feature: 'role', weight: WEIGHTS.walk, words: `both are of ${shared}` }]
  if (own.length === 0 || other.length === 0) return []
  return [{ feature: 'role', weight: 0, words: `one is of ${own[0]}, the other of ${other[0]}`, veto: true }]
}

function weighDescriptions(thing: Thing, record: SourceRecord): Reason[] {
  const [mine, theirs] = [thing, record].map(
    ({ description }) => new Set(nameTokens(description).filter(word => word.length > 4)),
  )
  const shared = [...mine!].filter(word => theirs!.has(word))
  if (shared.length === 0) return []
  const weight = Math.min(shared.length * WEIGHTS.description, WEIGHTS.descriptionMost)
  return [{ feature: 'description', weight, words: `both are described by ${shared.join(', ')}` }]
}

function walksOf(texts: readonly string[]): string[] {
  return WALKS.filter(([, words]) => texts.some(text => words.test(text))).map(([walk]) => walk)
}

function isSameOffice(one: string, other: string): boolean {
  const [mine, theirs] = [one, other].map(text =>
    nameTokens(text)
      .filter(word => word !== 'of' && word !== 'the')
      .sort()
      .join(' '),
  )
  return mine === theirs
}

function isPlace(kind: Kind): boolean {
  return kind === 'city' || kind === 'region' || kind === 'country' || kind === 'place'
}

/** Whether one is the code of two letters, the other that of three, which may be of one country. */
function isOtherLength(one: string, other: string): boolean {
  return /^iso:[A-Z]+$/.test(one) && /^iso:[A-Z]+$/.test(other) && one.length !== other.length
}

function schemeOf(code: string): string {
  return code.slice(0, code.indexOf(':'))
}

/** Dates and years, as far as both are told. */
function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length, 10)
  return one.slice(0, length) < other.slice(0, length)
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}
