import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DataFactory, type NamedNode, type Quad, Store, type Term } from 'n3'
import { describe, expect, test } from 'vitest'
import { namespace } from '../../src/rdf/namespace.ts'
import { readTurtle } from '../../src/rdf/read.ts'
import { rdf } from '../../src/rdf/vocabulary.ts'
import { validate } from '../../src/validation/validate.ts'

const { namedNode, quad } = DataFactory
const SHAPES = 'https://w3id.org/communique/shapes#'
const sh = namespace('http://www.w3.org/ns/shacl#')
const rdfs = namespace('http://www.w3.org/2000/01/rdf-schema#')
const owl = namespace('http://www.w3.org/2002/07/owl#')
const dcterms = namespace('http://purl.org/dc/terms/')
const cmqs = namespace(SHAPES)

/** The shapes files of the data, where each layer's file names by `owl:imports` what it builds on, and that of the ontology. */
const FILES = ['common', 'claim', 'stated', 'inferred', 'provenance', 'house-rules'] as const
const LAYERS = ['claim', 'stated', 'inferred', 'provenance'] as const

const ontology = read('../../ontology/communique.ttl')
const hierarchy = ontology.getQuads(null, rdfs('subClassOf'), null, null).filter(({ object }) => object.termType === 'NamedNode')
/** What stands beside each fixture: the ontology cannot be the ground on which the ontology is judged. */
const beside = (name: string) => (name === 'house-rules' ? [] : hierarchy)
const files = new Map(FILES.map(name => [name as string, read(`../../ontology/shapes/${name}.ttl`)]))

test.each(FILES)('%s.ttl says what it is and under which licence', name => {
  const file = files.get(name)!
  const [header, ...others] = file.getSubjects(rdf.type, owl('Ontology'), null)
  expect(others).toEqual([])
  expect(header!.value).toBe(`https://w3id.org/communique/shapes/${name}`)
  expect(file.getObjects(header!, dcterms('title'), null)).toHaveLength(1)
  expect(file.getObjects(header!, dcterms('license'), null)[0]?.value).toBe('https://creativecommons.org/licenses/by/4.0/')
})

for (const name of FILES) {
  const file = files.get(name)!
  describe(`shapes of ${name}.ttl`, () => {
    test('each fixture belongs to a shape', () => {
      const expected = shapesOf(file).flatMap(shape => [`${shape}.fail.ttl`, `${shape}.pass.ttl`])
      expect(readdirSync(new URL(`${name}/`, import.meta.url)).sort()).toEqual(expected.sort())
    })
    test.each(shapesOf(file))('%s lets the right data pass and reports the wrong in words', async shape => {
      const iri = cmqs(shape)
      const alone = shapeAlone(iri, file)
      expect(file.getObjects(iri, rdfs('label'), null)).toHaveLength(1)
      expect(file.getObjects(iri, sh('severity'), null)).toHaveLength(1)

      const pass = await validate([...fixture(name, shape, 'pass'), ...beside(name)], alone)
      expect(pass.results.map(({ message }) => message)).toEqual([])
      expect(pass.counts.focusNodes).toBeGreaterThan(0)
      expect(pass.counts.constraints).toBeGreaterThan(0)

      const fail = await validate([...fixture(name, shape, 'fail'), ...beside(name)], alone)
      expect(fail.counts.focusNodes).toBeGreaterThan(0)
      const components = new Set(fail.results.map(({ constraintComponent }) => constraintComponent.value))
      expect([...components].sort()).toEqual(componentsOf(iri, file))
      for (const result of fail.results) {
        expect(result.shape.value).toBe(iri.value)
        expect(result.severity.value).toBe(file.getObjects(iri, sh('severity'), null)[0]!.value)
        expect(result.message).toMatch(messagePattern(iri, file))
        expect(result.message).not.toMatch(/[{}]|undefined/)
      }
    })
  })
}

test.each(LAYERS)('the shapes of %s, all together, find the canary and nothing else in sound data', async name => {
  const report = await validate([...read(`./${name}/Canary.fail.ttl`, SOUND[name]), ...hierarchy], withImports(name))
  expect(report.results.map(({ focusNode, shape, message }) => [focusNode.value, shape.value, message])).toEqual([
    [`${SHAPES}canary`, `${SHAPES}Canary`, 'canary'],
  ])
  expect(report.counts.shapes).toBe(
    new Set(
      withImports(name)
        .filter(({ predicate }) => predicate.value.startsWith(sh('target').value))
        .map(({ subject }) => subject.value),
    ).size - (name === 'inferred' ? 1 : 0),
  )
})

test.each([
  ['the vocabulary with its alignments', ['../../ontology/communique.ttl', '../../ontology/alignments.ttl']],
  [
    'the same with a module of a project',
    ['../../ontology/communique.ttl', '../../ontology/alignments.ttl', '../project/articles/court.ttl'],
  ],
])('%s keeps the house rules: they find the canary and nothing else', async (_, paths) => {
  const report = await validate(
    paths.flatMap(path => [...read(path)]),
    quadsOf('house-rules'),
  )
  expect(report.results.map(({ focusNode, value, message }) => [focusNode.value, value?.value, message])).toEqual([
    [`${SHAPES}canary`, `${SHAPES}canary`, 'canary'],
  ])
  expect(report.counts.shapes).toBe(shapesOf(files.get('house-rules')!).length)
  expect(report.counts.constraints).toBeGreaterThan(ontology.countQuads(null, rdfs('isDefinedBy'), null, null) * 10)
})

test.each([
  ['PrefixesDiffer', ['']],
  ['LabelsDiffer', ['Pending', 'Ruling']],
  ['LabelInLowerCase', ['Decision', 'isDecidedBy']],
  ['NoCircles', ['Annulment', 'Reversal', 'Ruling']],
  ['SuperTermOfSameKind', ['Dismissal', 'annuls']],
  ['NoClassBelowDisjoint', ['Bench', 'Court']],
  ['EveryTermIsDeclared', ['Anulment', 'Desicion']],
  ['OnlyOwnTermsAreDescribed', ['Agent', 'Person']],
])('%s names each offender of its fixture: %j', async (shape, offenders) => {
  const report = await validate(fixture('house-rules', shape, 'fail'), shapeAlone(cmqs(shape), files.get('house-rules')!))
  expect(report.results.map(({ value }) => value!.value.replace(/^.*[#/]/, '')).sort()).toEqual(offenders)
})

test('the inferred layer may hold inferred dates, the stated layer may not', async () => {
  const data = [...fixture('stated', 'StatedHasNoBounds', 'fail'), ...hierarchy]
  const finds = async (name: string) =>
    (await validate(data, withImports(name))).results.some(({ shape }) => shape.value === `${SHAPES}StatedHasNoBounds`)
  expect(await finds('stated')).toBe(true)
  expect(await finds('inferred')).toBe(false)
})

test.each([
  ['2021-11-29', '2021-12-02', 4, true],
  ['2021-11-29', '2021-12-02', 3, false],
  ['2023-12-30', '2024-01-02', 4, true],
  ['2024-02-28', '2024-03-01', 3, true],
  ['2023-02-28', '2023-03-01', 2, true],
  ['2023-02-28', '2023-03-01', 3, false],
  ['--11-23', '--11-25', 3, true],
  ['--11-23', '--11-25', 4, false],
  ['--11-30', '--12-02', 3, true],
  ['--12-30', '--01-02', 4, true],
  ['--02-28', '--03-01', 2, true],
  ['--02-28', '--03-01', 3, true],
  ['--02-28', '--03-01', 4, false],
  ['--11-23', '--11-23', 1, true],
])('from %s to %s in %i days: %s', async (begin, end, days, fits) => {
  const type = begin.startsWith('--') ? 'gMonthDay' : 'date'
  const data = readTurtle(
    `@prefix : <https://w3id.org/communique/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <urn:e> :durationDays ${days} ; :statedBegin "${begin}"^^xsd:${type} ; :statedEnd "${end}"^^xsd:${type} .`,
    { file: 'example', baseIRI: 'urn:' },
  )
  const report = await validate(data.quads, shapeAlone(cmqs('DurationFitsDays'), files.get('stated')!))
  expect(report.counts.focusNodes).toBe(1)
  expect(report.conforms).toBe(fits)
})

describe('the shapes keep up with the ontology', () => {
  const terms = namespace('https://w3id.org/communique/ns#')
  const name = ({ value }: Term) => value.replace(/^.*#/, '')

  test.each([
    ['EventStatus', 'common', 'KnownStatus'],
    ['CountQualifier', 'common', 'KnownCountQualifier'],
    ['CountedKind', 'common', 'KnownCountedKind'],
    ['OpenQuestion', 'common', 'KnownOpenQuestion'],
    ['ClaimStatus', 'provenance', 'ClaimHasOneStatus'],
    ['Certainty', 'provenance', 'InferenceHasCertainty'],
  ])('each %s is known to the shape', (type, file, shape) => {
    const concepts = ontology.getSubjects(rdf.type, terms(type), null).map(name)
    const listed = shapeAlone(cmqs(shape), files.get(file)!)
      .filter(({ predicate, object }) => predicate.equals(rdf.first) && object.value.startsWith(terms('').value))
      .map(({ object }) => name(object))
    expect(concepts.length).toBeGreaterThan(0)
    expect(listed.filter(term => concepts.includes(term)).sort()).toEqual(concepts.sort())
  })

  test('each property that holds words in a language has tidy words, save the text of a passage', () => {
    const words = ontology
      .getSubjects(rdfs('range'), namespace('http://www.w3.org/1999/02/22-rdf-syntax-ns#')('langString'), null)
      .map(name)
    const tidy = files.get('common')!.getObjects(cmqs('TidyText'), sh('targetObjectsOf'), null).map(name)
    expect(words.length).toBeGreaterThan(0)
    expect(words.filter(term => term !== 'passageText' && !tidy.includes(term))).toEqual([])
  })

  test.each([
    ['domain', 'targetSubjectsOf'],
    ['range', 'targetObjectsOf'],
  ])('the shapes of the stated layer ask for the %s of each property of things', (side, target) => {
    const stated = files.get('stated')!
    const pairs = (quads: Quad[]) => quads.map(({ subject, object }) => `${name(subject)} ${name(object)}`)
    const asked = stated
      .getQuads(null, sh(target), null, null)
      .flatMap(({ subject, object }) =>
        stated.getObjects(subject, sh('class'), null).map(type => `${name(object)} ${name(type)}`),
      )
    const declared = pairs(ontology.getQuads(null, rdfs(side), null, null)).filter(pair => {
      const [property, type] = pair.split(' ') as [string, string]
      return ontology.has(quad(terms(type), rdf.type, owl('Class'))) && !OUTSIDE_STATED.test(property) && !CONCEPTS.test(type)
    })
    expect(declared.length).toBeGreaterThan(30)
    expect(asked.sort()).toEqual(declared.sort())
  })

  test('what the ontology calls disjoint is never one thing, in the stated layer', async () => {
    const members = ontology.getObjects(null, owl('members'), null).flatMap(list => listOf(list, ontology))
    const things = members.filter(type => !/#(Passage|Quote|Statement)$/.test(type.value))
    const pairs = [
      ...things.flatMap((one, index) => things.slice(index + 1).map(other => [one, other] as const)),
      ...ontology.getQuads(null, owl('disjointWith'), null, null).map(({ subject, object }) => [subject, object] as const),
    ]
    const node = (index: number) => namedNode(`https://w3id.org/communique/id/thing-${index}`)
    const both = pairs.flatMap((pair, index) => pair.map(type => quad(node(index), rdf.type, type as NamedNode)))
    const shapes = shapesOf(files.get('stated')!).filter(shape => shape.endsWith('IsNothingElse'))
    const report = await validate(
      [...both, ...hierarchy],
      shapes.flatMap(shape => shapeAlone(cmqs(shape), files.get('stated')!)),
    )
    expect(pairs.length).toBeGreaterThan(28)
    expect([...new Set(report.results.map(({ focusNode }) => focusNode.value))].sort()).toEqual(
      pairs.map((_, index) => node(index).value).sort(),
    )
    const alone = ontology
      .getSubjects(rdf.type, owl('Class'), null)
      .map((type, index) => quad(node(index), rdf.type, type as NamedNode))
    expect(
      (
        await validate(
          [...alone, ...hierarchy],
          shapes.flatMap(shape => shapeAlone(cmqs(shape), files.get('stated')!)),
        )
      ).results,
    ).toEqual([])
  })

  test('each term that a shape names is declared', () => {
    const used = new Set<string>()
    for (const file of files.values()) {
      for (const { predicate, object } of file) {
        if (object.termType === 'NamedNode' && object.value.startsWith(terms('').value)) used.add(name(object as NamedNode))
        if (!predicate.equals(sh('select'))) continue
        for (const [, term] of object.value.matchAll(/\bcmq:(\w+)/g)) used.add(term!)
      }
    }
    const declared = new Set(ontology.getSubjects(rdf.type, null, null).map(subject => name(subject)))
    expect(used.size).toBeGreaterThan(80)
    expect([...used].filter(term => !declared.has(term))).toEqual([])
  })
})

const PREFIXES = `
  @prefix agent: <https://w3id.org/communique/agent/> .
  @prefix cmq: <https://w3id.org/communique/ns#> .
  @prefix dcterms: <http://purl.org/dc/terms/> .
  @prefix id: <https://w3id.org/communique/id/> .
  @prefix oa: <http://www.w3.org/ns/oa#> .
  @prefix prov: <http://www.w3.org/ns/prov#> .
  @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
  @base <https://w3id.org/communique/doc/a/> .`

const SESSION = `${PREFIXES}
  id:session-89 a cmq:AssemblySession ; rdfs:label "89th session"@en ; cmq:ordinal 89 ; cmq:isSessionOf id:general-assembly ;
    cmq:hasStatedStatus cmq:Held ; cmq:hasEventStatus cmq:Held ; cmq:isHeldIn id:istanbul ;
    cmq:statedBegin "--11-23"^^xsd:gMonthDay ; cmq:statedEnd "--11-25"^^xsd:gMonthDay ; cmq:durationDays 3 .
  id:general-assembly a cmq:GoverningBody ; rdfs:label "General Assembly"@en ; cmq:isOrganOf id:interpol .
  id:interpol a cmq:IntergovernmentalOrganization ; rdfs:label "Interpol"@en .
  id:istanbul a cmq:City ; rdfs:label "Istanbul"@en .`

/** For each layer, data with which nothing is wrong. */
const SOUND: Readonly<Record<(typeof LAYERS)[number], string>> = {
  claim: `${PREFIXES}
    id:istanbul cmq:isLocatedIn id:turkey ; cmq:nameAsWritten "Istanbul"@en .`,
  stated: SESSION,
  inferred: `${SESSION}
    id:session-89 cmq:earliestBegin "2021-11-23"^^xsd:date ; cmq:latestBegin "2021-11-23"^^xsd:date .`,
  provenance: `${PREFIXES}
    <../a> a cmq:Communique ; cmq:sha256 "7e52118e7e3a244683573502d59102c1a307338f8cbc368a443da0cd47a5b4a7" ;
      dcterms:language "en" ; dcterms:rights "The text belongs to its source."@en .
    <s1> a cmq:Passage ; cmq:isPassageOf <../a> ; cmq:position 1 ; cmq:paragraph 1 ; oa:start 0 ; oa:end 23 ;
      cmq:passageText "Photo: Interpol Twitter"@en .
    <claim/s1-1> a cmq:Claim ; rdfs:label "The photo is credited"@en ; cmq:isStatedIn <s1> ; cmq:hasQuote <quote/s1-1> ;
      cmq:isVoicedBy <author> ; cmq:hasClaimStatus cmq:Asserted ; cmq:isEnteredBy agent:curator ; cmq:isCheckedBy agent:reviewer .
    <quote/s1-1> a cmq:Quote ; oa:exact "Interpol Twitter"@en ; oa:prefix "Photo: "@en ; oa:start 7 ; oa:end 23 .
    <inference/i1> a cmq:Inference ; cmq:appliesRule <https://w3id.org/communique/rule/host-country> ;
      prov:wasDerivedFrom <claim/s1-1> ; cmq:hasCertainty cmq:HighCertainty ; cmq:isVoicedBy agent:communique .`,
}

/** Properties that never stand in the stated layer, or whose subject is not typed there. */
const OUTSIDE_STATED =
  /^(leadsTo|remedy|supersedes|sha256|photoCredit|position|paragraph|passageText|reason|applies\w+|hasC(ertainty|laimStatus)|hasQuote|is(PassageOf|StatedIn|ResolvedBy|UtteredIn|VoicedBy|EnteredBy|CheckedBy))$/

/** Closed schemes, whose concepts the shapes list, and the root of things. */
const CONCEPTS = /^(EventStatus|CountedKind|CountQualifier|OpenQuestion|Thing)$/

function listOf(head: Term, store: Store): Term[] {
  const [first] = store.getObjects(head as NamedNode, rdf.first, null)
  const [rest] = store.getObjects(head as NamedNode, rdf.rest, null)
  return first === undefined || rest === undefined ? [] : [first, ...listOf(rest, store)]
}

/** Names of the shapes that a file defines; a shape it only switches off is not among them. */
function shapesOf(file: Store): string[] {
  return [sh('NodeShape'), sh('PropertyShape')]
    .flatMap(type => file.getSubjects(rdf.type, type, null))
    .filter(({ termType }) => termType === 'NamedNode')
    .map(({ value }) => value.slice(SHAPES.length))
}

/** A shape with all that hangs on it: blank nodes, its target, its query, the prefixes of those. */
function shapeAlone(shape: Term, file: Store): Quad[] {
  const all = new Store([...quadsOf('common'), ...file.getQuads(null, null, null, null)])
  const quads: Quad[] = []
  const seen = new Set<string>()
  const pending: Term[] = [shape]
  for (const node of pending) {
    if (seen.has(node.value)) continue
    seen.add(node.value)
    for (const held of all.getQuads(node, null, null, null)) {
      quads.push(held)
      if (
        held.object.termType === 'BlankNode' ||
        [sh('prefixes'), sh('sparql'), sh('target')].some(({ value }) => value === held.predicate.value)
      )
        pending.push(held.object)
    }
  }
  return quads
}

/** A layer's shapes with those they import. */
function quadsOf(name: string): Quad[] {
  return files.get(name)!.getQuads(null, null, null, null)
}

function withImports(name: string): Quad[] {
  const imported = files
    .get(name)!
    .getObjects(null, owl('imports'), null)
    .flatMap(({ value }) => withImports(value.replace(/^.*\//, '')))
  return new Store([...imported, ...quadsOf(name)]).getQuads(null, null, null, null)
}

/** The constraint components that the parameters of a shape stand for: a failing fixture makes each of them speak. */
function componentsOf(shape: Term, file: Store): string[] {
  const parameters = file.getQuads(shape, null, null, null).map(({ predicate }) => predicate.value.slice(sh('').value.length))
  return parameters
    .flatMap(parameter => {
      if (parameter === 'sparql') return ['SPARQLConstraintComponent']
      return CONSTRAINTS.includes(parameter) ? [`${parameter[0]!.toUpperCase()}${parameter.slice(1)}ConstraintComponent`] : []
    })
    .map(component => sh(component).value)
    .sort()
}

const CONSTRAINTS: readonly string[] = [
  ...['class', 'datatype', 'nodeKind', 'minCount', 'maxCount', 'minInclusive', 'minLength', 'pattern', 'uniqueLang'],
  ...['equals', 'lessThan', 'lessThanOrEquals', 'not', 'and', 'or', 'xone', 'in'],
]

/** What a message looks like once its variables are filled in. */
function messagePattern(shape: Term, file: Store): RegExp {
  const messages = [shape, ...file.getObjects(shape as never, sh('sparql'), null)].flatMap(holder =>
    file.getObjects(holder as never, sh('message'), null),
  )
  expect(messages).toHaveLength(1)
  const parts = messages[0]!.value.split(/\{[?$]\w+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`)
}

function fixture(file: string, shape: string, kind: 'pass' | 'fail'): Quad[] {
  const path = `./${file}/${shape}.${kind}.ttl`
  const text = readFileSync(new URL(path, import.meta.url), 'utf8')
  if (kind === 'fail') expect(text).toMatch(/^# \S.*\.\n/)
  return read(path, text).getQuads(null, null, null, null)
}

function read(path: string, text = readFileSync(new URL(path, import.meta.url), 'utf8')): Store {
  const file = fileURLToPath(new URL(path, import.meta.url))
  const { quads, faults } = readTurtle(text, { file, baseIRI: 'https://w3id.org/communique/' })
  expect(faults).toEqual([])
  expect(quads.length).toBeGreaterThan(0)
  return new Store([...quads])
}
