/** Runs every benchmark in a process of its own, one after the other, and writes `results.md`. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { program, root } from './measure.js'

const BENCHMARKS = ['start', 'cite', 'catalogue', 'size', 'link', 'write']
const versionOf = (...path) => JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')).version
const here = name => versionOf(import.meta.dirname, 'node_modules', name)

const sections = BENCHMARKS.map(name => {
  process.stderr.write(`${name}\n`)
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.js`)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status === 0) return stdout.trim()
  process.exitCode = 1
  return `## ${name}\n\n**Failed.**`
})

const [{ model }] = cpus()
const commit = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).stdout?.trim()
const build = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 12)
const page = `# Results

Written by \`node bench/run.js\`; [README.md](README.md) tells what is measured and how.

| what | |
| --- | --- |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${cpus().length} x ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch} |
| Node | ${process.version} |
| communique | ${versionOf(root)}${commit ? `, commit ${commit}` : ''}, \`dist/cli.cjs\` ${build} |
| peers | @comunica/query-sparql-file ${here('@comunica/query-sparql-file')}, Oxigraph (WebAssembly) ${here('oxigraph')} |

${sections.join('\n\n')}
`
const file = join(import.meta.dirname, 'results.md')
writeFileSync(`${file}.new`, page)
renameSync(`${file}.new`, file)
