/// <reference path="./rdf-canonize.d.ts" />
import { createHash } from 'node:crypto'
import type { Literal, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import canonize from 'rdf-canonize'
import { CommuniqueError } from '../error.ts'
import { BLANK_NODE, TRIPLE_TERM } from '../store/dictionary.ts'
import { type Encoding, encode, type Quads } from './encoding.ts'
import { lines } from './lines.ts'
import { Utf8Text } from './utf8-text.ts'

/** The hash of RDFC-1.0: SHA-256 unless told. */
export interface CanonicalOptions {
  readonly algorithm?: 'sha256' | 'sha384'
}

/**
 * The canonical N-Quads of a dataset: the same text for the same dataset, whatever its blank nodes are called.
 *
 * @throws CommuniqueError `canonical-refused` for a dataset made to keep the algorithm busy, and for blank nodes beside triple
 * terms, of which RDFC-1.0 does not tell; `invalid-term`
 * @see RDF Dataset Canonicalization (RDFC-1.0), 4.4 (Canonicalization Algorithm)
 * @example canonicalNQuads([quad(blankNode('x'), namedNode('urn:p'), literal('a'))]) // '_:c14n0 <urn:p> "a" .\n'
 */
export function canonicalNQuads(quads: Quads, options: CanonicalOptions = {}): string {
  return Buffer.concat([...canonicalLines(quads, options)]).toString()
}

/**
 * The hash of a dataset in hexadecimal digits: equal for equal datasets, whatever their blank nodes are called.
 *
 * @throws as `canonicalNQuads`
 * @example datasetHash([]) // 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function datasetHash(quads: Quads, options: CanonicalOptions = {}): string {
  const hash = createHash(options.algorithm ?? 'sha256')
  for (const piece of canonicalLines(quads, options, new Utf8Text(true))) hash.update(piece)
  return hash.digest('hex')
}

/**
 * The label that RDFC-1.0 gives each blank node, by its own.
 *
 * @throws as `canonicalNQuads`
 * @example canonicalLabels([quad(blankNode('x'), namedNode('urn:p'), literal('a'))]).get('x') // 'c14n0'
 */
export function canonicalLabels(quads: Quads, options: CanonicalOptions = {}): Map<string, string> {
  const encoding = strictlyEncoded(quads)
  return new Map([...labelsOf(encoding, options)].map(([id, label]) => [encoding.dictionary.valueOf(id), label]))
}

/**
 * Whether two datasets are the same but for the labels of blank nodes, those within triple terms included.
 *
 * @throws CommuniqueError `canonical-refused`, `invalid-term`
 * @example isIsomorphic([quad(blankNode('x'), namedNode('urn:p'), literal('a'))], [quad(blankNode('y'), namedNode('urn:p'), literal('a'))]) // true
 */
export function isIsomorphic(one: Quads, other: Quads): boolean {
  const bytes = (quads: Quads): Buffer => {
    const encoding = encode(quads)
    relabelBlankNodes(encoding)
    return Buffer.concat([...lines(encoding)])
  }
  return bytes(one).equals(bytes(other))
}

/** Gives the blank nodes of an encoding their canonical labels. */
export function relabelBlankNodes(encoding: Encoding, options: CanonicalOptions = {}): void {
  for (const [id, label] of labelsOf(encoding, options)) encoding.labels.set(id, label)
}

function canonicalLines(quads: Quads, options: CanonicalOptions, out?: Utf8Text): Iterable<Uint8Array> {
  const encoding = strictlyEncoded(quads)
  relabelBlankNodes(encoding, options)
  return lines(encoding, out)
}

function strictlyEncoded(quads: Quads): Encoding {
  const encoding = encode(quads)
  if (encoding.triples.size === 0 || encoding.blankNodes.length === 0) return encoding
  throw new CommuniqueError('canonical-refused', {
    what: 'RDFC-1.0 does not tell how to name blank nodes where there are triple terms',
    mend: 'give the blank nodes IRIs, or state the triples without triple terms',
  })
}

/** How often the algorithm may hash: a poison graph is refused after the same work, and so alike, on every machine. */
const MOST_HASHES = 500_000
const MOST_HASHES_FOR_EACH = 20

/**
 * The canonical label of each blank node by its id. A triple term in which blank nodes stand is put to the algorithm as a blank
 * node of its own, which is tied to its three parts: so its blank nodes, too, are told apart by what is said of them.
 */
function labelsOf(encoding: Encoding, { algorithm = 'sha256' }: CanonicalOptions): Map<number, string> {
  const { kinds, triples, blankNodes } = encoding
  if (blankNodes.length === 0) return new Map()
  const unfolded = [...triples.keys()].filter(id => hasBlank(id, encoding))
  const quads = [...blankQuads(encoding, new Set(unfolded))]
  let left = MOST_HASHES + MOST_HASHES_FOR_EACH * quads.length
  const labels = new Map<string, string>()
  const createMessageDigest = () => {
    if (left-- === 0) throw new Error('too much work')
    const hash = createHash(algorithm)
    return { update: (text: string) => void hash.update(text), digest: () => hash.digest('hex') }
  }
  try {
    canonize._canonizeSync(quads, {
      algorithm: 'RDFC-1.0',
      canonicalIdMap: labels,
      maxWorkFactor: 3,
      timeout: 0,
      createMessageDigest,
    })
  } catch (cause) {
    throw new CommuniqueError('canonical-refused', {
      what: 'the blank nodes are so alike that telling them apart would take too long',
      mend: 'give them IRIs; a graph like this is mostly made to keep a program busy',
      cause,
    })
  }
  const blanks = [...labels].filter(([key]) => kinds[Number(key)] === BLANK_NODE)
  return new Map(blanks.map(([key], index) => [Number(key), `c14n${index}`]))
}

function hasBlank(id: number, { kinds, triples }: Encoding): boolean {
  if (kinds[id] !== TRIPLE_TERM) return kinds[id] === BLANK_NODE
  return triples.get(id)!.some(part => hasBlank(part, { kinds, triples } as Encoding))
}

/** The quads with blank nodes - no others have a say in their labels -, and those that tie a triple term to its parts. */
function* blankQuads(encoding: Encoding, unfolded: ReadonlySet<number>): Generator<object> {
  const { dictionary, kinds, quads, size, triples } = encoding
  const graph = DataFactory.defaultGraph()
  const termOf = (id: number): object => (kinds[id] === BLANK_NODE || unfolded.has(id) ? blank(id) : plain(dictionary.termOf(id)))
  const seen = new Set<string>()
  for (let at = 0; at < size * 4; at += 4) {
    const ids = [...quads.subarray(at, at + 4)]
    if (!ids.some(id => kinds[id] === BLANK_NODE || unfolded.has(id))) continue
    // The algorithm wants each quad once.
    const key = ids.join(' ')
    if (seen.has(key)) continue
    seen.add(key)
    const [subject, predicate, object, name] = ids.map(termOf)
    yield { subject, predicate, object, graph: name }
  }
  for (const id of unfolded) {
    for (const [index, part] of triples.get(id)!.entries()) {
      yield { subject: blank(id), predicate: DataFactory.namedNode(PARTS[index]!), object: termOf(part), graph }
    }
  }
}

const PARTS = ['subject', 'predicate', 'object'].map(name => `urn:communique:triple-term:${name}`)

function blank(id: number): object {
  return { termType: 'BlankNode', value: String(id) }
}

/** A term as the algorithm takes it: what it does not know of is told by its text. */
function plain(term: Term): object {
  if (term.termType === 'Quad')
    return DataFactory.literal(JSON.stringify(term), DataFactory.namedNode('urn:communique:triple-term'))
  if (term.termType !== 'Literal' || !term.direction) return term
  const { value, language, direction } = term as Literal
  return { termType: 'Literal', value, language: `${language}--${direction}`, datatype: DataFactory.literal('', 'en').datatype }
}
