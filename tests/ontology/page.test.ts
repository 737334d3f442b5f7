import { describe, expect, test } from 'vitest'
import { ontologyPage } from '../../src/ontology/page.ts'
import { readTerms } from '../../src/ontology/terms.ts'
import { readProject } from '../../src/project/project.ts'
import { readXml } from '../drawing/given.ts'
import { givenProject, root } from '../given.ts'

const project = await readProject(root)
const terms = readTerms(project.ontology.files.flatMap(({ quads }) => quads))
const html = ontologyPage(project, 'html', '<svg></svg>\n')
const markdown = ontologyPage(project, 'markdown', 'model.svg')

/** What the HTML page says of a term. */
const section = (name: string): string => html.split(/(?=<h[123])/).find(part => part.startsWith(`<h3 id="${name}"`))!

test('every term has its place in both pages, under its local name as the anchor', () => {
  expect(terms.length).toBeGreaterThan(150)
  for (const { name, definition } of terms) {
    expect(html.split(` id="${name}"`)).toHaveLength(2)
    expect(markdown.split(`<a id="${name}"></a>\n\n### `)).toHaveLength(2)
    if (definition !== '') expect(section(name)).toContain('<dt>Means</dt>')
  }
})

test('a term with its meaning, example, super-terms, domain and range, its uses and one of them with its sentence', () => {
  expect(section('isHeldIn')).toBe(`<h3 id="isHeldIn"><a href="#isHeldIn">isHeldIn</a></h3>
<p>“is held in”, a property</p>
<dl>
${section('isHeldIn').match(/<dt>Means.*\n/)![0]}${section('isHeldIn').match(/(<dt>(Note|For example).*\n)+/)![0]}<dt>Is a</dt><dd><a href="http://schema.org/location">schema:location</a>, <a href="http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace">sem:hasPlace</a></dd>
<dt>From</dt><dd><a href="#Event">Event</a></dd>
<dt>To</dt><dd><a href="#Place">Place</a></dd>
<dt>Used</dt><dd>1 time in these data: <code>id:interpol-general-assembly-session-89 cmq:isHeldIn id:istanbul</code> [1]</dd>
</dl>
`)
})

test('an example that somebody says, or the author judges, says so', () => {
  expect(section('leadsTo')).toMatch(/<\/code> \[9\], says the author<\/dd>/)
  expect(section('obligation')).toMatch(/<\/code> \[6\], says Kim Jong-young<\/dd>/)
  expect(section('Postponed')).toContain('<dd>not in these data</dd>')
})

test('sections are those of the file, in its order', () => {
  const titles = [...html.matchAll(/<h2 [^>]*><a [^>]*>([^<]*)/g)].map(([, title]) => title)
  const core = project.ontology.files.find(({ file }) => file.endsWith('communique.ttl'))!.text
  const headings = [...core.matchAll(/^### (.+)/gm)].map(([, title]) => title)
  expect(headings).toEqual(expect.arrayContaining(titles))
  expect(titles).toEqual(headings.filter(title => titles.includes(title)))
})

describe('the HTML page', () => {
  test('needs nothing else, and what it links within exists', () => {
    expect(html).not.toMatch(/<(script|link|img|iframe|object)|url\(|@import/)
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(500)
    for (const target of targets) expect(ids).toContain(target)
  })

  test('has a language, a title, one first heading, landmarks, and follows the reader’s light or dark', () => {
    expect(html).toContain('<html lang="en">')
    expect(html.match(/<h1 /g)).toHaveLength(1)
    for (const part of ['<title>Communique', '<main>', '<nav aria-label="Contents">', 'prefers-color-scheme:dark'])
      expect(html).toContain(part)
  })

  test('is well-formed', () => {
    expect(() => readXml(html.replace(/^<!doctype html>\n/, '').replace(/<meta[^>]*>/g, ''))).not.toThrow()
  })
})

test('words of an ontology stay text in both', async () => {
  const folder = await givenProject({
    'ontology/own.ttl': `@prefix own: <https://example.org/own#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
<https://example.org/own> a owl:Ontology ; vann:preferredNamespacePrefix "own" ; vann:preferredNamespaceUri "https://example.org/own#" .
### <script>alert(1)</script>
own:Thing a owl:Class ; rdfs:label "a *b* <i>"@en ; skos:definition "x | \`y\` <script> & z"@en .
`,
  })
  const own = await readProject(folder)
  expect(own.faults).toEqual([])
  const page = ontologyPage(own, 'html', '<svg></svg>\n')
  expect(page).toContain('<p>“a *b* &lt;i&gt;”, a class</p>')
  expect(page).not.toContain('<script')
  const text = ontologyPage(own, 'markdown', 'model.svg')
  expect(text).toContain('- **Means:** x \\| \\`y\\` &lt;script&gt; &amp; z')
})
