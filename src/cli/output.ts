import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommuniqueError } from '../error.ts'
import type { Flags } from './command.ts'
import type { Terminal } from './terminal.ts'

/**
 * Writes what a command gives: to stdout, or to the file of `--output`, whole or not at all.
 *
 * @param text in one piece or in pieces as they are made
 * @throws CommuniqueError `cannot-write`
 */
export async function writeOutput(
  text: string | Iterable<string> | AsyncIterable<string>,
  { output }: Flags,
  { data, err }: Terminal,
): Promise<void> {
  const pieces = typeof text === 'string' ? [text] : text
  if (typeof output !== 'string') {
    for await (const piece of pieces) data(piece)
    return
  }
  const temporary = `${output}.${process.pid}.tmp`
  const failed = (cause: NodeJS.ErrnoException): never => {
    const what = WHY[cause.code ?? '']
    if (what === undefined) throw cause
    throw new CommuniqueError('cannot-write', { what, where: { file: output }, mend: 'give another file with -o', cause })
  }
  try {
    await pipeline(Readable.from(pieces), createWriteStream(temporary, { flags: 'wx' }))
    await rename(temporary, output)
  } catch (error) {
    await rm(temporary, { force: true })
    failed(error as NodeJS.ErrnoException)
  }
  err(`wrote ${output}`)
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is a file',
  EPERM: 'you may not write there',
  EROFS: 'nothing can be written there',
}
