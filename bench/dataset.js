import { join } from 'node:path'
import { DataFactory, Writer } from 'n3'
import { root } from './measure.js'

/** The project of this repository, read by the library as it is built. */
export async function project() {
  const { openProject } = await import(join(root, 'dist/index.js'))
  return openProject(root)
}

/** All quads of a dataset as N-Quads. */
export function nQuads(quads) {
  return new Promise((resolve, reject) => {
    const writer = new Writer({ format: 'N-Quads' })
    writer.addQuads([...quads])
    writer.end((error, text) => (error ? reject(error) : resolve(text)))
  })
}

/**
 * The dataset of a project several times over: each copy has things, documents, claims and quotes of its own, and all share the
 * vocabulary and the layers. The first copy is the dataset itself, so that questions about a certain thing have their answers.
 *
 * @param triples how many the default graph has at least
 * @returns the quads, and the documents that answers name
 */
export function multiplied({ store, baseIRI, documents }, triples) {
  const all = store.getQuads(null, null, null, null)
  const copies = Math.ceil(triples / store.countQuads(null, null, null, DataFactory.defaultGraph()))
  const names = documents.map(({ name, iri }) => ({ name, iri }))
  const quads = new Map()
  for (let copy = 0; copy < copies; copy++) {
    const places = [
      { from: `${baseIRI}id/`, to: `${baseIRI}id/${copy}-` },
      ...names.map(({ iri }) => ({ from: iri, to: `${iri}-${copy}` })),
    ]
    const renamed = term => {
      const place = copy > 0 && term.termType === 'NamedNode' && places.find(({ from }) => term.value.startsWith(from))
      return place ? DataFactory.namedNode(place.to + term.value.slice(place.from.length)) : term
    }
    for (const { subject, predicate, object, graph } of all) {
      const quad = DataFactory.quad(...[subject, predicate, object, graph].map(renamed))
      quads.set([quad.subject, quad.predicate, quad.object, quad.graph].map(({ id }) => id).join('\n'), quad)
    }
  }
  const copied = Array.from({ length: copies - 1 }, (_, index) =>
    names.map(({ name, iri }) => ({ name: `${name}-${index + 1}`, iri: `${iri}-${index + 1}` })),
  )
  return { quads: [...quads.values()], documents: [...names, ...copied.flat()] }
}
