import type { Term } from '@rdfjs/types'
import { distance } from 'fastest-levenshtein'
import type { Fault } from '../error.ts'
import { rdf } from '../rdf/vocabulary.ts'
import { readPath } from './path.ts'
import { type ShapesGraph, sh } from './shapes-graph.ts'

/**
 * What in a shapes graph would be passed over in silence, or cannot be evaluated here.
 *
 * @returns `bad-shapes` for what SHACL does not allow, `unsupported-constraint` for what it allows and this validator lacks; all faults, in the order of the graph
 * @see SHACL, Appendix B (Summary of SHACL Syntax Rules)
 */
export function shapesFaults(shapes: ShapesGraph): Fault[] {
  return [...unknownTerms(shapes), ...parameterFaults(shapes), ...pathFaults(shapes), ...unsupportedFaults(shapes)]
}

/** The constraint parameters of SHACL Core: what their value must be, and whether a shape may have several. */
const parameters: Readonly<Record<string, { readonly value: ValueKind; readonly several?: true }>> = {
  class: { value: 'node', several: true },
  datatype: { value: 'iri' },
  nodeKind: { value: 'node kind' },
  minCount: { value: 'integer' },
  maxCount: { value: 'integer' },
  minExclusive: { value: 'literal' },
  minInclusive: { value: 'literal' },
  maxExclusive: { value: 'literal' },
  maxInclusive: { value: 'literal' },
  minLength: { value: 'integer' },
  maxLength: { value: 'integer' },
  pattern: { value: 'pattern' },
  flags: { value: 'literal' },
  languageIn: { value: 'list' },
  uniqueLang: { value: 'boolean' },
  equals: { value: 'iri' },
  disjoint: { value: 'iri' },
  lessThan: { value: 'iri' },
  lessThanOrEquals: { value: 'iri' },
  not: { value: 'node' },
  and: { value: 'list' },
  or: { value: 'list' },
  xone: { value: 'list' },
  node: { value: 'node', several: true },
  property: { value: 'node', several: true },
  qualifiedValueShape: { value: 'node' },
  qualifiedValueShapesDisjoint: { value: 'boolean' },
  qualifiedMinCount: { value: 'integer' },
  qualifiedMaxCount: { value: 'integer' },
  closed: { value: 'boolean' },
  ignoredProperties: { value: 'list' },
  hasValue: { value: 'any' },
  in: { value: 'list' },
  sparql: { value: 'node', several: true },
  severity: { value: 'iri' },
  deactivated: { value: 'boolean' },
}

type ValueKind = 'any' | 'boolean' | 'integer' | 'iri' | 'list' | 'literal' | 'node' | 'node kind' | 'pattern'

/** Other SHACL properties that a shapes graph may have: targets, paths, words for people, SPARQL, and reports kept with the shapes. */
const otherProperties: ReadonlySet<string> = new Set([
  ...['targetClass', 'targetNode', 'targetObjectsOf', 'targetSubjectsOf', 'target'],
  ...['path', 'alternativePath', 'inversePath', 'zeroOrMorePath', 'oneOrMorePath', 'zeroOrOnePath'],
  ...['name', 'description', 'order', 'group', 'defaultValue', 'message', 'shapesGraph', 'suggestedShapesGraph'],
  ...['prefixes', 'declare', 'prefix', 'namespace', 'select', 'ask'],
  ...['parameter', 'optional', 'labelTemplate', 'validator', 'nodeValidator', 'propertyValidator'],
  ...['conforms', 'result', 'detail', 'focusNode', 'resultPath', 'value', 'resultSeverity', 'resultMessage', 'source'],
  ...['sourceShape', 'sourceConstraint', 'sourceConstraintComponent', 'shapesGraphWellFormed'],
])

/** SHACL properties and classes that change what conforms, and that are not evaluated here. */
const unsupported: Readonly<Record<string, string>> = {
  js: 'constraints in JavaScript',
  jsLibrary: 'constraints in JavaScript',
  rule: 'SHACL rules',
  entailment: 'entailment regimes',
  expression: 'node expressions',
  values: 'node expressions',
  filterShape: 'node expressions',
  targetShape: 'targets by shape',
  condition: 'SHACL rules',
  construct: 'SHACL rules',
  resultAnnotation: 'annotations of results',
  SPARQLFunction: 'functions declared in SPARQL',
  SPARQLTargetType: 'target types',
  JSConstraint: 'constraints in JavaScript',
  JSValidator: 'constraints in JavaScript',
  JSFunction: 'constraints in JavaScript',
}

/** An IRI with an unknown property and nothing else of SHACL about it is data that speaks of shapes, not a shape. */
function* unknownTerms({ store }: ShapesGraph): Generator<Fault> {
  const known = [...Object.keys(parameters), ...otherProperties]
  const nameOf = ({ value }: Term) => (value.startsWith(sh('').value) ? value.slice(sh('').value.length) : undefined)
  for (const predicate of store.getPredicates(null, null, null)) {
    const name = nameOf(predicate)
    if (name === undefined || known.includes(name) || name in unsupported) continue
    const nearest = known.reduce((best, other) => (distance(name, other) < distance(name, best) ? other : best))
    const mend = distance(name, nearest) <= 3 ? `did you mean sh:${nearest}?` : undefined
    const isShape = (subject: Term) =>
      subject.termType === 'BlankNode' ||
      store.getQuads(subject as never, null, null, null).some(quad => {
        const used = quad.predicate.equals(rdf.type) ? quad.object : quad.predicate
        return !used.equals(predicate) && nameOf(used) !== undefined
      })
    if (store.getSubjects(predicate, null, null).some(isShape))
      yield { code: 'bad-shapes', what: `sh:${name} is not a property of SHACL`, mend }
  }
}

function* parameterFaults(shapes: ShapesGraph): Generator<Fault> {
  for (const [name, { value: kind, several }] of Object.entries(parameters)) {
    for (const shape of shapes.store.getSubjects(sh(name), null, null)) {
      const values = shapes.values(shape, sh(name))
      if (values.length > 1 && several === undefined) {
        yield {
          code: 'unsupported-constraint',
          what: `${shapes.label(shape)} has ${values.length} values of sh:${name}; only one is evaluated`,
          mend: 'write a shape for each',
        }
      }
      for (const value of values) {
        const fault = valueFault(kind, value, shapes)
        if (fault !== undefined) yield { ...fault, what: `${shapes.label(shape)}: sh:${name} ${fault.what}` }
      }
    }
  }
}

function valueFault(kind: ValueKind, value: Term, shapes: ShapesGraph): Fault | undefined {
  const bad = (what: string): Fault => ({ code: 'bad-shapes', what })
  if (kind === 'iri' && value.termType !== 'NamedNode') return bad(`must be an IRI, not ${value.value}`)
  if (kind === 'node' && value.termType === 'Literal') return bad(`must not be the literal "${value.value}"`)
  if (kind === 'literal' && value.termType !== 'Literal') return bad(`must be a literal, not ${value.value}`)
  if (kind === 'integer' && !/^[+]?\d+$/.test(value.value)) return bad(`must be an integer, not ${value.value}`)
  if (kind === 'boolean' && !['true', 'false', '1', '0'].includes(value.value))
    return bad(`must be true or false, not ${value.value}`)
  if (kind === 'list' && shapes.list(value) === undefined) return bad('must be a list')
  if (kind === 'node kind' && !nodeKinds.has(value.value)) return bad(`must be a node kind, not <${value.value}>`)
  if (kind === 'pattern') {
    try {
      new RegExp(value.value)
    } catch (error) {
      return bad(`"${value.value}" is not a regular expression: ${error instanceof Error ? error.message : error}`)
    }
  }
  return undefined
}

const nodeKinds = new Set(
  ['BlankNode', 'IRI', 'Literal', 'BlankNodeOrIRI', 'BlankNodeOrLiteral', 'IRIOrLiteral'].map(name => sh(name).value),
)

function* pathFaults(shapes: ShapesGraph): Generator<Fault> {
  for (const shape of shapes.store.getSubjects(sh('path'), null, null)) {
    const paths = shapes.values(shape, sh('path'))
    if (paths.length > 1) yield { code: 'bad-shapes', what: `${shapes.label(shape)} has ${paths.length} values of sh:path` }
    if (readPath(shapes, paths[0]!) === undefined)
      yield { code: 'bad-shapes', what: `${shapes.label(shape)}: sh:path is not a property path` }
  }
}

function* unsupportedFaults(shapes: ShapesGraph): Generator<Fault> {
  for (const [name, what] of Object.entries(unsupported)) {
    const users = [...shapes.store.getSubjects(sh(name), null, null), ...shapes.store.getSubjects(rdf.type, sh(name), null)]
    for (const user of users)
      yield { code: 'unsupported-constraint', what: `${shapes.label(user)}: sh:${name}: ${what} are not supported` }
  }
}
