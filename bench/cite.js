/**
 * What sources cost: the same answers with and without them, from a graph of 10,000 triples, for each form of query and for each
 * saved question.
 */
import { Store } from 'oxigraph'
import { multiplied, nQuads, project } from './dataset.js'
import { geometricMean, interleaved, median, ratio, repeatedTime, shown, sources, table, verdict } from './measure.js'

const TRIPLES = 10_000
/** Rows that are shown. */
const LIMIT = 100
const [ROUNDS, QUESTION_ROUNDS] = [9, 3]
/** Seconds after which an answer is not waited for, and milliseconds after which it is measured once. */
const [SECONDS, SLOW] = [20, 2000]

/** A query for each form: the same few kinds of things, so that the forms can be compared. */
const FORMS = {
  pattern: 'SELECT ?thing ?name { ?thing cmq:nameAsWritten ?name }',
  join: 'SELECT ?session ?body ?name { ?session a cmq:AssemblySession ; cmq:isSessionOf ?body . ?body cmq:nameAsWritten ?name }',
  OPTIONAL: 'SELECT ?event ?session { ?event a cmq:Event OPTIONAL { ?event cmq:takesPlaceDuring ?session } }',
  UNION: 'SELECT ?session ?place { { ?session cmq:isHeldIn ?place } UNION { ?session cmq:isPlannedIn ?place } }',
  path: 'SELECT ?session ?place { ?session cmq:isHeldIn/cmq:isLocatedIn* ?place }',
  'GROUP BY': 'SELECT ?place (COUNT(?name) AS ?names) { ?place a cmq:Place ; cmq:nameAsWritten ?name } GROUP BY ?place',
  'sub-SELECT':
    'SELECT ?post ?holders ?name { ?post cmq:nameAsWritten ?name { SELECT ?post (COUNT(?person) AS ?holders) { ?person cmq:isCalledHolderOf ?post } GROUP BY ?post } }',
  EXISTS: 'SELECT ?person { ?person a cmq:Person FILTER EXISTS { ?utterance cmq:isSpokenBy ?person } }',
  'NOT EXISTS': 'SELECT ?person { ?person a cmq:Person FILTER NOT EXISTS { ?utterance cmq:isSpokenBy ?person } }',
  MINUS: 'SELECT ?person { ?person a cmq:Person MINUS { ?utterance cmq:isSpokenBy ?person } }',
  DISTINCT: 'SELECT DISTINCT ?country { ?meetings cmq:meetsColleaguesFrom ?country }',
  LIMIT: 'SELECT ?thing ?name { ?thing cmq:nameAsWritten ?name } ORDER BY ?name ?thing LIMIT 10',
  CONSTRUCT: 'CONSTRUCT { ?post cmq:hasHolder ?person } WHERE { ?person cmq:isCalledHolderOf ?post }',
  DESCRIBE: 'DESCRIBE ?delegation { ?delegation a cmq:Delegation }',
  ASK: 'ASK { ?election cmq:electsPerson ?person }',
  GRAPH: 'SELECT ?claim ?country { GRAPH ?claim { ?meetings cmq:meetsColleaguesFrom ?country } GRAPH ?provenance { ?claim a cmq:Claim } }',
}

const read = await project()
const { answerParts, parseQuery, QuadStore } = await sources()
const { quads, documents } = multiplied(read, TRIPLES)
const graph = { store: QuadStore.of(quads), baseIRI: read.baseIRI, prefixes: read.prefixes, documents }
const peer = new Store()
peer.load(await nQuads(quads), { format: 'application/n-quads' })
const prologue = Object.entries(read.prefixes)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('')

/** The rows of an answer, which is read to its end. */
async function answer(inquiry, options) {
  const rows = []
  for await (const part of answerParts(graph, inquiry, { limit: LIMIT, timeout: SECONDS, ...options }))
    if (part.kind === 'rows') rows.push(...part.rows)
  return rows
}

/** What the peer answers to the same text, with the same limit where the text has none. */
function peerAnswer(text) {
  const isWhole = /^ASK|^DESCRIBE|LIMIT/m.test(text)
  const found = peer.query(isWhole ? text : `${text} LIMIT ${LIMIT}`)
  return typeof found === 'boolean' ? [found] : [...found]
}

const forms = []
for (const [form, text] of Object.entries(FORMS)) {
  const inquiry = { algebra: await parseQuery(text, { prefixes: read.prefixes }) }
  const rows = await answer(inquiry, { cite: true })
  const uncited = rows.filter(({ sources }) => sources.length === 0).length
  if (uncited > 0 || rows.length === 0) throw new Error(`${form}: ${uncited} of ${rows.length} rows without sources`)
  const measures = [
    () => repeatedTime(() => answer(inquiry, { cite: true })),
    () => repeatedTime(() => answer(inquiry, { cite: false })),
    () => repeatedTime(async () => peerAnswer(prologue + text)),
  ]
  await interleaved(measures, 3)
  forms.push({ name: form, rows: rows.length, figures: await interleaved(measures, ROUNDS) })
  process.stderr.write(`${form} `)
}

const [questions, unanswered] = [[], []]
for (const question of read.catalogue.questions.filter(({ text }) => !text.includes('SERVICE'))) {
  const { name, algebra, layer } = question
  const measure = cite => () => repeatedTime(() => answer({ algebra, question }, { layer, cite }))
  try {
    // What takes seconds is not asked for again and again.
    const isSlow = (await measure(false)()) > SLOW
    questions.push({ name, figures: await interleaved([measure(true), measure(false)], isSlow ? 1 : QUESTION_ROUNDS) })
  } catch (error) {
    if (error.code !== 'query-timeout') throw error
    unanswered.push(name)
  }
  process.stderr.write('.')
}

const ratios = list => list.map(({ figures: [cited, plain] }) => ratio(cited, plain))
const worst = list => Math.max(...ratios(list))
const slowest = [...questions].sort((one, other) => ratio(...other.figures) - ratio(...one.figures)).slice(0, 10)
console.log(`## Sources

Processor time of an answer with sources against the same without, in a warm process, from the article's dataset ${documents.length} times over
(${quads.filter(({ graph }) => graph.termType === 'DefaultGraph').length} triples in the default graph, ${graph.store.size} quads with claims and provenance). At most ${LIMIT} rows. Texts are parsed before,
except those of Oxigraph, which takes nothing else; it has no sources. Short answers are repeated. Median of ${ROUNDS} interleaved rounds.

${table(
  ['form', 'rows', 'without, ms', 'with, ms', 'with against without', 'with against Oxigraph'],
  forms.map(({ name, rows, figures: [cited, plain, other] }) => [
    name,
    rows,
    shown(median(plain)),
    shown(median(cited)),
    shown(ratio(cited, plain)),
    shown(ratio(cited, other)),
  ]),
)}

- geometric mean of the forms: ${verdict(geometricMean(ratios(forms)), 3)}
- the worst form: ${verdict(worst(forms), 10)}

The saved questions, asked of the same graph (${questions.length} of them, median of ${QUESTION_ROUNDS} rounds): geometric mean ${shown(geometricMean(ratios(questions)))}, worst ${shown(worst(questions))}.
${unanswered.length === 0 ? '' : `No answer within ${SECONDS} s, with or without sources: ${unanswered.join(', ')}.\n`}
${table(
  ['question', 'without, ms', 'with, ms', 'with against without'],
  slowest.map(({ name, figures: [cited, plain] }) => [name, shown(median(plain)), shown(median(cited)), shown(ratio(cited, plain))]),
)}
`)
