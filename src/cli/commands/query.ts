import { text as textOf } from 'node:stream/consumers'
import { query } from '../../answers/ask.ts'
import { CommuniqueError } from '../../error.ts'
import { readText } from '../../file.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { askOptions, isCitedIn, resultFormat, writeAnswer } from './answer.ts'
import { askedOf } from './project.ts'

export async function run([file]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { text, shown } = await textAsked(file, flags)
  const { graph } = await askedOf(flags, terminal)
  const format = resultFormat(flags)
  const answering = query(graph, text, { ...askOptions(flags), cite: isCitedIn(format, flags), file: shown })
  return writeAnswer(answering, format, flags, terminal)
}

async function textAsked(file: string | undefined, { execute }: Flags): Promise<{ text: string; shown?: string | undefined }> {
  if (typeof execute === 'string') return { text: execute }
  if (file === '-' || (file === undefined && !process.stdin.isTTY)) return { text: await textOf(process.stdin), shown: '(stdin)' }
  if (file === undefined)
    throw new CommuniqueError('no-query', {
      what: 'there is no query',
      mend: 'give a file, - for stdin, or the text with -e "SELECT …"',
    })
  const text = await readText(file, file)
  if (text !== undefined) return { text, shown: file }
  throw new CommuniqueError('missing-file', {
    what: 'there is no such file',
    where: { file },
    mend: 'give the text of a query with -e',
  })
}
