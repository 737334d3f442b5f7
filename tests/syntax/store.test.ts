import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { Quad } from '@rdfjs/types'
import fc from 'fast-check'
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { CommuniqueError } from '../../src/error.ts'
import { quadKey } from '../../src/rdf/term.ts'
import { QuadStore } from '../../src/store/quad-store.ts'
import type { Input } from '../../src/syntax/input.ts'
import { type ReadOptions, readQuads } from '../../src/syntax/read.ts'
import { readStore } from '../../src/syntax/store.ts'
import { areIsomorphic } from '../conformance/isomorphism.ts'
import { manifestEntries, mf, suiteFile, suitesFolder } from '../conformance/manifest.ts'
import { BASE, pieces } from './given.ts'

/** What a reader makes of a document: quads, or what the error says. */
async function outcome(read: () => Promise<Iterable<Quad>>): Promise<readonly Quad[] | string> {
  try {
    return [...(await read())]
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    return `${error.message}\n${error.where?.text}`.replace(OWN_LABEL, '')
  }
}

/** The quads, each once, or the message. */
function shown(found: readonly Quad[] | string): string | readonly string[] {
  return typeof found === 'string' ? found : [...new Set(found.map(quad => quadKey(quad).replace(OWN_LABEL, '')))].sort()
}

/** What tells the blank nodes of two documents apart. */
const OWN_LABEL = /\bd\d+(?=[_-])/g

async function quadsOf(input: Input, options: ReadOptions): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const quad of readQuads(input, options)) quads.push(quad)
  return quads
}

/** Sees that a store has what `readQuads` gives, or the error is the same. */
async function expectSame(text: string | Uint8Array, name: string, sizes: readonly number[] = [3]): Promise<void> {
  const options = { file: name, baseIRI: BASE }
  const expected = await outcome(() => quadsOf(text, options))
  for (const input of [() => text, ...sizes.map(size => () => pieces(Buffer.from(text), size))]) {
    const found = await outcome(() => readStore(input(), options))
    if (isDeepStrictEqual(shown(found), shown(expected))) continue
    // Blank nodes without a label may be counted otherwise.
    const isSame = typeof found !== 'string' && typeof expected !== 'string' && (await areIsomorphic(expected, found))
    if (!isSame) expect(shown(found), text.toString()).toEqual(shown(expected))
  }
}

test('Turtle may come as bytes and texts in turn', async () => {
  async function* mixed(): AsyncGenerator<Uint8Array | string> {
    yield Buffer.from('PREFIX a: <urn:a:> a:s a:p "é')
    yield 'ü" .\n'
    yield Buffer.from('a:s a:q _:b .')
  }
  const options = { file: 'a.ttl', baseIRI: BASE }
  expect(shown(await outcome(() => readStore(mixed(), options)))).toEqual(shown(await outcome(() => quadsOf(mixed(), options))))
  expect((await readStore(mixed(), options)).size).toBe(2)
})

const SUITES = [
  'rdf11/rdf-n-triples',
  'rdf12/rdf-n-triples',
  'rdf11/rdf-n-quads',
  'rdf12/rdf-n-quads',
  'rdf12/rdf-turtle',
  'rdf12/rdf-trig',
]

// That the suites are not there is announced by tests/conformance, which fails by it where they are required.
describe.skipIf(suitesFolder() === undefined)('a store has the quads, or the error, that the reader of quads gives', () => {
  for (const suite of suitesFolder() === undefined ? [] : SUITES) {
    test(`for each file of the W3C suite ${suite}`, async () => {
      const entries = manifestEntries(`https://w3c.github.io/rdf-tests/rdf/${suite}/manifest.ttl`)
      const files = new Set(
        entries.flatMap(({ graph, node }) => graph.getObjects(node as never, mf('action'), null).map(({ value }) => value)),
      )
      expect(files.size).toBeGreaterThan(60)
      // Whether text that is cut within a line is shown whole is not for a store to say, where it does not read the bytes itself.
      for (const file of files) await expectSame(suiteFile(file), file, /\.(n[tq]|ttl)$/.test(file) ? [3] : [])
    })
  }
})

const folder = process.env.OPENDATA_DIR ?? fileURLToPath(new URL('../../../shared/opendata', import.meta.url))

// That the open data is not there is announced by opendata.test.ts, which fails by it where it is required.
test
  .skipIf(!existsSync(folder))
  .each([
    'links/dbpedia-bbc-things.nt',
    'links/dbpedia-stw.nt',
    'links/dbpedia-nuts.nt',
    'vocab/schemaorg-current-https.ttl',
    'wikidata/Q42.ttl',
    'quirks/Q513-munged.ttl',
  ])('a store has the triples of %s', async name => {
  await expectSame(readFileSync(join(folder, name)), name, [1000])
})

/** What lines are made of: usual and rare, right and wrong. */
const subject = fc.constantFrom(
  '<urn:a>',
  '<urn:b>',
  '_:a',
  '_:a.b',
  '_:a.',
  '_:-a',
  '_:\u00e9',
  '<a>',
  '<urn:a\\u0062>',
  '<urn:a b>',
  '<1:a>',
  '<urn:\u00e9>',
  '<',
  '""',
)
const object = fc.oneof(
  subject,
  fc.constantFrom(
    '"a"',
    '"a"@en',
    '"a"@EN-gb',
    '"a"@en--ltr',
    '"a"@1',
    '"a"@toolongatag',
    '"a"@en-',
    '"a"^^<urn:a>',
    '"a"^^<b>',
    '"\\"',
  ),
  fc.constantFrom(
    '"1"^^<http://www.w3.org/2001/XMLSchema#string>',
    '"1"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>',
    '"a',
  ),
  fc.constantFrom(
    '<<( <urn:a> <urn:p> "a" )>>',
    '"\\t\\b\\n\\r\\f\\"\\\'\\\\"',
    '"\\u00e9\\U0001F600"@de-AT',
    '"\\n"^^<urn:a>',
    '"\\ud83d\\ude00"',
    '"\\x"',
    '"\\u12"',
  ),
  fc
    .string({
      unit: fc.constantFrom('a', ' ', '\t', '\u0000', '\u00e9', '\u4e2d', '\u{1f600}', '\u2028', '\u007f', "'", '#', '.', '\\"'),
    })
    .map(text => `"${text}"`),
)
const space = fc.constantFrom(' ', ' ', ' ', '', '\t', '  ')
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(subject, space, subject, space, object, space, fc.constantFrom('', '', '<urn:g>', '_:g', '"g"'), space)
      .map(parts => `${parts.join('')}.`),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom('<urn:a>', '_:b1'), object).map(([one, other]) => `${one} <urn:p> ${other} .`),
  },
  fc.constantFrom(
    '',
    '# comment',
    '<urn:a> <urn:p> <urn:b> . # comment',
    '<urn:a> <urn:p>',
    '<urn:b> .',
    'VERSION "1.2"',
    '@prefix : <urn:> .',
    '.',
    '\ufeff',
  ),
)
const document = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', ' ', '')), { minLength: 1, maxLength: 5 })
  .map(lines => lines.flat().join(''))

test.each(['a.nt', 'a.nq'])('whatever lines it is made of, %s gives a store what it gives a reader of quads', async name => {
  await fc.assert(
    fc.asyncProperty(document, fc.integer({ min: 1, max: 30 }), (text, size) => expectSame(text, name, [size])),
    { numRuns: 3000, seed: 89 },
  )
})

/** What Turtle is made of: usual and rare, mostly where it may stand. */
const names = [
  '<urn:a>',
  '<#b>',
  '<>',
  '<b/../c?d>',
  '<a\\u0062>',
  '<urn:a b>',
  ':a',
  'p:a.b',
  'p:a-b',
  'p:',
  'p:\u00e9',
  'p:a\\,b',
  'p:%41',
  'p:%4',
  'p:-a',
  'p:a..b',
]
const node = fc.constantFrom(
  ...names,
  ...names,
  'p::',
  'q:1',
  'q:a',
  '_:a',
  '_:b.c',
  '_:\u00e9',
  '[]',
  '()',
  '[ :p 1 ]',
  '( 1 :a [ a :b ] )',
  'a',
)
const verb = fc.constantFrom('a', 'a', ':p', 'p:q', '<urn:p>', '<urn:q>', '_:a', '"p"')
const value = fc.oneof(
  node,
  fc.constantFrom('1', '-1', '+1.5', '.5', '1.', '1e3', '1.e3', '1.5E-3', '1e', '01', 'true', 'false', 'True', 'truex'),
  fc.constantFrom('"a"', "'a'", '"""a"b\n"""', "'''a\n'''", '""', '""""a"""', '"""a""""', '"a\nb"', "'\\u00e9\\''", "'a\"b'@en"),
  fc.constantFrom(
    '"a"@en',
    '"a"@en-Latn',
    '"a"@en--ltr',
    '"a"^^p:d',
    '"a"^^<#d>',
    '"a"^^<urn:d>',
    '"a" @en',
    '"1"^^ p:d',
    '"a"^^q:d',
    '<<:a :b :c>>',
    '<<( :a :b :c )>>',
  ),
)
const gap = fc.constantFrom(' ', ' ', ' ', '\n', ' # b\n', '\r\n', '')
const said = fc
  .tuple(verb, gap, fc.array(value, { minLength: 1, maxLength: 2 }), fc.constantFrom(' , ', ','))
  .map(([one, between, some, comma]) => `${one}${between}${some.join(comma)}`)
const statement = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        node,
        gap,
        fc.array(said, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(';', ' ; ', ';\n;'),
        fc.constantFrom('', '', ';', '~ :r', '{| :p 1 |}'),
        fc.constantFrom('.', ' .', '', '. '),
      )
      .map(([one, between, some, semicolon, rest, dot]) => `${one}${between}${some.join(semicolon)}${rest}${dot}`),
  },
  fc.constantFrom(
    '@prefix q: <urn:q#> .',
    'PREFIX q: <q#>',
    '@base <http://example.com/x/y> .',
    'BASE <z/>',
    'prefix p: <urn:\\u00e9#>',
    '@prefix q: <urn:q#>',
    '[ :p 2 ] .',
    '[] .',
    'VERSION "1.2"',
    'prefix:a a :b .',
  ),
)
const turtle = fc
  .array(fc.tuple(statement, gap), { minLength: 1, maxLength: 4 })
  .map(parts => `@prefix : <urn:d:> . @prefix p: <http://example.org/p#> .\n${parts.flat().join('')}`)

test('whatever Turtle it is made of, a store gets what a reader of quads gets', async () => {
  await fc.assert(
    fc.asyncProperty(turtle, text => expectSame(text, 'a.ttl', [])),
    { numRuns: 5000, seed: 89 },
  )
})

test('bytes that are not UTF-8 are found where they are', async () => {
  const good = '<urn:a> <urn:p> "\u00e9" .\n'
  const bytes = Buffer.concat([
    Buffer.from(good.repeat(3)),
    Buffer.from('<urn:a> <urn:p> "'),
    Buffer.of(0xc3),
    Buffer.from('" .\n'),
  ])
  await expectSame(bytes, 'a.nt', [1, 7, 100])
})

test('limits are those of the reader of quads', async () => {
  const text = `<urn:a> <urn:p> "a" .\n<urn:a> <urn:p> "${'b'.repeat(100)}" .\n`
  for (const limits of [{ bytes: 30 }, { statement: 50 }, { milliseconds: -1 }]) {
    const options = { file: 'a.nt', baseIRI: BASE, limits }
    await expect(readStore(pieces(Buffer.from(text), 10), options)).rejects.toThrow(/^error\[read-limit\] a\.nt:[12]/)
  }
  const reason = new Error('enough')
  await expect(readStore(text, { file: 'a.nt', baseIRI: BASE, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('a document is added to what a store has; of one with a fault there is nothing', async () => {
  const { namedNode, quad } = DataFactory
  const store = QuadStore.of([quad(namedNode('urn:a'), namedNode('urn:p'), namedNode('urn:b'))])
  await readStore('<urn:a> <urn:p> <urn:b>, "c" .', { file: 'a.ttl', baseIRI: BASE }, store)
  expect(store.size).toBe(2)
  await expect(readStore('<urn:a> <urn:p> "d" .\n<urn:a>', { file: 'a.nt', baseIRI: BASE }, store)).rejects.toThrow('a.nt:2')
  expect(store.size).toBe(2)
})

test('blank nodes of two documents are two, whatever their labels', async () => {
  const options = { file: 'a.nt', baseIRI: BASE }
  const store = await readStore('_:a <urn:p> "\\u0061" .\n_:a <urn:p> <urn:\\u0061> .', options)
  expect(store.getSubjects()).toHaveLength(1)
  expect((await readStore('_:a <urn:p> "a" .', options, store)).getSubjects()).toHaveLength(2)
})
