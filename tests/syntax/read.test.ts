import { Readable } from 'node:stream'
import { Parser } from 'n3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readQuads } from '../../src/syntax/read.ts'
import { syntaxOf } from '../../src/syntax/syntax.ts'
import { BASE, fault, lines, pieces, rdfxml, read } from './given.ts'

/** The same two statements in each syntax. */
const SAME: readonly (readonly [extension: string, text: string])[] = [
  ['ttl', '@prefix : <> . <a> :knows [ :name "Ann"@en ] .'],
  ['trig', 'PREFIX : <> { <a> :knows [ :name "Ann"@en ] }'],
  ['nt', `<${BASE}a> <${BASE}knows> _:x .\n_:x <${BASE}name> "Ann"@en .`],
  ['nq', `<${BASE}a> <${BASE}knows> _:x .\n_:x <${BASE}name> "Ann"@en .`],
  ['jsonld', `{"@context": {"@vocab": "${BASE}"}, "@id": "a", "knows": {"name": {"@value": "Ann", "@language": "en"}}}`],
  [
    'rdf',
    rdfxml(
      '<rdf:Description rdf:about="a"><knows><rdf:Description><name xml:lang="en">Ann</name></rdf:Description></knows></rdf:Description>',
    ),
  ],
]

describe('every syntax says the same', () => {
  test.each(SAME)('%s', async (extension, text) => {
    const found = (await lines(extension, text)).map(line => line.replace(/_:\d/, '_:x')).sort()
    expect(found).toEqual([':a :knows _:x', '_:x :name "Ann"@en'])
  })

  test.each(SAME)(
    '%s, from bytes, a stream of the web, a stream of Node, and with a byte order mark',
    async (extension, text) => {
      const expected = await lines(extension, text)
      const bytes = Buffer.from(text)
      expect(await lines(extension, bytes)).toEqual(expected)
      expect(await lines(extension, new Blob([bytes]).stream() as unknown as AsyncIterable<Uint8Array>)).toEqual(expected)
      expect(await lines(extension, Readable.from([bytes]))).toEqual(expected)
      expect(await lines(extension, `\uFEFF${text}`)).toEqual(expected)
    },
  )

  test.each(SAME)('%s is what a media type says, whatever the name of the file', async (extension, text) => {
    const syntax = syntaxOf(syntaxOf(extension).mediaType)
    expect(await read('data', text, { syntax })).toHaveLength(2)
  })

  test.each(SAME)(
    '%s: a label or a nameless node of one document is never that of another, nor one of n3',
    async (extension, text) => {
      const labels = async (): Promise<string[]> => [
        ...new Set((await read(extension, text)).flatMap(({ subject, object }) => [subject, object]).flatMap(blankLabel)),
      ]
      const all = [
        await labels(),
        await labels(),
        new Parser().parse('_:x <b> [] .').flatMap(quad => [...blankLabel(quad.subject), ...blankLabel(quad.object)]),
      ].flat()
      expect(all).toHaveLength(4)
      expect(new Set(all).size).toBe(4)
    },
  )
})

function blankLabel({ termType, value }: { termType: string; value: string }): string[] {
  return termType === 'BlankNode' ? [value] : []
}

test('a label like that of a nameless node is another node', async () => {
  const [first] = await read('ttl', '[] <p> 1 .')
  const label = /^d\d+(.*)$/.exec(first!.subject.value)![1]!
  const quads = await read('ttl', `[] <p> 1 . _:a${label} <p> 2 . _:${label.slice(1)} <p> 3 .`)
  expect(new Set(quads.map(({ subject }) => subject.value)).size).toBe(3)
})

describe('prefixes are told', () => {
  test.each([
    ['ttl', '@prefix a: <urn:a:> . PREFIX b: <urn:b:> a:x b:y 1 .'],
    ['jsonld', '{"@context": [{"a": "urn:a:", "name": "urn:a:name"}, {"b": "urn:b:"}], "@id": "urn:x", "a:b": 1}'],
    ['rdf', rdfxml('<rdf:Description rdf:about="a"><a:b xmlns:a="urn:a:" xmlns:b="urn:b:">x</a:b></rdf:Description>')],
  ])('%s', async (extension, text) => {
    const prefixes: Record<string, string> = {}
    await read(extension, text, { onPrefix: (prefix, iri) => (prefixes[prefix] = iri) })
    expect(prefixes).toMatchObject({ a: 'urn:a:', b: 'urn:b:' })
    expect(prefixes).not.toHaveProperty('name')
  })
})

test('quads come while the document is read, and the quads before a fault come before it', async () => {
  async function* input(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('<a> <b> 1 . <a> ')
    yield Buffer.from('<b> 2 . <a> <b> <c')
    throw new Error('the input broke')
  }
  const quads = readQuads(input(), { file: 'a.ttl', baseIRI: BASE })
  expect((await quads.next()).value?.object.value).toBe('1')
  expect((await quads.next()).value?.object.value).toBe('2')
  await expect(quads.next()).rejects.toThrow('the input broke')
  expect(await fault('ttl', '<a> <b> 1 .\n<a> <b> 2 . x')).toMatchObject({ quads: 2, place: 'a.ttl:2:13' })
})

test('who stops reading stops the input', async () => {
  let isStopped = false
  async function* input(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from('<a> <b> 1 .\n')
    } finally {
      isStopped = true
    }
  }
  for await (const _ of readQuads(input(), { file: 'a.ttl', baseIRI: BASE })) break
  await new Promise(resolve => setImmediate(resolve))
  expect(isStopped).toBe(true)
})

describe('a fault has its line and column', () => {
  test.each([
    ['ttl', '<a> <b> 1 .\n<a> x:b 2 .', 'undeclared-prefix', 2, 5, 'prefix "x:" is not declared'],
    ['ttl', '<a> <b>\n  "open .\n<a> <b> 2 .', 'turtle-syntax', 2, 3, 'Unexpected ""open"'],
    ['ttl', '<a> <b> "one" "two" .', 'turtle-syntax', 1, 15, 'Expected punctuation to follow ""one""'],
    ['ttl', '<a> <b> """one\ntwo""" 3 .', 'turtle-syntax', 2, 8, 'Expected punctuation'],
    ['ttl', '<a> <b>', 'turtle-syntax', 1, 8, 'Expected entity but got eof'],
    ['ttl', '<a> <b> "Straße 😀" ?', 'turtle-syntax', 1, 21, 'Unexpected "?"'],
    ['ttl', '<a> <b> "x"@zh-classical .', 'turtle-syntax', 1, 12, 'subtag longer than 8'],
    ['trig', '<g> { <a> <b> 1 .', 'turtle-syntax', 1, 18, 'Unclosed graph'],
    ['nt', '<urn:a> <urn:b> <urn:c> .\r\n<urn:a> <urn:b> <c> .', 'turtle-syntax', 2, 17, 'Invalid IRI'],
    ['nq', '<urn:a> <urn:b> <urn:c> <urn:g> <urn:h> .', 'turtle-syntax', 1, 33, 'Expected dot to follow quad'],
    ['jsonld', '{"a": 1,\n "b": [1, 2,]}', 'jsonld-syntax', 2, 13, 'a value is missing'],
    ['jsonld', '{"a": "x\ty"}', 'jsonld-syntax', 1, 7, 'a control character'],
    ['jsonld', '{"a": "\\ud800"}', 'jsonld-syntax', 1, 7, 'half a character'],
    ['jsonld', '{"a": 01}', 'jsonld-syntax', 1, 7, 'a value is missing'],
    ['jsonld', '{"a": {}} {}', 'jsonld-syntax', 1, 11, 'more than one value'],
    ['jsonld', '{"a": [1, 2', 'jsonld-syntax', 1, 12, 'ends too early'],
    ['jsonld', '{"urn:a": [\n  {"@id": "b"},\n  {"@id": 5}]}', 'jsonld-syntax', 3, 4, "Found illegal @id '5'"],
    ['jsonld', '{"@context":\n "https://example.org/c"}', 'unknown-context', 1, 2, 'https://example.org/c is not known'],
    ['rdf', rdfxml('<rdf:Description>\n<a>x</b>'), 'rdfxml-syntax', 4, 9, 'unexpected close tag'],
    ['rdf', rdfxml('<rdf:Description rdf:ID="1"/>'), 'rdfxml-syntax', 3, 30, 'Not a valid NCName: 1'],
    ['rdf', rdfxml('<rdf:Description><a>&b;</a></rdf:Description>'), 'rdfxml-syntax', 3, 24, 'undefined entity'],
    ['rdf', rdfxml('<rdf:Description><a>&constructor;</a></rdf:Description>'), 'rdfxml-syntax', 3, 34, 'undefined entity'],
    ['rdf', rdfxml('<rdf:Description><a>x</a></rdf:Description>').slice(0, -10), 'rdfxml-syntax', 4, 1, 'unclosed tag: rdf:RDF'],
    ['rdf', rdfxml('').replace('1.0"', '1.0" encoding="ISO-8859-1"'), 'rdfxml-syntax', 1, 44, 'the encoding ISO-8859-1'],
  ])('%s: %s', async (extension, text, code, line, column, what) => {
    const found = await fault(extension, text)
    expect(found).toMatchObject({ code, place: `a.${extension}:${line}:${column}`, what: expect.stringContaining(what) })
    expect(found.where?.text).toBe(text.split(/\r?\n/)[line - 1] || undefined)
    expect(found.mend).toBeTruthy()
    // Of the line is shown what has come of it.
    const { where, ...same } = await fault(extension, pieces(Buffer.from(text), 1))
    expect({ ...same, where: undefined }).toEqual({ ...found, where: undefined })
    expect((found.where?.text ?? '').startsWith(where?.text ?? '')).toBe(true)
  })

  test('far into a long document, after which nothing is kept of its beginning', async () => {
    const good = '<urn:a> <urn:b> "some words" .\r\n'.repeat(10_000)
    expect(await fault('nt', `${good}<urn:a> <urn:b> x .`)).toMatchObject({
      quads: 10_000,
      place: 'a.nt:10001:17',
      where: { text: '<urn:a> <urn:b> x .' },
    })
    const oneLine = '<urn:a> <urn:b> "some words" . '.repeat(10_000)
    const found = await fault('ttl', `${oneLine}x:y .`)
    expect(found.place).toBe(`a.ttl:1:${oneLine.length + 1}`)
    expect(found.where).not.toHaveProperty('text')
  })
})

describe('what is not UTF-8 is refused with its offset and line', () => {
  const text = '<urn:a> <urn:b> "é" .\n<urn:a> <urn:b> "'
  test.each([
    ['a byte that begins nothing', [0xff, 0x22], 0],
    ['a character of Latin-1', [0xe9, 0x22], 0],
    ['a surrogate', [0xed, 0xa0, 0x80], 0],
    ['an overlong form', [0xc0, 0xaf], 0],
    ['a character that is cut off', [0x61, 0xf0, 0x9f, 0x98], 1],
  ])('%s', async (_, bytes, before) => {
    const input = Buffer.concat([Buffer.from(text), Buffer.from(bytes)])
    const offset = Buffer.byteLength(text) + before
    const expected = {
      code: 'invalid-utf8',
      what: expect.stringContaining(`at offset ${offset} `),
      place: `a.ttl:2:${18 + before}`,
    }
    expect(await fault('ttl', input)).toMatchObject(expected)
    for (const size of [1, 2, 3, 5]) expect(await fault('ttl', pieces(input, size))).toMatchObject(expected)
  })
})

describe('JSON-LD', () => {
  test('our own context is known, others are handed over, and none is fetched', async () => {
    const own = '{"@context": "https://w3id.org/communique/context.jsonld", "@id": "id:zubov", "@type": "Person"}'
    expect((await read('jsonld', own))[0]?.object.value).toBe('https://w3id.org/communique/ns#Person')
    const other = '{"@context": "http://schema.org/", "name": "x"}'
    const contexts = { 'http://schema.org/': { '@context': { '@vocab': 'http://schema.org/' } } }
    expect((await read('jsonld', other, { contexts }))[0]?.predicate.value).toBe('http://schema.org/name')
    const { code, what, mend } = await fault('jsonld', other)
    expect([code, what]).toEqual(['unknown-context', 'the context http://schema.org/ is not known, and nothing is fetched'])
    expect(mend).toContain('hand over a document')
  })

  test('a context may import others that are known, but no unknown one', async () => {
    const contexts = { 'urn:one': { '@context': ['urn:two', { b: 'urn:b' }] }, 'urn:two': { '@context': { a: 'urn:a' } } }
    const text = '{"@context": "urn:one", "@id": "urn:x", "a": 1, "b": 2}'
    expect(await lines('jsonld', text, { contexts })).toEqual(['urn:x urn:a "1"', 'urn:x urn:b "2"'])
    expect(await fault('jsonld', text, { contexts: { 'urn:one': contexts['urn:one'] } })).toMatchObject({
      code: 'unknown-context',
    })
  })

  test('a context at the end of a node holds for all of it, and types bring theirs', async () => {
    const text = `{"p": "x", "q": {"@type": ["T"], "p": "y"}, "@id": "urn:s",
      "@context": {"p": "urn:p", "q": "urn:q", "T": {"@id": "urn:T", "@context": {"p": "urn:other"}}}}`
    expect((await lines('jsonld', text)).map(line => line.replace(/.*? /, ''))).toEqual(
      expect.arrayContaining(['urn:p "x"', 'urn:other "y"']),
    )
  })

  test('a text with a direction but no language is plain, one with both keeps both', async () => {
    const text =
      '{"@id": "urn:s", "urn:p": [{"@value": "a", "@direction": "rtl"}, {"@value": "b", "@direction": "rtl", "@language": "ar"}]}'
    expect(await lines('jsonld', text)).toEqual(['urn:s urn:p "a"', 'urn:s urn:p "b"@ar--rtl'])
  })

  test('escapes are read, and nothing is said to the terminal about how', async () => {
    const warnings: Error[] = []
    const warn = (warning: Error): void => void warnings.push(warning)
    process.on('warning', warn)
    onTestFinished(() => void process.off('warning', warn))
    const text = '{"@id": "urn:s", "urn:p": "\\u00e9 \\ud83d\\ude00 \\n \\u0041"}'
    expect(await lines('jsonld', text)).toEqual(['urn:s urn:p "é 😀 \n A"'])
    await new Promise(resolve => setImmediate(resolve))
    expect(warnings).toEqual([])
  })

  test('a long number stays a number, and any label is that of a blank node which can be written', async () => {
    const quads = await read('jsonld', '{"@id": "_:a b", "urn:p": [12345678901234567890, {"@id": "_:a.b"}]}')
    expect(quads[0]?.object).toMatchObject({ datatype: { value: 'http://www.w3.org/2001/XMLSchema#integer' } })
    expect(quads[0]!.subject.value).not.toBe(quads[1]!.object.value)
    for (const { value } of [quads[0]!.subject, quads[1]!.object])
      expect(() => new Parser().parse(`_:${value} <p> 1 .`)).not.toThrow()
  })
})

describe('RDF/XML', () => {
  const subject = (body: string, doctype = ''): Promise<string[]> =>
    lines('rdf', rdfxml(`<rdf:Description rdf:about="a">${body}</rdf:Description>`, doctype))

  test('text in several parts is one text', async () => {
    expect(await subject('<b>one<!-- no -->, <![CDATA[<two>]]> &amp; &#x1F600;</b>')).toEqual([':a :b "one, <two> & 😀"'])
  })

  test('an XML literal is written as it was', async () => {
    const literal = `<li e="&lt;&quot;&amp;">1 &lt; 2 &amp; <i>3</i> ]]&gt;</li>`
    const quads = await read('rdf', rdfxml(`<rdf:Description><b rdf:parseType="Literal">${literal}</b></rdf:Description>`))
    expect(quads[0]?.object.value).toBe(literal)
  })

  test('internal entities stand for IRIs and plain text', async () => {
    const doctype = `<!DOCTYPE rdf:RDF [ <!-- as Protégé does -->
      <!ENTITY e "${BASE}e#" > <!ENTITY w 'two words'> <!ENTITY e "the first holds"> ]>\n`
    expect(await subject('<b rdf:resource="&e;x"/><c>&w;</c><d rdf:datatype="&e;t">1</d>', doctype)).toEqual([
      ':a :b :e#x',
      ':a :c "two words"',
      ':a :d "1"',
    ])
  })

  test.each([
    ['external', '<!ENTITY e SYSTEM "file:///etc/passwd">', 'other things than internal entities'],
    ['public', '<!ENTITY e PUBLIC "x" "http://example.org/">', 'other things than internal entities'],
    ['parameter', '<!ENTITY % e "x">', 'other things than internal entities'],
    ['nested', '<!ENTITY a "x"> <!ENTITY e "&a;&a;">', '"e" has another entity or markup within it'],
    ['with markup', '<!ENTITY e "<b/>">', '"e" has another entity or markup within it'],
    ['long', `<!ENTITY e "${'x'.repeat(1001)}">`, '"e" is longer than 1000 characters'],
    ['many', Array.from({ length: 101 }, (_, index) => `<!ENTITY e${index} "x">`).join(''), 'more than 100 entities'],
    ['declared elements', '<!ELEMENT a ANY>', 'other things than internal entities'],
  ])('entities are refused: %s', async (_, declarations, what) => {
    const text = rdfxml('', `<!DOCTYPE rdf:RDF [${declarations}]>`)
    expect(await fault('rdf', text)).toMatchObject({
      code: 'xml-entity',
      what: expect.stringContaining(what),
      where: { line: 2 },
    })
  })

  test.each(['SYSTEM "http://example.org/a.dtd"', 'PUBLIC "x" "http://example.org/a.dtd" [ <!ENTITY e "x"> ]'])(
    'a document type that lies elsewhere is refused: %s',
    async external => {
      const found = await fault('rdf', rdfxml('', `<!DOCTYPE rdf:RDF ${external}>`))
      expect(found).toMatchObject({ code: 'xml-entity', what: 'the document type is external' })
    },
  )
})
