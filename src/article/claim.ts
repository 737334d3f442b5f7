import { distance } from 'fastest-levenshtein'
import { DataFactory, type NamedNode, type Quad } from 'n3'
import type { Fault, Where } from '../error.ts'
import { namespace } from '../rdf/namespace.ts'
import { readTurtle } from '../rdf/read.ts'
import type { ClaimBlock, ClaimsFile } from './claims-file.ts'
import { type Passage, passageOf } from './passage.ts'
import { escapeRegExp, findQuote, nearestQuote, type Quote } from './quote.ts'
import type { ArticleText } from './text.ts'

const { namedNode, quad } = DataFactory

/** What a block of a claims file became. */
export type ClaimKind = 'claim' | 'classification' | 'inference' | 'left-out' | 'withdrawn'

/** One block, compiled: its statements, the words it rests on, who says so, and where the author wrote it. */
export interface Claim {
  readonly kind: ClaimKind
  /** `s12-1` for the first claim of sentence 12, `c3` for the third classification, `i1` for the first inference. */
  readonly id: string
  readonly iri: NamedNode
  readonly title: string
  readonly where: Where & { readonly file: string; readonly line: number }
  readonly passage?: Passage | undefined
  readonly quote?: Quote | undefined
  readonly context: readonly Quote[]
  readonly voice: NamedNode
  /** Local name of the claim status, e.g. `Asserted`. */
  readonly status: string
  readonly utterance?: NamedNode | undefined
  readonly reason?: string | undefined
  readonly assumption?: string | undefined
  readonly certainty?: string | undefined
  readonly premises: readonly string[]
  readonly source?: { readonly iri: NamedNode; readonly title: string } | undefined
  readonly enteredBy: NamedNode
  readonly checkedBy: NamedNode
  /** The statements as written, and the line on which they begin. */
  readonly turtle?: { readonly text: string; readonly line: number } | undefined
  /** The statements, in the default graph. */
  readonly quads: readonly Quad[]
}

export interface ClaimContext {
  readonly article: ArticleText
  readonly passages: readonly Passage[]
  /** IRI of the document, without a slash at the end. */
  readonly documentIRI: string
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
}

const STATUSES = ['Asserted', 'Plan', 'Evaluation', 'CausalExplanation', 'Expectation', 'Necessity']
const CERTAINTIES = ['HighCertainty', 'MediumCertainty']

/** Whether a claim belongs to the stated layer: the author's own assertion or plan, or a curator's classification. */
export function isStated(claim: Claim, documentIRI: string): boolean {
  if (claim.kind === 'classification') return true
  return claim.kind === 'claim' && claim.voice.value === `${documentIRI}/author` && ['Asserted', 'Plan'].includes(claim.status)
}

/**
 * Compiles the blocks of a claims file: finds each quote in the article, numbers the claims by sentence, parses their
 * statements. Offsets and graph names are never typed.
 *
 * @returns every claim that could be made and every fault, named with file, line, sentence and quote
 */
export function compileClaims(source: ClaimsFile, context: ClaimContext): { claims: Claim[]; faults: Fault[] } {
  const faults: Fault[] = [...source.faults]
  const counters = new Map<string, number>()
  const number = (series: string): number => {
    const next = (counters.get(series) ?? 0) + 1
    counters.set(series, next)
    return next
  }
  const claims: Claim[] = []
  for (const block of source.blocks) {
    const compiled = compileBlock(block, source, context, number, faults)
    if (compiled) claims.push(compiled)
  }
  const ids = new Set(claims.map(claim => claim.id))
  for (const claim of claims) {
    for (const premise of claim.premises) {
      if (ids.has(premise)) continue
      faults.push({
        code: 'unknown-claim',
        what: `"${premise}" is not a claim of this document`,
        where: claim.where,
        claim: claim.id,
        mend: suggestion(premise, [...ids]),
      })
    }
  }
  return { claims, faults }
}

function compileBlock(
  block: ClaimBlock,
  source: ClaimsFile,
  context: ClaimContext,
  number: (series: string) => number,
  faults: Fault[],
): Claim | undefined {
  const where = { file: source.file, line: block.line, column: 1, text: `## ${block.title}` }
  const field = (name: string): string | undefined => block.fields.find(({ name: other }) => other === name)?.value
  const all = (name: string): ClaimBlock['fields'] => block.fields.filter(({ name: other }) => other === name)
  const fault = (code: string, what: string, mend: string, line = block.line, more: Partial<Fault> = {}): void => {
    faults.push({ code, what, mend, where: { file: source.file, line, column: 1 }, ...more })
  }
  const kind: ClaimKind =
    field('withdrawn') !== undefined
      ? 'withdrawn'
      : field('left out') !== undefined
        ? 'left-out'
        : block.quote
          ? 'claim'
          : field('inferred from') !== undefined
            ? 'inference'
            : 'classification'

  let quote: Quote | undefined
  let passage: Passage | undefined
  if (block.quote) {
    quote = locate(block.quote.text, block.quote.line, context, source.file, faults)
    if (quote) {
      passage = passageOf(context.passages, quote.start, quote.end)
      if (!passage) {
        fault(
          'quote-crosses-sentences',
          `the quote at ${quote.start}–${quote.end} does not lie within one sentence`,
          'quote from one sentence only; make a claim for each',
          block.quote.line,
          { quote: quote.exact },
        )
      }
    }
  }
  if (kind === 'claim' && !block.turtle)
    fault(
      'claim-without-statements',
      `"${block.title}" has a quote and no statements`,
      'add a ```turtle fence, or a line "- left out: why"',
    )
  if (kind === 'left-out' && block.turtle)
    fault('left-out-with-statements', `"${block.title}" is left out and yet has statements`, 'remove one of the two')
  if (kind === 'left-out' && !block.quote)
    fault('left-out-without-quote', `"${block.title}" quotes nothing`, 'add a line "> the words left out"')
  if ((kind === 'classification' || kind === 'inference') && field('because') === undefined) {
    fault(
      'claim-without-quote',
      `"${block.title}" has neither a quote nor a reason`,
      'add a line "> words of the article", or "- because: why the curator says so"',
    )
  }
  if ((kind === 'classification' || kind === 'inference') && !block.turtle)
    fault('claim-without-statements', `"${block.title}" has no statements`, 'add a ```turtle fence')

  const series =
    kind === 'classification' ? 'c' : kind === 'inference' ? 'i' : kind === 'left-out' ? 'x' : `s${passage?.position ?? 0}-`
  const id = `${series}${number(series)}`
  const path = kind === 'inference' ? 'inference' : 'claim'
  const iri = namedNode(`${context.documentIRI}/${path}/${id}`)
  const resource = (value: string, line: number): NamedNode => {
    const slug = /^id:([A-Za-z0-9-]+)$/.exec(value)?.[1]
    if (slug === undefined)
      fault('bad-reference', `"${value}" does not name a thing`, 'write id:slug, e.g. id:kim-jong-young', line, { claim: id })
    return namedNode(`${context.baseIRI}id/${slug ?? 'unknown'}`)
  }
  const oneOf = (name: string, values: readonly string[], fallback: string): string => {
    const value = field(name) ?? fallback
    if (!values.includes(value))
      fault(`unknown-${name}`, `"${value}" is not a ${name}`, suggestion(value, values), all(name)[0]?.line, { claim: id })
    return value
  }
  const voiceField = all('voice')[0]
  const curator = namespace(`${context.baseIRI}agent/`)
  const status = kind === 'classification' ? 'Classification' : oneOf('status', STATUSES, 'Asserted')
  const utteredIn = all('uttered in')[0]
  const sourceField = all('source')[0]
  const sourceParts = sourceField && /^<([^<>\s]+)>\s+(.+)$/.exec(sourceField.value)
  if (sourceField && !sourceParts)
    fault('bad-source', `"${sourceField.value.slice(0, 60)}" is not a source`, 'write <IRI> title', sourceField.line, {
      claim: id,
    })
  const statements = block.turtle
    ? readTurtle(block.turtle.text, {
        file: source.file,
        baseIRI: context.documentIRI,
        prefixes: context.prefixes,
        firstLine: block.turtle.line,
      })
    : { quads: [], faults: [] }
  faults.push(...statements.faults.map(other => ({ ...other, claim: id, sentence: passage?.position, quote: quote?.exact })))
  for (const { subject, object } of statements.quads) {
    if (subject.termType !== 'BlankNode' && object.termType !== 'BlankNode') continue
    fault('blank-node', `"${block.title}" uses a blank node`, 'give the thing a name: id:slug', block.turtle?.line, { claim: id })
    break
  }
  return {
    kind,
    id,
    iri,
    title: block.title,
    where,
    passage,
    quote,
    context: all('resolved by').flatMap(({ value, line }) => locate(value, line, context, source.file, faults) ?? []),
    voice: voiceField
      ? resource(voiceField.value, voiceField.line)
      : kind === 'claim' || kind === 'left-out' || kind === 'withdrawn'
        ? namedNode(`${context.documentIRI}/author`)
        : curator('curator'),
    status,
    utterance: utteredIn && resource(utteredIn.value, utteredIn.line),
    reason: field('because') ?? field('left out') ?? field('withdrawn'),
    assumption: field('assuming'),
    certainty: kind === 'inference' ? oneOf('certainty', CERTAINTIES, 'MediumCertainty') : undefined,
    premises: (field('inferred from') ?? '').split(/[\s,]+/).filter(part => part !== ''),
    source: sourceParts ? { iri: namedNode(sourceParts[1]!), title: sourceParts[2]! } : undefined,
    enteredBy: curator(source.header.get('entered by') ?? 'curator'),
    checkedBy: curator(source.header.get('checked by') ?? 'curator'),
    turtle: block.turtle,
    quads: kind === 'withdrawn' ? [] : statements.quads.map(({ subject, predicate, object }) => quad(subject, predicate, object)),
  }
}

function locate(words: string, line: number, { article }: ClaimContext, file: string, faults: Fault[]): Quote | undefined {
  const places = findQuote(article, words)
  const where = { file, line, column: 3, text: `> ${words}` }
  if (places.length === 0) {
    const nearest = nearestQuote(article, words)
    faults.push({
      code: 'quote-not-found',
      what: `the quote "${brief(words)}" is not in the text`,
      where,
      quote: words,
      mend: nearest
        ? `the nearest words are "${nearest.exact}" (${nearest.start}–${nearest.end})`
        : 'copy the words from article.txt',
    })
    return undefined
  }
  if (places.length > 1) {
    faults.push({
      code: 'quote-not-unique',
      what: `the quote "${brief(words)}" occurs ${places.length} times, at ${places.map(place => place.start).join(', ')}`,
      where,
      quote: words,
      mend: 'quote a few words more',
    })
    return undefined
  }
  const [quote] = places
  for (const edge of [quote!.start, quote!.end]) {
    if (!article.isBoundary(edge))
      faults.push({
        code: 'quote-cuts-character',
        what: `the quote cuts a character at offset ${edge}`,
        where,
        quote: words,
        mend: 'quote whole characters',
      })
  }
  return quote
}

/** The name most like a wrong one, as a sentence; all names when none is near. */
export function suggestion(wrong: string, names: readonly string[]): string {
  const near = nearestName(wrong, names)
  return near === undefined ? `known are: ${names.slice(0, 12).join(', ')}` : `did you mean "${near}"?`
}

/** The name most like a wrong one, if one is near. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let cost = Math.max(2, Math.ceil(wrong.length * 0.4)) + 1
  for (const name of names) {
    const other = distance(wrong.toLowerCase(), name.toLowerCase())
    if (other < cost) [best, cost] = [name, other]
  }
  return best
}

/** Where a name such as `cmq:Person` stands in the statements of a claim; its title when it is spelled otherwise there. */
export function whereIs(claim: Claim, name: string): Where {
  const lines = claim.turtle?.text.split('\n') ?? []
  const word = new RegExp(`${escapeRegExp(name)}(?![\\w-])`)
  const index = lines.findIndex(line => word.test(line))
  if (index < 0 || !claim.turtle) return claim.where
  return { file: claim.where.file, line: claim.turtle.line + index, column: lines[index]!.search(word) + 1, text: lines[index]! }
}

function brief(words: string): string {
  return words.length > 80 ? `${words.slice(0, 77)}…` : words
}
