import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { DataFactory, type Quad, Store } from 'n3'
import { type Claim, isStated, nearestName, whereIs } from '../article/claim.ts'
import { coverage } from '../article/coverage.ts'
import type { Fault } from '../error.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import { type Layer, type Project, packageRoot } from '../project/project.ts'
import { ask } from '../query/engine.ts'
import { cmq, prov, rdf, rdfs } from '../rdf/namespace.ts'
import { readTurtle } from '../rdf/read.ts'
import { readHeader } from '../reasoning/rule.ts'
import { type ValidationResult, validate } from './validate.ts'

const { defaultGraph, namedNode, quad } = DataFactory
const SHAPES = 'https://w3id.org/communique/shapes#'

/** One check: what it looked at, how much, and what it found. */
export interface Check {
  readonly name: string
  /** How many things it looked at; a check that looked at nothing has a fault. */
  readonly looked: number
  /** What was counted, e.g. `quotes`. */
  readonly unit: string
  readonly faults: readonly Fault[]
  /** Further figures in words. */
  readonly note?: string
}

export interface CheckReport {
  readonly passed: boolean
  readonly checks: readonly Check[]
}

/** The one gate: every check of a project, in the order in which their faults are best mended. */
export async function check(project: Project, progress: (name: string) => void = () => {}): Promise<CheckReport> {
  const checks: Check[] = []
  for (const [name, run] of CHECKS) {
    progress(name)
    const result = await run(project)
    const empty: Fault = {
      code: 'looked-at-nothing',
      what: `the check "${name}" found no ${result.unit} to look at`,
      mend: 'a check that looks at nothing proves nothing: see whether files are missing',
    }
    checks.push({ name, ...result, faults: result.looked === 0 ? [empty, ...result.faults] : result.faults })
  }
  return { passed: checks.every(({ faults }) => faults.length === 0), checks }
}

type Finding = Omit<Check, 'name'>

const CHECKS: readonly (readonly [string, (project: Project) => Finding | Promise<Finding>])[] = [
  ['syntax', checkSyntax],
  ['quotes', checkQuotes],
  ['coverage', checkCoverage],
  ['terms', checkTerms],
  ['house rules', project => checkShapes(project, 'house-rules', [ontologyQuads(project)])],
  ['shapes of claims', project => checkShapes(project, 'claim', claimGraphs(project))],
  ['shapes of the stated layer', project => checkShapes(project, 'stated', [project.layer('stated')])],
  ['shapes of the inferred layer', project => checkShapes(project, 'inferred', [project.layer('inferred')])],
  [
    'shapes of provenance',
    project =>
      checkShapes(
        project,
        'provenance',
        project.documents.map(({ iri }) => graphQuads(project.store, `${iri}/provenance`)),
      ),
  ],
  ['stated layer', checkStatedLayer],
  ['must not claim', checkMustNotClaim],
]

const isQuoteFault = ({ code }: Fault): boolean => code.startsWith('quote-')

function checkSyntax(project: Project): Finding {
  const files = project.ontologyFiles.length + project.plainRules.length + project.rules.length + 1 + project.documents.length * 4
  return { looked: files, unit: 'files', faults: project.faults.filter(fault => !isQuoteFault(fault)) }
}

function checkQuotes(project: Project): Finding {
  const quotes = project.documents.flatMap(({ claims }) =>
    claims.flatMap(({ quote, context }) => [...(quote ? [quote] : []), ...context]),
  )
  const faults = project.faults.filter(isQuoteFault)
  for (const { article, claims } of project.documents) {
    for (const { id, quote, where } of claims) {
      if (quote && article.slice(quote.start, quote.end) !== quote.exact)
        faults.push({
          code: 'quote-not-found',
          what: 'the quote is not what stands at its offsets',
          where,
          claim: id,
          quote: quote.exact,
        })
    }
  }
  return { looked: quotes.length, unit: 'quotes', faults }
}

const LEAST_COVERAGE = 0.95

function checkCoverage(project: Project): Finding {
  const faults: Fault[] = []
  let characters = 0
  let quoted = 0
  for (const document of project.documents) {
    const where = { file: relative(project.root, join(document.folder, 'claims.md')) }
    const result = coverage(document.article, document.passages, document.claims)
    characters += result.characters
    quoted += result.quoted
    for (const position of result.silent) {
      faults.push({
        code: 'sentence-silent',
        what: `no claim rests on sentence ${position}: "${brief(document.passages[position - 1]?.text ?? '')}"`,
        where,
        sentence: position,
        mend: 'add a claim, or quote it with "- left out: why"',
      })
    }
    for (const gap of result.gaps.filter(({ reason }) => reason === undefined)) {
      faults.push({
        code: 'words-left-out',
        what: `"${brief(gap.text.trim())}" (${gap.start}–${gap.end}) lies outside all quotes and no reason is given`,
        where,
        sentence: gap.sentence,
        mend: 'widen a quote, or quote it with "- left out: why"',
      })
    }
    if (result.quoted < result.characters * LEAST_COVERAGE) {
      faults.push({
        code: 'coverage-low',
        what: `only ${percent(result.quoted, result.characters)} of ${document.name} lies inside quotes`,
        where,
        mend: `at least ${LEAST_COVERAGE * 100} % must`,
      })
    }
  }
  return { looked: characters, unit: 'characters', faults, note: `${percent(quoted, characters)} inside quotes` }
}

async function checkTerms(project: Project): Promise<Finding> {
  const known = await knownTerms(project)
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const document of project.documents) {
    for (const claim of document.claims) {
      for (const { predicate, object } of claim.quads) {
        const used = predicate.equals(rdf('type'))
          ? [predicate, object]
          : object.value.startsWith(cmq('').value)
            ? [predicate, object]
            : [predicate]
        for (const term of used) {
          seen.add(term.value)
          const fault = unknownTerm(term.value, known, project, claim)
          if (fault) faults.push(fault)
        }
      }
    }
  }
  return { looked: seen.size, unit: 'terms', faults }
}

function unknownTerm(
  iri: string,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  project: Project,
  claim: Claim,
): Fault | undefined {
  const [space, names] = [...known].find(([namespace]) => iri.startsWith(namespace)) ?? []
  const prefix = Object.entries(project.prefixes).find(([, value]) => value === space)?.[0] ?? ''
  const name = iri.slice(space?.length ?? 0)
  if (space !== undefined && names?.has(name)) return undefined
  const near = names && nearestName(name, [...names])
  return {
    code: 'unknown-term',
    what: space === undefined ? `<${iri}> is in no vocabulary that the project knows` : `${prefix}:${name} is not a term`,
    where: whereIs(claim, `${prefix}:${name}`),
    claim: claim.id,
    sentence: claim.passage?.position,
    quote: claim.quote?.exact,
    mend: near ? `did you mean ${prefix}:${near}?` : 'define it in a module of your own in ontology/',
  }
}

async function knownTerms(project: Project): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>()
  const foreign: unknown = JSON.parse(await readFile(join(packageRoot(), 'dist', 'vocabularies.json'), 'utf8'))
  for (const { iri, terms } of Object.values(foreign as Record<string, { iri: string; terms: string[] }>))
    known.set(iri, new Set(terms))
  for (const { quads } of project.ontologyFiles) {
    for (const { subject, predicate, object } of quads) {
      if (predicate.value !== 'http://purl.org/vocab/vann/preferredNamespaceUri') continue
      known.set(
        object.value,
        new Set(
          quads
            .filter(
              other =>
                other.predicate.equals(rdf('type')) &&
                other.subject.value.startsWith(object.value) &&
                !other.subject.equals(subject),
            )
            .map(other => other.subject.value.slice(object.value.length)),
        ),
      )
    }
  }
  return known
}

/** Which files of shapes make the shapes graph of a layer. */
const SHAPE_FILES = {
  'house-rules': ['house-rules'],
  claim: ['common', 'claim'],
  stated: ['common', 'stated'],
  inferred: ['common', 'inferred'],
  provenance: ['common', 'provenance'],
} as const satisfies Record<string, readonly string[]>

async function checkShapes(
  project: Project,
  name: keyof typeof SHAPE_FILES,
  layers: readonly (readonly Quad[])[],
): Promise<Finding> {
  const shapes: Quad[] = []
  for (const folder of project.ontologyFolders) {
    for (const file of SHAPE_FILES[name].map(part => join(folder, 'shapes', `${part}.ttl`))) {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      if (text !== undefined) shapes.push(...readTurtle(text, { file, baseIRI: SHAPES }).quads)
    }
  }
  const hierarchy =
    name === 'house-rules' ? [] : ontologyQuads(project).filter(({ predicate }) => predicate.equals(rdfs('subClassOf')))
  const canary = namedNode(`${SHAPES}canary`)
  const faults: Fault[] = []
  let constraints = 0
  let focusNodes = 0
  let canaries = 0
  for (const layer of layers) {
    const report = await validate([...layer, ...hierarchy], shapes)
    constraints += report.counts.constraints
    focusNodes += report.counts.focusNodes
    for (const result of report.results) {
      if (result.focusNode?.value === canary.value) canaries++
      else faults.push(violation(project, result))
    }
  }
  if (layers.length > 0 && canaries !== layers.length) {
    faults.push({
      code: 'canary-silent',
      what: `the canary shape of ${name}.ttl failed ${canaries} times instead of ${layers.length}: the validator does not look`,
      mend: 'restore cmqs:Canary in the shapes file',
    })
  }
  return { looked: constraints - canaries, unit: 'constraints', faults, note: `${focusNodes - canaries} focus nodes` }
}

function violation(project: Project, { focusNode, value, message, path }: ValidationResult): Fault {
  const predicate = typeof path === 'object' && path !== null && 'value' in path ? String(path.value) : undefined
  const touches = (triple: Quad): number =>
    (focusNode && triple.subject.value === focusNode.value ? 2 : 0) +
    (predicate !== undefined && triple.predicate.value === predicate ? 2 : 0) +
    (value && (triple.object.value === value.value || triple.subject.value === value.value) ? 1 : 0)
  let best: { claim: Claim; document: CommuniqueDocument; score: number } | undefined
  for (const document of project.documents) {
    for (const claim of document.claims) {
      const own = claim.iri.value === focusNode?.value || `${document.iri}/quote/${claim.id}` === focusNode?.value
      const score = own
        ? 10
        : Math.max(
            0,
            ...claim.quads.map(triple =>
              focusNode && triple.subject.value !== focusNode.value && triple.object.value !== focusNode.value
                ? 0
                : touches(triple),
            ),
          )
      if (score > (best?.score ?? 0)) best = { claim, document, score }
    }
  }
  const name = focusNode ? shorten(project, focusNode.value) : 'a node'
  return {
    code: 'shape-violated',
    what: `${name}: ${message}${value && value.termType !== 'BlankNode' && value.value !== focusNode?.value ? ` (${shorten(project, value.value)})` : ''}`,
    where: best?.claim.where,
    claim: best?.claim.id,
    sentence: best?.claim.passage?.position,
    quote: best?.claim.quote?.exact,
  }
}

/** Default graph against its definition, computed anew from the named graphs, both ways. */
function checkStatedLayer(project: Project): Finding {
  const { store } = project
  const faults: Fault[] = []
  const expected = new Store()
  const attributed = new Store()
  for (const document of project.documents) {
    for (const claim of document.claims) {
      if (claim.kind !== 'claim' && claim.kind !== 'classification') continue
      for (const held of store.getQuads(null, null, null, claim.iri)) {
        ;(isStated(claim, document.iri) ? expected : attributed).addQuad(quad(held.subject, held.predicate, held.object))
      }
    }
  }
  for (const plain of store.getSubjects(rdf('type'), cmq('PlainStatement'), null)) {
    const premises = store.getObjects(plain, prov('wasDerivedFrom'), null)
    if (premises.length === 0)
      faults.push({ code: 'plain-without-premise', what: `${shorten(project, plain.value)} names no claim that it shortens` })
    for (const held of store.getQuads(null, null, null, plain)) expected.addQuad(quad(held.subject, held.predicate, held.object))
  }
  const stated = store.getQuads(null, null, null, defaultGraph())
  for (const triple of stated) {
    if (expected.has(triple)) continue
    const leaked = attributed.has(triple)
    faults.push({
      code: leaked ? 'attributed-leaked' : 'stated-without-ground',
      what: `${triple.subject.value} ${triple.predicate.value} ${triple.object.value} stands in the stated layer and is ${leaked ? 'only what a speaker or an evaluation says' : 'neither a claim of the author, nor a classification, nor a plain triple'}`,
    })
  }
  for (const triple of expected.getQuads(null, null, null, null)) {
    if (!store.has(triple))
      faults.push({
        code: 'stated-missing',
        what: `${triple.subject.value} ${triple.predicate.value} ${triple.object.value} is claimed and missing from the stated layer`,
      })
  }
  return { looked: stated.length, unit: 'triples', faults }
}

/** Each question must be false of the graph, and true once its falsehood is put in: else it could never have caught it. */
async function checkMustNotClaim(project: Project): Promise<Finding> {
  const faults: Fault[] = []
  let looked = 0
  for (const document of project.documents) {
    const folder = join(document.folder, 'must-not-claim')
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter(entry => entry.endsWith('.rq')).sort()) {
      const file = join(folder, name)
      const where = { file: relative(project.root, file) }
      const text = await readFile(file, 'utf8')
      const header = readHeader(text, where.file)
      looked++
      for (const layer of ['stated', 'inferred'] as const satisfies readonly Layer[]) {
        if (await ask(project.store.size > 0 ? layerStore(project, layer) : new Store(), text)) {
          faults.push({
            code: 'must-not-claim',
            what: `the ${layer} layer says: ${String(header.summary)}`,
            where,
            mend: 'find the claim or rule that says so, and correct it',
          })
        }
      }
      const falsehood = readTurtle(String(header.falsehood ?? ''), {
        file: where.file,
        baseIRI: document.iri,
        prefixes: project.prefixes,
      })
      faults.push(...falsehood.faults)
      const tainted = layerStore(project, 'stated')
      tainted.addQuads([...falsehood.quads])
      if (!(await ask(tainted, text)))
        faults.push({
          code: 'question-blind',
          what: `"${name}" stays false when its falsehood is put in`,
          where,
          mend: 'let the query ask for the very triple of "falsehood"',
        })
    }
  }
  return { looked, unit: 'questions', faults: project.documents.length > 1 && looked === 0 ? faults : faults }
}

function layerStore(project: Project, layer: Layer): Store {
  const store = new Store(project.layer(layer))
  for (const held of project.store.getQuads(null, null, null, null))
    if (held.graph.termType === 'NamedNode' && !held.graph.value.includes('/layer/')) store.addQuad(held)
  return store
}

function ontologyQuads(project: Project): Quad[] {
  return project.ontologyFiles.flatMap(({ quads }) => quads)
}

function claimGraphs(project: Project): Quad[][] {
  return project.documents.flatMap(({ claims }) =>
    claims.filter(({ kind, quads }) => kind !== 'inference' && quads.length > 0).map(({ quads }) => [...quads]),
  )
}

function graphQuads(store: Store, graph: string): Quad[] {
  return store
    .getQuads(null, null, null, namedNode(graph))
    .map(({ subject, predicate, object }) => quad(subject, predicate, object))
}

function shorten(project: Project, iri: string): string {
  const [prefix, space] =
    Object.entries(project.prefixes).find(([, value]) => iri.startsWith(value) && iri.length > value.length) ?? []
  return prefix === undefined ? iri : `${prefix}:${iri.slice(space!.length)}`
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
