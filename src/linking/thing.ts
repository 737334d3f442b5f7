import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { cmq, rdf, rdfs, skos } from '../rdf/vocabulary.ts'
import { codeOf } from './identifier.ts'
import { kindOf, specificKinds } from './property.ts'
import type { Described, Name } from './record.ts'

/** A thing to be linked: what our graph, or a table of somebody else, tells of it. */
export interface Thing extends Described {
  /** The day or year of which the text speaks, as far as it is known: an office is held, and a person alive, at that time. */
  readonly at?: string | undefined
}

const { namedNode } = DataFactory

/** Things that a text makes up of others have no record anywhere. */
const OF_THE_TEXT: readonly string[] = [cmq.Delegation, cmq.Group].map(({ value }) => value)
const SAME = ['http://www.w3.org/2002/07/owl#sameAs', 'http://www.w3.org/2004/02/skos/core#exactMatch'].map(iri => namedNode(iri))

/**
 * The persons, organizations, countries, cities, posts and topics of a graph, with what its inferred layer tells of each: the
 * country of a person's posts, the posts, and the day of the text. Kinds and names are taken from whatever names a thing, the
 * words of speakers included: that it is spoken of claims nothing. In the order of their IRIs.
 *
 * @example thingsToLink(project).find(({ iri }) => iri.endsWith('/istanbul')).countries // ['Republic of Turkey']
 * @example thingsToLink(project).find(({ iri }) => iri.endsWith('/igor-zubov')).at // '2021-11-23'
 */
export function thingsToLink(graph: KnowledgeGraph): Thing[] {
  const subjects = new Set(graph.store.getSubjects(rdf.type, null, null).map(({ value }) => value))
  const things = [...subjects].filter(iri => iri.startsWith(`${graph.baseIRI}id/`)).map(iri => describeThing(graph, iri))
  return things
    .filter(({ kinds, names }) => kinds.length > 0 && names.length > 0)
    .sort((one, other) => (one.iri < other.iri ? -1 : 1))
}

function describeThing({ store, baseIRI, documents }: KnowledgeGraph, iri: string): Thing {
  const layer = namedNode(`${baseIRI}layer/inferred`)
  const objects = (subject: string, ...properties: readonly { value: string }[]): string[] =>
    properties.flatMap(property =>
      store.getObjects(namedNode(subject), namedNode(property.value), layer).map(({ value }) => value),
    )
  const subjects = (property: { value: string }, object: string): string[] =>
    store.getQuads(null, namedNode(property.value), namedNode(object), layer).map(({ subject }) => subject.value)
  const label = (subject: string): string[] => objects(subject, rdfs.label)

  const types = store.getObjects(namedNode(iri), rdf.type, null).map(({ value }) => value)
  const isOfTheText = types.some(type => OF_THE_TEXT.includes(type))
  const kinds = isOfTheText ? [] : specificKinds(types.flatMap(type => kindOf(type) ?? []))
  const posts = objects(iri, cmq.isCalledHolderOf, cmq.isElectedTo)
  const postsHere = [...posts, ...subjects(cmq.isPostIn, iri)]
  const countries = [
    ...objects(iri, cmq.isPostOfCountry, cmq.isLocatedIn, cmq.headsDelegationOf),
    ...(kinds.includes('person') || types.includes(cmq.GovernmentBody.value)
      ? postsHere.flatMap(post => objects(post, cmq.isPostOfCountry))
      : []),
  ]
  const roles = posts.flatMap(post =>
    names(store.getQuads(namedNode(post), rdfs.label, null, layer)).map(({ text }) => ({ office: text })),
  )
  const bodies = [iri, ...posts].flatMap(post => objects(post, cmq.isPostIn, cmq.isOrganOf)).flatMap(label)
  const own = documents.filter(document =>
    store.getQuads(namedNode(iri), null, null, null).some(({ graph }) => isOf(graph.value, document.iri)),
  )
  const days = store.getQuads(null, cmq.earliestBegin, null, null)
  const ofText = days
    .filter(({ graph }) => own.some(document => isOf(graph.value, document.iri)))
    .map(({ object }) => object.value)
  return {
    ...{ iri, kinds, roles, description: [...new Set(bodies)].join('; '), at: ofText.sort()[0] },
    names: names(
      [cmq.nameAsWritten, skos.prefLabel, rdfs.label].flatMap(property => store.getQuads(namedNode(iri), property, null, null)),
    ),
    countries: [...new Set(countries)].flatMap(country => label(country)),
    codes: objects(iri, ...SAME).map(codeOf),
  }
}

function names(quads: readonly { readonly object: { value: string; language?: string } }[]): Name[] {
  const found = quads.map(({ object }): Name => ({ text: object.value, language: object.language ?? '', class: 'preferred' }))
  return [...new Map(found.map(name => [`${name.language} ${name.text}`, name])).values()]
}

function isOf(graph: string, document: string): boolean {
  return graph === document || graph.startsWith(`${document}/`)
}
