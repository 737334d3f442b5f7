import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compact, expandDocument } from '../../src/syntax/jsonld-algorithms.ts'
import knownFailures from './known-failures.json' with { type: 'json' }
import { announceMissing, suiteFile, suitesFolder } from './manifest.ts'

const BASE = 'https://w3c.github.io/json-ld-api/tests/'
const causes: Readonly<Record<string, string>> = knownFailures

interface Entry {
  readonly '@id': string
  readonly '@type': readonly string[]
  readonly input: string
  readonly expect?: string
  readonly context?: string
  readonly expectErrorCode?: string
  readonly option?: Readonly<Record<string, unknown>> & { readonly base?: string; readonly expandContext?: string }
}

/** Each part, and how many tests of JSON-LD 1.1 it has: those of 1.0 alone are left out. */
const PARTS = [
  ['compact', 244],
  ['expand', 376],
] as const

for (const [part, count] of PARTS) {
  describe(`W3C test suite of JSON-LD 1.1, ${part}`, () => {
    if (suitesFolder() === undefined) {
      test('the suite is there, or its absence is announced', () => {
        console.warn(announceMissing('json-ld-api'))
      })
      return
    }
    const { sequence } = json(`${part}-manifest.jsonld`) as { readonly sequence: readonly Entry[] }
    const entries = sequence.filter(({ option }) => option?.specVersion !== 'json-ld-1.0')
    const documents = Object.fromEntries(
      readdirSync(`${suitesFolder()}/json-ld-api/tests/${part}`, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.jsonld'))
        .map(name => [`${BASE}${part}/${name}`, json(`${part}/${name}`)]),
    )
    test(`the manifest names ${count} tests`, () => {
      expect(entries).toHaveLength(count)
    })
    test('each known failure is that of a test', () => {
      const titles = entries.map(titleOf)
      const known = Object.keys(causes).filter(title => title.startsWith(`JSON-LD 1.1: ${part}#`))
      expect(known.filter(title => !titles.includes(title))).toEqual([])
    })
    for (const entry of entries) {
      const title = titleOf(entry)
      const runs = title in causes ? test.fails : test
      runs(title, () => runTest(entry))
    }

    function titleOf(entry: Entry): string {
      return `JSON-LD 1.1: ${part}${entry['@id']}`
    }

    async function runTest({ input, context, option = {}, expect: expected, expectErrorCode }: Entry): Promise<void> {
      const { base = BASE + input, specVersion: _, normative: __, expandContext, ...settings } = option
      const options = {
        baseIRI: base,
        documents,
        settings: { ...settings, ...(expandContext === undefined ? {} : { expandContext: json(expandContext) }) },
      }
      const run = () =>
        part === 'compact'
          ? compact(json(input) as object, json(context!) as object, options)
          : expandDocument(json(input) as object, options)
      if (expectErrorCode === undefined) expect(unordered(await run())).toEqual(unordered(json(expected!)))
      else await expect(run()).rejects.toMatchObject({ cause: { details: { code: expectErrorCode } } })
    }
  })
}

function json(path: string): unknown {
  return JSON.parse(suiteFile(BASE + path))
}

/** A document whose arrays, but for those of lists, are sorted: there, their order means nothing. */
function unordered(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => unordered(item))
    return key === '@list'
      ? items
      : items
          .map(item => [JSON.stringify(item), item] as const)
          .sort(byText)
          .map(([, item]) => item)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, unordered(item, name)] as const)
      .sort(byText),
  )
}

function byText([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0
}
