import { buffer as bytesOf } from 'node:stream/consumers'
import { query } from '../../answers/ask.ts'
import { CommuniqueError } from '../../error.ts'
import { decodeUtf8, readText } from '../../file.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { askOptions, interrupted, isCitedIn, resultFormat, writeAnswer } from './answer.ts'
import { askedOf } from './project.ts'

export async function run([file]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { text, shown } = await textAsked(file, flags)
  const { graph, root } = await askedOf(flags, terminal)
  const format = resultFormat(flags)
  const options = { ...(await askOptions(flags, root)), cite: isCitedIn(format, flags), file: shown, signal: interrupted() }
  return writeAnswer(query(graph, text, options), format, flags, terminal)
}

interface TextAsked {
  readonly text: string
  /** What the text is called in faults. */
  readonly shown?: string
}

async function textAsked(file: string | undefined, { execute }: Flags): Promise<TextAsked> {
  const asked = typeof execute === 'string' ? { text: execute } : await textRead(file)
  if (asked !== undefined && asked.text.trim() !== '') return asked
  throw new CommuniqueError('no-query', {
    what: 'there is no query',
    mend: 'give a file, - for stdin, or the text with -e "SELECT …"',
  })
}

async function textRead(file: string | undefined): Promise<TextAsked | undefined> {
  if (file === '-' || (file === undefined && !process.stdin.isTTY)) {
    const shown = '(stdin)'
    return { text: decodeUtf8(await bytesOf(process.stdin), shown).replace(/^\uFEFF/, ''), shown }
  }
  if (file === undefined) return undefined
  const missing = (what: string): CommuniqueError =>
    new CommuniqueError('missing-file', { what, where: { file }, mend: 'give the text of a query with -e' })
  const text = await readText(file, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EISDIR') throw missing('it is a folder')
    if (error.code === 'EACCES') throw missing('you may not read it')
    throw error
  })
  if (text === undefined) throw missing('there is no such file')
  return { text, shown: file }
}
