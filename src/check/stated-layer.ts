import { DataFactory, type Quad, Store } from 'n3'
import { isStated } from '../article/claim.ts'
import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import { termText, tripleText } from '../rdf/turtle.ts'
import { cmq, prov, rdf } from '../rdf/vocabulary.ts'
import type { Finding } from './finding.ts'

const { defaultGraph } = DataFactory

/**
 * The default graph is exactly the author's claims, the curator's classifications and the plain statements: computed anew
 * from the named graphs and compared both ways.
 */
export function checkStatedLayer({ store, documents, prefixes }: Project): Finding {
  const claims = documents.flatMap(({ iri, claims }) =>
    claims
      .filter(({ kind }) => kind === 'claim' || kind === 'classification')
      .map(claim => ({ graph: claim.iri, stated: isStated(claim, iri) })),
  )
  const plain = store.getSubjects(rdf.type, cmq.PlainStatement, null).map(graph => ({ graph, stated: true }))
  const held = (stated: boolean): Store =>
    new Store(
      [...claims, ...plain]
        .filter(statement => statement.stated === stated)
        .flatMap(({ graph }) => store.getQuads(null, null, null, graph))
        .map(({ subject, predicate, object }) => DataFactory.quad(subject, predicate, object)),
    )
  const [expected, attributed] = [held(true), held(false)]
  const found = store.getQuads(null, null, null, defaultGraph())
  const faultOf = (code: string, triple: Quad, why: string): Fault => ({ code, what: `${tripleText(triple, prefixes)} ${why}` })
  return {
    looked: found.length,
    unit: 'triples',
    faults: [
      ...found
        .filter(triple => !expected.has(triple))
        .map(triple =>
          attributed.has(triple)
            ? faultOf('attributed-leaked', triple, 'stands in the stated layer, and only a speaker or an evaluation says so')
            : faultOf('stated-without-ground', triple, 'stands in the stated layer and rests on nothing'),
        ),
      ...expected
        .getQuads(null, null, null, null)
        .filter(triple => !store.has(triple))
        .map(triple => faultOf('stated-missing', triple, 'is claimed and missing from the stated layer')),
      ...plain
        .filter(({ graph }) => store.countQuads(graph, prov.wasDerivedFrom, null, null) === 0)
        .map(({ graph }) => ({
          code: 'plain-without-premise',
          what: `${termText(graph, prefixes)} names no claim that it shortens`,
        })),
    ],
    note: `${plain.length} plain statements`,
  }
}
