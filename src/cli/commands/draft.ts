import { createHash } from 'node:crypto'
import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { draftFiles } from '../../article/draft.ts'
import { draftPassages } from '../../article/passage.ts'
import { decodeArticle } from '../../article/text.ts'
import { CommuniqueError } from '../../error.ts'
import type { Terminal } from '../terminal.ts'
import type { Flags } from './table.ts'

export async function run([folder = '']: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const file = join(folder, 'article.txt')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new CommuniqueError('missing-file', { what: 'there is no text to lay out', where: { file }, mend: `save the article as ${file} (UTF-8), then run this again` })
  })
  const article = decodeArticle(bytes, file)
  const documentFile = join(folder, 'document.ttl')
  const earlier = await readFile(documentFile, 'utf8').catch(() => undefined)
  const language = typeof flags.language === 'string' ? flags.language : (/dcterms:language\s+"([^"]+)"/.exec(earlier ?? '')?.[1] ?? 'en')
  try {
    new Intl.Locale(language)
  } catch (cause) {
    throw new CommuniqueError('bad-language', { what: `"${language}" is not a language tag`, mend: 'give a BCP 47 tag, e.g. --language fr', cause })
  }
  const passages = draftPassages(article, language)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const files = draftFiles(passages, language, sha256, basename(folder))
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    if (name === 'document.ttl' && earlier !== undefined) await write(path, earlier.replace(/(cmq:sha256\s+")[0-9a-f]*"/, `$1${sha256}"`))
    else if (name === 'claims.md' && (await exists(path))) terminal.err(`kept ${path}`)
    else await write(path, text)
  }
  terminal.out(`${passages.length} sentences laid out in ${join(folder, 'passages.ttl')}. Next: write claims in ${join(folder, 'claims.md')}, then run "communique check".`)
  return 0

  async function write(path: string, text: string): Promise<void> {
    await writeFile(`${path}.new`, text)
    await rename(`${path}.new`, path)
    terminal.err(`wrote ${path}`)
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}
