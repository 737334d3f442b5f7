/**
 * What `dist/vendor/comunica.cjs` is made of: Comunica assembled from `comunica.config.json` (`scripts/build.js` compiles it to
 * `compiled-engine`), and the parser, generator and algebra it works with. CommonJS, so that each package is bundled once: its
 * parts ask for each other by `require`, and a mix with `import` would bundle two copies. Typed by `comunica.d.ts`.
 *
 * The config leaves out what needs a network, updates, and `prune-empty-source-operations`: for the alternatives of a path it asks
 * the default graph whether there are any, so that `GRAPH ?g { ?s :p|:q ?o }` loses its answers;
 * and `filter-pushdown`, which pushes a filter into a sub-SELECT to a variable of the same name that is another.
 */
const { QueryEngineBase } = require('@comunica/actor-init-query')
const { PathVariableObjectIterator } = require('@comunica/actor-abstract-path')
const { AsyncIterator, UnionIterator } = require('asynciterator')
const { BlankNode, TermTransformer } = require('@comunica/utils-expression-evaluator')
const { algebraUtils } = require('@comunica/utils-algebra')
const compiledEngine = require('compiled-engine')

/**
 * Joins wait for the `end` of their inputs, which never comes to those who listen too late: a join with a side that had ended before
 * waited for ever. Here a late listener is told at once.
 */
const { on, emit } = AsyncIterator.prototype
const ended = new WeakSet()
AsyncIterator.prototype.emit = function (name, ...values) {
  if (name === 'end') ended.add(this)
  return emit.call(this, name, ...values)
}
AsyncIterator.prototype.on = AsyncIterator.prototype.addListener = function (name, listener) {
  if (name === 'end' && (this.destroyed || ended.has(this))) queueMicrotask(() => listener.call(this))
  return on.call(this, name, listener)
}

/** A part of a union that ends at the moment it is read made the next one be passed over, for ever if there was no other. */
const removeEnded = UnionIterator.prototype._removeEmptySources
UnionIterator.prototype._removeEmptySources = function () {
  removeEnded.call(this)
  queueMicrotask(() => {
    if (!this.closed) this._fillBufferAsync()
  })
}

/**
 * The steps of a path `+` or `*` that end, or have more to give, while the iterator is about to finish reading, went unnoticed, and
 * the query waited for ever. Here it looks once more.
 */
const readSteps = PathVariableObjectIterator.prototype._read
PathVariableObjectIterator.prototype._read = function (count, done) {
  readSteps.call(this, count, () => {
    done()
    const { runningOperations, pendingOperations, maxRunningOperations } = this
    const hasMore = runningOperations.some(({ readable }) => readable)
    const isIdle = runningOperations.length < maxRunningOperations && pendingOperations.length > 0
    if (!this.closed && (hasMore || isIdle || runningOperations.length === 0)) this._fillBufferAsync()
  })
}

/** What `BNODE()` gave is renamed with its row, for which it must stay what it is when it is bound to a second variable. */
const { transformTerm } = TermTransformer.prototype
TermTransformer.prototype.transformTerm = function (expression) {
  const { term } = expression
  return term?.singleBindingsScope === true ? new BlankNode(term) : transformTerm.call(this, expression)
}

/** What a lookup finds, found only as it is read: a condition that wants one match, or a LIMIT, reads no more. */
class LazyIterator extends AsyncIterator {
  constructor(items) {
    super()
    this.items = items[Symbol.iterator]()
    this.readable = true
  }

  read() {
    if (this.closed) return null
    const { done, value } = this.items.next()
    if (!done) return value
    this.close()
    return null
  }
}

/** The engine. It is given algebra, never text: `parse` is the one parser of the process. */
class QueryEngine extends QueryEngineBase {
  constructor() {
    super(compiledEngine())
  }
}

/** The parser costs more to build than all the rest: once, and only when there is text to parse. */
let parser
/** What the parser drives, which alone knows where it has got to. */
let machine
function parse(text, { baseIRI, prefixes = {} } = {}) {
  const { toAlgebra } = require('@traqula/algebra-sparql-1-2')
  parser ??= newParser()
  const syntax = reportMeaningError(() => parser.parse(text, { baseIRI, prefixes }))
  const declaredBases = (syntax.context ?? []).filter(({ subType }) => subType === 'base')
  return {
    // An update has templates of quads; a query keeps its GRAPH, which `graph.ts` lowers.
    algebra: toAlgebra(syntax, { baseIRI, prefixes, quads: syntax.type === 'update', blankToVariable: true }),
    baseIRI: declaredBases.at(-1)?.value.value ?? baseIRI,
  }
}

function newParser() {
  const { Parser, sparql12ParserBuilder } = require('@traqula/parser-sparql-1-2')
  const { lex } = require('@traqula/rules-sparql-1-2')
  // Its own pattern knows no other white space than one space.
  lex.sparql12LexerBuilder.tokenVocabulary.find(({ name }) => name === 'BuiltInNotexists').PATTERN = /not[ \t\r\n]+exists/i
  sparql12ParserBuilder.patchRule(prefixedName(lex))
  const { consume } = sparql12ParserBuilder
  sparql12ParserBuilder.consume = function (options) {
    machine = consume.call(this, options)
    return machine
  }
  return new Parser({ lexerConfig: { positionTracking: 'full' }, errorHandler: reportGrammarError })
}

/** Its own rule cuts `ex:a:b` at the second colon, and keeps the backslash of `ex:a\\,b`. SPARQL 1.1, 19.8 [137], [173]. */
function prefixedName({ sparql12LexerBuilder: { tokenVocabulary } }) {
  const tokens = ['PNameLn', 'PNameNs'].map(wanted => tokenVocabulary.find(({ name }) => name === wanted))
  const impl =
    ({ ACTION, CONSUME, OR }) =>
    context => {
      const termOf = token =>
        ACTION(() => {
          const { image } = token
          const prefix = image.slice(0, image.indexOf(':'))
          if (!context.skipValidation && context.prefixes[prefix] === undefined) throw new Error(`Unknown prefix: ${prefix}`)
          const local = image.slice(prefix.length + 1).replace(/\\(.)/gs, '$1')
          return context.astFactory.termNamed(context.astFactory.sourceLocation(token), local, prefix)
        })
      return OR(tokens.map(token => ({ ALT: () => termOf(CONSUME(token)) })))
    }
  return { name: 'prefixedName', impl }
}

/** Gives a fault of meaning the place of the token that was read last. A fault of a character tells its place in words. */
function reportMeaningError(work) {
  try {
    return work()
  } catch (error) {
    const { startOffset } = machine.LA(0)
    const isPlaced = 'found' in error || error.message.startsWith('unexpected character')
    throw isPlaced || Number.isNaN(startOffset) ? error : Object.assign(error, { offset: startOffset })
  }
}

/** Keeps the place, which the parser's own message has only as a drawing. At the end of the text there is no token to point at. */
function reportGrammarError([error]) {
  const atEnd = Number.isNaN(error.token.startOffset)
  throw Object.assign(new Error(error.message), {
    found: atEnd ? 'the end of the query' : `"${error.token.image}"`,
    offset: atEnd ? undefined : error.token.startOffset,
  })
}

function generate(algebra) {
  const { toAst } = require('@traqula/algebra-sparql-1-2')
  const { AstFactory } = require('@traqula/rules-sparql-1-2')
  // It asks of every part of a filter whether it is a variable, also where there is none: an UNDEF, a LIMIT without OFFSET.
  AstFactory.prototype.isTermVariable = term => term?.type === 'term' && term.subType === 'variable'
  const { Generator } = require('@traqula/generator-sparql-1-2')
  return new Generator().generate(toAst(algebra)).trim()
}

const { version } = require('@comunica/query-sparql-rdfjs/package.json')

module.exports = { version, LazyIterator, QueryEngine, parse, generate, inScopeVariables: algebraUtils.inScopeVariables }
