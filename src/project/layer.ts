import { DataFactory, type NamedNode } from 'n3'

/**
 * What plain patterns see: `stated` is the default graph, `inferred` adds what rules and the curator inferred, `linked` the links to
 * other sources that were accepted.
 *
 * @example LAYERS.map(name => project.layer(name).length > 0) // [true, true, true]
 */
export const LAYERS = ['stated', 'inferred', 'linked'] as const
export type Layer = (typeof LAYERS)[number]

/** The name of the graph that holds a layer without duplicates. */
export function layerIRI(baseIRI: string, layer: Layer): NamedNode {
  return DataFactory.namedNode(`${baseIRI}layer/${layer}`)
}
