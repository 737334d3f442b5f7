import { createHash } from 'node:crypto'
import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { draftFiles } from '../article/draft.ts'
import { draftPassages } from '../article/passage.ts'
import { decodeArticle } from '../article/text.ts'
import { CommuniqueError } from '../error.ts'

export interface Draft {
  readonly sentences: number
  readonly written: readonly string[]
  readonly kept: readonly string[]
}

/**
 * Lays out the article of a document folder for its annotator: sentences with offsets, metadata, an empty claims file.
 * An existing claims file is kept; of an existing `document.ttl` only the SHA-256 is renewed. Files are written whole
 * or not at all.
 *
 * @param language BCP 47 tag; by default the one that `document.ttl` states, else `en`
 * @throws CommuniqueError `missing-file`, `bad-language`, and as `decodeArticle`
 */
export async function draftDocument(folder: string, language?: string): Promise<Draft> {
  const file = join(folder, 'article.txt')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new CommuniqueError('missing-file', {
      what: 'there is no text to lay out',
      where: { file },
      mend: `save the article as ${file} (UTF-8), then run this again`,
    })
  })
  const article = decodeArticle(bytes, file)
  const earlier = await readFile(join(folder, 'document.ttl'), 'utf8').catch(() => undefined)
  const tag = language ?? /dcterms:language\s+"([^"]+)"/.exec(earlier ?? '')?.[1] ?? 'en'
  if (!isLanguageTag(tag))
    throw new CommuniqueError('bad-language', {
      what: `"${tag}" is not a language tag`,
      mend: 'give a BCP 47 tag, e.g. --language fr',
    })
  const passages = draftPassages(article, tag)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const written: string[] = []
  const kept: string[] = []
  for (const [name, text] of Object.entries(draftFiles(passages, tag, sha256, basename(folder)))) {
    const path = join(folder, name)
    if (name === 'claims.md' && (await exists(path))) {
      kept.push(path)
      continue
    }
    await writeWhole(
      path,
      name === 'document.ttl' && earlier !== undefined ? earlier.replace(/(cmq:sha256\s+")[0-9a-f]*"/, `$1${sha256}"`) : text,
    )
    written.push(path)
  }
  return { sentences: passages.length, written, kept }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

function isLanguageTag(tag: string): boolean {
  try {
    return new Intl.Locale(tag).baseName !== ''
  } catch {
    return false
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
