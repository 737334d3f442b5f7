import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from './given.ts'

test('what came and went, by graph and subject', async () => {
  const before = ':b :p 1, 2 . :a :p "x"@en . :g { :a a :T . }'
  const after = ':b :p 1, 3 . :a :p "x"@fr . :g { :a a :U . } :c :p :c .'
  expect(await differences(before, after, 'trig')).toEqual([
    'RDF, by subject: 1 added, 3 changed',
    '~ :a',
    '    - :p: "x"@en',
    '    + :p: "x"@fr',
    '~ :b',
    '    - :p: 2',
    '    + :p: 3',
    '+ :c',
    '    + :p: :c',
    '~ :a (:g)',
    '    - a: :T',
    '    + a: :U',
  ])
})

test('blank nodes with other labels are the same, in any number and however they hang together', async () => {
  const before = '_:a :knows _:b . _:b :knows _:c . _:c :knows _:a . :x :list ( 1 2 _:a ) . [] :p 1 . [] :p 1 .'
  const after = '[] :p 1 . :x :list ( 1 2 _:z ) . _:x :knows _:y . _:z :knows _:x . _:y :knows _:z . [] :p 1 .'
  expect(await differences(before, after)).toEqual([])
})

test('one blank node less, where another is like it, is told', async () => {
  const told = await differences('[] :p 1 . [] :p 1 .', '[] :p 1 .')
  expect(told).toEqual(['RDF, by subject: 1 removed', expect.stringMatching(/^- _:b/), '    - :p: 1'])
})

test('a change at one blank node leaves the others out', async () => {
  const told = await differences('[] :p 1 ; :q 2 . [] :p 3 ; :q 4 .', '[] :p 1 ; :q 2 . [] :p 3 ; :q 5 .')
  expect(told.filter(line => line.startsWith('    ')).sort()).toEqual(
    ['    - :p: 3', '    - :q: 4', '    + :p: 3', '    + :q: 5'].sort(),
  )
})

test('direction of text, datatype and language tell literals apart; the case of a tag does not', async () => {
  const literals = ['"x"', '"x"@en', '"x"@en--ltr', '"x"@en--rtl', '"x"^^:d']
  for (const one of literals)
    for (const other of literals)
      expect(await differences(`:a :p ${one} .`, `:a :p ${other} .`)).toHaveLength(one === other ? 0 : 4)
  expect(await differences(':a :p "x"@EN .', ':a :p "x"@en .')).toEqual([])
})

test('white space that words hide is shown', async () => {
  expect(await differences(':a :p "x  y" .', ':a :p "x y" .')).toEqual([
    'RDF, by subject: 1 changed',
    '~ :a',
    '    - :p: "x␠ y"',
    '    + :p: "x y"',
  ])
})

test('any graph is equal to itself under other labels in another order; a quad taken away is what is told', async () => {
  const node = fc.constantFrom('_:a', '_:b', '_:c', ':x', ':y')
  const triples = fc.uniqueArray(fc.tuple(node, fc.constantFrom(':p', ':q'), node), {
    minLength: 1,
    maxLength: 6,
    selector: triple => triple.join(' '),
  })
  const text = (all: readonly (readonly string[])[]) => all.map(triple => `${triple.join(' ')} .`).join('\n')
  const relabelled = (turtle: string) => turtle.replace(/_:(\w)/g, (_, label: string) => `_:${'cabx'['abc'.indexOf(label)]}1`)
  await fc.assert(
    fc.asyncProperty(triples, async all => {
      expect(await differences(text(all), relabelled(text([...all].reverse())))).toEqual([])
      expect((await differences(text(all), text(all.slice(1)))).length).toBeGreaterThan(0)
    }),
    { numRuns: 60 },
  )
})

test('so many blank nodes alike that nobody could tell them apart are refused', async () => {
  const nodes = Array.from({ length: 12 }, (_, index) => `_:n${index}`)
  const clique = nodes.flatMap(one => nodes.map(other => (one === other ? '' : `${one} :p ${other} .`))).join('\n')
  await expect(differences(clique, clique)).rejects.toThrow(/canonical-refused/)
})
