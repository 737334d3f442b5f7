import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { DataFactory, type NamedNode, type Quad } from 'n3'
import { type Claim, compileClaims, isStated } from '../article/claim.ts'
import { readClaimsFile } from '../article/claims-file.ts'
import type { Passage } from '../article/passage.ts'
import type { Quote } from '../article/quote.ts'
import { type ArticleText, decodeArticle, decodeUtf8 } from '../article/text.ts'
import { CommuniqueError, type Fault } from '../error.ts'
import { cmq, dcterms, oa, prov, rdf, rdfs, xsd } from '../rdf/namespace.ts'
import { readTurtle } from '../rdf/read.ts'

const { literal, namedNode, quad, defaultGraph } = DataFactory

/** One article of a project with its passages and claims. */
export interface CommuniqueDocument {
  readonly name: string
  readonly iri: string
  readonly folder: string
  readonly language: string
  readonly sha256: string
  readonly article: ArticleText
  readonly passages: readonly Passage[]
  readonly claims: readonly Claim[]
  /** What `document.ttl` says, in the default graph. */
  readonly metadata: readonly Quad[]
}

export interface DocumentContext {
  readonly root: string
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
}

/** Reads one document folder; faults of all its files go to `faults`. */
export async function readDocument(
  folder: string,
  { root, baseIRI, prefixes }: DocumentContext,
  faults: Fault[],
): Promise<CommuniqueDocument | undefined> {
  const name = basename(folder)
  const iri = `${baseIRI}doc/${name}`
  const shown = (file: string): string => relative(root, join(folder, file))
  const bytes = await bytesOf(join(folder, 'article.txt'), shown('article.txt'), faults)
  const metadataText = await textOf(join(folder, 'document.ttl'), shown('document.ttl'), faults)
  const passagesText = await textOf(join(folder, 'passages.ttl'), shown('passages.ttl'), faults)
  const claimsText = await textOf(join(folder, 'claims.md'), shown('claims.md'), faults)
  if (bytes === undefined || metadataText === undefined || passagesText === undefined || claimsText === undefined)
    return undefined

  let article: ArticleText
  try {
    article = decodeArticle(bytes, shown('article.txt'))
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    faults.push(...error.faults)
    return undefined
  }
  const metadata = readTurtle(metadataText, { file: shown('document.ttl'), baseIRI: iri })
  faults.push(...metadata.faults)
  const value = (property: NamedNode): string | undefined =>
    metadata.quads.find(({ subject, predicate }) => subject.value === iri && predicate.equals(property))?.object.value
  const language = value(dcterms('language'))
  if (language === undefined) {
    faults.push({
      code: 'document-language',
      what: 'the document states no language',
      where: { file: shown('document.ttl') },
      mend: 'add dcterms:language "en" (a BCP 47 tag)',
    })
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const recorded = value(cmq('sha256'))
  if (recorded !== sha256) {
    faults.push({
      code: 'article-changed',
      what: `article.txt has SHA-256 ${sha256.slice(0, 16)}…, document.ttl records ${recorded?.slice(0, 16) ?? 'none'}…`,
      where: { file: shown('article.txt') },
      mend: 'restore the text; or, if the change is meant, run "communique draft" on the folder again and mend the quotes named below',
    })
  }
  const passages = readPassages(passagesText, shown('passages.ttl'), iri, article, faults)
  const { claims, faults: claimFaults } = compileClaims(readClaimsFile(claimsText, shown('claims.md')), {
    article,
    passages,
    documentIRI: iri,
    baseIRI,
    prefixes,
  })
  faults.push(...claimFaults)
  return { name, iri, folder, language: language ?? 'und', sha256, article, passages, claims, metadata: metadata.quads }
}

/** The quads of one document: a named graph a claim, the provenance graph, and its share of the stated layer. */
export function documentQuads(document: CommuniqueDocument): Quad[] {
  const quads: Quad[] = []
  const graph = namedNode(`${document.iri}/provenance`)
  const add = (subject: NamedNode, predicate: NamedNode, object: Quad['object']): void => {
    quads.push(quad(subject, predicate, object, graph))
  }
  const integer = (value: number): Quad['object'] => literal(String(value), xsd('integer'))
  const text = (value: string): Quad['object'] => literal(value, document.language)
  const note = (value: string): Quad['object'] => literal(value, 'en')
  const quote = (node: NamedNode, { exact, start, end, prefix, suffix }: Quote): void => {
    add(node, rdf('type'), cmq('Quote'))
    add(node, oa('exact'), text(exact))
    if (prefix !== '') add(node, oa('prefix'), text(prefix))
    if (suffix !== '') add(node, oa('suffix'), text(suffix))
    add(node, oa('start'), integer(start))
    add(node, oa('end'), integer(end))
  }
  const iri = namedNode(document.iri)
  quads.push(...document.metadata.map(({ subject, predicate, object }) => quad(subject, predicate, object, graph)))
  const author = namedNode(`${document.iri}/author`)
  add(author, rdf('type'), cmq('Agent'))
  add(author, rdfs('label'), note('the author of the document'))
  for (const passage of document.passages) {
    const node = passageIRI(document, passage)
    add(node, rdf('type'), cmq('Passage'))
    add(node, cmq('isPassageOf'), iri)
    add(node, cmq('position'), integer(passage.position))
    add(node, cmq('paragraph'), integer(passage.paragraph))
    add(node, oa('start'), integer(passage.start))
    add(node, oa('end'), integer(passage.end))
    add(node, cmq('passageText'), text(passage.text))
  }
  for (const claim of document.claims) {
    if (claim.kind === 'left-out' || claim.kind === 'withdrawn') continue
    add(claim.iri, rdf('type'), cmq(claim.kind === 'inference' ? 'Inference' : 'Claim'))
    add(claim.iri, rdfs('label'), note(claim.title))
    add(claim.iri, cmq('isVoicedBy'), claim.voice)
    add(claim.iri, cmq('isEnteredBy'), claim.enteredBy)
    add(claim.iri, cmq('isCheckedBy'), claim.checkedBy)
    if (claim.kind !== 'inference') add(claim.iri, cmq('hasClaimStatus'), cmq(claim.status))
    if (claim.passage) add(claim.iri, cmq('isStatedIn'), passageIRI(document, claim.passage))
    if (claim.quote) {
      const node = namedNode(`${document.iri}/quote/${claim.id}`)
      add(claim.iri, cmq('hasQuote'), node)
      quote(node, claim.quote)
    }
    claim.context.forEach((other, index) => {
      const node = namedNode(`${document.iri}/quote/${claim.id}-context-${index + 1}`)
      add(claim.iri, cmq('isResolvedBy'), node)
      quote(node, other)
    })
    if (claim.utterance) add(claim.iri, cmq('isUtteredIn'), claim.utterance)
    if (claim.reason !== undefined) add(claim.iri, cmq('reason'), note(claim.reason))
    if (claim.assumption !== undefined) add(claim.iri, cmq('assumption'), note(claim.assumption))
    if (claim.certainty !== undefined) add(claim.iri, cmq('hasCertainty'), cmq(claim.certainty))
    for (const premise of claim.premises) {
      const other = document.claims.find(({ id }) => id === premise)
      if (other) add(claim.iri, prov('wasDerivedFrom'), other.iri)
    }
    if (claim.source) {
      add(claim.iri, prov('wasDerivedFrom'), claim.source.iri)
      add(claim.source.iri, rdf('type'), cmq('Source'))
      add(claim.source.iri, rdfs('label'), note(claim.source.title))
    }
    for (const { subject, predicate, object } of claim.quads) {
      quads.push(quad(subject, predicate, object, claim.iri))
      if (isStated(claim, document.iri)) quads.push(quad(subject, predicate, object, defaultGraph()))
    }
  }
  return quads
}

export function passageIRI(document: { readonly iri: string }, passage: Passage): NamedNode {
  return namedNode(`${document.iri}/s${passage.position}`)
}

function readPassages(text: string, file: string, iri: string, article: ArticleText, faults: Fault[]): Passage[] {
  const { quads, faults: syntax } = readTurtle(text, { file, baseIRI: `${iri}/` })
  faults.push(...syntax)
  const bySubject = new Map<string, Map<string, string>>()
  for (const { subject, predicate, object } of quads) {
    const entry = bySubject.get(subject.value) ?? new Map<string, string>()
    bySubject.set(subject.value, entry.set(predicate.value, object.value))
  }
  const passages = [...bySubject.values()]
    .map(entry => ({
      position: Number(entry.get(cmq('position').value)),
      paragraph: Number(entry.get(cmq('paragraph').value)),
      start: Number(entry.get(oa('start').value)),
      end: Number(entry.get(oa('end').value)),
      text: entry.get(cmq('passageText').value) ?? '',
    }))
    .sort((a, b) => a.position - b.position)
  if (passages.length === 0)
    faults.push({
      code: 'no-passages',
      what: 'no passage is laid out',
      where: { file },
      mend: 'run "communique draft" on the folder',
    })
  for (const passage of passages) {
    const found = article.slice(passage.start, passage.end)
    if (found === passage.text) continue
    faults.push({
      code: 'passage-stale',
      what: `sentence ${passage.position} no longer stands at ${passage.start}–${passage.end}: the text there is "${found.slice(0, 60)}"`,
      where: { file },
      sentence: passage.position,
      mend: 'run "communique draft" on the folder to lay the sentences out again',
    })
  }
  return passages
}

async function bytesOf(path: string, file: string, faults: Fault[]): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    faults.push({
      code: 'missing-file',
      what: 'this file is missing',
      where: { file },
      mend: 'run "communique draft" on the folder: it makes what is missing',
    })
    return undefined
  }
}

async function textOf(path: string, file: string, faults: Fault[]): Promise<string | undefined> {
  const bytes = await bytesOf(path, file, faults)
  if (bytes === undefined) return undefined
  try {
    return decodeUtf8(bytes, file).replace(/^\uFEFF/, '')
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    faults.push(...error.faults)
    return undefined
  }
}
