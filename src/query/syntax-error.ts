import { distance } from 'fastest-levenshtein'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import { PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import type { SyntaxFault } from '../sparql/syntax/fault.ts'
import { CALLS, HEADS, KEYWORDS, MODIFIERS, OPENINGS } from '../sparql/syntax/words.ts'
import { FOREIGN_WORDS, MISTAKES, type Mistake, MORE_PREFIXES, NAMES, OTHERS } from './mistakes.ts'
import { type Bracket, CLOSED_BY, locate, type Token, tokens } from './query-text.ts'
import { type Advice, adviceOf, context, declaredPrefixes, fits, type Stop, stopOf } from './stop.ts'

/**
 * The parser's fault retold for people: one sentence, one suggestion, and the place where one would look.
 *
 * @param fault what the parser threw: it stays as the `cause`
 * @param prefixes those that the text may use without declaring them
 * @returns an error `query-syntax`, `undeclared-prefix` or `query-too-long`
 */
export function syntaxError(fault: SyntaxFault, text: string, file?: string, prefixes: Prefixes = {}): CommuniqueError {
  const { start, end, knowledge } = fault
  if (knowledge.advice !== undefined) return told({ ...knowledge.advice, start, end }, text, file, fault)
  const stop = stopOf(fault, text, prefixes)
  for (const advise of [lengthAdvice, prefixAdvice, bracketAdvice, grammarAdvice, wordAdvice]) {
    const advice = advise(stop)
    if (advice !== undefined) return told(advice, text, file, fault)
  }
  return told(adviceOf(stop, OTHERS.find(row => fits(stop, row))!, stop.at), text, file, fault)
}

/** The error for a query that is right and not answered here - an update, one with a SERVICE - or that asks nothing. */
export function refusal(what: string, text: string, file?: string): CommuniqueError {
  const read = tokens(text)
  const asked = read.find(({ shape }) => !/^(PREFIX|BASE|p:|<i>)$/.test(shape))
  if (asked === undefined) {
    const nothing = read.length === 0 ? 'the query is empty' : 'the query declares prefixes and asks nothing'
    const [start, mend] = [read.at(-1)?.end ?? 0, 'write SELECT * WHERE { ?thing ?property ?value }']
    return told({ what: nothing, mend, start, end: start + 1 }, text, file)
  }
  const service = read.find(({ shape }) => shape === 'SERVICE')
  const mend = service === undefined ? 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE' : 'remove the SERVICE block'
  return told({ code: 'query-refused', what, mend, ...(service ?? asked) }, text, file)
}

function told(advice: Advice, text: string, file?: string, cause?: unknown): CommuniqueError {
  const { code = 'query-syntax', what, mend, start, end } = advice
  const spot = locate(text, start)
  const length = Math.max(1, Math.min(end - start, spot.text.length - spot.column + 1))
  return new CommuniqueError(code, { what, where: { ...(file === undefined ? {} : { file }), ...spot, length }, mend, cause })
}

/** The longest word outside of strings and IRIs for which another is looked for. */
const LONGEST_WORD = 1000

/** Adjacent tokens that make a word of letters, digits, dots and hyphens, as a text without quotation marks does. */
function lengthAdvice({ read, at }: Stop): Advice | undefined {
  const isPart = ({ shape }: Token): boolean => /^(\w+|-1|[.-])$/.test(shape)
  let last = at
  while (read[last + 1]?.start === read[last]!.end && isPart(read[last + 1]!)) last++
  const { start } = read[at]!
  const { end } = read[last]!
  if (!isPart(read[at]!) || end - start <= LONGEST_WORD) return undefined
  const what = `a word has more than ${LONGEST_WORD.toLocaleString('en')} characters`
  return { code: 'query-too-long', what, mend: 'write quotation marks around a text', start, end }
}

/** A prefix that is not declared: the well-known one of that name, else one that is spelled nearly so. */
function prefixAdvice(stop: Stop): Advice | undefined {
  const { prefix } = stop.knowledge
  const { start, shape } = stop.read[stop.at]!
  if (prefix === undefined || shape === 'http://') return undefined
  const known: Prefixes = { ...MORE_PREFIXES, ...PREFIXES }
  const near = (names: readonly string[]): string | undefined =>
    nearestName(
      prefix,
      names.filter(name => prefix.length > 2 && name[0] === prefix[0]?.toLowerCase()),
    )
  const line = (name: string): string => `add the line PREFIX ${name}: <${Object.hasOwn(known, name) ? known[name] : '…'}>`
  const declared = near(declaredPrefixes(stop))
  const meant = near(Object.keys(known))
  const mends = [
    Object.hasOwn(known, prefix) ? line(prefix) : undefined,
    declared && `did you mean "${declared}:"? Else ${line(prefix)}`,
    meant && `did you mean "${meant}:"? Then ${line(meant)}`,
  ]
  const mend = mends.find(words => words !== undefined) ?? line(prefix)
  return { code: 'undeclared-prefix', what: `prefix "${prefix}:" is not declared`, mend, start, end: start + prefix.length + 1 }
}

/** Brackets that do not match: shown is the one without a partner. */
function bracketAdvice(stop: Stop): Advice | undefined {
  const { read, around, at } = stop
  const token = read[at]!
  const inner = around[at]
  const opener = Object.keys(CLOSED_BY).find(bracket => CLOSED_BY[bracket] === token.shape)
  if (opener !== undefined && !isWithin(inner, opener)) {
    return { ...token, what: `this "${token.shape}" closes nothing`, mend: `remove it, or write the "${opener}" it belongs to` }
  }
  if (inner === undefined || CLOSED_BY[inner.token.shape] === token.shape) return undefined
  const isModifier = /^(GROUP|HAVING|ORDER|LIMIT|OFFSET)$/.test(token.shape) && inner.token.shape === '{'
  if (isModifier && around.at(-1) === undefined) {
    return { ...token, what: `${token.image} is within the braces`, mend: 'move it after the "}"' }
  }
  if (token.shape !== 'END' && opener === undefined && !isModifier) return undefined
  const bracket = (opener === undefined ? outdented(stop) : undefined) ?? inner.token
  const mend = `write "${CLOSED_BY[bracket.shape]}" ${token.shape === 'END' ? 'where it ends' : `before "${token.image}"`}`
  return { ...bracket, what: `this "${bracket.shape}" is never closed`, mend }
}

function isWithin(inner: Bracket | undefined, shape: string): boolean {
  return inner !== undefined && (inner.token.shape === shape || isWithin(inner.outer, shape))
}

/** A brace of an indented line whose `}` begins a line further left: between them one is missing. */
function outdented({ text, read, around, at }: Stop): Token | undefined {
  const lineStart = ({ start }: Token): number => text.lastIndexOf('\n', start - 1) + 1
  const indent = (token: Token): number => text.slice(lineStart(token)).search(/\S/)
  const closer = read.slice(0, at).findIndex((token, index) => {
    const opener = token.shape === '}' ? around[index]?.token : undefined
    return opener?.shape === '{' && lineStart(token) + indent(token) === token.start && indent(token) < indent(opener)
  })
  return around[closer]?.token
}

/** The first mistake of the table that looks like what stands there. */
function grammarAdvice(stop: Stop): Advice | undefined {
  const row = MISTAKES.find(row => fits(stop, row))
  return row && adviceOf(stop, row, stop.at)
}

/** A word that SPARQL does not know: of another language, misspelt, or a name that lacks its prefix or its `?`. */
function wordAdvice(stop: Stop): Advice | undefined {
  const { read, at } = stop
  const { shape, image } = read[at]!
  if (shape !== 'word') return undefined
  const what = '"{0}" is no word of SPARQL'
  const foreign = FOREIGN_WORDS[image.toUpperCase()]
  if (foreign !== undefined) return adviceOf(stop, { seen: /▸/, what, mend: foreign }, at)
  const near = nearestName(image, wordsFor(stop))
  if (near !== undefined && distance(near, image.toUpperCase()) <= Math.min(2, image.length - 2))
    return adviceOf(stop, { seen: /▸/, what, mend: `did you mean ${near}?` }, at)
  return adviceOf(stop, NAMES.find(row => fits(stop, row))!, at)
}

/** The words that may have been meant: none where a name stands, unless it is written as a keyword. */
function wordsFor(stop: Stop): readonly string[] {
  const [{ image }, { shape }] = [stop.read[stop.at]!, stop.read[stop.at + 1]!]
  const isKeyword = image === image.toUpperCase() || /^[({]$/.test(shape)
  const isName = stop.around[stop.at] !== undefined && /(?: \?v| <i>| p:n?| a|[;,/|^(=<>]) ▸/.test(context(stop, stop.at))
  if (isName && !isKeyword) return []
  return PLACES.find(place => fits(stop, place))!.words
}

const PLACES: readonly (Pick<Mistake, 'seen' | 'within'> & { words: readonly string[] })[] = [
  { seen: /▸ word \(/, words: CALLS },
  { seen: /(BEGIN|(PREFIX p:|BASE) <i>) ▸/, within: '', words: OPENINGS },
  { seen: /\} ([^{}]* )?▸/, within: '', words: MODIFIERS },
  { seen: /▸/, within: '', words: HEADS },
  { seen: /▸/, words: KEYWORDS },
]
