import type { Drawing, Kind } from '../drawing/drawing.ts'
import { CommuniqueError } from '../error.ts'
import { expand } from '../rdf/prefixes.ts'
import type { Term } from './terms.ts'

interface Group {
  readonly title: string
  readonly kind: Kind
  readonly classes: readonly string[]
  /** Whether a frame with the title is drawn around the classes. */
  readonly boxed: boolean
}

/** Which part of an ontology a picture shows: an edge runs from one shown class to another. */
export interface Selection {
  readonly groups: readonly Group[]
  /** The classes may be sub-classes of the property's domain and range. */
  readonly edges: readonly (readonly [property: string, from: string, to: string])[]
  /** Classes that stand in one column. */
  readonly columns: readonly (readonly string[])[]
}

/** What a newcomer needs to see of the communique vocabulary. */
export const modelSelection: Selection = {
  groups: [
    {
      title: 'what each claim rests on',
      boxed: true,
      kind: 'text',
      classes: ['Communique', 'Passage', 'Quote', 'Claim'],
    },
    {
      title: 'who acts, and where',
      boxed: false,
      kind: 'actor',
      classes: ['GoverningBody', 'Organization', 'Delegation', 'Person', 'Country', 'Place'],
    },
    {
      title: 'what happens',
      boxed: false,
      kind: 'event',
      classes: ['AssemblySession', 'Speech', 'MeetingSeries', 'Election', 'Admission', 'ResolutionSet'],
    },
    {
      title: 'what lasts or is counted',
      boxed: false,
      kind: 'matter',
      classes: ['Post', 'Tenure', 'Count', 'Topic'],
    },
  ],
  edges: [
    ['isPassageOf', 'Passage', 'Communique'],
    ['isStatedIn', 'Claim', 'Passage'],
    ['hasQuote', 'Claim', 'Quote'],
    ['isSessionOf', 'AssemblySession', 'GoverningBody'],
    ['isOrganOf', 'GoverningBody', 'Organization'],
    ['isHeldIn', 'AssemblySession', 'Place'],
    ['isPlannedIn', 'AssemblySession', 'Place'],
    ['isLocatedIn', 'Place', 'Country'],
    ['hasFocus', 'AssemblySession', 'Topic'],
    ['isDelegatedTo', 'Delegation', 'AssemblySession'],
    ['represents', 'Delegation', 'Country'],
    ['isHeadedBy', 'Delegation', 'Person'],
    ['isHeldByDelegation', 'MeetingSeries', 'Delegation'],
    ['meetsColleaguesFrom', 'MeetingSeries', 'Country'],
    ['isSpokenBy', 'Speech', 'Person'],
    ['takesPlaceDuring', 'Speech', 'AssemblySession'],
    ['takesPlaceDuring', 'Election', 'AssemblySession'],
    ['electsPerson', 'Election', 'Person'],
    ['fillsPost', 'Election', 'Post'],
    ['hasHolder', 'Tenure', 'Person'],
    ['isTenureOf', 'Tenure', 'Post'],
    ['isPostIn', 'Post', 'Organization'],
    ['admits', 'Admission', 'Country'],
    ['admitsTo', 'Admission', 'Organization'],
    ['isCountedAsOf', 'Count', 'Admission'],
    ['countsFor', 'Count', 'Organization'],
    ['isAdoptedDuring', 'ResolutionSet', 'AssemblySession'],
  ],
  columns: [['MeetingSeries', 'Delegation']],
}

/**
 * A picture of an ontology: classes as boxes, object properties as arrows.
 *
 * @throws CommuniqueError `picture-not-true` if the selection shows what the ontology does not say
 */
export function modelDrawing(terms: readonly Term[], selection: Selection = modelSelection): Drawing {
  const byName = new Map(terms.map(term => [term.name, term]))
  for (const edge of selection.edges) checkEdge(edge, byName)
  const shown = new Set(selection.groups.flatMap(({ classes }) => classes))
  for (const name of shown) if (byName.get(name)?.kind !== 'class') throw untrue(`${name} is no class`)
  for (const [property, ...ends] of selection.edges)
    for (const name of ends) if (!shown.has(name)) throw untrue(`${name}, an end of ${property}, is not shown`)
  const meaning = (name: string): string => `${name}: ${byName.get(name)!.definition}`
  return {
    title: 'The classes of the communique vocabulary and the properties between them',
    description: selection.edges.map(([property, from, to]) => `${from} ${property} ${to}.`).join(' '),
    boxes: selection.groups.flatMap(({ classes, kind }) =>
      classes.map(name => ({ id: name, label: name, kind, tooltip: meaning(name) })),
    ),
    arrows: selection.edges.map(([property, from, to]) => ({ from, to, label: property, tooltip: meaning(property) })),
    frames: selection.groups.filter(({ boxed }) => boxed).map(({ title, kind, classes }) => ({ title, kind, boxes: classes })),
    columns: selection.columns,
  }
}

function checkEdge([property, from, to]: Selection['edges'][number], byName: ReadonlyMap<string, Term>): void {
  const term = byName.get(property)
  if (term?.kind !== 'objectProperty') throw untrue(`${property} is no object property`)
  if (!fits(from, term.domain, byName)) throw untrue(`${property} does not start at ${from}`)
  if (!fits(to, term.range, byName)) throw untrue(`${property} does not lead to ${to}`)
}

/** Whether a class is one of the given ones or lies below one of them. */
function fits(name: string, classes: readonly string[], byName: ReadonlyMap<string, Term>): boolean {
  const above = new Set<string>()
  const visit = (term: Term | undefined): void => {
    if (term === undefined || above.has(term.iri)) return
    above.add(term.iri)
    for (const superTerm of term.superTerms) visit([...byName.values()].find(({ iri }) => iri === superTerm))
  }
  visit(byName.get(name))
  return classes.some(iri => iri === expand('owl:Thing') || above.has(iri))
}

function untrue(what: string): CommuniqueError {
  return new CommuniqueError('picture-not-true', { what, mend: 'correct the selection in src/ontology/picture.ts' })
}
