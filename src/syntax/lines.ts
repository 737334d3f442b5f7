import { turtleString } from '../rdf/turtle.ts'
import { GREATER, LESS, SPACE } from '../store/byte.ts'
import { BLANK_NODE, DEFAULT_GRAPH, IRI, LITERAL } from '../store/dictionary.ts'
import type { Encoding } from './encoding.ts'
import { GRAPH, OBJECT, PREDICATE, type PutKey, ranked, SUBJECT, sorted } from './order.ts'
import { TermMap } from './term-map.ts'
import { Phrase, Utf8Text } from './utf8-text.ts'

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
  for (let from = 0; from < order.length; ) {
    from = putLines(terms, order, from, out)
    yield out.take()
  }
}

/** How terms are written. */
class Terms {
  readonly #encoding: Encoding
  /** What is written again and again: predicates as they stand before others, and what stands behind the texts of literals. */
  readonly #predicates: TermMap<Phrase>
  readonly #tags: TermMap<Phrase>

  constructor(encoding: Encoding) {
    this.#encoding = encoding
    this.#predicates = new TermMap(encoding)
    this.#tags = new TermMap(encoding)
  }

  /** Puts the line of the quad that begins at `at`. */
  putLine(at: number, out: Utf8Text): void {
    const { quads } = this.#encoding
    const predicate = quads[at + PREDICATE]!
    this.putLead(quads[at]!, out)
    out.putPhrase(this.#predicates.get(predicate) ?? this.#predicates.set(predicate, new Phrase(`${this.#iri(predicate)} `)))
    this.putRest(at, out)
  }

  /** A term as it stands before others. */
  putLead(id: number, out: Utf8Text): void {
    const { kinds, words, ends, labels, dictionary, triples } = this.#encoding
    const kind = kinds[id]!
    if (kind === LITERAL) this.#putLiteral(id, out)
    else if (kind === IRI) out.putEnclosed(LESS, words, ends[id - 1]!, ends[id]!, GREATER)
    else if (kind === BLANK_NODE) out.put(`_:${labels.get(id) ?? dictionary.valueOf(id)}`)
    else {
      out.put('<<( ')
      for (const part of triples.get(id)!) this.putLead(part, out)
      out.put(')>>')
    }
    out.putByte(SPACE)
  }

  /** What stands behind subject and predicate in the line of the quad that begins at `at`. */
  putRest(at: number, out: Utf8Text): void {
    const { quads, kinds } = this.#encoding
    this.putLead(quads[at + OBJECT]!, out)
    const graph = quads[at + GRAPH]!
    if (kinds[graph] !== DEFAULT_GRAPH) this.putLead(graph, out)
    out.putPhrase(END)
  }

  #putLiteral(id: number, out: Utf8Text): void {
    const { words, ends, kinds, tags, dictionary } = this.#encoding
    if (!out.putQuoted(words, ends[id - 1]!, ends[id]!)) out.put(turtleString(dictionary.valueOf(id)))
    const tag = tags[id]!
    if (tag === 0) return
    const known = this.#tags.get(tag)
    out.putPhrase(
      known ?? this.#tags.set(tag, new Phrase(kinds[tag] === IRI ? `^^${this.#iri(tag)}` : `@${dictionary.valueOf(tag)}`)),
    )
  }

  #iri(id: number): string {
    return `<${this.#encoding.dictionary.valueOf(id)}>`
  }
}

const END = new Phrase('.\n')

/**
 * Puts the lines of quads, in the order of their positions, until the piece is large enough. Not within a generator, whose loops V8
 * compiles late and sometimes not at all.
 *
 * @returns the index of the next
 */
function putLines(terms: Terms, order: Uint32Array, from: number, out: Utf8Text): number {
  let index = from
  for (; index < order.length && out.length < PIECE; index++) terms.putLine(order[index]! * 4, out)
  return index
}

/** Bytes of a piece of text: enough for few writes, little to hold. */
export const PIECE = 1 << 18
