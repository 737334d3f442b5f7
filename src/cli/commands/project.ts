import { isProject, type Project, packageRoot, readProject } from '../../project/project.ts'
import type { Flags } from './table.ts'

/** The project a command works on: `--project`, else the current folder, else the one that ships with the package. */
export async function projectOf(flags: Flags): Promise<Project> {
  return readProject(await projectFolder(flags))
}

export async function projectFolder(flags: Flags): Promise<string> {
  if (typeof flags.project === 'string') return flags.project
  return (await isProject('.')) ? '.' : packageRoot()
}
