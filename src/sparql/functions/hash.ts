import type { FunctionTable, SparqlFunction } from '../functions.ts'
import { stringLiteral } from '../literal.ts'
import { plainText } from './string.ts'

/** A function of a string without a language, as the bytes of its UTF-8. */
function digest(algorithm: string): SparqlFunction {
  return ([term]) => {
    const text = plainText(term!)
    // Loaded here, since most queries hash nothing.
    const { createHash } = process.getBuiltinModule('node:crypto')
    return text === undefined ? undefined : stringLiteral(createHash(algorithm).update(text, 'utf8').digest('hex'))
  }
}

/** Hash functions, in small hexadecimal letters. @see SPARQL 1.1 Query Language, 17.4.6 */
export const hashFunctions: FunctionTable = {
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  sha384: digest('sha384'),
  sha512: digest('sha512'),
}
