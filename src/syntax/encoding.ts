import type { BaseQuad, Literal, Quad, Term } from '@rdfjs/types'
import { DataFactory, Literal as N3Literal } from 'n3'
import { CommuniqueError } from '../error.ts'
import { termFault } from '../rdf/term-fault.ts'
import { termText } from '../rdf/turtle.ts'
import { IRI as STORED_IRI, LITERAL as STORED_LITERAL } from '../store/dictionary.ts'
import { QuadStore } from '../store/quad-store.ts'
import { Room } from './room.ts'
import { TextIds } from './text-ids.ts'

/** Quads to write: in any order, some perhaps twice. An indexed dataset is taken whole, whatever layer it shows. */
export type Quads = Iterable<Quad> | QuadStore

/** Quads as numbers. Each term has one id, but for literals: these are mostly different, and to look each up costs more than it saves. */
export interface Encoding {
  /** By id: an IRI, the label of a blank node, or a literal as `"text"`, `"text"@en--ltr`, `"text"^^datatype`, nothing escaped. */
  readonly values: string[]
  /** By id: one of the bits `IRI` ... ; a literal that needs no escape has `CLEAN` as well, and from bit `SUFFIX` on the place of its suffix. */
  readonly kinds: Uint32Array
  /** What stands behind the texts of literals: nothing, `@en--ltr`, `^^datatype`. */
  readonly suffixes: readonly string[]
  /** Four ids a quad: subject, predicate, object, graph. */
  readonly quads: Uint32Array
  readonly size: number
  /** Where more numbers find place. */
  readonly room: Room
  /** The id of an IRI; -1 if it is not there. */
  idOf(iri: string): number
  /** The ids of subject, predicate and object of each triple term. */
  readonly triples: ReadonlyMap<number, readonly number[]>
}

export const [IRI, BLANK, LITERAL, TRIPLE, DEFAULT_GRAPH, VARIABLE, CLEAN] = [1, 2, 4, 8, 16, 32, 64]

/** Bits of a kind before those of the suffix. */
export const SUFFIX = 8

const KINDS = {
  NamedNode: IRI,
  BlankNode: BLANK,
  Literal: LITERAL,
  Quad: TRIPLE,
  DefaultGraph: DEFAULT_GRAPH,
  Variable: VARIABLE,
} as const

/** What may stand in each place. @see RDF 1.2 Concepts, 3.1 (Triples) and 4 (RDF Datasets) */
const PLACES = [IRI | BLANK, IRI, IRI | BLANK | LITERAL | TRIPLE, IRI | BLANK | DEFAULT_GRAPH] as const
const NAMES = ['subject', 'predicate', 'object', 'graph'] as const

/**
 * Takes quads apart into numbers, which sort and compare fast, and looks at every term.
 *
 * @throws CommuniqueError `invalid-term` for the first quad with a term that no syntax can carry, or in a place that is not for it
 */
export function encode(input: Quads): Encoding {
  if (input instanceof QuadStore) {
    const dictionary = new Dictionary(input.dictionary.count, input.columns[0].length)
    const quads = indexedQuads(input, dictionary)
    return dictionary.encoding(quads, quads.length / 4)
  }
  const list: readonly Quad[] = Array.isArray(input) ? input : [...input]
  const dictionary = new Dictionary(list.length, list.length)
  const quads = dictionary.room.numbers(list.length * 4)
  let [lastSubject, lastGraph]: [Term | undefined, Term | undefined] = [undefined, undefined]
  let [subjectId, predicateId, graphId] = [0, 0, 0]
  // An iterator would make an object for each quad.
  for (let index = 0, at = 0; index < list.length; index++, at += 4) {
    const { subject, predicate, object, graph } = list[index]!
    // Quads that come one after the other often share the very objects.
    if (subject !== lastSubject) subjectId = dictionary.id(subject, 0)
    predicateId = dictionary.predicate(predicateId, predicate)
    if (graph !== lastGraph) graphId = dictionary.id(graph, 3)
    quads[at] = subjectId
    quads[at + 1] = predicateId
    quads[at + 2] = dictionary.object(predicateId, object)
    quads[at + 3] = graphId
    if (dictionary.fault !== undefined) throw invalid(dictionary.fault, quads.subarray(at, at + 4), dictionary)
    lastSubject = subject
    lastGraph = graph
  }
  return dictionary.encoding(quads, list.length)
}

/** The store has ids already: only its terms are looked at, and what stands where. */
function indexedQuads({ dictionary: held, columns }: QuadStore, dictionary: Dictionary): Uint32Array {
  const faults = new Map<number, string>()
  const ids = new Int32Array(held.count + 1).fill(-1)
  const idOf = (term: number): number => {
    if (ids[term] !== -1) return ids[term]!
    dictionary.fault = undefined
    const id = held.kindOf(term) === STORED_LITERAL ? literalId(term) : dictionary.id(held.termOf(term))
    if (dictionary.fault !== undefined) faults.set(id, dictionary.fault)
    ids[term] = id
    return id
  }
  // Most terms are literals, of which none is made an object.
  const suffixes = new Map([[0, '']])
  const literalId = (term: number): number => {
    const tag = held.tagOf(term)
    let suffix = suffixes.get(tag)
    if (suffix === undefined) {
      suffix = held.kindOf(tag) === STORED_IRI ? `^^${held.valueOf(tag)}` : `@${held.valueOf(tag).toLowerCase()}`
      suffixes.set(tag, suffix)
    }
    return dictionary.literal(`"${held.valueOf(term)}"${suffix}`, suffix)
  }
  const [graphs, subjects, predicates, objects] = columns
  const parts = [subjects, predicates, objects, graphs]
  const quads = dictionary.room.numbers(graphs.length * 4)
  for (let index = 0; index < quads.length; index++) {
    const id = idOf(parts[index & 3]![index >>> 2]!)
    quads[index] = id
    if ((dictionary.kinds[id]! & PLACES[index & 3]!) !== 0 && faults.size === 0) continue
    const fault = faults.get(id) ?? dictionary.misplaced(dictionary.kinds[id]!, index & 3)
    if (fault !== undefined)
      throw invalid(
        fault,
        Uint32Array.from(parts, column => idOf(column[index >>> 2]!)),
        dictionary,
      )
  }
  return quads
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2)
  more.set(numbers)
  return more
}

function invalid(fault: string, ids: Uint32Array, dictionary: Dictionary): CommuniqueError {
  const parts = [...ids].filter((id, part) => part < 3 || dictionary.kinds[id] !== DEFAULT_GRAPH)
  return new CommuniqueError('invalid-term', {
    what: `no syntax can carry ${fault}, in the quad ${parts.map(id => termText(termOfId(dictionary, id), {})).join(' ')}`,
    mend: /^the IRI "(?![a-z][a-z0-9+.-]*:)/i.test(fault)
      ? 'it is relative: say with --base (or baseIRI) to what; nothing was written'
      : 'mend what made it; nothing was written',
  })
}

class Dictionary {
  readonly values: string[]
  kinds: Uint32Array
  readonly room: Room
  #count = 0
  readonly suffixes: string[] = ['']
  readonly triples = new Map<number, readonly number[]>()
  /** What is wrong with the last term that was not seen before, in words. */
  fault: string | undefined
  readonly #ids: Readonly<Record<number, TextIds>>
  readonly #iris: TextIds
  // What mostly comes next, by the id of a predicate: to see that it does is faster than to look it up.
  readonly #followers: number[] = []
  readonly #objects: number[] = []
  readonly #suffixes: number[] = []
  readonly #suffixIds = new Map([['', 0]])

  /** @param terms how many there is room for at first: arrays that grow cost more than all the rest */
  constructor(terms: number, quads: number) {
    // Four ids a quad, its place in two orders; of a term its kind, its class, its rank as subject, predicate and graph.
    this.room = new Room((4 + 2) * quads + (1 + 4) * (terms + 2))
    this.values = new Array(terms + 1)
    this.#ids = Object.fromEntries(Object.values(KINDS).map(kind => [kind, new TextIds(this.values)]))
    this.#iris = this.#ids[IRI]!
    this.kinds = this.room.numbers(terms + 1)
  }

  encoding(quads: Uint32Array, size: number): Encoding {
    const { values, suffixes, triples, room } = this
    values.length = this.#count
    const kinds = this.kinds.subarray(0, this.#count)
    return { values, kinds, suffixes, quads, size, triples, room, idOf: iri => this.#iris.get(iri) ?? -1 }
  }

  /** @param part of the quad in which the term stands, if that is to be looked at */
  id(term: Term, part?: number): number {
    const { termType } = term
    // An IRI may stand everywhere.
    if (termType === 'NamedNode') return this.#iris.get(term.value) ?? this.#add(this.#iris, IRI, term)
    const kind = KINDS[termType]
    if (part !== undefined && (kind & PLACES[part]!) === 0) this.fault ??= this.misplaced(kind, part)
    if (termType === 'Literal') return this.#literal(literalValue(term), 0)
    if (termType === 'Quad') return this.#triple(term)
    const ids = this.#ids[kind]!
    return ids.get(term.value) ?? this.#add(ids, kind, term)
  }

  predicate(last: number, term: Term): number {
    const guess = this.#followers[last]
    if (guess !== undefined && this.values[guess] === term.value && term.termType === 'NamedNode') return guess
    const id = this.id(term, 1)
    this.#followers[last] = id
    return id
  }

  object(predicate: number, term: Term): number {
    const { termType } = term
    if (termType === 'Literal') return this.#literal(literalValue(term), predicate)
    if (termType !== 'NamedNode') return this.id(term, 2)
    const guess = this.#objects[predicate]
    if (guess !== undefined && this.values[guess] === term.value && this.kinds[guess] === IRI) return guess
    const id = this.id(term)
    this.#objects[predicate] = id
    return id
  }

  misplaced(kind: number, part: number): string | undefined {
    const [name] = Object.entries(KINDS).find(([, bit]) => (kind & bit) !== 0)!
    return (kind & PLACES[part]!) === 0 ? `a ${name} as the ${NAMES[part]}` : undefined
  }

  /** Adds a term that was just looked for in vain. */
  #add(ids: TextIds, kind: number, term: Term): number {
    const id = this.#push(kind, term.value)
    ids.add(id)
    this.fault ??= termFault(term)
    return id
  }

  #push(kind: number, value: string): number {
    const id = this.#count++
    if (id === this.kinds.length) {
      this.kinds = grown(this.kinds)
      this.values.length = this.kinds.length
    }
    this.kinds[id] = kind
    this.values[id] = value
    return id
  }

  #literal(value: string, predicate: number): number {
    let suffix = this.#suffixes[predicate] ?? 0
    const guess = this.suffixes[suffix]!
    let end = value.length - guess.length - 1
    if (value.charCodeAt(end) !== QUOTE || !value.endsWith(guess)) {
      end = value.lastIndexOf('"')
      suffix = this.#suffix(value.slice(end + 1))
      this.#suffixes[predicate] = suffix
    }
    return this.#pushLiteral(value, end, suffix)
  }

  literal(value: string, suffix: string): number {
    return this.#pushLiteral(value, value.length - suffix.length - 1, this.#suffix(suffix))
  }

  /** @param end where the text ends, at its quotation mark */
  #pushLiteral(value: string, end: number, suffix: number): number {
    const isClean = isCleanUntil(value, end)
    if (!isClean) this.fault ??= termFault(literalOf(value))
    return this.#push((suffix << SUFFIX) | (isClean ? LITERAL | CLEAN : LITERAL), value)
  }

  /** In triple terms a literal has one id, so that the same triples have. */
  #literalOnce(value: string, part: number): number {
    const known = this.#ids[LITERAL]!.get(value)
    if (known !== undefined) return known
    if (part !== 2) this.fault ??= this.misplaced(LITERAL, part)
    const id = this.#literal(value, 0)
    this.#ids[LITERAL]!.add(id)
    return id
  }

  #suffix(suffix: string): number {
    const known = this.#suffixIds.get(suffix)
    if (known !== undefined) return known
    this.fault ??= termFault(literalOf(`""${suffix}`))
    const id = this.suffixes.push(suffix) - 1
    this.#suffixIds.set(suffix, id)
    return id
  }

  #triple(term: BaseQuad): number {
    const parts = [term.subject, term.predicate, term.object].map((part, index) =>
      part.termType === 'Literal' ? this.#literalOnce(literalValue(part), index) : this.id(part, index),
    )
    const [triples, key] = [this.#ids[TRIPLE]!, parts.join(' ')]
    const known = triples.get(key)
    if (known !== undefined) return known
    if (this.fault !== undefined) this.fault = `${this.fault} of a triple term`
    const id = this.#push(TRIPLE, key)
    triples.add(id)
    this.triples.set(id, parts)
    return id
  }
}

const [QUOTE, BACKSLASH] = [34, 92]

/** Whether a text, behind its quotation mark, is written as it is; half characters are not, nor what may be one. */
function isCleanUntil(value: string, end: number): boolean {
  for (let at = 1; at < end; at++) {
    const code = value.charCodeAt(at)
    if (code < 0x20 || code === QUOTE || code === BACKSLASH || code === 0x7f) return false
    if (code >= 0xd800 && (code <= 0xdfff || code >= 0xfffe)) return false
  }
  return true
}

/** A term of an encoding as RDF/JS has it. */
export function termOfId({ values, kinds, triples }: Pick<Encoding, 'values' | 'kinds' | 'triples'>, id: number): Term {
  const [kind, value] = [kinds[id]!, values[id]!]
  if ((kind & LITERAL) !== 0) return literalOf(value)
  if (kind === TRIPLE) {
    const [subject, predicate, object] = triples.get(id)!.map(part => termOfId({ values, kinds, triples }, part))
    return DataFactory.quad(subject as never, predicate as never, object as never) as unknown as Term
  }
  if (kind === IRI) return DataFactory.namedNode(value)
  return kind === BLANK
    ? DataFactory.blankNode(value)
    : kind === VARIABLE
      ? DataFactory.variable(value)
      : DataFactory.defaultGraph()
}

/** Looked up in its module for each literal, it would cost more than the rest. */
const LiteralOfN3 = N3Literal

/** A literal as one text. It is that of N3, which has it at hand for its own literals. */
function literalValue(literal: Literal): string {
  if (literal instanceof LiteralOfN3) return literal.id
  const { value, language, direction, datatype } = literal
  if (language !== '') return `"${value}"@${language.toLowerCase()}${direction ? `--${direction.toLowerCase()}` : ''}`
  return datatype.value === XSD_STRING ? `"${value}"` : `"${value}"^^${datatype.value}`
}

/** Whether a text has a base direction. */
export function hasDirection({ suffixes }: Pick<Encoding, 'suffixes'>): boolean {
  return suffixes.some(suffix => suffix.startsWith('@') && suffix.includes('--'))
}

/** The literal of such a text. */
export function literalOf(value: string): Literal {
  const end = value.lastIndexOf('"')
  const [text, suffix] = [value.slice(1, end), value.slice(end + 1)]
  if (!suffix.startsWith('@'))
    return DataFactory.literal(text, DataFactory.namedNode(suffix === '' ? XSD_STRING : suffix.slice(2)))
  const [language = '', direction] = suffix.slice(1).split('--')
  return DataFactory.literal(text, direction === undefined ? language : ({ language, direction } as never))
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'
