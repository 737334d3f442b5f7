import type { Term } from '@rdfjs/types'
import { DataFactory, type NamedNode, type Quad, Store } from 'n3'
import { isStated } from '../article/claim.ts'
import { linkQuads } from '../linking/link.ts'
import type { Mapping } from '../linking/mapping.ts'
import { cmq, dcterms, rdf, rdfs } from '../rdf/vocabulary.ts'
import { applyRules } from '../reasoning/closure.ts'
import type { Rule } from '../reasoning/rule.ts'
import { CORE_BASE } from './core.ts'
import { Grounds, statementQuads } from './derivation.ts'
import type { CommuniqueDocument } from './document.ts'
import { LAYERS, type Layer, layerIRI } from './layer.ts'
import { documentQuads } from './provenance.ts'

const { defaultGraph, literal, namedNode, quad } = DataFactory

/** What a dataset is made of. */
export interface Ingredients {
  readonly baseIRI: string
  readonly documents: readonly CommuniqueDocument[]
  readonly ontology: readonly Quad[]
  /** What `data/dataset.ttl` says. */
  readonly about: readonly Quad[]
  /** What was decided of pairs, and what is known of the sources of the others: `data/links.sssom.tsv`, `data/sources.ttl`. */
  readonly mappings: readonly Mapping[]
  readonly sources: readonly Quad[]
  /** Rules that only shorten; their conclusions join the stated layer. */
  readonly plainRules: readonly Rule[]
  /** Rules that infer. */
  readonly rules: readonly Rule[]
}

/**
 * Puts a dataset together. Its graphs: the default graph (the stated layer), one a claim, plain statement and inference,
 * `{document}/provenance`, `links` and `link/{name}`, `layer/{name}`, `ontology`, `about`. The same ingredients give the same dataset.
 *
 * @throws CommuniqueError as `applyRules`
 */
export async function buildDataset(ingredients: Ingredients): Promise<Store> {
  const { baseIRI, documents, ontology, about, plainRules, rules } = ingredients
  const store = new Store()
  store.addQuads([...inGraph(ontology, `${CORE_BASE}ontology`), ...inGraph(about, `${baseIRI}about`)])
  for (const rule of [...plainRules, ...rules]) store.addQuads(ruleQuads(rule))
  for (const document of documents) store.addQuads(documentQuads(document))

  const grounds = new Grounds()
  for (const document of documents) {
    for (const { kind, iri, quads, certainty } of document.claims.filter(
      claim => isStated(claim, document.iri) || claim.kind === 'inference',
    )) {
      if (kind !== 'inference') store.addQuads([...quads])
      for (const triple of quads) grounds.add(triple, iri, () => certainty ?? 'HighCertainty')
    }
  }
  const shortened = await applyRules(store, plainRules, { fixpoint: false })
  store.addQuads(statementQuads(shortened, 'plain', documents, grounds))
  store.addQuads(shortened.flatMap(({ conclusions }) => [...conclusions]))

  const curators = documents.flatMap(({ claims }) =>
    claims.filter(({ kind }) => kind === 'inference').flatMap(({ quads }) => quads),
  )
  const seen = new Store([...store.getQuads(null, null, null, null), ...curators])
  store.addQuads(statementQuads(await applyRules(seen, rules, { fixpoint: true }), 'inference', documents, grounds))
  store.addQuads(linkQuads(ingredients.mappings, baseIRI, ingredients.sources))
  for (const name of LAYERS) store.addQuads(inGraph(layerQuads(store, name), layerIRI(baseIRI, name).value))
  return store
}

/** The triples of a graph, in the default graph. */
export function graphQuads(store: Store, graph: NamedNode): Quad[] {
  return store.getQuads(null, null, null, graph).map(({ subject, predicate, object }) => quad(subject, predicate, object))
}

function layerQuads(store: Store, layer: Layer): Quad[] {
  const triples = new Store(store.getQuads(null, null, null, defaultGraph()))
  const added = layer === 'stated' ? [] : layer === 'inferred' ? [cmq.Inference] : [cmq.Inference, cmq.Link]
  for (const kind of added)
    for (const statement of store.getSubjects(rdf.type, kind, null)) triples.addQuads(graphQuads(store, statement as NamedNode))
  return triples.getQuads(null, null, null, null)
}

function ruleIRI({ name }: Rule): NamedNode {
  return namedNode(`${CORE_BASE}rule/${name}`)
}

function ruleQuads(rule: Rule): Quad[] {
  const says = (predicate: NamedNode, object: Quad['object']): Quad =>
    quad(ruleIRI(rule), predicate, object, namedNode(`${CORE_BASE}ontology`))
  return [
    says(rdf.type, cmq.Rule),
    says(rdfs.label, literal(rule.summary, 'en')),
    says(dcterms.description, literal(rule.text)),
    ...(rule.assumption === undefined ? [] : [says(cmq.assumption, literal(rule.assumption, 'en'))]),
  ]
}

function inGraph(quads: readonly Quad[], graph: string): Quad[] {
  return quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, namedNode(graph)))
}

/** What a graph of a dataset holds: data (the stated layer, claims, provenance ...), a layer for remote engines, or words about the data. */
export function graphRole(baseIRI: string, graph: Term): 'data' | 'layer' | 'about' {
  if (LAYERS.some(name => graph.equals(layerIRI(baseIRI, name)))) return 'layer'
  return [`${CORE_BASE}ontology`, `${baseIRI}about`].includes(graph.value) ? 'about' : 'data'
}
