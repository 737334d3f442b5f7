import type { Term } from '@rdfjs/types'
import { type Algebra, isTerm } from '../../query/algebra.ts'
import { quadOf } from '../../rdf/term.ts'
import { rdf } from '../../rdf/vocabulary.ts'
import { bgp, flat, Pattern } from './node.ts'
import { path, pathPatterns } from './path.ts'
import type { Reader } from './reader.ts'

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
  const named: Term[] = []
  const reified = (reifier: Term): Term => {
    if (!named.some(other => other.equals(reifier))) block.patterns.push(new Pattern(reifier, rdf.reifies, triple))
    named.push(reifier)
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
    reader.enter()
    properties(reader, block, described)
    reader.leave()
    reader.expect('|}')
  }
}

/** What names a reified triple, behind `~`; a blank node if nothing does. */
function reifier(reader: Reader): Term {
  const start = reader.next()
  if (reader.kind === '?v') return reader.boundVariable()
  if (reader.isIri) return reader.iri()
  if (reader.kind === '_:b' || reader.kind === '[') return blankNode(reader)
  if (reader.blankNodes === 'none') reader.refuse('a blank node is not allowed here', 'write an IRI after "~"', start, start + 1)
  return reader.blankNode()
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
  if (reader.take(']')) return blank
  reader.enter()
  properties(reader, block, blank)
  reader.leave()
  reader.expect(']')
  return blank
}

/** @see SPARQL 1.1 Query Language, 4.2.3 (RDF Collections) */
function list(reader: Reader, block: Block): Term {
  const open = reader.next()
  if (reader.take(')')) return rdf.nil
  if (reader.blankNodes === 'none') reader.refuse('a list is not allowed here', 'write an IRI or a variable', open, open + 1)
  const head = reader.blankNode()
  reader.enter()
  for (let cell: Term = head; ; ) {
    // Read first: it may close the run of patterns.
    const item = node(reader, block)
    block.patterns.push(new Pattern(cell, rdf.first, item))
    const rest = reader.kind === ')' ? rdf.nil : reader.blankNode()
    block.patterns.push(new Pattern(cell, rdf.rest, rest))
    if (rest === rdf.nil) break
    cell = rest
  }
  reader.leave()
  reader.expect(')')
  return head
}

/** @see SPARQL 1.2 Query Language, 19.8 [116] ReifiedTriple */
function reifiedTriple(reader: Reader, block: Block): Term {
  const open = reader.next()
  reader.enter()
  const part = (): Term => (reader.kind === '<<' ? reifiedTriple(reader, block) : term(reader))
  const triple = quadOf(part(), verb(reader), part())
  reader.leave()
  if (reader.kind !== '~' && reader.blankNodes === 'none')
    reader.refuse('a blank node is not allowed here', 'write ~ and an IRI before the ">>"', open, open + 2)
  const name = reader.kind === '~' ? reifier(reader) : reader.blankNode()
  reader.expect('>>')
  block.patterns.push(new Pattern(name, rdf.reifies, triple))
  return name
}

/** @see SPARQL 1.2 Query Language, 19.8 [119] TripleTerm */
function tripleTerm(reader: Reader): Term {
  reader.next()
  reader.enter()
  const triple = quadOf(term(reader), verb(reader), term(reader))
  reader.leave()
  reader.expect(')>>')
  return triple
}

function verb(reader: Reader): Term {
  return reader.kind === '?v' ? reader.boundVariable() : reader.property()
}
