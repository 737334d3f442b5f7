import { createHash } from 'node:crypto'
import { basename, join, relative } from 'node:path'
import type { NamedNode, Quad } from 'n3'
import { decodeArticle } from '../article/article-file.ts'
import type { Claim } from '../article/claim.ts'
import { readClaimsFile } from '../article/claims-file.ts'
import { compileClaims } from '../article/compile.ts'
import type { Passage } from '../article/passage.ts'
import { readPassages } from '../article/passages-file.ts'
import type { ArticleText } from '../article/text.ts'
import { collectFaults, type Fault } from '../error.ts'
import { readBytes, readText } from '../file.ts'
import { readTurtle } from '../rdf/read.ts'
import { cmq, dcterms } from '../rdf/vocabulary.ts'

/** One article of a project with its passages and claims. */
export interface CommuniqueDocument {
  readonly name: string
  readonly iri: string
  readonly folder: string
  readonly language: string
  /** Language of what the annotator writes - titles, reasons - from `language` at the top of the claims file; else `en`. */
  readonly noteLanguage: string
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
  const read = <T>(file: string, by: (path: string, file: string) => Promise<T | undefined>): Promise<T | undefined> =>
    fileOf(join(folder, file), shown(file), by, faults)
  const bytes = await read('article.txt', readBytes)
  const metadataText = await read('document.ttl', readText)
  const passagesText = await read('passages.ttl', readText)
  const claimsText = await read('claims.md', readText)
  if (bytes === undefined || metadataText === undefined || passagesText === undefined || claimsText === undefined)
    return undefined
  const article = await collectFaults(faults, () => decodeArticle(bytes, shown('article.txt')))
  if (article === undefined) return undefined
  const metadata = readTurtle(metadataText, { file: shown('document.ttl'), baseIRI: iri })
  faults.push(...metadata.faults)
  const value = (property: NamedNode): string | undefined =>
    metadata.quads.find(({ subject, predicate }) => subject.value === iri && predicate.equals(property))?.object.value
  const language = value(dcterms.language)
  if (language === undefined) {
    faults.push({
      code: 'document-language',
      what: 'the document states no language',
      where: { file: shown('document.ttl') },
      mend: 'add dcterms:language "en" (a BCP 47 tag)',
    })
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const recorded = value(cmq.sha256)
  if (recorded !== sha256) {
    faults.push({
      code: 'article-changed',
      what: `article.txt has SHA-256 ${sha256.slice(0, 16)}…, document.ttl records ${recorded?.slice(0, 16) ?? 'none'}…`,
      where: { file: shown('article.txt') },
      mend: 'restore the text; or, if the change is meant, run "communique draft" on the folder again and mend the quotes named below',
    })
  }
  const { passages, faults: passageFaults } = readPassages(passagesText, shown('passages.ttl'), iri)
  faults.push(...passageFaults, ...stalePassages(passages, shown('passages.ttl'), article))
  const claimsFile = readClaimsFile(claimsText, shown('claims.md'))
  const { claims, faults: claimFaults } = compileClaims(claimsFile, { article, passages, documentIRI: iri, baseIRI, prefixes })
  faults.push(...claimFaults)
  return {
    name,
    iri,
    folder,
    language: language ?? 'und',
    noteLanguage: claimsFile.header.get('language') ?? 'en',
    sha256,
    article,
    passages,
    claims,
    metadata: metadata.quads,
  }
}

/** Passages that no longer stand where they were laid out. */
function stalePassages(passages: readonly Passage[], file: string, article: ArticleText): Fault[] {
  if (passages.length === 0)
    return [
      { code: 'no-passages', what: 'no passage is laid out', where: { file }, mend: 'run "communique draft" on the folder' },
    ]
  return passages.flatMap(({ position, start, end, text }) => {
    const found = article.slice(start, end)
    if (found === text) return []
    const what = `sentence ${position} no longer stands at ${start}–${end}: the text there is "${found.slice(0, 60)}"`
    const mend = 'run "communique draft" on the folder: it keeps the sentences whose words still stand and lays out the rest'
    return [{ code: 'passage-stale', what, where: { file }, sentence: position, mend }]
  })
}

/** One file of a document folder; that it is missing is a fault too. */
async function fileOf<T>(
  path: string,
  file: string,
  read: (path: string, file: string) => Promise<T | undefined>,
  faults: Fault[],
): Promise<T | undefined> {
  const count = faults.length
  const content = await collectFaults(faults, () => read(path, file))
  if (content !== undefined || faults.length > count) return content
  const mend = 'run "communique draft" on the folder: it makes what is missing'
  faults.push({ code: 'missing-file', what: 'this file is missing', where: { file }, mend })
  return undefined
}
