import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { Script } from 'node:vm'

declare const __BUILD__: string | undefined

/** Where what was computed once is kept: the user's own, never beside data. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: own = '' } = process.env
  return join(isAbsolute(own) ? own : join(homedir(), '.cache'), 'communique')
}

let isOn = false
/** From here on compiled code is kept in the cache directory: for programs; a library leaves no files. */
export function useCodeCache(): void {
  isOn = true
}

let isTypical = true
/** Keeps no code of this run: it did work that others will not have to do, and its code would only be in their way. */
export function keepNoCode(): void {
  isTypical = false
}

/**
 * Loads a CommonJS file as `require` does, with the machine code of its last run where there is one: to compile a megabyte of
 * source takes longer than most answers. What was kept is of this very file and this Node, and has a checksum.
 *
 * @param variant what the file is used for: each use compiles other parts
 */
export function requireCached(file: string, variant = 'main'): unknown {
  const requireThere = createRequire(file)
  const build = typeof __BUILD__ === 'string' ? __BUILD__ : undefined
  if (!isOn || build === undefined) return requireThere(file)
  const bytes = readFileSync(file)
  // By content: V8 itself compares no more than the length of the source, and runs nonsense where another has the same.
  const content = checksum(bytes).toString('hex')
  const kept = join(cacheFolder(), `${basename(file)}-${variant}-${content}-${process.version}-${process.arch}.code`)
  // Bundles are ASCII.
  const source = bytes.toString('latin1')
  const cachedData = readWhole(kept)
  // `import()` does not work in code that was kept: the bundle of the program calls `importFrom` instead (see scripts/build.js).
  const script = new Script(`(function (exports, require, module, __filename, __dirname, importFrom) {${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  const module = { exports: {} }
  const importFrom = (name: string): Promise<unknown> => import(name)
  script.runInThisContext()(module.exports, requireThere, module, file, dirname(file), importFrom)
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => {
      if (isTypical) replaceKept(kept, `${basename(file)}-${variant}-`, script.createCachedData())
    })
  return module.exports
}

/** Keeps code in the place of what an earlier build or Node kept. */
function replaceKept(file: string, prefix: string, content: Buffer): void {
  writeWhole(file, content)
  try {
    const stale = readdirSync(dirname(file)).filter(name => name.startsWith(prefix) && name !== basename(file))
    for (const name of stale) rmSync(join(dirname(file), name), { force: true })
  } catch {}
}

/** A file with a checksum before its content; undefined when it is not there or not whole. */
export function readWhole(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file)
    const content = bytes.subarray(CHECKSUM)
    return checksum(content).equals(bytes.subarray(0, CHECKSUM)) ? content : undefined
  } catch {
    return undefined
  }
}

/** Writes such a file whole or not at all. A directory that cannot be written costs time and nothing else. */
export function writeWhole(file: string, content: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, Buffer.concat([checksum(content), content]), { mode: 0o600 })
    renameSync(temporary, file)
  } catch {}
}

const CHECKSUM = 20

function checksum(content: Uint8Array): Buffer {
  return createHash('sha1').update(content).digest()
}
