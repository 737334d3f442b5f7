import type { BaseQuad, Literal, Quad, Term } from '@rdfjs/types'
import { DataFactory, Literal as N3Literal } from 'n3'
import { CommuniqueError } from '../error.ts'
import { termFault } from '../rdf/term-fault.ts'
import { termText } from '../rdf/turtle.ts'
import { IndexedDataset } from '../store/dataset.ts'
import { termOf } from '../store/term-text.ts'

/** Quads to write: in any order, some perhaps twice. An indexed dataset is taken whole, whatever layer it shows. */
export type Quads = Iterable<Quad> | IndexedDataset

/** Quads as numbers. Each term has one id, but for literals: these are mostly different, and to look each up costs more than it saves. */
export interface Encoding {
  /** By id: an IRI, the label of a blank node, or a literal as `"text"`, `"text"@en--ltr`, `"text"^^datatype`, nothing escaped. */
  readonly values: string[]
  /** By id: one of the bits `IRI` ... ; a literal that needs no escape has `CLEAN` as well. */
  readonly kinds: number[]
  /** Four ids a quad: subject, predicate, object, graph. */
  readonly quads: Uint32Array
  readonly size: number
  /** The ids of subject, predicate and object of each triple term. */
  readonly triples: ReadonlyMap<number, readonly number[]>
}

export const [IRI, BLANK, LITERAL, TRIPLE, DEFAULT_GRAPH, VARIABLE, CLEAN] = [1, 2, 4, 8, 16, 32, 64]

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
  const dictionary = new Dictionary()
  const { values, kinds, triples } = dictionary
  const isIndexed = input instanceof IndexedDataset
  let quads = isIndexed ? indexedQuads(input, dictionary) : new Uint32Array(Array.isArray(input) ? input.length * 4 : 1 << 12)
  let size = isIndexed ? quads.length / 4 : 0
  let [lastSubject, lastGraph]: [Term | undefined, Term | undefined] = [undefined, undefined]
  let [subjectId, predicateId, graphId] = [0, 0, 0]
  for (const { subject, predicate, object, graph } of isIndexed ? [] : input) {
    const at = size++ * 4
    if (at === quads.length) quads = grown(quads)
    // Quads that come one after the other often share the very objects.
    if (subject !== lastSubject) subjectId = dictionary.id(subject)
    if (graph !== lastGraph) graphId = dictionary.id(graph)
    predicateId = dictionary.guessed(dictionary.followers, predicateId, predicate)
    quads[at] = subjectId
    quads[at + 1] = predicateId
    quads[at + 2] = dictionary.guessed(dictionary.objects, predicateId, object)
    quads[at + 3] = graphId
    if (dictionary.fault !== undefined) break
    lastSubject = subject
    lastGraph = graph
  }
  for (let at = 0; at < size * 4; at += 4) {
    const fault = faultOf(quads, at, dictionary)
    if (fault !== undefined) throw invalid(fault, quads.subarray(at, at + 4), dictionary)
  }
  return { values, kinds, quads, size, triples }
}

/** The store has ids already: only its terms are looked at. */
function indexedQuads({ image }: IndexedDataset, dictionary: Dictionary): Uint32Array<ArrayBuffer> {
  const ids = Uint32Array.from(image.terms, text => dictionary.id(termOf(text)))
  return Uint32Array.from(image.quads, id => ids[id]!)
}

function grown(quads: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(quads.length * 2)
  more.set(quads)
  return more
}

function faultOf(quads: Uint32Array, at: number, { kinds, faults }: Dictionary): string | undefined {
  for (let part = 0; part < 4; part++) {
    const id = quads[at + part]!
    if (faults.size > 0 && faults.has(id)) return faults.get(id)
    if ((kinds[id]! & PLACES[part]!) === 0) return `a ${kindName(kinds[id]!)} as the ${NAMES[part]}`
  }
  return undefined
}

function kindName(kind: number): string {
  return Object.entries(KINDS).find(([, bit]) => (kind & bit) !== 0)![0]
}

function invalid(fault: string, ids: Uint32Array, { kinds, originals }: Dictionary): CommuniqueError {
  const terms = [...ids].filter((id, part) => part < 3 || kinds[id] !== DEFAULT_GRAPH).map(id => termText(originals(id), {}))
  return new CommuniqueError('invalid-term', {
    what: `no syntax can carry ${fault}, in the quad ${terms.join(' ')}`,
    mend: 'mend what made it; nothing was written',
  })
}

class Dictionary {
  readonly values: string[] = []
  readonly kinds: number[] = []
  readonly triples = new Map<number, readonly number[]>()
  /** What is wrong with a term, in words; and the first of these. */
  readonly faults = new Map<number, string>()
  fault: string | undefined
  /** The predicate that came last after each, and the object of each that came last. */
  readonly followers: number[] = []
  readonly objects: number[] = []
  readonly #ids = Object.fromEntries(Object.values(KINDS).map(kind => [kind, new Map<string, number>()]))
  readonly #iris = this.#ids[IRI]!
  readonly #suffixes = new Map<string, string | undefined>()

  id(term: Term): number {
    const { termType } = term
    if (termType === 'Literal') return this.#literal(term instanceof N3Literal ? term.id : literalValue(term))
    if (termType === 'NamedNode') return this.#iris.get(term.value) ?? this.#add(IRI, term.value, termFault(term))
    if (termType === 'Quad') return this.#triple(term)
    const kind = KINDS[termType]
    return this.#ids[kind]!.get(term.value) ?? this.#add(kind, term.value, termFault(term))
  }

  /** The id of a term that mostly is the same as the last time after another: to see that is faster than to look it up. */
  guessed(table: number[], after: number, term: Term): number {
    if (term.termType !== 'NamedNode') return this.id(term)
    const guess = table[after]
    if (guess !== undefined && this.values[guess] === term.value && this.kinds[guess] === IRI) return guess
    const id = this.id(term)
    table[after] = id
    return id
  }

  #add(kind: number, value: string, fault: string | undefined): number {
    const id = this.#push(kind, value, fault)
    this.#ids[kind]!.set(value, id)
    return id
  }

  #push(kind: number, value: string, fault: string | undefined): number {
    const id = this.values.push(value) - 1
    this.kinds.push(kind)
    if (fault !== undefined) {
      this.faults.set(id, fault)
      this.fault ??= fault
    }
    return id
  }

  #literal(value: string): number {
    const end = value.lastIndexOf('"')
    const suffix = value.slice(end + 1)
    if (!this.#suffixes.has(suffix)) this.#suffixes.set(suffix, termFault(literalOf(`""${suffix}`)))
    SPECIAL.lastIndex = 1
    SPECIAL.test(value)
    const isClean = SPECIAL.lastIndex === end + 1
    const fault = this.#suffixes.get(suffix) ?? (isClean ? undefined : termFault(literalOf(value)))
    return this.#push(isClean ? LITERAL | CLEAN : LITERAL, value, fault)
  }

  #triple({ subject, predicate, object }: BaseQuad): number {
    const parts = [subject, predicate, object].map(part => {
      if (part.termType !== 'Literal') return this.id(part)
      const value = literalValue(part)
      const id = this.#ids[LITERAL]!.get(value) ?? this.#literal(value)
      this.#ids[LITERAL]!.set(value, id)
      return id
    })
    const key = parts.join(' ')
    const known = this.#ids[TRIPLE]!.get(key)
    if (known !== undefined) return known
    const misplaced = parts.findIndex((id, part) => (this.kinds[id]! & PLACES[part]!) === 0)
    const fault =
      misplaced < 0
        ? parts.map(id => this.faults.get(id)).find(found => found !== undefined)
        : `a ${kindName(this.kinds[parts[misplaced]!]!)} as the ${NAMES[misplaced]} of a triple term`
    const id = this.#add(TRIPLE, key, fault)
    this.triples.set(id, parts)
    return id
  }

  readonly originals = (id: number): Term => termOfId(this, id)
}

/** What a text holds that is not written as it is; half characters are among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /["\\\0-\x1f\x7f\ud800-\udfff\ufffe\uffff]/g

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

/** A literal as one text. It is that of N3, which has it at hand for its own literals. */
function literalValue({ value, language, direction, datatype }: Literal): string {
  if (language !== '') return `"${value}"@${language.toLowerCase()}${direction ? `--${direction.toLowerCase()}` : ''}`
  return datatype.value === XSD_STRING ? `"${value}"` : `"${value}"^^${datatype.value}`
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
