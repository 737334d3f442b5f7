export type { Answer, AnswerRow, Note } from './answers/answer.ts'
export type { Answering, AskOptions } from './answers/answering.ts'
export type { ParameterValues } from './answers/ask.ts'
export { type AskableProject, openProject } from './answers/open.ts'
export type { Claim, ClaimKind, ClaimStatus } from './article/claim.ts'
export { type Coverage, coverage, type Gap } from './article/coverage.ts'
export type { Passage } from './article/passage.ts'
export type { Quote } from './article/quote.ts'
export { ArticleText } from './article/text.ts'
export { type Check, type CheckReport, check } from './check/check.ts'
export type { Change } from './comparison/change.ts'
export { type CompareOptions, type Comparison, compare } from './comparison/comparison.ts'
export {
  DISTRIBUTION_FORMATS,
  type Distribution,
  type DistributionFormat,
  type DistributionOptions,
  distribution,
} from './distribution/format.ts'
export { type Origin, originOf } from './distribution/origin.ts'
export type { Arrow, Box, Drawing } from './drawing/drawing.ts'
export { DRAWING_FORMATS, type DrawingFormat, drawingFormatOf } from './drawing/format.ts'
export { answerDrawing, articleDrawing, thingDrawing } from './drawing/subject.ts'
export type { Credentials } from './endpoint/credentials.ts'
export { Endpoint, type EndpointOptions } from './endpoint/endpoint.ts'
export {
  type Publication,
  type PublishedGraph,
  type PublishOptions,
  type PublishProtocol,
  publish,
  publishedGraphs,
} from './endpoint/publish.ts'
export { CommuniqueError, type Fault, type Where } from './error.ts'
export { type MirroredFile, type SnapshotDraft, type SnapshotRights, takeSnapshot } from './federation/extraction.ts'
export type { ServiceOptions } from './federation/federation.ts'
export { type Contradiction, contradictions } from './linking/contradiction.ts'
export { codeOf, normalIri } from './linking/identifier.ts'
export { type Mapping, type MappingSet, mappingsText, readMappings, VERDICTS, type Verdict } from './linking/mapping.ts'
export type { Reason } from './linking/match-weight.ts'
export { type Candidate, type ReconcileOptions, Reconciler, type Reconciliation, reconcile } from './linking/reconcile.ts'
export { reconciliationService, type ServiceAnswer, type ServiceRequest } from './linking/reconciliation-service.ts'
export type { Described, Kind, Name, NameClass, Role, SourceRecord, SourceVersion } from './linking/record.ts'
export { endpointSource, type Send, serviceSource } from './linking/remote-source.ts'
export { type CandidateSource, fileSource } from './linking/source.ts'
export { type Thing, thingsToLink } from './linking/thing.ts'
export { decidedPairs, withdrawn, withVerdict } from './linking/verdict.ts'
export {
  type ComparedStatement,
  compareWithOutside,
  OUTSIDE_VERDICTS,
  type OutsideComparison,
  type OutsideOptions,
  type OutsideVerdict,
} from './outside/comparison.ts'
export type { OutsideSource } from './outside/statement.ts'
export type { CommuniqueDocument } from './project/document.ts'
export { type Draft, draftDocument } from './project/draft.ts'
export { LAYERS, type Layer } from './project/layer.ts'
export { type Ontology, type OntologyFile, type Project, readProject } from './project/project.ts'
export { claimsOf, type Source, type SourcedStatement, sourceOf, sourcesOf, statementsAbout } from './project/source.ts'
export { findThing, labelOf } from './project/thing.ts'
export type { Catalogue } from './questions/catalogue.ts'
export type { Parameter } from './questions/parameter.ts'
export type { SavedQuestion } from './questions/question.ts'
export { environment, toDataset } from './rdf/environment.ts'
export { cmq } from './rdf/vocabulary.ts'
export type { Certainty, Rule } from './reasoning/rule.ts'
export { type ArticleReport, articleReport, type ClaimReport } from './results/article.ts'
export { FORMATS, formatOf, type ResultFormat, type WriteOptions } from './results/format.ts'
export { QuadStore } from './store/quad-store.ts'
export { canonicalNQuads, datasetHash, isIsomorphic } from './syntax/canonical.ts'
export { type ConvertOptions, convert } from './syntax/convert.ts'
export type { Input } from './syntax/input.ts'
export { READ_LIMITS, type ReadLimits, type ReadOptions, readQuadBatches, readQuads } from './syntax/read.ts'
export { readStore } from './syntax/store.ts'
export { SYNTAXES, type Syntax, syntaxOf } from './syntax/syntax.ts'
export { type WriteBytesOptions, type WriteQuadsOptions, writeBytes, writeQuads } from './syntax/write.ts'
export { type ValidationReport, type ValidationResult, validate } from './validation/validate.ts'
