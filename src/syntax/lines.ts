import { turtleString } from '../rdf/turtle.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, TRIPLE_TERM } from '../store/dictionary.ts'
import type { Encoding } from './encoding.ts'
import { GRAPH, OBJECT, PREDICATE, ranked, SUBJECT, sorted } from './order.ts'
import { Utf8Text } from './utf8-text.ts'

/**
 * N-Quads, or N-Triples where all is in the default graph, in canonical form: a line a quad, in the order of code points.
 *
 * @see RDF 1.2 N-Triples, 4 (A Canonical form of N-Triples); RDF 1.2 N-Quads, 4
 */
export function* lines(encoding: Encoding): Generator<Uint8Array> {
  const { heap, ends, kinds, tags, quads, triples, labels } = encoding
  const putIRI = (id: number, out: Utf8Text): void => {
    out.putByte(LESS)
    out.putBytes(heap, ends[id - 1], ends[id])
    out.putByte(GREATER)
  }
  const put = (id: number, out: Utf8Text): void => {
    const kind = kinds[id]!
    if (kind === IRI) putIRI(id, out)
    else if (kind === BLANK_NODE) out.put(`_:${labels.get(id) ?? encoding.dictionary.valueOf(id)}`)
    else if (kind === TRIPLE_TERM) {
      out.put('<<( ')
      for (const part of triples.get(id)!) {
        put(part, out)
        out.putByte(SPACE)
      }
      out.put(')>>')
    } else {
      if (!out.putQuoted(heap, ends[id - 1]!, ends[id]!)) out.put(turtleString(encoding.dictionary.valueOf(id)))
      const tag = tags[id]!
      if (tag === 0) return
      if (kinds[tag] === IRI) {
        out.put('^^')
        putIRI(tag, out)
      } else {
        out.putByte(AT)
        out.putBytes(heap, ends[tag - 1], ends[tag])
      }
    }
  }
  const putRest = (at: number, out: Utf8Text): void => {
    put(quads[at + OBJECT]!, out)
    out.putByte(SPACE)
    const graph = quads[at + GRAPH]!
    if (kinds[graph] !== DEFAULT_GRAPH) {
      put(graph, out)
      out.putByte(SPACE)
    }
    out.put('.\n')
  }
  const putLead = (id: number, out: Utf8Text): void => {
    put(id, out)
    out.putByte(SPACE)
  }
  const subjects = ranked(encoding, SUBJECT, putLead)
  const predicates = ranked(encoding, PREDICATE, putLead)
  const order = sorted(encoding, { graphs: undefined, subjects, predicates, putRest })
  const out = new Utf8Text()
  const [leads, verbs] = [new Repeated(1), new Repeated(predicates.count)]
  for (let index = 0; index < order.length; index++) {
    const at = order[index]! * 4
    leads.put(0, quads[at]!, out, putLead)
    verbs.put(predicates.ranks[quads[at + PREDICATE]!]!, quads[at + PREDICATE]!, out, putLead)
    putRest(at, out)
    if (out.length < PIECE) continue
    yield out.take()
    leads.forget()
    verbs.forget()
  }
  if (out.length > 0) yield out.take()
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

  put(place: number, id: number, out: Utf8Text, putTerm: (id: number, out: Utf8Text) => void): void {
    const start = out.length
    if (this.#ids[place] === id) out.repeat(this.#starts[place]!, this.#ends[place]!)
    else {
      putTerm(id, out)
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

const [SPACE, LESS, GREATER, AT] = [32, 60, 62, 64]
