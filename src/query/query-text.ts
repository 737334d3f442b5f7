import { WORDS } from '../sparql/syntax/words.ts'

/**
 * A piece of the text of a query. Pieces of one kind have one `shape`: `?v`, `<i>`, `p:n`, `p:` (no local name), `_:b`, `"s"`, `1`,
 * `-1` (any other number), `@l`, a keyword in capitals, else itself. What SPARQL does not know has a shape too: `word`, `"open`, ...
 */
export interface Token {
  readonly shape: string
  readonly image: string
  /** UTF-16 code units of the text, end exclusive. */
  readonly start: number
  readonly end: number
}

/** A place in a text: `line` and `column` count from 1, `text` is the line. */
export interface Spot {
  readonly line: number
  readonly column: number
  readonly text: string
}

/**
 * Where an offset lies.
 *
 * @example locate('ASK {\n  ?s }', 8) // { line: 2, column: 3, text: '  ?s }' }
 */
export function locate(text: string, offset: number): Spot {
  const begin = text.slice(0, offset).lastIndexOf('\n') + 1
  const end = text.indexOf('\n', begin)
  const line = text.slice(0, begin).split('\n').length
  return { line, column: offset - begin + 1, text: text.slice(begin, end < 0 ? undefined : end).replace(/\r$/, '') }
}

/**
 * The pieces of the text of a query, right or wrong, without white space and comments.
 *
 * @example tokens('ASK { ?s a "x" } # ?').map(token => token.shape) // ['ASK', '{', '?v', 'a', '"s"', '}']
 */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [kind] = SHAPES[match.indexOf(match[0], 1) - 1]!
    const image = match[0]
    if (kind !== 'space') found.push({ shape: shapeOf(kind, image), image, start: match.index, end: TOKEN.lastIndex })
  }
  return found
}

function shapeOf(kind: string, image: string): string {
  if (kind === 'symbol' || image === 'a') return image
  if (kind === '1') return /^\d+$/.test(image) ? '1' : '-1'
  const word = image.toUpperCase()
  return kind === 'word' && WORDS.has(word) ? word : kind
}

const name = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_·\u0300-\u036F\u203F\u2040]*`
const scheme = String.raw`(?:[A-Za-z][\w+.-]{0,99}:\/\/|urn:|mailto:)`
const inIri = String.raw`[^\s<>"{}|^\x60\\]`
const hex = String.raw`\\u[\dA-Fa-f]{4}|\\U[\dA-Fa-f]{8}`
const escaped = String.raw`\\[tbnrf"'\\]|${hex}`
const prefix = String.raw`(?:\p{L}(?:[\p{L}\p{N}_.·-]{0,99}[\p{L}\p{N}_·-])?)?:`
const local = String.raw`(?:[\p{L}\p{N}_·:-]|%[\dA-Fa-f]{2}|\\[^\s\p{L}\p{N}])`

/** What shapes look like; the first that fits counts. A row for what is open takes all it looked at: no text is read over and over. */
const SHAPES: readonly (readonly [shape: string, pattern: string])[] = [
  ['space', String.raw`[ \t\r\n]+|#[^\n]*`],
  ['<>', '<>'],
  ['<i>', `<(?:${inIri}|${hex})+>`],
  ['<spaced>', String.raw`<${scheme}${inIri}*(?: +[^\s<>"{}|^\x60\\?$()]+)+>`],
  ['<open', `<${scheme}${inIri}*`],
  ['"s"', String.raw`"""(?:"{0,2}(?:[^"\\]|${escaped}))*"""|'''(?:'{0,2}(?:[^'\\]|${escaped}))*'''`],
  ['"open', `"""[^]*|'''[^]*`],
  ['"s"', String.raw`"(?:[^"\\\r\n]|${escaped})*"|'(?:[^'\\\r\n]|${escaped})*'`],
  ['"\\"', String.raw`"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'`],
  ['"open', String.raw`["'][^\r\n]*`],
  ['“s”', String.raw`[“”„«‘’‚][^“”„«»‘’‚\r\n]*[“”»‘’]?`],
  ['@l', String.raw`@[A-Za-z]+(?:-[A-Za-z\d]+)*(?:--[A-Za-z]+)?`],
  ['?v', `[?$]${name}`],
  ['_:b', String.raw`_:[\p{L}\p{N}_](?:[\p{L}\p{N}_.·-]*[\p{L}\p{N}_·-])?`],
  ['http://', String.raw`(?:https?|ftp):\/\/${inIri}*[^\s<>"{}|^\x60\\.,;)]`],
  [':=', ':='],
  ['p:n', String.raw`${prefix}${local}(?:\.*${local})*`],
  ['p:', prefix],
  ['1', String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`],
  ['word', String.raw`[\p{L}_][\p{L}\p{N}_]*`],
  ['␣', String.raw`\s`],
  ['symbol', String.raw`===?|!==|<=>|=>|\*\*|\/[/*]|\^\^|&&|\|\||!=|<=|>=|<<\(|\)>>|<<|>>|\{\||\|\}|[^]`],
]
const TOKEN = new RegExp(SHAPES.map(([, pattern]) => `(${pattern})`).join('|'), 'uy')

/** Brackets by what closes them. */
export const CLOSED_BY: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']', '{|': '|}', '<<': '>>', '<<(': ')>>' }

/** An open bracket, and the one around it. */
export interface Bracket {
  readonly token: Token
  readonly outer: Bracket | undefined
  readonly depth: number
}

/** For each token the innermost bracket that is open before it. What closes nothing is passed over. */
export function brackets(read: readonly Token[]): (Bracket | undefined)[] {
  let inner: Bracket | undefined
  return read.map(token => {
    const around = inner
    if (Object.hasOwn(CLOSED_BY, token.shape)) inner = { token, outer: around, depth: (around?.depth ?? 0) + 1 }
    else if (around !== undefined && CLOSED_BY[around.token.shape] === token.shape) inner = around.outer
    return around
  })
}
