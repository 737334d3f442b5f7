/** Keys and indexes from the root to a value. */
export type JsonPath = readonly (string | number)[]

const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y
const SPACE = /[ \t\n\r]*/y

/**
 * Walks through JSON strictly, and visits each of its values.
 *
 * @param visit is told the path of a value, which is the same array each time, and where the value (or its key) begins
 * @param depth how many objects and arrays may stand within each other
 * @param refuse makes the error of what is wrong at an index; of undefined: what is nested too deeply
 * @see RFC 8259; RFC 7493, 2.1 (no half characters)
 */
export function walkJson(
  text: string,
  visit: (path: JsonPath, index: number) => void,
  depth: number,
  refuse: (what: string | undefined, index: number) => Error,
): void {
  const path: (string | number)[] = []
  let at = 0
  const fail = (what: string, index = at): never => {
    throw refuse(index >= text.length ? 'the document ends too early' : what, index)
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
    const value = parsed(text.slice(start, at)) ?? fail('a text has a control character or an unknown escape in it', start)
    return /[\ud800-\udfff]/u.test(value) ? fail('a text has half a character', start) : value
  }
  const members = (close: string, member: (index: number) => void): void => {
    if (path.length >= depth) throw refuse(undefined, at)
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

function parsed(text: string): string | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether an odd number of backslashes stands before an index. */
function isEscaped(text: string, start: number, index: number): boolean {
  let before = index
  while (before > start && text[before - 1] === '\\') before--
  return (index - before) % 2 === 1
}
