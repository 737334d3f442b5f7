import { CommuniqueError } from '../error.ts'
import { expand } from '../rdf/prefixes.ts'
import type { Term } from './terms.ts'

interface Group {
  readonly title: string
  readonly color: string
  readonly fill: string
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
      color: '#8a5a00',
      fill: '#fdf3dc',
      classes: ['Communique', 'Passage', 'Quote', 'Claim'],
    },
    {
      title: 'who acts, and where',
      boxed: false,
      color: '#1d5fa8',
      fill: '#e6f0fb',
      classes: ['GoverningBody', 'Organization', 'Delegation', 'Person', 'Country', 'Place'],
    },
    {
      title: 'what happens',
      boxed: false,
      color: '#1f7a4d',
      fill: '#e5f5ec',
      classes: ['AssemblySession', 'Speech', 'MeetingSeries', 'Election', 'Admission', 'ResolutionSet'],
    },
    {
      title: 'what lasts or is counted',
      boxed: false,
      color: '#7b3f98',
      fill: '#f4eaf8',
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
 * A picture of an ontology in the language of Graphviz, drawn from left to right.
 *
 * @throws CommuniqueError `picture-not-true` if the selection shows what the ontology does not say
 * @see https://graphviz.org/doc/info/lang.html
 */
export function modelPicture(terms: readonly Term[], selection: Selection = modelSelection): string {
  const byName = new Map(terms.map(term => [term.name, term]))
  for (const edge of selection.edges) checkEdge(edge, byName)
  const shown = new Set(selection.groups.flatMap(({ classes }) => classes))
  for (const name of shown) if (byName.get(name)?.kind !== 'class') throw untrue(`${name} is no class`)
  for (const [property, ...ends] of selection.edges)
    for (const name of ends) if (!shown.has(name)) throw untrue(`${name}, an end of ${property}, is not shown`)
  const node = (name: string, { color, fill }: { color: string; fill: string }) =>
    `${name} [color="${color}", fillcolor="${fill}"]`
  const edges = selection.edges.map(([property, from, to]) => `  ${from} -> ${to} [label=<${onWhite(property)}>]`)
  const columns = selection.columns.map(classes => `  { rank=same; ${classes.join('; ')} }`)
  const boxes = selection.groups.flatMap((group, index) => [
    ...(group.boxed ? [`  subgraph cluster_${index} {`, `    ${boxStyle(group)}`] : []),
    ...group.classes.map(name => `    ${node(name, group)}`),
    ...(group.boxed ? ['  }'] : []),
  ])
  return `digraph model {\n${style}\n${[...boxes, ...columns, ...edges].join('\n')}\n}\n`
}

const font = 'fontname="Helvetica,Arial,sans-serif"'
const style = `  graph [rankdir=LR, bgcolor="white", pad=0.35, nodesep=0.3, ranksep=0.75, ${font}]
  node [shape=box, style="filled,rounded", penwidth=1.4, margin="0.22,0.09", fontcolor="#1b1f24", fontsize=14, ${font}]
  edge [color="#7a828e", fontcolor="#374151", arrowsize=0.7, fontsize=11, ${font}]`

/** A label that an edge passing below does not strike through. */
function onWhite(text: string): string {
  return `<table border="0" cellborder="0" cellspacing="0" cellpadding="2" bgcolor="white"><tr><td>${text}</td></tr></table>`
}

function boxStyle({ title, color }: Selection['groups'][number]): string {
  return `graph [label="${title}", fontsize=12, fontcolor="${color}", color="${color}", style="rounded,dashed", margin=14]`
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
