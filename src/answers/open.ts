import { join } from 'node:path'
import { throwFaults } from '../error.ts'
import { SNAPSHOTS } from '../project/core.ts'
import { type Project, readProject } from '../project/project.ts'
import { type Catalogue, readCatalogue } from '../questions/catalogue.ts'
import type { Answering, AskOptions } from './answering.ts'
import { type Asked, ask, type ParameterValues, query } from './ask.ts'
import { snapshotsOnly } from './services.ts'

/** A project that answers. */
export interface AskableProject extends Project {
  readonly catalogue: Catalogue
  /**
   * Asks a saved question. Await the answer whole, or read its rows one by one with `for await`. A SERVICE is answered from the
   * snapshots of the project, and by no server, unless `services` allows it.
   *
   * @param values for its parameters; `any` where the question allows it; what is left out has its default
   * @throws CommuniqueError (when awaited) `unknown-question`, `unknown-parameter`, `unknown-value`, `parameter-type`
   * @example (await project.ask('countries-met', { country: ['Chile', 'India'] })).rows.length // 2
   */
  ask(name: string, values?: ParameterValues, options?: AskOptions): Answering
  /**
   * Asks a query of one's own, in a worker: its time limit and its abort signal stop it whatever it does. The prefixes of the
   * project need not be declared. With `services` a SERVICE may ask the hosts that are allowed, or a snapshot.
   *
   * @throws CommuniqueError (when awaited) as `parseQuery`; `query-refused`, `query-timeout`, `query-too-large`; as `federate`
   * @example (await project.query('ASK { ?x cmq:isHeldIn id:istanbul }')).rows.length // 1
   * @example await project.query('ASK { SERVICE <https://dbpedia.org/sparql> { ?s ?p ?o } }', { services: { offline: true } }).then(null, error => error.code) // 'remote-offline'
   */
  query(text: string, options?: AskOptions & { readonly file?: string | undefined }): Answering
}

/**
 * Opens a project folder: its articles, claims, vocabulary and questions.
 *
 * @throws CommuniqueError with all faults of its data and vocabulary; a broken question is in `catalogue.broken` instead
 * @example (await (await openProject('.')).ask('who-was-elected')).rows[0].sources[0].id // 's12-1'
 */
export async function openProject(folder = '.'): Promise<AskableProject> {
  const project = await readProject(folder)
  throwFaults(project.faults)
  const catalogue = await readCatalogue(join(project.root, 'queries'))
  const asked: Asked = { graph: project, catalogue }
  return {
    ...project,
    catalogue,
    ask: (name, values, options) =>
      ask(asked, name, values, withSnapshots({ services: snapshotsOnly(project.root), ...options }, project)),
    query: (text, options) => query(project, text, withSnapshots(options, project)),
  }
}

/** The snapshots of the project, unless others are named. */
function withSnapshots<Options extends AskOptions>(options: Options | undefined, { root }: Project): Options | undefined {
  return options?.services === undefined
    ? options
    : { ...options, services: { snapshots: join(root, SNAPSHOTS), ...options.services } }
}
