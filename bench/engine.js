/**
 * Queries against a shop of four sizes and against real data, asked of our engine and of others in turn; loading and memory. Every
 * engine is a process of its own; all must answer the same. `--short`: what fits a minute or so, for CI, which fails by it. `--huge`:
 * ten million quads. The names of datasets choose these.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeData } from './engine/data.js'
import { Peer } from './engine/process.js'
import { CLASSES } from './engine/queries.js'
import { page } from './engine/report.js'
import { writeWorld } from './engine/world.js'
import { interleaved, median, root } from './measure.js'

const isShort = process.argv.includes('--short')
const isHuge = process.argv.includes('--huge')
const chosen = process.argv.slice(2).filter(word => !word.startsWith('--'))

const [OURS, KEPT, OXIGRAPH, N3, STORES, UNDER, QUADSTORE] = [
  'communique',
  'communique-kept',
  'oxigraph',
  'comunica-n3',
  'comunica-rdf-stores',
  'comunica-communique',
  'quadstore',
]
/**
 * What is asked of whom, how often, and for how many seconds at most; the large ones only of those who have an answer in time. Where
 * there are `processes`, as many of ours and of Oxigraph are asked each query once: a first run is over before its clock counts.
 */
const ALL = isHuge
  ? [{ name: '10 million', products: 314_000, engines: [OURS], rounds: 3, seconds: 60 }]
  : isShort
    ? [
        { name: '600', products: 15, engines: [OURS, OXIGRAPH, N3], rounds: 3, seconds: 3 },
        { name: '9k', products: 290, engines: [OURS, OXIGRAPH, N3], rounds: 2, seconds: 3 },
      ]
    : [
        { name: '600', products: 15, engines: [OURS, KEPT, OXIGRAPH, N3, STORES, UNDER, QUADSTORE], rounds: 3, seconds: 3, processes: 7 },
        { name: '9k', products: 290, engines: [OURS, KEPT, OXIGRAPH, N3, STORES, UNDER], rounds: 3, seconds: 3, processes: 5 },
        { name: '92k', products: 2875, engines: [OURS, OXIGRAPH, N3, STORES, UNDER], rounds: 3, seconds: 4 },
        { name: '910k', products: 28_600, engines: [OURS, OXIGRAPH, N3, STORES], rounds: 3, seconds: 8 },
        { name: 'world', world: true, engines: [OURS, OXIGRAPH, N3, STORES], rounds: 3, seconds: 5 },
      ]
const DATASETS = chosen.length === 0 ? ALL : ALL.filter(({ name }) => chosen.includes(name))
/** A query that takes so many milliseconds is not asked again and again. */
const SLOW = isHuge ? 10_000 : 1500
/** Minutes after which nothing more is asked, so that every run ends. */
const MINUTES = isHuge ? 60 : isShort ? 1.5 : 17
const end = performance.now() + MINUTES * 60_000
/** Of which dataset loading is measured, by whom, and how often. */
const LOADING = { name: isShort ? '9k' : '910k', engines: [OURS, N3, OXIGRAPH], rounds: isShort ? 1 : 3 }
/** Whose memory is taken as often, with named graphs: it is another in each process. */
const MEMORY = isShort ? [] : [OURS, N3]

const folder = await mkdtemp(join(tmpdir(), 'communique-engine-'))
const known = process.env.OPENDATA_DIR ?? resolve(root, '../shared/opendata')
/** What was over its time in a smaller dataset is not asked of a larger. */
const given = new Set()
const [results, loads] = [[], []]
try {
  for (const dataset of DATASETS) {
    const file = join(folder, dataset.name.replace(' ', '-'))
    const counts = dataset.world
      ? await writeWorld(known, `${file}.nq`)
      : await writeData(dataset.products, file, dataset.name === LOADING.name ? ['nq', 'nt', 'ttl'] : ['nq'])
    if (performance.now() > end) {
      process.stderr.write(`no time left for ${dataset.name}\n`)
      break
    }
    if (counts === undefined) {
      process.stderr.write(`no open data in ${known}: passed over\n`)
      continue
    }
    const result = { ...dataset, ...counts, ...(await asked(dataset, `${file}.nq`)) }
    results.push(result)
    if (dataset.processes) await askedOnce(dataset, `${file}.nq`, result.classes)
    if (dataset.name === LOADING.name) {
      loads.push(...(await loaded(file, counts.plain, LOADING.engines, ['nt', 'ttl'])))
      for (const { engine, loads: more } of await loaded(file, counts.all, MEMORY, ['nq']))
        result.loading[engine].bytes = median([result.loading[engine], ...more].map(({ bytes }) => bytes))
    }
    await rm(`${file}.nq`)
  }
} finally {
  await rm(folder, { recursive: true })
}
const left = DATASETS.filter(
  ({ name, world }) => (results.find(one => one.name === name)?.classes.length ?? 0) < CLASSES[world ? 'world' : 'shop'].length,
)
const { text, pictures, isGood } = page({
  results: results.filter(({ classes }) => classes.length > 0),
  loads,
  isShort,
  isHuge,
  left: left.map(({ name }) => name),
  minutes: MINUTES,
})
console.log(text)
if (!isShort && !isHuge)
  for (const [name, picture] of Object.entries(pictures)) await writeFile(join(import.meta.dirname, name), picture)
if (!isGood) process.exitCode = 1

/** Asks every class of every engine. */
async function asked({ name, world, engines, rounds, seconds }, file) {
  const peers = engines.map(engine => new Peer(engine, file))
  const loading = {}
  try {
    for (const peer of peers) {
      process.stderr.write(`${name}: ${peer.name} loads\n`)
      loading[peer.name] = await peer.load()
    }
    const classes = []
    for (const [index, query] of CLASSES[world ? 'world' : 'shop'].entries()) {
      if (performance.now() > end) break
      const answers = {}
      // Who is asked after the others is a tenth faster: each begins in turn.
      const begins = index % peers.length
      for (const peer of [...peers.slice(begins), ...peers.slice(0, begins)]) answers[peer.name] = await answer(peer, query, seconds)
      await rounded(
        peers.filter(peer => answers[peer.name].error === undefined),
        answers,
        query,
        rounds,
        seconds,
      )
      classes.push({ name: query.name, answers })
      const took = Object.entries(answers).map(([engine, { first, error }]) => `${engine} ${error ?? Math.round(first.wall)}`)
      process.stderr.write(`${name}: ${query.name}: ${took.join(', ')}\n`)
    }
    return { loading, classes }
  } finally {
    for (const peer of peers) peer.end()
  }
}

/** Asks every class once, in processes that were asked nothing before but the classes before it. */
async function askedOnce({ name, engines, seconds, processes }, file, classes) {
  const chosen = [OURS, KEPT, OXIGRAPH].filter(engine => engines.includes(engine))
  for (const { answers } of classes) for (const engine of chosen) answers[engine].firsts = []
  const measures = chosen.map(engine => async () => {
    const peer = new Peer(engine, file)
    try {
      await peer.load()
      for (const [index, { answers }] of classes.entries()) {
        const { text } = CLASSES.shop[index]
        if (answers[engine].error === undefined) answers[engine].firsts.push(await peer.ask('first', { text }, seconds))
      }
    } finally {
      peer.end()
    }
  })
  process.stderr.write(`${name}: first runs\n`)
  await interleaved(measures, processes)
}

/** The first answer of an engine, and what it says. */
async function answer(peer, { name, text }, seconds) {
  const key = `${peer.name} ${name}`
  if (given.has(key)) return { error: 'not asked' }
  try {
    const first = await peer.ask('first', { text }, seconds)
    return { first, firsts: [first], rows: first.rows, digest: await peer.ask('digest', { text }, seconds * 2), kept: [], fresh: [], firstRow: [] }
  } catch (error) {
    given.add(key)
    return { error: error.message }
  }
}

/** All engines in turn, round after round. */
async function rounded(peers, answers, { text, streams }, rounds, seconds) {
  const tasks = ['kept', 'fresh', ...(streams ? ['firstRow'] : [])]
  const measures = peers.flatMap(peer =>
    tasks.map(task => async () => {
      const found = answers[peer.name]
      const isSlow = found.first.wall > SLOW
      // Only ours keeps plans: of others both are the same.
      if (found.error !== undefined || (task === 'fresh' && peer.name !== OURS) || (isSlow && found.kept.length > 0)) return
      try {
        found[task].push(await peer.ask(task, { text, once: isSlow }, seconds * 2))
      } catch (error) {
        found.error = error.message
      }
    }),
  )
  await interleaved(measures, rounds)
}

/** What it takes to read a dataset, by the endings of its files, each time in a new process. */
async function loaded(file, triples, engines, endings) {
  const figures = engines.flatMap(engine => endings.map(ending => ({ engine, ending, triples, loads: [] })))
  const measures = figures.map(({ engine, ending, loads: list }) => async () => {
    const peer = new Peer(engine, `${file}.${ending}`)
    try {
      list.push(await peer.load())
    } finally {
      peer.end()
    }
  })
  await interleaved(measures, LOADING.rounds)
  return figures
}
