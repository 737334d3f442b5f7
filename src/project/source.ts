import type { NamedNode, Quad, Term } from 'n3'
import type { Claim } from '../article/claim.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { tripleKey } from '../rdf/term.ts'
import { cmq, prov, rdf } from '../rdf/vocabulary.ts'
import type { CommuniqueDocument } from './document.ts'
import type { Project } from './project.ts'
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
  /** The status of a claim (`Asserted`, `Classification` ...), or `PlainStatement`, `Inference`, `Source`. */
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

/** Every graph that holds the triple - claims first, then plain statements, then inferences - as sources. */
export function sourcesOf(project: Project, triple: Quad): Source[] {
  return project.store
    .getQuads(triple.subject, triple.predicate, triple.object, null)
    .flatMap(({ graph }) => (statementKind(project, graph) === undefined ? [] : [sourceOf(project, graph as NamedNode)]))
    .sort((a, b) => rank(a) - rank(b) || (a.start ?? 0) - (b.start ?? 0))
}

/** Everything the graph knows about a thing, as subject and as object, reported speech included, each with its sources. */
export function statementsAbout(project: Project, thing: NamedNode): { subject: SourcedStatement[]; object: SourcedStatement[] } {
  const gather = (quads: readonly Quad[]): SourcedStatement[] => {
    const held = quads.filter(({ graph }) => statementKind(project, graph) !== undefined)
    const unique = new Map(held.map(triple => [tripleKey(triple), triple]))
    return [...unique.values()].map(triple => ({ triple, sources: sourcesOf(project, triple) }))
  }
  return {
    subject: gather(project.store.getQuads(thing, null, null, null)),
    object: gather(project.store.getQuads(null, null, thing, null)),
  }
}

/** A graph of the dataset as a source, its premises down to the sentences. */
export function sourceOf(project: Project, graph: NamedNode, seen: ReadonlySet<string> = new Set()): Source {
  const { store } = project
  const document = project.documents.find(({ iri }) => graph.value.startsWith(`${iri}/`))?.name ?? ''
  const kind = statementKind(project, graph)
  if (kind === undefined)
    return { claim: graph.value, id: graph.value, document, voice: labelOf(project, graph), status: 'Source' }
  const name = graph.value.slice(graph.value.lastIndexOf('/') + 1)
  const claim = claimsOf(project, graph.value)[0]?.claim
  const value = (property: NamedNode): Term | undefined => store.getObjects(graph, property, null)[0]
  const [voice, rule] = [value(cmq.isVoicedBy), value(cmq.appliesRule)]
  const within = new Set([...seen, graph.value])
  const premises = store.getObjects(graph, prov.wasDerivedFrom, null).filter(premise => !within.has(premise.value))
  return {
    claim: graph.value,
    id: project.documents.length > 1 ? `${document}/${name}` : name,
    document,
    sentence: claim?.passage?.position,
    start: claim?.quote?.start,
    end: claim?.quote?.end,
    quote: claim?.quote?.exact,
    readWith: claim?.context.length ? claim.context.map(({ exact, start, end }) => ({ quote: exact, start, end })) : undefined,
    voice: voice ? labelOf(project, voice) : '',
    status: kind === 'Claim' ? (claim?.status ?? '') : kind,
    reason: claim?.reason,
    rule: rule && labelOf(project, rule),
    assumption: value(cmq.assumption)?.value,
    certainty: value(cmq.hasCertainty)?.value.slice(PREFIXES.cmq.length),
    premises: premises.length === 0 ? undefined : premises.map(premise => sourceOf(project, premise as NamedNode, within)),
  }
}

/** The claims with an IRI or an id such as `s12-1`, which several documents can have, or `document/s12-1`. */
export function claimsOf(project: Project, name: string): { claim: Claim; document: CommuniqueDocument }[] {
  return project.documents.flatMap(document =>
    document.claims
      .filter(({ id, iri }) => [iri.value, id, `${document.name}/${id}`].includes(name))
      .map(claim => ({ claim, document })),
  )
}

const KINDS = ['Claim', 'PlainStatement', 'Inference'] as const

/** What kind of statement a graph holds; undefined for layers, provenance, ontology and the default graph. */
function statementKind({ store }: Project, graph: Term): (typeof KINDS)[number] | undefined {
  if (graph.termType !== 'NamedNode') return undefined
  return KINDS.find(kind => store.countQuads(graph, rdf.type, cmq[kind], null) > 0)
}

function rank({ status }: Source): number {
  return status === 'PlainStatement' ? 1 : status === 'Inference' ? 2 : 0
}
