import { createRequire } from 'node:module'
import { distance } from 'fastest-levenshtein'
import type { Kind } from './record.ts'

/**
 * The words of a name in Latin letters without marks, lower case: the form in which names of every script are compared. The
 * titles before a person's name are no part of it.
 *
 * @see Unicode UAX #15 (NFKC); letters of other scripts are transliterated sign by sign
 * @example nameTokens('Receb Tayyib Erdoğan') // ['receb', 'tayyib', 'erdogan']
 * @example nameTokens('President Иванов, И.', 'person') // ['ivanov', 'i']
 * @example nameTokens("l'État d'Irak") // ['l', 'etat', 'd', 'irak']
 */
export function nameTokens(text: string, kind?: Kind): string[] {
  const plain = NOT_ASCII.test(text) ? latin(text.normalize('NFKC')) : text
  const folded = plain.toLowerCase().replace(/(?<=[a-z]{3})['`]s?(?![a-z])|(?<=[a-z]{3})['`]/g, '')
  const tokens = (folded.match(/[a-z0-9]+/g) ?? []).slice(0, MOST_WORDS)
  if (kind !== 'person') return tokens
  const start = tokens.findIndex(token => !TITLES.has(token))
  return start < 0 ? tokens : tokens.slice(start)
}

/** What is longer is no name. */
const MOST_WORDS = 40

const NOT_ASCII = /[^\0-\x7f]/

/** Words that names have or lack as it pleases their writers. */
export const PARTICLES: ReadonlySet<string> = new Set(
  'the of and a de la le les l d du des el los las y e et i der die das und al ul bin van von'.split(' '),
)

const TITLES = new Set(
  'president minister prime deputy secretary mr mrs ms dr prof professor sir dame lord lady baron baroness general colonel major captain sheikh shaikh hon honourable'.split(
    ' ',
  ),
)

/**
 * How alike two words are, from 0 to 1: of the letters of the longer one, the part that need not be changed.
 *
 * @example tokenSimilarity('recep', 'receb') // 0.8
 */
export function tokenSimilarity(one: string, other: string): number {
  return one === other ? 1 : 1 - distance(one, other) / Math.max(one.length, other.length)
}

/**
 * A key that spellings of one word share: its consonants, those that languages confuse as one, none twice.
 *
 * @example soundKey('rayyisi') === soundKey('raisi') // true
 * @example soundKey('receb') === soundKey('recep') // true
 */
export function soundKey(token: string): string {
  const rest = token.replace(/[aeiouyhw]+/g, '').replace(/[bdgjqcxzv]/g, letter => SOUNDS[letter]!)
  return rest.replace(/(.)\1+/g, '$1') || token.slice(0, 1)
}

const SOUNDS: Readonly<Record<string, string>> = { b: 'p', d: 't', g: 'k', j: 's', q: 'k', c: 'k', x: 'k', z: 's', v: 'f' }

/** The letters of any script as Latin ones; the tables for that are loaded when they are first needed. */
function latin(text: string): string {
  loaded ??= requireHere('#any-ascii') as typeof import('#any-ascii')
  return loaded(text)
}

const requireHere = createRequire(import.meta.url)
let loaded: typeof import('#any-ascii') | undefined
