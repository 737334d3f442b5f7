import type { NamedNode, Quad, Term } from 'n3'
import type { Claim } from '../article/claim.ts'
import { nearestName } from '../article/claim.ts'
import { CommuniqueError } from '../error.ts'
import { cmq, prov, rdf, rdfs } from '../rdf/namespace.ts'
import type { CommuniqueDocument } from './document.ts'
import type { Project } from './project.ts'

/** On what a statement rests, down to the sentence: the `sources` of an answer. Offsets are code points, end exclusive. */
export interface Source {
  /** IRI of the claim, plain statement or inference: the name of its graph. */
  readonly claim: string
  readonly document: string
  readonly sentence?: number | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly quote?: string | undefined
  /** Label of who says so. */
  readonly voice: string
  readonly status: string
  /** Why the curator classifies or infers so; a classification never has a quote. */
  readonly reason?: string | undefined
  readonly rule?: string | undefined
  readonly assumption?: string | undefined
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
    .flatMap(({ graph }) =>
      /\/(claim|plain|inference)\/[^/]+$/.test(graph.value) ? [sourceOf(project, graph as NamedNode)] : [],
    )
    .sort((a, b) => rank(a) - rank(b) || (a.start ?? 0) - (b.start ?? 0))
}

/** A graph of the dataset as a source, its premises down to the sentences. */
export function sourceOf(project: Project, graph: NamedNode, seen: ReadonlySet<string> = new Set()): Source {
  const { store } = project
  const found = claimOf(project, graph.value)
  const document = project.documents.find(({ iri }) => graph.value.startsWith(`${iri}/`))?.name ?? ''
  const value = (property: NamedNode): Term | undefined => store.getObjects(graph, property, null)[0]
  const voice = value(cmq('isVoicedBy'))
  const rule = value(cmq('appliesRule'))
  const premises = store.getObjects(graph, prov('wasDerivedFrom'), null).filter(({ value: iri }) => !seen.has(iri))
  const kind = value(rdf('type'))?.value.slice(cmq('').value.length)
  return {
    claim: graph.value,
    document,
    sentence: found?.claim.passage?.position,
    start: found?.claim.quote?.start,
    end: found?.claim.quote?.end,
    quote: found?.claim.quote?.exact,
    voice: voice ? labelOf(project, voice) : '',
    status: kind === 'Claim' ? (found?.claim.status ?? '') : (kind ?? ''),
    reason: found?.claim.reason,
    rule: rule && labelOf(project, rule),
    assumption: value(cmq('assumption'))?.value,
    premises:
      premises.length === 0
        ? undefined
        : premises.map(premise =>
            isOutside(project, premise)
              ? outside(project, premise, document)
              : sourceOf(project, premise as NamedNode, new Set([...seen, graph.value])),
          ),
  }
}

/** Everything the graph knows about a thing, as subject and as object, reported speech included, each with its sources. */
export function statementsAbout(project: Project, thing: NamedNode): { subject: SourcedStatement[]; object: SourcedStatement[] } {
  const gather = (quads: readonly Quad[]): SourcedStatement[] => {
    const unique = new Map<string, Quad>()
    for (const triple of quads) {
      if (!/\/(claim|plain|inference)\/[^/]+$/.test(triple.graph.value)) continue
      unique.set(
        [triple.subject, triple.predicate, triple.object].map(({ termType, value }) => `${termType}${value}`).join('\n'),
        triple,
      )
    }
    return [...unique.values()].map(triple => ({ triple, sources: sourcesOf(project, triple) }))
  }
  return {
    subject: gather(project.store.getQuads(thing, null, null, null)),
    object: gather(project.store.getQuads(null, null, thing, null)),
  }
}

/**
 * The thing that a person means by an IRI, a prefixed name, a slug or a label.
 *
 * @throws CommuniqueError `unknown-thing` with the nearest names
 */
export function findThing(project: Project, name: string): NamedNode {
  const { store, baseIRI, prefixes } = project
  const [, prefix, local] = /^([a-z][\w-]*):(.*)$/.exec(name) ?? []
  const candidates = [
    name,
    prefix !== undefined && prefixes[prefix] !== undefined ? prefixes[prefix] + local : '',
    `${baseIRI}id/${name}`,
  ]
  const all = new Map<string, NamedNode>()
  for (const term of [...store.getSubjects(null, null, null), ...store.getObjects(null, null, null)])
    if (term.termType === 'NamedNode') all.set(term.value, term)
  for (const candidate of candidates) {
    const found = all.get(candidate)
    if (found) return found
  }
  const wanted = name.normalize('NFC').toLowerCase()
  const labels = new Map<string, NamedNode>()
  for (const property of [
    'http://www.w3.org/2000/01/rdf-schema#label',
    'http://www.w3.org/2004/02/skos/core#prefLabel',
    cmq('nameAsWritten').value,
  ]) {
    for (const { subject, object } of store.getQuads(null, property, null, null)) {
      if (subject.termType === 'NamedNode' && subject.value.startsWith(`${baseIRI}id/`)) labels.set(object.value, subject)
    }
  }
  for (const [label, subject] of labels) if (label.normalize('NFC').toLowerCase() === wanted) return subject
  const slugs = [...all.keys()].filter(iri => iri.startsWith(`${baseIRI}id/`)).map(iri => iri.slice(baseIRI.length + 3))
  const near =
    nearestName(name, [...slugs, ...labels.keys()]) ??
    slugs.find(slug => slug.includes(wanted)) ??
    [...labels.keys()].find(label => label.toLowerCase().includes(wanted))
  throw new CommuniqueError('unknown-thing', {
    what: `nothing in this project is called "${name}"`,
    mend: near === undefined ? 'see "communique article --claims" for the things of the article' : `did you mean "${near}"?`,
  })
}

/** The claim with an IRI or an id such as `s12-1` (or `document/s12-1` where documents share ids). */
export function claimOf(project: Project, name: string): { claim: Claim; document: CommuniqueDocument } | undefined {
  for (const document of project.documents) {
    for (const claim of document.claims) {
      if (claim.iri.value === name || claim.id === name || `${document.name}/${claim.id}` === name) return { claim, document }
    }
  }
  return undefined
}

/** The label a person reads for a term: its label, else the prefixed name; a literal is its own. */
export function labelOf(project: Project, term: Term): string {
  if (term.termType === 'Literal') return term.value
  const label = project.store.getObjects(term, rdfs('label'), null)[0]
  if (label) return label.value
  const [prefix, space] =
    Object.entries(project.prefixes)
      .filter(([, value]) => term.value.startsWith(value) && value !== '')
      .sort((a, b) => b[1].length - a[1].length)[0] ?? []
  return prefix === undefined ? term.value : `${prefix}:${term.value.slice(space!.length)}`
}

function isOutside(project: Project, premise: Term): boolean {
  return !project.documents.some(({ iri }) => premise.value.startsWith(`${iri}/`))
}

function outside(project: Project, premise: Term, document: string): Source {
  return { claim: premise.value, document, voice: labelOf(project, premise), status: 'Source' }
}

function rank({ status }: Source): number {
  return status === 'PlainStatement' ? 1 : status === 'Inference' ? 2 : 0
}
