import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { DISTRIBUTION_FORMATS } from '../../src/distribution/format.ts'
import { communique, givenFolder } from './given.ts'

describe('export', () => {
  test('without a format all are listed', async () => {
    const { out, code } = await communique(['export'])
    expect(code).toBe(0)
    expect(out.split('\n').map(line => line.split(' ')[0])).toEqual([...DISTRIBUTION_FORMATS.map(({ name }) => name), ''])
    expect(JSON.parse((await communique(['export', '--json'])).out).formats[0]).toMatchObject({
      name: 'turtle',
      extension: 'ttl',
    })
  })

  test.each(DISTRIBUTION_FORMATS.map(({ name }) => name))(
    '%s tells the source with its hash, who asserts it, the date and the licence; the same bytes each time',
    async name => {
      const { out, err, code } = await communique(['export', name])
      expect({ err, code }).toEqual({ err: '', code: 0 })
      for (const told of ['7e52118e7e3a2446', '2026-11-24', 'creativecommons.org/licenses/by/4.0/', 'interpol-ga-89'])
        expect(out).toContain(told)
      expect(out).toMatch(/author/)
      expect((await communique(['export', name])).out).toBe(out)
    },
  )

  test('a layer, the whole, one graph', async () => {
    const inferred = (await communique(['export', 'turtle', '--layer', 'inferred'])).out
    expect(inferred).toContain('cmq:earliestBegin "2021-11-23"^^xsd:date')
    expect((await communique(['export', 'turtle'])).out).not.toContain('2021')
    const whole = new Parser({ format: 'application/trig' }).parse((await communique(['export', 'trig', '--dataset'])).out)
    expect(new Set(whole.map(({ graph }) => graph.value)).size).toBeGreaterThan(100)
    expect((await communique(['export', 'turtle', '--graph', 's12-1'])).out).toContain(
      'cmq:electsPerson id:ahmed-nasser-al-raisi ;',
    )
  })

  test('what one thing refers to stands within it', async () => {
    const { out } = await communique(['export', 'framed', '--thing', 'election-of-the-president-of-interpol'])
    const [election] = JSON.parse(out)['@graph']
    expect(election.electsPerson.isCalledHolderOf.isPostOfCountry['@id']).toBe('id:uae')
  })

  test.each([
    [['turtle', '--dataset'], /error\[named-graphs\] turtle cannot carry.+\n {2}choose trig, nquads, jsonld;/],
    [['claims', '--layer', 'stated'], /error\[whole-claims\] claims holds all claims/],
    [['turle'], /error\[unknown-format\].+\n {2}did you mean "turtle"\?/],
    [['turtle', '--layer', 'state'], /error\[unknown-layer\]/],
    [['turtle', '--base', 'nowhere'], /error\[base-iri\]/],
  ])('%j is refused as wrong usage', async (args, told) => {
    const { code, out, err } = await communique(['export', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(told)
  })

  test('a file is written whole or not at all, and with another base a table of what became of each IRI', async () => {
    const folder = await givenFolder()
    const [file, map] = [join(folder, 'x.nt'), join(folder, 'map.tsv')]
    const args = ['export', 'ntriples', '--base', 'https://press.example/', '--iri-map', map, '-o', file]
    expect(await communique(args)).toEqual({ code: 0, out: '', err: `wrote ${file}\nwrote ${map}\n` })
    expect(await readFile(file, 'utf8')).toContain('<https://press.example/id/chile>')
    expect(await readFile(map, 'utf8')).toContain('https://w3id.org/communique/id/chile\thttps://press.example/id/chile\n')
    const { code, err } = await communique(['export', 'turtle', '-o', join(folder, 'no/such.ttl')])
    expect(code).toBe(1)
    expect(err).toContain('error[cannot-write]')
  })
})

test('a file tells where it comes from', async () => {
  const file = join(await givenFolder(), 'stated.ttl')
  await communique(['export', 'turtle', '-o', file])
  const { out, code } = await communique(['describe', file])
  expect(code).toBe(0)
  expect(out).toContain('source       Communique on the 89th session of the Interpol General Assembly\n')
  expect(out).toContain('SHA-256      7e52118e7e3a244683573502d59102c1a307338f8cbc368a443da0cd47a5b4a7\n')
  expect(out).toContain(
    'asserted by  the author of the document\ndate         2026-11-24\nlicence      https://creativecommons.org/',
  )
  expect(JSON.parse((await communique(['describe', file, '--json'])).out).graphs).toBe(0)
  await writeFile(file, '<urn:a> <urn:b> <urn:c> .')
  expect((await communique(['describe', file])).err).toContain('error[no-origin]')
})

describe('convert', () => {
  const graph = '@prefix ex: <https://example.org/> .\n\nex:a ex:p ex:b, 5 .\n'

  test('from a file, from stdin, to a file, by extensions or by name', async () => {
    const folder = await givenFolder()
    const [ttl, nq] = [join(folder, 'g.ttl'), join(folder, 'g.nq')]
    await writeFile(ttl, graph)
    expect((await communique(['convert', ttl, '-o', nq])).code).toBe(0)
    expect(await readFile(nq, 'utf8')).toBe(
      '<https://example.org/a> <https://example.org/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<https://example.org/a> <https://example.org/p> <https://example.org/b> .\n',
    )
    expect((await communique(['convert', '--from', 'turtle', '--to', 'turtle'], { input: graph })).out).toBe(graph)
  })

  test('JSON-LD with a context of the caller', async () => {
    const folder = await givenFolder()
    const file = join(folder, 'context.jsonld')
    await writeFile(file, JSON.stringify({ p: 'https://example.org/p' }))
    const { out } = await communique(['convert', '--from', 'turtle', '--to', 'jsonld', '--context', file], { input: graph })
    expect(JSON.parse(out)).toMatchObject({ '@id': 'https://example.org/a', p: expect.arrayContaining([5]) })
  })

  test.each([
    [['--to', 'turtle'], graph, 2, /error\[option-missing\] --from is not given/],
    [['--from', 'turtle'], graph, 2, /error\[option-missing\] --to is not given/],
    [['--from', 'turtle', '--to', 'rdfxml'], graph, 1, /error\[syntax-cannot-carry\] RDF\/XML is read here and not written/],
    [
      ['--from', 'turtle', '--to', 'nquads'],
      '<a> <b> <c> .',
      1,
      /error\[invalid-term\].+"a".+\n {2}it is relative: say with --base/,
    ],
    [
      ['--from', 'trig', '--to', 'turtle'],
      '<urn:g> { <urn:a> <urn:b> <urn:c> }',
      1,
      /error\[syntax-cannot-carry\] Turtle cannot/,
    ],
    [['--from', 'turtle', '--to', 'nquads'], 'ex:a ex:b ex:c .', 1, /error\[undeclared-prefix\] standard input:1:1/],
    [['no-such.ttl', '--to', 'nquads'], '', 1, /error\[missing-file\] no-such.ttl/],
  ])('%j of %j is told', async (args, input, code, told) => {
    const outcome = await communique(['convert', ...args], { input })
    expect(outcome.code).toBe(code)
    expect(outcome.out).toBe('')
    expect(outcome.err).toMatch(told)
  })
})
