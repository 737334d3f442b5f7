import type { Term } from '@rdfjs/types'
import { namespace } from '../../rdf/namespace.ts'
import { PREFIXES } from '../../rdf/prefixes.ts'
import { quadOf, termKey } from '../../rdf/term.ts'
import { rdf } from '../../rdf/vocabulary.ts'
import { type Algebra, isTerm } from '../algebra.ts'
import { bgp, flat, Pattern } from './node.ts'
import { path, pathPatterns } from './path.ts'
import type { Reader } from './reader.ts'

const REIFIES = namespace(PREFIXES.rdf)('reifies')

/** What triples come to, in the order in which they are read: a triple after those that describe its subject and its object. */
interface Block {
  readonly hasPaths: boolean
  /** Patterns and paths, each run of patterns in a node of its own. */
  readonly parts: Algebra[]
  patterns: Pattern[]
}

/** Reads triples with paths, up to what is none. @see SPARQL 1.1 Query Language, 19.8 [55] TriplesBlock, 18.2.2.5 */
export function triplesBlock(reader: Reader): Algebra {
  const block: Block = { hasPaths: true, parts: [], patterns: [] }
  triples(reader, block)
  if (block.parts.length === 0) return bgp(block.patterns)
  closeRun(block)
  return block.parts.length === 1 ? block.parts[0]! : flat('join', block.parts)
}

/** Reads the triples of a template or of data, between braces that are read. @see SPARQL 1.1 Query Language, 19.8 [52] TriplesTemplate */
export function triplesTemplate(reader: Reader): Pattern[] {
  const block: Block = { hasPaths: false, parts: [], patterns: [] }
  if (isNodeStart(reader)) triples(reader, block)
  return block.patterns
}

const NODE_STARTS: ReadonlySet<string> = new Set('?v <i> p:n _:b "s" 1 -1 TRUE FALSE [ ( << <<('.split(' '))

/** Whether the subject of a triple begins here. */
export function isNodeStart({ kind }: Reader): boolean {
  return NODE_STARTS.has(kind)
}

function triples(reader: Reader, block: Block): void {
  do sameSubject(reader, block)
  while (reader.take('.') && isNodeStart(reader))
}

function sameSubject(reader: Reader, block: Block): void {
  // What describes something by itself need not be described further; a list and `[ ]` without content must be.
  const { kind } = reader
  const { patterns } = block
  const { length } = patterns
  const subject = node(reader, block)
  const isDescribed = block.patterns !== patterns || patterns.length > length
  const isEnough = isDescribed && (kind === '[' || kind === '(' || kind === '<<')
  if (!isEnough || isVerbStart(reader, block)) properties(reader, block, subject)
}

function isVerbStart({ kind, isIri }: Reader, { hasPaths }: Block): boolean {
  return isIri || kind === '?v' || kind === 'a' || (hasPaths && (kind === '^' || kind === '!' || kind === '('))
}

/** @see SPARQL 1.1 Query Language, 19.8 [83] PropertyListPathNotEmpty */
function properties(reader: Reader, block: Block, subject: Term): void {
  do {
    const verb = reader.kind === '?v' ? reader.boundVariable() : block.hasPaths ? path(reader) : reader.property()
    do object(reader, block, subject, verb)
    while (reader.take(','))
    if (reader.kind !== ';') return
    while (reader.take(';'));
  } while (isVerbStart(reader, block))
}

function object(reader: Reader, block: Block, subject: Term, verb: Term | Algebra): void {
  const value = node(reader, block)
  const plain = (isTerm(verb) ? verb : verb.type === 'link' ? verb.iri : undefined) as Term | undefined
  if (plain !== undefined) block.patterns.push(new Pattern(subject, plain, value))
  else
    for (const part of pathPatterns(reader, subject, verb as Algebra, value)) {
      if (part.type === 'pattern') block.patterns.push(part as Pattern)
      else {
        closeRun(block)
        block.parts.push(part)
      }
    }
  if (reader.kind === '~' || reader.kind === '{|') annotations(reader, block, subject, plain, value)
}

function closeRun(block: Block): void {
  if (block.patterns.length > 0) block.parts.push(bgp(block.patterns))
  block.patterns = []
}

/** @see SPARQL 1.2 Query Language, 19.8 [109] AnnotationPath */
function annotations(reader: Reader, block: Block, subject: Term, property: Term | undefined, object: Term): void {
  if (property === undefined)
    reader.refuse('only a triple with a plain property can be annotated', 'write an IRI in place of the path')
  const triple = quadOf(subject, property, object)
  const named = new Set<string>()
  const reified = (reifier: Term): Term => {
    const key = termKey(reifier)
    if (!named.has(key)) block.patterns.push(new Pattern(reifier, REIFIES, triple))
    named.add(key)
    return reifier
  }
  let last: Term | undefined
  while (reader.kind === '~' || reader.kind === '{|') {
    if (reader.kind === '~') {
      last = reified(reifier(reader))
      continue
    }
    const described = last ?? reified(reader.blankNode())
    last = undefined
    reader.next()
    reader.within('|}', () => properties(reader, block, described))
  }
}

/** What names a reified triple, behind `~`; a blank node if nothing does. */
function reifier(reader: Reader): Term {
  reader.expect('~')
  const isNamed = reader.kind === '?v' || reader.isIri || reader.kind === '_:b' || reader.kind === '['
  return isNamed ? term(reader) : reader.blankNode()
}

/** Reads a subject or an object, with the triples that describe it. @see SPARQL 1.2 Query Language, 19.8 [114] GraphNodePath */
function node(reader: Reader, block: Block): Term {
  switch (reader.kind) {
    case '[':
      return described(reader, block)
    case '(':
      return list(reader, block)
    case '<<':
      return reifiedTriple(reader, block)
    default:
      return term(reader)
  }
}

function term(reader: Reader): Term {
  switch (reader.kind) {
    case '?v':
      return reader.boundVariable()
    case '<i>':
    case 'p:n':
      return reader.iri()
    case '_:b':
    case '[':
      return blankNode(reader)
    case '<<(':
      return tripleTerm(reader)
    default:
      return reader.literal()
  }
}

function blankNode(reader: Reader): Term {
  const isOpen = reader.kind === '['
  const blank = reader.blankNode(isOpen ? undefined : reader.image.slice(2))
  reader.next()
  if (isOpen) reader.expect(']')
  return blank
}

function described(reader: Reader, block: Block): Term {
  const blank = reader.blankNode()
  reader.next()
  if (!reader.take(']')) reader.within(']', () => properties(reader, block, blank))
  return blank
}

/** @see SPARQL 1.1 Query Language, 4.2.3 (RDF Collections) */
function list(reader: Reader, block: Block): Term {
  reader.next()
  if (reader.take(')')) return rdf.nil
  return reader.within(')', () => {
    const head = reader.blankNode()
    for (let cell: Term = head; cell !== rdf.nil; ) {
      // Read first: it may close the run of patterns.
      const item = node(reader, block)
      const rest: Term = reader.kind === ')' ? rdf.nil : reader.blankNode()
      block.patterns.push(new Pattern(cell, rdf.first, item), new Pattern(cell, rdf.rest, rest))
      cell = rest
    }
    return head
  })
}

/** @see SPARQL 1.2 Query Language, 19.8 [116] ReifiedTriple */
function reifiedTriple(reader: Reader, block: Block): Term {
  reader.next()
  const part = (): Term => (reader.kind === '<<' ? reifiedTriple(reader, block) : term(reader))
  return reader.within('>>', () => {
    const triple = quadOf(part(), verb(reader), part())
    const name = reader.kind === '~' ? reifier(reader) : reader.blankNode()
    block.patterns.push(new Pattern(name, REIFIES, triple))
    return name
  })
}

/** @see SPARQL 1.2 Query Language, 19.8 [119] TripleTerm */
function tripleTerm(reader: Reader): Term {
  reader.next()
  return reader.within(')>>', () => quadOf(term(reader), verb(reader), term(reader)))
}

function verb(reader: Reader): Term {
  return reader.kind === '?v' ? reader.boundVariable() : reader.property()
}
