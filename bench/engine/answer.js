import { createHash } from 'node:crypto'

const NUMBER = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(integer|decimal|double|float|int|long|nonNegativeInteger)$/

/**
 * What a row says, in a text that all engines agree on: numbers by value, language tags in small letters, blank nodes without labels.
 *
 * @param row pairs of a variable, or its name, and a term
 */
function rowText(row) {
  const parts = []
  for (const [variable, term] of row) if (term !== undefined) parts.push(`${variable.value ?? variable}=${termText(term)}`)
  return parts.sort().join('\n')
}

function termText({ termType, value, language, datatype }) {
  if (termType === 'BlankNode') return '_'
  if (termType !== 'Literal') return `<${value}>`
  if (language) return `"${value}"@${language.toLowerCase()}`
  // Of means some engines give more digits than others.
  if (NUMBER.test(datatype.value)) return Number(Number(value).toPrecision(12)).toString()
  return `"${value}"^^${datatype.value}`
}

/** Gathers rows in any order to one short text: the same for the same rows, each as often. */
export class Digest {
  #sum = 0n
  rows = 0

  add(row) {
    this.rows++
    this.#sum += createHash('sha256').update(rowText(row)).digest().readBigUInt64LE()
  }

  get text() {
    return `${this.rows} rows ${BigInt.asUintN(64, this.#sum).toString(16)}`
  }
}
