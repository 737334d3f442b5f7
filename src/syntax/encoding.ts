import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { termFault } from '../rdf/term-fault.ts'
import { termText } from '../rdf/turtle.ts'
import { CLASSES, COLON, LETTER, NO_IRI, SCHEME } from '../store/byte.ts'
import {
  BLANK_NODE,
  DEFAULT_GRAPH,
  Dictionary,
  IRI,
  LANGUAGE,
  LITERAL,
  type TermArrays,
  TRIPLE_TERM,
} from '../store/dictionary.ts'
import { QuadReader } from '../store/quad-reader.ts'
import { QuadStore } from '../store/quad-store.ts'
import { OWN_DEFAULT_GRAPH } from '../store/quad-table.ts'
import { Room } from './room.ts'

/** Quads to write: in any order, some perhaps twice. An indexed dataset is taken whole, whatever layer it shows. */
export type Quads = Iterable<Quad> | QuadStore

/** Quads as ids of a dictionary, every term of which some syntax can carry, where it stands. */
export interface Encoding extends TermArrays {
  readonly dictionary: Dictionary
  /** Four ids a quad: subject, predicate, object, graph. */
  readonly quads: Uint32Array
  readonly size: number
  /** By id: a bit for each part of a quad, or of a triple term, as which a term stands: 1 for the subject, 2, 4, 8 for the graph. */
  readonly seen: Uint8Array
  /** Where more numbers find place. */
  readonly room: Room
  /** The ids of the blank nodes, those within triple terms included. */
  readonly blankNodes: readonly number[]
  /** The ids of subject, predicate and object of each triple term. */
  readonly triples: ReadonlyMap<number, readonly number[]>
  /** What blank nodes are called where this is not their own label. */
  readonly labels: Map<number, string>
  /** Whether a text has a base direction. */
  readonly hasDirection: boolean
}

/** What may stand in each place, a bit a kind. @see RDF 1.2 Concepts, 3.1 (Triples) and 4 (RDF Datasets) */
const PLACES = [
  (1 << IRI) | (1 << BLANK_NODE),
  1 << IRI,
  (1 << IRI) | (1 << BLANK_NODE) | (1 << LITERAL) | (1 << TRIPLE_TERM),
  (1 << IRI) | (1 << BLANK_NODE) | (1 << DEFAULT_GRAPH),
] as const
const NAMES = ['subject', 'predicate', 'object', 'graph'] as const

/**
 * Takes quads apart into numbers, which sort and compare fast, and looks at every term.
 *
 * @throws CommuniqueError `invalid-term` for the first quad with a term that no syntax can carry, or in a place that is not for it
 */
export function encode(input: Quads): Encoding {
  return input instanceof QuadStore ? encodeStore(input) : encodeList(Array.isArray(input) ? input : [...input])
}

/** The store has ids already. */
function encodeStore({ dictionary, columns: [graphs, subjects, predicates, objects] }: QuadStore): Encoding {
  const size = graphs.length
  const inspection = new Inspection(dictionary, roomFor(dictionary.count, size))
  const quads = inspection.room.numbers(size * 4)
  for (let row = 0, at = 0; row < size; row++, at += 4) {
    quads[at] = subjects[row]!
    quads[at + 1] = predicates[row]!
    quads[at + 2] = objects[row]!
    quads[at + 3] = graphs[row]!
    inspection.look(quads, at)
  }
  return inspection.encoding(quads, size)
}

function encodeList(list: readonly Quad[]): Encoding {
  const [dictionary, room] = [new Dictionary(), roomFor(list.length >>> 1, list.length)]
  const quads = room.numbers(list.length * 4)
  const reader = new QuadReader(dictionary, OWN_DEFAULT_GRAPH)
  // An iterator would make an object for each quad.
  for (let index = 0, at = 0; index < list.length; index++, at += 4) {
    const { subject, predicate, object, graph } = readBy(reader, list[index]!)
    quads[at] = subject
    quads[at + 1] = predicate
    quads[at + 2] = object
    quads[at + 3] = graph
  }
  const inspection = new Inspection(dictionary, room)
  for (let at = 0; at < quads.length; at += 4) inspection.look(quads, at)
  return inspection.encoding(quads, list.length)
}

function readBy(reader: QuadReader, quad: Quad): QuadReader {
  try {
    return reader.read(quad)
  } catch (error) {
    const { subject, predicate, object, graph } = quad
    const terms = [subject, predicate, object, graph]
    const fault = terms.map(termFault).find(found => found !== undefined)
    throw fault === undefined ? error : invalid(fault, terms)
  }
}

/** Room for what is made of so many terms and quads: of a quad its parts, and its place in two orders; of a term eight numbers. */
function roomFor(terms: number, quads: number): Room {
  return new Room((4 + 2) * quads + 8 * (terms + 1))
}

/** Looks at each term once in each place. */
class Inspection {
  readonly room: Room
  readonly #dictionary: Dictionary
  readonly #arrays: TermArrays
  /** By id: a bit for each part of a quad in which the term may stand, and has been seen. */
  readonly #seen: Uint8Array
  readonly #blankNodes: number[] = []
  readonly #triples = new Map<number, readonly number[]>()
  #hasDirection = false

  constructor(dictionary: Dictionary, room: Room) {
    this.room = room
    this.#dictionary = dictionary
    this.#arrays = dictionary.arrays
    this.#seen = new Uint8Array(dictionary.count + 1)
  }

  /** @throws CommuniqueError `invalid-term` */
  look(quads: Uint32Array, at: number): void {
    const seen = this.#seen
    // Nearly always.
    const bits = (seen[quads[at]!]! & 1) | (seen[quads[at + 1]!]! & 2) | (seen[quads[at + 2]!]! & 4) | (seen[quads[at + 3]!]! & 8)
    if (bits === 15) return
    for (let part = 0; part < 4; part++) {
      const id = quads[at + part]!
      if ((seen[id]! & (1 << part)) !== 0) continue
      const fault = this.#fault(id, part)
      if (fault === undefined) continue
      const terms = [...quads.subarray(at, at + 4)].map(each => this.#dictionary.termOf(each))
      throw invalid(fault, terms)
    }
  }

  encoding(quads: Uint32Array, size: number): Encoding {
    return {
      ...this.#arrays,
      dictionary: this.#dictionary,
      quads,
      size,
      seen: this.#seen,
      room: this.room,
      blankNodes: this.#blankNodes,
      triples: this.#triples,
      labels: new Map(),
      hasDirection: this.#hasDirection,
    }
  }

  /** What is wrong with a term in a place, in words. */
  #fault(id: number, part: number): string | undefined {
    const { kinds, tags } = this.#arrays
    const kind = kinds[id]!
    if ((PLACES[part]! & (1 << kind)) === 0) return `a ${this.#dictionary.termOf(id).termType} as the ${NAMES[part]}`
    const isNew = this.#seen[id] === 0
    this.#seen[id]! |= 1 << part
    if (!isNew) return undefined
    if (kind === IRI) return this.#isIRI(id) ? undefined : termFault(this.#dictionary.termOf(id))
    if (kind === LITERAL) {
      const tag = tags[id]!
      if (tag === 0 || this.#seen[tag]! >= TAG) return undefined
      const fault = termFault(this.#dictionary.termOf(id))
      if (fault === undefined) this.#seen[tag]! |= TAG
      if (kinds[tag] === LANGUAGE && this.#dictionary.valueOf(tag).includes('--')) this.#hasDirection = true
      return fault
    }
    if (kind === BLANK_NODE) this.#blankNodes.push(id)
    if (kind !== TRIPLE_TERM) return undefined
    const parts = this.#dictionary.partsOf(id)
    for (const [index, each] of parts.entries()) {
      const fault = (this.#seen[each]! & (1 << index)) === 0 ? this.#fault(each, index) : undefined
      if (fault !== undefined) return `${fault} of a triple term`
    }
    this.#triples.set(id, parts)
    return undefined
  }

  /** @see `termFault` */
  #isIRI(id: number): boolean {
    const { words, ends } = this.#arrays
    const [start, end] = [ends[id - 1]!, ends[id]!]
    let at = start
    while (at < end && (CLASSES[words.getUint8(at)]! & SCHEME) !== 0) at++
    if (at === start || at === end || words.getUint8(at) !== COLON || (CLASSES[words.getUint8(start)]! & LETTER) === 0)
      return false
    while (at < end && (CLASSES[words.getUint8(at)]! & NO_IRI) === 0) at++
    return at === end
  }
}

/** The bit of a datatype or a language that was found to be in order. */
const TAG = 1 << 4

function invalid(fault: string, terms: readonly Term[]): CommuniqueError {
  const parts = terms.filter(({ termType }, part) => part < 3 || termType !== 'DefaultGraph')
  return new CommuniqueError('invalid-term', {
    what: `no syntax can carry ${fault}, in the quad ${parts.map(term => termText(term, {})).join(' ')}`,
    mend: /^the IRI "(?![a-z][a-z0-9+.-]*:)/i.test(fault)
      ? 'it is relative: say with --base (or baseIRI) to what; nothing was written'
      : 'mend what made it; nothing was written',
  })
}
