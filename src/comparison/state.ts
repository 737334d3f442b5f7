import { stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { queriesOf } from '../answers/compiled.ts'
import { CommuniqueError, type Fault } from '../error.ts'
import { readTexts } from '../file.ts'
import { SNAPSHOTS } from '../project/core.ts'
import { type Project, readProject } from '../project/project.ts'
import { type Catalogue, readCatalogue } from '../questions/catalogue.ts'
import { PREFIXES } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import type { Value } from './change.ts'
import { readRdfFile } from './rdf-file.ts'
import { readRevision } from './revision.ts'
import type { Described } from './subjects.ts'

/** One of the two things that are compared: a project as it stands in a folder or stood in a revision, or an RDF file. */
export type State = ProjectState | RdfState

export interface ProjectState {
  readonly kind: 'project'
  readonly name: string
  readonly project: Project
  readonly catalogue: Catalogue
  /** Texts of rules, shapes, snapshots and questions that must stay false. */
  readonly files: ReadonlyMap<string, string>
  /** Also of questions, and of what was done with them. */
  readonly faults: Fault[]
}

export interface RdfState extends Described {
  readonly kind: 'rdf'
  readonly name: string
  readonly faults: readonly Fault[]
}

/**
 * The state that a person means by a name: a project folder, an RDF file, else a git revision of the project.
 *
 * @param root the project whose revisions are meant
 * @throws CommuniqueError `unknown-state`; as `readProject` and `readRdfFile`
 * @example (await readState('ontology/communique.ttl', '.')).kind // 'rdf'
 */
export async function readState(given: string, root: string): Promise<State> {
  // Where a folder lies is nothing for a report.
  const name = isAbsolute(given) ? basename(given) : given
  const found = await stat(given).catch(() => undefined)
  if (found?.isFile()) return readFile(given, name)
  if (await stat(join(given, 'data')).catch(() => undefined)) return readFolder(given, name)
  const revision = await readRevision(root, given, folder => readFolder(folder, name))
  if (typeof revision !== 'string') return revision
  throw new CommuniqueError('unknown-state', {
    what: `"${name}" is no project folder, no RDF file and no git revision of a project: ${revision}`,
    mend: 'give a folder with data/, a file such as graph.ttl, or a revision such as HEAD~1',
  })
}

async function readFile(path: string, name: string): Promise<RdfState> {
  const { quads, prefixes } = await readRdfFile(path, name)
  const all = { ...PREFIXES, ...prefixes }
  const value = (term: Term): Value => ({ key: termKey(term), words: termText(term, all) })
  return { kind: 'rdf', name, faults: [], quads, prefixes: all, value }
}

async function readFolder(folder: string, name: string): Promise<ProjectState> {
  const project = await readProject(folder)
  const catalogue = await readCatalogue(queriesOf(folder))
  const faults = [...project.faults, ...catalogue.broken.flatMap(question => question.faults)]
  const files = new Map<string, string>()
  const read = async (path: string, shown: string): Promise<void> => {
    for (const ending of ['.rq', '.ttl', '.trig'])
      for (const { file, text } of await readTexts(path, shown, ending, faults)) files.set(file, text)
  }
  for (const one of project.ontology.folders)
    for (const kind of ['plain', 'rules', 'shapes', 'must-not-claim']) await read(join(one.folder, kind), `ontology/${kind}`)
  for (const one of project.documents) await read(join(one.folder, 'must-not-claim'), `data/${one.name}/must-not-claim`)
  await read(join(folder, SNAPSHOTS), SNAPSHOTS)
  return { kind: 'project', name, project, catalogue, files, faults }
}
