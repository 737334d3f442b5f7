import type { DatasetCore, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { throwFaults } from '../error.ts'
import { owl, rdf, rdfs } from '../rdf/vocabulary.ts'
import { type Path, pathValues, readPath } from './path.ts'
import { readReport, type ValidationResult } from './report.ts'
import type { Factory, Pointer, Shape, Validation, Validator } from './shacl-engine.d.ts'
import { shapesFaults } from './shapes-check.ts'
import { defaultGraph, ShapesGraph, sh } from './shapes-graph.ts'
import { sparqlChecks } from './sparql-constraint.ts'

export type { ValidationResult }

export interface ValidationReport {
  readonly conforms: boolean
  readonly results: readonly ValidationResult[]
  /** What was looked at. A report whose counts are zero says nothing about the data. */
  readonly counts: {
    /** Active shapes with a target. */
    readonly shapes: number
    /** Different nodes that targets led to. */
    readonly focusNodes: number
    /** How often a constraint was evaluated: once for a focus node or once for each of its value nodes, as the constraint is. */
    readonly constraints: number
  }
  /** The report as SHACL writes it. */
  readonly dataset: readonly Quad[]
}

export interface ValidationOptions {
  /** Language of messages, default `en`. */
  readonly language?: string
}

/** Shapes that were found sound, ready to validate any data. */
export type DataValidator = (data: Iterable<Quad>, options?: ValidationOptions) => Promise<ValidationReport>

/**
 * Validates data against shapes. Quads of any graph are read as one graph; `rdfs:subClassOf` is read from the data.
 *
 * @returns the report; a shape that cannot be evaluated is never passed over
 * @throws CommuniqueError `bad-shapes` or `unsupported-constraint`, with all such faults of the shapes; `query-failed`
 * @example (await validate([], [])).conforms // true
 * @see Shapes Constraint Language (SHACL), 3.4 and 3.6, with SHACL-SPARQL (5, 6) and SPARQL-based targets
 */
export async function validate(
  data: Iterable<Quad>,
  shapes: Iterable<Quad>,
  options: ValidationOptions = {},
): Promise<ValidationReport> {
  return (await compileShapes(shapes))(data, options)
}

/** Reads shapes once, to validate several graphs. Throws as `validate` does. */
export async function compileShapes(shapes: Iterable<Quad>): Promise<DataValidator> {
  const shapesGraph = new ShapesGraph(shapes)
  const { checks, faults } = await sparqlChecks(shapesGraph)
  throwFaults([...shapesFaults(shapesGraph), ...faults])
  const paths = hiddenPaths(shapesGraph)
  const withTarget = shapesWithTarget(shapesGraph)
  return async (data, options = {}) => {
    const { Validator } = await import('#shacl-engine')
    const dataGraph = defaultGraph(data)
    const asked = checks.askedOf(dataGraph)
    const counts = { focusNodes: new Set<string>(), constraints: 0 }
    const evaluated = () => {
      counts.constraints++
    }
    const validator = new Validator(engineShapes(shapesGraph, dataGraph, checks.shapes, paths), {
      factory,
      validations: new Map([
        [sh('languageIn'), (shape: Shape) => languageIn(shapesGraph, shape)],
        [sparqlMark, (shape: Shape) => checks.validation(shape, asked, evaluated)],
      ]),
      targetResolvers: new Map([[sh('target'), (target: Pointer) => checks.targets(target.term!, asked)]]),
    })
    countEvaluations(validator, evaluated)
    countFocusNodes(validator, counts.focusNodes)
    const report = await validator.validate({ dataset: engineData(dataGraph, paths) })
    const { results, dataset } = readReport(report.results, shapesGraph, paths, options.language ?? 'en')
    return {
      conforms: results.length === 0,
      results,
      counts: { shapes: withTarget, focusNodes: counts.focusNodes.size, constraints: counts.constraints },
      dataset,
    }
  }
}

/** The engine needs terms, and datasets for its report. */
const factory = { ...DataFactory, dataset: (quads?: Quad[]) => new Store(quads) } as unknown as Factory

/** Stands for `sh:sparql` and components in the shapes the engine sees: at `sh:sparql` it takes a wrong turn for the shape's other constraints. */
const sparqlMark = DataFactory.namedNode('urn:communique:sparql')

/** The paths of more than a predicate, by the predicate that stands for each in what the engine sees: it misses the deeper ones. */
function hiddenPaths(shapes: ShapesGraph): Map<string, Path> {
  const nodes = shapes.store.getObjects(null, sh('path'), null).filter(({ termType }) => termType === 'BlankNode')
  return new Map(nodes.map(node => [hiddenPath(node), readPath(shapes, node)!]))
}

function hiddenPath(node: Term): string {
  return `urn:communique:path:${node.value}`
}

/**
 * The shapes as the engine needs them. It looks for subclasses among the shapes, where SHACL (section 3.2) looks in the data, and
 * counts only results of the three severities of SHACL as faults.
 */
function engineShapes(
  shapes: ShapesGraph,
  data: Store,
  shapesWithQueries: readonly Term[],
  paths: ReadonlyMap<string, Path>,
): Store {
  const store = new Store()
  const severities = ['Info', 'Warning', 'Violation'].map(name => sh(name))
  for (const { subject, predicate, object } of shapes.store) {
    if (predicate.equals(rdfs.subClassOf) || predicate.equals(sh('sparql'))) continue
    const isOwnSeverity = predicate.equals(sh('severity')) && !severities.some(severity => severity.equals(object))
    const isHidden = predicate.equals(sh('path')) && paths.has(hiddenPath(object))
    const seen = isHidden ? DataFactory.namedNode(hiddenPath(object)) : isOwnSeverity ? sh('Violation') : object
    store.addQuad(subject as NamedNode, predicate as NamedNode, seen as NamedNode)
  }
  store.addQuads(data.getQuads(null, rdfs.subClassOf, null, null))
  for (const shape of shapesWithQueries) store.addQuad(shape as NamedNode, sparqlMark, DataFactory.literal('true'))
  return store
}

/**
 * The data as the engine needs it: hidden paths are answered as if they were predicates, and no graph is empty, because on an
 * empty one the engine evaluates nothing, though a node of `sh:targetNode` can lack a property there.
 */
function engineData(data: Store, paths: ReadonlyMap<string, Path>): DatasetCore {
  const graph = data.size > 0 ? data : new Store([DataFactory.quad(sparqlMark, sparqlMark, sparqlMark)])
  const match: DatasetCore['match'] = (subject, predicate, object, name) => {
    const path = predicate?.termType === 'NamedNode' ? paths.get(predicate.value) : undefined
    if (path === undefined) return (graph as DatasetCore).match(subject, predicate, object, name)
    if (!subject) throw new Error('a path is walked from a node')
    // A literal can be a focus node, but not the subject of a triple: the store is asked for it all the same.
    const values = pathValues(path, subject, graph).filter(value => !object || value.equals(object))
    return new Store(values.map(value => DataFactory.quad(subject as NamedNode, predicate as NamedNode, value as NamedNode)))
  }
  return new Proxy(graph, { get: (target, name) => (name === 'match' ? match : Reflect.get(target, name, target)) })
}

/** The engine takes `enx` for a kind of `en`, and `EN` for none. SHACL 4.4.4 wants the basic filtering of RFC 4647. */
function languageIn(shapes: ShapesGraph, shape: Shape): Validation {
  const ranges = shapes.list(shapes.value(shape.ptr.term!, sh('languageIn'))!)!.map(({ value }) => value.toLowerCase())
  return {
    generic: context => {
      const value = context.valueOrNode
      const tag = value.term?.termType === 'Literal' ? value.term.language.toLowerCase() : ''
      if (tag !== '' && ranges.some(range => tag === range || tag.startsWith(`${range}-`))) return
      const message = [DataFactory.literal(`Language is none of ${ranges.join(', ')}`)]
      context.violation(sh('LanguageInConstraintComponent'), { message, value })
    },
  }
}

function countEvaluations({ registry: { validations } }: Validator, evaluated: () => void): void {
  const counting = (step: Validation['node']): Validation['node'] => {
    if (step === undefined) return undefined
    return context => {
      evaluated()
      return step(context)
    }
  }
  for (const [parameter, compile] of [...validations]) {
    // sh:property only leads to another shape; queries count themselves.
    if (parameter.equals(sh('property')) || parameter.equals(sparqlMark)) continue
    validations.set(parameter, shape => {
      const validation = compile(shape)
      if (validation === null) return null
      const { node, property, generic } = validation
      return { node: counting(node), property: counting(property), generic: counting(generic) } as Validation
    })
  }
}

function countFocusNodes({ shapes }: Validator, focusNodes: Set<string>): void {
  for (const shape of shapes.values()) {
    if (shape.deactivated) continue
    const resolveTargets = shape.resolveTargets.bind(shape)
    shape.resolveTargets = async context => {
      const targets = await resolveTargets(context)
      for (const { termType, value } of targets.terms) focusNodes.add(`${termType} ${value}`)
      return targets
    }
  }
}

function shapesWithTarget(shapes: ShapesGraph): number {
  const targeted = ['targetClass', 'targetNode', 'targetObjectsOf', 'targetSubjectsOf', 'target'].flatMap(name =>
    shapes.store.getSubjects(sh(name), null, null),
  )
  const implicit = shapes.store.getSubjects(rdf.type, sh('NodeShape'), null).filter(shape => {
    return shapes.values(shape, rdf.type).some(type => type.equals(rdfs.Class) || type.equals(owl.Class))
  })
  const active = [...targeted, ...implicit].filter(shape => !shapes.isTrue(shape, sh('deactivated')))
  return new Set(active.map(({ termType, value }) => `${termType} ${value}`)).size
}
