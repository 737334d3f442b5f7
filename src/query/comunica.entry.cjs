/**
 * What `dist/vendor/comunica.cjs` is made of: Comunica assembled from `comunica.config.json` (compiled to `compiled-engine` by
 * `scripts/build.js`), and the parser, generator and algebra it works with. CommonJS, so that each package is bundled once: its
 * parts ask for each other by `require`, and a mix with `import` would bundle two copies. Typed by `comunica.d.ts`.
 */
const { QueryEngineBase } = require('@comunica/actor-init-query')
const { AlgebraFactory, algebraUtils } = require('@comunica/utils-algebra')
const compiledEngine = require('compiled-engine')

/** The engine. It is given algebra, never text: `parse` is the one parser of the process. */
class QueryEngine extends QueryEngineBase {
  constructor() {
    super(compiledEngine())
  }
}

/** The parser costs more to build than all the rest: only once, and only when there is text to parse. */
let parser
function parse(text, { baseIRI, prefixes = {}, quads = true } = {}) {
  const { Parser } = require('@traqula/parser-sparql-1-2')
  const { toAlgebra } = require('@traqula/algebra-sparql-1-2')
  parser ??= new Parser({ lexerConfig: { positionTracking: 'full' } })
  const syntax = parser.parse(text, { baseIRI, prefixes })
  const declared = (syntax.context ?? []).filter(({ subType }) => subType === 'base').map(({ value }) => value.value)
  return {
    algebra: toAlgebra(syntax, { baseIRI, prefixes, quads, blankToVariable: true }),
    baseIRI: declared.at(-1) ?? baseIRI,
  }
}

function generate(algebra) {
  const { toAst } = require('@traqula/algebra-sparql-1-2')
  const { Generator } = require('@traqula/generator-sparql-1-2')
  return new Generator().generate(toAst(algebra)).trim()
}

module.exports = { QueryEngine, parse, generate, AlgebraFactory, algebraUtils }
