import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { throwFaults } from '../error.ts'
import { rdf, rdfs } from '../rdf/namespace.ts'
import type { Context, Factory, PathStep, Pointer, Result, Shape, Validation, Validator } from './shacl-engine.d.ts'
import { shapesFaults } from './shapes-check.ts'
import { defaultGraph, ShapesGraph, sh } from './shapes-graph.ts'
import { sparqlChecks } from './sparql-constraint.ts'

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
export async function validate(
  data: Iterable<Quad>,
  shapes: Iterable<Quad>,
  options: ValidationOptions = {},
): Promise<ValidationReport> {
  const dataGraph = defaultGraph(data)
  const shapesGraph = new ShapesGraph(shapes)
  const { checks, faults } = await sparqlChecks(shapesGraph, dataGraph)
  throwFaults([...shapesFaults(shapesGraph), ...faults])

  const { Validator } = await import('#shacl-engine')
  const counts = { focusNodes: new Set<string>(), constraints: 0 }
  const evaluated = () => {
    counts.constraints++
  }
  const validator = new Validator(engineShapes(shapesGraph, dataGraph, checks.shapes), {
    factory,
    validations: new Map([[sparqlMark, (shape: Shape) => checks.validation(shape, evaluated)]]),
    targetResolvers: new Map([[sh('target'), (target: Pointer) => checks.targets(target.term!)]]),
  })
  countEvaluations(validator, evaluated)
  countFocusNodes(validator, counts.focusNodes)
  const report = await validator.validate({ dataset: engineData(dataGraph) })
  const language = options.language ?? 'en'
  return {
    conforms: report.results.length === 0,
    results: report.results.map(result => readResult(result, language)),
    counts: { shapes: shapesWithTarget(shapesGraph), focusNodes: counts.focusNodes.size, constraints: counts.constraints },
    dataset: [...report.dataset],
  }
}

/** The engine needs terms, and datasets for its report. */
const factory = { ...DataFactory, dataset: (quads?: Quad[]) => new Store(quads) } as unknown as Factory

/** Stands for `sh:sparql` and components in the shapes the engine sees: at `sh:sparql` it takes a wrong turn for the shape's other constraints. */
const sparqlMark = DataFactory.namedNode('urn:communique:sparql')

/** The shapes for the engine, which looks for subclasses among the shapes, where SHACL (section 3.2) looks in the data. */
function engineShapes(shapes: ShapesGraph, data: Store, shapesWithQueries: readonly Term[]): Store {
  const store = defaultGraph(shapes.store)
  for (const predicate of [rdfs('subClassOf'), sh('sparql')]) store.removeQuads(store.getQuads(null, predicate, null, null))
  store.addQuads(data.getQuads(null, rdfs('subClassOf'), null, null))
  for (const shape of shapesWithQueries) store.addQuad(shape as NamedNode, sparqlMark, DataFactory.literal('true'))
  return store
}

/** The data for the engine, which evaluates nothing on an empty graph, though a node of `sh:targetNode` can lack a property there. */
function engineData(data: Store): Store {
  return data.size > 0 ? data : new Store([DataFactory.quad(sparqlMark, sparqlMark, sparqlMark)])
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
  const implicit = shapes.store.getSubjects(rdf('type'), sh('NodeShape'), null).filter(shape => {
    return shapes.values(shape, rdf('type')).some(type => type.equals(rdfs('Class')) || type.equals(owlClass))
  })
  const active = [...targeted, ...implicit].filter(shape => !shapes.isTrue(shape, sh('deactivated')))
  return new Set(active.map(({ termType, value }) => `${termType} ${value}`)).size
}

const owlClass = DataFactory.namedNode('http://www.w3.org/2002/07/owl#Class')

function readResult(
  { focusNode, path, value, message, severity, shape, constraintComponent }: Result,
  language: string,
): ValidationResult {
  const [only, ...others] = path ?? []
  const predicate = others.length === 0 && only?.quantifier === 'one' && only.start === 'subject' ? only.predicates : []
  const preferred = [language, 'en', '']
    .map(tag => message.find(literal => literal.language === tag))
    .find(found => found !== undefined)
  return {
    focusNode: focusNode.term!,
    ...(predicate.length === 1 ? { path: predicate[0] as NamedNode } : {}),
    ...(path ? { pathText: path.map(stepText).join('/') } : {}),
    ...(value?.term ? { value: value.term } : {}),
    message: (preferred ?? message[0])?.value ?? `violates ${constraintComponent.value.replace(/^.*[#/]/, '')}`,
    messages: message,
    severity,
    shape: shape.ptr.term!,
    constraintComponent,
  }
}

function stepText({ quantifier, start, predicates }: PathStep): string {
  const alternatives = predicates.map(({ value }) => `<${value}>`).join('|')
  const group = predicates.length > 1 ? `(${alternatives})` : alternatives
  return `${start === 'object' ? '^' : ''}${group}${{ one: '', oneOrMore: '+', zeroOrMore: '*', zeroOrOne: '?' }[quantifier]}`
}
