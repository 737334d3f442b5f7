import type { Literal, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Note } from '../answers/answer.ts'
import { snapshotsOnly } from '../answers/services.ts'
import type { ServiceOptions } from '../federation/federation.ts'
import { nameTokens, PARTICLES } from '../linking/name.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { type Source, sourcesOf } from '../project/source.ts'
import { findThing } from '../project/thing.ts'
import type { Catalogue } from '../questions/catalogue.ts'
import { tripleKey } from '../rdf/term.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { isRestatement, restatementOf } from './restatement.ts'
import { type OutsideSource, type OutsideView, recordedViews } from './statement.ts'

/**
 * What an outside source says to a statement of ours: the same, something else, nothing though it was asked.
 *
 * @example OUTSIDE_VERDICTS // ['agrees', 'differs', 'silent']
 */
export const OUTSIDE_VERDICTS = ['agrees', 'differs', 'silent'] as const
export type OutsideVerdict = (typeof OUTSIDE_VERDICTS)[number]

/** One statement of ours with its sentences, and beside it what each source says that speaks of it or was asked. */
export interface ComparedStatement {
  readonly triple: Quad
  readonly sources: readonly Source[]
  readonly outside: readonly {
    readonly verdict: OutsideVerdict
    /** What the source has in the place of our object: what agrees with it, else all that it has. */
    readonly theirs: readonly Term[]
    readonly source: OutsideSource
  }[]
}

/** What the outside says of a project's statements, in the order of the text. */
export interface OutsideComparison {
  readonly statements: readonly ComparedStatement[]
  readonly counts: Readonly<Record<OutsideVerdict, number>>
  /** From where the views come. */
  readonly notes: readonly Note[]
  /** Whether every server that was asked gave all it has. */
  readonly complete: boolean
}

export interface OutsideOptions {
  /** Only statements about this thing, by any of its names. */
  readonly thing?: string | undefined
  /** What servers may be asked; only the snapshots of the project unless told. */
  readonly services?: ServiceOptions | undefined
}

/**
 * Lays what others say beside our statements, and merges nothing. What others say comes from the statements recorded in
 * `data/outside.trig`, and from the saved questions that make triples in our terms of what a server says (CONSTRUCT with SERVICE),
 * over the accepted links. Names agree that have the same words in Latin letters without marks, numbers of the same value.
 *
 * @throws CommuniqueError as `recordedViews`, `restatementOf` and `findThing`
 * @example (await compareWithOutside(project, { thing: 'kim-jong-young' })).counts // { agrees: 0, differs: 2, silent: 0 }
 */
export async function compareWithOutside(
  project: KnowledgeGraph & { readonly root: string; readonly catalogue: Catalogue },
  { thing, services = snapshotsOnly(project.root) }: OutsideOptions = {},
): Promise<OutsideComparison> {
  const subject = thing === undefined ? undefined : findThing(project, thing)
  const questions = project.catalogue.questions.filter(isRestatement)
  const restated = await Promise.all(questions.map(question => restatementOf(project, question, services)))
  const views = [...(await recordedViews(project.root)), ...restated.map(({ view }) => view)]
  const compared = new Map<string, ComparedStatement>()
  for (const view of views)
    for (const triple of oursIn(project, view)) {
      if (subject !== undefined && !triple.subject.equals(subject)) continue
      const key = tripleKey(triple)
      const known = compared.get(key) ?? { triple, sources: sentencesOf(project, triple), outside: [] }
      compared.set(key, { ...known, outside: [...known.outside, verdictOf(triple, view)] })
    }
  const statements = [...compared.values()].sort((one, other) => placeOf(one) - placeOf(other))
  const all = statements.flatMap(({ outside }) => outside.map(({ verdict }) => verdict))
  const count = (wanted: OutsideVerdict): number => all.filter(verdict => verdict === wanted).length
  return {
    statements,
    counts: { agrees: count('agrees'), differs: count('differs'), silent: count('silent') },
    notes: restated.flatMap(({ notes }) => notes),
    complete: restated.every(({ complete }) => complete),
  }
}

/** Our stated triples of which a source was asked, or speaks by itself. */
function oursIn({ store }: KnowledgeGraph, { asked }: OutsideView): Quad[] {
  const stated = asked.flatMap(({ subject, predicate }) => store.getQuads(subject, predicate, null, DataFactory.defaultGraph()))
  return [...new Map(stated.map(triple => [tripleKey(triple), triple])).values()]
}

function sentencesOf(project: KnowledgeGraph, triple: Quad): Source[] {
  const sources = sourcesOf(project, triple)
  const quoted = sources.filter(({ quote }) => quote !== undefined)
  return quoted.length > 0 ? quoted : sources
}

function verdictOf(triple: Quad, { triples, source }: OutsideView): ComparedStatement['outside'][number] {
  const { subject, predicate, object } = triple
  const theirs = triples
    .filter(other => other.subject.equals(subject) && other.predicate.equals(predicate))
    .map(other => other.object)
  const same = theirs.filter(other => isSame(object, other))
  const verdict = theirs.length === 0 ? 'silent' : same.length > 0 ? 'agrees' : 'differs'
  return { verdict, theirs: same.length > 0 ? same.slice(0, 1) : theirs, source }
}

function isSame(one: Term, other: Term): boolean {
  if (one.termType !== 'Literal' || other.termType !== 'Literal') return one.equals(other)
  if (isText(one) && isText(other)) return wordsOf(one) === wordsOf(other)
  return one.equals(other) || (one.datatype.equals(xsd.integer) && Number(one.value) === Number(other.value))
}

function isText({ datatype, language }: Literal): boolean {
  return language !== '' || datatype.equals(xsd.string)
}

/** The words of a name, in any order, without those that come and go. */
function wordsOf({ value }: Literal): string {
  const words = nameTokens(value)
  return words
    .filter(word => !PARTICLES.has(word))
    .sort()
    .join(' ')
}

function placeOf({ sources }: ComparedStatement): number {
  return sources[0]?.start ?? Number.POSITIVE_INFINITY
}
