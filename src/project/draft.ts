import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { decodeArticle } from '../article/article-file.ts'
import { datasetTurtle, documentTurtle, emptyClaims } from '../article/draft.ts'
import { passagesTurtle, readPassages } from '../article/passages-file.ts'
import { draftPassages } from '../article/segmentation.ts'
import { CommuniqueError } from '../error.ts'
import { readBytes, readText } from '../file.ts'

export interface Draft {
  readonly sentences: number
  readonly written: readonly string[]
  readonly kept: readonly string[]
}

/**
 * Lays out the article of a document folder for its annotator: sentences with offsets, metadata, an empty claims file; and
 * `dataset.ttl` beside the folder where a project has none yet. Of what is there already, the claims file is kept,
 * sentences keep their texts, and `document.ttl` gets the SHA-256 and the language anew. Files are written whole or not at
 * all.
 *
 * @param language BCP 47 tag; by default the one that `document.ttl` states, else `en`
 * @param date of a new `dataset.ttl`; today unless told
 * @throws CommuniqueError `missing-file`, `bad-language`, `turtle-syntax` of the passages, and as `decodeArticle`
 * @example await draftDocument('/nowhere').catch(error => error.code) // 'missing-file'
 */
export async function draftDocument(
  folder: string,
  language?: string,
  date: string = new Date().toISOString().slice(0, 10),
): Promise<Draft> {
  const file = join(folder, 'article.txt')
  const bytes = await readBytes(file, file)
  if (bytes === undefined)
    throw new CommuniqueError('missing-file', {
      what: 'there is no text to lay out',
      where: { file },
      mend: `save the article as ${file} (UTF-8), then run this again`,
    })
  const article = decodeArticle(bytes, file)
  const metadata = await readTextAt(join(folder, 'document.ttl'))
  const tag = languageTag(language ?? /dcterms:language\s+"([^"]+)"/.exec(metadata ?? '')?.[1] ?? 'en')
  const passages = await draftPassages(article, tag, await laidOut(join(folder, 'passages.ttl')))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const name = basename(resolve(folder))
  const dataset = join(folder, '..', 'dataset.ttl')
  const kept: string[] = []
  const files: [path: string, text: string | undefined][] = [
    [
      dataset,
      (await readTextAt(dataset)) === undefined ? datasetTurtle(basename(dirname(dirname(resolve(folder)))), date) : undefined,
    ],
    [join(folder, 'document.ttl'), metadata === undefined ? documentTurtle(name, tag, sha256) : renewed(metadata, tag, sha256)],
    [join(folder, 'passages.ttl'), passagesTurtle(passages, tag)],
    [
      join(folder, 'claims.md'),
      (await readTextAt(join(folder, 'claims.md'))) === undefined ? emptyClaims(name, passages) : undefined,
    ],
  ]
  for (const [path, text] of files) {
    if (text === undefined) kept.push(path)
    else await writeWhole(path, text)
  }
  return { sentences: passages.length, written: files.map(([path]) => path).filter(path => !kept.includes(path)), kept }
}

/** The texts of the sentences that were laid out before. */
async function laidOut(path: string): Promise<string[]> {
  const text = await readTextAt(path)
  if (text === undefined) return []
  const { passages, faults } = readPassages(text, path, 'urn:document')
  const [fault] = faults
  if (fault) throw new CommuniqueError(fault.code, { ...fault, faults })
  return passages.map(passage => passage.text)
}

function renewed(metadata: string, language: string, sha256: string): string {
  return metadata.replace(/(cmq:sha256\s+")[0-9a-f]*"/, `$1${sha256}"`).replace(/(dcterms:language\s+")[^"]*"/, `$1${language}"`)
}

/** The tag, if it is one: a language of two or three letters, as the registry has them. */
function languageTag(tag: string): string {
  if (/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag)) {
    try {
      return new Intl.Locale(tag).baseName
    } catch {
      // told below
    }
  }
  throw new CommuniqueError('bad-language', {
    what: `"${tag}" is not a language tag`,
    mend: 'give a BCP 47 tag, e.g. --language fr',
  })
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

function readTextAt(path: string): Promise<string | undefined> {
  return readText(path, path)
}
