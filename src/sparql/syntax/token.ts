import { SyntaxFault } from './fault.ts'
import { WORDS } from './words.ts'

// Terminals of SPARQL 1.2, 19.8 [160] to [187]. Each is written so that a text is read once, however it fails.
const codePoint = String.raw`\\u[\dA-Fa-f]{4}|\\U[\dA-Fa-f]{8}`
const escaped = String.raw`\\[tbnrf"'\\]|${codePoint}`
const inIri = String.raw`[^\u0000-\u0020<>"{}|^\x60\\]*`
const short = (quote: string): string => String.raw`${quote}[^${quote}\\\n\r]*(?:(?:${escaped})[^${quote}\\\n\r]*)*${quote}`
const long = (quote: string): string =>
  String.raw`${quote}{3}[^${quote}\\]*(?:(?:${quote}{1,2}(?!${quote})|${escaped})[^${quote}\\]*)*${quote}{3}`

const IRI = new RegExp(`<${inIri}(?:(?:${codePoint})${inIri})*>`, 'y')
const STRING = { '"': new RegExp(`${long('"')}|${short('"')}`, 'y'), "'": new RegExp(`${long("'")}|${short("'")}`, 'y') }
const WORD = /[A-Za-z_][A-Za-z_0-9]*/y
const NUMBER = /[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+)/y
const LANGUAGE = /@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?/y

/** What has names in it, made of letters and of what else may follow the first of them. */
function named(letter: string, inName: string, flags: string): { variable: RegExp; name: RegExp; blank: RegExp } {
  const special = String.raw`%[\dA-Fa-f]{2}|\\[_~.!$&'()*+,;=\/?#@%\-]`
  const local = String.raw`(?:[${letter}_:0-9]|${special})(?:\.*(?:[${inName}:\-]|${special}))*`
  return {
    variable: new RegExp(`[?$][${letter}_0-9][${inName}]*`, flags),
    name: new RegExp(String.raw`(?:[${letter}](?:\.*[${inName}\-])*)?:(?:${local})?`, flags),
    blank: new RegExp(String.raw`_:[${letter}_0-9](?:\.*[${inName}\-])*`, flags),
  }
}

/** Most texts are ASCII, and the letters of all scripts take a while to compile. */
const ASCII = named('A-Za-z', 'A-Za-z_0-9', 'y')
let allScripts: typeof ASCII | undefined
function namedInAllScripts(): typeof ASCII {
  const letter = String.raw`A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`
  allScripts ??= named(letter, String.raw`${letter}_0-9\u00B7\u0300-\u036F\u203F\u2040`, 'uy')
  return allScripts
}

/** Signs by their first character, the longest first. */
const SIGNS = new Map<string, string[]>()
for (const sign of '<<( <<  <= < )>> ) >> >= > {| { |} || | && != ! ^^ ^ ( [ ] } ; , . * / = ~ + - ?'.split(/ +/))
  SIGNS.set(sign[0]!, [...(SIGNS.get(sign[0]!) ?? []), sign])

/** Words as they are mostly written, by their kind. */
const KINDS = new Map([...WORDS].flatMap(word => [word, word.toLowerCase()].map(written => [written, word] as const)))
KINDS.set('a', 'a')

/**
 * Reads a text token by token. It stands at one of them, from `start` to `end`, and knows its `kind`: `?v`, `<i>`, `p:n` (also without a
 * local name), `_:b`, `"s"`, `1`, `-1` (any number but digits alone), `@l`, a word of SPARQL in capitals, `a`, a sign, END; `word` and
 * `unknown` for what SPARQL does not know.
 */
export class TokenReader {
  readonly text: string
  readonly #named: typeof ASCII
  kind = 'END'
  start = 0
  end = 0
  /** Where the token before it ends. */
  passed = 0

  constructor(text: string) {
    this.text = text
    this.#named = /[\u0080-\uFFFF]/.test(text) ? namedInAllScripts() : ASCII
    this.next()
  }

  /** The token as it is written. */
  get image(): string {
    return this.text.slice(this.start, this.end)
  }

  /** Goes to the next token, and tells where the last one began. */
  next(): number {
    const { text, start } = this
    let at = this.end
    this.passed = at
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 32 || code === 10 || code === 13 || code === 9) at++
      else if (code === 35) at = endOfLine(text, at)
      else break
    }
    this.start = at
    this.end = at
    this.kind = at < text.length ? this.#read(text, at) : 'END'
    return start
  }

  /** Goes back to a token that was read before. */
  rewind(start: number): void {
    this.end = start
    this.next()
  }

  /** Passes over the token if it is of this kind. */
  take(kind: string): boolean {
    if (this.kind !== kind) return false
    this.next()
    return true
  }

  /** Passes over the token, which must be of this kind. */
  expect(kind: string): void {
    if (this.kind !== kind) this.fail(kind)
    this.next()
  }

  /** Passes over two words, of which the first means nothing without the other. */
  expectBoth(first: string, second: string): void {
    const { start } = this
    this.expect(first)
    if (this.kind !== second) this.rewind(start)
    if (this.kind === first) this.fail(second)
    this.next()
  }

  /** The text is wrong at this token. */
  fail(expected?: string): never {
    throw new SyntaxFault(this.start, this.end, { expected })
  }

  /** The text is well formed from `start` to `end`, and cannot be meant so. */
  refuse(what: string, mend: string, start = this.start, end = this.end): never {
    throw new SyntaxFault(start, end, { advice: { what, mend } })
  }

  #read(text: string, at: number): string {
    const first = text[at]!
    switch (first) {
      case '?':
      case '$':
        if (this.#matches(this.#named.variable)) return '?v'
        break
      case '<':
        if (this.#matches(IRI)) return '<i>'
        break
      case '"':
      case "'":
        if (this.#matches(STRING[first])) return '"s"'
        break
      case '@':
        if (this.#matches(LANGUAGE)) return '@l'
        break
      case '+':
      case '-':
      case '.':
        if (this.#matches(NUMBER)) return '-1'
        break
      case '_':
        if (this.#matches(this.#named.blank)) return '_:b'
        break
    }
    if (first >= '0' && first <= '9') return this.#number(text, at)
    const signs = SIGNS.get(first)
    if (signs === undefined) return this.#word(text, at)
    for (const sign of signs) {
      if (sign.length > 1 && !text.startsWith(sign, at)) continue
      this.end = at + sign.length
      return sign
    }
    return this.#unknown()
  }

  #number(text: string, at: number): string {
    this.#matches(NUMBER)
    for (let digit = at; digit < this.end; digit++) if (text.charCodeAt(digit) < 48 || text.charCodeAt(digit) > 57) return '-1'
    return '1'
  }

  /** A name with a prefix, else a word. */
  #word(text: string, at: number): string {
    let end = at
    while (isLetter(text.charCodeAt(end))) end++
    const next = text.charCodeAt(end)
    // What may go on as a name: a letter of another script, a digit, one of _ : . -
    const isName = next > 127 || (next >= 48 && next <= 58) || next === 95 || next === 46 || next === 45
    if (!isName && end > at) this.end = end
    else if (this.#matches(this.#named.name)) return 'p:n'
    else if (!this.#matches(WORD)) return this.#unknown()
    const word = text.slice(at, this.end)
    return KINDS.get(word) ?? KINDS.get(word.toUpperCase()) ?? this.#beginning(word)
  }

  /** Words need no space between them: `ORDERBY` is two. */
  #beginning(word: string): string {
    for (let length = Math.min(word.length - 1, 14); length > 0; length--) {
      const part = word.slice(0, length)
      const kind = part === 'a' ? 'a' : KINDS.get(part.toUpperCase())
      if (kind === undefined) continue
      this.end = this.start + length
      return kind
    }
    return 'word'
  }

  #unknown(): string {
    this.end = this.start + 1
    return 'unknown'
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.start
    if (!pattern.test(this.text)) return false
    this.end = pattern.lastIndex
    return true
  }
}

function endOfLine(text: string, at: number): number {
  for (let end = at; end < text.length; end++) if (text[end] === '\n' || text[end] === '\r') return end
  return text.length
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}
