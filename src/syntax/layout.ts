import { cmq, rdf } from '../rdf/vocabulary.ts'
import { BLANK, DEFAULT_GRAPH, type Encoding, IRI, SUFFIX, TRIPLE } from './encoding.ts'
import { compareKeys } from './key-order.ts'
import { type Nesting, NOTHING_NESTED, nesting } from './nesting.ts'
import { GRAPH, naturalKey, OBJECT, PREDICATE, ranked, SUBJECT, sorted } from './order.ts'

/** The order in which our ontology declares its terms. */
const MODEL_ORDER: readonly string[] = Object.values(cmq).map(({ value }) => value)

/** Quads as they are laid out for people: in order, and with what is known of the blank nodes that need no label. */
export interface Layout extends Encoding, Nesting {
  /** Positions of the quads, each once: by graph, subject, predicate, object. */
  readonly order: Uint32Array
  readonly ids: WellKnown
}

/** Ids of the terms that types and lists are made of; -1 for one that is not there. */
interface WellKnown {
  readonly type: number
  readonly first: number
  readonly rest: number
  readonly nil: number
}

/**
 * Lays quads out in model order: the default graph, then the named ones; within a graph its things by kind, in the order in which
 * the ontology declares their classes, then by IRI; of a thing its types, then its properties in the order of the ontology.
 *
 * @param terms IRIs of the ontology's terms in order; what is none of them comes behind, by IRI
 */
export function layout(encoding: Encoding, terms: readonly string[] = MODEL_ORDER): Layout {
  const ids = wellKnown(encoding)
  const numbers = new Map(terms.map((iri, index) => [iri, index]))
  const numberOf = (id: number): number => numbers.get(encoding.values[id]!) ?? numbers.size
  const { kinds, classes } = kindsOf(encoding, ids.type, numbers)
  const keyOf = (id: number): string => naturalKey(encoding.values[id]!)
  const textOf = (id: number): string => sortText(id, encoding)
  // The default graph has no name, an IRI is sorted before the label of a blank node.
  const isBlank = (id: number): number => (encoding.kinds[id] === BLANK ? 1 : 0)
  const order = sorted(encoding, {
    graphs: ranked(encoding, GRAPH, { keyOf, numberOf: isBlank }),
    subjects: ranked(encoding, SUBJECT, { keyOf, numberOf: id => kinds[id]! * 2 + isBlank(id) }),
    predicates: ranked(encoding, PREDICATE, { keyOf, numberOf: id => (id === ids.type ? -1 : numberOf(id)) }),
    // Of several classes first the most special: it is declared last, and the thing stands where that says.
    compareObjects: (one, other) =>
      one === other ? 0 : (classes.get(other) ?? -1) - (classes.get(one) ?? -1) || compareKeys(textOf(one), textOf(other)),
  })
  return { ...encoding, order, ids, ...nesting(encoding, order, ids) }
}

/** Lays quads out as they come, by subject, types first; every blank node with its label. */
export function layoutAsGiven(encoding: Encoding): Layout {
  const ids = wellKnown(encoding)
  const order = sorted(encoding, {
    graphs: ranked(encoding, GRAPH, { keyOf: asGiven }),
    subjects: ranked(encoding, SUBJECT, { keyOf: asGiven }),
    predicates: ranked(encoding, PREDICATE, { keyOf: asGiven, numberOf: id => (id === ids.type ? 0 : 1) }),
    compareObjects: (one, other) => one - other,
  })
  // Where nothing nests, the empty list is written by its name, too.
  return { ...encoding, order, ids: { ...ids, nil: -1 }, ...NOTHING_NESTED }
}

/** One key for all leaves them in their order. */
function asGiven(): string {
  return ''
}

function wellKnown({ idOf }: Encoding): WellKnown {
  const { type, first, rest, nil } = rdf
  return { type: idOf(type.value), first: idOf(first.value), rest: idOf(rest.value), nil: idOf(nil.value) }
}

/** The number of the kind of each subject, which is the last declared of its classes, and of each such class its own. */
function kindsOf({ quads, size, values, room }: Encoding, type: number, numbers: ReadonlyMap<string, number>) {
  const none = numbers.size
  const kinds = room.numbers(values.length).fill(none)
  const classes = new Map<number, number>()
  let [last, number]: [number, number | undefined] = [-1, undefined]
  for (let at = 0; at < size * 4; at += 4) {
    if (quads[at + PREDICATE] !== type) continue
    const [subject, object] = [quads[at]!, quads[at + OBJECT]!]
    if (object !== last) number = numbers.get(values[object]!)
    last = object
    if (number === undefined) continue
    classes.set(object, number)
    kinds[subject] = kinds[subject] === none ? number : Math.max(number, kinds[subject]!)
  }
  return { kinds, classes }
}

/** By what terms are sorted: IRIs, then literals by language, then blank nodes, then triple terms. */
function sortText(id: number, encoding: Encoding): string {
  const { values, kinds, triples } = encoding
  const [kind, value] = [kinds[id]!, values[id]!]
  if (kind === DEFAULT_GRAPH) return '0'
  if (kind === IRI) return `1${naturalKey(value)}`
  if (kind === BLANK) return `3${naturalKey(value)}`
  if (kind === TRIPLE)
    return `4${triples
      .get(id)!
      .map(part => sortText(part, encoding))
      .join('\0')}`
  const suffix = encoding.suffixes[kind >>> SUFFIX]!
  const text = value.slice(1, value.length - suffix.length - 1)
  return `2${suffix.startsWith('@') ? suffix : ''}\0${naturalKey(text)}\0${suffix}`
}

/**
 * Visits each term that is written by its name, in no order, with its part of the quad and the predicate, which is -1 for an item
 * of a list.
 */
export function eachWritten(
  { quads, size, kinds, nested, cells, unnamed, ids }: Layout,
  visit: (id: number, part: number, predicate: number) => void,
): void {
  let [lastSubject, lastGraph] = [-1, -1]
  for (let at = 0; at < size * 4; at += 4) {
    const subject = quads[at]!
    const predicate = quads[at + PREDICATE]!
    const object = quads[at + OBJECT]!
    const graph = quads[at + GRAPH]!
    // Only blank nodes can do without a name.
    const isBlank = kinds[subject] === BLANK
    const isCell = isBlank && cells.has(subject)
    if (subject !== lastSubject && !(isBlank && (nested.has(subject) || unnamed.has(subject)))) visit(subject, SUBJECT, predicate)
    if (!isCell) visit(predicate, PREDICATE, predicate)
    if (kinds[object] === BLANK ? !nested.has(object) : object !== ids.nil) visit(object, OBJECT, isCell ? -1 : predicate)
    if (graph !== lastGraph) visit(graph, GRAPH, predicate)
    lastSubject = subject
    lastGraph = graph
  }
}

/** Where the quads that share graph and subject with that at `from` end. */
export function blockEnd({ order, quads }: Layout, from: number): number {
  const first = order[from]! * 4
  for (let to = from + 1; to < order.length; to++) {
    const at = order[to]! * 4
    if (quads[at] !== quads[first] || quads[at + 3] !== quads[first + 3]) return to
  }
  return order.length
}

/** Where the quads that share the predicate with that at `from`, within those before `end`, end. */
export function propertyEnd({ order, quads }: Layout, from: number, end: number): number {
  const predicate = quads[order[from]! * 4 + PREDICATE]
  let to = from + 1
  while (to < end && quads[order[to]! * 4 + PREDICATE] === predicate) to++
  return to
}
