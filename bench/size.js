/** What an installation takes: the package, packed and installed in an empty folder, against Comunica's command line. */
import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, shown, table, verdict } from './measure.js'

const PEER = '@comunica/query-sparql-file'

const folder = mkdtempSync(join(tmpdir(), 'communique-bench-'))
try {
  const [ours, theirs] = ['ours', 'theirs'].map(name => mkdtempSync(join(folder, `${name}-`)))
  npm(folder, 'pack', '--silent', '--ignore-scripts', root)
  const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'))
  const packed = lstatSync(join(folder, tarball)).size / 2 ** 20
  const { warnings } = install(ours, join(folder, tarball))
  const peer = install(theirs, `${PEER}@${versionOf(PEER)}`)

  // Whatever the program is, it cannot open a connection.
  const offline = join(folder, 'offline.cjs')
  writeFileSync(offline, "require('node:net').Socket.prototype.connect = () => { throw new Error('a connection was opened') }\n")
  const env = { ...process.env, NODE_OPTIONS: `--require=${offline}`, npm_config_offline: 'true', XDG_CACHE_HOME: join(folder, 'cache') }
  const asked = spawnSync('npx', ['--no-install', 'communique', 'ask', 'who-was-elected'], { cwd: ours, encoding: 'utf8', env })
  const works = asked.status === 0 && asked.stdout.includes('was elected President')

  console.log(`## Size

The package, packed and installed in an empty folder with \`npm install\`, against \`npm install ${PEER}\`. Sizes are what the files take on the disk.

${table(
  ['what', 'MB', 'packages', 'engine warnings'],
  [
    ['communique, packed', shown(packed), '', ''],
    ['communique, installed', shown(diskSize(join(ours, 'node_modules'))), packages(ours), warnings.length],
    [`${PEER}, installed`, shown(diskSize(join(theirs, 'node_modules'))), packages(theirs), peer.warnings.length],
  ],
)}

- megabytes of an installation: ${verdict(diskSize(join(ours, 'node_modules')), 60)}
- engine warnings: ${warnings.length === 0 ? 'none: reached' : `${warnings.length}, none allowed: **missed**`}
- \`npx communique ask who-was-elected\` without a network: ${works ? 'answers' : `**fails**: ${asked.stderr.slice(0, 500)}`}
`)
} finally {
  rmSync(folder, { recursive: true })
}

/** @returns the warnings of npm that a package does not fit this Node */
function install(cwd, what) {
  writeFileSync(join(cwd, 'package.json'), '{ "name": "user", "private": true }')
  const said = npm(cwd, 'install', '--no-audit', '--no-fund', '--engine-strict=false', what)
  return { warnings: said.split('\n').filter(line => line.includes('EBADENGINE') && line.includes('package:')) }
}

function npm(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm ${args.join(' ')}\n${`${stdout}${stderr}`.slice(0, 2000)}`)
  return stdout + stderr
}

function versionOf(name) {
  const { stdout } = spawnSync('npm', ['pkg', 'get', `dependencies.${name}`], { cwd: import.meta.dirname, encoding: 'utf8' })
  return JSON.parse(stdout)
}

/** Megabytes of the blocks that a folder takes. */
function diskSize(path) {
  const status = lstatSync(path)
  const own = (status.blocks === undefined ? status.size : status.blocks * 512) / 2 ** 20
  return status.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + diskSize(join(path, name)), own) : own
}

function packages(cwd) {
  const { stdout } = spawnSync('npm', ['ls', '--all', '--parseable'], { cwd, encoding: 'utf8' })
  return new Set(stdout.trim().split('\n').slice(1)).size
}
