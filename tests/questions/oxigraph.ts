import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Quad, Term } from '@rdfjs/types'
import { Parser, Writer } from 'n3'
import { Store } from 'oxigraph'
import { SNAPSHOTS } from '../../src/project/core.ts'
import type { Layer } from '../../src/project/layer.ts'
import type { Project } from '../../src/project/project.ts'
import { quadOf, termKey, tripleKey } from '../../src/rdf/term.ts'
import { voidNs } from '../../src/rdf/vocabulary.ts'

/** Quads in Oxigraph, which shares no code with our engine. */
export function oxigraphOf(quads: readonly Quad[]): Store {
  const store = new Store()
  store.load(new Writer({ format: 'N-Quads' }).quadsToString([...quads]), { format: 'application/n-quads' })
  return store
}

/**
 * A project in Oxigraph: every named graph, the graph of a layer as the default graph, and what snapshots have of an endpoint in a
 * graph of the endpoint's name.
 */
export function oxigraphOfLayer({ store, layer, root }: Pick<Project, 'store' | 'layer' | 'root'>, name: Layer): Store {
  const named = store.getQuads(null, null, null, null).filter(({ graph }) => graph.termType !== 'DefaultGraph')
  return oxigraphOf([...layer(name), ...named, ...snapshotQuads(root)])
}

function snapshotQuads(root: string): Quad[] {
  const folder = join(root, SNAPSHOTS)
  return readdirSync(folder).flatMap(file => {
    const quads = new Parser({ format: 'TriG' }).parse(readFileSync(join(folder, file), 'utf8'))
    const endpoints = new Map(quads.filter(isOfEndpoint).map(({ subject, object }) => [subject.value, object]))
    return quads.flatMap(({ subject, predicate, object, graph }) => {
      const endpoint = endpoints.get(graph.value)
      return endpoint === undefined ? [] : [quadOf(subject, predicate, object, endpoint)]
    })
  })
}

function isOfEndpoint({ predicate }: Quad): boolean {
  return predicate.equals(voidNs.sparqlEndpoint)
}

/**
 * An answer of Oxigraph as lines in alphabetical order: one a solution or triple, or `true` or `false`. A SERVICE is answered from the
 * graph of its name.
 */
export function oxigraphLines(store: Store, query: string): string[] {
  const answer = store.query(query.replaceAll('SERVICE <', 'GRAPH <'))
  if (typeof answer === 'boolean') return [String(answer)]
  if (typeof answer === 'string') throw new Error('no text was asked for')
  return answer.map(one => (one instanceof Map ? solutionLine(one as never) : tripleKey(one as never))).sort()
}

/** One line for equal solutions. */
export function solutionLine(solution: ReadonlyMap<string, Term>): string {
  return [...solution]
    .map(([name, term]) => `${name}=${termKey(term)}`)
    .sort()
    .join(' ')
}
