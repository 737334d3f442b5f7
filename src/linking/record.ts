import type { Quad } from '@rdfjs/types'
import { codeOf, normalIri } from './identifier.ts'
import { type Draft, PROPERTIES, specificKinds } from './property.ts'

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
 * Gathers records while a source is read: what its quads say of things, by the properties of `property.ts`. The quads of one thing
 * may lie apart. Things without a name are none, but a resource of DBpedia is named by its address.
 */
export class RecordBuilder {
  readonly #drafts = new Map<string, Draft>()

  /** Takes what some quads say. */
  add(quads: Iterable<Quad>): void {
    for (const { subject, predicate, object } of quads)
      if (subject.termType === 'NamedNode') PROPERTIES.get(predicate.value)?.(this.#draft(subject.value), object)
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
