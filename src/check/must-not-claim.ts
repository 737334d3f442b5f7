import { join, relative } from 'node:path'
import type { Quad } from 'n3'
import { collectFaults, type Fault } from '../error.ts'
import { readTexts, type TextFile } from '../file.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import { LAYERS, layerIRI } from '../project/layer.ts'
import type { Project } from '../project/project.ts'
import { ask, parseQuery } from '../query/engine.ts'
import { readHeader } from '../query/header.ts'
import { readTurtle } from '../rdf/read.ts'
import type { Algebra } from '../sparql/algebra.ts'
import { QuadStore } from '../store/quad-store.ts'
import type { Finding } from './finding.ts'

/** A question to which the answer must be no. */
export interface MustNotClaimQuestion extends TextFile {
  readonly summary: string
  readonly algebra: Algebra
  /** Triples that make the answer yes. */
  readonly falsehood: readonly Quad[]
  /** The document of which it is asked alone; a question of the ontology is asked of the whole dataset. */
  readonly document: CommuniqueDocument | undefined
}

/**
 * Every question must be false of the graph, in each layer, and true once its falsehood is put in: else it could never have
 * caught it. Questions in `data/<document>/must-not-claim/` are asked of what this document says, whatever others say;
 * those in `ontology/must-not-claim/` of everything.
 */
export async function checkMustNotClaim(project: Project): Promise<Finding> {
  const { questions, faults } = await mustNotClaimQuestions(project)
  const found: Fault[] = [...faults]
  for (const document of new Set(questions.map(question => question.document))) {
    const alone = document !== undefined && project.documents.length > 1
    const dataset = QuadStore.of(alone ? await project.datasetOf([document]) : project.store)
    for (const question of questions.filter(other => other.document === document))
      found.push(...(await askQuestion(question, dataset, project.baseIRI)))
  }
  return { looked: questions.length, unit: 'questions', faults: found, note: `each of ${LAYERS.length} layers` }
}

async function askQuestion(
  { file, algebra, summary, falsehood }: MustNotClaimQuestion,
  dataset: QuadStore,
  baseIRI: string,
): Promise<Fault[]> {
  const faults: Fault[] = []
  const sayers: string[] = []
  for (const layer of LAYERS) if (await ask(dataset.withDefaultGraph(layerIRI(baseIRI, layer)), algebra)) sayers.push(layer)
  if (sayers.length > 0) {
    const what = `the graph says (${sayers.join(', ')}): ${summary}`
    const mend = 'find the claim or rule that says so, and correct it'
    faults.push({ code: 'must-not-claim', what, where: { file }, mend })
  }
  const added = falsehood.filter(triple => !dataset.has(triple))
  for (const triple of added) dataset.add(triple)
  const isCaught = await ask(dataset, algebra)
  for (const triple of added) dataset.delete(triple)
  if (!isCaught) {
    const what = `"${summary}" stays false when its falsehood is put in`
    faults.push({ code: 'question-blind', what, where: { file }, mend: 'let the query ask for the very triple of "falsehood"' })
  }
  return faults
}

/** The questions of the ontology and of each document, and what is wrong with those that cannot be asked. */
export async function mustNotClaimQuestions(project: Project): Promise<{ questions: MustNotClaimQuestion[]; faults: Fault[] }> {
  const questions: MustNotClaimQuestion[] = []
  const faults: Fault[] = []
  const folders = [
    ...project.ontology.folders.map(({ folder, shown }) => ({ folder, shown, document: undefined })),
    ...project.documents.map(document => ({ folder: document.folder, shown: relative(project.root, document.folder), document })),
  ]
  for (const { folder, shown, document } of folders) {
    const files = await readTexts(join(folder, 'must-not-claim'), `${shown}/must-not-claim`, '.rq', faults)
    for (const file of files) {
      const question = await collectFaults(faults, () => readQuestion(file, document, project, faults))
      if (question) questions.push(question)
    }
  }
  return { questions, faults }
}

async function readQuestion(
  { file, text }: TextFile,
  document: CommuniqueDocument | undefined,
  { baseIRI, prefixes }: Project,
  faults: Fault[],
): Promise<MustNotClaimQuestion> {
  const header = readHeader(text, file)
  const falsehood = readTurtle(String(header.falsehood ?? ''), { file, baseIRI: document?.iri ?? baseIRI, prefixes })
  faults.push(...falsehood.faults)
  const algebra = await parseQuery(text, { file })
  return { file, text, summary: String(header.summary ?? file), algebra, falsehood: falsehood.quads, document }
}
