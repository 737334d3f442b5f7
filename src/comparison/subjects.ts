import { createHash } from 'node:crypto'
import type { BaseQuad, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Prefixes } from '../rdf/prefixes.ts'
import { quadKey, termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { rdf } from '../rdf/vocabulary.ts'
import { canonicalLabels } from './canonical.ts'
import { type Change, changeOf, pairs, surplus, type Value } from './change.ts'

/** Quads, and how their terms are told. */
export interface Described {
  readonly quads: readonly Quad[]
  readonly prefixes: Prefixes
  readonly value: (term: Term) => Value
}

/** The quads that came and went, by graph and subject. Blank nodes are the same whatever their labels. */
export async function subjectChanges(before: Described, after: Described): Promise<Change[]> {
  const [old, fresh] = [await labelled(before.quads), await labelled(after.quads)]
  const gone = grouped(surplus(old, fresh, quadKey), subjectKey)
  const come = grouped(surplus(fresh, old, quadKey), subjectKey)
  const [known, knownAfter] = [new Set(old.map(subjectKey)), new Set(fresh.map(subjectKey))]
  const inOrder = pairs(gone, come).sort(([one], [other]) => (one < other ? -1 : 1))
  return inOrder.flatMap(([key, removed = [], added = []]) => {
    const { subject, graph } = (added[0] ?? removed[0])!
    const side = added.length > 0 ? after : before
    const named = {
      name: termText(subject, side.prefixes),
      title: side.value(subject).words,
      graph: graph.termType === 'DefaultGraph' ? undefined : termText(graph, side.prefixes),
    }
    const [one, other] = [fieldsOf(removed, before), fieldsOf(added, after)]
    return changeOf(named, known.has(key) ? one : undefined, knownAfter.has(key) ? other : undefined) ?? []
  })
}

function subjectKey({ subject, graph }: Quad): string {
  return `${termKey(graph)}\n${termKey(subject)}`
}

function fieldsOf(quads: readonly Quad[], { value }: Described): Map<string, Value[]> {
  const verbs = grouped(quads, ({ predicate }) => (predicate.equals(rdf.type) ? 'a' : value(predicate).words))
  return new Map([...verbs].map(([verb, own]) => [verb, own.map(({ object }) => value(object))]))
}

/** Each quad once, its blank nodes called after all that hangs together by them: the same on both sides if that is the same. */
async function labelled(quads: readonly Quad[]): Promise<Quad[]> {
  const parts = new Map<string, { readonly quads: Quad[] }>()
  const ground: Quad[] = []
  for (const quad of new Map(quads.map(one => [quadKey(one), one])).values()) {
    const nodes = blankNodes(quad)
    const met = [...new Set(nodes.flatMap(node => parts.get(node) ?? []))].sort((a, b) => b.quads.length - a.quads.length)
    const part = met[0] ?? { quads: [] }
    // The smaller joins the larger, so that no quad moves often.
    for (const other of met.slice(1)) {
      for (const one of other.quads) part.quads.push(one)
      for (const node of other.quads.flatMap(blankNodes)) parts.set(node, part)
    }
    for (const node of nodes) parts.set(node, part)
    if (nodes.length > 0) part.quads.push(quad)
    else ground.push(quad)
  }
  for (const part of new Set(parts.values())) {
    const nodes = [...new Set(part.quads.flatMap(blankNodes))]
    // One by itself needs no algorithm to be told from others, and most are.
    const labels = nodes.length === 1 ? new Map([[nodes[0], 'c14n0']]) : await canonicalLabels(part.quads)
    const named = (begin: string): Quad[] =>
      part.quads.map(quad => withLabels(quad, node => labels.get(node)!.replace('c14n', begin)) as Quad)
    const hash = createHash('sha256').update(named('').map(quadKey).sort().join('\n\n')).digest('hex')
    for (const quad of named(`b${hash.slice(0, 12)}-`)) ground.push(quad)
  }
  return ground
}

function grouped(quads: readonly Quad[], keyOf: (quad: Quad) => string): Map<string, Quad[]> {
  const groups = new Map<string, Quad[]>()
  for (const quad of quads) {
    const group = groups.get(keyOf(quad))
    if (group === undefined) groups.set(keyOf(quad), [quad])
    else group.push(quad)
  }
  return groups
}

function blankNodes({ subject, predicate, object, graph }: BaseQuad): string[] {
  return [subject, predicate, object, graph].flatMap(term =>
    term.termType === 'BlankNode' ? [term.value] : term.termType === 'Quad' ? blankNodes(term) : [],
  )
}

function withLabels(quad: BaseQuad, label: (node: string) => string): BaseQuad {
  const parts = [quad.subject, quad.predicate, quad.object, quad.graph].map((term): Term => {
    if (term.termType === 'Quad') return withLabels(term, label) as Quad
    return term.termType === 'BlankNode' ? DataFactory.blankNode(label(term.value)) : term
  })
  return DataFactory.quad(...(parts as [never, never, never, never]))
}
