import type { Quad, Term } from '@rdfjs/types'
import { Writer } from 'n3'
import { Store } from 'oxigraph'
import type { Layer } from '../../src/project/dataset.ts'
import type { Project } from '../../src/project/project.ts'
import { termKey, tripleKey } from '../../src/rdf/term.ts'

/** Quads in Oxigraph, which shares no code with our engine. */
export function oxigraphOf(quads: readonly Quad[]): Store {
  const store = new Store()
  store.load(new Writer({ format: 'N-Quads' }).quadsToString([...quads]), { format: 'application/n-quads' })
  return store
}

/** A project in Oxigraph: every named graph, and the graph of a layer as the default graph. */
export function oxigraphOfLayer({ store, layer }: Pick<Project, 'store' | 'layer'>, name: Layer): Store {
  const named = store.getQuads(null, null, null, null).filter(({ graph }) => graph.termType !== 'DefaultGraph')
  return oxigraphOf([...layer(name), ...named])
}

/** An answer of Oxigraph as lines in alphabetical order: one a solution or triple, or `true` or `false`. */
export function oxigraphLines(store: Store, query: string): string[] {
  const answer = store.query(query)
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
