import type { Term } from '@rdfjs/types'
import type { FunctionTable } from '../functions.ts'
import { booleanLiteral } from '../literal.ts'
import { plainText, sameKind, stringOf } from './string.ts'

/**
 * Functions with regular expressions. What JavaScript knows beyond those of XPath (look around, `\b`) is taken as well.
 *
 * @see SPARQL 1.1 Query Language, 17.4.3.14 (REGEX), 17.4.3.15 (REPLACE); XPath and XQuery Functions and Operators 3.1, 5.6
 */
export const patternFunctions: FunctionTable = {
  regex: ([term, pattern, flags]) => {
    const value = stringOf(term!)
    const expression = expressionOf(pattern!, flags)
    return value && expression && booleanLiteral(expression.test(value.text))
  },
  replace: ([term, pattern, replacement, flags]) => {
    const [value, text] = [stringOf(term!), plainText(replacement!)]
    const expression = expressionOf(pattern!, flags)
    if (value === undefined || text === undefined || !expression || expression.test('')) return undefined
    const isPlain = flags !== undefined && plainText(flags)!.includes('q')
    const put = isPlain ? text.replaceAll('$', '$$$$') : translatedReplacement(text, groupsIn(expression))
    const every = new RegExp(expression.source, `${expression.flags}g`)
    return put === undefined ? undefined : sameKind(value.text.replace(every, put), value)
  },
}

/** Compiled expressions by flags and pattern, null for those that are none. */
const compiled = new Map<string, RegExp | null>()
const MOST = 1000

/** What a pattern and its flags say; undefined where they are none. */
export function expressionOf(pattern: Term, flags: Term | undefined): RegExp | undefined {
  const [source, letters] = [plainText(pattern), flags === undefined ? '' : plainText(flags)]
  if (source === undefined || letters === undefined) return undefined
  const key = `${letters}/${source}`
  let expression = compiled.get(key)
  if (expression === undefined) {
    if (compiled.size >= MOST) compiled.clear()
    expression = /^[smixq]*$/.test(letters) ? compile(source, letters) : null
    compiled.set(key, expression)
  }
  return expression ?? undefined
}

function compile(pattern: string, letters: string): RegExp | null {
  const flags = `u${letters.includes('i') ? 'i' : ''}${letters.includes('m') && !letters.includes('q') ? 'm' : ''}`
  try {
    if (letters.includes('q')) return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags)
    return new RegExp(translated(pattern, letters.includes('x'), letters.includes('s')), flags)
  } catch {
    return null
  }
}

/** What stands for a class of characters in XML Schema, for use in a class and, within brackets, outside. @see XML Schema 2, G.4.2.5 */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  W: '\\p{P}\\p{Z}\\p{C}',
  s: ' \\t\\n\\r',
  i: '\\p{L}\\p{Nl}:_',
  c: '\\p{L}\\p{M}\\p{N}\\-.:_\\u00b7',
}

/** An expression of XPath in the words of JavaScript with its flag u. */
function translated(pattern: string, skipsSpace: boolean, dotIsAll: boolean): string {
  let result = ''
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index]!
    if (char === '[') {
      const [text, end] = translatedClass(pattern, index)
      result += text
      index = end
    } else if (char === '\\') result += escaped(pattern[++index] ?? '', false)
    else if (char === '.') result += dotIsAll ? '[^]' : '[^\\n\\r]'
    else if (!skipsSpace || !/[ \t\n\r]/.test(char)) result += char
  }
  return result
}

function escaped(char: string, isInClass: boolean): string {
  const members = CLASSES[char]
  if (members !== undefined) return isInClass ? members : `[${members}]`
  const complement = 'SIC'.includes(char) && char !== '' ? CLASSES[char.toLowerCase()] : undefined
  if (complement !== undefined && !isInClass) return `[^${complement}]`
  return char === '-' && !isInClass ? '-' : `\\${char}`
}

/** A class of characters and where it ends. One that is taken from another, `[a-z-[aeiou]]`, becomes a look ahead. */
function translatedClass(pattern: string, start: number): readonly [text: string, end: number] {
  let text = '['
  for (let index = start + 1; index < pattern.length; index++) {
    const char = pattern[index]!
    if (char === ']' && text !== '[' && text !== '[^') return [`${text}]`, index]
    if (char === '-' && pattern[index + 1] === '[') {
      const [without, end] = translatedClass(pattern, index + 1)
      return [`(?:(?!${without})${text}])`, end + 1]
    }
    text += char === '\\' ? escaped(pattern[++index] ?? '', true) : char === '[' ? '\\[' : char
  }
  throw new SyntaxError('a class of characters has no end')
}

/** A replacement of XPath in the words of JavaScript; undefined for one that XPath refuses. A group that is not there is empty. */
function translatedReplacement(text: string, groups: number): string | undefined {
  let result = ''
  for (const [part, special, digits] of text.matchAll(/[^\\$]+|\\([\\$])|\$(\d+)|[\\$]/g)) {
    if (digits !== undefined) {
      // As many digits as there is such a group; what follows is text.
      let length = digits.length
      while (length > 1 && Number(digits.slice(0, length)) > groups) length--
      const group = Number(digits.slice(0, length))
      result += (group === 0 ? '$&' : group > groups ? '' : `$${String(group).padStart(2, '0')}`) + digits.slice(length)
    } else if (part === '\\' || part === '$') return undefined
    else result += special === '$' ? '$$' : (special ?? part)
  }
  return result
}

function groupsIn({ source, flags }: RegExp): number {
  return new RegExp(`${source}|`, flags).exec('')!.length - 1
}
