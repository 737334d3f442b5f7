import type { Quad } from '@rdfjs/types'
import { printable } from '../drawing/drawing.ts'
import { factsOf } from '../drawing/fact.ts'
import { graphRole } from '../project/dataset.ts'
import type { Project } from '../project/project.ts'
import { sourcesOf } from '../project/source.ts'
import { expand, shorten } from '../rdf/prefixes.ts'
import { tripleKey } from '../rdf/term.ts'
import { tripleText } from '../rdf/turtle.ts'
import { markdownText } from '../results/markdown.ts'
import { xmlText } from '../results/xml.ts'
import { readTerms } from './terms.ts'

/**
 * The vocabulary of a project as a page that needs nothing else: each term with its meaning, its place among others, how often the
 * data use it and an example with its sentence. Terms stand as the files lay them out; the anchor of each is its local name.
 *
 * @param picture the diagram: SVG for HTML, for Markdown its address
 */
export function ontologyPage(project: Project, format: keyof typeof PAGE_FORMATS, picture: string): string {
  const to = PAGE_FORMATS[format]
  const quads = project.ontology.files.flatMap(file => file.quads)
  const terms = new Map(readTerms(quads).map(term => [term.iri, term]))
  const uses = usesOf(project)
  const namespace = project.prefixes.cmq!
  const said = (name: string): string =>
    quads.find(({ subject, predicate }) => subject.value === namespace && predicate.value === expand(name))?.object.value ?? ''
  const names = (iris: readonly string[]): string =>
    iris
      .map(iri =>
        to.link(terms.get(iri)?.name ?? shorten(iri, project.prefixes), terms.has(iri) ? `#${terms.get(iri)!.name}` : iri),
      )
      .join(', ')
  const sections = sectionsOf(project)
    .map(({ title, iris }) => ({
      title,
      declared: iris.flatMap(iri => terms.get(iri) ?? []),
      id: `section-${title.toLowerCase().replace(/\W+/g, '-')}`,
    }))
    .filter(({ declared }) => declared.length > 0)
  return to.page(said('dcterms:title'), [
    to.heading(1, said('dcterms:title'), 'top'),
    to.paragraph(said('dcterms:description')),
    to.rows([
      [
        'Namespace',
        `${to.code(namespace)}, which does not resolve yet; prefix ${to.code(said('vann:preferredNamespacePrefix'))}`,
      ],
      ['Version', to.text(`${said('owl:versionInfo')}, ${said('dcterms:modified')}`)],
      ['Licence', names([said('dcterms:license')])],
    ]),
    to.picture(picture),
    to.contents(
      sections.map(({ title, declared, id }) => `${to.link(title, `#${id}`)}: ${names(declared.map(({ iri }) => iri))}`),
    ),
    ...sections.flatMap(({ title, declared, id }) => [
      to.heading(2, title, id),
      ...declared.flatMap(term => [
        to.heading(3, term.name, term.name),
        to.paragraph(`“${term.label}”, ${KINDS[term.kind]}${term.deprecated ? ', no longer to be used' : ''}`),
        to.rows([
          ['Means', to.text(term.definition)],
          ['Note', to.text(term.scopeNote)],
          ['For example', to.text(term.example)],
          ['Is a', names(term.superTerms)],
          ['From', names(term.domain)],
          ['To', names(term.range)],
          ['In', names(term.scheme === undefined ? [] : [term.scheme])],
          ['Used', useText(project, [...(uses.get(term.iri)?.values() ?? [])], to)],
        ]),
      ]),
    ]),
  ])
}

const KINDS = {
  class: 'a class',
  objectProperty: 'a property',
  datatypeProperty: 'a property of values',
  concept: 'a concept',
  scheme: 'a scheme of concepts',
}

/** The headings `### …` of the files, each with the terms that are declared below it. */
function sectionsOf({ ontology, prefixes }: Project): { title: string; iris: string[] }[] {
  const sections: { title: string; iris: string[] }[] = []
  for (const { text, file } of ontology.files) {
    sections.push({ title: file, iris: [] })
    for (const [, title, name] of text.matchAll(/^(?:### (.+)|([\w-]*:[\w-]+) a )/gm)) {
      if (title !== undefined) sections.push({ title, iris: [] })
      else sections.at(-1)!.iris.push(expand(name!, prefixes))
    }
  }
  return sections
}

/** The distinct triples of the data that have an IRI as predicate or object. */
function usesOf({ store, baseIRI }: Project): Map<string, Map<string, Quad>> {
  const uses = new Map<string, Map<string, Quad>>()
  for (const quad of store.getQuads(null, null, null, null)) {
    if (graphRole(baseIRI, quad.graph) !== 'data') continue
    for (const { value } of [quad.predicate, quad.object])
      uses.set(value, (uses.get(value) ?? new Map<string, Quad>()).set(tripleKey(quad), quad))
  }
  return uses
}

/** How often, and one: what the author states in a sentence, else what somebody says, else what is recorded of a sentence. */
function useText(project: Project, uses: readonly Quad[], to: typeof MARKDOWN): string {
  const facts = uses
    .flatMap(triple => factsOf({ triple, sources: sourcesOf(project, triple) }))
    .filter(({ quotes }) => quotes.length > 0)
  const fact = facts.find(({ manner }) => manner === 'stated') ?? facts[0]
  const triple = fact?.triple ?? uses[0]
  if (triple === undefined) return 'not in these data'
  const sentence = /\/s(\d+)(-[\w-]+)?$/.exec(triple.subject.value)?.[1]
  const mark = fact?.mark ?? (sentence === undefined ? '' : `[${sentence}]`)
  const voice = fact?.voice === undefined ? '' : `, says ${fact.voice}`
  const times = `${uses.length} ${uses.length === 1 ? 'time' : 'times'} in these data`
  return `${times}: ${to.code(printable(tripleText(triple, project.prefixes), 200))} ${to.text(mark + voice)}`
}

const plain = (text: string): string => xmlText(printable(text, 10_000))

type Rows = readonly (readonly [name: string, value: string])[]

/** How Markdown writes the parts of a page. What is not called `text` comes written already; rows without a value are left out. */
const MARKDOWN = {
  text: markdownText,
  code: (text: string) => `\`${text.replaceAll('`', "'")}\``,
  link: (text: string, to: string) => `[${markdownText(text)}](${to})`,
  heading: (level: number, text: string, id: string) => `<a id="${plain(id)}"></a>\n\n${'#'.repeat(level)} ${markdownText(text)}`,
  paragraph: markdownText,
  rows: (rows: Rows) => rows.flatMap(([name, value]) => (value === '' ? [] : `- **${name}:** ${value}`)).join('\n'),
  contents: (lines: readonly string[]) => lines.map(line => `- ${line}`).join('\n'),
  picture: (address: string) => `![The main classes and the properties between them](${address})`,
  page: (_: string, blocks: readonly string[]) => `${blocks.join('\n\n')}\n`,
}

const HTML: typeof MARKDOWN = {
  text: plain,
  code: text => `<code>${plain(text)}</code>`,
  link: (text, to) => `<a href="${plain(to)}">${plain(text)}</a>`,
  heading: (level, text, id) => `<h${level} id="${plain(id)}"><a href="#${plain(id)}">${plain(text)}</a></h${level}>`,
  paragraph: text => `<p>${plain(text)}</p>`,
  rows: rows => `<dl>\n${rows.map(([name, value]) => (value === '' ? '' : `<dt>${name}</dt><dd>${value}</dd>\n`)).join('')}</dl>`,
  contents: lines => `<nav aria-label="Contents">\n<ul>\n${lines.map(line => `<li>${line}</li>\n`).join('')}</ul>\n</nav>`,
  picture: svg => `<figure>\n${svg}</figure>`,
  page: (title, blocks) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${plain(title)}</title>
<style>
:root{--page:#fff;--ink:#1b1f24;--small:#4b5563;--edge:#d0d7de;--link:#0b57a4;--shade:#f3f4f6}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--small:#b6bec9;--edge:#3d444d;--link:#79b8ff;--shade:#1c2128}}
body{background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1rem}
body{overflow-wrap:anywhere} a{color:var(--link)} p{margin:.3rem 0} h3+p,dt{color:var(--small)} dd{margin:0} figure{margin:1.5rem 0}
h1 a,h2 a,h3 a{color:inherit;text-decoration:none} h2{margin-top:3rem}
h3{border-top:1px solid var(--edge);padding-top:.8rem;margin:1.5rem 0 0} h3:target{background:var(--shade)}
dl{display:grid;grid-template-columns:minmax(5rem,auto) 1fr;gap:.2rem 1rem;margin:.5rem 0}
code{background:var(--shade);padding:.1rem .3rem;border-radius:4px;font-size:.9em}
</style>
<main>
${blocks.join('\n')}
</main>
</html>
`,
}

/** Formats of the reference page; the first is the usual one. */
export const PAGE_FORMATS = { markdown: MARKDOWN, html: HTML } as const
