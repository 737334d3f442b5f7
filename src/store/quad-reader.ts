import type { Literal, Quad, Term } from '@rdfjs/types'
import { Literal as N3Literal } from 'n3'
import { QUOTE } from './byte.ts'
import { type Dictionary, IRI, LITERAL } from './dictionary.ts'

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

/** Looked up in its module for each literal, it would cost more than the rest. */
const LiteralOfN3 = N3Literal

/**
 * Reads quads of RDF/JS into ids. Quads that come one after the other mostly share terms, or have those that came in the same place
 * before: to see that they do is faster than to look each up.
 *
 * @example new QuadReader(new Dictionary(), 1).read(quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))).object // 4
 */
export class QuadReader {
  /** Ids of the last quad. */
  subject = 0
  predicate = 0
  object = 0
  graph = 0
  readonly #dictionary: Dictionary
  readonly #defaultGraph: number
  #lastSubject: Term | undefined
  #lastGraph: Term | undefined
  /** By the id of a predicate: the predicate that came next the last time, and what IRI and what kind of literal it had last. */
  readonly #following: (Known | undefined)[] = []
  readonly #objects: (Known | undefined)[] = []
  readonly #tags: (Known | undefined)[] = []
  /** Ids of datatypes and languages by what stands behind the texts of literals. */
  readonly #suffixes = new Map(['', `^^${XSD_STRING}`].map((text): [string, Known] => [text, { text, id: 0 }]))

  /** @param defaultGraph id of the graph that is meant by the default graph */
  constructor(dictionary: Dictionary, defaultGraph: number) {
    this.#dictionary = dictionary
    this.#defaultGraph = defaultGraph
  }

  /** @throws CommuniqueError as `Dictionary.add` */
  read({ subject, predicate, object, graph }: Quad): this {
    if (subject !== this.#lastSubject) this.subject = this.#dictionary.add(subject)
    this.#lastSubject = subject
    this.predicate = this.#iri(predicate, this.#following, this.predicate)
    this.object = object.termType === 'Literal' ? this.#literal(object) : this.#iri(object, this.#objects, this.predicate)
    if (graph !== this.#lastGraph)
      this.graph = graph.termType === 'DefaultGraph' ? this.#defaultGraph : this.#dictionary.add(graph)
    this.#lastGraph = graph
    return this
  }

  /** @param guesses of which that in `place` is mostly right */
  #iri(term: Term, guesses: (Known | undefined)[], place: number): number {
    if (term.termType !== 'NamedNode') return this.#dictionary.add(term)
    const { value } = term
    const guess = guesses[place]
    if (guess !== undefined && guess.text === value) return guess.id
    const id = this.#dictionary.addText(IRI, 0, value)
    guesses[place] = { text: value, id }
    return id
  }

  #literal(literal: Literal): number {
    const text = literalText(literal)
    let suffix = this.#tags[this.predicate]
    let end = suffix === undefined ? -1 : text.length - suffix.text.length - 1
    if (suffix === undefined || text.charCodeAt(end) !== QUOTE || !text.endsWith(suffix.text)) {
      end = text.lastIndexOf('"')
      suffix = this.#suffix(text.slice(end + 1))
      this.#tags[this.predicate] = suffix
    }
    return this.#dictionary.addText(LITERAL, suffix.id, text, 1, end)
  }

  #suffix(text: string): Known {
    let known = this.#suffixes.get(text)
    if (known === undefined) {
      const id = text.startsWith('@')
        ? this.#dictionary.addLanguage(text.slice(1))
        : this.#dictionary.addText(IRI, 0, text.slice(2))
      known = { text, id }
      this.#suffixes.set(text, known)
    }
    return known
  }
}

interface Known {
  readonly text: string
  readonly id: number
}

/** A literal as one text: `"text"`, `"text"@en--ltr`, `"text"^^datatype`. It is that of N3, which has it at hand for its own. */
function literalText(literal: Literal): string {
  if (literal instanceof LiteralOfN3) return literal.id
  const { value, language, direction, datatype } = literal
  if (language !== '') return `"${value}"@${language}${direction ? `--${direction}` : ''}`
  return datatype.value === XSD_STRING ? `"${value}"` : `"${value}"^^${datatype.value}`
}
