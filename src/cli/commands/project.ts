import { packageRoot } from '../../project/core.ts'
import { isProject, type Project, readProject } from '../../project/project.ts'
import type { Terminal } from '../terminal.ts'
import type { Flags } from './table.ts'

/**
 * The project a command works on: `--project`, else the current folder, else the one that ships with the package. Faults of
 * its files are not passed over in silence.
 */
export async function projectOf(flags: Flags, terminal: Terminal): Promise<Project> {
  const project = await readProject(await projectFolder(flags))
  const count = project.faults.length
  if (count > 0)
    terminal.err(`${count} ${count === 1 ? 'fault' : 'faults'} in the files of this project: "communique check" names them`)
  return project
}

/** Where the project lies. */
export async function projectFolder(flags: Flags): Promise<string> {
  if (typeof flags.project === 'string') return flags.project
  return (await isProject('.')) ? '.' : packageRoot()
}
