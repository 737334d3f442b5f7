import { DataFactory, type NamedNode, type Quad, Store } from 'n3'
import { isStated } from '../article/claim.ts'
import { tripleKey } from '../rdf/term.ts'
import { cmq, dcterms, prov, rdf, rdfs } from '../rdf/vocabulary.ts'
import { type Application, applyRules } from '../reasoning/closure.ts'
import type { Rule } from '../reasoning/rule.ts'
import type { CommuniqueDocument } from './document.ts'
import { documentQuads } from './provenance.ts'

const { defaultGraph, literal, namedNode, quad } = DataFactory

/** What plain patterns see: `stated` is the default graph, `inferred` adds what rules and the curator inferred. */
export const LAYERS = ['stated', 'inferred'] as const
export type Layer = (typeof LAYERS)[number]

/** Where what ships with the package lies: ontology, rules, the program as an agent. A project has a base of its own. */
export const CORE_BASE = 'https://w3id.org/communique/'

/** What a dataset is made of. */
export interface Ingredients {
  readonly baseIRI: string
  readonly documents: readonly CommuniqueDocument[]
  readonly ontology: readonly Quad[]
  /** What `data/dataset.ttl` says. */
  readonly about: readonly Quad[]
  /** Rules that only shorten; their conclusions join the stated layer. */
  readonly plainRules: readonly Rule[]
  /** Rules that infer. */
  readonly rules: readonly Rule[]
}

/**
 * Puts a dataset together. Its graphs: the default graph (the stated layer), one a claim, plain statement and inference,
 * `{document}/provenance`, `layer/{name}`, `ontology`, `about`. The same ingredients give the same dataset.
 *
 * @throws CommuniqueError as `applyRules`
 */
export async function buildDataset({ baseIRI, documents, ontology, about, plainRules, rules }: Ingredients): Promise<Store> {
  const store = new Store()
  store.addQuads([...inGraph(ontology, `${CORE_BASE}ontology`), ...inGraph(about, `${baseIRI}about`)])
  for (const rule of [...plainRules, ...rules]) store.addQuads(ruleQuads(rule))
  for (const document of documents) store.addQuads(documentQuads(document))

  const grounds = new Grounds()
  for (const document of documents) {
    for (const { kind, iri, quads } of document.claims.filter(
      claim => isStated(claim, document.iri) || claim.kind === 'inference',
    )) {
      if (kind !== 'inference') store.addQuads([...quads])
      for (const triple of quads) grounds.add(triple, iri)
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
  for (const name of LAYERS) store.addQuads(inGraph(layerQuads(store, name), layerIRI(baseIRI, name).value))
  return store
}

/** The name of the graph that holds a layer without duplicates. */
export function layerIRI(baseIRI: string, layer: Layer): NamedNode {
  return namedNode(`${baseIRI}layer/${layer}`)
}

/** The triples of a graph, in the default graph. */
export function graphQuads(store: Store, graph: NamedNode): Quad[] {
  return store.getQuads(null, null, null, graph).map(({ subject, predicate, object }) => quad(subject, predicate, object))
}

function layerQuads(store: Store, layer: Layer): Quad[] {
  const triples = new Store(store.getQuads(null, null, null, defaultGraph()))
  if (layer === 'inferred') {
    for (const inference of store.getSubjects(rdf.type, cmq.Inference, null))
      triples.addQuads(graphQuads(store, inference as NamedNode))
  }
  return triples.getQuads(null, null, null, null)
}

/** Which graphs hold a triple that may be a premise. */
class Grounds {
  readonly #graphs = new Map<string, Map<string, NamedNode>>()

  add(triple: Quad, graph: NamedNode): void {
    const key = tripleKey(triple)
    this.#graphs.set(key, (this.#graphs.get(key) ?? new Map()).set(graph.value, graph))
  }

  of(triple: Quad): NamedNode[] {
    return [...(this.#graphs.get(tripleKey(triple))?.values() ?? [])]
  }
}

/**
 * Applications of rules as statements: a graph for each, in the document of its first premise, and in that document's
 * provenance graph which rule it applies and which graphs it is derived from. Their conclusions become grounds too.
 */
function statementQuads(
  applications: readonly Application[],
  kind: 'plain' | 'inference',
  documents: readonly CommuniqueDocument[],
  grounds: Grounds,
): Quad[] {
  const statements = applications.map(application => {
    const held = application.premises.flatMap(triple => grounds.of(triple))
    const document = documents.find(({ iri }) => held.some(({ value }) => value.startsWith(`${iri}/`))) ?? documents[0]!
    const graph = namedNode(`${document.iri}/${kind}/${application.name}`)
    for (const conclusion of application.conclusions) grounds.add(conclusion, graph)
    return { application, graph, provenance: namedNode(`${document.iri}/provenance`) }
  })
  return statements.flatMap(({ application: { rule, conclusions, premises }, graph, provenance }) => {
    const says = (predicate: NamedNode, object: Quad['object']): Quad => quad(graph, predicate, object, provenance)
    const derivedFrom = premises.flatMap(triple => grounds.of(triple)).filter(held => !held.equals(graph))
    const inferred = [
      says(cmq.hasCertainty, cmq[rule.certainty]),
      ...(rule.assumption === undefined ? [] : [says(cmq.assumption, literal(rule.assumption, 'en'))]),
    ]
    return [
      ...conclusions.map(({ subject, predicate, object }) => quad(subject, predicate, object, graph)),
      says(rdf.type, kind === 'plain' ? cmq.PlainStatement : cmq.Inference),
      says(cmq.appliesRule, ruleIRI(rule)),
      says(cmq.isVoicedBy, namedNode(`${CORE_BASE}agent/communique`)),
      ...derivedFrom.map(held => says(prov.wasDerivedFrom, held)),
      ...(kind === 'inference' ? inferred : []),
    ]
  })
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
