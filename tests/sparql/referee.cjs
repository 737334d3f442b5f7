/** Traqula's parser, with its known faults left as they are: what it gives is compared with what ours gives. */
const { toAlgebra } = require('@traqula/algebra-sparql-1-2')
const { Parser } = require('@traqula/parser-sparql-1-2')

const parser = new Parser()

exports.refereeAlgebra = (text, { baseIRI, prefixes = {} } = {}) => {
  const syntax = parser.parse(text, { baseIRI, prefixes })
  return toAlgebra(syntax, { baseIRI, prefixes, quads: syntax.type === 'update', blankToVariable: true })
}
