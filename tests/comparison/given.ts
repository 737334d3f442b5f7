import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type CompareOptions, type Comparison, compare } from '../../src/comparison/comparison.ts'
import { comparisonFormat } from '../../src/comparison/format.ts'
import { givenFolder } from '../cli/given.ts'
import { root } from '../given.ts'

/** Compares two states; questions are asked only where the test is about them. */
export function compared(before: string, after: string, options: CompareOptions = {}): Promise<Comparison> {
  return compare(before, after, { root, questions: false, ...options })
}

/** What is told in the lines of the text that begin with a mark, each whole, and the headings. */
export function toldOf(comparison: Comparison): string[] {
  const text = [...comparisonFormat('text').write(comparison, { width: 10_000 })].join('')
  const lines = text.split('\n').filter(line => line !== '')
  expect(lines.at(-1)).toMatch(/ (differ|are equal)(, as far as they could be read)?; compared: /)
  return lines.slice(0, -1)
}

/** What differs between two texts of Turtle, as lines. */
export async function differences(before: string, after: string, ending = 'ttl'): Promise<string[]> {
  const folder = await givenFolder()
  const files = [join(folder, `before.${ending}`), join(folder, `after.${ending}`)] as const
  await writeFile(files[0], PREFIXES + before)
  await writeFile(files[1], PREFIXES + after)
  return toldOf(await compared(...files))
}

const PREFIXES = '@prefix : <https://example.org/> .\n'
