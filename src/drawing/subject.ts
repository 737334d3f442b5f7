import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer } from '../answers/answer.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { sourcesOf } from '../project/source.ts'
import { labelOf } from '../project/thing.ts'
import { termKey, tripleKey } from '../rdf/term.ts'
import { cmq, prov, rdf, rdfs, skos } from '../rdf/vocabulary.ts'
import { withPlainBlankNodes } from '../results/blank-nodes.ts'
import type { Drawing } from './drawing.ts'
import { type Fact, factOfRow, factsOf } from './fact.ts'
import { factsDrawing } from './facts-drawing.ts'

/**
 * The claims of the articles as a picture. Names, types and what the curator adds are not drawn; where a plain statement says in
 * one arrow what a nameless thing between two others says in several, such as a tenure, the arrow stands for it.
 *
 * @example articleDrawing(project).arrows.every(({ mark }) => /\d/.test(mark)) // true
 */
export function articleDrawing(graph: KnowledgeGraph): Drawing {
  const title = graph.documents.map(({ iri }) => labelOf(graph, DataFactory.namedNode(iri))).join(' · ')
  const drawn = shortFacts(graph).filter(({ triple, isCurators }) => !isCurators && !NAMING.has(triple.predicate.value))
  return factsDrawing(graph, drawn, title)
}

const NAMING: ReadonlySet<string> = new Set([rdf.type, rdfs.label, skos.prefLabel, cmq.nameAsWritten].map(({ value }) => value))

/**
 * A thing with all that the articles say of it, one step in each direction.
 *
 * @example thingDrawing(project, namedNode('https://w3id.org/communique/id/uae')).boxes[0].label // 'UAE'
 */
export function thingDrawing(graph: KnowledgeGraph, thing: NamedNode): Drawing {
  const near = shortFacts(graph, thing).filter(({ triple }) => triple.subject.equals(thing) || triple.object.equals(thing))
  return factsDrawing(graph, near, labelOf(graph, thing), thing)
}

/**
 * The triples of an answer with their citations as a picture.
 *
 * @example answerDrawing(project, await project.ask('election-picture')).arrows.length // 5
 */
export function answerDrawing(graph: KnowledgeGraph, answer: Answer): Drawing {
  const facts = withPlainBlankNodes(answer).rows.map(row => {
    const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(name => row.values.get(name)!)
    return factOfRow({ triple: DataFactory.quad(subject as never, predicate as never, object as never), sources: row.sources })
  })
  return factsDrawing(graph, facts, answer.summary ?? answer.question ?? '')
}

interface ShortFact extends Fact {
  readonly isCurators: boolean
}

/** What claims say, each triple once, with plain statements instead of the joints that they see through. */
function shortFacts(graph: KnowledgeGraph, focus?: Term): ShortFact[] {
  const { joints, shortcuts } = jointsOf(graph, focus)
  const isAtJoint = ({ subject, object }: Quad): boolean => joints.has(termKey(subject)) || joints.has(termKey(object))
  const said = graph.store
    .getSubjects(rdf.type, cmq.Claim, null)
    .flatMap(claim => graph.store.getQuads(null, null, null, claim))
    .filter(triple => !isAtJoint(triple))
  const triples = new Map([...said, ...shortcuts].map(triple => [tripleKey(triple), triple]))
  return [...triples.values()].flatMap(triple => {
    const sources = sourcesOf(graph, triple)
    // A plain statement that repeats a claim is no second ground.
    const claims = sources.filter(({ rule }) => rule === undefined)
    const isCurators = claims.length > 0 && claims.every(({ status }) => status === 'Classification')
    return factsOf({ triple, sources: claims.length > 0 ? claims : sources }).map(fact => ({ ...fact, isCurators }))
  })
}

/**
 * The things that stand only between others, and the plain statements that say the same in one: a tenure between a person and a
 * post, a count between what is counted and its number. A thing that the text names is none, nor one at an end of such a statement.
 */
function jointsOf({ store }: KnowledgeGraph, focus?: Term): { joints: ReadonlySet<string>; shortcuts: readonly Quad[] } {
  const found = store.getSubjects(rdf.type, cmq.PlainStatement, null).flatMap(statement => {
    const quads = store
      .getObjects(statement, prov.wasDerivedFrom, null)
      .flatMap(premise => store.getQuads(null, null, null, premise))
    return store.getQuads(null, null, null, statement).map(triple => {
      const about = (end: Term): Set<string> =>
        new Set(quads.flatMap(({ subject, object }) => (object.equals(end) ? termKey(subject) : [])))
      const [left, right] = [about(triple.subject), about(triple.object)]
      return { triple, between: [...left].filter(key => right.has(key)) }
    })
  })
  const bridging = found.filter(({ between }) => between.length > 0)
  const ends = new Set(bridging.flatMap(({ triple }) => [termKey(triple.subject), termKey(triple.object)]))
  const named = new Set(store.getQuads(null, cmq.nameAsWritten, null, null).map(({ subject }) => termKey(subject)))
  const isJoint = (key: string): boolean => !ends.has(key) && !named.has(key) && (focus === undefined || key !== termKey(focus))
  const shortcuts = bridging.filter(({ between }) => between.some(isJoint))
  return {
    joints: new Set(shortcuts.flatMap(({ between }) => between.filter(isJoint))),
    shortcuts: shortcuts.map(({ triple }) => triple),
  }
}
