import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { Store } from 'n3'
import { CORE_BASE } from '../project/core.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { LAYERS, type Layer, layerIRI } from '../project/layer.ts'
import { queryText, type Solution } from '../query/engine.ts'
import type { EvaluatedRow } from '../query/evaluation.ts'
import type { QueryService } from '../query/service.ts'
import { travelling } from '../query/travelling.ts'
import { quadOf } from '../rdf/term.ts'
import { cmq, prov } from '../rdf/vocabulary.ts'
import { type Algebra, nodesOf } from '../sparql/algebra.ts'
import { computedBooleans } from './computed.ts'
import type { Endpoint } from './endpoint.ts'
import { booleanInWords, numberInWords } from './value.ts'

/** What a statement rests on: what these lead to is looked up to cite it. */
const GROUNDS: readonly NamedNode[] = [
  ...[cmq.isStatedIn, cmq.hasQuote, cmq.isResolvedBy, cmq.isVoicedBy, cmq.appliesRule, prov.wasDerivedFrom],
]

/** Terms that are asked for at once. */
const TERMS_A_REQUEST = 200

/**
 * A graph that lies on a server, for one answer. Queries are answered there. `store` holds no more of it than `learn` was told to
 * find out: what the server says of the rows, of the claims that hold their evidence, and of what these rest on.
 */
export class RemoteGraph implements KnowledgeGraph, QueryService {
  readonly store = new Store()
  readonly baseIRI: string
  readonly prefixes: KnowledgeGraph['prefixes']
  readonly documents: KnowledgeGraph['documents']
  readonly #endpoint: Endpoint
  /** What stands for the default graph. */
  readonly #layer: NamedNode
  readonly #known = new Set<string>()
  readonly #followed = new Set<string>()
  readonly #fragments = new Map<string, Promise<Store>>()
  #partial: string | undefined

  constructor(endpoint: Endpoint, { baseIRI, prefixes, documents }: KnowledgeGraph, layer: Layer) {
    this.#endpoint = endpoint
    this.#layer = layerIRI(baseIRI, layer)
    ;[this.baseIRI, this.prefixes, this.documents] = [baseIRI, prefixes, documents]
  }

  get name(): string {
    return this.#endpoint.name
  }

  /** Why a row or a source may be missing: the server gave only a part of something that it was asked. */
  get partial(): string | undefined {
    return this.#partial
  }

  async *solutions(query: Algebra, signal?: AbortSignal): AsyncGenerator<Solution> {
    const rows = [...nodesOf(query)].flatMap(({ type, bindings }) =>
      type === 'values' ? (bindings as Record<string, Term>[]) : [],
    )
    const booleans = computedBooleans(query)
    // Virtuoso gives an IRI of VALUES within a UNION as a string.
    const asAsked = ([name, term]: [string, Term]): [string, Term] => {
      const isMeant = (one: Term | undefined): boolean => one?.termType === 'NamedNode' && one.value === term.value
      if (booleans.has(name)) return [name, numberInWords(term)]
      return [name, (term.termType === 'Literal' && rows.map(row => row[name]).find(isMeant)) || term]
    }
    for (const solution of await this.#ask(await this.#text(query), signal)) yield new Map([...solution].map(asAsked))
  }

  async ask(query: Algebra, signal?: AbortSignal): Promise<boolean> {
    return (await this.#ask(await this.#text(query), signal)).length > 0
  }

  async described(things: readonly Term[], signal?: AbortSignal): Promise<Quad[]> {
    const layer = valuesOf('g', [this.#layer.value])
    return this.#inBatches(things, names => this.#quads(`${layer} ${valuesOf('s', names)}`, signal))
  }

  /** The quads of a graph by which a path can lead: those of its predicates. */
  around(graph: Term, path: Algebra | undefined, signal?: AbortSignal): Promise<Store> {
    const steps = path === undefined ? [] : [...nodesOf(path)]
    const isOpen = path === undefined || steps.some(({ type }) => type === 'nps')
    const predicates = isOpen ? [] : steps.flatMap(({ type, iri }) => (type === 'link' ? [(iri as Term).value] : []))
    const key = JSON.stringify([graph.value, predicates])
    const fragment = this.#fragments.get(key) ?? this.#fragment(graph, predicates, signal)
    this.#fragments.set(key, fragment)
    return fragment
  }

  async #fragment(graph: Term, predicates: readonly string[], signal?: AbortSignal): Promise<Store> {
    const isDefault = graph.termType === 'DefaultGraph'
    const rows = predicates.length === 0 ? '' : valuesOf('p', predicates)
    const quads = await this.#quads(`${valuesOf('g', [isDefault ? this.#layer.value : graph.value])} ${rows}`, signal)
    return new Store(quads.map(({ subject, predicate, object }) => quadOf(subject, predicate, object, graph)))
  }

  /** Finds out what citing some rows takes. */
  async learn(rows: readonly EvaluatedRow[], signal?: AbortSignal): Promise<void> {
    const evidence = rows.flatMap(row => row.evidence?.quads ?? [])
    const shown = rows.flatMap(({ values }) => [...values.values()])
    await this.#describe([...shown, ...evidence.flatMap(({ subject, object, graph }) => [subject, object, graph])], signal)
    const holders = evidence.flatMap(({ subject, predicate, object }) => this.store.getQuads(subject, predicate, object, null))
    const lists = this.#lists(evidence.flatMap(({ subject, object }) => [subject, object]))
    const quoting = await this.#quoting(evidence, signal)
    const told = evidence.map(({ subject }) => subject)
    const statements = [...[...holders, ...lists].map(({ graph }) => graph), ...quoting, ...told].filter(
      graph => !this.#isShared(graph),
    )
    for (let next: Term[] = statements; next.length > 0; ) {
      next = next.filter(({ value }) => !this.#followed.has(value))
      for (const { value } of next) this.#followed.add(value)
      await this.#describe(next, signal)
      const grounds = next.flatMap(term => GROUNDS.flatMap(ground => this.store.getQuads(term as NamedNode, ground, null, null)))
      const premises = grounds.filter(({ predicate }) => predicate.equals(prov.wasDerivedFrom)).map(({ object }) => object)
      const contents = await this.#inBatches(premises, names => this.#quads(valuesOf('g', names), signal))
      this.store.addQuads(contents)
      const subjects = contents.map(({ subject }) => subject)
      await this.#describe(subjects, signal)
      next = [...grounds.map(({ object }) => object), ...this.#lists(subjects).map(({ graph }) => graph)]
    }
  }

  /** Whether lists are complete is told with the claim that says so. */
  #lists(terms: readonly Term[]): Quad[] {
    return terms.flatMap(term => (term.termType === 'NamedNode' ? this.store.getQuads(term, cmq.isCompleteList, null, null) : []))
  }

  /** Graphs that are no statement: layers, and words about the data. */
  #isShared({ value }: Term): boolean {
    return (
      value === `${CORE_BASE}ontology` ||
      value === `${this.baseIRI}about` ||
      LAYERS.some(name => layerIRI(this.baseIRI, name).value === value)
    )
  }

  /** The statements that quote what is told of a quote, which stands in no layer and in no claim. */
  async #quoting(evidence: readonly Quad[], signal?: AbortSignal): Promise<Term[]> {
    const told = evidence.filter(({ graph }) => graph.value.endsWith('/provenance')).map(({ subject }) => subject)
    const properties = valuesOf('p', [cmq.hasQuote.value, cmq.isResolvedBy.value])
    const quads = await this.#inBatches(told, names => this.#quads(`${properties} ${valuesOf('o', names)}`, signal))
    this.store.addQuads(quads)
    return quads.map(({ subject }) => subject)
  }

  /** All quads with these as subject, unless they were asked for before. */
  async #describe(terms: readonly Term[], signal?: AbortSignal): Promise<Quad[]> {
    const unknown = terms.filter(({ value }) => !this.#known.has(value))
    const quads = await this.#inBatches(unknown, names => this.#quads(valuesOf('s', names), signal))
    for (const { value } of unknown) this.#known.add(value)
    this.store.addQuads(quads)
    return quads
  }

  async #inBatches(terms: readonly Term[], work: (names: readonly string[]) => Promise<Quad[]>): Promise<Quad[]> {
    const names = [...new Set(terms.filter(isWritable).map(({ value }) => value))]
    const found: Quad[] = []
    for (let at = 0; at < names.length; at += TERMS_A_REQUEST) found.push(...(await work(names.slice(at, at + TERMS_A_REQUEST))))
    return found
  }

  /** The quads of our graphs: a server shows those of others, and of its own, too. */
  async #quads(rows: string, signal?: AbortSignal): Promise<Quad[]> {
    const found = await this.#ask(`SELECT ?g ?s ?p ?o WHERE { ${rows} GRAPH ?g { ?s ?p ?o } }`, signal)
    const quads = found.map(row => {
      const [subject, predicate, object, graph] = ['s', 'p', 'o', 'g'].map(name => row.get(name)!)
      return quadOf(subject!, predicate!, object!, graph)
    })
    const isOurs = ({ graph: { value } }: Quad): boolean => value.startsWith(this.baseIRI) || value.startsWith(CORE_BASE)
    // Claims have numbers: whatever order a server has, sources come in theirs.
    const order = ({ graph, object }: Quad): string => `${graph.value} ${object.value}`
    return quads.filter(isOurs).sort((one, other) => collator.compare(order(one), order(other)))
  }

  /** The text of a query. The generator leaves out the `BASE`, which the function `IRI()` needs. */
  async #text(query: Algebra): Promise<string> {
    const { metadata, ...algebra } = query as Algebra & { readonly metadata?: { readonly baseIRI?: string } }
    const text = await queryText(travelling(algebra as Algebra, this.#layer))
    return metadata?.baseIRI === undefined ? text : `BASE <${metadata.baseIRI}>\n${text}`
  }

  async #ask(text: string, signal?: AbortSignal): Promise<readonly Solution[]> {
    const { rows, partial } = await this.#endpoint.query(text, signal)
    this.#partial ??= partial
    return rows.map(row => new Map([...row].map(([name, term]) => [name, booleanInWords(term)])))
  }
}

const collator = new Intl.Collator('en', { numeric: true })

function valuesOf(name: string, iris: readonly string[]): string {
  return `VALUES ?${name} { ${iris.map(iri => `<${iri}>`).join(' ')} }`
}

/** Whether a term can be asked for by name: a blank node of a server has none that it would know again. */
function isWritable(term: Term): boolean {
  return term.termType === 'NamedNode' && !/[\0-\x20<>"{}|^`\\]/.test(term.value)
}
