import type { Prefixes } from '../rdf/prefixes.ts'
import type { FaultKnowledge, SyntaxFault } from '../sparql/syntax/fault.ts'
import { type Mistake, picture } from './mistakes.ts'
import { type Bracket, brackets, type Token, tokens } from './query-text.ts'

/** Where the parser stopped: at which of the tokens, which stand between a BEGIN and an END, and what it knows of the fault. */
export interface Stop {
  readonly text: string
  readonly read: readonly Token[]
  readonly around: readonly (Bracket | undefined)[]
  readonly at: number
  readonly knowledge: FaultKnowledge
  readonly prefixes: Prefixes
}

/** What people are told, and what they are shown: the text from `start` to `end`. */
export interface Advice {
  readonly code?: string
  readonly what: string
  readonly mend: string
  readonly start: number
  readonly end: number
}

export function stopOf({ start: offset, knowledge }: SyntaxFault, text: string, prefixes: Prefixes): Stop {
  const found = tokens(text)
  const last = found.at(-1)?.end ?? 0
  const end = { shape: 'END', image: 'the end of the query', start: last, end: last + 1 }
  const read = [{ shape: 'BEGIN', image: '', start: 0, end: 0 }, ...found, end]
  const stopped = read.findIndex(token => token.end > offset)
  const at = stopped < 0 ? read.length - 1 : stopped
  // An IRI left open, or a comment in the way of other languages, makes the parser stumble later in the line.
  const cause = read.findIndex(
    ({ shape, start }, index) =>
      index < at && /^(<open|<spaced>|\/[/*])$/.test(shape) && !text.slice(start, read[at]!.start).includes('\n'),
  )
  return { text, read, around: brackets(read), at: cause < 0 ? at : cause, knowledge, prefixes }
}

/** Whether a row shows what is around the place. */
export function fits(stop: Stop, { seen, within, expected }: Pick<Mistake, 'seen' | 'within' | 'expected'>): boolean {
  if (within !== undefined && within !== (stop.around[stop.at]?.token.shape ?? '')) return false
  if (expected !== undefined && expected !== stop.knowledge.expected) return false
  return picture(seen).test(context(stop, stop.at))
}

/** The shapes around a token, as the pictures show them. */
export function context({ read }: Stop, at: number): string {
  const shapes = (from: number, to: number): string =>
    read
      .slice(Math.max(0, from), to)
      .map(({ shape }) => shape)
      .join(' ')
  return ` ${shapes(at - 80, at)} ▸ ${shapes(at, at + 8)} `
}

/** A row in words, with its place. */
export function adviceOf(stop: Stop, row: Mistake, index: number): Advice {
  const words = (template: string): string => template.replace(/\{(-?\d|[a-z]+)\}/g, (_, key: string) => detail(stop, index, key))
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
  }
  const words = (details[key]?.() ?? read[index + Number(key)]?.image ?? '').replace(/\s+/g, ' ').trim()
  return words.length > 60 ? `${words.slice(0, 59)}…` : words
}

/** The prefixes of the text, then those that it may use without declaring them. */
export function declaredPrefixes({ read, prefixes }: Stop): string[] {
  const inText = read.flatMap(({ image }, index) => (read[index - 1]?.shape === 'PREFIX' ? [image.replace(/:.*/s, '')] : []))
  return [...inText, ...Object.keys(prefixes)]
}
