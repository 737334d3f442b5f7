import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { DataFactory } from 'n3'
import { termKey } from '../rdf/term.ts'
import { rdf } from '../rdf/vocabulary.ts'
import { type ShapesGraph, sh } from './shapes-graph.ts'

/** A property path: an IRI, or steps put together. SHACL 2.3.1. */
export type Path =
  | { readonly kind: 'predicate'; readonly predicate: Term }
  | { readonly kind: 'sequence' | 'alternative'; readonly parts: readonly Path[] }
  | { readonly kind: 'inverse' | 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'; readonly parts: readonly [Path] }

const unaryKinds = ['inverse', 'zeroOrMore', 'oneOrMore', 'zeroOrOne'] as const

/** The path that a node of a shapes graph describes; undefined when it describes none, or one that contains itself. */
export function readPath(shapes: ShapesGraph, node: Term, within: readonly Term[] = []): Path | undefined {
  if (node.termType === 'NamedNode') return { kind: 'predicate', predicate: node }
  if (node.termType !== 'BlankNode' || within.some(outer => outer.equals(node))) return undefined
  const readAll = (nodes: readonly Term[]): Path[] | undefined => {
    const parts = nodes.map(part => readPath(shapes, part, [...within, node]))
    return parts.every(part => part !== undefined) ? parts : undefined
  }
  const alternatives = shapes.value(node, sh('alternativePath'))
  const several = shapes.list(alternatives ?? node)
  if (several !== undefined) {
    const parts = several.length > 1 ? readAll(several) : undefined
    return parts && { kind: alternatives === undefined ? 'sequence' : 'alternative', parts }
  }
  for (const kind of unaryKinds) {
    const inner = shapes.value(node, sh(`${kind}Path`))
    const part = inner && readPath(shapes, inner, [...within, node])
    if (part !== undefined) return { kind, parts: [part] }
  }
  return undefined
}

/** A path as SPARQL writes it. */
export function pathText(path: Path): string {
  if (path.kind === 'predicate') return `<${path.predicate.value}>`
  const parts = path.parts.map(part => (part.kind === 'predicate' ? pathText(part) : `(${pathText(part)})`))
  if (path.kind === 'sequence') return parts.join('/')
  if (path.kind === 'alternative') return parts.join('|')
  return path.kind === 'inverse' ? `^${parts[0]}` : `${parts[0]}${{ zeroOrMore: '*', oneOrMore: '+', zeroOrOne: '?' }[path.kind]}`
}

/**
 * Writes a path as RDF.
 *
 * @returns its node; its triples are added to `graph`
 */
export function writePath(path: Path, graph: Store): Term {
  if (path.kind === 'predicate') return path.predicate
  const parts = path.parts.map(part => writePath(part, graph))
  if (path.kind === 'sequence') return writeList(parts, graph)
  const node = DataFactory.blankNode()
  graph.addQuad(node, sh(`${path.kind}Path`), (path.kind === 'alternative' ? writeList(parts, graph) : parts[0]) as typeof node)
  return node
}

function writeList(items: readonly Term[], graph: Store): Term {
  return items.reduceRight<Term>((rest, item) => {
    const node = DataFactory.blankNode()
    graph.addQuad(node, rdf.first, item as typeof node)
    graph.addQuad(node, rdf.rest, rest as typeof node)
    return node
  }, rdf.nil)
}

/** The nodes that a path leads to, each once. */
export function pathValues(path: Path, from: Term, graph: Store): Term[] {
  return distinct(walk(path, [from], graph, false))
}

function walk(path: Path, from: readonly Term[], graph: Store, backwards: boolean): Term[] {
  const once = (part: Path, nodes: readonly Term[]) => distinct(walk(part, nodes, graph, backwards))
  switch (path.kind) {
    case 'predicate':
      return from.flatMap(node =>
        backwards
          ? graph.getSubjects(path.predicate as never, node as never, null)
          : graph.getObjects(node as never, path.predicate as never, null),
      )
    case 'inverse':
      return walk(path.parts[0], from, graph, !backwards)
    case 'alternative':
      return path.parts.flatMap(part => once(part, from))
    case 'sequence':
      return (backwards ? path.parts.toReversed() : path.parts).reduce<readonly Term[]>(
        (nodes, part) => once(part, nodes),
        from,
      ) as Term[]
    case 'zeroOrOne':
      return [...from, ...once(path.parts[0], from)]
    case 'zeroOrMore':
      return reachable(from, nodes => once(path.parts[0], nodes))
    case 'oneOrMore':
      return reachable(once(path.parts[0], from), nodes => once(path.parts[0], nodes))
  }
}

function reachable(from: readonly Term[], next: (nodes: readonly Term[]) => Term[]): Term[] {
  const found = new Map(from.map(node => [termKey(node), node]))
  for (let front = [...found.values()]; front.length > 0; ) {
    front = next(front).filter(node => !found.has(termKey(node)))
    for (const node of front) found.set(termKey(node), node)
  }
  return [...found.values()]
}

function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map(term => [termKey(term), term])).values()]
}
