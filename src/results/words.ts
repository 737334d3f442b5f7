import type { Term } from '@rdfjs/types'
import type { Answer } from '../answers/answer.ts'
import { PREFIXES, shorten } from '../rdf/prefixes.ts'

/**
 * What a person reads for a term: the label of an IRI, else its prefixed name; the text of a literal without language or
 * datatype; nothing where there is no value.
 */
export function termWords(
  term: Term | undefined,
  { labels, prefixes }: Pick<Answer, 'labels' | 'prefixes'>,
  fullIris = false,
): string {
  const words = (one: Term): string => {
    if (one.termType === 'Quad') return `<<( ${[one.subject, one.predicate, one.object].map(words).join(' ')} )>>`
    if (one.termType === 'BlankNode') return `_:${one.value}`
    if (one.termType !== 'NamedNode') return one.value
    return fullIris ? `<${one.value}>` : (labels.get(one.value) ?? shorten(one.value, prefixes))
  }
  return term === undefined ? '' : words(term)
}

/**
 * A name in camel case as words; what is all capitals stays.
 *
 * @example humanized('electedAt') // 'elected at'
 */
export function humanized(name: string): string {
  let words = ''
  let before = ''
  const letters = [...name]
  for (const [index, letter] of letters.entries()) {
    const isAlone = isCapital(letter) && !isCapital(before) && !isCapital(letters[index + 1] ?? '')
    const isFirst = isCapital(letter) && (before !== before.toUpperCase() || /\d/.test(before))
    words += isAlone ? ` ${letter.toLowerCase()}` : isFirst ? ` ${letter}` : letter
    before = letter
  }
  return words.replace(/[\s_]+/g, ' ').trim()
}

/** Not by a class of Unicode: to make such a regular expression takes longer than all else that is done with a name. */
function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase()
}

/** Whether a column has numbers and nothing else. */
export function isNumeric(column: string, { rows }: Answer): boolean {
  const terms = rows.flatMap(({ values }) => values.get(column) ?? [])
  return terms.length > 0 && terms.every(term => term.termType === 'Literal' && NUMERIC.test(term.datatype.value))
}

const NUMERIC = new RegExp(
  `^${PREFIXES.xsd}(integer|decimal|float|double|long|int|short|byte|unsigned\\w+|(non)?(Positive|Negative)Integer)$`,
  'i',
)

/** What to say instead of rows: yes or no, that there are none, that they have no columns. Undefined where the rows speak. */
export function verdict({ form, columns, rows }: Answer): string | undefined {
  if (form === 'ASK') return rows.length > 0 ? 'Yes.' : 'No.'
  if (rows.length === 0) return 'No answer in this article.'
  return columns.length === 0 ? `${rows.length} ${rows.length === 1 ? 'answer' : 'answers'} without values.` : undefined
}

/** The notes of an answer, and that it is cut off if none of them says so. */
export function notesOf({ notes, complete }: Answer): string[] {
  return complete || notes.length > 0 ? notes.map(({ text }) => text) : ['not all rows are here: the answer was cut off']
}
