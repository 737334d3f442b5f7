import type { Quad } from '@rdfjs/types'
import { LAYERS, type Layer } from '../project/layer.ts'
import type { Project } from '../project/project.ts'
import { sourcesOf } from '../project/source.ts'
import { tripleKey } from '../rdf/term.ts'
import { groundsOf } from '../results/thing.ts'
import { type Change, surplus, told, tripleValue } from './change.ts'

/**
 * The statements that came to a layer or went from it, each told of the first layer that has it.
 *
 * @param changed names of changed claims by their IRIs, before and after: what a statement rests on
 */
export function statementChanges(
  before: Project,
  after: Project,
  changed: readonly [before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>],
): Change[] {
  return LAYERS.flatMap(layer => {
    const [old, fresh] = [triplesOf(before, layer), triplesOf(after, layer)]
    const [gone, come] = [surplus(old, fresh, tripleKey), surplus(fresh, old, tripleKey)]
    const words = [told(come.map(one => tripleValue(after, one))), told(gone.map(one => tripleValue(before, one)))] as const
    const change = (project: Project, side: 0 | 1, triple: Quad): Change => {
      const value = tripleValue(project, triple)
      const becauseOf = groundsOf(sourcesOf(project, triple)).flatMap(({ claim }) => changed[side].get(claim) ?? [])
      const kind = side === 0 ? 'removed' : 'added'
      return { change: kind, name: value.name ?? '', title: words[side](value), graph: layer, becauseOf, fields: [] }
    }
    return [...gone.map(triple => change(before, 0, triple)), ...come.map(triple => change(after, 1, triple))]
  })
}

/** The triples of a layer that the one before does not have. */
function triplesOf(project: Project, layer: Layer): Quad[] {
  const before = LAYERS[LAYERS.indexOf(layer) - 1]
  const known = new Set(before === undefined ? [] : project.layer(before).map(tripleKey))
  return project.layer(layer).filter(triple => !known.has(tripleKey(triple)))
}
