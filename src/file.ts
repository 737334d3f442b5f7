import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommuniqueError, collectFaults, type Fault } from './error.ts'

/** A text file: what it is called in faults, and its text. */
export interface TextFile {
  readonly file: string
  readonly text: string
}

/** Bytes. A communique is a few kilobytes; what is larger than this is no text of a project. */
const LARGEST_FILE = 10_000_000

/**
 * The bytes of a file.
 *
 * @param file what it is called in faults
 * @returns undefined when there is no such file
 * @throws CommuniqueError `file-too-large`
 */
export async function readBytes(path: string, file: string): Promise<Uint8Array | undefined> {
  const found = await stat(path).catch(missing)
  if (found === undefined) return undefined
  if (found.size > LARGEST_FILE) {
    const what = `the file has ${found.size} bytes, more than the ${LARGEST_FILE} that are read`
    throw new CommuniqueError('file-too-large', { what, where: { file }, mend: 'divide it, or see what it is' })
  }
  return readFile(path)
}

/** The text of a file without a byte order mark. Throws as `readBytes` and `decodeUtf8` do. */
export async function readText(path: string, file: string): Promise<string | undefined> {
  const bytes = await readBytes(path, file)
  return bytes && decodeUtf8(bytes, file).replace(/^\uFEFF/, '')
}

/**
 * The text files of a folder whose names have an ending, by name; none when there is no such folder.
 *
 * @param shown what the folder is called in faults
 * @param faults gets the faults of files that cannot be read
 */
export async function readTexts(folder: string, shown: string, ending: string, faults: Fault[]): Promise<TextFile[]> {
  const names = ((await readdir(folder).catch(missing)) ?? []).filter(name => name.endsWith(ending)).sort()
  const files: TextFile[] = []
  for (const name of names) {
    const file = `${shown}/${name}`
    const text = await collectFaults(faults, () => readText(join(folder, name), file))
    if (text !== undefined) files.push({ file, text })
  }
  return files
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes UTF-8 strictly.
 *
 * @param at of the first byte within the file, when it is not the file's first
 * @throws CommuniqueError `invalid-utf8` with the byte offset, line and column of the first bad byte
 */
export function decodeUtf8(bytes: Uint8Array, file: string, at = { offset: 0, line: 1, column: 1 }): string {
  try {
    return strictUtf8.decode(bytes)
  } catch (cause) {
    const again = Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf8')
    let bad = 0
    while (bad < bytes.length && bytes[bad] === again[bad]) bad++
    const before = Buffer.from(bytes.subarray(0, bad)).toString('utf8')
    const lines = before.split('\n')
    throw new CommuniqueError('invalid-utf8', {
      what: `byte 0x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')} at offset ${at.offset + bad} is not valid UTF-8`,
      where: {
        file,
        line: at.line + lines.length - 1,
        column: lines.at(-1)!.length + (lines.length === 1 ? at.column : 1),
      },
      mend: 'save the file as UTF-8',
      cause,
    })
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
  return undefined
}
