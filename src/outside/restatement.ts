import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Note } from '../answers/answer.ts'
import { graphOfLayer, hasService } from '../answers/answering.ts'
import { isWhole, serviceNotes, sourceWords } from '../answers/services.ts'
import { federate, type ServiceOptions } from '../federation/federation.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { construct, select } from '../query/engine.ts'
import { instantiate } from '../query/evidence.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { type Algebra, mapNodes, nodesOf, variablesOf } from '../sparql/algebra.ts'
import type { OutsideView } from './statement.ts'

/** A view with how it was had. */
export interface Restatement {
  readonly view: OutsideView
  readonly notes: readonly Note[]
  readonly complete: boolean
}

/**
 * Whether a question tells in our terms what others say: it makes triples, and asks another server.
 *
 * @example project.catalogue.questions.filter(isRestatement).length > 3 // true
 */
export function isRestatement({ form, algebra }: SavedQuestion): boolean {
  return form === 'CONSTRUCT' && hasService(algebra)
}

/**
 * What the servers of a question say in our terms. It was asked of every subject that the question has without them.
 *
 * @throws CommuniqueError as `federate`
 */
export async function restatementOf(
  graph: KnowledgeGraph,
  { name, algebra, layer }: SavedQuestion,
  services: ServiceOptions,
): Promise<Restatement> {
  const { store } = graphOfLayer(graph, layer)
  const { algebra: answered, answers } = await federate(store, algebra, services, { baseIRI: graph.baseIRI })
  const triples = await construct(store, answered, { baseIRI: graph.baseIRI })
  const dates = answers.map(({ date }) => date.toISOString().slice(0, 10)).sort()
  const source = {
    name: [...new Set(answers.map(sourceWords))].join('; '),
    iri: answers[0]?.endpoint ?? '',
    date: dates[0] ?? '',
    question: name,
  }
  const asked = await askedPairs(graph, algebra, layer)
  return { view: { source, triples, asked }, notes: serviceNotes(answers), complete: isWhole(answers) }
}

/** Subjects and predicates of the triples that there would be for any answer of the servers. */
async function askedPairs(graph: KnowledgeGraph, algebra: Algebra, layer: SavedQuestion['layer']): Promise<OutsideView['asked']> {
  const { template, input } = [...nodesOf(algebra)].find(({ type }) => type === 'construct')! as Algebra & {
    readonly template: readonly Quad[]
    readonly input: Algebra
  }
  const here = mapNodes(input, node => (node.type === 'service' ? { type: 'values', variables: [], bindings: [{}] } : node))
  const names = [...new Set(template.flatMap(({ subject, predicate }) => variablesOf([subject, predicate])))]
  const variables = names.map(name => DataFactory.variable(name))
  const query = { type: 'distinct', input: { type: 'project', variables, input: here } }
  const solutions = await select(graphOfLayer(graph, layer).store, query, { baseIRI: graph.baseIRI })
  return solutions.flatMap(solution =>
    template.flatMap(triple => {
      const [subject, predicate] = [instantiate(triple.subject, solution), instantiate(triple.predicate, solution)]
      return subject && predicate ? [{ subject, predicate }] : []
    }),
  )
}
