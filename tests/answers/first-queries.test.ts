import { DataFactory } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { graphOfLayer } from '../../src/answers/answering.ts'
import { emptyAnswerNotes } from '../../src/answers/hints.ts'
import type { Layer } from '../../src/project/layer.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { ask, construct, parseQuery, select } from '../../src/query/engine.ts'
import { quadOf } from '../../src/rdf/term.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { cmq } from '../../src/rdf/vocabulary.ts'
import type { QuadLookup } from '../../src/store/quad-lookup.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import { root } from '../given.ts'

let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

const PREFIXES = `
  PREFIX dbo: <http://dbpedia.org/ontology/>
  PREFIX ex: <http://example.org/>
  PREFIX wdt: <http://www.wikidata.org/prop/direct/>`

describe('what a stranger asks first has an answer', () => {
  test.each([
    ['SELECT ?p { ?p a foaf:Person }', 'id:kim-jong-young'],
    ['SELECT ?p { ?p a schema:Person ; rdfs:label "Igor Zubov"@en }', 'id:igor-zubov'],
    ['SELECT ?x { ?x rdfs:label "Interpol"@en }', 'id:interpol'],
    ['SELECT ?x { ?x rdfs:label ?l FILTER(CONTAINS(?l, "Interpol")) }', 'id:president-of-interpol'],
    ['SELECT ?x { ?x ?p ?l FILTER(LCASE(STR(?l)) = "interpol") }', 'id:interpol'],
    ['SELECT ?who ?how { ?who ?how id:president-of-interpol }', 'id:ahmed-nasser-al-raisi cmq:isElectedTo'],
    ['SELECT (COUNT(*) AS ?n) { ?c a schema:Country }', '13'],
    ['SELECT ?class { ?x a ?class }', 'schema:Event'],
    ['SELECT ?e ?d { ?e a cmq:Event ; cmq:statedBegin ?d }', 'id:interpol-general-assembly-session-89 "--11-23"^^xsd:gMonthDay'],
    ['SELECT ?o ?n { ?o a org:Organization ; rdfs:label ?n }', 'id:interpol "Interpol"@en'],
    ['SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000', 'id:istanbul cmq:isLocatedIn id:turkey'],
    ['DESCRIBE id:istanbul', 'id:istanbul rdfs:label "Istanbul"@en'],
  ])('%s', async (query, row) => {
    const { rows, notes } = await asked(query)
    expect(rows).toContain(row)
    expect(notes).toEqual([])
  })
})

describe('what the ontology calls by another name is told by that name', () => {
  test.each([
    ['?p a schema:Person ; schema:name ?n', 'schema:name is not in the data; did you mean rdfs:label or cmq:nameAsWritten?'],
    ['?p foaf:name ?n', 'foaf:name is not in the data; did you mean rdfs:label or cmq:nameAsWritten?'],
    [
      '?e a schema:Event ; schema:startDate ?d',
      'schema:startDate is not in the data; did you mean cmq:statedBegin or cmq:earliestBegin (with --layer inferred)?',
    ],
    [
      '?e dcterms:date ?d',
      'dcterms:date is not in the data; did you mean cmq:statedBegin or cmq:earliestBegin (with --layer inferred)?',
    ],
    ['?e schema:location ?where', 'schema:location is not in the data; did you mean cmq:isHeldIn or cmq:isPlannedIn?'],
    ['?who org:holds ?post', 'org:holds is not in the data; did you mean cmq:isCalledHolderOf or cmq:isElectedTo?'],
    [
      '?org org:hasMember ?m',
      'org:hasMember is not in the data; did you mean cmq:isAdmittedTo or cmq:hasMember (with --layer inferred)?',
    ],
    [
      '?x a ex:President',
      'ex:President is not in the data; did you mean cmq:Post or cmq:Tenure? ' +
        'Called so in the article: id:president-of-turkey, id:president-of-interpol, id:election-of-the-president-of-interpol.',
    ],
    ['?x a dbo:Event', 'dbo:Event is not in the data; did you mean cmq:Event?'],
    ['?x a dbo:Organisation', 'dbo:Organisation is not in the data; did you mean cmq:Organization?'],
    ['?x wdt:P31 ?class', 'wdt:P31 is not in the data; did you mean rdf:type?'],
    [
      '?x a <https://schema.org/Person>',
      '<https://schema.org/Person> is not in the data; did you mean schema:Person or cmq:Person?',
    ],
    ['?e cmq:electPerson ?p', 'cmq:electPerson is not in the data; did you mean cmq:electsPerson or cmq:isElectedTo?'],
    ['id:zubov ?p ?o', /^id:zubov is not in the data; did you mean id:igor-zubov or /],
    ['id:interpol-president ?p ?o', /Called so in the article: id:president-of-interpol,/],
    ['?x ?p ?n FILTER(?p = foaf:name)', 'foaf:name is not in the data; did you mean rdfs:label or cmq:nameAsWritten?'],
  ])('%s', async (pattern, note) => {
    expect(await asked(`SELECT * { ${pattern} }`)).toEqual({ rows: [], notes: [saying('unknown-term', note), NO_ANSWER] })
  })
})

describe('a value that is nearly right is told the right one', () => {
  test.each([
    ['?x rdfs:label "Interpol"', 'similar-literal', '"Interpol" has no language tag here; the data has "Interpol"@en.'],
    ['?x rdfs:label "interpol"@en', 'similar-literal', '"interpol"@en is spelt differently here; the data has "Interpol"@en.'],
    ['?c cmq:countValue "195"', 'similar-literal', '"195" is of type xsd:string here; the data has 195 of type xsd:integer.'],
    [
      '?x rdfs:label ?l FILTER(CONTAINS(?l, "interpol"))',
      'filter',
      '`FILTER(CONTAINS(?l, "interpol"))` takes away every solution, such as ?l = "Interpol"@en; "interpol" is spelt ' +
        'differently here; the data has "Interpol"@en: compare LCASE(STR(?l)) with lower-case letters.',
    ],
    ['?x rdfs:label "Erdogan"@en', 'no-match', /the data has as object "Recep Tayyip Erdogan"@en/],
    ['?x skos:prefLabel "Istanbul"@en', 'no-match', /the data has as predicate rdfs:label, cmq:nameAsWritten;/],
    ['?e cmq:statedBegin "2021-11-23"^^xsd:date', 'no-match', /the data has as object "--11-23"\^\^xsd:gMonthDay/],
    [
      '?e cmq:statedBegin ?d FILTER(YEAR(?d) = 2021)',
      'filter',
      /such as \?d = "--11-23"\^\^xsd:gMonthDay; the text names no year, but cmq:earliestBegin has one with --layer inferred\.$/,
    ],
    ['id:kim-jong-young cmq:isElectedTo id:president-of-interpol', 'no-match', /as predicate cmq:isCalledHolderOf\.$/],
  ])('%s', async (pattern, code, note) => {
    expect(await asked(`SELECT * { ${pattern} }`)).toEqual({ rows: [], notes: [saying(code, note), NO_ANSWER] })
  })
})

describe('what is not in the stated layer is told where it is', () => {
  test.each([
    [
      '?x cmq:obligation ?words',
      'attributed',
      '`?x cmq:obligation ?words` is not stated as a fact, but said by Kim Jong-young (Necessity): ' +
        'ask with `GRAPH ?claim { ?x cmq:obligation ?words }`.',
    ],
    [
      '?x cmq:leadsTo+ ?y',
      'attributed',
      /^cmq:leadsTo in `\?x cmq:leadsTo\+ \?y` is not stated as a fact, but said by the author/,
    ],
    ['?e cmq:earliestBegin ?d', 'inferred-only', '`?e cmq:earliestBegin ?d` is inferred, not stated: ask with --layer inferred.'],
    [
      '?claim cmq:isVoicedBy ?who',
      'other-graph',
      /provenance> only: ask with `GRAPH \?other { \?claim cmq:isVoicedBy \?who }`\.$/,
    ],
    ['GRAPH ?c { ?x cmq:remedy ?w . ?c cmq:isVoicedBy ?v }', 'other-graph', /`GRAPH \?other { \?c cmq:isVoicedBy \?v }`\.$/],
    ['?e dcterms:title ?t', 'other-graph', /; or did you mean rdfs:label or cmq:nameAsWritten\?$/],
    [
      '?e cmq:hasEventStatus cmq:Held ; a cmq:Congress',
      'unknown-term',
      'cmq:Congress is not in the data; did you mean cmq:AssemblySession or cmq:MeetingSeries?',
    ],
    [
      '?x cmq:hasCountQualifier ?q',
      'unknown-term',
      'cmq:hasCountQualifier is a term of the ontology, but nothing in the stated layer has it.',
    ],
    ['?x cmq:Person ?y', 'unknown-term', 'cmq:Person is a class, no property: write `?x a cmq:Person`.'],
    ['?x a cmq:isHeldIn', 'unknown-term', 'cmq:isHeldIn is a property, no class: write `?x cmq:isHeldIn ?y`.'],
    [
      '?p a cmq:Person ; cmq:electsPerson ?who',
      'no-join',
      '`?p a cmq:Person` and `?p cmq:electsPerson ?who` match apart, but not together on ?p; ' +
        'cmq:electsPerson is said of a cmq:Election.',
    ],
  ])('%s', async (pattern, code, note) => {
    expect(await asked(`SELECT * { ${pattern} }`)).toEqual({ rows: [], notes: [saying(code, note), NO_ANSWER] })
  })
})

test('in the layer inferred nothing is told of that layer', async () => {
  expect((await asked('SELECT ?d { ?e cmq:earliestBegin ?d }', 'inferred')).rows).toContain('"2021-11-23"^^xsd:date')
  expect((await asked('SELECT * { ?e schema:startDate ?d }', 'inferred')).notes[0]).toEqual(
    saying('unknown-term', 'schema:startDate is not in the data; did you mean cmq:statedBegin or cmq:earliestBegin?'),
  )
})

test('ASK, CONSTRUCT and a count of 0 are told the same', async () => {
  const reason = saying('unknown-term', 'schema:name is not in the data; did you mean rdfs:label or cmq:nameAsWritten?')
  for (const form of ['ASK', 'CONSTRUCT { ?p rdfs:label ?n } WHERE', 'SELECT (COUNT(*) AS ?n)']) {
    expect((await asked(`${form} { ?p schema:name ?n }`)).notes).toEqual([reason, NO_ANSWER])
  }
})

const NO_ANSWER = { code: 'no-answer', text: '"No answer in this article" is not "the answer is no".' }

function saying(code: string, text: string | RegExp): object {
  return { code, text: typeof text === 'string' ? text : expect.stringMatching(text) }
}

/** The rows of a query, their terms as Turtle writes them; if it has none, or counts 0, the notes. */
test('a slip of whoever wrote the data is told from one of whoever asks', async () => {
  const slip = DataFactory.namedNode(`${project.prefixes.cmq}electsPersn`)
  const quads = project.store
    .getQuads(null, null, null, null)
    .map(quad => (quad.predicate.equals(cmq.electsPerson) ? quadOf(quad.subject, slip, quad.object, quad.graph) : quad))
  const text = 'SELECT ?who { ?election cmq:electsPerson ?who }'
  const graph = graphOfLayer({ ...project, store: QuadStore.of(quads) }, 'stated')
  expect(graph.store.countQuads(null, slip, null, DataFactory.defaultGraph())).toBe(1)
  const algebra = await parseQuery(text, { prefixes: project.prefixes })
  expect((await emptyAnswerNotes(graph, graph.store, algebra, { layer: 'stated', text }))[0]).toEqual({
    code: 'unknown-term',
    text: `cmq:electsPerson is a term of the ontology, but nothing in the stated layer has it. The data has cmq:electsPersn, which is no term: \`communique check\` says where.`,
  })
})

async function asked(query: string, layer: Layer = 'stated') {
  const text = PREFIXES + query
  const graph = graphOfLayer(project, layer)
  const algebra = await parseQuery(text, { prefixes: project.prefixes })
  const rows = (await answers(graph.store, query, algebra)).map(terms =>
    terms.map(term => termText(term, project.prefixes)).join(' '),
  )
  const isEmpty = rows.length === 0 || (query.includes('COUNT') && rows[0] === '0')
  return { rows, notes: isEmpty ? await emptyAnswerNotes(graph, graph.store, algebra, { layer, text }) : [] }
}

async function answers(store: QuadLookup, query: string, algebra: Awaited<ReturnType<typeof parseQuery>>) {
  if (query.startsWith('SELECT')) return (await select(store, algebra)).map(row => [...row.values()])
  if (query.startsWith('ASK')) return (await ask(store, algebra)) ? [[]] : []
  return (await construct(store, algebra)).map(({ subject, predicate, object }) => [subject, predicate, object])
}
