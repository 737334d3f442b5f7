import { DataFactory } from 'n3'
import { cmq, rdf } from '../rdf/vocabulary.ts'
import { BLANK_NODE, IRI, LANGUAGE, LITERAL, TRIPLE_TERM, viewOf } from '../store/dictionary.ts'
import type { Encoding } from './encoding.ts'
import { type Nesting, NOTHING_NESTED, nesting } from './nesting.ts'
import { GRAPH, OBJECT, PREDICATE, putNatural, putNumber, ranked, rankedAsGiven, SUBJECT, sorted } from './order.ts'
import type { Utf8Text } from './utf8-text.ts'

/** The order in which our ontology declares its terms. */
const MODEL_ORDER: readonly string[] = Object.values(cmq).map(({ value }) => value)

/** Quads as they are laid out for people: in order, and with what is known of the blank nodes that need no label. */
export interface Layout extends Encoding, Nesting {
  /** Positions of the quads, each once: by graph, subject, predicate, object. */
  readonly order: Uint32Array
  readonly ids: WellKnown
}

/** Ids of the terms that types and lists are made of; 0 for one that is not there. */
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
  const { dictionary, room } = encoding
  // By the id of a term its number in the ontology and 1, which is 0 for others.
  const numbers = room.numbers(dictionary.count + 1)
  for (const [index, iri] of terms.entries()) {
    const id = dictionary.idOf(DataFactory.namedNode(iri))
    if (id !== 0) numbers[id] = index + 1
  }
  const { kinds, classes } = kindsOf(encoding, ids.type, numbers)
  const numberOf = (id: number): number => (numbers[id]! === 0 ? terms.length : numbers[id]! - 1)
  const putName = (id: number, keys: Utf8Text): void => putNameOf(encoding, id, keys)
  const order = sorted(encoding, {
    graphs: ranked(encoding, GRAPH, putName),
    subjects: ranked(encoding, SUBJECT, (id, keys) => {
      putNumber(kinds[id] === 0 ? terms.length : kinds[id]! - 1, keys)
      putName(id, keys)
    }),
    predicates: ranked(encoding, PREDICATE, (id, keys) => {
      putNumber(id === ids.type ? 0 : numberOf(id) + 1, keys)
      putName(id, keys)
    }),
    // Of several classes first the most special: it is declared last, and the thing stands where that says.
    putRest: (at, keys) => {
      const object = encoding.quads[at + OBJECT]!
      putNumber(classes.has(object) ? terms.length - numbers[object]! : terms.length, keys)
      putValue(encoding, object, keys)
    },
  })
  return { ...encoding, order, ids, ...nesting(encoding, order, ids) }
}

/** Lays quads out as they come, by subject, types first; every blank node with its label. */
export function layoutAsGiven(encoding: Encoding): Layout {
  const ids = wellKnown(encoding)
  const order = sorted(encoding, {
    graphs: rankedAsGiven(encoding, GRAPH),
    subjects: rankedAsGiven(encoding, SUBJECT),
    predicates: rankedAsGiven(encoding, PREDICATE, ids.type),
    putRest: undefined,
  })
  // Where nothing nests, the empty list is written by its name, too.
  return { ...encoding, order, ids: { ...ids, nil: 0 }, ...NOTHING_NESTED }
}

function wellKnown({ dictionary }: Encoding): WellKnown {
  const { type, first, rest, nil } = rdf
  return {
    type: dictionary.idOf(type),
    first: dictionary.idOf(first),
    rest: dictionary.idOf(rest),
    nil: dictionary.idOf(nil),
  }
}

/** By the id of each subject the number of its kind, which is the last declared of its classes, and 1; and which these classes are. */
function kindsOf({ quads, size, dictionary, room }: Encoding, type: number, numbers: Uint32Array) {
  const kinds = room.numbers(dictionary.count + 1)
  const classes = new Set<number>()
  let last = 0
  for (let at = 0; at < size * 4; at += 4) {
    if (quads[at + PREDICATE] !== type) continue
    const [subject, object] = [quads[at]!, quads[at + OBJECT]!]
    const number = numbers[object]!
    if (number === 0) continue
    if (object !== last) classes.add(object)
    last = object
    kinds[subject] = Math.max(number, kinds[subject]!)
  }
  return { kinds, classes }
}

/** By what things, properties and graphs are sorted: the default graph, which has no name, IRIs, blank nodes. */
function putNameOf({ words, ends, kinds, labels }: Encoding, id: number, keys: Utf8Text): void {
  keys.putByte(kinds[id] === BLANK_NODE ? 1 : 0)
  const label = kinds[id] === BLANK_NODE ? labels.get(id) : undefined
  if (label === undefined) putNatural(words, ends[id - 1]!, ends[id]!, keys)
  else {
    const bytes = Buffer.from(label)
    putNatural(viewOf(bytes), 0, bytes.length, keys)
  }
}

/** By what values are sorted: IRIs, then literals by language, then blank nodes, then triple terms. */
function putValue(encoding: Encoding, id: number, keys: Utf8Text): void {
  const { words, ends, kinds, tags, triples } = encoding
  const kind = kinds[id]!
  if (kind === TRIPLE_TERM) {
    keys.putByte(4)
    for (const part of triples.get(id)!) {
      putValue(encoding, part, keys)
      keys.putByte(0)
    }
  } else if (kind === LITERAL) {
    const tag = tags[id]!
    const putTag = (): void => keys.putText(words, ends[tag - 1]!, ends[tag]!)
    keys.putByte(2)
    if (kinds[tag] === LANGUAGE) putTag()
    keys.putByte(0)
    putNatural(words, ends[id - 1]!, ends[id]!, keys)
    keys.putByte(0)
    if (kinds[tag] === IRI) putTag()
  } else {
    keys.putByte(kind === IRI ? 1 : 3)
    putNameOf(encoding, id, keys)
  }
}

/**
 * Visits each term that is written by its name, in no order, with the parts of quads as which it stands, as `seen` has them. Blank
 * nodes and literals are visited as well, and what stands within triple terms.
 */
export function eachWritten(
  { quads, size, dictionary, seen, cells, ids }: Layout,
  visit: (id: number, parts: number) => void,
): void {
  // Of the terms of lists, which are written by brackets, each use is looked at.
  const isOfLists = (id: number): boolean => id !== 0 && (id === ids.first || id === ids.rest || id === ids.nil)
  for (let id = 1; id <= dictionary.count; id++) {
    const parts = seen[id]! & (AS_SUBJECT | AS_PREDICATE | AS_OBJECT | AS_GRAPH)
    if (parts !== 0 && !isOfLists(id)) visit(id, parts)
  }
  if (ids.first === 0 && ids.rest === 0 && ids.nil === 0) return
  for (let at = 0; at < size * 4; at += 4) {
    const [subject, predicate, object, graph] = [quads[at]!, quads[at + PREDICATE]!, quads[at + OBJECT]!, quads[at + GRAPH]!]
    if (isOfLists(subject)) visit(subject, AS_SUBJECT)
    if (isOfLists(predicate) && !cells.has(subject)) visit(predicate, AS_PREDICATE)
    if (isOfLists(object) && object !== ids.nil) visit(object, AS_OBJECT)
    if (isOfLists(graph)) visit(graph, AS_GRAPH)
  }
}

/** Bits of `seen`. */
export const [AS_SUBJECT, AS_PREDICATE, AS_OBJECT, AS_GRAPH] = [1, 2, 4, 8] as const

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
