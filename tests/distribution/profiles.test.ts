import type { Quad } from '@rdfjs/types'
import { beforeAll, describe, expect, test } from 'vitest'
import { annotatedTriples } from '../../src/distribution/annotated.ts'
import { contentOf } from '../../src/distribution/content.ts'
import { nanopublications } from '../../src/distribution/nanopublication.ts'
import { schemaOrg } from '../../src/distribution/schema-org.ts'
import { claimsTable, thingsTable } from '../../src/distribution/tables.ts'
import { webAnnotations } from '../../src/distribution/web-annotation.ts'
import { type Project, readProject } from '../../src/project/project.ts'
import { statementKind } from '../../src/project/source.ts'
import { expand } from '../../src/rdf/prefixes.ts'
import { quadKey, tripleKey } from '../../src/rdf/term.ts'
import { root } from '../given.ts'

let project: Project
beforeAll(async () => {
  project = await readProject(root)
})

const NP = 'http://www.nanopub.org/nschema#'

describe('nanopublications', () => {
  test('each claim is one: a head that names its three graphs, each of them with triples', () => {
    const quads = nanopublications(project)
    const graphs = new Map<string, Quad[]>()
    for (const quad of quads) graphs.set(quad.graph.value, [...(graphs.get(quad.graph.value) ?? []), quad])
    const publications = quads.filter(({ object }) => object.value === `${NP}Nanopublication`)
    expect(publications.length).toBe(
      project.documents[0]!.claims.filter(({ kind, quote }) => kind === 'classification' || (kind === 'claim' && quote)).length,
    )
    for (const { subject, graph } of publications) {
      const head = graphs.get(graph.value)!
      const part = (name: string): string => head.find(({ predicate }) => predicate.value === NP + name)!.object.value
      expect(head.length).toBe(4)
      const [assertion, provenance, info] = [part('hasAssertion'), part('hasProvenance'), part('hasPublicationInfo')]
      expect(graphs.get(assertion)!.length).toBeGreaterThan(0)
      expect(graphs.get(provenance)!.some(quad => quad.subject.value === assertion)).toBe(true)
      expect(
        graphs
          .get(info)!
          .filter(quad => quad.subject.equals(subject))
          .map(({ predicate }) => predicate.value),
      ).toEqual([expand('dcterms:creator'), expand('dcterms:license'), expand('dcterms:created'), expand('dcterms:isPartOf')])
    }
  })

  test('the assertion of a speaker is attributed to the speaker', () => {
    const quads = nanopublications(project)
    const kim = quads.find(
      ({ subject, predicate }) => /s6-3$/.test(subject.value) && predicate.value === expand('prov:wasAttributedTo'),
    )
    expect(kim?.object.value).toBe('https://w3id.org/communique/id/kim-jong-young')
  })
})

test('annotated triples give every graph of a statement back', () => {
  const reified = annotatedTriples(project)
    .filter(({ predicate }) => predicate.value === expand('rdf:reifies'))
    .map(({ subject, object }) => `${tripleKey(object as Quad)}\n${subject.termType} ${subject.value}`)
  const held = project.store.getQuads(null, null, null, null).filter(({ graph }) => statementKind(project, graph) !== undefined)
  expect(reified.sort()).toEqual(held.map(quadKey).sort())
})

test('an annotation selects the very words of the article', () => {
  const { first, total } = webAnnotations(project) as {
    total: number
    first: { items: { target: { selector: [{ exact: string }, { start: number; end: number }] } }[] }
  }
  const [{ article }] = project.documents as [Project['documents'][0]]
  expect(total).toBe(first.items.length)
  expect(total).toBeGreaterThan(30)
  for (const { target } of first.items) {
    const [{ exact }, { start, end }] = target.selector
    expect(article.slice(start, end)).toBe(exact)
  }
  const bare = JSON.stringify(webAnnotations(contentOf(project, { noText: true }).graph))
  expect(bare).not.toContain('TextQuoteSelector')
  expect(bare).toContain('TextPositionSelector')
})

test('schema.org: as the golden file', async () => {
  const text = JSON.stringify(schemaOrg(project, contentOf(project, { layer: 'inferred' }).quads), null, 2)
  await expect(`${text}\n`).toMatchFileSnapshot('golden/schema-org.jsonld')
})

test('tables: as the golden files', async () => {
  const { quads } = contentOf(project)
  await expect([...claimsTable(project)].join('')).toMatchFileSnapshot('golden/claims.csv')
  await expect([...thingsTable(project, quads)].join('')).toMatchFileSnapshot('golden/things.csv')
})

test('a field that a spreadsheet would take for a formula begins with an apostrophe there, and only there', () => {
  const formula = { ...project, baseIRI: 'urn:', prefixes: {} }
  const quad = {
    subject: iri('urn:id/x'),
    predicate: iri(expand('cmq:nameAsWritten')),
    object: text('=1+1'),
    graph: iri(''),
  } as unknown as Quad
  expect([...thingsTable(formula, [quad])][1]).toContain(',=1+1,')
  expect([...thingsTable(formula, [quad], { spreadsheet: true })][1]).toContain(",'=1+1,")
})

function iri(value: string) {
  return { termType: 'NamedNode', value, equals: (other: { value: string }) => other.value === value }
}

function text(value: string) {
  return { termType: 'Literal', value, language: '', datatype: iri(expand('xsd:string')), equals: () => false }
}
