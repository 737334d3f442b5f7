import type { Quad, Term } from '@rdfjs/types'
import { Literal as N3Literal } from 'n3'
import { CommuniqueError } from '../error.ts'
import { termFault } from '../rdf/term-fault.ts'
import { termText } from '../rdf/turtle.ts'
import { IndexedDataset } from '../store/dataset.ts'
import { termOf } from '../store/term-text.ts'

/** Quads to write: in any order, some perhaps twice. An indexed dataset is taken whole, whatever layer it shows. */
export type Quads = Iterable<Quad> | IndexedDataset

/** Quads as numbers: each term once, under the id that is its place in `terms`. */
export interface Encoding {
  readonly terms: Term[]
  /** What each term is: one of the bits `IRI` ... */
  readonly kinds: readonly number[]
  /** Four ids a quad: subject, predicate, object, graph. */
  readonly quads: Uint32Array
  readonly size: number
  /** The ids of subject, predicate and object of each triple term. */
  readonly triples: ReadonlyMap<number, readonly number[]>
}

export const [IRI, BLANK, LITERAL, TRIPLE, DEFAULT_GRAPH] = [1, 2, 4, 8, 16]

const KINDS = { NamedNode: IRI, BlankNode: BLANK, Literal: LITERAL, Quad: TRIPLE, DefaultGraph: DEFAULT_GRAPH, Variable: 32 }

/** What may stand in each place. @see RDF 1.2 Concepts, 3.1 (Triples) and 4 (RDF Datasets) */
const PLACES = [
  { place: 'subject', kinds: IRI | BLANK },
  { place: 'predicate', kinds: IRI },
  { place: 'object', kinds: IRI | BLANK | LITERAL | TRIPLE },
  { place: 'graph', kinds: IRI | BLANK | DEFAULT_GRAPH },
] as const

/**
 * Takes quads apart into numbers, which sort and compare fast, and looks at every term once.
 *
 * @throws CommuniqueError `invalid-term` for the first quad with a term that no syntax can carry, or in a place that is not for it
 */
export function encode(input: Quads): Encoding {
  const dictionary = new Dictionary()
  const { terms, kinds, triples } = dictionary
  if (input instanceof IndexedDataset) {
    const { image } = input
    const ids = Uint32Array.from(image.terms, text => dictionary.id(termOf(text)))
    const quads = image.quads.map(id => ids[id]!)
    for (let at = 0; at < quads.length; at += 4) refuseMisplaced(quads, at, dictionary)
    return { terms, kinds, quads, size: quads.length / 4, triples }
  }
  let quads = new Uint32Array(1 << 12)
  let size = 0
  let last: Quad | undefined
  for (const quad of input) {
    const at = size++ * 4
    if (at === quads.length) quads = grown(quads)
    // Quads that come one after the other often share the very objects.
    quads[at] = quad.subject === last?.subject ? quads[at - 4]! : dictionary.id(quad.subject)
    quads[at + 1] = quad.predicate === last?.predicate ? quads[at - 3]! : dictionary.id(quad.predicate)
    quads[at + 2] = dictionary.id(quad.object)
    quads[at + 3] = quad.graph === last?.graph ? quads[at - 1]! : dictionary.id(quad.graph)
    refuseMisplaced(quads, at, dictionary)
    last = quad
  }
  return { terms, kinds, quads, size, triples }
}

function grown(quads: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(quads.length * 2)
  more.set(quads)
  return more
}

function refuseMisplaced(quads: Uint32Array, at: number, { terms, kinds, faults }: Dictionary): void {
  for (let part = 0; part < 4; part++) {
    const id = quads[at + part]!
    const { place, kinds: allowed } = PLACES[part]!
    if ((kinds[id]! & allowed) !== 0 && (faults.size === 0 || !faults.has(id))) continue
    const [subject, predicate, object, graph] = [0, 1, 2, 3].map(other => termText(terms[quads[at + other]!]!, {}))
    const isNamed = terms[quads[at + 3]!]!.termType !== 'DefaultGraph'
    throw new CommuniqueError('invalid-term', {
      what: `no syntax can carry ${faults.get(id) ?? `a ${terms[id]!.termType} as the ${place}`}, in the quad ${subject} ${predicate} ${object}${isNamed ? ` ${graph}` : ''}`,
      mend: /^the IRI "(?![a-z][a-z0-9+.-]*:)/i.test(faults.get(id) ?? '')
        ? 'it is relative: say with --base (or baseIRI) to what; nothing was written'
        : 'mend what made it; nothing was written',
    })
  }
}

class Dictionary {
  readonly terms: Term[] = []
  readonly kinds: number[] = []
  readonly triples = new Map<number, readonly number[]>()
  /** What is wrong with a term, in words. */
  readonly faults = new Map<number, string>()
  readonly #ids: ReadonlyMap<number, Map<string, number>> = new Map(Object.values(KINDS).map(kind => [kind, new Map()]))

  id(term: Term): number {
    const kind = KINDS[term.termType]
    const parts = term.termType === 'Quad' ? [term.subject, term.predicate, term.object].map(part => this.id(part)) : undefined
    const key = parts ? parts.join(' ') : term instanceof N3Literal ? term.id : keyOf(term)
    const ids = this.#ids.get(kind)!
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = this.terms.push(term) - 1
    ids.set(key, id)
    this.kinds.push(kind)
    if (parts) this.triples.set(id, parts)
    const fault = parts ? this.#tripleFault(parts) : termFault(term)
    if (fault !== undefined) this.faults.set(id, fault)
    return id
  }

  #tripleFault(parts: readonly number[]): string | undefined {
    const misplaced = parts.findIndex((id, part) => (this.kinds[id]! & PLACES[part]!.kinds) === 0)
    if (misplaced < 0) return parts.map(id => this.faults.get(id)).find(fault => fault !== undefined)
    return `a ${this.terms[parts[misplaced]!]!.termType} as the ${PLACES[misplaced]!.place} of a triple term`
  }
}

/** A text for a term, apart from others of its kind: of a literal that by which N3 knows it, which is at hand for its own. */
function keyOf(term: Term): string {
  if (term.termType !== 'Literal') return term.value
  const { value, language, direction, datatype } = term
  if (language !== '') return `"${value}"@${language.toLowerCase()}${direction ? `--${direction.toLowerCase()}` : ''}`
  return datatype.value === 'http://www.w3.org/2001/XMLSchema#string' ? `"${value}"` : `"${value}"^^${datatype.value}`
}
