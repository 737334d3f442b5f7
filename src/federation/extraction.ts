import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError } from '../error.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { queryText } from '../query/engine.ts'
import { instantiate } from '../query/evidence.ts'
import { witnessPattern } from '../query/witness.ts'
import { quadKey, quadOf } from '../rdf/term.ts'
import { cmq, dcterms, prov, rdf, voidNs, xsd } from '../rdf/vocabulary.ts'
import { type Algebra, inScope } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import { writeQuads } from '../syntax/write.ts'
import { federate, queryOf, type ServiceOptions } from './federation.ts'
import { hashOf, quadsIn } from './snapshot.ts'

const { literal, namedNode } = DataFactory

/** A snapshot as it is to be written, and how it differs from the last. */
export interface SnapshotDraft {
  readonly text: string
  readonly added: readonly Quad[]
  readonly removed: readonly Quad[]
}

/** A file that a mirror had: its name, the hash of its bytes, the dataset it is of, and that dataset's version, title and licence. */
export interface MirroredFile {
  readonly name: string
  readonly sha256: string
  readonly source: string
  readonly title: string
  readonly version: string
  readonly licence: string
}

/** On which terms the triples may be used, and who is to be named; what is left out stays as the last snapshot has it. */
export interface SnapshotRights {
  /** IRI of the licence. */
  readonly licence?: string | undefined
  readonly attribution?: string | undefined
  /** With a mirror: the files that it had. Their licences and titles are those of the snapshot unless others are given. */
  readonly files?: readonly MirroredFile[] | undefined
}

/**
 * Asks a question with SERVICE and lays down what the endpoints said: the very triples that its patterns matched, no others, in TriG,
 * with VoID and PROV: from where, when, asked by which queries, their hash, licence and attribution. Of a mirror it says which files
 * the mirror had, and that the endpoint itself was not asked.
 *
 * @param last text of the snapshot of this name that there is
 * @throws CommuniqueError as `federate`; `snapshot-pattern` for a path, a GRAPH or an EXISTS that speaks of values from outside, of which
 * no triples can be told, and for a question without SERVICE; `snapshot-partial` when an answer is not whole; `snapshot-rights`;
 * `snapshot-files` for a mirror of which nobody knows what it had
 * @example await takeSnapshot(project, { name: 'all', algebra: await parseQuery('ASK { ?s ?p ?o }') }, {}).catch(error => error.code) // 'snapshot-pattern'
 */
export async function takeSnapshot(
  graph: KnowledgeGraph,
  { name, algebra }: { readonly name: string; readonly algebra: Algebra },
  { licence, attribution, files = [], ...options }: ServiceOptions & SnapshotRights,
  last?: string,
): Promise<SnapshotDraft> {
  const before = last === undefined ? [] : await quadsIn({ file: `${name}.trig`, text: last })
  const told = (property: Term): string[] => {
    const found = before.filter(({ subject, predicate }) => predicate.equals(property) && hasEndpoint(before, subject))
    return [...new Set(found.map(({ object }) => object.value))]
  }
  const given = (one: string | undefined, ofFiles: readonly string[], property: Term): readonly string[] =>
    one !== undefined ? [one] : ofFiles.length > 0 ? [...new Set(ofFiles)] : told(property)
  const licences = given(
    licence,
    files.map(file => file.licence),
    dcterms.license,
  )
  const credits = given(
    attribution,
    files.map(({ title, source }) => `${title}, ${source}`),
    dcterms.rights,
  )
  if (options.mirror !== undefined && files.length === 0)
    throw new CommuniqueError('snapshot-files', {
      what: `what ${options.mirror} has is not known: it stands for another server`,
      mend: 'name the files that it has: --from <file>, each described in data/sources.ttl',
    })
  const found = new Map<string, { triples: Quad[]; queries: string[]; date: Date }>()
  // The servers themselves are asked.
  const live = { ...options, snapshots: undefined, cache: undefined }
  const run = await federate(graph.store, algebra, live, {
    baseIRI: graph.baseIRI,
    askPattern: async (ask, endpoint, values, pattern) => {
      const { pattern: widened, atoms, nested } = witnessPattern(pattern)
      const isPlain = atoms.every(({ node, graphs }) => node.type === 'pattern' && graphs[0]?.termType === 'DefaultGraph')
      if (!isPlain || nested.length > 0) throw patternError(endpoint)
      const answer = await ask(endpoint, queryOf(values, widened))
      const known = found.get(endpoint) ?? { triples: [], queries: [], date: answer.fetchedAt }
      known.queries.push(await queryText(queryOf(values, pattern)))
      for (const solution of answer.solutions)
        for (const { node, guards } of atoms) {
          const { subject, predicate, object } = node as unknown as Quad
          const [s, p, o] = [subject, predicate, object].map(term => instantiate(term, solution))
          if (guards.every(guard => solution.has(guard)) && s && p && o) known.triples.push(quadOf(s, p, o))
        }
      found.set(endpoint, known)
      const shown = new Set(inScope(pattern))
      const solutions = answer.solutions.map(solution => new Map([...solution].filter(([key]) => shown.has(key))))
      return { ...answer, solutions }
    },
  })
  if (run.answers.length === 0)
    throw new CommuniqueError('snapshot-pattern', { what: `the question "${name}" has no SERVICE: there is nothing to keep` })
  const lacking = run.answers.find(({ partial, failure }) => partial !== undefined || failure !== undefined)
  if (lacking !== undefined)
    throw new CommuniqueError('snapshot-partial', { what: `${lacking.endpoint}: ${lacking.partial ?? lacking.failure}` })
  if (licences.length === 0 || credits.length === 0)
    throw new CommuniqueError('snapshot-rights', {
      what: `the snapshot "${name}" has no ${licences.length === 0 ? 'licence' : 'attribution'}`,
      mend: 'say on which terms the source gives its data, and who is to be named: --licence <IRI> --attribution "…"',
    })
  const quads = [...found].flatMap(([endpoint, { triples, queries, date }]) => {
    const dataset = namedNode(`${graph.baseIRI}snapshot/${name}/${new URL(endpoint).host}`)
    const extraction = namedNode(`${dataset.value}/extraction`)
    const asked = queries.map((text, index) => ({ query: namedNode(`${dataset.value}/query-${index + 1}`), text }))
    const unique = QuadStore.of(triples).getQuads()
    const copies = files.map((file, index) => ({ ...file, node: namedNode(`${dataset.value}/file-${index + 1}`) }))
    return [
      quadOf(dataset, rdf.type, voidNs.Dataset),
      quadOf(dataset, rdf.type, prov.Entity),
      quadOf(dataset, dcterms.title, literal(titleOf(name, endpoint, files), 'en')),
      ...licences.map(license => quadOf(dataset, dcterms.license, namedNode(license))),
      ...credits.map(credit => quadOf(dataset, dcterms.rights, literal(credit))),
      ...(copies.length === 0 ? [] : [quadOf(dataset, dcterms.description, literal(STOOD_IN, 'en'))]),
      ...copies.flatMap(({ node, source, name: title, version, sha256 }) => [
        quadOf(dataset, prov.wasDerivedFrom, node),
        quadOf(node, rdf.type, prov.Entity),
        quadOf(node, dcterms.title, literal(title)),
        quadOf(node, dcterms.isPartOf, namedNode(source)),
        quadOf(node, dcterms.hasVersion, literal(version)),
        quadOf(node, cmq.sha256, literal(sha256)),
      ]),
      quadOf(dataset, dcterms.identifier, literal(hashOf(unique))),
      quadOf(dataset, voidNs.sparqlEndpoint, namedNode(endpoint)),
      quadOf(dataset, voidNs.triples, literal(String(unique.length), xsd.integer)),
      quadOf(dataset, prov.generatedAtTime, literal(date.toISOString(), xsd.dateTime)),
      quadOf(dataset, prov.wasGeneratedBy, extraction),
      quadOf(extraction, rdf.type, prov.Activity),
      ...(copies.length === 0 ? [namedNode(endpoint)] : copies.map(({ node }) => node)).map(used =>
        quadOf(extraction, prov.used, used),
      ),
      ...asked.map(({ query }) => quadOf(extraction, prov.used, query)),
      ...asked.map(({ query, text }) => quadOf(query, prov.value, literal(text))),
      ...unique.map(({ subject, predicate, object }) => quadOf(subject, predicate, object, dataset)),
    ]
  })
  const said = (all: readonly Quad[]): Map<string, Quad> =>
    new Map(all.filter(quad => quad.graph.termType !== 'DefaultGraph').map(quad => [quadKey(quad), quad]))
  const [old, now] = [said(before), said(quads)]
  return {
    text: [...writeQuads(quads, { syntax: 'trig', prefixes: graph.prefixes })].join(''),
    added: [...now].filter(([key]) => !old.has(key)).map(([, quad]) => quad),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, quad]) => quad),
  }
}

function hasEndpoint(quads: readonly Quad[], dataset: Term): boolean {
  return quads.some(({ subject, predicate }) => subject.equals(dataset) && predicate.equals(voidNs.sparqlEndpoint))
}

function titleOf(name: string, endpoint: string, files: readonly MirroredFile[]): string {
  if (files.length === 0) return `What ${endpoint} said to the question "${name}"`
  return `What ${files.map(file => file.name).join(' and ')} said to the question "${name}", in the place of ${endpoint}`
}

const STOOD_IN =
  'Extracted from these files by a server on the own machine that stood for the endpoint, which was not asked itself.'

function patternError(endpoint: string): CommuniqueError {
  return new CommuniqueError('snapshot-pattern', {
    what: `the triples behind a pattern for ${endpoint} cannot be told: it has a path, a GRAPH or an EXISTS`,
    mend: 'write the steps of the path as patterns of their own',
  })
}
