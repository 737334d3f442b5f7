import type { Term as Node, Quad } from '@rdfjs/types'
import { expand } from '../rdf/prefixes.ts'

export type TermKind = 'class' | 'objectProperty' | 'datatypeProperty' | 'concept' | 'scheme'

/** One term of an ontology. Texts are the English ones where there are several; an absent text is the empty string. */
export interface Term {
  readonly iri: string
  /** What follows the last `#` or `/` of the IRI. */
  readonly name: string
  readonly kind: TermKind
  readonly label: string
  readonly definition: string
  readonly example: string
  readonly scopeNote: string
  /** IRIs; the members of a union stand side by side. Empty for what is no property. */
  readonly domain: readonly string[]
  readonly range: readonly string[]
  /** Direct super-classes or super-properties, own and foreign; of a concept its classes, without `skos:Concept`. */
  readonly superTerms: readonly string[]
  /** IRI of the scheme of a concept. */
  readonly scheme?: string
  /** As `vs:term_status` gives it, e.g. `stable`; the empty string where it is not given. */
  readonly status: string
  readonly deprecated: boolean
}

const rdfType = expand('rdf:type')

const kinds: ReadonlyMap<string, TermKind> = new Map([
  [expand('owl:Class'), 'class'],
  [expand('owl:ObjectProperty'), 'objectProperty'],
  [expand('owl:DatatypeProperty'), 'datatypeProperty'],
  [expand('skos:ConceptScheme'), 'scheme'],
  [expand('skos:Concept'), 'concept'],
])

/**
 * Reads the terms that an ontology declares.
 *
 * @param quads of one or more ontologies with their alignments; graph names do not matter
 * @returns each term with an IRI once, in the order in which the terms are first given a type
 */
export function readTerms(quads: Iterable<Quad>): Term[] {
  const graph = triplesBySubject(quads)
  const terms: Term[] = []
  for (const [subject, triples] of graph) {
    if (subject.startsWith('_:')) continue
    const types = objects(triples, rdfType).map(({ value }) => value)
    const kind = types.map(type => kinds.get(type)).find(found => found !== undefined)
    if (kind !== undefined) terms.push(termOf(subject, kind, triples, graph))
  }
  return terms
}

type Graph = ReadonlyMap<string, readonly Quad[]>

function triplesBySubject(quads: Iterable<Quad>): Graph {
  const graph = new Map<string, Quad[]>()
  for (const quad of quads) {
    const subject = keyOf(quad.subject)
    const triples = graph.get(subject)
    if (triples === undefined) graph.set(subject, [quad])
    else triples.push(quad)
  }
  return graph
}

function keyOf(node: Node): string {
  return node.termType === 'BlankNode' ? `_:${node.value}` : node.value
}

function termOf(iri: string, kind: TermKind, triples: readonly Quad[], graph: Graph): Term {
  const values = (name: string) => objects(triples, expand(name))
  const classes = (name: string) => [...new Set(values(name).flatMap(node => namedClasses(node, graph)))]
  const [scheme] = values('skos:inScheme')
  return {
    iri,
    name: iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1),
    kind,
    label: english(values('rdfs:label')),
    definition: english(values('skos:definition')),
    example: english(values('skos:example')),
    scopeNote: english(values('skos:scopeNote')),
    domain: classes('rdfs:domain'),
    range: classes('rdfs:range'),
    superTerms:
      kind === 'concept'
        ? classes('rdf:type').filter(type => type !== expand('skos:Concept'))
        : [...classes('rdfs:subClassOf'), ...classes('rdfs:subPropertyOf')],
    ...(scheme === undefined ? {} : { scheme: scheme.value }),
    status: english(values('vs:term_status')),
    deprecated: values('owl:deprecated').some(({ value }) => value === 'true' || value === '1'),
  }
}

function objects(triples: readonly Quad[], predicate: string): Node[] {
  return triples.filter(triple => triple.predicate.value === predicate).map(({ object }) => object)
}

/** The English one of several texts, else the first of them. */
function english(texts: readonly Node[]): string {
  const isEnglish = (node: Node) => node.termType === 'Literal' && /^en(-|$)/i.test(node.language)
  return (texts.find(isEnglish) ?? texts[0])?.value ?? ''
}

/** A class as itself, a union as its members. */
function namedClasses(node: Node, graph: Graph): string[] {
  if (node.termType === 'NamedNode') return [node.value]
  const [list] = objects(graph.get(keyOf(node)) ?? [], expand('owl:unionOf'))
  return list === undefined ? [] : listMembers(list, graph).flatMap(member => namedClasses(member, graph))
}

function listMembers(head: Node, graph: Graph): Node[] {
  const members: Node[] = []
  const seen = new Set<string>()
  for (let cell: Node | undefined = head; cell !== undefined && !seen.has(keyOf(cell)); ) {
    seen.add(keyOf(cell))
    const triples: readonly Quad[] = graph.get(keyOf(cell)) ?? []
    members.push(...objects(triples, expand('rdf:first')))
    cell = objects(triples, expand('rdf:rest'))[0]
  }
  return members
}
