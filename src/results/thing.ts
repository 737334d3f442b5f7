import type { NamedNode } from '@rdfjs/types'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { inTextOrder, type Source, type SourcedStatement, statementsAbout } from '../project/source.ts'
import { labelOf, verbOf } from '../project/thing.ts'
import { termText } from '../rdf/turtle.ts'

/** Everything known about one thing: what `communique show --json` gives. */
export interface ThingReport {
  readonly thing: string
  readonly label: string
  readonly statements: readonly StatementReport[]
}

export interface StatementReport {
  readonly subject: string
  readonly predicate: string
  /** As Turtle writes it. */
  readonly object: string
  /** The statement in words, seen from the thing. */
  readonly text: string
  readonly sources: readonly Source[]
}

/** Statements with the thing as subject, then as object; within these in the order of the text, each once. */
export function thingReport(graph: KnowledgeGraph, thing: NamedNode): ThingReport {
  const { subject, object } = statementsAbout(graph, thing)
  const report = ({ triple, sources }: SourcedStatement, text: string): StatementReport => ({
    subject: triple.subject.value,
    predicate: triple.predicate.value,
    object: termText(triple.object, graph.prefixes),
    text,
    sources,
  })
  const label = (term: SourcedStatement['triple']['object']): string => labelOf(graph, term)
  return {
    thing: thing.value,
    label: label(thing),
    statements: [
      ...subject.map(one => report(one, `${verbOf(graph, one.triple.predicate)}: ${label(one.triple.object)}`)),
      ...object.map(one => report(one, `← ${label(one.triple.subject)}: ${verbOf(graph, one.triple.predicate)}`)),
    ],
  }
}

/** The kinds of statement, in the order in which a reader trusts them, each with the words for its heading. */
const HEADINGS: readonly (readonly [kind: string, heading: string])[] = [
  ['author', 'The text says'],
  ['PlainStatement', 'In short'],
  ['Classification', 'The curator adds'],
  ['attributed', 'Others say, or the author judges'],
  ['Inference', 'Inferred'],
]

/** Statements by their strongest source, under the headings of their kinds; kinds without statements are left out. */
export function statementsByKind({
  statements,
}: ThingReport): (readonly [heading: string, statements: readonly StatementReport[]])[] {
  const kindOf = ({ sources: [source] }: StatementReport): string => {
    const status = source?.status ?? ''
    if (['PlainStatement', 'Classification', 'Inference'].includes(status)) return status
    return ['Asserted', 'Plan'].includes(status) ? 'author' : 'attributed'
  }
  return HEADINGS.map(([kind, heading]) => [heading, statements.filter(statement => kindOf(statement) === kind)] as const).filter(
    ([, found]) => found.length > 0,
  )
}

/** The claims and inferences of the curator that sources come down to, each once, in the order of the text. */
export function groundsOf(sources: readonly Source[]): Source[] {
  const found = new Map<string, Source>()
  const visit = (source: Source): void => {
    if (source.rule === undefined) found.set(source.claim, source)
    if (source.rule !== undefined || source.status === 'Inference') for (const premise of source.premises ?? []) visit(premise)
  }
  for (const source of sources) visit(source)
  return [...found.values()].sort(inTextOrder)
}
