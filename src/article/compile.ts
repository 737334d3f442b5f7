import { DataFactory, type NamedNode, type Quad } from 'n3'
import type { Fault } from '../error.ts'
import { nearestName, suggestion } from '../nearest.ts'
import { readTurtle } from '../rdf/read.ts'
import { CERTAINTIES } from '../reasoning/rule.ts'
import { authorIRI, CLAIM_STATUSES, type Claim, type ClaimKind } from './claim.ts'
import type { ClaimBlock, ClaimsFile, Field } from './claims-file.ts'
import { type Passage, passageOf } from './passage.ts'
import { findQuote, nearestQuote, type Quote } from './quote.ts'
import type { ArticleText } from './text.ts'

const { namedNode, quad } = DataFactory

export interface ClaimContext {
  readonly article: ArticleText
  readonly passages: readonly Passage[]
  /** IRI of the document, without a slash at the end. */
  readonly documentIRI: string
  readonly baseIRI: string
  readonly prefixes: Readonly<Record<string, string>>
}

/**
 * Compiles the blocks of a claims file: finds each quote in the article, numbers the claims by sentence, parses their
 * statements. Offsets and graph names are never typed.
 *
 * @returns every claim that could be made and every fault, named with file, line, sentence and quote
 */
export function compileClaims(source: ClaimsFile, context: ClaimContext): { claims: Claim[]; faults: Fault[] } {
  const faults: Fault[] = [...source.faults, ...signatureFaults(source)]
  const next = numbering()
  const claims = source.blocks.map(block => compileBlock(block, source, context, next, faults))
  const ids = claims.map(({ id }) => id)
  for (const { id, premises, where } of claims) {
    for (const premise of premises.filter(other => !ids.includes(other))) {
      const what = `"${premise}" is not a claim of this document`
      faults.push({ code: 'unknown-claim', what, where, claim: id, mend: suggestion(premise, ids) })
    }
  }
  return { claims, faults }
}

function signatureFaults({ file, header }: ClaimsFile): Fault[] {
  return ['entered by', 'checked by']
    .filter(name => !header.has(name))
    .map(name => ({
      code: 'claims-header',
      what: `the header does not say who the claims were ${name}`,
      where: { file, line: 1, column: 1 },
      mend: `add a line "${name}: agent" between the lines --- at the top; the agent is described in data/dataset.ttl`,
    }))
}

/** Gives each block its id: `c3`, or `s12-1` by its sentence. Words that are not found are counted with the sentence before. */
function numbering(): (series: string | undefined, passage: Passage | undefined) => string {
  const numbers = new Map<string, number>()
  let position = 0
  return (series, passage) => {
    position = passage?.position ?? position
    const name = series ?? `s${position}-`
    const number = (numbers.get(name) ?? 0) + 1
    numbers.set(name, number)
    return `${name}${number}`
  }
}

function compileBlock(
  block: ClaimBlock,
  source: ClaimsFile,
  context: ClaimContext,
  next: ReturnType<typeof numbering>,
  faults: Fault[],
): Claim {
  const { title, line, turtle } = block
  const fields = (name: string): readonly Field[] => block.fields.filter(field => field.name === name)
  const value = (name: string): string | undefined => fields(name)[0]?.value
  const made = kindOf(block)
  const kind = value('withdrawn') === undefined ? made : 'withdrawn'
  // What is withdrawn keeps its number, whether or not its words still stand.
  const located: Fault[] = []
  const quote = block.quote && locate(block.quote, source.file, context, located)
  const resolvers = fields('resolved by').flatMap(
    words => locate({ text: words.value, line: words.line }, source.file, context, located) ?? [],
  )
  const passage = quote && passageOf(context.passages, quote.start, quote.end)
  const id = next(SERIES[made], passage)
  if (kind !== 'withdrawn') faults.push(...located.map(other => ({ ...other, claim: id, sentence: passage?.position })))
  const fault: Report = (code, what, mend, field) => {
    const where = { file: source.file, line, column: 1, text: `## ${title}`, ...field }
    faults.push({ code, what, mend, where, claim: id, sentence: passage?.position, quote: quote?.exact })
  }
  if (quote && !passage && kind !== 'withdrawn') {
    const what = `the quote at ${quote.start}–${quote.end} does not lie within one sentence`
    fault('quote-crosses-sentences', what, 'quote from one sentence only; make a claim for each', {
      line: block.quote!.line,
      text: `> ${block.quote!.text}`,
    })
  }
  for (const [code, what, mend] of formFaults(block, kind)) fault(code, `"${title}" ${what}`, mend)
  for (const field of block.fields.filter(({ name }) => kind === made && !FIELDS_OF[made].includes(name))) {
    const what = `a ${made} has no "${field.name}"`
    fault('field-out-of-place', what, `a ${made} may have: ${FIELDS_OF[made].join(', ')}`, placeOf(field))
  }

  const thing = (field: Field | undefined): NamedNode | undefined => {
    if (field === undefined) return undefined
    const slug = /^id:([A-Za-z0-9-]+)$/.exec(field.value)?.[1]
    if (slug !== undefined) return namedNode(`${context.baseIRI}id/${slug}`)
    fault('bad-reference', `"${field.value}" does not name a thing`, 'write id:slug, e.g. id:kim-jong-young', placeOf(field))
    return undefined
  }
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const field = fields(name)[0]
    const known = values.find(other => other === (field?.value ?? fallback))
    if (known !== undefined) return known
    fault(`unknown-${name}`, `"${field!.value}" is not a ${name}`, suggestion(field!.value, values), placeOf(field!))
    return fallback
  }
  const agent = (name: string): NamedNode => namedNode(`${context.baseIRI}agent/${name}`)
  const isCurators = kind === 'classification' || kind === 'inference'
  const enteredBy = agent(source.header.get('entered by') ?? 'unknown')
  return {
    kind,
    id,
    iri: namedNode(`${context.documentIRI}/${kind === 'inference' ? 'inference' : 'claim'}/${id}`),
    title,
    where: { file: source.file, line, column: 1, text: `## ${title}` },
    passage,
    quote,
    context: resolvers,
    voice: thing(fields('voice')[0]) ?? (isCurators ? enteredBy : namedNode(authorIRI(context.documentIRI))),
    status: kind === 'classification' ? 'Classification' : oneOf('status', CLAIM_STATUSES, 'Asserted'),
    utterance: thing(fields('uttered in')[0]),
    reason: value('because') ?? value('left out') ?? value('withdrawn'),
    assumption: value('assuming'),
    certainty: kind === 'inference' ? oneOf('certainty', CERTAINTIES, 'MediumCertainty') : undefined,
    premises: (value('inferred from') ?? '').split(/[\s,]+/).filter(part => part !== ''),
    source: sourceOf(fields('source')[0], fault),
    enteredBy,
    checkedBy: agent(source.header.get('checked by') ?? 'unknown'),
    turtle,
    quads:
      kind === 'withdrawn' || turtle === undefined
        ? []
        : statements(turtle, { id, passage, quote }, source.file, context, fault, faults),
  }
}

/** Ids of claims without a sentence; those of a sentence are numbered within it. */
const SERIES: Partial<Record<ClaimKind, string>> = { classification: 'c', inference: 'i', 'left-out': 'x' }

/** The fields that say something of each kind of block. */
const FIELDS_OF: Readonly<Record<Exclude<ClaimKind, 'withdrawn'>, readonly string[]>> = {
  claim: ['voice', 'status', 'uttered in', 'resolved by'],
  classification: ['because'],
  inference: ['inferred from', 'source', 'because', 'assuming', 'certainty'],
  'left-out': ['left out'],
}

/** What a block is, or was before it was withdrawn. */
function kindOf({ quote, fields }: ClaimBlock): Exclude<ClaimKind, 'withdrawn'> {
  const has = (name: string): boolean => fields.some(field => field.name === name)
  if (has('left out')) return 'left-out'
  if (quote) return 'claim'
  return has('inferred from') ? 'inference' : 'classification'
}

/** What a block of a kind must have, and must not have. */
function formFaults({ quote, turtle, fields }: ClaimBlock, kind: ClaimKind): [code: string, what: string, mend: string][] {
  const found: [string, string, string][] = []
  const isCurators = kind === 'classification' || kind === 'inference'
  if (kind === 'claim' && !turtle)
    found.push([
      'claim-without-statements',
      'has a quote and no statements',
      'add a ```turtle fence, or a line "- left out: why"',
    ])
  if (isCurators && !turtle) found.push(['claim-without-statements', 'has no statements', 'add a ```turtle fence'])
  if (kind === 'left-out' && turtle)
    found.push(['left-out-with-statements', 'is left out and yet has statements', 'remove one of the two'])
  if (kind === 'left-out' && !quote) found.push(['left-out-without-quote', 'quotes nothing', 'add a line "> the words left out"'])
  if (isCurators && !fields.some(({ name }) => name === 'because')) {
    const mend = 'add a line "> words of the article", or "- because: why the curator says so"'
    found.push(['claim-without-quote', 'has neither a quote nor a reason', mend])
  }
  return found
}

/** Adds a fault of the block, by default at its title. */
type Report = (code: string, what: string, mend: string, place?: { readonly line: number; readonly text: string }) => void

function placeOf({ name, value, line }: Field): { line: number; text: string } {
  return { line, text: `- ${name}: ${value}` }
}

function sourceOf(field: Field | undefined, fault: Report): Claim['source'] {
  if (field === undefined) return undefined
  const [, iri, title] = /^<([^<>\s]+)>\s+(.+)$/.exec(field.value) ?? []
  if (iri !== undefined && title !== undefined) return { iri: namedNode(iri), title }
  fault('bad-source', `"${brief(field.value)}" is not a source`, 'write <IRI> title', placeOf(field))
  return undefined
}

function statements(
  turtle: { readonly text: string; readonly line: number },
  { id, passage, quote }: Pick<Claim, 'id' | 'passage' | 'quote'>,
  file: string,
  { documentIRI, prefixes }: ClaimContext,
  fault: Report,
  faults: Fault[],
): Quad[] {
  const { quads, faults: found } = readTurtle(turtle.text, { file, baseIRI: documentIRI, prefixes, firstLine: turtle.line })
  for (const other of found) {
    const mend = other.code === 'undeclared-prefix' ? unknownPrefix(other.what, prefixes) : other.mend
    faults.push({ ...other, mend, claim: id, sentence: passage?.position, quote: quote?.exact })
  }
  if (quads.some(({ subject, object }) => subject.termType === 'BlankNode' || object.termType === 'BlankNode'))
    fault('blank-node', 'a statement uses a blank node', 'give the thing a name: id:slug')
  return quads.map(({ subject, predicate, object }) => quad(subject, predicate, object))
}

function unknownPrefix(what: string, prefixes: ClaimContext['prefixes']): string {
  const near = nearestName(/"(.*):"/.exec(what)?.[1] ?? '', Object.keys(prefixes))
  const own =
    'a module of your own in ontology/ declares its prefix by vann:preferredNamespacePrefix and vann:preferredNamespaceUri'
  return near === undefined ? own : `did you mean "${near}:"? Else ${own}`
}

/** Where quoted words stand. Words that are not quite those of the text are a fault; the words meant are then gone on with. */
function locate(
  { text: words, line }: { readonly text: string; readonly line: number },
  file: string,
  { article }: ClaimContext,
  faults: Fault[],
): Quote | undefined {
  const fault = (code: string, what: string, mend: string): void => {
    faults.push({ code, what, mend, where: { file, line, column: 3, text: `> ${words}` }, quote: words })
  }
  const [quote, ...others] = findQuote(article, words)
  if (quote === undefined) {
    const nearest = nearestQuote(article, words)
    const mend = nearest && `the nearest words are "${nearest.exact}" (${nearest.start}–${nearest.end})`
    fault('quote-not-found', `the quote "${brief(words)}" is not in the text`, mend ?? 'copy the words from article.txt')
    return nearest
  }
  if (others.length > 0) {
    const starts = [quote, ...others].map(({ start }) => start).join(', ')
    fault(
      'quote-not-unique',
      `the quote "${brief(words)}" occurs ${others.length + 1} times, at ${starts}`,
      'quote a few words more',
    )
  }
  for (const edge of [quote.start, quote.end].filter(edge => !article.isBoundary(edge)))
    fault('quote-cuts-character', `the quote cuts a character at offset ${edge}`, 'quote whole characters')
  return quote
}

function brief(words: string): string {
  return words.length > 80 ? `${words.slice(0, 77)}…` : words
}
