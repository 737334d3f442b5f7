import { turtleString } from '../rdf/turtle.ts'
import { AT, CARET, DOT, GREATER, LESS, LINE_FEED, SPACE } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, LITERAL } from '../store/dictionary.ts'
import type { Encoding } from './encoding.ts'
import { GRAPH, OBJECT, PREDICATE, type PutKey, type Ranks, ranked, SUBJECT, sorted } from './order.ts'
import { Utf8Text } from './utf8-text.ts'

/**
 * N-Quads, or N-Triples where all is in the default graph, in canonical form: a line a quad, in the order of code points.
 *
 * @see RDF 1.2 N-Triples, 4 (A Canonical form of N-Triples); RDF 1.2 N-Quads, 4
 */
export function* lines(encoding: Encoding, out = new Utf8Text()): Generator<Uint8Array> {
  const terms = new Terms(encoding)
  const putLead: PutKey = (id, keys) => terms.putLead(id, keys)
  const predicates = ranked(encoding, PREDICATE, putLead)
  const subjects = ranked(encoding, SUBJECT, putLead)
  const putRest: PutKey = (at, keys) => terms.putRest(at, keys)
  const order = sorted(encoding, { graphs: undefined, subjects, predicates, putRest })
  const piece = new Piece(encoding, terms, predicates, out)
  for (let from = 0; from < order.length; ) {
    from = piece.fill(order, from)
    yield piece.take()
  }
}

/** How terms are written. */
class Terms {
  readonly #encoding: Encoding

  constructor(encoding: Encoding) {
    this.#encoding = encoding
  }

  /** A term as it stands before others. */
  putLead(id: number, out: Utf8Text): void {
    this.#put(id, out)
    out.putByte(SPACE)
  }

  /** What stands behind subject and predicate in the line of the quad that begins at `at`. */
  putRest(at: number, out: Utf8Text): void {
    const { quads, kinds } = this.#encoding
    this.putLead(quads[at + OBJECT]!, out)
    const graph = quads[at + GRAPH]!
    if (kinds[graph] !== DEFAULT_GRAPH) this.putLead(graph, out)
    out.putByte(DOT)
    out.putByte(LINE_FEED)
  }

  #put(id: number, out: Utf8Text): void {
    const kind = this.#encoding.kinds[id]!
    if (kind === LITERAL) this.#putLiteral(id, out)
    else if (kind === IRI) this.#putIRI(id, out)
    else if (kind === BLANK_NODE) out.put(`_:${this.#encoding.labels.get(id) ?? this.#encoding.dictionary.valueOf(id)}`)
    else {
      out.put('<<( ')
      for (const part of this.#encoding.triples.get(id)!) this.putLead(part, out)
      out.put(')>>')
    }
  }

  #putIRI(id: number, out: Utf8Text): void {
    out.putByte(LESS)
    out.putBytes(this.#encoding.heap, this.#encoding.ends[id - 1], this.#encoding.ends[id])
    out.putByte(GREATER)
  }

  #putLiteral(id: number, out: Utf8Text): void {
    const { heap, ends, kinds, tags, dictionary } = this.#encoding
    if (!out.putQuoted(heap, ends[id - 1]!, ends[id]!)) out.put(turtleString(dictionary.valueOf(id)))
    const tag = tags[id]!
    if (tag === 0) return
    if (kinds[tag] === IRI) {
      out.putByte(CARET)
      out.putByte(CARET)
      this.#putIRI(tag, out)
    } else {
      out.putByte(AT)
      out.putBytes(heap, ends[tag - 1], ends[tag])
    }
  }
}

/** Lines in the making. Not within a generator, whose loops V8 compiles late and sometimes not at all. */
class Piece {
  readonly #encoding: Encoding
  readonly #terms: Terms
  readonly #ranks: Uint32Array
  readonly #leads = new Repeated(1)
  readonly #verbs: Repeated
  readonly #out: Utf8Text

  constructor(encoding: Encoding, terms: Terms, predicates: Ranks, out: Utf8Text) {
    this.#encoding = encoding
    this.#terms = terms
    this.#ranks = predicates.ranks
    this.#out = out
    this.#verbs = new Repeated(predicates.count)
  }

  /** Puts the quads at some positions, until the piece is large enough. @returns which is the next */
  fill(order: Uint32Array, from: number): number {
    const { quads } = this.#encoding
    const out = this.#out
    let index = from
    for (; index < order.length && out.length < PIECE; index++) {
      const at = order[index]! * 4
      const predicate = quads[at + PREDICATE]!
      this.#leads.put(0, quads[at]!, out, this.#terms)
      this.#verbs.put(this.#ranks[predicate]!, predicate, out, this.#terms)
      this.#terms.putRest(at, out)
    }
    return index
  }

  take(): Uint8Array {
    this.#leads.forget()
    this.#verbs.forget()
    return this.#out.take()
  }
}

/** Terms that are put again and again: what stands in the text already is copied there, which is faster than to put it byte by byte. */
class Repeated {
  /** By place: the id of the last term that was put there, 0 for none, and where it stands. */
  readonly #ids: Uint32Array
  readonly #starts: Uint32Array
  readonly #ends: Uint32Array

  constructor(places: number) {
    this.#ids = new Uint32Array(places)
    this.#starts = new Uint32Array(places)
    this.#ends = new Uint32Array(places)
  }

  put(place: number, id: number, out: Utf8Text, terms: Terms): void {
    const start = out.length
    if (this.#ids[place] === id) out.repeat(this.#starts[place]!, this.#ends[place]!)
    else {
      terms.putLead(id, out)
      this.#ids[place] = id
    }
    this.#starts[place] = start
    this.#ends[place] = out.length
  }

  /** To be called when the text has begun anew. */
  forget(): void {
    this.#ids.fill(0)
  }
}

/** Bytes of a piece of text: enough for few writes, little to hold. */
export const PIECE = 1 << 18
