import type { Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { suggestion } from '../nearest.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { parseQuery, select } from '../query/engine.ts'
import { type Catalogue, findQuestion } from '../questions/catalogue.ts'
import { choicesQuery, namedValues, type Parameter, parseValue, withValues } from '../questions/parameter.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { mapNodes } from '../sparql/algebra.ts'
import type { Note } from './answer.ts'
import { Answering, type AnswerPart, type AskOptions, answerParts, graphOfLayer } from './answering.ts'

/** Values for the parameters of a question: words as a person would write them, or terms; several for a list. */
export type ParameterValues = Readonly<Record<string, string | Term | readonly (string | Term)[]>>

/** What can be asked: a graph and its saved questions. */
export interface Asked {
  readonly graph: KnowledgeGraph
  readonly catalogue: Catalogue
}

/** See `AskableProject.ask`. */
export function ask(
  { graph, catalogue }: Asked,
  name: string,
  values: ParameterValues = {},
  options: AskOptions = {},
): Answering {
  return new Answering(async function* () {
    const question = findQuestion(catalogue, name)
    const layer = options.layer ?? question.layer
    const parameters = await termsOf(graphOfLayer(graph, layer), question, values)
    let isEmpty = true
    for await (const part of partsOf(graph, question, parameters, { ...options, layer })) {
      isEmpty &&= part.kind !== 'rows'
      if (part.kind !== 'tail' || !isEmpty || options.endpoint !== undefined) yield part
      else yield { ...part, notes: [...(await otherValues(graphOfLayer(graph, layer), question, values)), ...part.notes] }
    }
  }, options.signal)
}

/** The project's own questions are answered here, unless a time limit is set that must hold whatever they do. */
async function* partsOf(
  graph: KnowledgeGraph,
  question: SavedQuestion,
  parameters: ReadonlyMap<string, readonly Term[]>,
  options: AskOptions,
): AsyncGenerator<AnswerPart, void, undefined> {
  const { text, file } = question
  if (options.timeout !== undefined && options.endpoint === undefined) {
    const { isolatedParts } = await import('./isolation.ts')
    yield* isolatedParts(graph, { text, question, parameters }, { ...options, file })
    return
  }
  const algebra = [...parameters].reduce((asked, [name, terms]) => withValues(asked, name, terms), question.algebra)
  yield* answerParts(graph, { algebra, question, parameters }, options)
}

/** See `AskableProject.query`. */
export function query(
  graph: KnowledgeGraph,
  text: string,
  options?: AskOptions & { readonly file?: string | undefined },
): Answering {
  return new Answering(async function* () {
    if (options?.endpoint === undefined) {
      const { isolatedParts } = await import('./isolation.ts')
      yield* isolatedParts(graph, { text }, options)
      return
    }
    const algebra = await parseQuery(text, { file: options.file, prefixes: graph.prefixes, baseIRI: graph.baseIRI })
    yield* answerParts(graph, { algebra, text }, options)
  }, options?.signal)
}

/** The values to choose from for a parameter: those for which the question has an answer, in the layer of the graph. */
export async function choicesOf(graph: KnowledgeGraph, { algebra }: SavedQuestion, parameter: Parameter): Promise<Term[]> {
  if (parameter.type === 'text') return []
  // What other servers would leave of them is not asked.
  const here = mapNodes(algebra, node => (node.type === 'service' ? { type: 'values', variables: [], bindings: [{}] } : node))
  const solutions = await select(graph.store, choicesQuery(here, parameter), { baseIRI: graph.baseIRI })
  return solutions.flatMap(solution => solution.get(parameter.name) ?? [])
}

/** For which values there would have been an answer. */
async function otherValues(graph: KnowledgeGraph, question: SavedQuestion, values: ParameterValues): Promise<Note[]> {
  const given = question.parameters.filter(({ name }) => values[name] !== undefined)
  const notes = given.map(async (parameter): Promise<Note[]> => {
    const choices = await choicesOf(graph, question, parameter)
    const text = `There is an answer for other values of "${parameter.name}": ${namedValues(graph, choices)}.`
    return choices.length === 0 ? [] : [{ code: 'known-values', text }]
  })
  return (await Promise.all(notes)).flat()
}

/** The terms of every parameter: those of the call, else the default. */
async function termsOf(
  graph: KnowledgeGraph,
  question: SavedQuestion,
  values: ParameterValues,
): Promise<Map<string, readonly Term[]>> {
  const { name, parameters } = question
  const known = parameters.map(parameter => parameter.name)
  const wrong = Object.keys(values).find(key => !known.includes(key))
  if (wrong !== undefined)
    throw new CommuniqueError('unknown-parameter', {
      what: `the question "${name}" has no parameter "${wrong}"`,
      mend: known.length === 0 ? 'it takes none' : suggestion(wrong, known),
    })
  const terms = new Map<string, readonly Term[]>()
  for (const parameter of parameters) {
    const given = values[parameter.name]
    terms.set(parameter.name, given === undefined ? parameter.default : await valuesOf(graph, question, parameter, given))
  }
  return terms
}

async function valuesOf(
  graph: KnowledgeGraph,
  question: SavedQuestion,
  parameter: Parameter,
  given: ParameterValues[string],
): Promise<Term[]> {
  const list: readonly (string | Term)[] = Array.isArray(given) ? given : [given as string | Term]
  if ((list.includes('any') || list.length === 0) && parameter.isOptional) return []
  if (list.length === 0)
    throw new CommuniqueError('parameter-type', { what: `"${parameter.name}" has no value`, mend: 'give one, or leave it out' })
  const choices = await choicesOf(graph, question, parameter)
  const terms = list.map(one => (typeof one === 'string' ? parseValue(graph, parameter, one, choices) : one))
  return terms.filter((term, index) => terms.findIndex(other => other.equals(term)) === index)
}
