import { createHash } from 'node:crypto'
import type { BaseQuad, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Prefixes } from '../rdf/prefixes.ts'
import { quadKey, termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { rdf } from '../rdf/vocabulary.ts'
import { canonicalLabels } from '../syntax/canonical.ts'
import { type Change, changeOf, pairs, surplus, type Value } from './change.ts'

/** Quads, and how their terms are told. */
export interface Described {
  readonly quads: readonly Quad[]
  readonly prefixes: Prefixes
  readonly value: (term: Term) => Value
}

/** The quads that came and went, by graph and subject. Blank nodes are the same whatever their labels. */
export function subjectChanges(before: Described, after: Described): Change[] {
  const [old, fresh] = [labelled(before.quads), labelled(after.quads)]
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

function fieldsOf(quads: readonly Quad[], { prefixes, value }: Described): Map<string, Value[]> {
  const verbs = grouped(quads, ({ predicate }) => (predicate.equals(rdf.type) ? 'a' : termText(predicate, prefixes)))
  return new Map([...verbs].map(([verb, own]) => [verb, own.map(({ object }) => value(object))]))
}

/**
 * Each quad once, its blank nodes called after what is said of them, so that a change at one leaves the labels of others; those of which
 * the same is said are numbered in canonical order.
 */
function labelled(quads: readonly Quad[]): Quad[] {
  const unique = [...new Map(quads.map(one => [quadKey(one), one])).values()]
  const tied = unique.filter(one => blankNodes(one).length > 0)
  if (tied.length === 0) return unique
  const said = new Map<string, string[]>([...canonicalLabels(tied)].sort(inCanonicalOrder).map(([node]) => [node, []]))
  for (const quad of tied)
    for (const node of new Set(blankNodes(quad)))
      said.get(node)!.push(quadKey(withLabels(quad, other => (other === node ? 'self' : 'other'))))
  const counts = new Map<string, number>()
  const labels = new Map<string, string>()
  for (const [node, lines] of said) {
    const name = createHash('sha256').update(lines.sort().join('\n\n')).digest('hex').slice(0, 8)
    counts.set(name, (counts.get(name) ?? 0) + 1)
    labels.set(node, `b${name}-${counts.get(name)}`)
  }
  return unique.map(quad => withLabels(quad, node => labels.get(node)!) as Quad)
}

function inCanonicalOrder([, one]: readonly [string, string], [, other]: readonly [string, string]): number {
  return one.localeCompare(other, 'en', { numeric: true })
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
