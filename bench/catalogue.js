/**
 * All saved questions with their sources in one warm process, against the same without sources and against engines that have none.
 */
import { createRequire } from 'node:module'
import { DataFactory, Store as N3Store } from 'n3'
import { Store } from 'oxigraph'
import { nQuads, project } from './dataset.js'
import { interleaved, median, processorTime, ratio, shown, table, verdict } from './measure.js'

const { QueryEngine } = createRequire(import.meta.url)('@comunica/query-sparql-file')
const [WARM_ROUNDS, ROUNDS] = [5, 7]

const read = await project()
// What other servers say is in no store of these engines.
const questions = read.catalogue.questions.filter(({ text }) => !text.includes('SERVICE'))
const layer = name => DataFactory.namedNode(`${read.baseIRI}layer/${name}`)

const peer = new Store()
peer.load(await nQuads(read.store), { format: 'application/n-quads' })
const engine = new QueryEngine()
/** Comunica asks a default graph, so that each layer needs a store. */
const stores = new Map(
  [...new Set(questions.map(question => question.layer))].map(name => {
    const named = read.store.getQuads(null, null, null, null).filter(({ graph }) => graph.termType !== 'DefaultGraph')
    const plain = read.layer(name).map(({ subject, predicate, object }) => DataFactory.quad(subject, predicate, object))
    return [name, new N3Store([...named, ...plain])]
  }),
)

/** Each gives the number of rows, and reads them all. */
const askers = {
  'communique, with sources': async ({ name }) => (await read.ask(name)).rows.length,
  'communique, without': async ({ name }) => (await read.ask(name, {}, { cite: false })).rows.length,
  'Comunica with N3.js, without': async question => {
    const result = await engine.query(question.text, { sources: [stores.get(question.layer)] })
    const found = await result.execute()
    return typeof found === 'boolean' ? Number(found) : (await found.toArray()).length
  },
  'Oxigraph, without': async ({ text, layer: name }) => {
    const found = peer.query(text, name === 'stated' ? {} : { default_graph: layer(name) })
    return typeof found === 'boolean' ? Number(found) : [...found].length
  },
}

const first = []
const counts = Object.keys(askers).map(() => [])
const measures = Object.values(askers).map((ask, asker) => async () => {
  const times = []
  for (const [index, question] of questions.entries())
    times.push(await processorTime(async () => (counts[asker][index] = await ask(question))))
  first[asker] ??= times
  return times
})
await interleaved(measures, WARM_ROUNDS)
const rounds = await interleaved(measures, ROUNDS)
const total = times => times.reduce((sum, time) => sum + time)
const totals = rounds.map(figures => figures.map(total))

const slowest = questions
  .map(({ name }, index) => ({ name, times: rounds.map(figures => median(figures.map(times => times[index]))), rows: counts[0][index] }))
  .sort((one, other) => other.times[0] - one.times[0])
  .slice(0, 5)
const names = Object.keys(askers)
const differing = questions.flatMap(({ name }, index) => {
  const found = counts.map(list => list[index])
  return found.every(count => count === found[0]) ? [] : [`${name} (${names.map((asker, at) => `${asker.split(',')[0]} ${found[at]}`).join(', ')})`]
})
console.log(`## Catalogue

Processor time for all ${questions.length} saved questions one after the other in one warm process; median of ${ROUNDS} interleaved rounds after ${WARM_ROUNDS} to warm up.
Comunica and Oxigraph take texts, so that each question is parsed every time; ours are parsed when the project is opened.

${table(
  ['who answers', 'ms', 'against Oxigraph'],
  names.map((name, asker) => [name, shown(median(totals[asker])), shown(ratio(totals[asker], totals[3]))]),
)}

- seconds for all questions with sources: ${verdict(median(totals[0]) / 1000, 1)}
- the very first round with sources, when the engine is loaded and nothing is compiled: ${shown(total(first[0]) / 1000)} s
- with sources against without: ${shown(ratio(totals[0], totals[1]))}; against Comunica without: ${shown(ratio(totals[0], totals[2]))}
- questions for which the engines give another number of rows: ${differing.length === 0 ? 'none' : differing.join('; ')}

The slowest:

${table(
  ['question', 'rows', 'with sources, ms', 'without, ms', 'Comunica, ms', 'Oxigraph, ms'],
  slowest.map(({ name, times, rows }) => [name, rows, ...times.map(shown)]),
)}
`)
