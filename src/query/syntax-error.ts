import { distance } from 'fastest-levenshtein'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import { PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import { tooDeep } from './limits.ts'
import { FOREIGN_WORDS, MEANINGS, MISTAKES, type Mistake, MORE_PREFIXES, NAMES, OTHERS, picture } from './mistakes.ts'
import { type Bracket, CALLS, CLOSED_BY, HEADS, KEYWORDS, locate, MODIFIERS, OPENINGS, type Token, tokens } from './query-text.ts'
import { type Advice, adviceOf, context, declaredPrefixes, fits, type Stop, stopOf } from './stop.ts'

/**
 * The parser's error retold for people: one sentence, one suggestion, and the place where one would look.
 *
 * @param error what the parser threw: it stays as the `cause`
 * @param prefixes those that the text may use without declaring them
 * @returns an error `query-syntax`, `undeclared-prefix` or `query-too-deep`
 */
export function syntaxError(error: unknown, text: string, file?: string, prefixes: Prefixes = {}): CommuniqueError {
  if (error instanceof RangeError) return tooDeep(text, file, error)
  const stop = stopOf(error, text, prefixes)
  for (const advise of [prefixAdvice, meaningAdvice, bracketAdvice, grammarAdvice, wordAdvice]) {
    const advice = advise(stop)
    if (advice !== undefined) return told(advice, text, file, error)
  }
  return told(adviceOf(stop, OTHERS.find(row => fits(stop, row))!, stop.at), text, file, error)
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

/** A prefix that is not declared: the well-known one of that name, else one that is spelled nearly so. */
function prefixAdvice(stop: Stop): Advice | undefined {
  const prefix = stop.says.match(/^Unknown prefix: (.*)$/)?.[1]
  const token = stop.read.slice(0, stop.at + 1).findLast(({ image }) => image.startsWith(`${prefix}:`))
  if (prefix === undefined || token === undefined || token.shape === 'http://') return undefined
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
  const { start } = token
  return { code: 'undeclared-prefix', what: `prefix "${prefix}:" is not declared`, mend, start, end: start + prefix.length + 1 }
}

/** What is written as it should be and cannot be meant so. The parser names a variable, a label or nothing: the table says where to look. */
function meaningAdvice(stop: Stop): Advice | undefined {
  const { read, at, says } = stop
  const row = MEANINGS.find(row => row.says.test(says))
  if (row === undefined) return undefined
  // A query that ends before its time, as behind one "}" too many, lacks what stands in the rest of the text.
  const rest = { ...stop, at: Math.min(at + 1, read.length - 1) }
  const early = row.head && (/^(END|\})$/.test(read[rest.at]!.shape) ? bracketAdvice(rest) : grammarAdvice(rest))
  if (early) return early
  const select = ownSelect(stop)
  const [, name = row.head ? ungrouped(stop, select) : undefined] = says.match(row.says)!
  const seen = picture(row.seen)
  const isMeant = (index: number): boolean =>
    seen.test(context(stop, index)) && (name === undefined || nameOf(read[index]!) === name)
  const indexes = [...read.keys()].slice(row.head ? select : 0, at + 1)
  const found = row.head ? indexes.find(isMeant) : indexes.findLast(isMeant)
  return adviceOf(stop, row, found ?? at, name)
}

/** The SELECT of the query or sub-query that ends where the parser stopped. */
function ownSelect({ read, around, at }: Stop): number {
  const depth = (index: number): number => (around[index]?.depth ?? 0) - (read[index]!.shape === '}' ? 1 : 0)
  return read.findLastIndex(({ shape }, index) => index <= at && shape === 'SELECT' && depth(index) <= depth(at))
}

/** The first variable that a SELECT names outside of parentheses, and not in its GROUP BY. */
function ungrouped({ read, around, at }: Stop, select: number): string | undefined {
  const own = read
    .map((token, index) => ({ ...token, index, before: read[index - 1]?.shape }))
    .filter(
      ({ index }) => index >= select && index <= at && (around[index] === around[select] || read[index - 1]?.shape === 'AS'),
    )
  const part = (start: RegExp): number => own.findIndex(({ shape }) => start.test(shape)) + 1 || own.length
  const [body, group, rest] = [part(/^\{$/), part(/^GROUP$/), part(/^(HAVING|ORDER|LIMIT|OFFSET)$/)]
  const grouped = own.slice(group, rest).map(({ image }) => image)
  const variable = own
    .slice(0, body)
    .find(({ shape, image, before }) => shape === '?v' && before !== 'AS' && !grouped.includes(image))
  return variable && nameOf(variable)
}

/** `x` of `?x`, `_:x` and `<x>`. */
function nameOf({ image }: Token): string {
  return image.replace(/^([?$<]|_:)|>$/g, '')
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
