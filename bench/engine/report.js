import { geometricMean, median, shown, table, verdict } from '../measure.js'
import { barChart } from './chart.js'

const NAMES = {
  communique: 'ours',
  'communique-kept': 'ours, code kept',
  oxigraph: 'Oxigraph WASM',
  'comunica-n3': 'Comunica + N3.Store',
  'comunica-rdf-stores': 'Comunica + rdf-stores',
  'comunica-communique': 'Comunica + our store',
  quadstore: 'Comunica + quadstore',
}
const [OURS, KEPT, ANCHOR, N3] = ['communique', 'communique-kept', 'oxigraph', 'comunica-n3']

/**
 * The section of the results.
 *
 * @returns its text, pictures by file name, and whether all engines agreed and our ratios are what they should be
 */
export function page({ results, loads, isShort, isHuge, left, minutes }) {
  if (isHuge) return hugePage(results, left)
  const differing = results.flatMap(differences)
  const means = results.filter(({ engines }) => engines.includes(ANCHOR)).map(dataset => ({ dataset, rows: meansOf(dataset) }))
  const verdicts = isShort ? shortVerdicts(means) : longVerdicts(means, results, loads)
  const parts = [
    `Engines are processes of their own, asked in turn, query by query; a query is its text until the last value of its last row was looked
at. Processor time against Oxigraph (WebAssembly) = 1, geometric mean of all classes that both finish in time (how many, if not all);
"plan kept": the same query again; "new text": parsed and planned each time, as the others do always; "first": the first time in a process,
the median of several processes, where there are, that are asked each query once; "code kept": with the machine code of a process before, as
our program keeps it.`,
    meansTable(means, 'cpu'),
    'The same in wall time:',
    meansTable(means, 'wall'),
    ...(differing.length > 0
      ? [`**Answers that differ:** ${differing.join('; ')}`]
      : [`All engines gave the same answers to all they finished: ${answered(results)} answers compared.`]),
    ...(left.length > 0 ? [`Not or not wholly asked within ${minutes} minutes, or without its data: ${left.join(', ')}.`] : []),
    verdicts.lines.join('\n'),
    ...(isShort || means.length === 0 ? [] : ['![Queries](engine-queries.svg)', '![Loading and memory](engine-loading.svg)']),
    ...results.filter(({ name }) => isShort || ['92k', '910k', 'world'].includes(name)).map(classTable),
    ...(loads.length > 0 ? [loadTable(loads)] : []),
    ...(results.some(isLarge) ? [memoryTable(results.filter(isLarge))] : []),
    ...failures(results),
  ]
  const pictures =
    isShort || means.length === 0
      ? {}
      : { 'engine-queries.svg': queriesChart(means), 'engine-loading.svg': loadingChart(loads, results) }
  return { text: `## Engine\n\n${parts.join('\n\n')}`, pictures, isGood: differing.length === 0 && verdicts.isGood }
}

/** Our own engine alone; what it answers is compared in smaller datasets. */
function hugePage(results, left) {
  const parts = results.map(dataset => {
    const { wall, cpu, bytes } = dataset.loading[OURS]
    const memory = `${Math.round(bytes / dataset.all)} bytes a quad more in the process, garbage collected`
    const loading = `${dataset.all.toLocaleString('en')} quads, N-Quads: queryable after ${shown(wall / 1000)} s (${shown(cpu / 1000)} s of the processor); ${memory}.`
    return `${loading}\n\n${classTable(dataset)}`
  })
  const isWhole = results.length > 0 && left.length === 0
  return {
    text: `## Ten million quads\n\n${[...parts, ...failures(results)].join('\n\n')}${isWhole ? '' : '\n\n**Not wholly asked.**'}`,
    pictures: {},
    isGood: isWhole && failures(results).length === 0,
  }
}

/** Answers of one class that are not those of the others. */
function differences({ name, classes }) {
  return classes.flatMap(({ name: query, answers }) => {
    const digests = Object.entries(answers).filter(([, { digest }]) => digest !== undefined)
    const isSame = digests.every(([, { digest }]) => digest === digests[0][1].digest)
    return isSame ? [] : [`${name}, ${query} (${digests.map(([engine, { digest }]) => `${NAMES[engine]} ${digest}`).join(', ')})`]
  })
}

function answered(results) {
  return results
    .flatMap(({ classes }) => classes.flatMap(({ answers }) => Object.values(answers)))
    .filter(({ digest }) => digest !== undefined).length
}

/** What is compared: each with the figures that it takes from an answer. */
const MEASURES = [
  { name: 'ours, plan kept', engine: OURS, of: ({ kept }) => kept },
  { name: 'ours, new text', engine: OURS, of: ({ fresh }) => fresh },
  { name: 'ours, first', engine: OURS, of: ({ firsts }) => firsts, against: ({ firsts }) => firsts },
  { name: 'ours, first, code kept', engine: KEPT, of: ({ firsts }) => firsts, against: ({ firsts }) => firsts },
  ...Object.entries(NAMES)
    .filter(([engine]) => ![OURS, KEPT, ANCHOR].includes(engine))
    .map(([engine, name]) => ({ name, engine, of: ({ kept }) => kept })),
]

function meansOf(dataset) {
  return MEASURES.filter(({ engine }) => dataset.engines.includes(engine)).map(
    ({ name, engine, of, against = ({ kept }) => kept }) => {
      const pairs = dataset.classes.flatMap(({ answers }) => {
        const [one, other] = [answers[engine], answers[ANCHOR]]
        return one.error === undefined && other.error === undefined ? [[of(one), against(other)]] : []
      })
      const mean = key => geometricMean(pairs.map(([figures, others]) => relation(figures, others, key)))
      return { name, engine, count: pairs.length, of: dataset.classes.length, cpu: mean('cpu'), wall: mean('wall') }
    },
  )
}

function relation(figures, others, key) {
  const values = list => median(list.map(figure => Math.max(figure[key], 1e-3)))
  return values(figures) / values(others)
}

function meansTable(means, key) {
  const head = ['dataset', 'quads', ...MEASURES.map(({ name }) => name)]
  const cell = row => (row === undefined ? '-' : `${shown(row[key])}${row.count < row.of ? ` (${row.count})` : ''}`)
  return table(
    head,
    means.map(({ dataset, rows }) => [
      dataset.name,
      dataset.all.toLocaleString('en'),
      ...MEASURES.map(({ name }) => cell(rows.find(row => row.name === name))),
    ]),
  )
}

function classTable({ name, engines, classes }) {
  const others = engines.filter(engine => ![OURS, KEPT, ANCHOR].includes(engine))
  const hasAnchor = engines.includes(ANCHOR)
  const milliseconds = ({ error, kept }) => (error === undefined ? shown(median(kept.map(({ wall }) => wall))) : error)
  const relative = (answers, engine, of) => {
    const [one, other] = [answers[engine], answers[ANCHOR]]
    if (one.error !== undefined) return one.error
    if (!hasAnchor || other.error !== undefined)
      return of(one).length === 0 ? '' : `${shown(median(of(one).map(({ wall }) => wall)))} ms`
    return shown(relation(of(one), other.kept, 'cpu'))
  }
  const rows = classes.map(({ name: query, answers }) => [
    query,
    Object.values(answers).find(({ rows }) => rows !== undefined)?.rows ?? '',
    ...(hasAnchor ? [milliseconds(answers[ANCHOR])] : []),
    relative(answers, OURS, ({ kept }) => kept),
    relative(answers, OURS, ({ fresh }) => fresh),
    ...others.map(engine => relative(answers, engine, ({ kept }) => kept)),
    firstRows(answers),
  ])
  const head = [
    'class',
    'rows',
    ...(hasAnchor ? ['Oxigraph, ms'] : []),
    'ours, plan kept',
    'ours, new text',
    ...others.map(engine => NAMES[engine]),
    'first row, ms',
  ]
  return `### ${name}\n\n${table(head, rows)}`
}

/** Milliseconds to the first row, where it comes before the last: ours, Oxigraph's and Comunica's. */
function firstRows(answers) {
  return [OURS, ANCHOR, N3]
    .map(engine => answers[engine]?.firstRow ?? [])
    .filter(({ length }) => length > 0)
    .map(list => shown(median(list.map(({ wall }) => wall))))
    .join(' / ')
}

function loadTable(loads) {
  const anchor = ending => median(loads.find(one => one.engine === N3 && one.ending === ending).loads.map(({ cpu }) => cpu))
  return `### Loading\n\nBytes on the disk until a query could be asked; processor time, and N3.Store = 1.\n\n${table(
    ['engine', 'syntax', 'triples', 'ms', 'triples a second', 'against N3.Store'],
    loads.map(({ engine, ending, triples, loads: list }) => {
      const time = median(list.map(({ cpu }) => cpu))
      return [
        NAMES[engine],
        ending === 'nt' ? 'N-Triples' : 'Turtle',
        triples.toLocaleString('en'),
        shown(time),
        Math.round((triples / time) * 1000).toLocaleString('en'),
        shown(time / anchor(ending)),
      ]
    }),
  )}`
}

/** In a small dataset what the engine itself takes would be counted, too. */
function isLarge({ all }) {
  return all > 50_000
}

function memoryTable(results) {
  const engines = [...new Set(results.flatMap(one => one.engines))]
  return `### Memory\n\nBytes a quad that the process has more after N-Quads were read and garbage collected.\n\n${table(
    ['dataset', ...engines.map(engine => NAMES[engine])],
    results.map(({ name, all, loading }) => [
      name,
      ...engines.map(engine => (loading[engine] ? Math.round(loading[engine].bytes / all) : '-')),
    ]),
  )}`
}

function failures(results) {
  const lines = results.flatMap(({ name, classes }) =>
    classes.flatMap(({ name: query, answers }) =>
      Object.entries(answers).flatMap(([engine, { error }]) =>
        error === undefined ? [] : [`- ${name}, ${query}: ${NAMES[engine]} ${error}`],
      ),
    ),
  )
  return lines.length === 0 ? [] : [`### Without an answer\n\n${lines.join('\n')}`]
}

/** In CI a machine is busy: what counts is that answers are right, and no ratio far off. */
function shortVerdicts(means) {
  const most = { 'ours, plan kept': 0.15, 'ours, new text': 1.2 }
  const checks = means.flatMap(({ dataset, rows }) =>
    rows
      .filter(({ name }) => name in most)
      .map(({ name, cpu }) => ({ line: `- ${dataset.name}, ${name}: ${verdict(cpu, most[name])}`, isGood: cpu <= most[name] })),
  )
  return { lines: checks.map(({ line }) => line), isGood: checks.every(({ isGood }) => isGood) }
}

function longVerdicts(means, results, loads) {
  const mean = (name, measure) => means.find(({ dataset }) => dataset.name === name)?.rows.find(row => row.name === measure)
  const line = (what, figure, most) =>
    !Number.isFinite(figure) ? [] : [`- ${what}: ${verdict(figure, most)}`]
  const middle = results.find(({ name }) => name === '92k')
  const relations = (dataset, task, key, names) =>
    (dataset?.classes ?? []).flatMap(({ name, answers: { [OURS]: one, [ANCHOR]: other } }) =>
      one.error === undefined && other.error === undefined && one[task].length > 0 && (names === undefined || names.includes(name))
        ? [relation(one[task], other[task], key)]
        : [],
    )
  const firstRows = [middle, results.find(({ name }) => name === '910k')].flatMap(one => relations(one, 'firstRow', 'wall'))
  const time = (engine, ending) =>
    median(loads.find(one => one.engine === engine && one.ending === ending)?.loads.map(({ cpu }) => cpu) ?? [NaN])
  const under = mean('92k', NAMES['comunica-communique'])
  const large = results.find(({ name }) => name === '910k')
  const n3 = mean('92k', NAMES[N3])
  const lines = [
    ...line('plan kept, 92k', mean('92k', 'ours, plan kept')?.cpu, 0.07),
    ...line('the worst class of it', Math.max(...relations(middle, 'kept', 'cpu')), 0.3),
    ...line('the same against Comunica + N3.Store', n3 && mean('92k', 'ours, plan kept').cpu / n3.cpu, 1 / 150),
    ...line('new text, 92k', mean('92k', 'ours, new text')?.cpu, 0.1),
    ...line('new text, 600', mean('600', 'ours, new text')?.cpu, 0.4),
    ...line('first run of a query in a process, 600, with the machine code kept, as our program does', mean('600', 'ours, first, code kept')?.cpu, 1),
    ...line('the same as a library, which leaves no files', mean('600', 'ours, first')?.cpu, 1),
    ...line('plan kept, 910k', mean('910k', 'ours, plan kept')?.cpu, 0.08),
    ...line('cyclic joins, 910k', geometricMean(relations(large, 'kept', 'cpu', ['triangle', 'likes cycle'])), 0.03),
    ...line('first row of the classes that stream, 92k and 910k, wall time', geometricMean(firstRows), 0.02),
    ...line('through Comunica against Comunica + N3.Store, 92k', under && under.cpu / mean('92k', NAMES[N3]).cpu, 0.05),
    ...line('N-Triples against N3.Store', time(OURS, 'nt') / time(N3, 'nt'), 1 / 12),
    ...line('Turtle against N3.Store', time(OURS, 'ttl') / time(N3, 'ttl'), 1 / 8),
    ...line('memory against N3.Store, 910k', large && large.loading[OURS].bytes / large.loading[N3].bytes, 0.1),
  ]
  return { lines, isGood: true }
}

function queriesChart(means) {
  return barChart(
    'Processor time of a query, Oxigraph (WebAssembly) = 1; geometric mean',
    means.map(({ dataset, rows }) => ({
      name: `${dataset.name}${dataset.world ? '' : ' quads'}`,
      bars: rows.map(({ name, cpu, engine }) => ({ name, value: cpu, isOurs: [OURS, KEPT].includes(engine) })),
    })),
  )
}

function loadingChart(loads, results) {
  const anchor = ending => median(loads.find(one => one.engine === N3 && one.ending === ending).loads.map(({ cpu }) => cpu))
  const large = results.find(({ name }) => name === '910k') ?? results.at(-1)
  const groups = ['nt', 'ttl'].map(ending => ({
    name: ending === 'nt' ? 'N-Triples to queryable' : 'Turtle to queryable',
    bars: loads
      .filter(one => one.ending === ending)
      .map(({ engine, loads: list }) => ({
        name: NAMES[engine],
        value: median(list.map(({ cpu }) => cpu)) / anchor(ending),
        isOurs: engine === OURS,
      })),
  }))
  const memory = Object.entries(large.loading).map(([engine, { bytes }]) => ({
    name: NAMES[engine],
    value: bytes / large.loading[N3].bytes,
    isOurs: engine === OURS,
  }))
  return barChart('Loading (processor time) and memory, N3.Store = 1', [
    ...groups.filter(({ bars }) => bars.length > 0),
    { name: `Memory, ${large.name}`, bars: memory },
  ])
}
