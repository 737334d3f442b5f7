import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type CompiledProject, openCompiled } from '../../answers/compiled.ts'
import { packageRoot } from '../../project/core.ts'
import type { Project } from '../../project/project.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'

/** The project a command works on, as `projectFolder` finds it. Faults of its files are not passed over in silence. */
export async function projectOf(flags: Flags, terminal: Terminal): Promise<Project> {
  const { readProject } = await import('../../project/project.ts')
  const project = await readProject(await projectFolder(flags, terminal))
  tellFaults(project.faults.length, terminal)
  return project
}

/** The same project as answers need it, from what is kept; without questions of its own, with those that ship with the package. */
export async function askedOf(flags: Flags, terminal: Terminal): Promise<CompiledProject & { readonly root: string }> {
  const root = await projectFolder(flags, terminal)
  const compiled = await openCompiled(root)
  tellFaults(compiled.faultCount, terminal)
  return { ...compiled, root }
}

function tellFaults(count: number, { err }: Terminal): void {
  if (count > 0) err(`${count} ${count === 1 ? 'fault' : 'faults'} in the files of this project: "communique check" names them`)
}

/**
 * Where the project lies: `--project`, else this folder or the nearest above it that is one. Where there is none, and no
 * `data/` that was meant to be one, the article that ships with the package, which is said.
 */
export async function projectFolder(flags: Flags, terminal: Terminal): Promise<string> {
  if (typeof flags.project === 'string') return flags.project
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'data'))) return folder
    if (folder === dirname(folder)) break
  }
  terminal.err('no project here: this is the article that ships with communique')
  return packageRoot()
}
