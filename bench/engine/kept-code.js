import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import { asking, bundledInner, load } from './communique.js'
import { CLASSES } from './queries.js'

if (process.argv[1] === import.meta.filename) await learn(process.argv[2], process.argv[3])

/** The engine as it is inside the package, with the machine code of a process before, as `src/code-cache.ts` keeps that of the program. */
export async function withCode(data) {
  const folder = await mkdtemp(join(tmpdir(), 'communique-code-'))
  const file = join(folder, 'engine.cjs')
  try {
    await bundledInner(file)
    // V8 takes the code of a process with the same flags only.
    await promisify(execFile)(process.execPath, [...process.execArgv, import.meta.filename, file, data])
    const { script, library } = await loaded(file, await readFile(`${file}.code`))
    if (script.cachedDataRejected) throw new Error('the code that was kept is not taken')
    return library
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The process before: asks each query once, and keeps what was compiled. */
async function learn(file, data) {
  const { script, library } = await loaded(file)
  const store = library.QuadStore.of([])
  await load(library, data, store)
  const { each } = asking(library, store)
  for (const { text } of CLASSES.shop) each(text, () => false)
  await writeFile(`${file}.code`, script.createCachedData())
}

async function loaded(file, cachedData) {
  const script = new Script(`(function (exports, require, module) {${await readFile(file, 'utf8')}\n})`, { filename: file, cachedData })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(import.meta.url), module)
  return { script, library: module.exports }
}
