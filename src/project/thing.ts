import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import { type Prefixes, shorten } from '../rdf/prefixes.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs, skos } from '../rdf/vocabulary.ts'
import type { KnowledgeGraph } from './knowledge-graph.ts'

/**
 * The thing that a person means by an IRI, a prefixed name, a slug or a label.
 *
 * @throws CommuniqueError `unknown-thing` with the nearest name
 * @example findThing(project, 'Kim Jong-young').value // 'https://w3id.org/communique/id/kim-jong-young'
 */
export function findThing(graph: KnowledgeGraph, name: string): NamedNode {
  const { store, baseIRI, prefixes } = graph
  const found = [name, iriOf(name, prefixes) ?? name, `${baseIRI}id/${name}`]
    .map(iri => DataFactory.namedNode(iri))
    .find(node => store.countQuads(node, null, null, null) + store.countQuads(null, null, node, null) > 0)
  if (found) return found
  const labels = labelsOfThings(graph)
  const wanted = plainForm(name)
  for (const [label, thing] of labels) if (plainForm(label) === wanted) return thing
  const things = [...store.getSubjects(null, null, null), ...store.getObjects(null, null, null)]
  const slugs = things.flatMap(({ termType, value }) =>
    termType === 'NamedNode' && value.startsWith(`${baseIRI}id/`) ? value.slice(baseIRI.length + 3) : [],
  )
  const names = [...new Set(slugs), ...labels.keys()]
  const near = nearestName(name, names) ?? names.find(other => plainForm(other).includes(wanted))
  throw new CommuniqueError('unknown-thing', {
    what: `nothing in this project is called "${name}"`,
    mend: near === undefined ? 'see "communique article --claims" for the things of the article' : `did you mean "${near}"?`,
  })
}

/** The IRI of a prefixed name; undefined where the name is none, or has a prefix that nobody declared. */
export function iriOf(name: string, prefixes: Prefixes): string | undefined {
  const [, prefix = '', local = ''] = /^([a-z][\w-]*):(.*)$/.exec(name) ?? []
  return Object.hasOwn(prefixes, prefix) ? prefixes[prefix] + local : undefined
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
