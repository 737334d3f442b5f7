import type { Term } from '@rdfjs/types'
import type { FunctionTable } from '../functions.ts'
import { booleanLiteral, integerLiteral, languageLiteral, stringLiteral } from '../literal.ts'
import { type StringValue, termValue } from '../value.ts'

/** The value of a string, with a language or without one; undefined for another term. @see SPARQL 1.1 Query Language, 17.4.3.1 */
export function stringOf(term: Term): StringValue | undefined {
  const value = termValue(term)
  return value?.kind === 'string' ? value : undefined
}

/** The text of a string without a language; undefined for another term. */
export function plainText(term: Term): string | undefined {
  const value = stringOf(term)
  return value?.language === '' ? value.text : undefined
}

/** A text with the language and the direction of another. */
export function sameKind(text: string, { language, direction }: StringValue): Term {
  return languageLiteral(text, language, direction)
}

/** Functions on strings that need no regular expression of the caller. @see SPARQL 1.1 Query Language, 17.4.3 */
export const stringFunctions: FunctionTable = {
  strlen: ([term]) => mapped(term!, ({ text }) => integerLiteral(lengthOf(text))),
  substr: ([term, start, length]) => {
    const [from, count] = [wholeNumber(start!), length === undefined ? Infinity : wholeNumber(length)]
    if (from === undefined || count === undefined) return undefined
    return mapped(term!, value => sameKind(part(value.text, from, from + count), value))
  },
  ucase: ([term]) => mapped(term!, value => sameKind(value.text.toUpperCase(), value)),
  lcase: ([term]) => mapped(term!, value => sameKind(value.text.toLowerCase(), value)),
  strstarts: ([a, b]) => compatible(a!, b!, ({ text }, other) => booleanLiteral(text.startsWith(other))),
  strends: ([a, b]) => compatible(a!, b!, ({ text }, other) => booleanLiteral(text.endsWith(other))),
  contains: ([a, b]) => compatible(a!, b!, ({ text }, other) => booleanLiteral(text.includes(other))),
  strbefore: ([a, b]) =>
    compatible(a!, b!, (value, other) => {
      const index = value.text.indexOf(other)
      return index === -1 ? stringLiteral('') : sameKind(value.text.slice(0, index), value)
    }),
  strafter: ([a, b]) =>
    compatible(a!, b!, (value, other) => {
      const index = value.text.indexOf(other)
      return index === -1 ? stringLiteral('') : sameKind(value.text.slice(index + other.length), value)
    }),
  concat: args => {
    const values: StringValue[] = []
    for (const arg of args) {
      const value = stringOf(arg)
      if (value === undefined) return undefined
      values.push(value)
    }
    const [first] = values
    const text = values.map(value => value.text).join('')
    const isOneKind = values.every(({ language, direction }) => language === first!.language && direction === first!.direction)
    return first !== undefined && isOneKind ? sameKind(text, first) : stringLiteral(text)
  },
  encode_for_uri: ([term]) =>
    mapped(term!, ({ text }) =>
      LONE_HALF.test(text) ? undefined : stringLiteral(encodeURIComponent(text).replace(MARKS, percent)),
    ),
  langmatches: ([tag, range]) => {
    const [language, wanted] = [plainText(tag!)?.toLowerCase(), plainText(range!)?.toLowerCase()]
    if (language === undefined || wanted === undefined) return undefined
    return booleanLiteral(language !== '' && (wanted === '*' || language === wanted || language.startsWith(`${wanted}-`)))
  },
}

const LONE_HALF = /\p{Surrogate}/u
/** Reserved characters that JavaScript leaves. */
const MARKS = /[!'()*]/g

function percent(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
}

function mapped(term: Term, change: (value: StringValue) => Term | undefined): Term | undefined {
  const value = stringOf(term)
  return value && change(value)
}

/** Two strings go together when the second has no language or that of the first. @see SPARQL 1.1 Query Language, 17.4.3.1.2 */
function compatible(a: Term, b: Term, change: (value: StringValue, text: string) => Term): Term | undefined {
  const [value, other] = [stringOf(a), stringOf(b)]
  if (value === undefined || other === undefined) return undefined
  const isCompatible = other.language === '' || (other.language === value.language && other.direction === value.direction)
  return isCompatible ? change(value, other.text) : undefined
}

function wholeNumber(term: Term): number | undefined {
  const value = termValue(term)
  return value?.kind === 'number' && value.type === 'integer' ? value.double : undefined
}

/** In code points. */
function lengthOf(text: string): number {
  let length = text.length
  for (let index = 1; index < text.length; index++) if (isPair(text, index)) length--
  return length
}

function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
}

/** The characters at the places from `start`, which counts from 1, to before `end`. @see XPath Functions 3.1, 5.4.3 (fn:substring) */
function part(text: string, start: number, end: number): string {
  const [from, to] = [Math.max(start, 1) - 1, Math.max(end, 1) - 1]
  return lengthOf(text) === text.length
    ? text.slice(from, Math.max(from, to))
    : [...text].slice(from, Math.max(from, to)).join('')
}
