import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { CommuniqueError, type Fault, faultLine } from '../error.ts'
import { graphQuads } from '../project/dataset.ts'
import type { Project } from '../project/project.ts'
import { quadKey } from '../rdf/term.ts'
import { cmq } from '../rdf/vocabulary.ts'
import { articleChanges } from './articles.ts'
import { type Change, changeOf, lineValues, pairs, surplus, termValue } from './change.ts'
import { claimChanges, matchClaims } from './claims.ts'
import { questionChanges } from './questions.ts'
import { type ProjectState, readState, type State } from './state.ts'
import { statementChanges } from './statements.ts'
import { type Described, subjectChanges } from './subjects.ts'

/** What can differ, in the order in which it is told. `quads` are those of RDF files; of projects, what nothing else has told. */
export const KINDS = ['articles', 'metadata', 'claims', 'statements', 'questions', 'terms', 'files', 'quads'] as const
export type Kind = (typeof KINDS)[number]

/** How two states differ: what `communique diff --json` gives, described in `docs/diff.md`. */
export interface Comparison {
  readonly before: Side
  readonly after: Side
  /** Not when one side has faults that the other has not. */
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
  /** The project whose revisions are meant; the current folder unless told. */
  readonly root?: string | undefined
  /** Whether questions are asked on both sides; yes unless told not to. */
  readonly questions?: boolean | undefined
  /** Gets what is being done. */
  readonly progress?: ((text: string) => void) | undefined
}

/**
 * Compares two states: project folders, RDF files, or git revisions of a project.
 *
 * @param after what stands in the folder now, unless told
 * @throws CommuniqueError `unknown-state`; `states-unlike` for a project and an RDF file; `looked-at-nothing` when both are empty;
 * as `readProject`, `readRdfFile` and `canonicalLabels`
 * @example (await compare('ontology/communique.ttl', 'ontology/communique.ttl')).equal // true
 */
export async function compare(before: string, after?: string, options: CompareOptions = {}): Promise<Comparison> {
  const { root = '.', questions = true, progress = () => {} } = options
  progress(`reading ${before} …`)
  const old = await readState(before, root)
  progress(`reading ${after ?? 'what stands here now'} …`)
  const fresh =
    after === undefined ? { ...(await readState(root, root)), name: 'what stands here now' } : await readState(after, root)
  const parts =
    old.kind === 'project' && fresh.kind === 'project'
      ? await compareProjects(old, fresh, questions, progress)
      : { quads: await compareFiles(old, fresh) }
  const all = Object.values(parts)
  if (all.every(({ compared }) => compared[0] + compared[1] === 0))
    throw new CommuniqueError('looked-at-nothing', { what: 'there is nothing on either side: nothing was compared' })
  const faults = [...surplus(old.faults, fresh.faults, faultLine), ...surplus(fresh.faults, old.faults, faultLine)]
  const sideOf = ({ name, faults }: State): Side => ({ name, faults })
  const equal = all.every(({ changes }) => changes.length === 0) && faults.length === 0
  return { before: sideOf(old), after: sideOf(fresh), equal, parts }
}

async function compareFiles(before: State, after: State): Promise<Part> {
  if (before.kind === 'rdf' && after.kind === 'rdf') return described(before, after)
  throw new CommuniqueError('states-unlike', {
    what: `of "${before.name}" and "${after.name}" one is a project, the other an RDF file`,
    mend: 'give two projects or revisions, or two RDF files',
  })
}

async function described(before: Described, after: Described): Promise<Part> {
  return { compared: [before.quads.length, after.quads.length], changes: subjectChanges(before, after) }
}

async function compareProjects(
  before: ProjectState,
  after: ProjectState,
  isAsked: boolean,
  progress: (text: string) => void,
): Promise<Comparison['parts']> {
  const [old, fresh] = [before.project, after.project]
  const part = (changes: readonly Change[], count: (state: ProjectState) => number): Part => ({
    compared: [count(before), count(after)],
    changes,
  })
  const matched = matchClaims(old, fresh)
  const claims = claimChanges(matched, old, fresh)
  const terms = await described(inWords(old, vocabularyOf(old)), inWords(fresh, vocabularyOf(fresh)))
  const [stored, storedAfter] = [groundQuads(old), groundQuads(fresh)]
  const [gone, come] = [surplus(stored, storedAfter, quadKey), surplus(storedAfter, stored, quadKey)]
  const isSameGraph = gone.length + come.length + terms.changes.length === 0
  const questions = isAsked && (await questionChanges(before, after, { matched, isSameGraph, progress }))
  const parts: Comparison['parts'] = {
    articles: part(
      await articleChanges(old, fresh),
      ({ project }) => project.documents.flatMap(({ passages }) => passages).length,
    ),
    metadata: await described(inWords(old, metadataOf(old)), inWords(fresh, metadataOf(fresh))),
    claims: part(claims.changes, ({ project }) => project.documents.flatMap(document => document.claims).length),
    statements: part(statementChanges(old, fresh, claims.names), ({ project }) => project.layer('inferred').length),
    ...(questions && { questions: part(questions, ({ catalogue }) => catalogue.questions.length) }),
    terms,
    files: part(fileChanges(before.files, after.files), ({ files }) => files.size),
  }
  const isTold = Object.values(parts).some(({ changes }) => changes.length > 0)
  return isTold ? parts : { ...parts, quads: await described(inWords(old, gone), inWords(fresh, come)) }
}

/** Quads whose terms are told by the labels of a project. */
function inWords(project: Project, quads: readonly Quad[]): Described {
  return { quads, prefixes: project.prefixes, value: term => termValue(project, term) }
}

/** What is said of the dataset and of the documents; the hash of a text is compared with the text. */
function metadataOf({ store, baseIRI, documents }: Project): Described['quads'] {
  const said = documents.flatMap(({ metadata }) => metadata).filter(({ predicate }) => !predicate.equals(cmq.sha256))
  return [...graphQuads(store, DataFactory.namedNode(`${baseIRI}about`)), ...said]
}

function vocabularyOf({ ontology }: Project): readonly Quad[] {
  return ontology.files.flatMap(({ quads }) => quads)
}

function groundQuads({ store }: Project): readonly Quad[] {
  return [...store].filter(({ subject, object }) => subject.termType !== 'BlankNode' && object.termType !== 'BlankNode')
}

function fileChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const lines = (text: string | undefined) => (text === undefined ? undefined : new Map([['line', lineValues(text)]]))
  return pairs(before, after).flatMap(([name, old, fresh]) => {
    return changeOf({ name, title: name }, lines(old), lines(fresh), old === fresh) ?? []
  })
}
