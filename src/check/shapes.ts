import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { DataFactory, type NamedNode, type Quad } from 'n3'
import type { Claim } from '../article/claim.ts'
import { collectFaults, type Fault } from '../error.ts'
import { readText } from '../file.ts'
import { graphQuads } from '../project/dataset.ts'
import type { OntologyFile, Project } from '../project/project.ts'
import { readTurtle } from '../rdf/read.ts'
import { termText } from '../rdf/turtle.ts'
import { rdfs } from '../rdf/vocabulary.ts'
import { compileShapes, type ValidationResult } from '../validation/validate.ts'
import type { Finding } from './finding.ts'
import { whereInFiles } from './term-place.ts'

const { namedNode } = DataFactory
const SHAPES = 'https://w3id.org/communique/shapes#'

/** For each part of a dataset the files of shapes that must hold of it, and its graphs, each validated alone. */
const LAYERS = {
  'house-rules': {
    files: ['house-rules'],
    graphs: ({ ontology }: Project): (readonly Quad[])[] => [ontology.files.flatMap(({ quads }) => quads)],
  },
  claim: {
    files: ['common', 'claim'],
    graphs: ({ documents }: Project) =>
      documents.flatMap(({ claims }) =>
        claims.filter(({ kind, quads }) => kind !== 'inference' && quads.length > 0).map(({ quads }) => quads),
      ),
  },
  stated: { files: ['common', 'stated'], graphs: (project: Project) => [project.layer('stated')] },
  inferred: { files: ['common', 'inferred'], graphs: (project: Project) => [project.layer('inferred')] },
  provenance: {
    files: ['common', 'provenance'],
    graphs: ({ store, documents }: Project) => documents.map(({ iri }) => graphQuads(store, namedNode(`${iri}/provenance`))),
  },
} as const

export type ShapesName = keyof typeof LAYERS

/** Every file of shapes, by name. */
export const SHAPE_FILES: readonly string[] = [...new Set(Object.values(LAYERS).flatMap(({ files }) => files))]

/** The shapes of one part of the dataset hold; and its canary, a shape that must fail, does. */
export async function checkShapes(project: Project, name: ShapesName): Promise<Finding> {
  const { files, graphs } = LAYERS[name]
  const read = await readShapes(project, files)
  const shapes = read.files.flatMap(({ quads }) => quads)
  const validate = await compileShapes(shapes)
  const isOntology = name === 'house-rules'
  const hierarchy = project.ontology.files.flatMap(({ quads }) =>
    quads.filter(({ predicate }) => !isOntology && predicate.equals(rdfs.subClassOf)),
  )
  const layers = graphs(project)
  const results: ValidationResult[] = []
  let [constraints, focusNodes] = [0, 0]
  for (const layer of layers) {
    const report = await validate([...layer, ...hierarchy])
    constraints += report.counts.constraints
    focusNodes += report.counts.focusNodes
    results.push(...report.results)
  }
  const canaries = results.filter(({ focusNode }) => focusNode.value === `${SHAPES}canary`)
  const violations = results.filter(result => !canaries.includes(result)).map(result => violation(project, result, shapes))
  const silent: Fault = {
    code: 'canary-silent',
    what: `the canary shape of ${name}.ttl failed ${canaries.length} times instead of ${layers.length}: the validator does not look`,
    mend: 'restore cmqs:Canary in the shapes file',
  }
  return {
    looked: constraints - canaries.length,
    unit: 'constraints',
    faults: [...read.faults, ...violations, ...(canaries.length === layers.length ? [] : [silent])],
    note: `${focusNodes - canaries.length} focus nodes`,
  }
}

/** Files of shapes by name, from the package and from the project. */
export async function readShapes(
  { ontology }: Project,
  names: readonly string[],
): Promise<{ files: OntologyFile[]; faults: Fault[] }> {
  const files: OntologyFile[] = []
  const faults: Fault[] = []
  for (const { folder, shown } of ontology.folders) {
    for (const name of names) {
      const file = `${shown}/shapes/${name}.ttl`
      const text = await collectFaults(faults, () => readText(join(folder, 'shapes', `${name}.ttl`), file))
      if (text === undefined) continue
      const result = readTurtle(text, { file, baseIRI: SHAPES })
      faults.push(...result.faults)
      files.push({ file, text, quads: result.quads })
    }
  }
  return { files, faults }
}

/** A result as a fault that names the claim which says so, or the line of the ontology. */
function violation(project: Project, result: ValidationResult, shapes: readonly Quad[]): Fault {
  const { message, value } = result
  // A shape that looks at the whole graph names what is wrong as the value.
  const node = result.focusNode.value === `${SHAPES}graph` && value !== undefined ? value : result.focusNode
  const claim = claimAtFault(project, { focusNode: node, ...(value && { value }), predicates: predicatesOf(result, shapes) })
  const text = (term: Term): string => (term.termType === 'BlankNode' ? 'a node' : termText(term, project.prefixes))
  const isShown = value !== undefined && value.termType !== 'BlankNode' && !value.equals(node)
  return {
    code: 'shape-violated',
    what: `${text(node)}: ${message}${isShown ? ` (${text(value)})` : ''}`,
    where: claim?.where ?? (node.termType === 'NamedNode' ? whereInFiles(project.ontology.files, text(node)) : undefined),
    claim: claim?.id,
    sentence: claim?.passage?.position,
    quote: claim?.quote?.exact,
  }
}

/** The claim that is the focus node, or whose statements touch the fault most. */
function claimAtFault({ documents }: Project, { focusNode, value, predicates }: Touched): Claim | undefined {
  const touches = ({ subject, predicate, object }: Quad): number => {
    const isSubject = subject.equals(focusNode)
    if (!isSubject && !object.equals(focusNode)) return 0
    const isValue = value !== undefined && (object.equals(value) || subject.equals(value))
    return 1 + (predicates.has(predicate.value) ? 4 : 0) + (isSubject ? 1 : 0) + (isValue ? 1 : 0)
  }
  let best: Claim | undefined
  let most = 0
  for (const { iri, claims } of documents) {
    for (const claim of claims) {
      const own: readonly NamedNode[] = [claim.iri, namedNode(`${iri}/quote/${claim.id}`)]
      const score = own.some(node => node.equals(focusNode)) ? 10 : Math.max(0, ...claim.quads.map(touches))
      if (score > most) [best, most] = [claim, score]
    }
  }
  return best
}

/** What a fault is about: the node, its wrong value, the predicates of the path or of the shape's target. */
interface Touched {
  readonly focusNode: Term
  readonly value?: Term
  readonly predicates: ReadonlySet<string>
}

/** The predicates that a shape looks at: in its path, however it is built, else those that lead to its focus nodes. */
function predicatesOf({ pathText, shape }: ValidationResult, shapes: readonly Quad[]): Set<string> {
  const inPath = [...(pathText ?? '').matchAll(/<([^<>]*)>/g)].map(([, iri]) => iri!)
  if (inPath.length > 0) return new Set(inPath)
  const isTarget = ({ value }: Term): boolean => /shacl#target(Objects|Subjects)Of$/.test(value)
  return new Set(
    shapes.flatMap(({ subject, predicate, object }) => (subject.equals(shape) && isTarget(predicate) ? [object.value] : [])),
  )
}
