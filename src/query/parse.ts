import type { Algebra } from '../sparql/algebra.ts'
import { SyntaxFault } from '../sparql/syntax/fault.ts'
import { parseText } from '../sparql/syntax/parser.ts'
import type { ParseOptions } from './engine.ts'
import { refuseDeepAlgebra, refuseHugeText, tooDeep } from './limits.ts'
import { syntaxError } from './syntax-error.ts'

/** As `parseQuery`, for those who cannot wait. */
export function parsed(text: string, options: ParseOptions = {}): Algebra {
  const { prefixes = {}, file } = options
  refuseHugeText(text, file)
  try {
    const { algebra, baseIRI } = parseText(text, options)
    refuseDeepAlgebra(algebra, text, file)
    return baseIRI === undefined ? algebra : { ...algebra, metadata: { baseIRI } }
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(text, file, error)
    throw error instanceof SyntaxFault ? syntaxError(error, text, file, prefixes) : error
  }
}
