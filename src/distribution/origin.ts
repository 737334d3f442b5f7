import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { cmq, dcterms, prov, rdf, rdfs, voidNs } from '../rdf/vocabulary.ts'
import { QuadStore } from '../store/quad-store.ts'

/** Where a file says that it comes from. What it does not say is absent, or empty. */
export interface Origin {
  /** IRI of what the file is. */
  readonly dataset: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly sources: readonly { readonly iri: string; readonly title?: string | undefined; readonly sha256?: string | undefined }[]
  readonly assertedBy: readonly string[]
  readonly modified?: string | undefined
  readonly license?: string | undefined
  /** Quads of the file, and the named graphs among them. */
  readonly quads: number
  readonly graphs: number
}

/**
 * What a file that was handed over tells of itself.
 *
 * @returns undefined if it does not say what dataset it is or was taken from
 * @example originOf(project.store.getQuads(null, null, null, null)).license // 'https://creativecommons.org/licenses/by/4.0/'
 */
export function originOf(quads: Iterable<Quad>): Origin | undefined {
  const store = QuadStore.of(quads)
  const datasets = store.getSubjects(rdf.type, voidNs.Dataset, null)
  // What is only a part of another is what the file is.
  const dataset = datasets.find(one => store.countQuads(one, dcterms.isPartOf, null, null) > 0) ?? datasets[0]
  if (dataset === undefined) return undefined
  const values = (subject: Term, property: Term): string[] => store.getObjects(subject, property, null).map(({ value }) => value)
  const label = (iri: string): string => values(DataFactory.namedNode(iri), rdfs.label)[0] ?? iri
  const one = (property: Term): string | undefined => values(dataset, property)[0]
  const graphs = new Set(store.getQuads().map(({ graph }) => graph.value))
  graphs.delete('')
  return {
    dataset: dataset.value,
    title: one(dcterms.title),
    description: one(dcterms.description),
    sources: values(dataset, dcterms.source).map(iri => ({
      iri,
      title: values(DataFactory.namedNode(iri), rdfs.label)[0],
      sha256: values(DataFactory.namedNode(iri), cmq.sha256)[0],
    })),
    assertedBy: values(dataset, prov.wasAttributedTo).map(label),
    modified: one(dcterms.modified),
    license: one(dcterms.license),
    quads: store.size,
    graphs: graphs.size,
  }
}
