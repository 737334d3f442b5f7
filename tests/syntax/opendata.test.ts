import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { readQuadBatches } from '../../src/syntax/read.ts'
import { syntaxOf } from '../../src/syntax/syntax.ts'

/** Data that others have published; `OPENDATA_DIR`, else beside the repository. */
const folder = process.env.OPENDATA_DIR ?? fileURLToPath(new URL('../../../shared/opendata', import.meta.url))

/** Of the files that are the original of another one here, the triples once more. */
const ORIGINALS = { 'countries/lcc-ISO3166-1-CountryCodes.rdf': 8629, 'countries/lcc-UN-M49-RegionCodes.rdf': 569 }
const QUIRK = 'quirks/Q513-munged.ttl'

if (!existsSync(folder)) {
  const message = 'The open data was NOT READ: set OPENDATA_DIR to the folder that has it.'
  if (process.env.COMMUNIQUE_SUITES === 'required') throw new Error(message)
  console.warn(message)
}

describe.skipIf(!existsSync(folder))('open data', () => {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : []
  const files = names.filter(name => /\.(ttl|nt)$/.test(name) && name !== QUIRK)
  const counts: Record<string, number> = {}

  test.each(files)('%s has as many triples as Oxigraph finds', async name => {
    counts[name] = await count(name)
    const text = readFileSync(join(folder, name), 'utf8')
    const quads = parse(text, { format: syntaxOf(name).mediaType, base_iri: 'http://example.org/' })
    expect(counts[name]).toBe(quads.length)
  })

  test('52 files have 859,090 triples, and each as many as is said of it', () => {
    expect(files).toHaveLength(52)
    expect(Object.values(counts).reduce((sum, more) => sum + more, 0)).toBe(859_090)
    const said = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| ([\w.-]+\.(?:ttl|nt)) \| ([\d,]+)/gm)
    const wrong = [...said].filter(([, name, number]) => {
      const file = files.find(file => file.endsWith(`/${name}`))
      return counts[file!] !== Number(number!.replaceAll(',', ''))
    })
    expect(wrong).toEqual([])
  })

  test.each(Object.entries(ORIGINALS))('%s, with its entities, has as many as its copy in Turtle', async (name, triples) => {
    expect(await count(name)).toBe(triples)
    expect(counts[name.replace('.rdf', '.ttl')]).toBe(triples)
  })

  test('the language tag that is too long is found', async () => {
    const error = await count(QUIRK).catch(error => error)
    expect(error).toBeInstanceOf(CommuniqueError)
    expect(error).toMatchObject({
      code: 'turtle-syntax',
      what: 'Detected language tag with subtag longer than 8 characters',
      where: { file: QUIRK, line: 1641, text: expect.stringContaining('@zh-classical') },
    })
    const { text, column } = error.where
    expect(text.slice(column - 1)).toMatch(/^@zh-classical/)
  })
})

/** How many triples a file has, read as a stream. */
async function count(name: string): Promise<number> {
  await using file = await open(join(folder, name))
  let quads = 0
  const input = file.createReadStream({ autoClose: false })
  for await (const batch of readQuadBatches(input, { file: name, baseIRI: 'http://example.org/' })) quads += batch.length
  return quads
}
