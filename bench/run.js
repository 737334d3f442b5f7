/** Runs every benchmark and writes `results.md`: each figure beside those of the peers of the same run. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const names = process.argv.length > 2 ? process.argv.slice(2) : ['start', 'cite', 'catalogue', 'size']
const [cpu] = cpus()
const machine = `${cpus().length} × ${cpu.model.trim()}, ${process.platform} ${process.arch}, Node ${process.version}`
const sections = []
for (const name of names) {
  process.stderr.write(`${name} …\n`)
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, `${name}.js`)], { maxBuffer: 2 ** 26 })
  sections.push(stdout.trim())
}
const head = `# Results\n\nMeasured on ${new Date().toISOString().slice(0, 10)} with ${machine}. Ratios are what counts; written by \`node bench/run.js\`.\n`
await writeFile(join(import.meta.dirname, 'results.md'), `${[head.trim(), ...sections].join('\n\n')}\n`)
