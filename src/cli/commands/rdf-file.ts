import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { CommuniqueError } from '../../error.ts'
import type { Input } from '../../syntax/input.ts'
import type { ReadOptions } from '../../syntax/read.ts'
import { syntaxOf } from '../../syntax/syntax.ts'
import type { Flags } from '../command.ts'

/**
 * A file of RDF that a command reads, or standard input for `-`, with its syntax by `--from` or its extension.
 *
 * @throws CommuniqueError `missing-file`, `option-missing`, `unknown-syntax`
 */
export async function rdfFile(file: string, { from, base }: Flags): Promise<{ input: Input; options: ReadOptions }> {
  const isPipe = file === '-'
  if (isPipe && from === undefined)
    throw new CommuniqueError('option-missing', {
      what: '--from is not given: the syntax of what is read',
      mend: 'write --from turtle',
    })
  if (!isPipe && !(await stat(file).catch(() => undefined))?.isFile())
    throw new CommuniqueError('missing-file', { what: 'there is no such file', where: { file } })
  return {
    input: isPipe ? process.stdin : createReadStream(file),
    options: {
      file: isPipe ? 'standard input' : file,
      baseIRI: typeof base === 'string' ? base : '',
      syntax: syntaxOf(typeof from === 'string' ? from : file),
    },
  }
}
