import { CommuniqueError } from '../error.ts'
import { PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import { DEFAULT_GRAPH } from '../store/dictionary.ts'
import { relabelBlankNodes } from './canonical.ts'
import { type Encoding, encode, type Quads } from './encoding.ts'
import { type JsonLdOptions, jsonLd } from './jsonld.ts'
import { layout, layoutAsGiven } from './layout.ts'
import { lines } from './lines.ts'
import { GRAPH } from './order.ts'
import { SYNTAXES, type Syntax, syntaxOf } from './syntax.ts'
import { turtle } from './turtle.ts'
import { Utf8Text } from './utf8-text.ts'

export interface WriteQuadsOptions extends Partial<JsonLdOptions> {
  /** Name of a syntax, e.g. `turtle`. */
  readonly syntax: string
  readonly prefixes?: Prefixes | undefined
  /** IRIs of an ontology's terms in the order in which it declares them, which is that of things and properties; ours unless told. */
  readonly terms?: readonly string[] | undefined
  /** Blank nodes keep the labels that they came with: then the bytes depend on these, and there may be any number of them. */
  readonly unstable?: boolean | undefined
  /** In Turtle and TriG: a triple a line in the order given, each with this behind it; by the position of the quad in the input. */
  readonly comment?: ((position: number) => string) | undefined
}

/**
 * Quads as text, in pieces that are made as they are asked for: for the same dataset the same bytes, in whatever order, how often
 * and with whatever labels of blank nodes its quads come.
 *
 * @throws CommuniqueError, before the first piece: `invalid-term` with its quad; `syntax-cannot-carry` for named graphs or triple
 * terms in a syntax without them; `too-many-blank-nodes`, `canonical-refused` for blank nodes that cannot be named for good;
 * `foreign-context`; `unknown-syntax`
 * @example [...writeQuads([quad(namedNode('urn:a'), namedNode('urn:b'), literal('c'))], { syntax: 'ntriples' })].join('') // '<urn:a> <urn:b> "c" .\n'
 */
export function* writeQuads(quads: Quads, options: WriteQuadsOptions): Generator<string> {
  for (const piece of writeBytes(quads, { ...options, reuse: true }))
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString()
}

export interface WriteBytesOptions extends WriteQuadsOptions {
  /** Each piece lies where the last one was: for whoever has written one before asking for the next, as `fs.promises.writeFile` has. */
  readonly reuse?: boolean | undefined
}

/**
 * As `writeQuads`, in bytes of UTF-8, as files and sockets take them: no text is made in between.
 *
 * @throws as `writeQuads`
 * @example Buffer.concat([...writeBytes([], { syntax: 'jsonld' })]).toString() // '{\n  "@context": {},\n  "@graph": [\n  ]\n}\n'
 */
export function* writeBytes(quads: Quads, options: WriteBytesOptions): Generator<Uint8Array> {
  const syntax = syntaxOf(options.syntax)
  const encoding = encode(quads)
  refuseUncarried(encoding, syntax)
  if (options.unstable !== true && options.comment === undefined) nameBlankNodes(encoding)
  const { prefixes = PREFIXES, terms, comment } = options
  const out = new Utf8Text(options.reuse)
  if (syntax.name === 'ntriples' || syntax.name === 'nquads') yield* lines(encoding, out)
  else if (syntax.name === 'jsonld') yield* jsonLd(layout(encoding, terms), { context: prefixes, ...options }, out)
  else yield* turtle(comment ? layoutAsGiven(encoding) : layout(encoding, terms), prefixes, out, comment)
  encoding.room.leave()
}

/** More would take minutes, and labels of which one change moves a hundred thousand are of no use to anyone. */
const MOST_BLANK_NODES = 100_000

function nameBlankNodes(encoding: Encoding): void {
  const count = encoding.blankNodes.length
  if (count > MOST_BLANK_NODES)
    throw new CommuniqueError('too-many-blank-nodes', {
      what: `${count} blank nodes are more than can be named the same way each time (${MOST_BLANK_NODES})`,
      mend: 'allow unstable labels, or give the blank nodes IRIs',
    })
  relabelBlankNodes(encoding)
}

function refuseUncarried(encoding: Encoding, syntax: Syntax): void {
  const { kinds, seen, triples, hasDirection } = encoding
  const hasGraphs = (): boolean => seen.some((parts, id) => (parts & (1 << GRAPH)) !== 0 && kinds[id] !== DEFAULT_GRAPH)
  if (!syntax.canWrite) refuse(syntax, 'is read here and not written', ({ canWrite }) => canWrite)
  if (!syntax.graphs && hasGraphs()) refuse(syntax, 'cannot carry named graphs', ({ graphs, canWrite }) => graphs && canWrite)
  if (!syntax.tripleTerms && (triples.size > 0 || hasDirection))
    refuse(
      syntax,
      'cannot carry triple terms and base directions of RDF 1.2',
      ({ tripleTerms, canWrite }) => tripleTerms && canWrite,
    )
}

function refuse({ title }: Syntax, why: string, can: (syntax: Syntax) => boolean): never {
  const names = SYNTAXES.filter(can).map(({ name }) => name)
  throw new CommuniqueError('syntax-cannot-carry', { what: `${title} ${why}`, mend: `use ${names.join(', ')}` })
}
