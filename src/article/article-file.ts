import { CommuniqueError } from '../error.ts'
import { decodeUtf8 } from '../file.ts'
import { ArticleText } from './text.ts'

/**
 * Decodes the bytes of an article. Nothing is trimmed or normalized.
 *
 * @throws CommuniqueError `invalid-utf8` with the offset of the first bad byte; `byte-order-mark` for a BOM
 */
export function decodeArticle(bytes: Uint8Array, file: string): ArticleText {
  const text = decodeUtf8(bytes, file)
  if (text.startsWith('\uFEFF')) {
    throw new CommuniqueError('byte-order-mark', {
      what: 'the text begins with a byte order mark (bytes EF BB BF at offset 0), which would shift every offset by one',
      where: { file, line: 1, column: 1 },
      mend: 'save the file as UTF-8 without BOM, then run "communique draft" again',
    })
  }
  return new ArticleText(text)
}
