import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Input } from '../../src/syntax/input.ts'
import { lines, pieces, rdfxml } from './given.ts'

/** Any text, with what is hard: quotes, escapes, line ends, characters of several bytes. */
const text = fc.string({
  unit: fc.constantFrom('a', '"', "'", '\\', '\n', '\r', '\t', ' ', 'é', '中', '😀', '\u2028', '<', '>', '#', '.', '_:'),
  maxLength: 12,
})
const name = fc.stringMatching(/^[a-z]{1,3}$/)
const statement = fc.record({
  subject: name,
  predicate: name,
  object: fc.oneof(
    text,
    fc.integer(),
    fc.boolean(),
    name.map(id => ({ id })),
  ),
  isBlank: fc.boolean(),
})
type Statement = typeof statement extends fc.Arbitrary<infer T> ? T : never

/** Statements as a document of a syntax. */
const DOCUMENTS: Readonly<Record<string, (statements: readonly Statement[]) => string>> = {
  ttl: statements => `@prefix : <urn:x:> . # é\r\n${triples(statements, name => `:${name}`, '"""', '\n')}`,
  trig: statements => `PREFIX : <urn:x:> :g {\n${triples(statements, name => `:${name}`, '"', ' ')} }`,
  nt: statements => triples(statements, name => `<urn:x:${name}>`, '"', '\r\n'),
  nq: statements => triples(statements, name => `<urn:x:${name}>`, '"', '\n').replaceAll(/ \.$/gm, ' <urn:g> .'),
  jsonld: statements =>
    JSON.stringify({
      '@context': { '@vocab': 'urn:x:' },
      '@graph': statements.map(({ subject, predicate, object, isBlank }) => ({
        '@id': isBlank ? `_:${subject}` : `urn:x:${subject}`,
        [predicate]: typeof object === 'object' ? { '@id': `urn:x:${object.id}` } : object,
      })),
    }),
  rdf: statements =>
    rdfxml(
      statements
        .map(({ subject, predicate, object, isBlank }) => {
          const about = isBlank ? `rdf:nodeID="${subject}"` : `rdf:about="urn:x:${subject}"`
          const value =
            typeof object === 'object' ? ` rdf:resource="urn:x:${object.id}"/>` : `>${xml(String(object))}</${predicate}>`
          return `<rdf:Description ${about}><${predicate}${value}</rdf:Description>`
        })
        .join('\n'),
    ),
}

describe('a document says the same whole, byte by byte, and in pieces of any size', () => {
  test.each(Object.entries(DOCUMENTS))('%s', async (extension, documentOf) => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { maxLength: 6 }), fc.integer({ min: 2, max: 40 }), async (statements, size) => {
        const document = documentOf(statements)
        const whole = await lines(extension, document)
        expect(whole).toHaveLength(statements.length)
        expect(await lines(extension, pieces(Buffer.from(document), 1))).toEqual(whole)
        expect(await lines(extension, pieces(Buffer.from(document), size))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is no document of its syntax is an error of ours with a place, or is read: in pieces as it is whole', () => {
  test.each(Object.entries(DOCUMENTS))('%s', async (extension, documentOf) => {
    // Of a word that is not known is told what has come of it, so words and columns may differ.
    const outcome = (input: Input): Promise<unknown> =>
      lines(extension, input).catch(({ name, code, where }) => ({ name, code, where }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.nat(9),
        text,
        async (statements, at, gone, put) => {
          const document = documentOf(statements)
          const from = at % document.length
          const broken = Buffer.from(document.slice(0, from) + put + document.slice(from + gone)).toString()
          const whole = await outcome(broken)
          const where = { file: `a.${extension}`, line: expect.any(Number), column: expect.any(Number) }
          const expected = Array.isArray(whole) ? whole : { ...(whole as object), where: expect.objectContaining(where) }
          expect(whole).toEqual(Array.isArray(whole) ? whole : { ...expected, name: 'CommuniqueError' })
          expect(await outcome(pieces(Buffer.from(broken), 1))).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  })
})

function triples(statements: readonly Statement[], iri: (name: string) => string, quote: string, end: string): string {
  return statements
    .map(({ subject, predicate, object, isBlank }) => {
      const value = typeof object === 'object' ? iri(object.id) : literal(String(object), quote)
      return `${isBlank ? `_:${subject}` : iri(subject)} ${iri(predicate)} ${value} .${end}`
    })
    .join('')
}

function literal(value: string, quote: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return quote + (quote === '"' ? escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r') : escaped) + quote
}

function xml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
