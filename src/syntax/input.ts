import { decodeUtf8 } from '../file.ts'
import type { Watch } from './watch.ts'

/** What can be read: a text, the bytes of one, or bytes that come piece by piece. */
export type Input = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** Of a string in UTF-16 code units, of bytes in bytes: small enough for a parser to give quads early. */
const PIECE = 65_536

/**
 * The text of an input, piece by piece and without a byte order mark. No character is cut.
 *
 * @param watch waits for each part of the input
 * @param size is told the bytes of each part
 * @param place where the text so far ends
 * @param start how many bytes of the document are before the input
 * @throws CommuniqueError `invalid-utf8` with the byte offset, line and column
 */
export async function* textPieces(
  input: Input,
  file: string,
  watch: Watch,
  size: (bytes: number) => void,
  place: () => { line: number; column: number },
  start = 0,
): AsyncGenerator<string, void, undefined> {
  let [offset, isFirst] = [start, start === 0]
  let rest: Uint8Array = new Uint8Array()
  const decode = (bytes: Uint8Array): string => {
    const text = decodeUtf8(bytes, file, { offset, ...place() })
    offset += bytes.length
    return text
  }
  for await (const part of parts(input, watch)) {
    size(part.length)
    let text: string
    if (typeof part === 'string') text = part
    else {
      const bytes = rest.length === 0 ? part : Buffer.concat([rest, part])
      const end = bytes.length - cutBytes(bytes)
      rest = bytes.slice(end)
      text = decode(bytes.subarray(0, end))
    }
    if (isFirst && text !== '') [text, isFirst] = [text.replace(/^\uFEFF/, ''), false]
    if (text !== '') yield text
  }
  if (rest.length > 0) decode(rest)
}

/** The parts in which an input comes, none too large. */
export async function* parts(input: Input, watch: Watch): AsyncGenerator<string | Uint8Array, void, undefined> {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    yield* slices(input)
    return
  }
  const iterator = input[Symbol.asyncIterator]()
  let isDone = false
  try {
    for (let next = await watch.wait(iterator.next()); !next.done; next = await watch.wait(iterator.next())) {
      if (next.value.length <= PIECE) yield next.value
      else yield* slices(next.value)
    }
    isDone = true
  } finally {
    watch.end()
    // Not awaited: what keeps silent would not answer this either.
    if (!isDone) iterator.return?.()?.catch(() => undefined)
  }
}

function* slices(part: string | Uint8Array): Generator<string | Uint8Array, void, undefined> {
  for (let from = 0, to = 0; from < part.length; from = to) {
    to = from + PIECE
    if (typeof part === 'string') {
      const isPair = /[\ud800-\udbff]/.test(part[to - 1] ?? '')
      if (isPair) to++
      yield part.slice(from, to)
    } else yield part.subarray(from, to)
  }
}

/** How many bytes at the end are of a character that goes on behind it. */
function cutBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}
