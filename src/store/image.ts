import type { StoreImage } from './quad-store.ts'

/** Each layout of the bytes has its own number: what another version wrote is not read. */
const VERSION = 1
/** `CmqS`; a machine that orders bytes the other way does not read it. */
const MAGIC = 0x53716d43

/**
 * An image as bytes: numbers of 32 bits - what it is, version, checksum of all that follows, seed, lengths of the arrays - and the arrays.
 */
export function encodeImage({ dictionary, columns }: StoreImage): Uint8Array {
  const { seed, heap, kinds, ends, tags, table } = dictionary
  const arrays = [heap, kinds, ends, tags, table, ...columns]
  const head = Uint32Array.of(MAGIC, VERSION, 0, seed, ...arrays.map(({ byteLength }) => byteLength))
  const bytes = new Uint8Array(arrays.reduce((end, { byteLength }) => end + padded(byteLength), head.byteLength))
  bytes.set(bytesOf(head))
  let at = head.byteLength
  for (const array of arrays) {
    bytes.set(bytesOf(array), at)
    at += padded(array.byteLength)
  }
  const words = new Uint32Array(bytes.buffer)
  words[CHECKSUM] = checksum(words)
  return bytes
}

/**
 * The image of such bytes, which it shares, if they lie at a multiple of four.
 *
 * @returns undefined for bytes that are damaged or cut, or that another version wrote: then what they were made of is to be read again
 * @example decodeImage(new Uint8Array(64)) // undefined
 */
export function decodeImage(bytes: Uint8Array): StoreImage | undefined {
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Uint32Array(buffer, byteOffset, bytes.byteLength >>> 2)
  if (words[0] !== MAGIC || words[1] !== VERSION || words[CHECKSUM] !== checksum(words)) return undefined
  let at = HEAD * 4
  const lengths = [...words.subarray(SEED + 1, HEAD)]
  if (lengths.reduce((end, length) => end + padded(length), at) !== bytes.byteLength) return undefined
  const places = lengths.map(length => {
    const place = { at: byteOffset + at, length }
    at += padded(length)
    return place
  })
  const [heap, kinds] = places.slice(0, 2).map(place => new Uint8Array(buffer, place.at, place.length))
  const [ends, tags, table, ...columns] = places.slice(2).map(place => new Uint32Array(buffer, place.at, place.length >>> 2))
  return {
    dictionary: { seed: words[SEED]! | 0, heap: heap!, kinds: kinds!, ends: ends!, tags: tags!, table: table! },
    columns: columns as unknown as StoreImage['columns'],
  }
}

const CHECKSUM = 2
const SEED = 3
/** Numbers before the arrays, of which there are nine. */
const HEAD = SEED + 1 + 9

/** A hash of all behind itself: none of a single number that is another is the same. */
function checksum(words: Uint32Array): number {
  let hash = words.length
  for (let at = CHECKSUM + 1; at < words.length; at++) hash = Math.imul(hash ^ words[at]!, 0x9e3779b1) ^ (hash >>> 15)
  return hash >>> 0
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
