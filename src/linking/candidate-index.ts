import { nameTokens, soundKey, tokenSimilarity } from './name.ts'
import type { Kind, Name, SourceRecord } from './record.ts'

/** A word that is looked for: how much it tells, and the words of the source that may be it. */
export interface Word {
  readonly text: string
  /** Log2 of how rare it is. */
  readonly bits: number
  /** Ids of words, and how alike they are. */
  readonly like: ReadonlyMap<number, number>
}

/** Words that are this alike may be one, spelled differently. */
const LEAST_ALIKE = 0.6
/** A word of more things than this leads to none of them; it only counts where rarer ones have led. */
const MOST_POSTINGS = 1500
/** A name of one in so many things is as rare as any; the world is larger than a small file. */
const WORLD = 1000

/** Records by the words of their names and by their codes, so that a thing is compared with few of them. */
export class CandidateIndex {
  readonly records: readonly SourceRecord[]
  /** Of record r the names [nameStart[r], nameStart[r + 1]); of name n the words [wordStart[n], wordStart[n + 1]). */
  readonly nameStart: Uint32Array
  readonly wordStart: Uint32Array
  readonly words: Uint32Array
  readonly vocabulary: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #postingStart: Uint32Array
  readonly #postings: Uint32Array
  readonly #bySound = new Map<string, number[]>()
  readonly #byWhole = new Map<string, number[]>()
  readonly #byCode = new Map<string, number[]>()
  readonly #kinds = new Map<Kind, number>()
  readonly #countries = new Map<string, number>()
  readonly #memo = new Map<string, Word>()

  constructor(records: readonly SourceRecord[]) {
    this.records = records
    const [nameStart, wordStart, words]: number[][] = [[0], [0], []]
    const pairs: number[] = []
    records.forEach((record, index) => {
      const own = new Set<number>()
      for (const { text } of record.names) {
        const tokens = nameTokens(text)
        for (const token of tokens) {
          const id = this.#intern(token)
          words!.push(id)
          own.add(id)
        }
        wordStart!.push(words!.length)
        push(this.#byWhole, tokens.join(''), index)
      }
      nameStart!.push(wordStart!.length - 1)
      for (const id of own) pairs.push(id, index)
      for (const code of record.codes) push(this.#byCode, code, index)
      for (const kind of record.kinds) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
      for (const country of record.countries) this.#countries.set(country, (this.#countries.get(country) ?? 0) + 1)
    })
    this.nameStart = Uint32Array.from(nameStart!)
    this.wordStart = Uint32Array.from(wordStart!)
    this.words = Uint32Array.from(words!)
    const start = new Uint32Array(this.vocabulary.length + 1)
    for (let at = 0; at < pairs.length; at += 2) start[pairs[at]! + 1]!++
    for (let id = 0; id < this.vocabulary.length; id++) start[id + 1]! += start[id]!
    const next = start.slice()
    this.#postings = new Uint32Array(pairs.length / 2)
    for (let at = 0; at < pairs.length; at += 2) this.#postings[next[pairs[at]!]!++] = pairs[at + 1]!
    this.#postingStart = start
  }

  /** Of how many things a candidate is one. */
  get size(): number {
    return this.records.length + WORLD
  }

  /** Log2 of how rare a word of the source is. */
  bits(id: number): number {
    return Math.log2(this.size / (this.#postingStart[id + 1]! - this.#postingStart[id]!))
  }

  /** Log2 of how rare a whole name of the source is. */
  wholeBits(name: number): number {
    const words = this.words.subarray(this.wordStart[name]!, this.wordStart[name + 1]!)
    const whole = Array.from(words, id => this.vocabulary[id]!).join('')
    return Math.log2(this.size / this.#byWhole.get(whole)!.length)
  }

  /** Log2 of how much being of one of these kinds tells. */
  kindBits(kinds: readonly Kind[]): number {
    const most = Math.max(...kinds.map(kind => this.#kinds.get(kind) ?? 0))
    return Math.log2(this.size / (most + WORLD / 10))
  }

  /** Log2 of how much lying in a country, or coming from it, tells. */
  countryBits(country: string): number {
    return Math.log2(this.size / ((this.#countries.get(country) ?? 0) + WORLD / 50))
  }

  /** A word as it is looked for. */
  word(text: string): Word {
    const known = this.#memo.get(text)
    if (known !== undefined) return known
    const like = new Map<number, number>()
    const id = this.#ids.get(text)
    if (text.length > 3)
      for (const other of this.#bySound.get(soundKey(text)) ?? []) {
        const similarity = tokenSimilarity(text, this.vocabulary[other]!)
        if (similarity >= LEAST_ALIKE) like.set(other, similarity)
      }
    if (id !== undefined) like.set(id, 1)
    const word = { text, like, bits: id === undefined ? Math.log2(this.size * 2) : this.bits(id) }
    this.#memo.set(text, word)
    return word
  }

  /** The records that these names and codes lead to, the likeliest first; never all. */
  lookUp(names: readonly (readonly Word[])[], codes: readonly string[], limit: number): number[] {
    const found = new Map<number, number>()
    const add = (record: number, bits: number): void => {
      found.set(record, (found.get(record) ?? 0) + bits)
    }
    for (const code of codes) for (const record of this.#byCode.get(code) ?? []) add(record, 40)
    for (const name of names) {
      const whole = this.#byWhole.get(name.map(({ text }) => text).join('')) ?? []
      if (whole.length <= MOST_POSTINGS) for (const record of whole) add(record, 20)
    }
    for (const word of new Set(names.flat())) {
      for (const [id, similarity] of word.like) {
        const [from, to] = [this.#postingStart[id]!, this.#postingStart[id + 1]!]
        const [isRare, bits] = [to - from <= MOST_POSTINGS, this.bits(id) * similarity ** 2]
        if (isRare) for (let at = from; at < to; at++) add(this.#postings[at]!, bits)
      }
    }
    const ranked = [...found].sort(([a, one], [b, other]) => other - one || a - b)
    return ranked.slice(0, limit).map(([record]) => record)
  }

  /** ISO 3166-1 codes of the countries that go by this name, or have this code, by what the source itself says of countries. */
  countriesCalled(name: string): string[] {
    const isCode = /^\w+:\S+$/.test(name)
    const whole = nameTokens(name).join('')
    const found = (isCode ? this.#byCode.get(name) : this.#byWhole.get(whole)) ?? []
    const countries = found
      .map(at => this.records[at]!)
      .filter(({ kinds, names }) => {
        const isCalled =
          isCode || names.some(({ text, class: nameClass }) => nameClass !== 'weak' && nameTokens(text).join('') === whole)
        return kinds.includes('country') && isCalled
      })
    return [...new Set(countries.flatMap(({ codes }) => codes.flatMap(code => /^iso:([A-Z]{2})$/.exec(code)?.slice(1) ?? [])))]
  }

  /** The name that has this number within its record. */
  nameOf(record: number, name: number): Name {
    return this.records[record]!.names[name - this.nameStart[record]!]!
  }

  #intern(token: string): number {
    const known = this.#ids.get(token)
    if (known !== undefined) return known
    const id = this.vocabulary.push(token) - 1
    this.#ids.set(token, id)
    push(this.#bySound, soundKey(token), id)
    return id
  }
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else if (list.at(-1) !== value) list.push(value)
}
