/** Keys and indexes from the root to a value. */
export type JsonPath = readonly (string | number)[]

/** A fault of JSON, with its index into the text. */
export class JsonFault extends Error {
  constructor(
    message: string,
    readonly index: number,
    readonly isTooDeep = false,
  ) {
    super(message)
  }
}

const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y
const SPACE = /[ \t\n\r]*/y

/**
 * Walks through JSON strictly, and visits each of its values.
 *
 * @param depth how many objects and arrays may stand within each other
 * @param visit is told the path of a value, which is the same array each time, and where the value (or its key) begins
 * @throws JsonFault
 * @see RFC 8259; RFC 7493, 2.1 (no half characters)
 */
export function walkJson(text: string, depth: number, visit: (path: JsonPath, index: number) => void): void {
  const path: (string | number)[] = []
  let at = 0
  const fail = (what: string, index = at): never => {
    throw new JsonFault(index >= text.length ? 'the document ends too early' : what, index)
  }
  const skip = (): string | undefined => {
    SPACE.lastIndex = at
    SPACE.test(text)
    at = SPACE.lastIndex
    return text[at]
  }
  const string = (): string => {
    const start = at
    let end = at
    do {
      end = text.indexOf('"', end + 1)
      if (end < 0) fail('a text has no end', text.length)
    } while (isEscaped(text, start, end))
    at = end + 1
    try {
      const value: string = JSON.parse(text.slice(start, at))
      return /[\ud800-\udfff]/u.test(value) ? fail('a text has half a character', start) : value
    } catch (error) {
      if (error instanceof JsonFault) throw error
      return fail('a text has a control character or an unknown escape in it', start)
    }
  }
  const members = (close: string, member: (index: number) => void): void => {
    if (path.length >= depth) throw new JsonFault('too deep', at, true)
    at++
    for (let index = 0; skip() !== close; index++) {
      if (index > 0) {
        if (text[at] !== ',') fail(`"," or "${close}" is missing`)
        at++
        skip()
      }
      member(index)
      path.pop()
    }
    at++
  }
  const value = (index = at): void => {
    const first = skip()
    visit(path, index)
    if (first === '{') {
      members('}', () => {
        const start = at
        if (text[at] !== '"') fail('a key in quotation marks is missing')
        const key = string()
        // An object of JavaScript would lose it.
        if (key === '__proto__') fail('a key is "__proto__"', start)
        path.push(key)
        if (skip() !== ':') fail('":" is missing')
        at++
        value(start)
      })
    } else if (first === '[') {
      members(']', position => {
        path.push(position)
        value()
      })
    } else if (first === '"') string()
    else {
      NUMBER_OR_WORD.lastIndex = at
      if (!NUMBER_OR_WORD.test(text)) fail('a value is missing')
      at = NUMBER_OR_WORD.lastIndex
    }
  }
  skip()
  value()
  if (skip() !== undefined) fail('there is more than one value')
}

/** Whether an odd number of backslashes stands before an index. */
function isEscaped(text: string, start: number, index: number): boolean {
  let before = index
  while (before > start && text[before - 1] === '\\') before--
  return (index - before) % 2 === 1
}
