import { closeSync, openSync, writeSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { CommuniqueError } from '../error.ts'
import type { Flags } from './command.ts'
import type { Terminal } from './terminal.ts'

/**
 * Writes what a command gives, in one or many pieces: to stdout, or to the file of `--output`, whole or not at all.
 *
 * @throws CommuniqueError `cannot-write`
 */
export async function writeOutput(
  text: Iterable<string> | AsyncIterable<string>,
  { output }: Flags,
  { data, err }: Terminal,
): Promise<void> {
  const pieces = typeof text === 'string' ? [text] : text
  if (typeof output !== 'string') {
    for await (const piece of pieces) data(piece)
    return
  }
  const temporary = `${output}.${process.pid}.tmp`
  try {
    const file = openSync(temporary, 'wx')
    try {
      for await (const piece of pieces) writeWhole(file, piece)
    } finally {
      closeSync(file)
    }
    await rename(temporary, output)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    const { syscall, code } = cause as NodeJS.ErrnoException
    if (syscall === undefined) throw cause
    const what = `the file cannot be written (${code})`
    throw new CommuniqueError('cannot-write', { what, where: { file: output }, mend: 'give another one with -o', cause })
  }
  err(`wrote ${output}`)
}

/** At once: to hand each piece to a thread costs more than to write it. */
function writeWhole(file: number, piece: string | Uint8Array): void {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
