import { CandidateIndex } from './candidate-index.ts'
import { codeOf, spaceOf } from './identifier.ts'
import { type Query, type Reason, weigh } from './match-weight.ts'
import { nameTokens } from './name.ts'
import { type Described, labelOf, merged, type SourceRecord } from './record.ts'
import type { CandidateSource } from './source.ts'
import type { Thing } from './thing.ts'

/** What a thing may be in a source, and why. */
export interface Candidate {
  /** As the source writes it. */
  readonly iri: string
  /** The form by which it is compared with others, such as `wikidata:Q43`. */
  readonly key: string
  /** The label that the source prefers. */
  readonly label: string
  /** From 0 to 1: how likely it is this and none of the others of its source, nor none at all. Not comparable across services. */
  readonly score: number
  /** The reasons added up, in bits. */
  readonly weight: number
  readonly reasons: readonly Reason[]
  /** Which independent keys agree: `name`, `country code`, `wikidata`, `date of birth` ... */
  readonly keys: readonly string[]
  readonly record: SourceRecord
}

/** What became of a thing. */
export interface Reconciliation {
  readonly thing: Thing
  /**
   * `automatic`: accepted by the tool, as asked. `match`: the first candidate is sure enough to be proposed. `review`: somebody has
   * to choose, or to find a second reason. `no match`: it is likelier that the sources do not have it.
   */
  readonly verdict: 'automatic' | 'match' | 'review' | 'no match'
  /** Why it is so, in words. */
  readonly because: string
  /** Those that nothing rules out, the likeliest first. */
  readonly candidates: readonly Candidate[]
  /** Those that would have come first, had not something ruled them out. */
  readonly ruledOut: readonly Candidate[]
  /** From 0 to 1: how likely the sources do not have it. */
  readonly none: number
}

/** How to reconcile. */
export interface ReconcileOptions {
  /** Accept where two independent keys agree; persons never. Off by default. */
  readonly automatic?: boolean
  /** Pairs that were rejected before: IRI of the thing, and any form of the IRI of the other. They do not come back. */
  readonly rejected?: readonly { readonly thing: string; readonly candidate: string }[]
  /** Of candidates for a thing; 5 by default. */
  readonly limit?: number
}

const SURE = 0.9
const SURE_FOR_THE_TOOL = 0.99
/** How many records are weighed for a thing. */
const WEIGHED = 50
/** A candidate less likely than this is not worth anybody's time. */
const LEAST = 0.001

/**
 * Looks for each thing in some sources. The same input gives the same output, in the order of the things.
 *
 * @throws CommuniqueError as the sources do
 * @example (await reconcile([], [])) // []
 */
export async function reconcile(
  things: readonly Thing[],
  sources: readonly CandidateSource[],
  options: ReconcileOptions = {},
): Promise<Reconciliation[]> {
  const byKey = new Map<string, SourceRecord>()
  for (const source of sources) {
    for (const record of await source.records(things)) {
      const before = byKey.get(record.key)
      byKey.set(record.key, before === undefined ? record : merged(before, record))
    }
  }
  const reconciler = new Reconciler([...byKey.values()])
  return things.map(thing => reconciler.reconcile(thing, options))
}

/**
 * Records made ready to be looked up, for as many things as one likes.
 *
 * @example new Reconciler([]).reconcile({ iri: 'urn:a', names: [], kinds: [], countries: [], codes: [], roles: [], description: '' }).verdict // 'no match'
 */
export class Reconciler {
  readonly #index: CandidateIndex
  readonly #countries = new Map<string, readonly string[]>()

  constructor(records: readonly SourceRecord[]) {
    this.#index = new CandidateIndex(records)
  }

  /** What the records have for one thing. */
  reconcile(thing: Thing, { automatic = false, rejected = [], limit = 5 }: ReconcileOptions = {}): Reconciliation {
    const index = this.#index
    const [kind] = thing.kinds
    const names = thing.names.map(name => ({ name, words: nameTokens(name.text, kind).map(text => index.word(text)) }))
    const query: Query = { thing, names, countries: this.#countriesOf(thing) }
    const isRejected = new Set(rejected.filter(pair => pair.thing === thing.iri).map(pair => codeOf(pair.candidate)))
    const found = index.lookUp(
      names.map(({ words }) => words),
      thing.codes,
      WEIGHED,
    )
    const weighed = found
      .filter(at => !isRejected.has(index.records[at]!.key))
      .map(at => ({ record: index.records[at]!, ...weigh(query, index, at, this.#countriesOf(index.records[at]!)) }))
      .sort((a, b) => b.weight - a.weight || (a.record.key < b.record.key ? -1 : 1))
    const [out, left] = [true, false].map(isOut => weighed.filter(({ reasons }) => reasons.some(({ veto }) => veto) === isOut))
    const odds = new Map<string, number>()
    for (const { record, weight } of left!) odds.set(spaceOf(record.key), (odds.get(spaceOf(record.key)) ?? 0) + 2 ** weight)
    const candidate = ({ record, weight, reasons, keys }: (typeof weighed)[number], isOut = false): Candidate => {
      const score = isOut ? 0 : 2 ** weight / (1 + odds.get(spaceOf(record.key))!)
      return { iri: record.iri, key: record.key, label: labelOf(record), score, weight, reasons, keys, record }
    }
    const candidates = left!.map(each => candidate(each)).filter(({ score }) => score >= LEAST)
    candidates.sort((a, b) => b.score - a.score || b.weight - a.weight || (a.key < b.key ? -1 : 1))
    const none = Math.min(1, ...[...odds.values()].map(sum => 1 / (1 + sum)))
    return {
      ...{ thing, ...verdictOf(thing, candidates, none, automatic), candidates: candidates.slice(0, limit), none },
      ruledOut: out!
        .filter(({ weight }) => weight > Math.log2(LEAST))
        .slice(0, limit)
        .map(each => candidate(each, true)),
    }
  }

  /** The codes of the countries of a thing or record: those that it gives, else those that its name does ("Ministry of ... of Bulgaria"). */
  #countriesOf({ countries, names, kinds }: Described): readonly string[] {
    if (countries.length > 0) return countries.flatMap(country => this.#countryCodes(country))
    if (kinds.some(kind => kind !== 'organization' && kind !== 'post')) return []
    return [...new Set(names.flatMap(({ text }) => runsOf(nameTokens(text)).flatMap(run => this.#countryCodes(run))))]
  }

  #countryCodes(country: string): readonly string[] {
    if (/^[A-Z]{2}$/.test(country)) return [country]
    const known = this.#countries.get(country) ?? this.#index.countriesCalled(country)
    this.#countries.set(country, known)
    return known
  }
}

/** Every run of at most four words of a name. */
function runsOf(tokens: readonly string[]): string[] {
  return tokens.flatMap((_, start) => [1, 2, 3, 4].map(length => tokens.slice(start, start + length).join(' ')))
}

function verdictOf(
  { kinds }: Thing,
  [first, second]: readonly Candidate[],
  none: number,
  automatic: boolean,
): Pick<Reconciliation, 'verdict' | 'because'> {
  if (first === undefined) return { verdict: 'no match', because: 'nothing in the sources could be it' }
  const percent = (part: number): string => `${(part * 100).toFixed(part > 0.99 || part < 0.01 ? 1 : 0)} %`
  if (none > 0.5)
    return { verdict: 'no match', because: `the likeliest, "${first.label}", is so by ${percent(first.score)} only` }
  const isPerson = kinds.includes('person') || first.record.kinds.includes('person')
  const isSupported = first.reasons.some(({ feature, weight }) => SUPPORT.has(feature) && weight > 0)
  if (isPerson && !isSupported && !first.keys.includes('name'))
    return { verdict: 'no match', because: `"${first.label}" is only like the name, and nothing else is known` }
  if (first.score < SURE) {
    const because = second === undefined ? `"${first.label}" by ${percent(first.score)}` : `"${first.label}" or "${second.label}"`
    return { verdict: 'review', because }
  }
  if (isPerson && !isSupported) return { verdict: 'review', because: 'a person is not known by name alone' }
  if (automatic && !isPerson && first.score >= SURE_FOR_THE_TOOL && first.keys.length >= 2)
    return { verdict: 'automatic', because: `${first.keys.join(' and ')} agree` }
  return { verdict: 'match', because: `"${first.label}" by ${percent(first.score)}` }
}

/** What is a reason besides the name to take somebody for somebody. */
const SUPPORT = new Set<Reason['feature']>(['country', 'code', 'date', 'role'])
