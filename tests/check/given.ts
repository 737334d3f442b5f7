import { check } from '../../src/check/check.ts'
import type { Fault } from '../../src/error.ts'
import { readProject } from '../../src/project/project.ts'

/** The claims file of the article, within a project. */
export const CLAIMS = 'data/interpol-ga-89/claims.md'

/** All that `check` finds in a project folder. */
export async function faultsOf(folder: string): Promise<Fault[]> {
  return (await check(await readProject(folder))).checks.flatMap(({ faults }) => faults)
}
