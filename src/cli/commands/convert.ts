import { CommuniqueError } from '../../error.ts'
import { readText } from '../../file.ts'
import { convert } from '../../syntax/convert.ts'
import { syntaxOf } from '../../syntax/syntax.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { rdfFile } from './rdf-file.ts'

export async function run([file = '-']: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const text = (option: string): string | undefined => (typeof flags[option] === 'string' ? String(flags[option]) : undefined)
  const to = text('to') ?? text('output')
  if (to === undefined)
    throw new CommuniqueError('option-missing', { what: '--to is not given: the syntax to write', mend: 'write --to turtle' })
  const { input, options } = await rdfFile(file, flags)
  const pieces = await convert(input, {
    ...options,
    to: syntaxOf(to).name,
    graph: text('graph'),
    context: await jsonOf(text('context')),
    frame: await jsonOf(text('frame')),
    unstable: flags.unstable === true,
  })
  await writeOutput(pieces, flags, terminal)
  return 0
}

async function jsonOf(file: string | undefined): Promise<object | undefined> {
  if (file === undefined) return undefined
  const text = await readText(file, file)
  try {
    if (text !== undefined) return JSON.parse(text) as object
  } catch (cause) {
    throw new CommuniqueError('jsonld-syntax', { what: `this is no JSON: ${(cause as Error).message}`, where: { file }, cause })
  }
  throw new CommuniqueError('missing-file', { what: 'there is no such file', where: { file } })
}
