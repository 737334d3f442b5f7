import type { Literal, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { findThing, labelOf } from '../project/thing.ts'
import { PREFIXES, shorten } from '../rdf/prefixes.ts'
import { cmq, rdf, xsd } from '../rdf/vocabulary.ts'
import { type Algebra, isNode, mapNodes, nodesOf, variablesOf } from '../sparql/algebra.ts'

/** What a value can be: a thing of the graph, a country, a day, a number, words, or one of a scheme's concepts. */
export const PARAMETER_TYPES = ['entity', 'country', 'date', 'integer', 'text', 'enumeration'] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** A variable of a saved question that a call can give another value: its default stands in a `VALUES` row. */
export interface Parameter {
  readonly name: string
  readonly type: ParameterType
  readonly label: string
  /** Whether `any` leaves it open. */
  readonly isOptional: boolean
  /** The values of the row; none for UNDEF. */
  readonly default: readonly Term[]
}

/** The rows of a parameter: `VALUES` of that variable alone. */
export function parameterRows(algebra: Algebra, name: string): Algebra[] {
  return [...nodesOf(algebra)].filter(node => isRowOf(node, name))
}

function isRowOf({ type, variables }: Algebra, name: string): boolean {
  if (type !== 'values') return false
  const names = (variables as readonly Term[]).map(({ value }) => value)
  return names.length === 1 && names[0] === name
}

/** The query with other values in every row of a parameter; none means any value. */
export function withValues(algebra: Algebra, name: string, values: readonly Term[]): Algebra {
  const bindings = values.length === 0 ? [{}] : values.map(value => ({ [name]: value }))
  return mapNodes(algebra, node => (isRowOf(node, name) ? { ...node, bindings } : node))
}

/** The query that gives the values to choose from: those for which the question has an answer. */
export function choicesQuery(algebra: Algebra, { name }: Parameter): Algebra {
  const open = withValues(algebra, name, [])
  const pattern = [...nodesOf(open)].find(node => !AROUND.has(node.type) && shows(node, name))!
  return { type: 'distinct', input: { type: 'project', variables: [DataFactory.variable(name)], input: pattern } }
}

/** What has no solutions of its own. */
const AROUND: ReadonlySet<string> = new Set([
  ...['slice', 'distinct', 'reduced', 'project', 'orderby', 'ask', 'construct', 'describe', 'expression'],
])

/** Whether solutions of a pattern can have a value for a variable: an aggregate and a sub-SELECT keep some to themselves. */
function shows(node: Algebra, name: string): boolean {
  const { type, input, variables, variable, name: graph } = node
  if (type === 'project' || type === 'group') return variablesOf(variables).includes(name)
  const inputs = (Array.isArray(input) ? input : [input]).filter(isNode)
  if (inputs.length === 0) return variablesOf(node).includes(name)
  return inputs.some(part => shows(part, name)) || variablesOf([variable, graph]).includes(name)
}

/**
 * The value that a person means.
 *
 * @param text an IRI, a prefixed name, a slug or a label of a thing; `2021-11-23` for a date; a whole number; words
 * @param choices values for which there is an answer, if they are known: for messages, and for the concepts of an enumeration
 * @throws CommuniqueError `parameter-type` for a value of another type, `unknown-value` for a thing that the graph does not know
 */
export function parseValue(graph: KnowledgeGraph, parameter: Parameter, text: string, choices: readonly Term[]): Term {
  const { name, type } = parameter
  const wrong = (wanted: string): CommuniqueError =>
    new CommuniqueError('parameter-type', {
      what: `"${text}" is no value of "${name}": ${wanted}`,
      mend:
        knownText(graph, choices) ?? `the default is ${parameter.default.map(term => labelOf(graph, term)).join(', ') || 'any'}`,
    })
  switch (type) {
    case 'integer':
      if (!/^[+-]?\d{1,15}$/.test(text)) throw wrong('it takes a whole number')
      // As the data write it: terms are compared by their text.
      return DataFactory.literal(String(Number(text)), xsd.integer)
    case 'date':
      if (!isDate(text)) throw wrong('it takes a day, written like 2021-11-23')
      return DataFactory.literal(text, DataFactory.namedNode(`${PREFIXES.xsd}date`))
    case 'text': {
      const [sample] = parameter.default as readonly Literal[]
      return sample?.language ? DataFactory.literal(text, sample.language) : DataFactory.literal(text)
    }
    case 'enumeration': {
      const found = choices.find(term => namesOf(graph, term).some(known => plain(known) === plain(text)))
      if (found === undefined) throw wrong('it takes one of a few values')
      return found
    }
    case 'country': {
      const thing = thingOf(graph, text, choices)
      if (graph.store.countQuads(thing, rdf.type, cmq.Country, null) === 0) throw wrong('it takes a country')
      return thing
    }
    case 'entity':
      return thingOf(graph, text, choices)
  }
}

/** The thing of that name; else the one choice whose label has it as a part. */
function thingOf(graph: KnowledgeGraph, text: string, choices: readonly Term[]): Term {
  try {
    return findThing(graph, text)
  } catch (cause) {
    const containing = choices.filter(term => plain(labelOf(graph, term)).includes(plain(text)))
    if (containing.length === 1 && text.length > 2) return containing[0]!
    const names = choices.flatMap(term => namesOf(graph, term))
    const near = nearestName(text, names)
    throw new CommuniqueError('unknown-value', {
      what: `nothing in this project is called "${text}"`,
      mend: [near === undefined ? [] : `did you mean "${near}"?`, knownText(graph, choices) ?? []].flat().join(' ') || undefined,
      cause,
    })
  }
}

function knownText(graph: KnowledgeGraph, choices: readonly Term[]): string | undefined {
  return choices.length === 0 ? undefined : `known values: ${namedValues(graph, choices)}`
}

/** The values to choose from, in words. */
export function namedValues(graph: KnowledgeGraph, choices: readonly Term[]): string {
  const names = new Set(choices.map(term => (term.termType === 'Literal' ? term.value : labelOf(graph, term))))
  const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return `${sorted.slice(0, MOST_NAMED).join(', ')}${sorted.length > MOST_NAMED ? ` … (${sorted.length})` : ''}`
}

const MOST_NAMED = 12

/** Every way to name a term: label, prefixed name, local name, IRI. */
function namesOf(graph: KnowledgeGraph, term: Term): string[] {
  if (term.termType === 'Literal') return [term.value]
  const short = shorten(term.value, graph.prefixes)
  return [labelOf(graph, term), short, short.slice(short.indexOf(':') + 1), term.value]
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
