import type { Encoding } from './encoding.ts'

/** What was found out about a few of the terms of an encoding, by their ids: faster than a map, smaller than an array of all. */
export class TermMap<Value> {
  readonly #values: Value[] = []
  /** By id the place of a value and 1; 0 for none. */
  readonly #places: Uint32Array

  constructor({ room, dictionary }: Encoding) {
    this.#places = room.numbers(dictionary.count + 1)
  }

  get(id: number): Value | undefined {
    const place = this.#places[id]!
    return place === 0 ? undefined : this.#values[place - 1]
  }

  set(id: number, value: Value): Value {
    // Of many terms in a row the same is found out.
    if (this.#values.at(-1) !== value) this.#values.push(value)
    this.#places[id] = this.#values.length
    return value
  }
}
