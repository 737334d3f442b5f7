import fc from 'fast-check'
import { expect, test } from 'vitest'
import { viewOf } from '../../src/store/dictionary.ts'
import { Phrase, Utf8Text } from '../../src/syntax/utf8-text.ts'

const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '\u{1f600}', '\uffff'), maxLength: 20 })
const place = fc.nat(100).map(number => 4050 + number)

/** What can be done to a text, and the same to a text of JavaScript; places are between characters. */
const steps = fc.array(
  fc.oneof(
    text.map(some => ({ does: 'put', some }) as const),
    text.map(some => ({ does: 'append', some }) as const),
    text.map(some => ({ does: 'putPhrase', some }) as const),
    fc
      .tuple(text, fc.nat(9), fc.nat(9))
      .map(([some, before, behind]) => ({ does: 'putText', some: some.replaceAll('\n', ''), before, behind }) as const),
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
        } else {
          if (step.does === 'put') out.put(step.some)
          else if (step.does === 'append') out.append(Buffer.from(step.some))
          else if (step.does === 'putPhrase') out.putPhrase(new Phrase(step.some))
          else {
            // Bytes around it are not touched, and not read where there are none.
            const bytes = Buffer.from(`${'<'.repeat(step.before)}${step.some}${'>'.repeat(step.behind)}`)
            out.putText(viewOf(bytes), step.before, bytes.length - step.behind)
          }
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
  // At each place of a word, and behind others of all kinds.
  for (const [some, isClean] of [
    ['a\u{1f600}\uffee\uf000 !#[]^_~\u0080 \u00ef\u00bf', true],
    ['', true],
    ...['"', '\\', '\n', '\0', '\u001f', '\u007f', '\ufffe', '\uffff'].map(character => [character, false] as const),
  ] as const)
    for (const before of ['', 'a', 'ab', 'abc', 'abcd', 'é', 'abé', '\u{1f600}'])
      for (const behind of ['', 'x', 'xyzwv', '\uf000']) {
        const whole = `${before}${some}${behind}`
        const out = new Utf8Text()
        const bytes = Buffer.from(`"${whole}"`)
        expect(out.putQuoted(viewOf(bytes), 1, bytes.length - 1)).toBe(isClean)
        expect(Buffer.from(out.take()).toString()).toBe(isClean ? `"${whole}"` : '')
      }
})
