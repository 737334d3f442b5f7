import { expect, test } from 'vitest'
import type { CommuniqueError } from '../../src/error.ts'
import { readProject } from '../../src/project/project.ts'
import { givenProject } from '../given.ts'
import { faultsOf } from './given.ts'

const FILES: readonly (readonly [title: string, file: string, content: string, expected: object])[] = [
  [
    'an unknown term of a rule',
    'ontology/rules/wrong.rq',
    'PREFIX cmq: <https://w3id.org/communique/ns#>\nCONSTRUCT { ?p cmq:isElectdTo ?q } WHERE { ?p cmq:isCalledHolderOf ?q }',
    { code: 'unknown-term', where: expect.objectContaining({ file: 'ontology/rules/wrong.rq', line: 2, column: 16 }) },
  ],
  [
    'a rule that is no CONSTRUCT',
    'ontology/rules/wrong.rq',
    'SELECT ?s { ?s ?p ?o }',
    { code: 'rule-form', where: { file: 'ontology/rules/wrong.rq' } },
  ],
  [
    'a rule with a fault of syntax',
    'ontology/plain/wrong.rq',
    'CONSTRUCT { ?s ?p ?o }\nWHERE { ?s ?p }',
    { code: 'query-syntax', where: expect.objectContaining({ file: 'ontology/plain/wrong.rq', line: 2, column: 15 }) },
  ],
  [
    'a rule with the name of another',
    'ontology/rules/host-country.rq',
    'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }',
    { code: 'rule-name-taken', what: expect.stringContaining('(package) ontology/rules/host-country.rq') },
  ],
  [
    'a term of the dataset that there is not',
    'data/interpol-ga-89/document.ttl',
    '<> <http://purl.org/dc/terms/langage> "en" .',
    { code: 'unknown-term', where: { file: 'data/interpol-ga-89/document.ttl' }, mend: 'did you mean dcterms:language?' },
  ],
  [
    'a term of schema.org that there is not',
    'ontology/own.ttl',
    '@prefix schema: <http://schema.org/> .\n@prefix own: <https://example.org/own#> .\nown:Fair <http://www.w3.org/2000/01/rdf-schema#subClassOf> schema:Evnt .',
    { code: 'unknown-term', mend: 'did you mean schema:Event?', where: expect.objectContaining({ line: 3, column: 60 }) },
  ],
  [
    'a term without a definition',
    'ontology/own.ttl',
    '@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix own: <https://example.org/own#> .\n\nown:Fair a owl:Class .',
    {
      code: 'shape-violated',
      what: expect.stringContaining('definition'),
      where: expect.objectContaining({ file: 'ontology/own.ttl' }),
    },
  ],
  [
    'a fault of Turtle in a module',
    'ontology/own.ttl',
    '@prefix own: <https://example.org/own#> .\n\nown:a own:b own:c\nown:d own:e own:f .',
    { code: 'turtle-syntax', where: expect.objectContaining({ file: 'ontology/own.ttl', line: 4 }) },
  ],
  [
    'a fault of Turtle in shapes',
    'ontology/shapes/stated.ttl',
    '@prefix own: <https://example.org/own#> .\nown:a own:b own:c ;; own:d',
    { code: 'turtle-syntax', where: expect.objectContaining({ file: 'ontology/shapes/stated.ttl', line: 2 }) },
  ],
]

test.each(FILES)('%s is named', async (_title, file, content, expected) => {
  expect(await faultsOf(await givenProject({ [file]: content }))).toContainEqual(expect.objectContaining(expected))
})

test.each([
  'data/dataset.ttl',
  'data/interpol-ga-89/claims.md',
  'data/interpol-ga-89/passages.ttl',
  'ontology/own.ttl',
  'ontology/rules/own.rq',
])('invalid UTF-8 in %s is named with its offset', async file => {
  const bytes = Uint8Array.from([0x23, 0x20, 0x61, 0x0a, 0x23, 0xff, 0x0a])
  const reading = readProject(await givenProject({ [file]: bytes })).then(
    ({ faults }) => faults,
    (error: CommuniqueError) => error.faults,
  )
  expect(await reading).toContainEqual(
    expect.objectContaining({
      code: 'invalid-utf8',
      where: { file, line: 2, column: 2 },
      what: expect.stringContaining('offset 5'),
    }),
  )
})

test('a file that is far too large is not read', async () => {
  const folder = await givenProject({ 'data/interpol-ga-89/claims.md': new Uint8Array(10_000_001) })
  expect((await readProject(folder)).faults).toContainEqual(expect.objectContaining({ code: 'file-too-large' }))
})
