import { PREFIXES, type Prefixes } from '../rdf/prefixes.ts'
import type { Term } from './terms.ts'

/** Terms of others that the program uses, by prefix. */
const foreignTerms: Readonly<Record<string, readonly string[]>> = {
  dcat: ['Dataset'],
  dcterms: [
    ...[
      'created',
      'date',
      'creator',
      'description',
      'hasVersion',
      'identifier',
      'isPartOf',
      'language',
      'license',
      'modified',
      'rights',
      'source',
      'title',
    ],
  ],
  oa: ['end', 'exact', 'prefix', 'start', 'suffix'],
  owl: ['Class', 'sameAs', 'versionInfo'],
  prov: [
    ...['Activity', 'Entity', 'generatedAtTime', 'used', 'value', 'wasAttributedTo', 'wasDerivedFrom', 'wasGeneratedBy'],
    'wasQuotedFrom',
  ],
  rdf: ['first', 'nil', 'rest', 'type'],
  rdfs: ['Class', 'label', 'subClassOf', 'subPropertyOf'],
  skos: ['Concept', 'prefLabel'],
  vann: ['preferredNamespacePrefix', 'preferredNamespaceUri'],
  void: [...['Dataset', 'Linkset', 'linkPredicate', 'objectsTarget', 'sparqlEndpoint', 'subjectsTarget', 'triples', 'uriSpace']],
  xsd: ['boolean', 'date', 'dateTime', 'decimal', 'double', 'integer', 'string'],
}

/** Prefixes that TypeScript does not take as names. */
const constantNames: Readonly<Record<string, string>> = { void: 'voidNs' }

/**
 * The source of `src/rdf/vocabulary.ts`: one constant a prefix, one RDF/JS term a name.
 *
 * @param terms those of our own namespace, each with its definition as the doc comment
 */
export function vocabularySource(terms: readonly Term[], prefixes: Prefixes = PREFIXES): string {
  const own = terms.map(({ name, definition }) => ({ name, comment: definition }))
  const foreign = Object.entries(foreignTerms).map(([prefix, names]) =>
    constant(
      prefix,
      names.map(name => ({ name })),
      prefixes,
    ),
  )
  return `${head}\n${[constant('cmq', own, prefixes), ...foreign].join('\n')}`
}

const head = `/* Generated from ontology/communique.ttl by \`npm run generate\`: change it there. */
import { DataFactory } from 'n3'

const { namedNode } = DataFactory
`

function constant(prefix: string, members: readonly { name: string; comment?: string }[], prefixes: Prefixes): string {
  const lines = members.flatMap(({ name, comment }) => [
    ...(comment === undefined ? [] : [`  /** ${comment.replaceAll('*/', '* /')} */`]),
    `  ${name}: namedNode('${prefixes[prefix]}${name}'),`,
  ])
  return `export const ${constantNames[prefix] ?? prefix} = {\n${lines.join('\n')}\n} as const\n`
}
