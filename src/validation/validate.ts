import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { CommuniqueError, throwFaults } from '../error.ts'
import { namespace, rdf, rdfs } from '../rdf/namespace.ts'
import type { Context, Factory, PathStep, Result, Shape, Validation, Validator } from './shacl-engine.d.ts'
import { shapesFaults } from './shapes-check.ts'
import { defaultGraph, ShapesGraph, sh } from './shapes-graph.ts'
import { type SparqlChecks, sparqlChecks } from './sparql-constraint.ts'

/** One fault found in the data. */
export interface ValidationResult {
  readonly focusNode: Term
  /** The property at fault, where the path is a single predicate. */
  readonly path?: NamedNode
  /** The path as SPARQL writes it. */
  readonly pathText?: string
  readonly value?: Term
  /** In the language asked for, else English, else without language, else the first. */
  readonly message: string
  readonly messages: readonly Literal[]
  readonly severity: NamedNode
  /** `sh:sourceShape`. */
  readonly shape: Term
  readonly constraintComponent: NamedNode
}

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

/**
 * Validates data against shapes. Quads of any graph are read as one graph; `rdfs:subClassOf` is read from the data.
 *
 * @returns the report; a shape that cannot be evaluated is never passed over
 * @throws CommuniqueError `bad-shapes` or `unsupported-constraint`, with all such faults of the shapes; `query-failed`
 * @see Shapes Constraint Language (SHACL), 3.4 and 3.6, with SHACL-SPARQL (5, 6) and SPARQL-based targets
 */
export async function validate(data: Iterable<Quad>, shapes: Iterable<Quad>, options: ValidationOptions = {}): Promise<ValidationReport> {
  const dataGraph = defaultGraph(data)
  const shapesGraph = new ShapesGraph(shapes)
  const { checks, faults } = await sparqlChecks(shapesGraph, dataGraph)
  throwFaults([...shapesFaults(shapesGraph), ...faults])

  const { Validator } = await import('#shacl-engine')
  const validator = new Validator(engineShapes(shapesGraph, dataGraph), {
    factory,
    validations: new Map([[sparqlMark, shape => checks.validation(shape)]]),
    targetResolvers: new Map([[sh('target'), target => checks.targets(target.term!)]]),
  })
  const counted = counting(validator)
  const report = await validator.validate({ dataset: engineData(dataGraph) })
  const language = options.language ?? 'en'
  return {
    conforms: report.results.length === 0,
    results: report.results.map(result => readResult(result, shapesGraph, language)),
    counts: {
      shapes: shapesWithTarget(shapesGraph),
      focusNodes: counted.focusNodes.size,
      constraints: counted.constraints(),
    },
    dataset: [...report.dataset],
  }
}

const factory = { ...DataFactory, dataset: (quads?: readonly Quad[]) => new Store(quads as never) } as unknown as Factory

/** Stands in the shapes that the engine sees for `sh:sparql` and for components: at `sh:sparql` it would leave out a shape's other constraints. */
const sparqlMark = namespace('urn:communique:')('sparql')

/**
 * The shapes as the engine needs them: it looks for subclasses among the shapes, where SHACL (section 3.2) looks in the data, and
 * takes the instances of every node shape as its targets, where SHACL wants a class.
 */
function engineShapes(shapes: ShapesGraph, data: Store): Store {
  const store = new Store([...shapes.store])
  store.deleteMatches(null, rdfs('subClassOf'), null)
  store.addQuads(data.getQuads(null, rdfs('subClassOf'), null, null))
  store.deleteMatches(null, sh('sparql'), null)
  for (const shape of shapesOf(shapes)) store.addQuad(shape as never, sparqlMark, DataFactory.literal('true'))
  return store
}
