/**
 * What a cold answer costs: a new process that says who was elected, with the sentence that says so, against an empty Node process
 * and against Comunica's own command line, which answers the same query from the same data without sources.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nQuads, project } from './dataset.js'
import { commandTime, interleaved, median, program, ratio, root, shown, table, verdict } from './measure.js'

const [QUESTION, ELECTED] = ['who-was-elected', 'ahmed-nasser-al-raisi']
/** The clock of the system has steps of 10 ms: short commands run several times for one figure. */
const TIMES = 10
const [ROUNDS, FIRST_ROUNDS] = [9, 5]

const folder = await mkdtemp(join(tmpdir(), 'communique-bench-'))
try {
  const { store } = await project()
  const [empty, data] = [join(folder, 'empty.cjs'), join(folder, 'data.nq')]
  await writeFile(empty, '')
  await writeFile(data, await nQuads(store))
  const comunica = join(import.meta.dirname, 'node_modules/.bin/comunica-sparql-file')
  const question = join(root, 'queries', `${QUESTION}.rq`)
  const cache = name => ({ env: { ...process.env, XDG_CACHE_HOME: join(folder, name) } })

  const node = (...args) => [process.execPath, ...args]
  const communique = node(program, 'ask', QUESTION)
  const warm = cache('warm')
  const oxigraph = node(join(import.meta.dirname, 'oxigraph.js'), data, question)
  // A fast wrong answer is none.
  for (const [name, [command, ...args]] of Object.entries({ communique: [...communique, '--format', 'srj'], oxigraph, comunica: node(comunica, data, '-f', question) }))
    if (!execFileSync(command, args, { ...warm, encoding: 'utf8' }).includes(ELECTED)) throw new Error(`${name} does not say who was elected`)
  // What the first run keeps, and the second, which the first has shown to be typical.
  for (let run = 0; run < 3; run++) await commandTime(communique, warm)
  let first = 0
  const commands = [
    { name: 'an empty Node process', measure: () => commandTime(node(empty), { times: TIMES }) },
    { name: 'communique ask, with sources', measure: () => commandTime(communique, { ...warm, times: TIMES }) },
    { name: 'communique --version', measure: () => commandTime(node(program, '--version'), { ...warm, times: TIMES }) },
    { name: 'Oxigraph in a script, without sources', measure: () => commandTime(oxigraph) },
    { name: 'Comunica CLI, without sources', measure: () => commandTime(node(comunica, data, '-f', question)) },
  ]
  const figures = await interleaved(
    commands.map(({ measure }) => measure),
    ROUNDS,
  )
  const [empties, ours, , , theirs] = figures
  const firsts = await interleaved([() => commandTime(node(empty), { times: TIMES }), () => commandTime(communique, cache(`first-${first++}`))], FIRST_ROUNDS)

  const rows = [...commands.map(({ name }, index) => [name, figures[index], empties]), ['communique ask, its very first run (nothing kept)', firsts[1], firsts[0]]]
  console.log(`## Start

Processor time (user and system) of a whole process, median of ${ROUNDS} interleaved rounds (${FIRST_ROUNDS} for the first run). The question is
\`${QUESTION}\`; the peers read the dataset as N-Quads (${store.size} quads).

${table(
  ['process', 'ms', 'against an empty process'],
  rows.map(([name, times, others]) => [name, shown(median(times)), shown(ratio(times, others))]),
)}

- against an empty Node process: ${verdict(ratio(ours, empties), 1.6)}
- against Comunica's command line: ${verdict(ratio(ours, theirs), 0.25)}
`)
} finally {
  await rm(folder, { recursive: true })
}
