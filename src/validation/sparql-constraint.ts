import type { Literal, Quad, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { DataFactory } from 'n3'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import { ask, parseQuery, select } from '../query/engine.ts'
import { termKey } from '../rdf/term.ts'
import { type Algebra, nodesOf, termsOf } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import { pathText, readPath } from './path.ts'
import type { Context, PathStep, Shape, Validation } from './shacl-engine.d.ts'
import { type ShapesGraph, sh } from './shapes-graph.ts'

/** A query that decides whether a node conforms to a shape: of a `sh:sparql`, or of a constraint component declared in SPARQL. */
interface SparqlCheck {
  readonly component: Term
  /** The value of `sh:sparql`; none for a component. */
  readonly constraint: Term | undefined
  /** ASK answers for one value node whether it is right; SELECT gives a solution for each fault of a focus node. */
  readonly form: 'ask' | 'select'
  readonly algebra: Algebra
  readonly parameters: ReadonlyMap<string, Term>
  readonly messages: readonly Literal[]
}

/** The SPARQL part of a shapes graph, parsed and checked. */
export interface SparqlChecks {
  /** The shapes that have queries. */
  readonly shapes: readonly Term[]
  /** What the queries are asked of: the data, with the shapes graph beside it where a query looks into that. */
  askedOf(data: Store): QuadStore
  /** How the queries of a shape are evaluated; `evaluated` is called each time one is. */
  validation(shape: Shape, asked: QuadStore, evaluated: () => void): Validation | null
  /** The nodes that a `sh:target` with a query selects. */
  targets(target: Term, asked: QuadStore): Promise<Term[]>
}

/** The named graph in which `$shapesGraph` is found. */
const shapesGraphName = DataFactory.namedNode('urn:communique:shapes-graph')

/**
 * Parses every query of a shapes graph.
 *
 * @returns the checks, and the faults that keep queries from being evaluated: with faults, do not validate
 * @see SHACL 5 (SPARQL-based Constraints), 6 (SPARQL-based Constraint Components); SHACL-AF 3.1 (SPARQL-based Targets)
 */
export async function sparqlChecks(shapes: ShapesGraph): Promise<{ checks: SparqlChecks; faults: Fault[] }> {
  const faults: Fault[] = []
  const byShape = new Map<string, { readonly shape: Term; readonly checks: SparqlCheck[] }>()
  const add = (shape: Term, check: SparqlCheck) => {
    const entry = byShape.get(termKey(shape)) ?? { shape, checks: [] }
    entry.checks.push(check)
    byShape.set(termKey(shape), entry)
  }

  const parse = async (holder: Term, form: 'ask' | 'select', shape: Term | undefined, prebound: readonly string[]) => {
    const [query] = shapes.values(holder, sh(form))
    const label = shapes.label(shape ?? holder)
    if (query === undefined) throw new CommuniqueError('bad-shapes', { what: `${label}: a SPARQL constraint without sh:${form}` })
    const pathNode = shape === undefined ? undefined : shapes.value(shape, sh('path'))
    const path = pathNode && readPath(shapes, pathNode)
    const text = path === undefined ? query.value : query.value.replace(/[$?]PATH\b/g, () => `(${pathText(path)})`)
    const algebra = await parseQuery(text, { prefixes: shapes.prefixes(holder) }).catch((error: unknown) => {
      if (!(error instanceof CommuniqueError)) throw error
      throw new CommuniqueError('bad-shapes', {
        what: `${label}: sh:${form}: ${error.what}`,
        where: error.where,
        mend: error.mend,
        cause: error,
      })
    })
    faults.push(...illFormed(algebra, form, prebound).map(({ code, what }) => ({ code, what: `${label}: sh:${form}: ${what}` })))
    return algebra
  }
  for (const { subject: shape, object: constraint } of shapes.store.match(null, sh('sparql'), null) as Iterable<Quad>) {
    if (shapes.isTrue(constraint, sh('deactivated'))) continue
    const read = async () => {
      const algebra = await parse(constraint, 'select', shape, [])
      const messages = shapes.values(constraint, sh('message')) as Literal[]
      const component = sh('SPARQLConstraintComponent')
      add(shape, { component, constraint, form: 'select', algebra, parameters: new Map(), messages })
    }
    await collectFaults(faults, read)
  }

  for (const { shape, component, validator, parameters, names } of shapes.componentUses(faults)) {
    const read = async () => {
      const form = shapes.value(validator, sh('ask')) === undefined ? 'select' : 'ask'
      const algebra = await parse(validator, form, shape, names)
      const messages = [validator, component]
        .map(holder => shapes.values(holder, sh('message')) as Literal[])
        .find(found => found.length > 0)
      add(shape, { component, constraint: undefined, form, algebra, parameters, messages: messages ?? [] })
    }
    await collectFaults(faults, read)
  }

  const targetQueries = new Map<string, Algebra>()
  for (const { object: target } of shapes.store.match(null, sh('target'), null) as Iterable<Quad>) {
    const read = async () => {
      targetQueries.set(termKey(target), await parse(target, 'select', undefined, []))
    }
    await collectFaults(faults, read)
  }

  const algebras = [
    ...targetQueries.values(),
    ...[...byShape.values()].flatMap(({ checks }) => checks.map(({ algebra }) => algebra)),
  ]
  const seesShapes = algebras.some(algebra =>
    [...termsOf(algebra)].some(({ termType, value }) => termType === 'Variable' && value === 'shapesGraph'),
  )
  const checks: SparqlChecks = {
    shapes: [...byShape.values()].map(({ shape }) => shape),
    askedOf: data => QuadStore.of(seesShapes ? shapes.beside(data, shapesGraphName) : data),
    validation(shape, asked, evaluated) {
      const own = byShape.get(termKey(shape.ptr.term!))
      return own === undefined ? null : validation(own.checks, asked, evaluated)
    },
    async targets(target, asked) {
      const query = targetQueries.get(termKey(target))
      if (query === undefined) return []
      const solutions = await select(asked, query)
      return solutions.flatMap(solution => solution.get('this') ?? [])
    },
  }
  return { checks, faults }
}

/** What SHACL forbids in a query whose variables are bound before it starts. */
function illFormed(algebra: Algebra, form: 'ask' | 'select', parameters: readonly string[]): Fault[] {
  const required = ['this', ...(form === 'ask' ? ['value'] : []), ...parameters]
  const bound = new Set([...required, 'shapesGraph', 'currentShape'])
  const faults: Fault[] = []
  const bad = (what: string, code = 'bad-shapes') => faults.push({ code, what })
  let projections = 0
  for (const { type, subType, variable, variables } of nodesOf(algebra)) {
    if (type === 'minus') bad('MINUS is not allowed with variables bound beforehand; use FILTER NOT EXISTS')
    if (type === 'values') bad('VALUES is not allowed with variables bound beforehand; use FILTER(?x IN (...))')
    if (type === 'service') bad('SERVICE is not supported: validation stays within the data', 'unsupported-constraint')
    const assigned = type === 'extend' || subType === 'aggregate' ? (variable as Term | undefined) : undefined
    if (assigned !== undefined && bound.has(assigned.value)) bad(`AS ?${assigned.value}: the variable has its value beforehand`)
    if (type === 'project' && (form === 'ask' || projections++ > 0)) {
      const projected = (variables as readonly Term[]).map(({ value }) => value)
      const missing = required.filter(name => !projected.includes(name)).map(name => `$${name}`)
      if (missing.length > 0) bad(`a sub-SELECT must project ${missing.join(' and ')}`)
    }
  }
  const expected = form === 'ask' ? 'ask' : 'project'
  if (![...nodesOf(algebra)].some(({ type }) => type === expected)) bad(`its text is not a ${form.toUpperCase()} query`)
  return faults
}

function validation(checks: readonly SparqlCheck[], data: QuadStore, evaluated: () => void): Validation {
  const evaluateAll = (form: 'ask' | 'select', evaluate: typeof askValue) => async (context: Context) => {
    for (const check of checks.filter(check => check.form === form)) {
      evaluated()
      await evaluate(check, context, data)
    }
  }
  const perFocusNode = evaluateAll('select', selectFaults)
  return { node: perFocusNode, property: perFocusNode, generic: evaluateAll('ask', askValue) }
}

async function selectFaults(check: SparqlCheck, context: Context, data: QuadStore): Promise<void> {
  const { component, constraint, parameters, messages } = check
  const { focusNode, shape } = context
  const solutions = await select(data, check.algebra, { bindings: bindings(check, context) })
  for (const solution of solutions) {
    if (solution.get('failure')?.value === 'true') {
      throw new CommuniqueError('query-failed', { what: `a SPARQL constraint reports a failure at ${focusNode.term?.value}` })
    }
    const path = solution.get('path')
    const value = solution.get('value') ?? (shape.isPropertyShape ? undefined : focusNode.term)
    const message = solution.get('message')
    context.violation(component, {
      args: Object.fromEntries([...parameters, ...solution]),
      message: message?.termType === 'Literal' ? [message] : messages,
      path: path?.termType === 'NamedNode' ? [step(path)] : undefined,
      source: constraint === undefined ? [] : [constraint],
      value: value === undefined ? undefined : focusNode.node([value]),
    })
  }
}

async function askValue(check: SparqlCheck, context: Context, data: QuadStore): Promise<void> {
  const value = context.valueOrNode
  const bound = new Map([...bindings(check, context), ['value', value.term!] as const])
  if (await ask(data, check.algebra, { bindings: bound })) return
  context.violation(check.component, { args: Object.fromEntries(bound), message: check.messages, value })
}

function bindings({ parameters }: SparqlCheck, { focusNode, shape }: Context): Map<string, Term> {
  const fixed: [string, Term][] = [
    ['this', focusNode.term!],
    ['currentShape', shape.ptr.term!],
    ['shapesGraph', shapesGraphName],
  ]
  return new Map([...parameters, ...fixed])
}

function step(predicate: Term): PathStep {
  return { quantifier: 'one', start: 'subject', end: 'object', predicates: [predicate] }
}
