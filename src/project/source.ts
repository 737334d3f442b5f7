import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { authorIRI, type Claim } from '../article/claim.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { distinctTerms, tripleKey } from '../rdf/term.ts'
import { cmq, dcterms, oa, prov, rdf } from '../rdf/vocabulary.ts'
import type { CommuniqueDocument } from './document.ts'
import type { CompiledGraph, KnowledgeGraph } from './knowledge-graph.ts'
import { labelOf } from './thing.ts'

/** On what a statement rests, down to the sentence: the `sources` of an answer. Offsets are code points, end exclusive. */
export interface Source {
  /** IRI of the claim, plain statement or inference, which is the name of its graph; of an outside source, its own. */
  readonly claim: string
  /** What `communique why` takes: `s12-1`, or `document/s12-1` where the project has several; an outside source has its IRI. */
  readonly id: string
  readonly document: string
  readonly sentence?: number | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly quote?: string | undefined
  /** Other words of the text without which the quote does not say so: whom "he" means, which session. */
  readonly readWith?: readonly { readonly quote: string; readonly start: number; readonly end: number }[] | undefined
  /** Label of who says so. */
  readonly voice: string
  /** Whether that is the author of the text. */
  readonly isAuthors?: boolean | undefined
  /**
   * The status of a claim (`Asserted`, `Classification` ...), or `PlainStatement`, `Inference`, `Link`, `Source`, `Service` of what an endpoint
   * said; see also `citation.ts`.
   */
  readonly status: string
  /** Why the curator classifies or infers so; a classification never has a quote. */
  readonly reason?: string | undefined
  readonly rule?: string | undefined
  readonly assumption?: string | undefined
  /** Of an inference: `HighCertainty` or `MediumCertainty`. */
  readonly certainty?: string | undefined
  readonly premises?: readonly Source[] | undefined
}

/** One statement about a thing with everything it rests on. */
export interface SourcedStatement {
  readonly triple: Quad
  readonly sources: readonly Source[]
}

/**
 * Every graph that holds the triple - claims first, then plain statements, then inferences - as sources.
 *
 * @example sourcesOf(project, project.store.getQuads(null, namedNode('https://w3id.org/communique/ns#electsPerson'), null, null)[0])[0].id // 's12-1'
 */
export function sourcesOf(graph: KnowledgeGraph, triple: Quad): Source[] {
  return graph.store
    .getQuads(triple.subject, triple.predicate, triple.object, null)
    .flatMap(quad => (statementKind(graph, quad.graph) === undefined ? [] : [sourceOf(graph, quad.graph)]))
    .sort(byTrust)
}

/** Claims before plain statements before inferences; within these in the order of the text. */
export function byTrust(one: Source, other: Source): number {
  return rank(one) - rank(other) || (one.start ?? 0) - (other.start ?? 0)
}

/**
 * Everything the graph knows about a thing, as subject and as object, reported speech included, each with its sources: what claims
 * say in their order, then plain statements, then inferences.
 *
 * @example statementsAbout(project, namedNode('https://w3id.org/communique/id/serbia')).object.length > 0 // true
 */
export function statementsAbout(
  graph: KnowledgeGraph,
  thing: NamedNode,
): { subject: SourcedStatement[]; object: SourcedStatement[] } {
  const statements = KINDS.flatMap(kind => graph.store.getSubjects(rdf.type, cmq[kind], null))
  const places = new Map(statements.map(({ value }, place) => [value, place]))
  const placeOf = (quad: Quad): number => places.get(quad.graph.value)!
  const gather = (quads: readonly Quad[]): SourcedStatement[] => {
    const held = quads.filter(quad => places.has(quad.graph.value))
    return sourcedStatements(
      graph,
      held.sort((one, other) => placeOf(one) - placeOf(other)),
    )
  }
  return {
    subject: gather(graph.store.getQuads(thing, null, null, null)),
    object: gather(graph.store.getQuads(null, null, thing, null)),
  }
}

/** Triples, each once, with their sources. */
export function sourcedStatements(graph: KnowledgeGraph, quads: readonly Quad[]): SourcedStatement[] {
  const unique = new Map(quads.map(triple => [tripleKey(triple), triple]))
  return [...unique.values()].map(triple => ({ triple, sources: sourcesOf(graph, triple) }))
}

/**
 * A graph of the dataset as a source, its premises down to the sentences.
 *
 * @example sourceOf(project, project.documents[0].claims[0].iri).sentence // 1
 */
export function sourceOf(graph: KnowledgeGraph, statement: Term, seen: ReadonlySet<string> = new Set()): Source {
  const document = graph.documents.find(({ iri }) => statement.value.startsWith(`${iri}/`))?.name ?? ''
  const kind = statementKind(graph, statement)
  if (kind === undefined)
    return { claim: statement.value, id: statement.value, document, voice: labelOf(graph, statement), status: 'Source' }
  const name = statement.value.slice(statement.value.lastIndexOf('/') + 1)
  const known = graph.store.getQuads(statement, null, null, null)
  const values = (property: NamedNode): Term[] =>
    distinctTerms(known.filter(({ predicate }) => predicate.equals(property)).map(({ object }) => object))
  const label = (property: NamedNode): string | undefined => values(property).map(term => labelOf(graph, term))[0]
  const local = (property: NamedNode): string | undefined => values(property)[0]?.value.slice(PREFIXES.cmq.length)
  const [passage, quote] = [values(cmq.isStatedIn)[0], values(cmq.hasQuote)[0]]
  const words = quote && quoteOf(graph, quote)
  // Their IRIs end with their numbers.
  const context = values(cmq.isResolvedBy).sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }))
  const within = new Set([...seen, statement.value])
  const premises = values(prov.wasDerivedFrom).filter(premise => !within.has(premise.value))
  return {
    claim: statement.value,
    id: graph.documents.length > 1 ? `${document}/${name}` : name,
    document,
    sentence: passage && numberOf(graph, passage, cmq.position),
    start: words?.start,
    end: words?.end,
    quote: words?.quote,
    readWith: context.length === 0 ? undefined : context.map(term => quoteOf(graph, term)),
    voice: label(cmq.isVoicedBy) ?? label(prov.wasAttributedTo) ?? '',
    isAuthors: values(cmq.isVoicedBy).some(({ value }) => isAuthor(graph, value)) || undefined,
    status: kind === 'Claim' ? (local(cmq.hasClaimStatus) ?? '') : kind,
    reason: (values(cmq.reason)[0] ?? (kind === 'Link' ? values(dcterms.description)[0] : undefined))?.value,
    rule: label(cmq.appliesRule),
    assumption: values(cmq.assumption)[0]?.value,
    certainty: local(cmq.hasCertainty),
    premises: premises.length === 0 ? undefined : premises.map(premise => sourceOf(graph, premise, within)),
  }
}

function isAuthor({ documents }: KnowledgeGraph, voice: string | undefined): boolean {
  return documents.some(({ iri }) => voice === authorIRI(iri))
}

function quoteOf(graph: KnowledgeGraph, quote: Term): { quote: string; start: number; end: number } {
  const [exact] = graph.store.getObjects(quote, oa.exact, null)
  return { quote: exact?.value ?? '', start: numberOf(graph, quote, oa.start) ?? 0, end: numberOf(graph, quote, oa.end) ?? 0 }
}

function numberOf({ store }: KnowledgeGraph, subject: Term, property: NamedNode): number | undefined {
  const [value] = store.getObjects(subject, property, null)
  return value && Number(value.value)
}

/**
 * The claims with an IRI or an id such as `s12-1`, which several documents can have, or `document/s12-1`.
 *
 * @example claimsOf(project, 's12-1')[0].claim.title // 'Ahmed Nasser Al Raisi was elected President of Interpol'
 */
export function claimsOf({ documents }: CompiledGraph, name: string): { claim: Claim; document: CommuniqueDocument }[] {
  return documents.flatMap(document =>
    document.claims
      .filter(({ id, iri }) => [iri.value, id, `${document.name}/${id}`].includes(name))
      .map(claim => ({ claim, document })),
  )
}

const KINDS = ['Claim', 'PlainStatement', 'Inference', 'Link'] as const

/** What kind of statement a graph holds; undefined for layers, provenance, ontology and the default graph. */
export function statementKind({ store }: KnowledgeGraph, graph: Term): (typeof KINDS)[number] | undefined {
  if (graph.termType !== 'NamedNode') return undefined
  const types = store.getObjects(graph, rdf.type, null)
  return KINDS.find(kind => types.some(type => type.equals(cmq[kind])))
}

/** Whether what a graph holds is in plain patterns: the author's own claims, classifications, plain statements; inferences too. */
export function isPlainStatement(graph: KnowledgeGraph, statement: Term): boolean {
  const kind = statementKind(graph, statement)
  if (kind !== 'Claim') return kind !== undefined
  const has = (property: NamedNode, object: Term): boolean => graph.store.countQuads(statement, property, object, null) > 0
  if (has(cmq.hasClaimStatus, cmq.Classification)) return true
  const [voice] = graph.store.getObjects(statement, cmq.isVoicedBy, null)
  return isAuthor(graph, voice?.value) && (has(cmq.hasClaimStatus, cmq.Asserted) || has(cmq.hasClaimStatus, cmq.Plan))
}

function rank({ status }: Source): number {
  return Math.max(0, KINDS.indexOf(status as (typeof KINDS)[number]))
}

/** Sources by document, then by where their words stand; those without words last. Without `localeCompare`, whose first call is slow. */
export function inTextOrder(one: Source, other: Source): number {
  if (one.document !== other.document) return one.document < other.document ? -1 : 1
  return (one.start ?? Number.MAX_SAFE_INTEGER) - (other.start ?? Number.MAX_SAFE_INTEGER)
}
