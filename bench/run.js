/**
 * Runs benchmarks in a process each, one after the other, and writes `results.md`: all, or those that are named, where the others'
 * sections stay as they are. `node run.js engine --short` only prints, and fails by what it sees: for CI.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { program, root } from './measure.js'

const BENCHMARKS = ['start', 'cite', 'catalogue', 'size', 'link', 'write', 'engine', 'huge']
const PEERS = [
  '@comunica/query-sparql-file',
  '@comunica/query-sparql-rdfjs',
  'n3',
  'rdf-stores',
  'oxigraph',
  'quadstore',
  'jsonld',
]
const file = join(import.meta.dirname, 'results.md')
const options = process.argv.slice(2).filter(word => word.startsWith('--'))
const named = process.argv.slice(2).filter(word => !word.startsWith('--'))
const unknown = named.filter(name => !BENCHMARKS.includes(name))
if (unknown.length > 0) throw new Error(`no benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.join(', ')}`)

// Before the pictures are written, which change the checkout.
const measured = environment()
const found = new Map()
for (const name of named.length > 0 ? named : BENCHMARKS) {
  process.stderr.write(`${name}\n`)
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.js`), ...options], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) process.exitCode = 1
  found.set(name, stdout.trim() || `## ${name}\n\n**Failed.**`)
}
if (options.length > 0) console.log([...found.values()].join('\n\n'))
else write()

function write() {
  const before = sectionsOf(readFileSync(file, 'utf8'))
  const sections = BENCHMARKS.flatMap(name => {
    const text = found.has(name) ? `${found.get(name)}\n\n${measured}` : before.get(name)
    return text === undefined ? [] : [`<!-- ${name} -->\n${text}`]
  })
  const page = `# Results

Written by \`node bench/run.js\`; [README.md](README.md) tells what is measured and how. Each part says when and where it was measured.

${sections.join('\n\n')}
`
  writeFileSync(`${file}.new`, page)
  renameSync(`${file}.new`, file)
}

/** The parts of a page, by the benchmark that wrote them. */
function sectionsOf(page) {
  const [, ...parts] = page.split(/^<!-- (\w+) -->\n/m)
  return new Map(parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1].trim()]] : [])))
}

/** When, where and with what. */
function environment() {
  const versionOf = (...path) => JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')).version
  const commit = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).stdout?.trim()
  const build = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 12)
  const [{ model }] = cpus()
  const machine = `${cpus().length} x ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`
  const ours = `communique ${versionOf(root)}${commit ? `, commit ${commit}` : ''}, \`dist/cli.cjs\` ${build}`
  const peers = PEERS.map(name => `${name} ${versionOf(import.meta.dirname, 'node_modules', name)}`)
  return `*${new Date().toISOString().slice(0, 10)}; ${machine}; ${ours}; ${peers.join(', ')}.*`
}
