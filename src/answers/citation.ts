import type { NamedNode, Quad, Term } from '@rdfjs/types'

import { CORE_BASE } from '../project/core.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { LAYERS, type Layer, layerIRI } from '../project/layer.ts'
import { byTrust, isPlainStatement, type Source, sourceOf, statementKind } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { shorten } from '../rdf/prefixes.ts'
import { quadKey } from '../rdf/term.ts'
import { cmq, oa } from '../rdf/vocabulary.ts'

/** What was found out of a dataset, for the answers that follow. */
interface Known {
  readonly ofQuads: Map<string, readonly Source[]>
  readonly ofStatements: Map<string, Source>
  /** By the name of a graph what kind of statement it holds, if plain patterns see it. */
  readonly plainKinds: Map<string, ReturnType<typeof statementKind>>
}

const known = new WeakMap<object, Known>()

/**
 * Tells the sources of quads: a triple of a layer is cited by the claims, plain statements and inferences that hold it, a triple of
 * a claim's graph by the claim. What provenance says of a claim, a quote or a sentence cites that claim or sentence, with status
 * `Passage`; a triple of the vocabulary cites its term, with status `Vocabulary`; any other what it is about, with status `Record`.
 */
export class Citer {
  readonly #graph: KnowledgeGraph
  readonly #layer: Layer
  readonly #layers: ReadonlySet<string>
  readonly #known: Known

  /**
   * @param graph whose dataset does not change
   * @param layer that was asked
   */
  constructor(graph: KnowledgeGraph, layer: Layer) {
    this.#graph = graph
    this.#layer = layer
    this.#known = known.get(graph.store) ?? { ofQuads: new Map(), ofStatements: new Map(), plainKinds: new Map() }
    known.set(graph.store, this.#known)
    this.#layers = new Set(['', ...LAYERS.map(layer => layerIRI(graph.baseIRI, layer).value)])
  }

  /** Each source once: claims first, then plain statements, then inferences, in the order of the text. */
  sourcesOf(quads: readonly Quad[]): Source[] {
    const found = new Map<string, Source>()
    for (const quad of quads) for (const source of this.#ofQuad(quad)) found.set(source.claim, source)
    const sources = [...found.values()].sort(byTrust)
    // A sentence adds nothing to the claim that quotes it.
    const quoted = new Set(
      sources.flatMap(({ status, document, sentence }) => (status === 'Passage' ? [] : `${document} ${sentence}`)),
    )
    return sources.filter(({ status, document, sentence }) => status !== 'Passage' || !quoted.has(`${document} ${sentence}`))
  }

  #ofQuad(quad: Quad): readonly Source[] {
    const key = quadKey(quad)
    const known = this.#known.ofQuads.get(key) ?? this.#lookUp(quad)
    this.#known.ofQuads.set(key, known)
    return known
  }

  #lookUp({ subject, predicate, object, graph }: Quad): readonly Source[] {
    const { store, baseIRI } = this.#graph
    if (graph.value === `${CORE_BASE}ontology`) return [this.#about(subject, 'Vocabulary', 'the vocabulary')]
    if (graph.value === `${baseIRI}about`) return [this.#about(subject, 'Record', 'the maker of the dataset')]
    if (!this.#layers.has(graph.value))
      return statementKind(this.#graph, graph) === undefined ? this.#describedBy(subject) : [this.#statement(graph)]
    const layer = LAYERS.find(name => graph.value === layerIRI(baseIRI, name).value) ?? this.#layer
    const holders = store.getQuads(subject, predicate, object, null).map(quad => quad.graph)
    return holders.filter(holder => this.#supports(holder, layer)).map(holder => this.#statement(holder))
  }

  /** Whether a graph that holds a triple is why the triple stands in the layer. */
  #supports(holder: Term, layer: Layer): boolean {
    const { plainKinds } = this.#known
    if (!plainKinds.has(holder.value))
      plainKinds.set(holder.value, isPlainStatement(this.#graph, holder) ? statementKind(this.#graph, holder) : undefined)
    const kind = plainKinds.get(holder.value)
    return kind !== undefined && (kind !== 'Inference' || layer !== 'stated') && (kind !== 'Link' || layer === 'linked')
  }

  /** What a triple of a provenance graph tells of. */
  #describedBy(subject: Term): readonly Source[] {
    const { store } = this.#graph
    if (statementKind(this.#graph, subject) !== undefined) return [this.#statement(subject)]
    const quoted = [cmq.hasQuote, cmq.isResolvedBy].flatMap(property => store.getSubjects(property, subject, null))
    if (quoted.length > 0) return quoted.map(statement => this.#statement(statement))
    const [text] = store.getObjects(subject, cmq.passageText, null)
    if (text === undefined) return [this.#about(subject, 'Record', 'the curator')]
    const number = (property: NamedNode): number => Number(store.getObjects(subject, property, null)[0]?.value)
    const place = { isAuthors: true, sentence: number(cmq.position), start: number(oa.start), end: number(oa.end) }
    return [{ ...this.#about(subject, 'Passage', 'the author of the document'), ...place, quote: text.value }]
  }

  #about(subject: Term, status: string, voice: string): Source {
    const { documents, prefixes } = this.#graph
    const document = documents.find(({ iri }) => subject.value === iri || subject.value.startsWith(`${iri}/`))
    const local = document === undefined ? shorten(subject.value, prefixes) : subject.value.slice(document.iri.length + 1)
    const id = local === '' ? (document?.name ?? '') : local
    return {
      claim: subject.value,
      id: status === 'Passage' && documents.length > 1 ? `${document?.name}/${id}` : id,
      document: document?.name ?? '',
      voice,
      status,
      reason: labelOf(this.#graph, subject),
    }
  }

  #statement(statement: Term): Source {
    const known = this.#known.ofStatements.get(statement.value) ?? sourceOf(this.#graph, statement)
    this.#known.ofStatements.set(statement.value, known)
    return known
  }
}
