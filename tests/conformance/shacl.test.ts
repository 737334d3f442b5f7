import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { namespace } from '../../src/rdf/namespace.ts'
import { rdf } from '../../src/rdf/vocabulary.ts'
import { type ValidationReport, validate } from '../../src/validation/validate.ts'
import knownFailures from './known-failures.json' with { type: 'json' }
import { announceMissing, type ManifestEntry, manifestEntries, mf, suiteFile, suitesFolder } from './manifest.ts'

const sh = namespace('http://www.w3.org/ns/shacl#')
const sht = namespace('http://www.w3.org/ns/shacl-test#')

const manifest = 'https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/manifest.ttl'
const expectedCount = 98

describe('W3C SHACL test suite', () => {
  if (suitesFolder() === undefined) {
    test('the suite is there, or its absence is announced', () => {
      console.warn(announceMissing('data-shapes'))
    })
    return
  }
  const entries = manifestEntries(manifest)

  test(`the manifests name ${expectedCount} tests, each once`, () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(expectedCount)
    expect(entries).toHaveLength(expectedCount)
  })

  for (const entry of entries) {
    const run = entry.id in knownFailures ? test.fails : test
    run(entry.id, async () => {
      const { outcome, expected } = await results(entry)
      expect(outcome).toEqual(expected)
    })
  }
})

/** What the test expects and what `validate` gives, both as comparable text. */
async function results({ node, graph, manifest }: ManifestEntry): Promise<{ outcome: unknown; expected: unknown }> {
  const value = (subject: Term, predicate: NamedNode) => graph.getObjects(subject as NamedNode, predicate, null)[0]!
  // One parse a file: blank nodes of the expected report are then those of data and shapes.
  const quadsOf = ({ value: iri }: Term) =>
    iri === manifest ? [...graph] : new Parser({ format: 'text/turtle', baseIRI: iri }).parse(suiteFile(iri))
  const action = value(node, mf('action'))
  const [dataGraph, shapesGraph] = [value(action, sht('dataGraph')), value(action, sht('shapesGraph'))]
  const data = quadsOf(dataGraph)
  const shapes = shapesGraph.equals(dataGraph) ? data : quadsOf(shapesGraph)
  const expected = value(node, mf('result'))
  const withMessages = graph.countQuads(null, sh('resultMessage'), null, null) > 0
  if (expected.equals(sht('Failure'))) {
    return {
      outcome: await validate(data, shapes).then(
        () => 'a report',
        () => 'a failure',
      ),
      expected: 'a failure',
    }
  }
  const report: ValidationReport = await validate(data, shapes)
  const reportGraph = new Store([...report.dataset] as Quad[])
  const [head] = reportGraph.getSubjects(rdf.type, sh('ValidationReport'), null)
  expect(report.results).toHaveLength(reportGraph.countQuads(head!, sh('result'), null, null))
  return { outcome: reportText(reportGraph, head!, withMessages), expected: reportText(graph, expected, withMessages) }
}

function reportText(graph: Store, report: Term, withMessages: boolean): unknown {
  const properties = [
    'focusNode',
    'resultPath',
    'value',
    'resultSeverity',
    'sourceConstraintComponent',
    'sourceShape',
    'sourceConstraint',
  ]
  const resultText = (result: Term) =>
    [...properties, ...(withMessages ? ['resultMessage'] : [])].map(name => {
      const objects = graph.getObjects(result as NamedNode, sh(name), null)
      return `${name}: ${objects.map(object => (name === 'resultPath' ? pathText(graph, object) : termText(object))).sort()}`
    })
  return {
    conforms: graph.getObjects(report as NamedNode, sh('conforms'), null).map(({ value }) => value),
    results: graph
      .getObjects(report as NamedNode, sh('result'), null)
      .map(resultText)
      .sort(),
  }
}

/** A path with the structure of its blank nodes in place of their names. */
function pathText(graph: Store, path: Term): string {
  if (path.termType !== 'BlankNode') return termText(path)
  const parts = graph
    .getQuads(path, null, null, null)
    .map(({ predicate, object }) => `${predicate.value} ${pathText(graph, object)}`)
  return `[${parts.sort().join('; ')}]`
}

function termText(term: Term): string {
  if (term.termType !== 'Literal') return `${term.termType} ${term.value}`
  return `Literal ${JSON.stringify(term.value)} ${term.language.toLowerCase()} ${term.datatype.value}`
}
