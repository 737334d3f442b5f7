import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import type { MappingSet } from '../linking/mapping.ts'
import { suggestion } from '../nearest.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { type Layer, layerIRI } from '../project/layer.ts'
import { shorten } from '../rdf/prefixes.ts'
import { quadOf } from '../rdf/term.ts'
import { cmq, oa } from '../rdf/vocabulary.ts'
import { QuadStore } from '../store/quad-store.ts'
import { datasetOf, metadataOf } from './metadata.ts'
import { type Rebasing, rebasing } from './rebasing.ts'

/** What of a dataset leaves the project; the stated layer unless told. */
export interface ContentOptions {
  readonly layer?: Layer | undefined
  /** All graphs. */
  readonly dataset?: boolean | undefined
  /** IRI of one graph. */
  readonly graph?: string | undefined
  /** Whether the article's words are left out; where they stand, and the hash of the text, stay. */
  readonly noText?: boolean | undefined
  /** What takes the place of the project's base IRI. */
  readonly base?: string | undefined
}

/** What a distribution is made of. */
export interface Content {
  /** The whole dataset, with the IRIs and the words that the distribution has. */
  readonly graph: KnowledgeGraph
  /** What is to be written, with what it tells of itself: of a layer or one graph triples, of a dataset quads. */
  readonly quads: readonly Quad[]
  /** IRI of what it tells of itself. */
  readonly about: string
  /** New IRIs by the old ones, where there is another base. */
  readonly iris: ReadonlyMap<string, string>
}

/**
 * Chooses what a distribution holds: a layer, one graph, or all. Whatever it is comes with the document it was taken from, the
 * document's hash, who asserts it, the date and the licence.
 *
 * @throws CommuniqueError `unknown-graph` with the nearest name; `base-iri`
 * @see DCAT 3, 6.8 (Distribution)
 */
export function contentOf(project: KnowledgeGraph, options: ContentOptions = {}): Content {
  const { layer = 'stated', dataset = false, graph: name, noText = false, base } = options
  const other = base === undefined ? undefined : rebasing(project.baseIRI, base)
  const graph = changed(project, noText, other)
  const { store, baseIRI } = graph
  const iris = other?.iris ?? new Map()
  if (dataset) {
    const quads = [...store.getQuads(null, null, null, null), ...metadataOf(graph)]
    return { graph, quads, about: datasetOf(graph).value, iris }
  }
  const chosen = name === undefined ? layerIRI(baseIRI, layer) : graphNamed(graph, other?.iri(name) ?? name)
  const triples = [...store.getQuads(null, null, null, chosen), ...metadataOf(graph, chosen)]
  return {
    graph,
    quads: triples.map(({ subject, predicate, object }) => quadOf(subject, predicate, object)),
    about: chosen.value,
    iris,
  }
}

/** The dataset without its words, and with other IRIs. */
function changed(project: KnowledgeGraph, noText: boolean, other: Rebasing | undefined): KnowledgeGraph {
  if (!noText && other === undefined) return project
  const kept = project.store
    .getQuads(null, null, null, null)
    .filter(({ predicate }) => !noText || !WORDS.some(property => property.equals(predicate)))
  return other === undefined
    ? { ...project, store: QuadStore.of(kept) }
    : {
        store: QuadStore.of(kept.map(other.quad)),
        links: project.links && rebased(project.links, other),
        baseIRI: other.iri(project.baseIRI),
        prefixes: Object.fromEntries(Object.entries(project.prefixes).map(([prefix, iri]) => [prefix, other.iri(iri)])),
        documents: project.documents.map(document => ({ ...document, iri: other.iri(document.iri) })),
      }
}

/** Verdicts on things that have other IRIs. */
function rebased({ mappings, prefixes, licence }: MappingSet, { iri }: Rebasing): MappingSet {
  const maybe = (name: string | undefined): string | undefined => (name === undefined ? undefined : iri(name))
  return {
    licence,
    prefixes: Object.fromEntries(Object.entries(prefixes).map(([prefix, namespace]) => [prefix, iri(namespace)])),
    mappings: mappings.map(one => ({
      ...one,
      subject: iri(one.subject),
      author: maybe(one.author),
      reviewer: maybe(one.reviewer),
    })),
  }
}

/** What has the words of a text as its value. */
const WORDS = [cmq.passageText, oa.exact, oa.prefix, oa.suffix]

/** The graph with an IRI, a prefixed name, or a last part such as `s12-1` or `provenance`. */
function graphNamed({ store, prefixes }: KnowledgeGraph, name: string): Term {
  const graphs = new Map(store.getQuads(null, null, null, null).map(({ graph }) => [graph.value, graph]))
  graphs.delete('')
  const isMeant = (iri: string): boolean => [iri, shorten(iri, prefixes), iri.slice(iri.lastIndexOf('/') + 1)].includes(name)
  const found = [...graphs.values()].filter(({ value }) => isMeant(value))
  if (found.length === 1) return found[0]!
  const names = [...graphs.keys()].map(iri => iri.slice(iri.lastIndexOf('/') + 1))
  throw new CommuniqueError('unknown-graph', {
    what: `${found.length === 0 ? 'no graph' : 'more than one graph'} of the dataset is called "${name}"`,
    mend: found.length === 0 ? suggestion(name, names) : `say which: ${found.map(({ value }) => value).join(', ')}`,
  })
}
