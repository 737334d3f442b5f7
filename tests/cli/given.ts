import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { givenProject, replacing, root } from '../given.ts'

/** How a run of the program ended, and what it wrote. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Run {
  readonly cwd?: string
  readonly columns?: number
  /** What is piped into it. */
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string | undefined>>
}

export const program = join(root, 'dist/cli.cjs')

/** The user's cache while a file of tests runs: the own one is neither used nor changed. */
export const cacheHome = mkdtempSync(join(tmpdir(), 'communique-cache-'))
afterAll(() => rmSync(cacheHome, { recursive: true, force: true }))

/** The environment of a run: neither a terminal nor anything that asks for colour. */
export function environment({ columns = 80, env = {} }: Run = {}): NodeJS.ProcessEnv {
  const plain = { FORCE_COLOR: undefined, NO_COLOR: undefined, XDG_CACHE_HOME: cacheHome }
  return { ...process.env, ...plain, COLUMNS: String(columns), ...env }
}

/** Runs the program as a user would, in a pipe. */
export function communique(args: readonly string[], options: Run = {}): Promise<Outcome> {
  const { cwd = root, input = '' } = options
  return new Promise(resolve => {
    const settings = { cwd, env: environment(options), maxBuffer: 2 ** 28 }
    const child = execFile(process.execPath, [program, ...args], settings, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
    child.stdin!.on('error', () => {}).end(input)
  })
}

/** Runs a query of one's own. */
export function query(text: string, ...options: string[]): Promise<Outcome> {
  return communique(['query', '-e', text, ...options])
}

export const ID = 'https://w3id.org/communique/id/'
export const CLAIMS = 'data/interpol-ga-89/claims.md'

/** An edit of the claims by which the delegation did not meet colleagues from Chile. */
export const withoutChile = replacing('id:vietnam, id:chile, id:belarus', 'id:vietnam, id:belarus')

/** An empty folder, removed after the test. */
export async function givenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A copy of this project with its questions. */
export async function givenCopy(files: Parameters<typeof givenProject>[0] = {}): Promise<string> {
  const folder = await givenProject(files)
  await cp(join(root, 'queries'), join(folder, 'queries'), { recursive: true })
  return folder
}

/** A copy of this project with these questions instead of its own. */
export function givenQuestions(questions: Readonly<Record<string, string>>): Promise<string> {
  return givenProject(Object.fromEntries(Object.entries(questions).map(([name, text]) => [`queries/${name}.rq`, text])))
}
