/**
 * What `dist/vendor/comunica.cjs` is made of: Comunica assembled from `comunica.config.json` (`scripts/build.js` compiles it to
 * `compiled-engine`), and the generator of its algebra. CommonJS, so that each package is bundled once: its
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

/** The engine. It is given algebra, never text: the parser is ours. */
class QueryEngine extends QueryEngineBase {
  constructor() {
    super(compiledEngine())
  }
}

/** Loaded with the first text that is written: its parts are a third of the file. */
function generate(algebra) {
  const { toAst } = require('@traqula/algebra-sparql-1-2')
  const { AstFactory } = require('@traqula/rules-sparql-1-2')
  // It asks of every part of a filter whether it is a variable, also where there is none: an UNDEF, a LIMIT without OFFSET.
  AstFactory.prototype.isTermVariable = term => term?.type === 'term' && term.subType === 'variable'
  const { Generator } = require('@traqula/generator-sparql-1-2')
  return new Generator().generate(toAst(algebra)).trim()
}

const { version } = require('@comunica/query-sparql-rdfjs/package.json')

module.exports = { version, AsyncIterator, QueryEngine, generate }
