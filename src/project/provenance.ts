import { DataFactory, type NamedNode, type Quad } from 'n3'
import { authorIRI, type Claim, isHeld } from '../article/claim.ts'
import type { Passage } from '../article/passage.ts'
import type { Quote } from '../article/quote.ts'
import { cmq, oa, prov, rdf, rdfs, xsd } from '../rdf/vocabulary.ts'
import type { CommuniqueDocument } from './document.ts'

const { literal, namedNode, quad } = DataFactory

/**
 * The quads of one document: a named graph a claim, and the provenance graph, which says of the text what it is, of each
 * sentence where it stands, and of each claim on which words it rests, who says so, who entered and who checked it.
 */
export function documentQuads(document: CommuniqueDocument): Quad[] {
  const claims = document.claims.filter(isHeld)
  const graph = namedNode(`${document.iri}/provenance`)
  const said = [
    ...document.metadata,
    ...authorTriples(document),
    ...document.passages.flatMap(passage => passageTriples(document, passage)),
    ...claims.flatMap(claim => claimTriples(document, claim)),
  ]
  return [
    ...said.map(({ subject, predicate, object }) => quad(subject, predicate, object, graph)),
    ...claims.flatMap(({ iri, quads }) => quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, iri))),
  ]
}

function authorTriples({ iri }: CommuniqueDocument): Quad[] {
  const author = namedNode(authorIRI(iri))
  return [quad(author, rdf.type, cmq.Agent), quad(author, rdfs.label, literal('the author of the document', 'en'))]
}

function passageTriples(document: CommuniqueDocument, passage: Passage): Quad[] {
  const node = passageIRI(document, passage)
  return [
    quad(node, rdf.type, cmq.Passage),
    quad(node, cmq.isPassageOf, namedNode(document.iri)),
    quad(node, cmq.position, integer(passage.position)),
    quad(node, cmq.paragraph, integer(passage.paragraph)),
    quad(node, oa.start, integer(passage.start)),
    quad(node, oa.end, integer(passage.end)),
    quad(node, cmq.passageText, literal(passage.text, document.language)),
  ]
}

function claimTriples(document: CommuniqueDocument, claim: Claim): Quad[] {
  const note = (words: string): Quad['object'] => literal(words, document.noteLanguage)
  const says = (predicate: NamedNode, object: Quad['object'] | undefined): Quad[] =>
    object === undefined ? [] : [quad(claim.iri, predicate, object)]
  const quoted = (predicate: NamedNode, quote: Quote, name: string): Quad[] => {
    const node = namedNode(`${document.iri}/quote/${name}`)
    return [...says(predicate, node), ...quoteTriples(node, quote, document.language)]
  }
  const premises = claim.premises.flatMap(id => document.claims.find(other => other.id === id) ?? [])
  return [
    ...says(rdf.type, claim.kind === 'inference' ? cmq.Inference : cmq.Claim),
    ...says(rdfs.label, note(claim.title)),
    ...says(cmq.isVoicedBy, claim.voice),
    ...says(cmq.isEnteredBy, claim.enteredBy),
    ...says(cmq.isCheckedBy, claim.checkedBy),
    ...says(cmq.hasClaimStatus, claim.kind === 'inference' ? undefined : cmq[claim.status]),
    ...says(cmq.isStatedIn, claim.passage && passageIRI(document, claim.passage)),
    ...(claim.quote ? quoted(cmq.hasQuote, claim.quote, claim.id) : []),
    ...claim.context.flatMap((words, index) => quoted(cmq.isResolvedBy, words, `${claim.id}-context-${index + 1}`)),
    ...says(cmq.isUtteredIn, claim.utterance),
    ...says(cmq.reason, claim.reason === undefined ? undefined : note(claim.reason)),
    ...says(cmq.assumption, claim.assumption === undefined ? undefined : note(claim.assumption)),
    ...says(cmq.hasCertainty, claim.certainty && cmq[claim.certainty]),
    ...premises.flatMap(({ iri }) => says(prov.wasDerivedFrom, iri)),
    ...(claim.source ? [...says(prov.wasDerivedFrom, claim.source.iri), ...sourceTriples(claim.source, note)] : []),
  ]
}

function quoteTriples(node: NamedNode, { exact, start, end, prefix, suffix }: Quote, language: string): Quad[] {
  const text = (predicate: NamedNode, value: string): Quad[] =>
    value === '' ? [] : [quad(node, predicate, literal(value, language))]
  return [
    quad(node, rdf.type, cmq.Quote),
    ...text(oa.exact, exact),
    ...text(oa.prefix, prefix),
    ...text(oa.suffix, suffix),
    quad(node, oa.start, integer(start)),
    quad(node, oa.end, integer(end)),
  ]
}

function sourceTriples({ iri, title }: NonNullable<Claim['source']>, note: (words: string) => Quad['object']): Quad[] {
  return [quad(iri, rdf.type, cmq.Source), quad(iri, rdfs.label, note(title))]
}

function passageIRI({ iri }: CommuniqueDocument, { position }: Passage): NamedNode {
  return namedNode(`${iri}/s${position}`)
}

function integer(value: number): Quad['object'] {
  return literal(String(value), xsd.integer)
}
