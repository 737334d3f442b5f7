import { PREFIXES, type Prefixes, shorten } from '../rdf/prefixes.ts'
import type { Term, TermKind } from './terms.ts'

/**
 * The terms of an ontology as Markdown tables: classes, object properties, datatype properties, concepts by scheme. Rows
 * keep the order of the ontology.
 */
export function termTables(terms: readonly Term[], prefixes: Prefixes = PREFIXES): string {
  const of = (kind: TermKind) => terms.filter(term => term.kind === kind)
  const names = (iris: readonly string[]) => iris.map(iri => `\`${shortName(iri, prefixes)}\``).join(', ')
  const classes = of('class').map(term => [name(term), names(term.superTerms), meaning(term)])
  const properties = (kind: TermKind) => of(kind).map(term => [name(term), names(term.domain), names(term.range), meaning(term)])
  const sections = [
    ['### Classes', table(['Class', 'Is a', 'Meaning'], classes)],
    ['### Object properties', table(['Property', 'From', 'To', 'Meaning'], properties('objectProperty'))],
    ['### Datatype properties', table(['Property', 'From', 'To', 'Meaning'], properties('datatypeProperty'))],
    ['### Concepts', ''],
    ...of('scheme').map(scheme => {
      const concepts = of('concept').filter(concept => concept.scheme === scheme.iri)
      return [
        `#### ${scheme.name}`,
        scheme.definition,
        table(
          ['Concept', 'Meaning'],
          concepts.map(term => [name(term), meaning(term)]),
        ),
      ]
    }),
  ]
  return sections.map(parts => parts.filter(part => part !== '').join('\n\n')).join('\n\n')
}

function shortName(iri: string, prefixes: Prefixes): string {
  return shorten(iri, prefixes).replace(/^cmq:/, '')
}

function name({ name, deprecated }: Term): string {
  return deprecated ? `~~\`${name}\`~~` : `\`${name}\``
}

function meaning({ definition, scopeNote }: Term): string {
  return scopeNote === '' ? definition : `${definition} *${scopeNote}*`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
