import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import { rdf, xsd } from '../rdf/vocabulary.ts'
import { type Path, pathText, writePath } from './path.ts'
import type { PathStep, Result } from './shacl-engine.d.ts'
import { type ShapesGraph, sh } from './shapes-graph.ts'

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

/**
 * Reads the results of the engine.
 *
 * @param paths the paths that stand behind predicates of the engine's shapes, by IRI
 * @param language of the messages, a BCP 47 tag
 * @returns the results, and the same as SHACL writes them (SHACL 3.6)
 */
export function readReport(
  results: readonly Result[],
  shapes: ShapesGraph,
  paths: ReadonlyMap<string, Path>,
  language: string,
): { results: ValidationResult[]; dataset: Quad[] } {
  const dataset = new Store()
  const report = DataFactory.blankNode()
  dataset.addQuad(report, rdf.type, sh('ValidationReport'))
  dataset.addQuad(report, sh('conforms'), DataFactory.literal(String(results.length === 0), xsd.boolean))
  const read = results.map(result => {
    const path = result.path === null ? undefined : originalPath(result.path, paths)
    const fault = readResult(result, path, shapes, language)
    dataset.addQuad(report, sh('result'), writeResult(fault, path, result.source, dataset))
    return fault
  })
  return { results: read, dataset: [...dataset] }
}

/** The engine's paths are single predicates: all others are hidden behind one. */
function originalPath([step]: readonly PathStep[], paths: ReadonlyMap<string, Path>): Path | undefined {
  const predicate = step?.predicates[0]
  return predicate && (paths.get(predicate.value) ?? { kind: 'predicate', predicate })
}

function readResult(result: Result, path: Path | undefined, shapes: ShapesGraph, language: string): ValidationResult {
  const { focusNode, value, message, constraintComponent } = result
  const shape = result.shape.ptr.term!
  const preferred = [language, 'en', '']
    .map(tag => message.find(literal => literal.language === tag))
    .find(found => found !== undefined)
  return {
    focusNode: focusNode.term!,
    ...(path?.kind === 'predicate' ? { path: path.predicate as NamedNode } : {}),
    ...(path === undefined ? {} : { pathText: pathText(path) }),
    ...(value?.term ? { value: value.term } : {}),
    message: (preferred ?? message[0])?.value ?? `violates ${constraintComponent.value.replace(/^.*[#/]/, '')}`,
    messages: message,
    severity: (shapes.value(shape, sh('severity')) as NamedNode | undefined) ?? sh('Violation'),
    shape,
    constraintComponent,
  }
}

function writeResult(fault: ValidationResult, path: Path | undefined, constraints: readonly Term[], dataset: Store) {
  const node = DataFactory.blankNode()
  const add = (name: string, object: Term | undefined) => object && dataset.addQuad(node, sh(name), object as typeof node)
  dataset.addQuad(node, rdf.type, sh('ValidationResult'))
  add('focusNode', fault.focusNode)
  add('resultPath', path && writePath(path, dataset))
  add('value', fault.value)
  add('resultSeverity', fault.severity)
  add('sourceConstraintComponent', fault.constraintComponent)
  add('sourceShape', fault.shape)
  for (const constraint of constraints) add('sourceConstraint', constraint)
  for (const message of fault.messages) add('resultMessage', message)
  return node
}
