import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fault, lines, long, rdfxml, read } from './given.ts'

const MB = 1_000_000
const ROOT = rdfxml('').slice(0, -'\n\n</rdf:RDF>'.length)

describe('what never ends is refused when it has gone on for too long, without being kept', () => {
  test.each([
    ['a text of N-Triples', 'nt', '<urn:a> <urn:b> "', 'abcdefgh'],
    ['a text of many lines', 'ttl', '<urn:a> <urn:b> """', 'abcdefgh\n'],
    ['a comment', 'ttl', '# ', 'abcdefgh'],
    ['blank space', 'trig', '', '        '],
    ['lists within lists', 'ttl', '<urn:a> <urn:b> ', '('],
    ['nodes within nodes', 'ttl', '<urn:a> <urn:b> ', '[<urn:c> '],
    ['a text of JSON', 'jsonld', '{"@id": "', 'abcdefgh'],
    ['arrays within arrays', 'jsonld', '', '['],
    ['a text of XML', 'rdf', `${ROOT}<a><b>`, 'abcdefgh'],
    ['a text with elements', 'rdf', `${ROOT}<a><b rdf:parseType="Literal">`, '<c/>'],
    ['a comment of XML', 'rdf', '<!--', 'abcdefgh'],
    ['a document type', 'rdf', '<!DOCTYPE a [', '<!ENTITY a "b">'],
  ])('%s of 100 MB', async (_, extension, head, part) => {
    const before = process.memoryUsage().rss
    const found = await fault(extension, long(head, part, 100 * MB), { limits: { statement: 2 * MB } })
    expect(found).toMatchObject({
      code: 'read-limit',
      what: 'no statement ends within 2,000,000 characters',
      where: { line: expect.any(Number) },
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * MB)
  })

  test('by default, too', async () => {
    expect(await fault('nt', long('<urn:a> <urn:b> "', 'abcdefgh', 100 * MB))).toMatchObject({
      what: 'no statement ends within 10,000,000 characters',
    })
  })

  test('a document of many statements', async () => {
    const found = await fault('nt', long('', '<urn:a> <urn:b> <urn:c> .\n', 100 * MB), { limits: { bytes: MB } })
    expect(found).toMatchObject({ code: 'read-limit', what: 'the document has more than 1,000,000 bytes' })
    expect(found.quads).toBeGreaterThan(30_000)
  })
})

test('a text of 8 MB is read', async () => {
  for (const [extension, head, tail] of [
    ['nt', '<urn:a> <urn:b> "', '" .'],
    ['jsonld', '{"@id": "urn:a", "urn:b": "', '"}'],
    ['rdf', `${ROOT}<a><b>`, '</b></a></rdf:RDF>'],
  ] as const) {
    const quads = await read(extension, long(head, 'abcdefgh', 8 * MB, tail))
    expect(quads.at(-1)?.object.value.length).toBeGreaterThanOrEqual(8 * MB)
  }
})

describe('what is nested too deeply is refused', () => {
  test.each([
    ['triple terms', 'ttl', '<a> <b> ', '<<( <c> <d> ', 'triple terms are nested deeper than 200 levels'],
    ['reified triples', 'ttl', '', '<< ', 'triple terms are nested deeper than 200 levels'],
    ['objects', 'jsonld', '', '{"urn:a":', 'objects are nested deeper than 200 levels'],
    ['arrays', 'jsonld', '', '[', 'objects are nested deeper than 200 levels'],
    ['elements', 'rdf', ROOT, '<a>', 'elements are nested deeper than 200 levels'],
  ])('%s', async (_, extension, head, part, what) => {
    const place = { line: expect.any(Number), column: expect.any(Number) }
    expect(await fault(extension, head + part.repeat(50_000))).toMatchObject({ code: 'read-limit', what, where: place })
  })

  test('but 200 levels are read, and Turtle takes any number of lists', async () => {
    expect(await read('jsonld', `${'{"urn:a":'.repeat(199)}{}${'}'.repeat(199)}`)).toHaveLength(199)
    expect(await read('ttl', `<a> <b> ${'('.repeat(50_000)}${')'.repeat(50_000)} .`)).toHaveLength(1 + 2 * 49_999)
  })
})

test('entities that stand for much more than they are long are refused', async () => {
  const doctype = `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(900)}">]>`
  const text = rdfxml(`<a><b>${'&a;'.repeat(100_000)}</b></a>`, doctype)
  expect(await fault('rdf', text)).toMatchObject({ code: 'read-limit', what: 'entities stand for more text than is allowed' })
})

describe('what would take too long is stopped', () => {
  const limits = { milliseconds: 300 }
  const scoped = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`t${index}`, { '@id': `urn:${index}`, '@context': { a: 'urn:b' } }]),
  )
  test.each([
    ['a context with contexts', 'jsonld', JSON.stringify({ '@context': scoped, t1: [{ a: 1 }] })],
    ['a million empty nodes', 'jsonld', `[{}${',{}'.repeat(MB)}]`],
    [
      'many namespaces',
      'rdf',
      `${ROOT.slice(0, -1)} ${Array.from({ length: 50_000 }, (_, index) => `xmlns:b${index}="x"`).join(' ')}>${'<a/>'.repeat(50_000)}`,
    ],
  ])('%s', async (_, extension, text) => {
    const start = performance.now()
    expect(await fault(extension, text, { limits })).toMatchObject({
      code: 'read-limit',
      what: 'reading takes longer than is allowed',
    })
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('an input that keeps silent; a reader who takes his time is none', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<a> <b> 1 .\n')
      await new Promise(() => undefined)
    }
    expect(await fault('ttl', silent(), { limits })).toMatchObject({ code: 'read-limit', quads: 1, place: 'a.ttl:2:1' })
    expect(await fault('jsonld', silent(), { limits })).toMatchObject({ code: 'read-limit' })
  })

  test('whatever its caller does not want any more', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[')
      await new Promise(() => undefined)
    }
    const inputs = [
      ['jsonld', silent()],
      ['jsonld', `[{}${',{}'.repeat(MB)}]`],
      ['nt', long('', '<urn:a> <urn:b> <urn:c> .\n', 1e12)],
    ] as const
    for (const [extension, input] of inputs) {
      const reason = new Error('not any more')
      await expect(read(extension, input, { signal: abortAfter(100, reason), limits: { bytes: Infinity } })).rejects.toBe(reason)
    }
    await expect(read('ttl', '<a> <b> 1 .', { signal: AbortSignal.abort('before') })).rejects.toBe('before')
  })
})

test('nothing is fetched, whatever a document names', async () => {
  let requests = 0
  const server = createServer((_, response) => {
    requests++
    response.end('{"@context": {}}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const iri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  expect(await fault('jsonld', `{"@context": "${iri}", "a": 1}`)).toMatchObject({ code: 'unknown-context' })
  expect(await fault('jsonld', `{"@context": {"@import": "${iri}"}, "a": 1}`)).toMatchObject({ code: 'unknown-context' })
  expect(await fault('jsonld', `{"@context": {"a": {"@id": "urn:a", "@context": "${iri}"}}, "a": {"b": 1}}`)).toMatchObject({
    code: 'unknown-context',
  })
  expect(await fault('rdf', rdfxml('', `<!DOCTYPE rdf:RDF SYSTEM "${iri}">`))).toMatchObject({ code: 'xml-entity' })
  await lines('ttl', `@prefix a: <${iri}> . <${iri}> a a:b .`)
  expect(requests).toBe(0)
})

test('contexts that include each other, and names of JavaScript, are errors in words', async () => {
  const contexts = { 'urn:a': { '@context': 'urn:b' }, 'urn:b': { '@context': 'urn:a' } }
  expect(await fault('jsonld', '{"@context": "urn:a", "b": 1}', { contexts })).toMatchObject({ code: 'jsonld-syntax' })
  expect(await fault('jsonld', '{"@context": "constructor", "b": 1}')).toMatchObject({ code: 'unknown-context' })
  expect(await fault('jsonld', '{"__proto__": {"@id": "urn:a"}}')).toMatchObject({ what: 'a key is "__proto__"' })
})

function abortAfter(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), milliseconds)
  return controller.signal
}
