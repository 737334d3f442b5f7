import type { Passage } from './passage.ts'

/** What is known of a text before anybody has read it, as Turtle for `document.ttl`. */
export function documentTurtle(name: string, language: string, sha256: string): string {
  return `@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

# Add what is known and can be backed: dcterms:title, dcterms:source, dcterms:issued, dcterms:publisher.
<> a cmq:Communique ;
  rdfs:label ${JSON.stringify(name)}@en ;
  dcterms:language "${language}" ;
  dcterms:rights "The article's text and every quote of it belong to their source; this project gives no licence for them."@en ;
  cmq:sha256 "${sha256}" .
`
}

/** The claims file of a text of which nothing is claimed yet: its sentences as comments, to write under. */
export function emptyClaims(name: string, passages: readonly Passage[]): string {
  const sections = passages.map(
    ({ position, text }) => `
# Sentence ${position}

<!-- ${text.replace(/--+>/g, '→').replace(/\s+/g, ' ')} -->
`,
  )
  return `---
entered by: curator
checked by: curator
---

# ${name}, claim by claim
${sections.join('')}`
}

/**
 * The head of a new project, as Turtle for `data/dataset.ttl`.
 *
 * @param date the day on which it is made, as `2026-11-24`
 */
export function datasetTurtle(project: string, date: string): string {
  const slug =
    project
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'communiques'
  return `@prefix agent: <https://example.org/${slug}/agent/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# All things of this project get IRIs below void:uriSpace: write an address of your own there, and above, before you publish.
<https://example.org/${slug}/about> a dcat:Dataset, void:Dataset ;
  dcterms:title ${JSON.stringify(project)}@en ;
  dcterms:creator agent:curator ;
  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:modified "${date}"^^xsd:date ;
  owl:versionInfo "0.1.0" ;
  void:uriSpace "https://example.org/${slug}/" .

# Who enters claims, and who checks them: better not the same. Write who they are, and name them at the top of claims.md.
agent:curator a prov:Agent ;
  rdfs:label "curator"@en .
`
}
