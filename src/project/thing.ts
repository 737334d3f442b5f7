import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import { shorten } from '../rdf/prefixes.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs, skos } from '../rdf/vocabulary.ts'
import type { KnowledgeGraph } from './knowledge-graph.ts'

/**
 * The thing that a person means by an IRI, a prefixed name, a slug or a label.
 *
 * @throws CommuniqueError `unknown-thing` with the nearest name
 * @example findThing(project, 'Kim Jong-young').value // 'https://w3id.org/communique/id/kim-jong-young'
 */
export function findThing(project: KnowledgeGraph, name: string): NamedNode {
  const { baseIRI, prefixes } = project
  const named = namedNodes(project)
  const [, prefix, local] = /^([a-z][\w-]*):(.*)$/.exec(name) ?? []
  const candidates = [
    name,
    prefix !== undefined && prefixes[prefix] !== undefined ? prefixes[prefix] + local : '',
    `${baseIRI}id/${name}`,
  ]
  const found = candidates.map(iri => named.get(iri)).find(node => node !== undefined)
  if (found) return found
  const labels = labelsOfThings(project)
  const wanted = plainForm(name)
  for (const [label, thing] of labels) if (plainForm(label) === wanted) return thing
  const slugs = [...named.keys()].filter(iri => iri.startsWith(`${baseIRI}id/`)).map(iri => iri.slice(baseIRI.length + 3))
  const names = [...slugs, ...labels.keys()]
  const near = nearestName(name, names) ?? names.find(other => plainForm(other).includes(wanted))
  throw new CommuniqueError('unknown-thing', {
    what: `nothing in this project is called "${name}"`,
    mend: near === undefined ? 'see "communique article --claims" for the things of the article' : `did you mean "${near}"?`,
  })
}

/**
 * The label a person reads for a term: its label, else the prefixed name; a literal is its own.
 *
 * @example labelOf(project, findThing(project, 'uae')) // 'UAE'
 */
export function labelOf({ store, prefixes }: KnowledgeGraph, term: Term): string {
  if (term.termType === 'Literal') return term.value
  return store.getObjects(term, rdfs.label, null)[0]?.value ?? shorten(term.value, prefixes)
}

/**
 * A statement as a sentence of labels; a literal as Turtle writes it.
 *
 * @example statementWords(project, project.store.getQuads(findThing(project, 'istanbul'), null, findThing(project, 'turkey'), null)[0]) // 'Istanbul — is located in — Republic of Turkey'
 */
export function statementWords(graph: KnowledgeGraph, { subject, predicate, object }: Quad): string {
  const label = (term: Term): string => (term.termType === 'NamedNode' ? labelOf(graph, term) : termText(term, graph.prefixes))
  return `${label(subject)} — ${verbOf(graph, predicate)} — ${label(object)}`
}

/** The words for a predicate, those of others included, whose labels are not in the graph. */
export function verbOf(graph: KnowledgeGraph, predicate: Term): string {
  return VERBS.get(predicate.value) ?? labelOf(graph, predicate)
}

const VERBS: ReadonlyMap<string, string> = new Map([
  [rdf.type.value, 'is a'],
  [rdfs.label.value, 'label'],
  [skos.prefLabel.value, 'preferred label'],
])

function namedNodes({ store }: KnowledgeGraph): Map<string, NamedNode> {
  const nodes = [...store.getSubjects(null, null, null), ...store.getObjects(null, null, null)]
  return new Map(nodes.flatMap(node => (node.termType === 'NamedNode' ? [[node.value, node] as const] : [])))
}

function labelsOfThings({ store, baseIRI }: KnowledgeGraph): Map<string, NamedNode> {
  const labels = new Map<string, NamedNode>()
  for (const property of [rdfs.label, skos.prefLabel, cmq.nameAsWritten]) {
    for (const { subject, object } of store.getQuads(null, property, null, null))
      if (subject.termType === 'NamedNode' && subject.value.startsWith(`${baseIRI}id/`)) labels.set(object.value, subject)
  }
  return labels
}

function plainForm(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
