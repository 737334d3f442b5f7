import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Utf8Text } from '../../src/syntax/utf8-text.ts'

const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '\u{1f600}', '\uffff'), maxLength: 20 })
const place = fc.nat(100).map(number => 4050 + number)

/** What can be done to a text, and the same to a text of JavaScript; places are between characters. */
const steps = fc.array(
  fc.oneof(
    text.map(some => ({ does: 'put', some }) as const),
    text.map(some => ({ does: 'append', some }) as const),
    text.map(some => ({ does: 'putBytes', some: some.replaceAll('\n', '') }) as const),
    fc.tuple(place, place).map(([from, to]) => ({ does: 'repeat', from, to }) as const),
    fc.tuple(place, place, text).map(([from, to, some]) => ({ does: 'replace', from, to, some }) as const),
    place.map(from => ({ does: 'cut', from }) as const),
  ),
  { maxLength: 30 },
)

test('is what a text of JavaScript is when the same is done to it', () => {
  fc.assert(
    fc.property(steps, some => {
      const out = new Utf8Text()
      // So that it has to make room.
      let whole = [...'x'.repeat(4090)]
      out.put(whole.join(''))
      const bytesUntil = (end: number): number => Buffer.byteLength(whole.slice(0, end).join(''))
      for (const step of some) {
        const from = 'from' in step ? Math.min(step.from, whole.length) : 0
        const to = 'to' in step ? Math.max(from, Math.min(step.to, whole.length)) : 0
        if (step.does === 'cut') {
          expect(Buffer.from(out.cut(bytesUntil(from))).toString()).toBe(whole.slice(from).join(''))
          whole = whole.slice(0, from)
        } else if (step.does === 'replace') {
          out.replace(bytesUntil(from), bytesUntil(to), step.some)
          whole.splice(from, to - from, ...step.some)
        } else if (step.does === 'repeat') {
          const part = whole.slice(from, to)
          if (part.includes('\n')) continue
          out.repeat(bytesUntil(from), bytesUntil(to))
          whole.push(...part)
        } else {
          if (step.does === 'put') out.put(step.some)
          else out[step.does](Buffer.from(step.some))
          whole.push(...step.some)
        }
        const start = Math.floor(whole.length / 2)
        const rest = whole.slice(start).join('')
        expect(Buffer.from(out.bytes.subarray(0, out.length)).toString()).toBe(whole.join(''))
        expect(out.hasBreak(bytesUntil(start))).toBe(rest.includes('\n'))
        expect(out.lineEnd(bytesUntil(start)) - bytesUntil(start)).toBe(Buffer.byteLength(rest.split('\n')[0]!))
        expect(out.width(bytesUntil(start))).toBe(rest.length)
        for (const most of [rest.length - 1, rest.length]) expect(out.isWithin(most, bytesUntil(start))).toBe(rest.length <= most)
      }
      const taken = out.take()
      out.put('something else')
      expect(Buffer.from(taken).toString()).toBe(whole.join(''))
    }),
    { numRuns: 1000, seed: 89 },
  )
})

test('a text between quotation marks, unless it has what needs an escape', () => {
  for (const [some, isClean] of [
    ['a\u{1f600}\uffee\uf000', true],
    ['', true],
    ...['"', '\\', '\n', '\0', '\u007f', '\ufffe', '\uffff'].map(character => [`a${character}b`, false] as const),
  ] as const) {
    const out = new Utf8Text()
    const bytes = Buffer.from(`>${some}<`)
    expect(out.putQuoted(bytes, 1, bytes.length - 1)).toBe(isClean)
    expect(Buffer.from(out.take()).toString()).toBe(isClean ? `"${some}"` : '')
  }
})
