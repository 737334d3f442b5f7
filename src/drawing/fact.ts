import type { Quad } from '@rdfjs/types'
import type { Source, SourcedStatement } from '../project/source.ts'
import { groundsOf } from '../results/thing.ts'
import type { Manner } from './drawing.ts'

/** A triple as a picture shows it: how, who says so, and on which sentences it rests. */
export interface Fact {
  readonly triple: Quad
  readonly manner: Manner
  /** Who says so, where it is not the author plainly. */
  readonly voice?: string | undefined
  /** `[12]`, of several documents `[interpol-ga-89/12]`; what the curator adds has its id, `[c3]`. */
  readonly mark: string
  /** The words. */
  readonly quotes: readonly string[]
  /** Where the first of them stands. */
  readonly place: readonly [document: string, start: number]
}

/** A statement as facts: any one of its sources is enough, so what a speaker says stands beside what the author says. */
export function factsOf({ triple, sources }: SourcedStatement): Fact[] {
  const byManner = new Map<string, Source[]>()
  for (const source of sources) {
    const key = JSON.stringify([mannerOf(source), voiceOf(source)])
    byManner.set(key, [...(byManner.get(key) ?? []), source])
  }
  const facts = [...byManner.values()].map(same => fact(triple, same, mannerOf(same[0]!)))
  // What is stated needs no inference.
  return facts.filter(({ manner }) => manner !== 'inferred' || facts.every(other => other.manner === 'inferred'))
}

/** A triple that a query made, as a fact: it needs all of its sources, so one that a speaker says makes it the speaker's. */
export function factOfRow({ triple, sources }: SourcedStatement): Fact {
  const manners = sources.map(mannerOf)
  const manner = (['attributed', 'inferred'] as const).find(one => manners.includes(one))
  return fact(triple, sources, manner ?? (sources.length === 0 ? 'inferred' : 'stated'))
}

function fact(triple: Quad, sources: readonly Source[], manner: Manner): Fact {
  // An outside source stands behind an inference, which has an id.
  const grounds = groundsOf(sources).filter(({ status }) => status !== 'Source')
  const marks = new Set(grounds.map(({ id, sentence }) => (sentence === undefined ? id : id.replace(/s(\d+)-\d+$/, '$1'))))
  const voices = new Set(sources.flatMap(source => voiceOf(source) ?? []))
  const [{ document = '', start = Number.MAX_SAFE_INTEGER } = {}] = grounds
  return {
    triple,
    manner,
    ...(manner === 'attributed' ? { voice: [...voices].join(', ') } : {}),
    mark: `[${[...marks].slice(0, MOST_MARKS).join(', ')}${marks.size > MOST_MARKS ? ' …' : ''}]`,
    quotes: grounds.flatMap(({ quote }) => quote ?? []),
    place: [document, start],
  }
}

/** More would hide the picture; the tooltip has all quotes. */
const MOST_MARKS = 6

function mannerOf({ status, isAuthors }: Source): Manner {
  if (status === 'Inference') return 'inferred'
  if (status === 'PlainStatement' || status === 'Classification' || status === 'Source') return 'stated'
  return isAuthors && (status === 'Asserted' || status === 'Plan') ? 'stated' : 'attributed'
}

/** A named speaker, or the author who judges, explains or expects. */
function voiceOf(source: Source): string | undefined {
  if (mannerOf(source) !== 'attributed') return undefined
  return source.isAuthors ? 'the author' : source.voice
}
