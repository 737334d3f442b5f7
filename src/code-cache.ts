import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

declare const __BUILD__: string | undefined

/** Where what was computed once is kept: the user's own, never beside data. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: own = '' } = process.env
  return join(isAbsolute(own) ? own : join(homedir(), '.cache'), 'communique')
}

/** What holds for the whole process: what starts the program has a copy of this file, and the program has another. */
const shared = globalThis as { [key: symbol]: { isCached?: boolean; isTypical?: boolean } | undefined }
const name = Symbol.for('communique.code-cache')
shared[name] ??= {}
const run = shared[name]

/** From here on compiled code is kept in the cache directory: for programs; a library leaves no files. */
export function useCodeCache(): void {
  run.isCached = true
}

/** Keeps no code of this run: it did work that others will not have to do, and its code would only be in their way. */
export function keepNoCode(): void {
  run.isTypical = false
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
  if (run.isCached !== true || build === undefined) return requireThere(file)
  const bytes = readFileSync(file)
  // By content: V8 itself compares no more than the length of the source, and runs nonsense where another has the same.
  const content = `${crc32(bytes).toString(16)}-${bytes.length}`
  const kept = join(cacheFolder(), `${basename(file)}-${variant}-${content}-${process.version}-${process.arch}.code`)
  // Bundles are ASCII.
  const source = bytes.toString('latin1')
  const cachedData = readWhole(kept)
  // `import()` does not work in code that was kept: the program calls `importFrom` instead, and `requireFrom` for its other file (see
  // scripts/build.js).
  const head = '(function (exports, require, module, __filename, __dirname, importFrom, requireFrom) {'
  const script = new Script(`${head}${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  const module = { exports: {} }
  const importFrom = (name: string): Promise<unknown> => import(name)
  const requireFrom = (name: string): unknown => requireCached(join(dirname(file), name), variant)
  script.runInThisContext()(module.exports, requireThere, module, file, dirname(file), importFrom, requireFrom)
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => {
      if (run.isTypical !== false) replaceKept(kept, `${basename(file)}-${variant}-`, script.createCachedData())
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

/** The content of a file that `writeWhole` wrote; undefined when it is not there or not whole. */
export function readWhole(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file)
    const content = bytes.subarray(CHECKSUM)
    return content.length > 0 && crc32(content) === bytes.readUInt32LE() ? content : undefined
  } catch {
    return undefined
  }
}

/** Writes a file with a checksum before its content, whole or not at all. A directory that cannot be written costs time and nothing else. */
export function writeWhole(file: string, content: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const temporary = `${file}.${process.pid}`
    const checksum = Buffer.alloc(CHECKSUM)
    checksum.writeUInt32LE(crc32(content))
    writeFileSync(temporary, Buffer.concat([checksum, content]), { mode: 0o600 })
    renameSync(temporary, file)
  } catch {}
}

/** Bytes of a CRC-32: it is against damage, and not against people who may write to the directory of this user. */
const CHECKSUM = 4
