import { DataFactory } from 'n3'
import { CommuniqueError, type Fault } from '../error.ts'
import { graphQuads } from '../project/dataset.ts'
import type { Project } from '../project/project.ts'
import { quadKey } from '../rdf/term.ts'
import { cmq } from '../rdf/vocabulary.ts'
import { articleChanges } from './articles.ts'
import { type Change, changeOf, lineValues, pairs, surplus, termValue } from './change.ts'
import { claimChanges, matchClaims } from './claims.ts'
import { questionChanges } from './questions.ts'
import type { ProjectState, State } from './state.ts'
import { statementChanges } from './statements.ts'
import { type Described, subjectChanges } from './subjects.ts'

/** What can differ, in the order in which it is told. `quads` are those of RDF files; of projects, what nothing else has told. */
export const KINDS = ['articles', 'metadata', 'claims', 'statements', 'questions', 'terms', 'files', 'quads'] as const
export type Kind = (typeof KINDS)[number]

/** How two states differ: what `communique diff --json` gives, described in `docs/diff.md`. */
export interface Comparison {
  readonly before: Side
  readonly after: Side
  readonly equal: boolean
  /** What was compared. */
  readonly parts: { readonly [kind in Kind]?: Part }
}

/** One side: what it is called, and what is wrong in its files, so that it may not have been compared whole. */
export interface Side {
  readonly name: string
  readonly faults: readonly Fault[]
}

/** What was compared of one kind: how many there are on either side, and those that differ. */
export interface Part {
  readonly compared: readonly [before: number, after: number]
  readonly changes: readonly Change[]
}

export interface CompareOptions {
  /** Whether questions are asked on both sides; yes unless told not to. */
  readonly questions?: boolean | undefined
  /** Gets what is being done. */
  readonly progress?: ((text: string) => void) | undefined
}

/**
 * Compares two projects, or two RDF files.
 *
 * @throws CommuniqueError `states-unlike` for a project and an RDF file; `looked-at-nothing` when both are empty; as `canonicalLabels`
 * @example (await compare(await readState('ontology/communique.ttl'), await readState('ontology/communique.ttl'))).equal // true
 */
export async function compare(before: State, after: State, options: CompareOptions = {}): Promise<Comparison> {
  const faults: [Fault[], Fault[]] = [[...before.faults], [...after.faults]]
  const parts =
    before.kind === 'project' && after.kind === 'project'
      ? await compareProjects(before, after, faults, options)
      : { quads: await compareFiles(before, after) }
  const all = Object.values(parts)
  if (all.every(({ compared: [one, other] }) => one + other === 0))
    throw new CommuniqueError('looked-at-nothing', { what: 'there is nothing on either side: nothing was compared' })
  return {
    before: { name: before.name, faults: faults[0] },
    after: { name: after.name, faults: faults[1] },
    equal: all.every(({ changes }) => changes.length === 0),
    parts,
  }
}

async function compareFiles(before: State, after: State): Promise<Part> {
  if (before.kind === 'rdf' && after.kind === 'rdf') return described(before, after)
  throw new CommuniqueError('states-unlike', {
    what: `of "${before.name}" and "${after.name}" one is a project, the other an RDF file`,
    mend: 'give two projects or revisions, or two RDF files',
  })
}

async function described(before: Described, after: Described): Promise<Part> {
  return { compared: [before.quads.length, after.quads.length], changes: await subjectChanges(before, after) }
}

async function compareProjects(
  before: ProjectState,
  after: ProjectState,
  faults: readonly [Fault[], Fault[]],
  { questions = true, progress = () => {} }: CompareOptions,
): Promise<Comparison['parts']> {
  const [old, fresh] = [before.project, after.project]
  const part = (changes: readonly Change[], countOf: (state: ProjectState) => number): Part => ({
    compared: [countOf(before), countOf(after)],
    changes,
  })
  const documents = [documentsOf(old), documentsOf(fresh)] as const
  const matched = pairs(...documents).flatMap(([, one, other]) => matchClaims(one?.claims ?? [], other?.claims ?? []))
  const claims = claimChanges(matched, old, fresh)
  const terms = await described(vocabularyOf(old), vocabularyOf(fresh))
  const [stored, storedAfter] = [groundQuads(old), groundQuads(fresh)]
  const [gone, come] = [surplus(stored, storedAfter, quadKey), surplus(storedAfter, stored, quadKey)]
  const isSameGraph = gone.length + come.length + terms.changes.length === 0
  const renames = new Map(matched.flatMap(([one, other]) => (one && other ? [[one.iri.value, other.iri.value]] : [])))
  const asked = questions && (await questionChanges(before, after, { renames, isSameGraph, faults, progress }))
  const parts: Comparison['parts'] = {
    articles: part(await articleChanges(...documents), ({ project }) => count(project, ({ passages }) => passages)),
    metadata: await described(metadataOf(old), metadataOf(fresh)),
    claims: part(claims.changes, ({ project }) => count(project, document => document.claims)),
    statements: part(statementChanges(old, fresh, claims.names), ({ project }) => project.layer('inferred').length),
    ...(asked && { questions: part(asked, ({ catalogue }) => catalogue.questions.length) }),
    terms,
    files: part(fileChanges(before.files, after.files), ({ files }) => files.size),
  }
  const isTold = Object.values(parts).some(({ changes }) => changes.length > 0)
  return isTold ? parts : { ...parts, quads: await described(inWords(old, gone), inWords(fresh, come)) }
}

function count({ documents }: Project, of: (document: Project['documents'][number]) => readonly unknown[]): number {
  return documents.flatMap(of).length
}

function documentsOf({ documents }: Project): Map<string, Project['documents'][number]> {
  return new Map(documents.map(document => [document.name, document]))
}

/** Quads whose terms are told by the labels of a project. */
function inWords(project: Project, quads: Described['quads']): Described {
  return { quads, prefixes: project.prefixes, value: term => termValue(project, term) }
}

/** What is said of the dataset and of the documents; the hash of a text is compared with the text. */
function metadataOf(project: Project): Described {
  const about = graphQuads(project.store, DataFactory.namedNode(`${project.baseIRI}about`))
  const documents = project.documents.flatMap(({ metadata }) => metadata)
  return inWords(project, [...about, ...documents.filter(({ predicate }) => !predicate.equals(cmq.sha256))])
}

function vocabularyOf(project: Project): Described {
  return inWords(
    project,
    project.ontology.files.flatMap(({ quads }) => quads),
  )
}

function groundQuads({ store }: Project): Described['quads'] {
  return [...store].filter(({ subject, object }) => subject.termType !== 'BlankNode' && object.termType !== 'BlankNode')
}

function fileChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const lines = (text: string | undefined) => (text === undefined ? undefined : new Map([['line', lineValues(text)]]))
  return pairs(before, after).flatMap(([name, old, fresh]) => changeOf({ name, title: name }, lines(old), lines(fresh)) ?? [])
}
