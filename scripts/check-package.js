/**
 * Packs the package, installs it in an empty folder as its users do, and uses it there: command line, library, types.
 * Needs the npm registry. Exits with 1 at the first thing that does not work.
 */
import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const folder = mkdtempSync(join(tmpdir(), 'communique-package-'))
const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}\n${`${stdout}${stderr}`.slice(0, 2000)}`)
  return stdout
}
const sizeOf = path => {
  const { size } = lstatSync(path)
  return lstatSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), size) : size
}
const must = (what, holds) => {
  console.log(`${holds ? '✓' : '✗'} ${what}`)
  if (!holds) throw new Error(what)
}

try {
  run('npm', 'pack', '--silent', '--ignore-scripts', root)
  const [tarball] = readdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }')
  run('npm', 'install', '--silent', '--no-audit', '--no-fund', '--engine-strict', `./${tarball}`)

  must(
    'npx communique article shows the article that ships',
    run('npx', 'communique', 'article').includes('[17] Photo: Interpol Twitter'),
  )
  must('npx communique check passes', run('npx', 'communique', 'check').includes('Everything checked holds.'))
  must(
    'npx communique ask answers with its sentence',
    run('npx', 'communique', 'ask', 'who-was-elected').includes('[s12-1] “During'),
  )
  const query = 'SELECT ?who { ?who a foaf:Person }'
  must(
    'npx communique query answers',
    run('npx', 'communique', 'query', '-e', query, '--format', 'csv').split('\r\n').length === 6,
  )
  writeFileSync(
    join(folder, 'federated.js'),
    `import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { openProject } from 'communique'
const results = { head: { vars: ['code'] }, results: { bindings: [{ code: { type: 'literal', value: 'CL' } }] } }
const iri = value => ({ type: 'uri', value })
const seats = [{ record: iri('https://ror.org/02cyaqf66'), place: iri('urn:p'), founded: { type: 'literal', value: '1923' }, seat: { type: 'literal', value: 'Lyon' } }]
const served = url => (url.includes('foundingDate') ? { head: { vars: Object.keys(seats[0]) }, results: { bindings: seats } } : results)
const server = createServer(({ url }, response) => response.end(JSON.stringify(served(url)))).listen(0, '127.0.0.1', async () => {
  const host = '127.0.0.1:' + server.address().port
  const text = 'SELECT ?code { SERVICE <http://' + host + '/sparql> { id:chile ?p ?code } }'
  const project = await openProject('node_modules/communique')
  const answer = await project.query(text, { services: { allow: [host], allowPrivate: true } })
  const options = ['query', '-e', text, '--allow', host, '--allow-private', '--format', 'csv']
  const saved = await project.ask('codes-of-countries-met')
  const seat = async services => (await project.ask('organization-elsewhere', {}, services)).rows[0].values.get('seat').value
  const seats = [await seat({}), await seat({ services: { mirror: 'http://' + host + '/sparql', allow: [host], allowPrivate: true } })]
  execFile('npx', ['communique', ...options], (_, out) => {
    console.log(answer.complete, answer.rows[0].values.get('code').value, out.trim().split(/\\s+/).join())
    console.log(saved.complete, saved.rows.length, saved.notes.at(-1).code, seats.join())
    process.exit()
  })
})
`,
  )
  const [asked, saved] = run('node', 'federated.js').trim().split('\n')
  must('a query reaches a server, from the library and the command line', asked === 'true CL code,CL')
  must(
    'a saved question is answered from its snapshot offline, and by a server that stands for the one it names',
    saved === 'true 10 federated-snapshot Lyon,Lyon',
  )
  const megabytes = sizeOf(join(folder, 'node_modules')) / 1e6
  must(`it takes ${megabytes.toFixed(1)} MB on disk, at most 60`, megabytes <= 60)

  writeFileSync(
    join(folder, 'user.ts'),
    `import { type Answer, check, cmq, formatOf, openProject, toDataset, type Fault } from 'communique'
const project = await openProject('node_modules/communique')
const answer: Answer = await project.ask('countries-met', { country: 'Chile' }, { limit: 5 })
const people: string[] = []
for await (const { values } of project.query(${JSON.stringify(query)})) people.push(values.get('who')?.value ?? '')
const text = [...formatOf('csv').write(answer)].join('')
const dataset = await toDataset(project.layer('stated'))
const faults: Fault[] = (await check(project)).checks.flatMap(({ faults }) => [...faults])
console.log(dataset.match(null, cmq.electsPerson).size, faults.length, answer.rows.length, people.length, text.length > 0)
`,
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', '', 'user.ts']
  run(process.execPath, tsc, ...options)
  must('a TypeScript program compiles against its types and runs', run(process.execPath, 'user.js').trim() === '1 0 1 4 true')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
