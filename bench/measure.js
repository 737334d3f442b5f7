import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)

/** The repository; another checkout of it if `COMMUNIQUE_ROOT` says so, to compare two. */
export const root = process.env.COMMUNIQUE_ROOT ?? resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** What starts the program, as `npm run build` made it. */
export const program = join(root, 'dist/cli.cjs')

/** Processor time in milliseconds that a piece of work takes in this process, with all its threads. */
export async function processorTime(work) {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** As `processorTime`, of one time of work that is repeated until the clock has something to count. */
export async function repeatedTime(work) {
  let [times, total] = [0, 0]
  for (; total < LEAST_MILLISECONDS; times++) total += await processorTime(work)
  return total / times
}

const LEAST_MILLISECONDS = 30

/**
 * Processor time in milliseconds of a command, user and system, from its start until it has ended, as the operating system accounts
 * for it. The system counts in steps of 10 ms, so that a short command has to run several times in a row.
 *
 * @returns the mean of the runs
 */
export async function commandTime(command, { times = 1, env = process.env, cwd = root } = {}) {
  const script = 'i=0; while [ $i -lt $TIMES ]; do "$@" >/dev/null 2>&1 || exit 1; i=$((i+1)); done; times'
  const { stdout } = await run('sh', ['-c', script, 'sh', ...command], { cwd, env: { ...env, TIMES: String(times) } })
  // The second line is of the commands, the first of the shell.
  const [user, system] = stdout.trim().split('\n')[1].trim().split(/\s+/).map(milliseconds)
  return (user + system) / times
}

function milliseconds(time) {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(time.replace(',', '.'))
  return (Number(minutes) * 60 + Number(seconds)) * 1000
}

/**
 * Measures several things in turn, round after round, so that a machine that gets slower for a while does so for all of them. Every
 * other round goes backwards.
 *
 * @param measures functions that give a number
 * @returns for each of them its figures, one a round
 */
export async function interleaved(measures, rounds) {
  const figures = measures.map(() => [])
  for (let round = 0; round < rounds; round++) {
    const order = measures.map((_, index) => (round % 2 === 0 ? index : measures.length - 1 - index))
    for (const index of order) figures[index].push(await measures[index]())
  }
  return figures
}

/** The median of the ratios of two rows of figures, pair by pair. */
export function ratio(figures, others) {
  return median(figures.map((figure, index) => figure / others[index]))
}

export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export function geometricMean(figures) {
  return Math.exp(figures.reduce((sum, figure) => sum + Math.log(figure), 0) / figures.length)
}

/** A figure with as many digits as one may rely on. */
export function shown(figure) {
  return figure >= 99.5 ? String(Math.round(figure)) : figure.toPrecision(figure >= 9.95 ? 2 : figure >= 1 ? 3 : 2)
}

/** Whether a figure keeps to its target, in a word. */
export function verdict(figure, most) {
  return `${shown(figure)}, at most ${Number(most.toPrecision(2))}: ${figure <= most ? 'reached' : '**missed**'}`
}

/** A table in Markdown; all columns but the first to the right. */
export function table(head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** What `sources` gives unless told. */
const INNER = `
  export { answerParts } from './answers/answering.ts'
  export { parseQuery } from './query/engine.ts'
  export { writeBytes, writeQuads } from './syntax/write.ts'
  export { DataFactory } from 'n3'
  export { QuadStore } from './store/quad-store.ts'
  export { readStore } from './syntax/store.ts'`

/** Inner functions, which the package does not export, made of the sources as the build makes them. */
export async function sources(contents = INNER) {
  const folder = await mkdtemp(join(tmpdir(), 'communique-bench-'))
  const outfile = join(folder, 'sources.cjs')
  try {
    await bundled(contents, outfile)
    return createRequire(import.meta.url)(outfile)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The same as a file of CommonJS. */
export async function bundled(contents, outfile) {
  await build({
    stdin: {
      contents,
      resolveDir: join(root, 'src'),
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    outfile,
    external: ['#*'],
    // The engine is that of the build.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href) },
  })
}
