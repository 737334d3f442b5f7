import { distance } from 'fastest-levenshtein'
import { CommuniqueError } from '../error.ts'
import { nearestName } from '../nearest.ts'
import { PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import { tooDeep } from './limits.ts'
import { FOREIGN_WORDS, MEANINGS, MISTAKES, type Mistake, MORE_PREFIXES, NAMES, OTHERS, picture } from './mistakes.ts'
import {
  type Bracket,
  brackets,
  CALLS,
  CLOSED_BY,
  HEADS,
  KEYWORDS,
  locate,
  MODIFIERS,
  OPENINGS,
  type Token,
  tokens,
} from './query-text.ts'

/** Where the parser stopped: at which of the tokens, which stand between a BEGIN and an END, and what it said. */
interface Stop {
  readonly text: string
  readonly read: readonly Token[]
  readonly around: readonly (Bracket | undefined)[]
  readonly at: number
  readonly says: string
  readonly prefixes: Prefixes
}

/** What people are told, and what they are shown: the text from `start` to `end`. */
interface Advice {
  readonly code?: string
  readonly what: string
  readonly mend: string
  readonly start: number
  readonly end: number
}

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

/** The parser tells an offset, as a property or in its words; without one it stopped at the end. */
function stopOf(error: unknown, text: string, prefixes: Prefixes): Stop {
  const says = error instanceof Error ? error.message : String(error)
  const { offset = says.match(/^unexpected character: ->.*<- at offset: (\d+)/s)?.[1] } = error as { offset?: number }
  const found = tokens(text)
  const last = found.at(-1)?.end ?? 0
  const end = { shape: 'END', image: 'the end of the query', start: last, end: last + 1 }
  const read = [{ shape: 'BEGIN', image: '', start: 0, end: 0 }, ...found, end]
  const stopped = offset === undefined ? -1 : read.findIndex(token => token.end > Number(offset))
  const at = stopped < 0 ? read.length - 1 : stopped
  // An IRI left open, or a comment in the way of other languages, makes the parser stumble later in the line.
  const cause = read.findIndex(
    ({ shape, start }, index) =>
      index < at && /^(<open|<spaced>|\/[/*])$/.test(shape) && !text.slice(start, read[at]!.start).includes('\n'),
  )
  return { text, read, around: brackets(read), at: cause < 0 ? at : cause, says, prefixes }
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
  const line = (name: string): string => `add the line PREFIX ${name}: <${known[name] ?? '…'}>`
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

/** The prefixes of the text, then those that it may use without declaring them. */
function declaredPrefixes({ read, prefixes }: Stop): string[] {
  const inText = read.flatMap(({ image }, index) => (read[index - 1]?.shape === 'PREFIX' ? [image.replace(/:.*/s, '')] : []))
  return [...inText, ...Object.keys(prefixes)]
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

function fits(stop: Stop, { seen, within, says }: Pick<Mistake, 'seen' | 'within' | 'says'>): boolean {
  if (within !== undefined && within !== (stop.around[stop.at]?.token.shape ?? '')) return false
  return (says?.test(stop.says) ?? true) && picture(seen).test(context(stop, stop.at))
}

/** The shapes around a token, as the pictures show them. */
function context({ read }: Stop, at: number): string {
  const shapes = (from: number, to: number): string =>
    read
      .slice(Math.max(0, from), to)
      .map(({ shape }) => shape)
      .join(' ')
  return ` ${shapes(at - 80, at)} ▸ ${shapes(at, at + 8)} `
}

/** A row in words, with its place. */
function adviceOf(stop: Stop, row: Mistake, index: number, name = ''): Advice {
  const words = (template: string): string =>
    template.replaceAll('$1', name).replace(/\{(-?\d|[a-z]+)\}/g, (_, key: string) => detail(stop, index, key))
  return { what: words(row.what), mend: words(row.mend).replace(/ +/g, ' '), ...placeOf(stop, index, row.at ?? 0) }
}

function placeOf({ text, read, around }: Stop, index: number, at: number | 'gap' | 'open'): Pick<Advice, 'start' | 'end'> {
  if (at === 'open') return around[index]?.token ?? read[index]!
  if (at !== 'gap') return read[index + at] ?? read[index]!
  const [{ end }, token] = [read[index - 1]!, read[index]!]
  return text.slice(end, token.start).includes('\n') ? { start: end, end: end + 1 } : token
}

/** What `{…}` in the words of a table stands for. */
function detail(stop: Stop, index: number, key: string): string {
  const { text, read, around } = stop
  const token = read[index]!
  const next = (isMeant: (token: Token, at: number) => boolean, from = index): Token =>
    read.find((token, at) => at > from && isMeant(token, at)) ?? read.at(-1)!
  const details: Readonly<Record<string, () => string>> = {
    it: () => (/^(END|"s")$/.test(token.shape) ? token.image : `"${token.image}"`),
    lower: () => token.image.toLowerCase(),
    quote: () => token.image.match(/^("""|'''|.)/)![0],
    // Without quotation marks, without what a language tag has in place of a hyphen, without the signs of a LIKE.
    bare: () => token.image.replace(/^("""|'''|["'“”„«‘’‚])|("""|'''|["'“”»‘’])$/g, ''),
    subtag: () => token.image.replace(/^_/, ''),
    sought: () => read[index + 1]!.image.replaceAll('%', ''),
    prefix: () => declaredPrefixes(stop)[0] ?? 'cmq',
    // From the innermost bracket to the token; the token with its arguments; from the token to the end of what it belongs to.
    inner: () => text.slice(around[index]?.token.end, token.start),
    call: () => text.slice(token.start, next(({ shape }, at) => shape === ')' && around[at]?.token === read[index + 1]).end),
    rest: () => text.slice(token.start, next(({ shape }) => /^([.;{}]|END|[A-Z]{5,})$/.test(shape)).start).split('\n')[0]!,
    grouped: () => {
      const by = read.findIndex(({ shape }, at) => at > index && shape === 'BY' && read[at - 1]!.shape === 'GROUP')
      const end = next(({ shape }) => /^(HAVING|ORDER|LIMIT|OFFSET|VALUES|\}|END)$/.test(shape), by)
      return by < 0 ? '' : text.slice(read[by]!.end, end.start)
    },
  }
  const words = (details[key]?.() ?? read[index + Number(key)]?.image ?? '').replace(/\s+/g, ' ').trim()
  return words.length > 60 ? `${words.slice(0, 59)}…` : words
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
