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
  const predicates = ranked(encoding, PREDICATE, putLead)
  const order = sorted(encoding, { graphs: undefined, subjects: ranked(encoding, SUBJECT, putLead), predicates, putRest })
  const out = new Utf8Text()
  for (let index = 0; index < order.length; index++) {
    const at = order[index]! * 4
    putLead(quads[at]!, out)
    putLead(quads[at + PREDICATE]!, out)
    putRest(at, out)
    if (out.length >= PIECE) yield out.take()
  }
  if (out.length > 0) yield out.take()
}

/** Bytes of a piece of text: enough for few writes, little to hold. */
export const PIECE = 1 << 18

const [SPACE, LESS, GREATER, AT] = [32, 60, 62, 64]
