import { join } from 'node:path'
import type { Quad, Term } from '@rdfjs/types'
import { CommuniqueError } from '../error.ts'
import { readText } from '../file.ts'
import { CORE_BASE } from '../project/core.ts'
import { quadOf } from '../rdf/term.ts'
import { dcterms } from '../rdf/vocabulary.ts'
import { QuadStore } from '../store/quad-store.ts'
import { readQuads } from '../syntax/read.ts'

/** Who says something of our things besides the text. */
export interface OutsideSource {
  /** Title of a page, or the files with their versions. */
  readonly name: string
  /** Address of the page, or of the endpoint. */
  readonly iri: string
  /** The day on which it was published, or said so: `2021-11-23`. */
  readonly date: string
  /** The saved question that tells it in our terms, if it was asked. */
  readonly question?: string | undefined
}

/** What one source says in our terms, and of what it was asked: where it was and says nothing, it is silent. */
export interface OutsideView {
  readonly source: OutsideSource
  readonly triples: readonly Quad[]
  readonly asked: readonly { readonly subject: Term; readonly predicate: Term }[]
}

/** Where statements of others are recorded: each source has a graph, which the default graph describes. */
export const OUTSIDE = 'data/outside.trig'

/**
 * What was recorded of pages and other sources that no server has: single statements in our terms.
 *
 * @param root the project folder
 * @returns a view for each graph, in the order of the file; none where there is no such file
 * @throws CommuniqueError `outside-source` for a graph of which the file gives no title, source and day; faults of its syntax
 * @example (await recordedViews('.')).map(({ source }) => source.date) // ['2021-11-23', '2021-11-25', '2021-11-26']
 */
export async function recordedViews(root: string): Promise<OutsideView[]> {
  const text = await readText(join(root, OUTSIDE), OUTSIDE)
  if (text === undefined) return []
  const quads: Quad[] = []
  for await (const quad of readQuads(text, { file: OUTSIDE, baseIRI: CORE_BASE })) quads.push(quad)
  const all = QuadStore.of(quads)
  const graphs = new Map(quads.filter(({ graph }) => graph.termType === 'NamedNode').map(({ graph }) => [graph.value, graph]))
  return [...graphs.values()].map(graph => {
    const value = (property: Term): string => {
      const [found] = all.getObjects(graph, property, null)
      if (found !== undefined) return found.value
      throw new CommuniqueError('outside-source', {
        what: `nothing says who states <${graph.value}>: its ${property.value} is missing`,
        where: { file: OUTSIDE },
        mend: 'give the graph dcterms:title, dcterms:source (the address) and dcterms:date (the day)',
      })
    }
    const said = all.getQuads(null, null, null, graph).map(({ subject, predicate, object }) => quadOf(subject, predicate, object))
    return {
      source: { name: value(dcterms.title), iri: value(dcterms.source), date: value(dcterms.date) },
      triples: said,
      asked: said,
    }
  })
}
